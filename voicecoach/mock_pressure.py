"""The pressure of a mock interview: interruptions, time limits, silence after an answer. Pure.

Chance comes in as a seed, the interview's own id, so that the same interview always breaks in at
the same moments and a reload or a restart changes nothing.
"""

import hashlib
from dataclasses import dataclass
from typing import Final

from question_bank.question import QuestionKind
from voicecoach.errors import InvalidInputError
from voicecoach.time_words import seconds_words

SHORTEST_LIMIT: Final = 15
LONGEST_LIMIT: Final = 600
"""Seconds that an answer may be limited to: less is no answer, more is no pressure."""

SHORTEST_SILENCE: Final = 2
LONGEST_SILENCE: Final = 30
"""Seconds that the interviewer may say nothing. In conversation a gap of one second is felt as long
(Stivers et al. 2009, PNAS 106: turns follow each other after 0.2 s on average)."""

EARLIEST_SHARE: Final = 0.25
LATEST_SHARE: Final = 0.6
"""Between which shares of a good answer's length the interviewer breaks in (a judgement): the
answer has begun to be one, and is not over yet."""

SHARE_INTERRUPTED: Final = 0.5
"""How many of the answers are broken into: being interrupted each time is a pattern to wait for."""

PROMPTS: Final[dict[QuestionKind, tuple[str, ...]]] = {
    QuestionKind.BEHAVIOURAL: (
        "Sorry to cut in: what was the result?",
        "Let me stop you there: what did you do yourself?",
        "Sorry, can you give me the short version?",
    ),
    QuestionKind.SITUATIONAL: (
        "Sorry to cut in: what would you do first?",
        "Let me stop you there: what if that does not work?",
        "Sorry, can you give me the short version?",
    ),
    QuestionKind.TECHNICAL: (
        "Sorry to cut in: why that way and not another?",
        "Let me stop you there: what could go wrong with that?",
        "Sorry, can you give me the short version?",
    ),
    QuestionKind.MOTIVATIONAL: (
        "Sorry to cut in: can you give me an example?",
        "Let me stop you there: why us?",
        "Sorry, can you give me the short version?",
    ),
    QuestionKind.TO_ASK: (),
}
"""What the interviewer says when breaking in. Nobody breaks into a question of one's own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressure:
    """What makes an interview harder than it needs to be; all of it is off unless chosen.

    `limit_seconds` is how long an answer may be, `silence_seconds` how long the interviewer says
    nothing after one; None: no such thing.
    """

    interruptions: bool = False
    limit_seconds: int | None = None
    silence_seconds: int | None = None

    @property
    def is_on(self) -> bool:
        """Whether there is any."""
        return self.interruptions or bool(self.limit_seconds) or bool(self.silence_seconds)

    @property
    def words(self) -> tuple[str, ...]:
        """What is on, a phrase for each, in plain words."""
        phrases: list[str] = []
        if self.interruptions:
            phrases.append("the interviewer may break in once while you speak")
        if self.limit_seconds is not None:
            phrases.append(f"each answer ends after {seconds_words(self.limit_seconds)}")
        if self.silence_seconds is not None:
            silence = seconds_words(self.silence_seconds)
            phrases.append(f"after an answer the interviewer says nothing for {silence}")
        return tuple(phrases)


NO_PRESSURE: Final = Pressure()


@dataclass(frozen=True, slots=True, kw_only=True)
class Interruption:
    """The interviewer breaks in at the first pause after so many seconds of speaking."""

    after_seconds: float
    words: str


def checked_pressure(
    *, interruptions: bool, limit_seconds: int | None, silence_seconds: int | None
) -> Pressure:
    """Return the pressure chosen.

    Raises:
        InvalidInputError: a number is out of its bounds.
    """
    _check(limit_seconds, "A time limit", SHORTEST_LIMIT, LONGEST_LIMIT)
    _check(silence_seconds, "A silence", SHORTEST_SILENCE, LONGEST_SILENCE)
    return Pressure(
        interruptions=interruptions, limit_seconds=limit_seconds, silence_seconds=silence_seconds
    )


def interruption_of(
    seed: str, number: int, *, kind: QuestionKind, target_seconds: int
) -> Interruption | None:
    """Return how the interviewer breaks into an answer; None where they let the person finish.

    Args:
        seed: the interview's id.
        number: the question's number in it, from 1.
        kind: the question's kind.
        target_seconds: how long a good answer takes.
    """
    prompts = PROMPTS[kind]
    if not prompts or _chance(seed, number, "whether") >= SHARE_INTERRUPTED:
        return None
    share = EARLIEST_SHARE + _chance(seed, number, "when") * (LATEST_SHARE - EARLIEST_SHARE)
    return Interruption(
        after_seconds=round(share * target_seconds, 1),
        words=prompts[int(_chance(seed, number, "which") * len(prompts))],
    )


def _chance(seed: str, number: int, what: str) -> float:
    """Return a number from 0 to below 1 that is always the same for the same arguments."""
    digest = hashlib.sha256(f"{seed}/{number}/{what}".encode()).digest()
    return int.from_bytes(digest[:6], "big") / 2**48


def _check(seconds: int | None, what: str, least: int, most: int) -> None:
    if seconds is not None and not least <= seconds <= most:
        raise InvalidInputError(
            f"{what} of {seconds} seconds can't be set.", f"Choose {least} to {most} seconds."
        )
