"""An answer given under pressure: when the interviewer breaks in, and how their silence ends. Pure.

It hears how loud the answer is, block by block, and counts the answer's own time, so that what it
does depends on nothing but the sound and what was chosen.
"""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from voicecoach.intervention import Intervention, InterventionKind
from voicecoach.mock_pressure import Interruption

BLOCK_SECONDS: Final = 0.1
"""How much sound a level is told of at once."""

FLOOR_SECONDS: Final = 10.0
"""The background is the quietest block of so long a time: whoever speaks leaves gaps in it."""

ABOVE_FLOOR: Final = 12.0
LEAST_LEVEL: Final = -55.0
"""A block is voice where it is so many dB above the background and above this level (dB relative to
full scale, as the level meter of the page takes for nearly silent). A judgement, kept coarse on
purpose: a cough may count as a word, and nothing worse follows than a prompt a little early."""

PAUSE_SECONDS: Final = 0.4
"""The interviewer breaks in at a silence of this length: shorter ones lie inside words and phrases
(stops close for up to 0.2 s), and longer ones come too rarely to wait for."""

GOES_ON_SECONDS: Final = 0.5
GOES_ON_WITHIN: Final = 1.0
"""So much voice within so long a time is an answer that goes on: a chair creaks for less."""

PROMPT_BEGINS_WITHIN: Final = 0.5
"""Seconds until the interviewer's prompt is heard, taken until whoever plays it tells better."""


class Moment(StrEnum):
    """What happens at a block of the answer."""

    BREAK_IN = "break_in"
    GOES_ON = "goes_on"
    SILENCE_OVER = "silence_over"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerPressure:
    """What pressure one answer is given under; None: not of that kind.

    `number` is the question's in its mock interview. Seconds; see `mock_pressure.Pressure`.
    """

    number: int = 0
    interruption: Interruption | None = None
    limit_seconds: int | None = None
    silence_seconds: int | None = None


class UnderPressure:
    """One answer as the interviewer follows it.

    Args:
        pressure: what was chosen.
        before: what the interviewer has done in this answer already (it broke off and goes on).
        begun_seconds: how long the answer is by now; all of it counts as spoken.
    """

    def __init__(
        self,
        pressure: AnswerPressure,
        *,
        before: Sequence[Intervention] = (),
        begun_seconds: float = 0.0,
    ) -> None:
        self.interventions = tuple(before)
        self._pressure = pressure
        self._seconds = begun_seconds
        self._spoken_seconds = begun_seconds
        self._levels: deque[float] = deque(maxlen=round(FLOOR_SECONDS / BLOCK_SECONDS))
        self._voiced: deque[bool] = deque(maxlen=round(GOES_ON_WITHIN / BLOCK_SECONDS))
        self._quiet_seconds = 0.0
        self._silent_since: float | None = None
        self._prompt_seconds = 0.0
        self._broke_in = any(one.kind is InterventionKind.INTERRUPTION for one in before)

    @property
    def in_silence(self) -> bool:
        """Whether the person has ended and the interviewer says nothing yet."""
        return self._silent_since is not None

    def hear(self, level: float, seconds: float) -> Moment | None:
        """Take the next block of the answer.

        Args:
            level: how loud it is, in dB relative to full scale.
            seconds: how long the answer is with it.

        Returns:
            what the interviewer does now, None for nothing.
        """
        lasted = max(0.0, seconds - self._seconds)
        self._seconds = seconds
        self._levels.append(level)
        voiced = level > max(min(self._levels) + ABOVE_FLOOR, LEAST_LEVEL)
        self._voiced.append(voiced)
        if self._silent_since is not None:
            return self._in_silence(self._silent_since)
        if self._prompt_is_heard():
            return None
        self._spoken_seconds += lasted if voiced else 0.0
        self._quiet_seconds = 0.0 if voiced else self._quiet_seconds + lasted
        interruption = self._pressure.interruption
        if interruption is None or self._broke_in:
            return None
        # Blocks are no whole numbers of binary fractions: a hair less is as long.
        paused = self._quiet_seconds >= PAUSE_SECONDS - BLOCK_SECONDS / 10
        if not paused or self._spoken_seconds < interruption.after_seconds:
            return None
        self._broke_in = True
        return Moment.BREAK_IN

    def break_in(self, prompt_seconds: float) -> Intervention:
        """Note that the interviewer is to say the prompt now, which lasts so long; return it.

        It counts as said once whoever plays it has told so.
        """
        assert self._pressure.interruption is not None
        self._prompt_seconds = prompt_seconds
        said = Intervention(
            kind=InterventionKind.INTERRUPTION,
            start_seconds=round(self._seconds, 2),
            end_seconds=round(self._seconds + PROMPT_BEGINS_WITHIN + prompt_seconds, 2),
            words=self._pressure.interruption.words,
            played=False,
        )
        self.interventions = (*self.interventions, said)
        return said

    def prompt_begins(self, start_seconds: float) -> bool:
        """Take from whoever plays the prompt where in the answer it begins; false for nonsense.

        It is taken to be played to its end, until they tell better: the answer may end before.
        """
        return self._place(start_seconds, start_seconds, lasts=self._prompt_seconds)

    def prompt_was_heard(self, start_seconds: float, end_seconds: float) -> bool:
        """Take from whoever played the prompt where in the answer it lies; false for nonsense.

        It can't have begun before the interviewer broke in, nor end before it began or after now.
        """
        return self._place(start_seconds, end_seconds)

    def _place(self, start_seconds: float, end_seconds: float, *, lasts: float = 0.0) -> bool:
        if not self.interventions:
            return False
        *others, said = self.interventions
        # Sound on its way to us was heard by whoever played it, so a little after now is right.
        latest = self._seconds + GOES_ON_WITHIN
        right = said.start_seconds - GOES_ON_WITHIN <= start_seconds <= end_seconds <= latest
        if said.kind is not InterventionKind.INTERRUPTION or not right:
            return False
        heard = replace(
            said,
            start_seconds=round(start_seconds, 2),
            end_seconds=round(end_seconds + lasts, 2),
            played=True,
        )
        self.interventions = (*others, heard)
        return True

    def end(self) -> bool:
        """Take that the person has ended; return whether the answer ends now.

        With a silence chosen it goes on recording: it ends once the silence is over, or where the
        person says a second time that they have ended.
        """
        if self._pressure.silence_seconds is None or self._silent_since is not None:
            return True
        self._silent_since = self._seconds
        self._voiced.clear()
        return False

    def _in_silence(self, since: float) -> Moment | None:
        assert self._pressure.silence_seconds is not None
        if sum(self._voiced) * BLOCK_SECONDS >= GOES_ON_SECONDS - BLOCK_SECONDS / 10:
            spoken_since = self._seconds - len(self._voiced) * BLOCK_SECONDS
            spoken_since += BLOCK_SECONDS * list(self._voiced).index(True)
            self._note_silence(since, max(since, spoken_since))
            return Moment.GOES_ON
        if self._seconds - since >= self._pressure.silence_seconds:
            self._note_silence(since, self._seconds)
            return Moment.SILENCE_OVER
        return None

    def _note_silence(self, since: float, until: float) -> None:
        silence = Intervention(
            kind=InterventionKind.SILENCE,
            start_seconds=round(since, 2),
            end_seconds=round(until, 2),
        )
        self.interventions = (*self.interventions, silence)
        self._silent_since = None
        self._quiet_seconds = 0.0

    def _prompt_is_heard(self) -> bool:
        return any(
            one.kind is InterventionKind.INTERRUPTION
            and one.start_seconds <= self._seconds <= one.end_seconds
            for one in self.interventions
        )
