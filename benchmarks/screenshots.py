"""Takes the README's pictures of the page from the demo's data, in the real browser.

`python benchmarks/screenshots.py [--demo FOLDER] [--out FOLDER]`. Home, drill, result, readiness,
light and dark, on a desktop and on a phone, as PNG files with few colours so that they stay small.
"""

import argparse
import io
import json
import struct
import sys
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, Literal

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import av
import numpy as np
from numpy.typing import NDArray
from playwright.sync_api import Browser, sync_playwright

from benchmarks.served_demo import NoDemoError, ServedDemo, served_demo
from tests.browser.browsing import SIZES, chromium_arguments, find_chromium

FOLDER: Final = Path(__file__).resolve().parent.parent / "docs" / "screenshots"
PICTURED: Final = ("home", "drill", "result", "readiness")
MOST_BYTES: Final = 1_000_000
"""What all pictures together may weigh in the repository."""
COLOURS: Final = 256

Scheme = Literal["light", "dark"]
SCHEMES: Final[tuple[Scheme, ...]] = ("light", "dark")


def take(demo: Path | None, folder: Path) -> dict[str, int]:
    """Take every picture; return the size in bytes of each by its file's name.

    Raises:
        NoDemoError: the folder holds no demo, a page is missing, or there is no Chromium.
    """
    chromium = find_chromium()
    if chromium is None:
        raise NoDemoError("There is no Chromium on this machine; install one, or set CHROMIUM.")
    folder.mkdir(parents=True, exist_ok=True)
    sizes = {}
    with served_demo(demo) as served, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=chromium_arguments())
        try:
            for name, picture in _pictures(browser, served):
                small = with_few_colours(picture)
                (folder / name).write_bytes(small)
                sizes[name] = len(small)
        finally:
            browser.close()
    return sizes


def with_few_colours(png: bytes) -> bytes:
    """Return a picture with at most 256 colours; where it has more, the nearest of its own."""
    with av.open(io.BytesIO(png), mode="r", format="png_pipe") as container:
        frame = next(container.decode(video=0))
        assert isinstance(frame, av.VideoFrame)
        pixels = frame.to_ndarray(format="rgb24")
    height, width, _ = pixels.shape
    packed = pixels.reshape(-1, 3).astype(np.uint32) @ np.array([65536, 256, 1], dtype=np.uint32)
    colours, inverse, counts = np.unique(packed, return_inverse=True, return_counts=True)
    kept = colours[np.argsort(-counts, kind="stable")[:COLOURS]]
    nearest = _nearest(_channels(colours), _channels(kept))
    return _indexed_png(nearest[inverse].reshape(height, width), _channels(kept))


def _pictures(browser: Browser, served: ServedDemo) -> Iterator[tuple[str, bytes]]:
    pages = served.pages()
    for size, (width, height) in SIZES.items():
        for scheme in SCHEMES:
            context = browser.new_context(
                viewport={"width": width, "height": height}, color_scheme=scheme
            )
            page = context.new_page()
            for name in PICTURED:
                answer = page.goto(served.base + pages[name], wait_until="networkidle")
                if answer is None or not answer.ok:
                    raise NoDemoError(f"There is no page {pages[name]}.")
                page.wait_for_timeout(500)  # the waveform is drawn after the sound is there
                yield f"{name}-{size}-{scheme}.png", page.screenshot()
            context.close()


def _channels(packed: NDArray[np.uint32]) -> NDArray[np.int32]:
    return np.stack([packed >> 16 & 255, packed >> 8 & 255, packed & 255], axis=1).astype(np.int32)


def _nearest(colours: NDArray[np.int32], kept: NDArray[np.int32]) -> NDArray[np.uint8]:
    """Return for each colour the place of the nearest kept one."""
    places = np.empty(len(colours), dtype=np.uint8)
    for first in range(0, len(colours), 4096):
        part = colours[first : first + 4096]
        distance = ((part[:, None, :] - kept[None, :, :]) ** 2).sum(axis=2)
        places[first : first + 4096] = distance.argmin(axis=1)
    return places


def _indexed_png(places: NDArray[np.uint8], palette: NDArray[np.int32]) -> bytes:
    """Return a PNG of palette colours (PNG specification, colour type 3, 8 bits)."""
    height, width = places.shape
    rows = np.zeros((height, width + 1), dtype=np.uint8)  # each row begins with filter 0
    rows[:, 1:] = places
    header = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        _chunk(kind, content)
        for kind, content in (
            (b"IHDR", header),
            (b"PLTE", palette.astype(np.uint8).tobytes()),
            (b"IDAT", zlib.compress(rows.tobytes(), 9)),
            (b"IEND", b""),
        )
    )


def _chunk(kind: bytes, content: bytes) -> bytes:
    whole = kind + content
    return struct.pack(">I", len(content)) + whole + struct.pack(">I", zlib.crc32(whole))


def main(arguments: Sequence[str] | None = None) -> int:
    """Take the pictures; 2 where they can't be taken, 1 where they weigh too much."""
    parser = argparse.ArgumentParser(prog="screenshots", description="Picture the page.")
    parser.add_argument("--demo", type=Path, help="the folder that `voicecoach demo` left")
    parser.add_argument("--out", type=Path, default=FOLDER, help="where the pictures go")
    parser.add_argument("--json", action="store_true", help="print the sizes as JSON")
    given = parser.parse_args(arguments)
    try:
        sizes = take(given.demo, given.out)
    except NoDemoError as error:
        print(f"screenshots: {error}", file=sys.stderr)
        return 2
    whole = sum(sizes.values())
    if given.json:
        print(json.dumps({"bytes": sizes, "total": whole}))
    else:
        for name, size in sizes.items():
            print(f"{name}: {size / 1000:.0f} KB")
        print(f"together {whole / 1000:.0f} KB (at most {MOST_BYTES / 1000:.0f} KB)")
    return 0 if whole <= MOST_BYTES else 1


if __name__ == "__main__":
    sys.exit(main())
