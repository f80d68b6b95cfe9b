"""Words that a recogniser wrote where nobody was heard: Whisper makes up sentences on noise."""

from typing import Final

from voicecoach.scoring.rubric import RUBRIC
from voicecoach.speech.acoustics import SoundMeasures
from voicecoach.speech.transcript import Transcript

REACH_SECONDS: Final = RUBRIC.number("reach_of_voice")
"""How far a word's middle may lie outside speech."""

LEAST_SHARE_WITH_VOICE: Final = RUBRIC.number("share_with_voice")
"""Share of words that must lie where a voice is heard."""

FEWEST_WORDS: Final = int(RUBRIC.number("fewest_timed_words"))
"""With fewer timed words their times say nothing."""


def share_with_voice(transcript: Transcript, sound: SoundMeasures) -> float | None:
    """Return the share (0–1) of words whose middle lies within 0.3 s of speech.

    None where fewer than five words have times.
    """
    middles = [
        (word.start_seconds + word.end_seconds) / 2
        for word in transcript.words
        if word.start_seconds is not None and word.end_seconds is not None
    ]
    if len(middles) < FEWEST_WORDS:
        return None
    with_voice = sum(
        any(
            span.start_seconds - REACH_SECONDS <= middle <= span.end_seconds + REACH_SECONDS
            for span in sound.speech
        )
        for middle in middles
    )
    return with_voice / len(middles)


def is_made_up(transcript: Transcript, sound: SoundMeasures) -> bool:
    """Tell whether most of the words lie where nobody is heard speaking."""
    share = share_with_voice(transcript, sound)
    return share is not None and share < LEAST_SHARE_WITH_VOICE
