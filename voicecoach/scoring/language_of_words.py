"""Whether words are English at all, told from the words themselves.

Whisper says which language it heard; weights that know one language only, and people who type,
don't. Words alone tell running English from other languages far more surely than a single
recogniser's guess: half of spoken English is closed-class words, and hardly any of its words are
outside the 12,000 commonest.
"""

from typing import Final

from voicecoach.scoring.content import Content
from voicecoach.scoring.rubric import RUBRIC
from voicecoach.scoring.vocabulary import (
    FILLED_PAUSES,
    is_common_word,
    is_function_word,
    plain_words,
)
from voicecoach.speech.transcript import Transcript

LEAST_FUNCTION_WORDS: Final = RUBRIC.number("function_words")
"""Share of closed-class words below which words may be another language."""

LEAST_COMMON_WORDS: Final = RUBRIC.number("common_words")
"""Share of words among the commonest (or numbers) below which they may be another language."""

FEWEST_WORDS: Final = int(RUBRIC.number("fewest_words_of_a_language"))
"""With fewer words a list of names could be taken for another language."""

MOST_OF_ANOTHER_SCRIPT: Final = RUBRIC.number("other_script")
"""Share of letters of another script above which words are not English."""

LATIN_UP_TO: Final = "\u024f"
"""The last letter of Unicode's Latin blocks: what lies beyond is another script. A fact, no figure
that anybody chose, so it does not stand in the rubric."""


def is_not_english(content: Content) -> bool:
    """Tell whether the words are surely not English: too few function words and common words.

    Both must be missing: a bare list of English keywords has no function words, and a sentence full
    of product names has few common words. An answer mostly in another script is not English however
    short it is.
    """
    return is_not_english_text(content.transcript)


def is_not_english_text(transcript: Transcript) -> bool:
    """Tell the same of a transcript as it was heard, filled pauses and repeats in it."""
    text = transcript.text
    letters = [letter for letter in text if letter.isalpha()]
    if sum(letter > LATIN_UP_TO for letter in letters) > MOST_OF_ANOTHER_SCRIPT * len(letters):
        return True
    words = [word.text for word in plain_words(text) if word.text not in FILLED_PAUSES]
    if len(words) < FEWEST_WORDS:
        return False
    function_words = sum(is_function_word(word) for word in words) / len(words)
    common = sum(
        is_function_word(word) or is_common_word(word) or word[0].isdigit() for word in words
    ) / len(words)
    return function_words < LEAST_FUNCTION_WORDS and common < LEAST_COMMON_WORDS
