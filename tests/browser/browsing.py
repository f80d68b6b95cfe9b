"""A real browser at a real server: what browser tests share.

Every page is held to three things whatever a test is about: nothing is asked of any other address,
nothing is written to the console as an error, and axe-core finds no violation where it is asked.
"""

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Literal
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request

AXE: Final = Path(__file__).parent / "vendor" / "axe" / "axe.min.js"
CHROMIUM_NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SIZES: Final = {"phone": (390, 844), "desktop": (1280, 900)}


def find_chromium() -> str | None:
    """Return where a Chromium is on this machine; `CHROMIUM` in the environment names another."""
    named = os.environ.get("CHROMIUM")
    return named or next((found for name in CHROMIUM_NAMES if (found := shutil.which(name))), None)


Size = Literal["phone", "desktop"]
Scheme = Literal["light", "dark"]

LOOKS: Final[tuple[tuple[Size, Scheme], ...]] = (("phone", "dark"), ("desktop", "light"))
"""How each page is looked at: at both sizes and in both colours. A size may break the layout, a
colour the contrast; neither depends on the other, so two looks see what four would."""


def chromium_arguments(microphone: Path | None = None) -> list[str]:
    """Return the arguments of a Chromium whose microphone plays a WAV file once (or is silent)."""
    arguments = [
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        "--autoplay-policy=no-user-gesture-required",
        "--no-sandbox",
        "--disable-gpu",
        # Played at its own pace into nothing: a sound device of the machine may be there and stall.
        "--disable-audio-output",
    ]
    if microphone is not None:
        arguments.append(f"--use-file-for-fake-audio-capture={microphone}%noloop")
    return arguments


@dataclass
class Visit:
    """A page open in a browser, and what it did that no page may do."""

    page: Page
    base: str
    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def go(self, path: str) -> None:
        """Open a path of the server and wait until it is there."""
        self.page.goto(self.base + path)

    def violations(self, *, with_style_sheets: bool = True) -> list[str]:
        """Return what axe-core finds wrong with the page for people who can't see or click.

        Without style sheets axe does not look whether they lock the page's orientation. To look,
        it writes those of shadow roots into a document of its own, which the policy of a page
        forbids, and the browser notes that as an error of the page.
        """
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found: dict[str, Any] = self.page.evaluate(
            "preload => axe.run({ preload })", with_style_sheets
        )
        return [
            f"{one['id']}: {one['help']} at {json.dumps([n['target'] for n in one['nodes']][:3])}"
            for one in found["violations"]
        ]

    def wider_than_the_window(self) -> bool:
        """Whether the page has to be scrolled sideways."""
        return bool(
            self.page.evaluate(
                "document.documentElement.scrollWidth > document.documentElement.clientWidth"
            )
        )


@contextmanager
def visiting(
    browser: Browser,
    base: str,
    *,
    size: Size = "desktop",
    scheme: Scheme = "light",
    javascript: bool = True,
) -> Iterator[Visit]:
    """Open a window at a server; afterwards nothing may have gone outside or failed."""
    width, height = SIZES[size]
    context: BrowserContext = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme=scheme,
        java_script_enabled=javascript,
        bypass_csp=False,
    )
    # Each axe run is an evaluate from outside the page: the page's own policy does not hold for it.
    visit = Visit(page=context.new_page(), base=base)
    own = urlsplit(base).netloc

    def note_request(request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in {"data", "blob"} and address.netloc != own:
            visit.outside.append(request.url)

    def note_message(message: ConsoleMessage) -> None:
        if message.type == "error":
            visit.errors.append(message.text)

    context.on("request", note_request)
    visit.page.on("console", note_message)
    visit.page.on("pageerror", lambda error: visit.errors.append(str(error)))
    try:
        yield visit
    finally:
        context.close()
    assert not visit.outside, visit.outside
    assert not visit.errors, visit.errors
