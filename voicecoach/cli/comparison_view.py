"""How two versions of an answer are shown side by side: what was changed, and what it changed."""

from collections.abc import Sequence

from voicecoach.cli.screen import Piece, Screen
from voicecoach.comparison import (
    AttemptVersion,
    Comparison,
    CriterionChange,
    PieceKind,
    PointChange,
    TextPiece,
)
from voicecoach.result_words import STATE_WORDS
from voicecoach.scoring.result import PointState
from voicecoach.time_words import span_words


def show_comparison(screen: Screen, comparison: Comparison) -> None:
    """Print the changed words with their times, then overall, criteria and outline points."""
    before, after = comparison.before, comparison.after
    screen.heading(f"Version {before.version} and version {after.version}")
    for version in (before, after):
        screen.item(_version_words(version))
    _show_words(screen, comparison.text, comparison.words_changed)
    if comparison.overall_changed is None:
        screen.line("There are not two scores to compare.")
        return
    screen.line(
        ("Overall ", "bold"),
        f"{before.overall:.0f} → {after.overall:.0f} of 100",
        (f" ({comparison.overall_changed:+.1f})", _colour(comparison.overall_changed)),
    )
    for criterion in comparison.criteria:
        _show_criterion(screen, criterion)


def _version_words(version: AttemptVersion) -> str:
    words = [f"version {version.version}: {version.source.value}", f"{version.words} words"]
    if version.weights:
        words.append(f"times from {version.engine} with {version.weights}")
    if version.estimated_words:
        words.append(f"{version.estimated_words} of them estimates")
    words += ["no score: " + " ".join(version.reasons)] if version.reasons else []
    return ", ".join(words)


def _show_words(screen: Screen, pieces: Sequence[TextPiece], words_changed: int) -> None:
    if words_changed == 0:
        screen.line("No word was changed.")
        return
    plural = "s" if words_changed > 1 else ""
    screen.line(("What was changed", "bold"), f" ({words_changed} word{plural}):")
    for piece in pieces:
        if piece.kind is PieceKind.SAME:
            continue
        time = span_words(piece.start_seconds, piece.end_seconds)
        screen.item(*_piece_words(piece), (f"  at {time}" if time else "", "dim"))


def _piece_words(piece: TextPiece) -> tuple[Piece, ...]:
    if piece.kind is PieceKind.ADDED:
        return ("added ", (f"“{piece.after}”", "green"))
    if piece.kind is PieceKind.REMOVED:
        return ("removed ", (f"“{piece.before}”", "red"))
    return ((f"“{piece.before}”", "red"), " → ", (f"“{piece.after}”", "green"))


def _show_criterion(screen: Screen, change: CriterionChange) -> None:
    screen.item(
        (f"{change.name.value.replace('_', ' ')}: ", "bold"),
        f"{_level(change.level_before)} → {_level(change.level_after)}",
        (f" ({change.points_changed:+.1f} points)", _colour(change.points_changed)),
    )
    for point in change.outline_points:
        screen.item(_point_words(point), indent=4)


def _point_words(point: PointChange) -> str:
    return f"{_state(point.before)} → {_state(point.after)}: {point.text}"


def _state(state: PointState | None) -> str:
    return "not asked for" if state is None else STATE_WORDS[state]


def _level(level: float | None) -> str:
    return "not measured" if level is None else f"level {level:g}"


def _colour(change: float) -> str:
    return "green" if change > 0 else "red" if change < 0 else "dim"
