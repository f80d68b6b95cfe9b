"""Which demands of an advert the person's inventory shows, in which words, and which have none yet.

Each demand is looked for in what every entry tells, by the engine that looks for the points of an
outline in an answer (`voicecoach.scoring.coverage`), with its guards: what is denied or merely
planned is not shown. Where a sentence of the story says in other words what is demanded, its
meaning counts too (`voicecoach.demand_meaning`). The phrases that every advert uses and the amounts
it names are kept apart (`voicecoach.demand_wording`). Whoever only names a skill and tells no story
of it shows it partly.

Pure: the sentence encoder comes in as an argument.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from question_bank.outline import Outline, Point
from question_bank.question import QuestionKind
from voicecoach.demand_meaning import asks_for_several, nearest_sentence, shifted
from voicecoach.demand_wording import looked_for, missing_amount
from voicecoach.inventory import InventoryEntry, told_in_full, told_of_it
from voicecoach.scoring.coverage import cover_points_alone
from voicecoach.scoring.coverage_calibration import PARTLY_FROM
from voicecoach.scoring.evidence import Quote
from voicecoach.scoring.result import CutPoints, PointCoverage, PointState
from voicecoach.speech.contracts import EncodedText, SentenceEncoder
from voicecoach.speech.transcript import typed_transcript

SHOWN_FROM: Final = 0.65
"""Similarity from which a demand counts as shown by a story.

Lower than for the points of an outline (0.78): a demand is a few nouns long. Fitted to the
development half of the labelled pairs, where what is shown in part stays at 0.64 and below, amounts
aside, and what is not shown below 0.4; `python -m benchmarks.adverts` prints what that gives on the
half that was held back."""

MEANING_SHARE: Final = 0.3
MEANT_FROM: Final = 0.5
PARTLY_MEANT_FROM: Final = 0.35
"""The similarity of the words and this share of the likeness (0-1) of the nearest sentence, from
which a demand is shown, and shown in part. Fitted to the development half of the labelled pairs and
to 95 more, harder ones: shares of .2 to .5 and .5 to .6 were tried; with a larger share what is not
shown is found in part more than once in ten times."""

NOT_DONE: Final = frozenset({"negation", "future", "conditional"})
"""Guards of coverage by which a story says that something was not done."""

CUT_POINTS: Final = CutPoints(said_from=SHOWN_FROM, partly_from=PARTLY_FROM)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownBy:
    """How far one entry shows a demand, and its words that do.

    `text` is what the entry tells; each quote is a part of it. `similarity` is 0–1. `lacking` says
    what a fuller story would need ("it asks for 5 years; your story says 2"), "" where nothing.
    """

    entry_id: str
    state: PointState
    similarity: float
    text: str
    quotes: tuple[Quote, ...]
    lacking: str = ""


def best_shown(
    demands: Sequence[str], entries: Sequence[InventoryEntry], encoder: SentenceEncoder
) -> tuple[ShownBy | None, ...]:
    """Return for each demand the entry that shows it best; None where none does."""
    remembering = _Remembering(encoder)
    remembering([looked_for(demand) for demand in demands])
    best: list[ShownBy | None] = [None] * len(demands)
    for entry in entries:
        for place, demand in enumerate(demands):
            found = shown_by(entry, demand, remembering)
            known = best[place]
            if found.state is not PointState.NOT_HEARD and (
                known is None or _rank(found) > _rank(known)
            ):
                best[place] = found
    return tuple(best)


def shown_by(entry: InventoryEntry, demand: str, encoder: SentenceEncoder) -> ShownBy:
    """Return how far an entry shows a demand.

    Its name is a claim: without anything told of it, a demand is shown partly at most. What its
    story denies or only plans is not shown, whatever the name claims.
    """
    text, told = told_in_full(entry), told_of_it(entry)
    whole = _looked_up(text, demand, encoder)
    state, lacking = whole.state, ""
    if state is PointState.SAID and not told:
        state, lacking = PointState.PARTLY, "there is no story behind it yet"
    undone = told != "" and _looked_up(told, demand, encoder).guard in NOT_DONE
    if undone:
        state = PointState.NOT_HEARD
    similarity, quotes = whole.similarity, _quotes(whole)
    if told and whole.guard is None and not undone:
        near = nearest_sentence(told, demand, encoder)
        meant = similarity + MEANING_SHARE * (near.likeness if near else 0.0)
        raised = _by_meaning(meant, demand, state)
        if near is not None and _RANK[raised] > _RANK[state]:
            state, similarity = raised, min(1.0, meant)
            quotes = quotes or shifted([near.quote], text.index(told))
    missing = missing_amount(demand, text)
    if missing and state is PointState.SAID:
        state, lacking = PointState.PARTLY, missing
    return ShownBy(
        entry_id=entry.id,
        state=state,
        similarity=similarity,
        text=text,
        quotes=quotes,
        lacking=lacking if state is PointState.PARTLY else "",
    )


def _by_meaning(meant: float, demand: str, state: PointState) -> PointState:
    """Return the state that the meaning gives: one step above what the words gave at most."""
    if meant >= MEANT_FROM and state is PointState.PARTLY and not asks_for_several(demand):
        return PointState.SAID
    return PointState.PARTLY if meant >= PARTLY_MEANT_FROM else PointState.NOT_HEARD


_RANK: Final = {PointState.NOT_HEARD: 0, PointState.PARTLY: 1, PointState.SAID: 2}


def _rank(found: ShownBy) -> tuple[int, float]:
    return _RANK[found.state], found.similarity


def _looked_up(text: str, demand: str, encoder: SentenceEncoder) -> PointCoverage:
    wanted = Outline(
        question_id="", version=1, points=(Point(id="demand", text=looked_for(demand)),)
    )
    (found,) = cover_points_alone(
        typed_transcript(text),
        wanted,
        encoder,
        kind=QuestionKind.BEHAVIOURAL,
        cut_points=CUT_POINTS,
    )
    return found


def _quotes(found: PointCoverage) -> tuple[Quote, ...]:
    return tuple(one for one in found.evidence if isinstance(one, Quote))


class _Remembering:
    """Encodes every text once: demands are looked for in one entry after another."""

    def __init__(self, encoder: SentenceEncoder) -> None:
        self._encoder = encoder
        self._known: dict[str, EncodedText] = {}

    def __call__(self, texts: Sequence[str]) -> list[EncodedText]:
        fresh = [text for text in dict.fromkeys(texts) if text not in self._known]
        if fresh:
            self._known.update(zip(fresh, self._encoder(fresh), strict=True))
        return [self._known[text] for text in texts]
