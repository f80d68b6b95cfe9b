"""Judges an answer again and again while it is being spoken, so that the last time is quick.

The judgements are thrown away. What stays is what the encoder and the readers of clauses remember
of the words, which is most of what a first judgement costs.
"""

import threading
from collections.abc import Callable, Sequence
from typing import Final

from voicecoach.speech.heard import HeardWord
from voicecoach.speech.live import Caption

SECONDS_BETWEEN: Final = 8.0
"""So much more must have been said: a judgement costs a few tenths of a second."""


class RehearsedJudgement:
    """Takes the captions of one answer and has what was said so far judged in a thread of its own.

    Args:
        judge: judges words and forgets the judgement; whatever it raises is left for the real one.
    """

    def __init__(self, judge: Callable[[Sequence[HeardWord]], None]) -> None:
        self._judge = judge
        self._changed = threading.Condition()
        self._stretches: dict[int, tuple[HeardWord, ...]] = {}
        self._due = True
        self._judged_until = 0.0
        self._ended = False
        threading.Thread(target=self._run, name="rehearsing", daemon=True).start()

    def take(self, caption: Caption) -> None:
        """Take the words of a stretch; returns at once."""
        if not caption.final:
            return
        with self._changed:
            self._stretches[caption.stretch] = caption.words
            self._due = (
                bool(caption.words)
                and caption.words[-1].end_seconds - self._judged_until >= SECONDS_BETWEEN
            )
            self._changed.notify_all()

    def end(self) -> None:
        """Begin no further judgement; one that has begun ends by itself."""
        with self._changed:
            self._ended = True
            self._changed.notify_all()

    def _run(self) -> None:
        while (words := self._next()) is not None:
            try:
                self._judge(words)
            except Exception:  # noqa: BLE001 - the judgement that counts will meet it again
                return

    def _next(self) -> list[HeardWord] | None:
        """Wait until enough has been said and return it, at first nothing; None at the end."""
        with self._changed:
            self._changed.wait_for(lambda: self._due or self._ended)
            if self._ended:
                return None
            self._due = False
            words = [word for number in sorted(self._stretches) for word in self._stretches[number]]
            if words:
                self._judged_until = words[-1].end_seconds
            return words
