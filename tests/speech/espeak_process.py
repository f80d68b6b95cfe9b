"""Speaks texts with espeak-ng through ctypes; run as a process of its own by `spoken.py`.

Reads JSON lines {"text", "voice", "words_per_minute"} from standard input and writes an .npz with,
per line, the sound (float32, 16 kHz) and espeak's own word times (characters and seconds).
"""

import ctypes
import json
import os
import sys
from pathlib import Path
from typing import Any

import espeakng_loader
import numpy as np
from numpy.typing import NDArray

_WORD_EVENT = 1
_RATE, _PITCH = 1, 3


class _Event(ctypes.Structure):
    _fields_ = (
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", ctypes.c_char * 8),
    )


_CALLBACK = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event)
)


def _resample(sound: NDArray[np.float32], rate: int) -> NDArray[np.float32]:
    """Bring the sound to 16 kHz by cutting its spectrum (22,050 Hz has more than is needed)."""
    count = round(len(sound) * 16_000 / rate)
    spectrum = np.fft.rfft(sound)[: count // 2 + 1]
    resampled = np.fft.irfft(spectrum, count) * (count / len(sound))
    return resampled.astype(np.float32)


def main() -> None:
    requests = [json.loads(line) for line in sys.stdin]
    bundled = Path(espeakng_loader.__file__).parent
    os.environ["ESPEAK_DATA_PATH"] = str(bundled / "espeak-ng-data")
    library = ctypes.CDLL(str(next(bundled.glob("*espeak-ng.*"))))
    rate = library.espeak_Initialize(2, 0, str(bundled).encode(), 0x8000)
    blocks: list[NDArray[np.int16]] = []
    words: list[tuple[int, int, float]] = []

    def collect(sound: Any, count: int, events: Any) -> int:
        if count > 0 and sound:
            blocks.append(np.ctypeslib.as_array(sound, (count,)).copy())
        number = 0
        while events[number].type != 0:
            event = events[number]
            if event.type == _WORD_EVENT:
                words.append((event.text_position - 1, event.length, event.audio_position / 1000))
            number += 1
        return 0

    callback = _CALLBACK(collect)
    library.espeak_SetSynthCallback(callback)
    arrays: dict[str, Any] = {}
    for number, request in enumerate(requests):
        library.espeak_ng_SetRandSeed(1)  # breathy voices would sound different every time
        library.espeak_SetVoiceByName(request["voice"].encode())
        library.espeak_SetParameter(_RATE, request["words_per_minute"], 0)
        library.espeak_SetParameter(_PITCH, 50, 0)
        text = request["text"].encode()
        library.espeak_Synth(
            text,
            ctypes.c_size_t(len(text) + 1),
            ctypes.c_uint(0),
            1,
            ctypes.c_uint(0),
            ctypes.c_uint(1),
            None,
            None,
        )
        library.espeak_Synchronize()
        sound = np.asarray(np.concatenate(blocks) / 32768, dtype=np.float32)
        arrays[f"sound{number}"] = _resample(sound, rate)
        arrays[f"words{number}"] = np.array(words, dtype=np.float64).reshape(-1, 3)
        blocks.clear()
        words.clear()
    np.savez(sys.argv[1], **arrays)


if __name__ == "__main__":
    main()
