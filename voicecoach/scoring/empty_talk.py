"""Clauses that say nothing: the rubric's own words, praise of oneself, "I did ten things"."""

from typing import Final

from voicecoach.scoring.clause_reading import ReadClause
from voicecoach.scoring.deed_words import EMPTY_OBJECTS
from voicecoach.scoring.outcome_cues import EMPTY_RESULTS
from voicecoach.scoring.spoken_numbers import find_numbers
from voicecoach.scoring.story_grammar import NOW
from voicecoach.scoring.vocabulary import is_content_word, word_set

EMPTY_PREDICATES: Final = word_set("did do done took completed made led resulted brought")
"""Verbs that say nothing beside an object that says nothing ("I took action")."""

_EMPTY: Final = EMPTY_RESULTS | EMPTY_OBJECTS | EMPTY_PREDICATES


def says_something(read: ReadClause) -> bool:
    """Whether a clause says more than the rubric's words and empty praise ("it was great")."""
    return any((is_content_word(word) or word in NOW) and word not in _EMPTY for word in read.words)


def is_empty_talk(read: ReadClause) -> bool:
    """Tell "I did ten things" and "the results were excellent": content words that say nothing.

    "So it was me" has no content word and is not meant.
    """
    numbers = {
        position
        for number in find_numbers(read.words, lone_one=True)
        for position in range(number.first_word, number.last_word + 1)
    }
    content = [
        word
        for position, word in enumerate(read.words)
        if position not in numbers and (is_content_word(word) or word in EMPTY_OBJECTS)
    ]
    return bool(content) and all(word in _EMPTY for word in content)
