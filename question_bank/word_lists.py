"""Lists of words as they are written in the source: many to a line, blanks between them."""


def word_set(words: str) -> frozenset[str]:
    """Return the words of a list."""
    return frozenset(words.split())
