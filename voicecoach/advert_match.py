"""What the sentence encoder finds between the inventory, an advert's demands and the questions.

The database is read first and let go of: encoding takes a while where there is much to compare.
"""

from dataclasses import dataclass
from datetime import datetime

from question_bank.question import QuestionKind
from voicecoach.demand_matching import ShownBy, best_shown
from voicecoach.inventory import InventoryEntry, told_in_full
from voicecoach.kept_advert import KeptDemand
from voicecoach.practice_book import PracticeBook
from voicecoach.preparing import reading_preparation
from voicecoach.question_suggestions import SuggestedQuestion, nearest_questions
from voicecoach.scoring.evidence import Quote
from voicecoach.scoring.result import PointState
from voicecoach.story_competencies import shipped_deeds


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchedDemand:
    """A demand of an advert and what the person has to show for it.

    `state` is "said" where an entry shows it, "partly", or "not_heard": there is no story yet.
    `entry_id` and `entry_name` are those of the entry; `own_word` says that the person named it
    themselves, else `quotes` are its words (parts of `story`, everything it tells) and `similarity`
    (0–1) says how near they come. `lacking` is what a fuller story would need, in words.
    `question_id` is the question it became, a merged one as it is called now.
    """

    number: int
    text: str
    must: bool
    added: bool
    question_id: str | None
    state: PointState
    own_word: bool
    entry_id: str | None
    entry_name: str
    similarity: float | None
    story: str
    quotes: tuple[Quote, ...]
    lacking: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchedAdvert:
    """An advert's demands beside the inventory; `left_out` are those that are none to the person.

    `compared` is false where there is no sentence encoder: only the person's own word counts then.
    """

    interview_id: str
    text: str
    kept_at: datetime
    demands: tuple[MatchedDemand, ...]
    left_out: tuple[KeptDemand, ...]
    compared: bool

    def count(self, state: PointState) -> int:
        """Return how many demands are in a state."""
        return sum(one.state is state for one in self.demands)


def match_advert(book: PracticeBook, interview_id: str) -> MatchedAdvert:
    """Return the demands of an interview's advert beside what the person can show.

    Raises:
        NotFoundError: no advert is kept, or there is no such interview.
    """
    with reading_preparation(book) as preparation:
        advert = preparation.advert(interview_id)
        entries = preparation.inventory.every()
        now_called = {
            one.question_id: preparation.bank.get_question(one.question_id).id
            for one in advert.demands
            if one.question_id is not None
        }
    encoder = book.engines.encoder()
    wanted = [one for one in advert.demands if not one.left_out]
    shown: tuple[ShownBy | None, ...] = (None,) * len(wanted)
    if encoder is not None:
        shown = best_shown([one.text for one in wanted], entries, encoder.encode)
    by_id = {entry.id: entry for entry in entries}
    return MatchedAdvert(
        interview_id=advert.interview_id,
        text=advert.text,
        kept_at=advert.kept_at,
        demands=tuple(
            _matched(demand, found, by_id, now_called.get(demand.question_id or ""))
            for demand, found in zip(wanted, shown, strict=True)
        ),
        left_out=tuple(one for one in advert.demands if one.left_out),
        compared=encoder is not None,
    )


def suggest_questions(book: PracticeBook, entry: InventoryEntry) -> tuple[SuggestedQuestion, ...]:
    """Return the questions an entry may help to answer and is not mapped to yet."""
    encoder = book.engines.encoder()
    if encoder is None:
        return ()
    with reading_preparation(book) as preparation:
        mapped = {question.id for question in preparation.questions_of(entry)}
        asked = [
            question
            for question in preparation.bank.every_active_question()
            if question.id not in mapped and question.kind is not QuestionKind.TO_ASK
        ]
    return nearest_questions(told_in_full(entry), asked, encoder.encode, shipped_deeds())


def _matched(
    demand: KeptDemand,
    found: ShownBy | None,
    by_id: dict[str, InventoryEntry],
    question_id: str | None,
) -> MatchedDemand:
    own = by_id.get(demand.entry_id or "")
    entry = own or by_id.get(found.entry_id if found else "")
    judged = found if own is None else None
    if own is not None:
        state = PointState.SAID
    else:
        state = PointState.NOT_HEARD if judged is None else judged.state
    return MatchedDemand(
        number=demand.number,
        text=demand.text,
        must=demand.must,
        added=demand.added,
        question_id=question_id,
        state=state,
        own_word=own is not None,
        entry_id=entry.id if entry else None,
        entry_name=entry.name if entry else "",
        similarity=judged.similarity if judged else None,
        story=judged.text if judged else "",
        quotes=judged.quotes if judged else (),
        lacking=judged.lacking if judged else "",
    )
