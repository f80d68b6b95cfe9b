"""The pressure of a mock interview on a live answer: sound in, what the interviewer does out."""

import logging
from contextlib import suppress
from typing import Final

import numpy as np
from numpy.typing import NDArray

from server.live_messages import Message, PromptBegins, PromptHeard
from voicecoach.errors import CoachError
from voicecoach.practice import Coach
from voicecoach.speech.level_meter import level_of_pcm16
from voicecoach.speech.recording import SAMPLE_RATE
from voicecoach.under_pressure import BLOCK_SECONDS, AnswerPressure, Moment, UnderPressure

_BLOCK: Final = round(BLOCK_SECONDS * SAMPLE_RATE)
_UNSPOKEN_SECONDS: Final = 2.0
"""How long a prompt takes to read where no voice speaks it."""

log: Final = logging.getLogger("server")


class LivePressure:
    """Follows one live answer; what the interviewer does is stored before it is told.

    Args:
        coach: stores it, and speaks the prompt.
        mock_id: the mock interview; None: there is none, and nothing happens.
        pressure: what this answer is given under.
    """

    def __init__(self, coach: Coach, mock_id: str | None, pressure: AnswerPressure) -> None:
        self.pressure = pressure
        self._coach = coach
        self._mock_id = mock_id
        self._attempt_id = ""
        self._watch = UnderPressure(pressure)
        self._left = np.zeros(0, dtype=np.int16)
        self._heard_samples = 0
        self.is_over = False

    @classmethod
    def of(
        cls, coach: Coach, mock_id: str | None, question_id: str, *, follow_up: bool
    ) -> "LivePressure":
        """Return the pressure on an answer to a question of a mock interview, if it is one.

        Raises:
            NotFoundError: there is no such interview, or it does not ask this question.
        """
        if mock_id is None:
            return cls(coach, None, AnswerPressure())
        with coach.reading_mocks() as mocks:
            whole = mocks.pressure_of(mock_id, question_id, follow_up=follow_up)
        return cls(coach, mock_id, whole)

    def begin(self, attempt_id: str, *, samples: int) -> None:
        """Begin to follow an attempt, which may have some sound already."""
        self._attempt_id = attempt_id
        self._heard_samples = samples
        self._watch = UnderPressure(
            self.pressure,
            before=self._coach.attempt(attempt_id).interventions,
            begun_seconds=samples / SAMPLE_RATE,
        )

    def hear(self, samples: NDArray[np.int16]) -> list[Message]:
        """Take sound of the answer; return what the client is told."""
        if self._mock_id is None or self.is_over:
            return []
        told: list[Message] = []
        waiting = np.concatenate([self._left, samples])
        whole = len(waiting) // _BLOCK * _BLOCK
        self._left = waiting[whole:]
        for block in waiting[:whole].reshape(-1, _BLOCK):
            self._heard_samples += _BLOCK
            moment = self._watch.hear(
                level_of_pcm16(block.astype("<i2").tobytes()), self._heard_samples / SAMPLE_RATE
            )
            if moment is Moment.BREAK_IN:
                told.append(self._break_in())
            elif moment is not None:
                self._keep()
                told.append({"type": moment.value})
                self.is_over = moment is Moment.SILENCE_OVER
            if self.is_over:
                break
        return told

    def end(self) -> bool:
        """Take that the person has ended; return whether the answer ends now."""
        return self._watch.end()

    def take_prompt(self, told: PromptBegins | PromptHeard) -> None:
        """Take where the prompt begins or was heard; what can't be right is passed over."""
        if isinstance(told, PromptBegins):
            right = self._watch.prompt_begins(told.start_seconds)
        else:
            right = self._watch.prompt_was_heard(told.start_seconds, told.end_seconds)
        if right:
            self._keep()

    def _break_in(self) -> Message:
        assert self.pressure.interruption is not None
        words = self.pressure.interruption.words
        seconds = _UNSPOKEN_SECONDS
        with suppress(CoachError):  # the page shows the words, whether or not a voice works here
            path = self._coach.engines.speaker.synthesise(words)
            seconds = self._coach.engines.read_answer(path).recording.seconds
        said = self._watch.break_in(seconds)
        self._keep()
        return {
            "type": "interruption",
            "words": said.words,
            "start_seconds": said.start_seconds,
            "speech": f"/mock/{self._mock_id}/interruption/{self.pressure.number}",
        }

    def _keep(self) -> None:
        with self._coach.mocks() as mocks:
            mocks.keep_interventions(self._attempt_id, self._watch.interventions)
