"""What somebody asked for, and what stands noted on a question, as the terminal shows it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from voicecoach.cli.screen import Screen

if TYPE_CHECKING:
    from voicecoach.practice_focus import Focus
    from voicecoach.takeaways import Takeaway


def show_focus(
    screen: Screen, focuses: "Sequence[Focus]", notes: "Sequence[Takeaway]" = ()
) -> None:
    """Print what to look after, and notes on a question; nothing where there is neither."""
    for note in notes:
        whose = "They wrote" if note.source == "reply" else "You noted"
        screen.line((f"{whose}: “{' '.join(note.quote.split())}”", "italic"))
    for focus in focuses:
        screen.line((focus.as_sentence, "italic"))
