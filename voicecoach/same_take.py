"""Was the same recording given once more, cut a little or with noise laid over it? Pure.

Nobody says an answer twice at the same moments: within one speaker words and pauses vary by far
more than a transcriber's times do. What is played again keeps its rhythm wherever it was cut,
however loud it is, and with noise laid over it.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from voicecoach.speech.transcript import Word

FEWEST_WORDS: Final = 20
"""Below that nothing is said of a take: a short sentence may come out alike by chance."""

SHARED_SOUND: Final = 0.6
"""Share of the shorter take's word triples that both have, from which their times are compared. A
recording cut by up to 2.3 s, or with noise, kept 0.75 and more of them in the little transcriber's
hearing (measured on one spoken answer of 70 words); what falls away is misheard at the cut."""

SAME_RHYTHM: Final = 0.9
RHYTHM_SECONDS: Final = 0.05
"""Share of steps from one shared triple to the next that take equally long within so many seconds.
Measured likewise: 0.94 and more with a cut or noise. Two takes of a person vary by some 10% in each
word and far more in each pause, which leaves about half of the steps so near (a judgement)."""

Triple = tuple[str, str, str]


def same_sound(one: Sequence[Word], other: Sequence[Word]) -> bool:
    """Tell whether the words of two transcripts were heard in the same recording.

    Args:
        one: what was heard in one, with its times.
        other: the same of the other.
    """
    first, second = _triples(one), _triples(other)
    shared = first.keys() & second.keys()
    if len(shared) < max(SHARED_SOUND * min(len(first), len(second)), FEWEST_WORDS - 2):
        return False
    starts = sorted((first[triple], second[triple]) for triple in shared)
    steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(starts)]
    alike = sum(abs(here - there) <= RHYTHM_SECONDS for here, there in steps)
    return alike >= SAME_RHYTHM * len(steps)


def _triples(words: Sequence[Word]) -> dict[Triple, float]:
    """Return when each three words in a row begin (seconds) that occur once in a transcript."""
    plain = [
        (text, word.start_seconds or 0.0)
        for word in words
        if (text := "".join(filter(str.isalnum, word.text.casefold())))
    ]
    begun: dict[Triple, float] = {}
    repeated: set[Triple] = set()
    for (a, at), (b, _), (c, _) in zip(plain, plain[1:], plain[2:], strict=False):
        triple = (a, b, c)
        if triple in begun:
            repeated.add(triple)
        begun.setdefault(triple, at)
    return {triple: at for triple, at in begun.items() if triple not in repeated}
