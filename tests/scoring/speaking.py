"""Speaks a text on paper: timed words, and what the sound of them would have measured."""

from collections.abc import Mapping

from voicecoach.speech.acoustics import SoundMeasures
from voicecoach.speech.span import Span
from voicecoach.speech.transcript import Transcript, TranscriptSource, transcript_from_words
from voicecoach.speech.vocalic_stretches import VocalicStretch

FIRST_WORD_SECONDS = 0.5
SPOKEN_SHARE_OF_WORD = 0.9


def speak(
    text: str,
    *,
    words_per_minute: float = 150.0,
    pauses_before: Mapping[int, float] | None = None,
    probability: float = 0.95,
    version: int = 1,
) -> tuple[Transcript, SoundMeasures]:
    """Return the transcript and sound of a text spoken evenly, with silences before some words."""
    rows: list[tuple[str, float | None, float | None, float | None]] = []
    speech: list[Span] = []
    pauses: list[Span] = []
    beat = 60.0 / words_per_minute
    clock = stretch = FIRST_WORD_SECONDS
    for index, word in enumerate(text.split()):
        silence = (pauses_before or {}).get(index, 0.0)
        if silence:
            quiet = clock - beat * (1 - SPOKEN_SHARE_OF_WORD) if rows else clock
            speech.append(Span(start_seconds=stretch, end_seconds=quiet))
            pauses.append(Span(start_seconds=quiet, end_seconds=quiet + silence))
            clock = stretch = quiet + silence
        rows.append((word, clock, clock + beat * SPOKEN_SHARE_OF_WORD, probability))
        clock += beat
    speech.append(Span(start_seconds=stretch, end_seconds=clock))
    transcript = transcript_from_words(
        rows, version=version, source=TranscriptSource.MACHINE, engine="paper", language="en"
    )
    return transcript, sound_of(speech, pauses, seconds=clock + FIRST_WORD_SECONDS)


def sound_of(
    speech: list[Span],
    pauses: list[Span] | None = None,
    *,
    seconds: float,
    noise_level: float = -55.0,
    clipped_share: float = 0.0,
    speech_probability: float = 0.92,
    harmonic_share: float = 0.0,
    vocalic_stretches: tuple[VocalicStretch, ...] | None = (),
) -> SoundMeasures:
    """Return the measures of a clear voice, but for what is given."""
    return SoundMeasures(
        seconds=seconds,
        speech=tuple(speech),
        pauses=tuple(pauses or ()),
        speech_level=-25.0 if speech else -100.0,
        noise_level=noise_level,
        clipped_share=clipped_share,
        speech_probability=speech_probability if speech else 0.0,
        harmonic_share=harmonic_share,
        vocalic_stretches=vocalic_stretches,
    )
