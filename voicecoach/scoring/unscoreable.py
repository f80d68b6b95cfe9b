"""When there is nothing to judge: silence, music, noise, another language, too few words.

A refusal says what was heard and what to do; it is never a low score. A reply to something else
entirely is not refused: relevance caps it.
"""

import math
from types import MappingProxyType
from typing import Final

from question_bank.question import QuestionKind
from voicecoach.scoring.content import Content
from voicecoach.scoring.language_of_words import is_not_english
from voicecoach.scoring.one_near_voice import reason_against_the_voice
from voicecoach.scoring.rubric import (
    LOWEST_WORD_PROBABILITY,
    RUBRIC,
    TOO_FEW_WORDS,
    TOO_FEW_WORDS_FOLLOW_UP,
    TOO_FEW_WORDS_TO_ASK,
)
from voicecoach.scoring.words_in_circles import runs_in_circles
from voicecoach.scoring.words_without_voice import is_made_up
from voicecoach.speech.acoustics import SoundMeasures
from voicecoach.speech.transcript import Transcript, TranscriptSource

LEAST_SPEAKING_SECONDS: Final = RUBRIC.number("least_speaking")
MUSIC_SHARE: Final = RUBRIC.number("music_share")
NOISE_LEVEL: Final = RUBRIC.number("noise_level")
LOWEST_SPEECH_PROBABILITY: Final = RUBRIC.number("speech_probability")
MOST_CLIPPED: Final = RUBRIC.number("clipped_share")
LEAST_LANGUAGE_PROBABILITY: Final = RUBRIC.number("language_probability")
"""What each decides, and what was measured, stands in rubric.toml."""

LANGUAGES: Final = MappingProxyType(
    {
        "ar": "Arabic",
        "de": "German",
        "en": "English",
        "es": "Spanish",
        "fr": "French",
        "hi": "Hindi",
        "it": "Italian",
        "ja": "Japanese",
        "ko": "Korean",
        "nl": "Dutch",
        "pl": "Polish",
        "pt": "Portuguese",
        "ru": "Russian",
        "sv": "Swedish",
        "tr": "Turkish",
        "uk": "Ukrainian",
        "zh": "Chinese",
    }
)


_MUSIC: Final = (
    "The recording holds music or a steady hum instead of a clear voice. "
    "Switch it off, or choose another microphone, and answer again."
)
_NOISE_ONLY: Final = (
    "There is noise in the recording but no voice. "
    "Find a quieter place or move closer to the microphone, and answer again."
)
_SILENCE: Final = (
    "Nobody is heard in the recording. "
    "Check that the right microphone is chosen and not muted, and answer again."
)
_OVERDRIVEN: Final = (
    "The recording is overdriven, so the words are distorted. "
    "Turn the microphone's level down or move away from it, and answer again."
)
_NO_CLEAR_VOICE: Final = (
    "No voice stands out clearly from the noise. "
    "Find a quieter place or move closer to the microphone, and answer again."
)
_UNSURE_WORDS: Final = (
    "Too many words could not be made out to judge the answer. Speak closer to the microphone "
    "and answer again, or type what you said and have that judged."
)
_MADE_UP: Final = (
    "Most of the words were written down where nobody is heard speaking, so they may be made up. "
    "Speak closer to the microphone and answer again, or type what you said and have that judged."
)
_IN_CIRCLES: Final = (
    "The same words were written down over and over, as happens where speech can't be made out. "
    "Speak closer to the microphone and answer again, or type what you said and have that judged."
)
_NOT_ENGLISH: Final = (
    "The words don't read as English. Answer in English, or change the language in the settings."
)


def fewest_words(kind: QuestionKind, *, follow_up: bool) -> int:
    """Return how many words an answer needs at least to be judged."""
    if kind is QuestionKind.TO_ASK:
        return TOO_FEW_WORDS_TO_ASK
    return TOO_FEW_WORDS_FOLLOW_UP if follow_up else TOO_FEW_WORDS


def reasons_against_scoring(
    transcript: Transcript,
    content: Content,
    sound: SoundMeasures | None,
    *,
    kind: QuestionKind,
    expected_language: str,
    follow_up: bool,
) -> tuple[str, ...]:
    """Return why an answer can't be judged, in plain sentences; empty where it can.

    Words that a person wrote or corrected are taken as they are, whatever the sound: only their
    number and their language count.
    """
    fewest = fewest_words(kind, follow_up=follow_up)
    if transcript.source is TranscriptSource.MACHINE:
        if sound is not None and (reasons := reasons_in_the_sound(sound)):
            return reasons
        if reasons := _reasons_in_the_words(transcript, expected_language):
            return reasons
        if sound is not None and is_made_up(transcript, sound):
            return (_MADE_UP,)
    if expected_language == "en" and is_not_english(content):
        return (_NOT_ENGLISH,)
    return _too_few_words(content, fewest)


def reasons_in_the_sound(sound: SoundMeasures) -> tuple[str, ...]:
    """Return why a recording can't be measured; empty where it can."""
    if sound.harmonic_share >= MUSIC_SHARE:
        return (_MUSIC,)
    if sound.speaking_seconds < LEAST_SPEAKING_SECONDS:
        return (_NOISE_ONLY if sound.noise_level > NOISE_LEVEL else _SILENCE,)
    reasons: list[str] = []
    if sound.clipped_share >= MOST_CLIPPED:
        reasons.append(_OVERDRIVEN)
    if sound.speech_probability < LOWEST_SPEECH_PROBABILITY:
        reasons.append(_NO_CLEAR_VOICE)
    if not reasons and (reason := reason_against_the_voice(sound)):
        reasons.append(reason)
    return tuple(reasons)


def mean_word_probability(transcript: Transcript) -> float | None:
    """Return the mean probability (0–1) of the words that have one; None where none has."""
    known = [word.probability for word in transcript.words if word.probability is not None]
    return math.fsum(known) / len(known) if known else None


def _reasons_in_the_words(transcript: Transcript, expected_language: str) -> tuple[str, ...]:
    heard = transcript.language
    sure = (
        transcript.language_probability is None
        or transcript.language_probability >= LEAST_LANGUAGE_PROBABILITY
    )
    if heard and expected_language and heard != expected_language and sure:
        expected = _language(expected_language)
        reason = f"The answer sounds like {_language(heard)}, not {expected}."
        return (f"{reason} Answer in {expected}, or change the language in the settings.",)
    probability = mean_word_probability(transcript)
    if probability is not None and probability < LOWEST_WORD_PROBABILITY:
        return (_UNSURE_WORDS,)
    if runs_in_circles(transcript):
        return (_IN_CIRCLES,)
    return ()


def _too_few_words(content: Content, fewest: int) -> tuple[str, ...]:
    count = len(content.kept)
    if count >= fewest:
        return ()
    heard = "no words" if count == 0 else f"only {count} word{'s' if count > 1 else ''}"
    verb = "is" if count == 1 else "are"
    reason = f"There {verb} {heard} to judge, filled pauses and repeats left out."
    return (f"{reason} Answer again with at least {fewest} words.",)


def _language(code: str) -> str:
    return LANGUAGES.get(code, f"the language “{code}”")
