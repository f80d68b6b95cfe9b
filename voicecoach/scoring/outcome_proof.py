"""What proves a result: a figure, a before and after, somebody's words, a named outcome."""

from voicecoach.scoring.clause_reading import ReadClause, measures, within
from voicecoach.scoring.deeds import Asked
from voicecoach.scoring.outcome_words import (
    BEFORE_AND_AFTER,
    CHECKS,
    HARMS,
    LASTING,
    MULTIPLES,
    NAMED_OUTCOMES,
    NEVER_SINCE,
    PRAISE,
    SAYING,
)
from voicecoach.scoring.spoken_numbers import find_numbers


def proofs_of(read: ReadClause, asked: Asked) -> int:
    """Return how many pieces of evidence a result has.

    Each figure counts, and so do a before and after, a harm averted, a named outcome, a lasting
    use, what somebody said, and for a result that is only supposed, how it would be checked.
    """
    words = set(read.words)
    signs = (
        bool(asked.conditional and words & CHECKS),
        averts_harm(read),
        bool(words & (NAMED_OUTCOMES | MULTIPLES)),
        read.says(BEFORE_AND_AFTER) or goes_from_to(read),
        read.says(LASTING),
        bool(words & SAYING and words & PRAISE),
    )
    return len(measures(read)) + sum(signs)


def averts_harm(read: ReadClause) -> bool:
    """Tell "we didn't lose a single order", "nobody was hurt" and "it hasn't happened again"."""
    if not read.clause.negated or within(read.clause.condition, read.indexes[0]):
        return False
    if read.says(NEVER_SINCE):
        return True
    return any(
        (word in HARMS or word == "again") and read.denied(place)
        for place, word in enumerate(read.words)
    )


def goes_from_to(read: ReadClause) -> bool:
    """Tell "from nine percent to three" and "from ninth to third"."""
    if "from" not in read.words:
        return False
    start = read.words.index("from")
    if "to" not in read.words[start:]:
        return False
    middle = read.words.index("to", start)
    return bool(find_numbers(read.words[start:middle]) and find_numbers(read.words[middle:]))
