"""espeak-ng through ctypes: samples, word times and phoneme times of a text.

The library and its data come from the PyPI package ``espeakng-loader``.
"""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from typing import Any

import espeakng_loader
import numpy as np
from numpy.typing import NDArray

SYNCHRONOUS = 2
PHONEME_EVENTS = 0x0001
DONT_EXIT = 0x8000
EVENT_END, EVENT_WORD, EVENT_PHONEME = 0, 1, 7
CHARS_UTF8 = 1
POSITION_CHARACTER = 1
RATE_PARAMETER, PITCH_PARAMETER = 1, 3
# The voice file of British English is named "en"; "en-gb" is only its language tag.
VOICE_FILES = {"en-gb": "en"}


class _Event(ctypes.Structure):
    _fields_ = [
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", ctypes.c_char * 8),
    ]


_CALLBACK = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event)
)


@dataclass
class Utterance:
    """A spoken text.

    ``samples`` are 16-bit mono at ``Espeak.sample_rate``; ``words`` holds (offset in the text in
    characters, length in characters, start in seconds); ``phonemes`` holds (start in seconds,
    name).
    """

    samples: NDArray[np.int16]
    words: list[tuple[int, int, float]]
    phonemes: list[tuple[float, str]]


class Espeak:
    """One espeak-ng instance; only one may live in a process."""

    def __init__(self) -> None:
        loader: Any = espeakng_loader
        self._library = ctypes.CDLL(loader.get_library_path())
        data: bytes = loader.get_data_path().encode()
        rate = self._library.espeak_Initialize(SYNCHRONOUS, 0, data, PHONEME_EVENTS | DONT_EXIT)
        if rate <= 0:
            raise RuntimeError(f"espeak-ng could not be started with its data at {data.decode()}")
        self.sample_rate = int(rate)
        self._chunks: list[NDArray[np.int16]] = []
        self._words: list[tuple[int, int, float]] = []
        self._phonemes: list[tuple[float, str]] = []
        self._callback = _CALLBACK(self._receive)
        self._library.espeak_SetSynthCallback(self._callback)

    def _receive(self, samples: Any, count: int, events: Any) -> int:
        if count > 0 and samples:
            self._chunks.append(np.ctypeslib.as_array(samples, (count,)).copy())
        i = 0
        while events[i].type != EVENT_END:
            event = events[i]
            seconds = event.audio_position / 1000
            if event.type == EVENT_WORD:
                self._words.append((event.text_position - 1, event.length, seconds))
            elif event.type == EVENT_PHONEME:
                self._phonemes.append((seconds, event.id.decode("utf-8", "replace")))
            i += 1
        return 0

    def speak(self, text: str, voice: str = "en-us", rate: int = 165, pitch: int = 50) -> Utterance:
        """Speak ``text`` in an espeak voice at ``rate`` words per minute; ``pitch`` is 0 to 99."""
        name, plus, variant = voice.partition("+")
        if (
            self._library.espeak_SetVoiceByName(
                (VOICE_FILES.get(name, name) + plus + variant).encode()
            )
            != 0
        ):
            raise ValueError(f"espeak-ng has no voice {voice!r}")
        self._library.espeak_SetParameter(RATE_PARAMETER, rate, 0)
        self._library.espeak_SetParameter(PITCH_PARAMETER, pitch, 0)
        self._chunks, self._words, self._phonemes = [], [], []
        encoded = text.encode()
        self._library.espeak_Synth(
            encoded,
            ctypes.c_size_t(len(encoded) + 1),
            ctypes.c_uint(0),
            POSITION_CHARACTER,
            ctypes.c_uint(0),
            ctypes.c_uint(CHARS_UTF8),
            None,
            None,
        )
        self._library.espeak_Synchronize()
        samples = np.concatenate(self._chunks) if self._chunks else np.zeros(0, np.int16)
        return Utterance(samples, self._words, self._phonemes)
