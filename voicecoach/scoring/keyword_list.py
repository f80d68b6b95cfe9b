"""A list of keywords is not a sentence, however well its words match a point."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from voicecoach.scoring.comparable import Matrix
from voicecoach.scoring.vocabulary import is_function_word, word_set

LIST_WINDOW: Final = 12
SHORT_LIST: Final = 9
MOST_FUNCTION_WORDS_OF_A_LIST: Final = 1
"""At most 1 function word among 12 is a list: every keyword salad has that, 0.6% of 16,489
windows of genuine text have."""
MOST_JOINED_OF_A_SHORT_LIST: Final = 2
"""The same among 9 to 11 words."""

_JOINERS: Final = word_set("and or the then with plus also")
"""Function words that string keywords together without making a sentence of them."""
MOST_JOINED: Final = 4
"""Function words in all among 12 up to which joined keywords are still a list."""


def is_list(found: NDArray[np.intp], weights: Matrix, texts: Sequence[str]) -> bool:
    """Whether the stretch of 12 words that holds most of what was found lacks function words.

    `found` are positions among the answer's plain words `texts`, `weights` what each tells.
    Of stretches that hold as much, the one with most function words speaks. Words that only
    join ("and", "the") make no sentence of a list. An answer of 9 to 11 words is measured
    alike; in one of 5 to 8 no function word may be there at all.
    """
    window = min(LIST_WINDOW, len(texts))
    if window < 5:
        return False
    gains = np.zeros(len(texts) + 1)
    gains[found + 1] = weights
    held = _in_windows(np.cumsum(gains), window)
    fullest = held >= held.max() - 1e-6
    functions = _counted([is_function_word(word) for word in texts], window)[fullest].max()
    telling = _counted([is_function_word(word) and word not in _JOINERS for word in texts], window)[
        fullest
    ].max()
    joiners = MOST_JOINED if window == LIST_WINDOW else MOST_JOINED_OF_A_SHORT_LIST
    if window < SHORT_LIST:
        return bool(functions == 0)
    return bool(
        functions <= MOST_FUNCTION_WORDS_OF_A_LIST or (telling == 0 and functions <= joiners)
    )


def _counted(marks: Sequence[bool], window: int) -> NDArray[np.float64]:
    return _in_windows(np.cumsum([0.0, *map(float, marks)]), window)


def _in_windows(sums: NDArray[np.float64], window: int) -> NDArray[np.float64]:
    in_window: NDArray[np.float64] = sums[window:] - sums[:-window]
    return in_window
