"""The focus: named with the sentence it comes from, and it moves only what is free to move."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from voicecoach.practice_focus import Focus, focus_first, focus_for, focuses_of
from voicecoach.scoring.result import CriterionName
from voicecoach.takeaways import Takeaway, TakeawaySource, Use

START = datetime(2026, 3, 1, tzinfo=UTC)


def kept(
    number: int,
    *,
    use: Use = Use.FOCUS,
    criterion: CriterionName | None = None,
    question_id: str | None = None,
    source: TakeawaySource = TakeawaySource.REPLY,
) -> Takeaway:
    return Takeaway(
        id=f"t{number}",
        interview_id="i",
        source=source,
        quote=f"Sentence {number}.",
        use=use,
        words="",
        kept_at=START + timedelta(minutes=number),
        question_id=question_id,
        criterion=criterion,
    )


def test_a_focus_says_who_asked_for_what_in_whose_words() -> None:
    (theirs,) = focuses_of([kept(1, criterion=CriterionName.SPECIFICITY)])
    assert theirs.as_sentence == "They asked for more concrete examples: “Sentence 1.”"
    (own,) = focuses_of([kept(2, question_id="q", source=TakeawaySource.OWN_NOTE)])
    assert own.as_sentence == "You want to look after this question: “Sentence 2.”"


def test_the_newest_comes_first_and_the_same_wish_counts_once() -> None:
    found = focuses_of(
        [
            kept(1, criterion=CriterionName.STRUCTURE),
            kept(2, criterion=CriterionName.DELIVERY),
            kept(3, criterion=CriterionName.STRUCTURE),
            kept(4, use=Use.NOTE, question_id="q"),
        ]
    )
    assert [one.takeaway_id for one in found] == ["t3", "t2"]


def test_a_question_shows_what_names_it_before_what_names_none() -> None:
    found = focuses_of([kept(1, question_id="q"), kept(2, criterion=CriterionName.DELIVERY)])
    assert [one.takeaway_id for one in focus_for("q", found)] == ["t1", "t2"]
    assert [one.takeaway_id for one in focus_for("other", found)] == ["t2"]


LEVELS = {"a": 4.0, "b": 2.0, "c": None, "d": 3.0}


def order(ranks: str, *focuses: Focus) -> str:
    """Order a, b, c, d whose ranks are given; the rank says what is equally due."""
    by_rank = dict(zip("abcd", ranks, strict=True))
    return "".join(
        focus_first(
            "abcd",
            focuses,
            question_of=str,
            rank_of=lambda one: by_rank[one],
            level_of=lambda one, _criterion: LEVELS[one],
        )
    )


SPECIFIC = focuses_of([kept(1, criterion=CriterionName.SPECIFICITY)])
NAMED = focuses_of([kept(2, question_id="d")])


def test_the_weakest_in_the_criterion_comes_first_where_the_order_is_free() -> None:
    assert order("1111", *SPECIFIC) == "cbda"
    assert order("1122", *SPECIFIC) == "bacd"
    assert order("1234", *SPECIFIC) == "abcd"


def test_a_named_question_comes_before_all_that_are_equally_due() -> None:
    assert order("1111", *NAMED) == "dabc"
    assert order("1222", *NAMED) == "adbc"


@given(st.text("12", min_size=4, max_size=4), st.sampled_from([(), SPECIFIC, NAMED]))
def test_nothing_is_lost_and_ranks_stay_in_their_order(
    ranks: str, focuses: tuple[Focus, ...]
) -> None:
    found = order(ranks, *focuses)
    assert sorted(found) == list("abcd")
    by_rank = dict(zip("abcd", ranks, strict=True))
    assert [by_rank[one] for one in found] == list(ranks)
    if not focuses:
        assert found == "abcd"
