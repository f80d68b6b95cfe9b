"""The pressure of a mock interview at the terminal: breaking in, and saying nothing."""

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from voicecoach.cli.screen import Screen
from voicecoach.time_words import seconds_words

if TYPE_CHECKING:
    from voicecoach.speech.contracts import RecordingProgress
    from voicecoach.under_pressure import UnderPressure

_PROMPT_SECONDS: Final = 3.0
"""How long a prompt is taken to last until it has been said."""


class PressureScreen:
    """What the interviewer does while an answer is recorded at the terminal.

    Args:
        screen: where it is told.
        watch: says what happens when.
        say: speaks a prompt; it returns once that is over, with whether it was heard.
        keep: stores what the interviewer has done so far.
        silence_seconds: how long the interviewer says nothing; None: not at all.
    """

    def __init__(
        self,
        screen: Screen,
        watch: "UnderPressure",
        *,
        say: Callable[[str], bool],
        keep: Callable[[], None],
        silence_seconds: int | None,
    ) -> None:
        self._screen = screen
        self._watch = watch
        self._say = say
        self._keep = keep
        self._silence_seconds = silence_seconds
        self._speaking: threading.Thread | None = None
        self._was_heard = False
        self._prompt_begun = 0.0
        self._seconds = 0.0
        self._over = False

    @property
    def is_over(self) -> bool:
        """Whether the interviewer's silence has ended the answer."""
        return self._over

    def hear(self, now: "RecordingProgress") -> None:
        """Follow the answer."""
        from voicecoach.under_pressure import Moment  # noqa: PLC0415 - start-up time

        self._seconds = now.seconds
        if self._speaking is not None and not self._speaking.is_alive():
            self._note_prompt()
        moment = self._watch.hear(now.level, now.seconds)
        if moment is Moment.BREAK_IN:
            said = self._watch.break_in(_PROMPT_SECONDS)
            self._tell(f"The interviewer: {said.words}")
            self._prompt_begun = now.seconds
            # Beside the recording, which goes on meanwhile.
            self._speaking = threading.Thread(target=self._say_it, args=(said.words,), daemon=True)
            self._speaking.start()
        elif moment is Moment.GOES_ON:
            self._tell("Go on: it is all one answer. Enter ends it.")
        elif moment is Moment.SILENCE_OVER:
            self._over = True
        if moment is not None:
            self._keep()

    def ended(self) -> bool:
        """Take that the person pressed Enter; return whether the answer ends now."""
        if self._watch.end():
            return True
        assert self._silence_seconds is not None
        self._tell(
            f"The interviewer says nothing for {seconds_words(self._silence_seconds)}. "
            "If there is more to say, just go on; Enter ends it now."
        )
        return False

    def close(self) -> None:
        """Wait until the interviewer has said all: the next question comes after it."""
        if self._speaking is not None:
            self._speaking.join()
            self._note_prompt()

    def _say_it(self, words: str) -> None:
        self._was_heard = self._say(words)

    def _note_prompt(self) -> None:
        """Note where in the answer the prompt was heard, if it was."""
        self._speaking = None
        heard = self._was_heard
        if heard and self._watch.prompt_was_heard(self._prompt_begun, self._seconds):
            self._keep()

    def _tell(self, text: str) -> None:
        self._screen.end_transient()
        self._screen.note(text)
