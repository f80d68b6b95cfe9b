"""Talk that names the parts of a good answer instead of giving them.

"I took ownership and delivered measurable impact" and "I did ten things" have a subject, a past
verb and even a figure, and say nothing: whoever hears them doesn't know what was done.
"""

from collections.abc import Sequence
from typing import Final

from voicecoach.scoring.spoken_numbers import find_numbers
from voicecoach.scoring.vocabulary import is_content_word, is_past_form, word_set

RUBRIC_WORDS: Final = word_set(
    """
    situation situations task tasks action actions result results outcome outcomes impact impacts
    star method part role roles responsibility responsibilities ownership leadership communication
    initiative success goal goals objective objectives challenge challenges solution solutions
    skill skills teamwork collaboration strength strengths example effort efforts achievement
    achievements improvement improvements contribution value measurable quantifiable quantified
    significant substantial decisive positive great excellent strong huge big impressive real
    proactive difficult challenging clear key good amazing successful effective important concrete
    specific strategic outstanding tangible personal own main whole
    """
)
"""The words of rubrics and of advice on interviews: they say that something is there, not what."""

_CARRYING_VERBS: Final = word_set(
    """
    take took taken make made achieve achieved deliver delivered demonstrate demonstrated show
    showed shown drive drove own owned reach reached use used lead led have had give gave get got
    face faced see saw overcome overcame exceed exceeded did do done produce produced create created
    contribute contributed perform performed execute executed complete completed meet met set end
    """
)
"""Verbs that say nothing without their object."""

_VAGUE_NOUNS: Final = word_set("thing things stuff something anything everything lot lots")


def says_nothing(words: Sequence[str]) -> bool:
    """Tell whether a clause (plain words) only names a rubric's parts, or things without a name."""
    numbers = {
        place
        for number in find_numbers(words)
        for place in range(number.first_word, number.last_word + 1)
    }
    content = [
        word
        for place, word in enumerate(words)
        if place not in numbers and is_content_word(word) and not word.endswith("ly")
    ]
    if _VAGUE_NOUNS & set(words) and numbers:
        return all(is_past_form(word) or word in RUBRIC_WORDS for word in content)
    named = [word for word in content if word in RUBRIC_WORDS]
    return bool(named) and all(word in RUBRIC_WORDS | _CARRYING_VERBS for word in content)


def counts_nothing(words: Sequence[str], last_word: int) -> bool:
    """Tell whether a number (its last word's place) counts things without a name."""
    return last_word + 1 < len(words) and words[last_word + 1] in _VAGUE_NOUNS
