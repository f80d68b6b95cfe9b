"""Whether words are English at all, told from the words themselves.

Whisper says which language it heard; weights that know one language only, and people who type,
don't. Words alone tell running English from other languages far more surely than a single
recogniser's guess: half of spoken English is closed-class words, and hardly any of its words are
outside the 12,000 commonest.
"""

from typing import Final

from voicecoach.scoring.content import Content
from voicecoach.scoring.vocabulary import (
    FILLED_PAUSES,
    is_common_word,
    is_function_word,
    plain_words,
)

LEAST_FUNCTION_WORDS: Final = 0.2
"""Share of closed-class words below which words may be another language. Measured: answers in
German, Spanish, Polish, Dutch and Russian .00–.09; answers in English .5–.7, the densest in
names of products .35."""

LEAST_COMMON_WORDS: Final = 0.6
"""Share of words among the commonest (or numbers) below which they may be another language.
Measured: other languages .00–.36; English .95–1.00, the densest in names of products .48."""

FEWEST_WORDS: Final = 20
"""With fewer words a list of names could be taken for another language."""

LATIN_UP_TO: Final = "\u024f"
"""The last letter of Unicode's Latin blocks: what lies beyond is another script."""


def is_not_english(content: Content) -> bool:
    """Tell whether the words are surely not English: too few function words and common words.

    Both must be missing: a bare list of English keywords has no function words, and a sentence full
    of product names has few common words. An answer mostly in another script is not English however
    short it is.
    """
    text = content.transcript.text
    letters = [letter for letter in text if letter.isalpha()]
    if 2 * sum(letter > LATIN_UP_TO for letter in letters) > len(letters):
        return True
    words = [word.text for word in plain_words(text) if word.text not in FILLED_PAUSES]
    if len(words) < FEWEST_WORDS:
        return False
    function_words = sum(is_function_word(word) for word in words) / len(words)
    common = sum(
        is_function_word(word) or is_common_word(word) or word[0].isdigit() for word in words
    ) / len(words)
    return function_words < LEAST_FUNCTION_WORDS and common < LEAST_COMMON_WORDS
