"""Which sentence of a story comes nearest in meaning to a demand. Pure.

A demand and a story often share no word ("Experience in customer service", "I answered thirty
callers a day"). The cosine of a whole sentence with the demand says what no pair of words says.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from voicecoach.demand_wording import looked_for
from voicecoach.reply_sentences import sentences_of
from voicecoach.scoring.evidence import Quote
from voicecoach.speech.contracts import SentenceEncoder

_UNDONE: Final = re.compile(
    r"\b(?:not|no|never|nothing|nobody|none|without|cannot|would|will|could|want(?:s|ed)?|plan"
    r"(?:s|ned|ning)?|hope[sd]?|wish(?:ed)?|intend(?:ed)?|going to|next (?:year|month|week)|"
    r"some day|so far|yet)\b|n['’]t\b|['’](?:ll|d)\b",
    re.IGNORECASE,
)
"""A sentence with one of these may deny or plan what it speaks of: it shows nothing by its meaning.
Stricter than the guards of coverage, as there is no found word here whose mood could be told."""

_JOINED: Final = re.compile(r"\b(?:and|or|with .+ in|within)\b|[,/(;+]", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class NearSentence:
    """A sentence of a text, and how near it comes to a demand (cosine, clipped to 0-1)."""

    quote: Quote
    likeness: float


def nearest_sentence(text: str, demand: str, encoder: SentenceEncoder) -> NearSentence | None:
    """Return the sentence of a text that is nearest to a demand; None where none tells a deed."""
    sentences = [one for one in sentences_of(text) if not _UNDONE.search(one.text)]
    if not sentences:
        return None
    told = [one.sentence for one in encoder([one.text for one in sentences])]
    wanted = [one.sentence for one in encoder([demand, looked_for(demand)])]
    likeness, place = max(
        (max(float(own @ one) for one in wanted), -place) for place, own in enumerate(told)
    )
    nearest = sentences[-place]
    return NearSentence(
        quote=Quote(
            quote=nearest.text,
            start_char=nearest.start,
            end_char=nearest.end,
            start_seconds=None,
            end_seconds=None,
            transcript_version=1,
        ),
        likeness=min(1.0, max(0.0, likeness)),
    )


def asks_for_several(demand: str) -> bool:
    """Whether a demand joins several things, of which a near sentence may tell only one."""
    return _JOINED.search(demand) is not None


def shifted(quotes: Sequence[Quote], by: int) -> tuple[Quote, ...]:
    """Return quotes of a part of a text as quotes of the text, in which the part begins at `by`."""
    return tuple(
        Quote(
            quote=one.quote,
            start_char=one.start_char + by,
            end_char=one.end_char + by,
            start_seconds=one.start_seconds,
            end_seconds=one.end_seconds,
            transcript_version=one.transcript_version,
        )
        for one in quotes
    )
