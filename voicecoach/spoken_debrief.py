"""A debrief told aloud: its recording, what was heard in it, and what the person makes of that.

Pure. A finding is a proposal until the person has confirmed it; `debrief_of` takes what they kept,
in the words they left standing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from question_bank.debrief_draft import DebriefDraft, DraftQuestion, DraftReading, read_draft
from question_bank.interview import Outcome
from question_bank.monologue import FindingKind, split_monologue
from voicecoach.scoring.language_of_words import is_not_english_text
from voicecoach.scoring.rubric import LOWEST_WORD_PROBABILITY
from voicecoach.scoring.unscoreable import mean_word_probability, reasons_in_the_sound
from voicecoach.scoring.words_in_circles import runs_in_circles
from voicecoach.speech.acoustics import SoundMeasures
from voicecoach.speech.transcript import Transcript


class SpokenDebriefStatus(StrEnum):
    """How far a told debrief has come.

    RECORDED: the sound is there, its words are not written down yet. WAITING: for model weights.
    UNCLEAR: nothing can be made of what was heard; `reasons` say why. FAILED: the engine failed.
    HEARD: there are findings to check. ENTERED: what the person kept is in the bank.
    """

    RECORDED = "recorded"
    WAITING = "waiting"
    UNCLEAR = "unclear"
    FAILED = "failed"
    HEARD = "heard"
    ENTERED = "entered"


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldFinding:
    """One thing that was said, as the person has left it.

    `quote` is exactly what was heard, at characters `start_char` to `end_char` of the transcript
    and between two moments of the recording, in seconds (None where the words have no times); it is
    empty for what the person added. `words` is what goes into the bank; `reworded` tells that a
    rule of grammar changed them. `answers` is the place, among the questions of the list, of the
    question an answer belongs to. What is not `kept` stays out of the bank.
    """

    kind: FindingKind
    words: str
    quote: str = ""
    start_char: int = 0
    end_char: int = 0
    start_seconds: float | None = None
    end_seconds: float | None = None
    reworded: bool = False
    intensity: int | None = None
    answers: int | None = None
    kept: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class SpokenDebrief:
    """One debrief told aloud. It is no attempt and is never scored.

    `recording` is the file's name among the recordings. `seconds` is its length, None while it is
    being told or after it broke off. `interrupted` says in a sentence what was wrong with the
    recording. `interview_id` is the interview it went to, once entered.
    """

    id: str
    told_at: datetime
    recording: str
    status: SpokenDebriefStatus
    seconds: float | None = None
    interrupted: str | None = None
    reasons: tuple[str, ...] = ()
    transcript: Transcript | None = None
    findings: tuple[ToldFinding, ...] = ()
    interview_id: str | None = None
    synthetic: bool = False


_NOTHING_HEARD: Final = (
    "No words were heard in the recording. Check that the right microphone is chosen and not "
    "muted, and tell it again; or listen to it and try once more."
)
_UNSURE: Final = (
    "Too many words could not be made out. The recording is kept: listen to it, try once more, or "
    "tell it again closer to the microphone."
)
_NOT_ENGLISH: Final = (
    "The words don't read as English, and only English is understood here. The recording is kept; "
    "what was heard is shown, and the debrief can be typed."
)
_NOTHING_FOUND: Final = (
    "Words were heard, but none that tell of a question, a feeling or the interview itself. Say "
    "“they asked me …”, “I said …”, “I felt …”; or type the debrief."
)


def findings_of(transcript: Transcript, *, today: date) -> tuple[ToldFinding, ...]:
    """Return what a transcript says, each finding with its moments in the recording.

    Args:
        transcript: the words heard.
        today: the day on which it was told, where the person lives.
    """
    return tuple(
        ToldFinding(
            kind=found.kind,
            words=found.words,
            quote=found.quote,
            start_char=found.start_char,
            end_char=found.end_char,
            start_seconds=_moments(transcript, found.start_char, found.end_char)[0],
            end_seconds=_moments(transcript, found.start_char, found.end_char)[1],
            reworded=found.reworded,
            intensity=found.intensity,
            answers=found.answers,
        )
        for found in split_monologue(transcript.text, today=today)
    )


def reasons_against(
    transcript: Transcript,
    sound: SoundMeasures,
    findings: Sequence[ToldFinding],
    *,
    language: str,
) -> tuple[str, ...]:
    """Return why nothing can be made of a recording, in sentences; empty where something can.

    The thresholds are those that answers are held against (`voicecoach/scoring/unscoreable.py`).
    """
    if not transcript.words:
        return _told_again(reasons_in_the_sound(sound)) or (_NOTHING_HEARD,)
    probability = mean_word_probability(transcript)
    if (probability is not None and probability < LOWEST_WORD_PROBABILITY) or runs_in_circles(
        transcript
    ):
        return (_UNSURE,)
    if language != "en" or is_not_english_text(transcript):
        return (_NOT_ENGLISH,)
    return () if findings else (_NOTHING_FOUND,)


def debrief_of(findings: Sequence[ToldFinding], *, outcome: Outcome) -> DraftReading:
    """Return the debrief that the kept findings make, and what in it can't be used. Never raises.

    An answer goes in with its question; one whose question is not kept, or that belongs to none,
    stays out.
    """
    questions = [one for one in findings if one.kind is FindingKind.QUESTION]
    return read_draft(
        DebriefDraft(
            company=_first(findings, FindingKind.COMPANY),
            role=_first(findings, FindingKind.ROLE),
            day=_first(findings, FindingKind.DAY),
            outcome=outcome.value,
            feelings="\n".join(
                one.words if one.intensity is None else f"{one.words} {one.intensity}/5"
                for one in _kept(findings, FindingKind.FEELING)
            ),
            went_well=_lines(findings, FindingKind.WENT_WELL),
            differed_from_expected=_lines(findings, FindingKind.DIFFERED),
            could_answer_better=_lines(findings, FindingKind.BETTER),
            questions=tuple(
                DraftQuestion(
                    text=question.words,
                    remembered_answer="\n".join(
                        one.words
                        for one in _kept(findings, FindingKind.ANSWER)
                        if one.answers == place
                    ),
                )
                for place, question in enumerate(questions)
                if question.kept and question.words.strip()
            ),
        )
    )


def with_added(
    findings: Sequence[ToldFinding], kind: FindingKind, words: str
) -> tuple[ToldFinding, ...]:
    """Return the findings with one more that the person wrote, behind the others."""
    return (*findings, ToldFinding(kind=kind, words=words.strip()))


def as_left(
    finding: ToldFinding,
    *,
    words: str,
    kept: bool,
    intensity: int | None = None,
    answers: int | None = None,
) -> ToldFinding:
    """Return a finding as the person left it: their words, and whether they keep it."""
    changed = words.strip() != finding.words
    return replace(
        finding,
        words=words.strip(),
        kept=kept and bool(words.strip()),
        reworded=finding.reworded and not changed,
        intensity=intensity if finding.kind is FindingKind.FEELING else None,
        answers=answers if finding.kind is FindingKind.ANSWER else None,
    )


def _moments(transcript: Transcript, start: int, end: int) -> tuple[float | None, float | None]:
    """Return when a stretch of the text begins and ends in the sound."""
    words = [word for word in transcript.words if word.start_char < end and word.end_char > start]
    starts = [word.start_seconds for word in words if word.start_seconds is not None]
    ends = [word.end_seconds for word in words if word.end_seconds is not None]
    return (min(starts) if starts else None, max(ends) if ends else None)


def _told_again(reasons: tuple[str, ...]) -> tuple[str, ...]:
    """Return reasons that speak of an answer as they read for a telling."""
    return tuple(reason.replace("answer again", "tell it again") for reason in reasons)


def _kept(findings: Sequence[ToldFinding], kind: FindingKind) -> list[ToldFinding]:
    return [one for one in findings if one.kind is kind and one.kept and one.words.strip()]


def _first(findings: Sequence[ToldFinding], kind: FindingKind) -> str:
    kept = _kept(findings, kind)
    return kept[0].words if kept else ""


def _lines(findings: Sequence[ToldFinding], kind: FindingKind) -> str:
    return "\n".join(" ".join(one.words.split()) for one in _kept(findings, kind))
