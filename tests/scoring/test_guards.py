"""Minimal pairs for the guards: a word decides whether a point was made."""

import pytest

from question_bank.outline import Outline, Point
from question_bank.question import QuestionKind
from tests.scoring.answer_generator import spoken
from voicecoach.scoring.clauses import split_clauses
from voicecoach.scoring.coverage import cover_outline
from voicecoach.scoring.recital import recited_points
from voicecoach.scoring.result import PointCoverage, PointState
from voicecoach.scoring.rubric_talk import says_nothing
from voicecoach.scoring.specificity import find_specifics
from voicecoach.scoring.vocabulary import plain_words
from voicecoach.speech.contracts import SentenceEncoder
from voicecoach.speech.transcript import typed_transcript

COSTS = "Cut the delivery costs with a second supplier"


def cover(
    text: str,
    point: str,
    encoder: SentenceEncoder,
    kind: QuestionKind = QuestionKind.BEHAVIOURAL,
) -> PointCoverage:
    outline = Outline(question_id="q", version=1, points=(Point(id="p", text=point),))
    (covered,) = cover_outline(spoken(text), outline, encoder, kind=kind)
    return covered


@pytest.mark.parametrize(
    ("said", "guard"),
    [
        ("I cut the delivery costs with a second supplier.", None),
        ("We cut the delivery costs with a second supplier.", None),
        ("My manager and I cut the delivery costs with a second supplier.", None),
        ("My manager asked me to, so I cut the delivery costs with a second supplier.", None),
        ("My manager cut the delivery costs with a second supplier.", "other_person"),
        ("They cut the delivery costs with a second supplier.", "other_person"),
        ("Sarah cut the delivery costs with a second supplier.", "other_person"),
        ("The delivery costs were cut with a second supplier by my colleague.", "other_person"),
    ],
)
def test_only_ones_own_doing_is_ones_own(
    said: str, guard: str | None, encoder: SentenceEncoder
) -> None:
    covered = cover(said, COSTS, encoder)
    assert covered.guard == guard
    assert (covered.state is PointState.SAID) == (guard is None)


def test_a_point_about_another_person_is_said_of_them(encoder: SentenceEncoder) -> None:
    point = "My manager approved the second supplier"
    assert (
        cover("In the end my manager approved the second supplier.", point, encoder).guard is None
    )


@pytest.mark.parametrize(
    "said",
    [
        "I had never cut the delivery costs with a second supplier.",
        "I don't think I cut the delivery costs with a second supplier.",
        "I cut the delivery costs with a second supplier, but that is not true.",
        "None of us cut the delivery costs with a second supplier.",
    ],
)
def test_a_denial_in_any_form_is_a_denial(said: str, encoder: SentenceEncoder) -> None:
    assert cover(said, COSTS, encoder).guard == "negation"


def test_denying_something_else_denies_nothing(encoder: SentenceEncoder) -> None:
    said = "I did not ask anybody and I cut the delivery costs with a second supplier."
    assert cover(said, COSTS, encoder).state is PointState.SAID


UNBANNED = "Social media should not be banned"


@pytest.mark.parametrize(
    ("said", "denied"),
    [
        ("I think nobody should ban social media.", False),
        ("It would be wrong to ban social media.", False),
        ("It is not right to ban social media.", False),
        ("I don't think social media should be banned.", False),
        ("There is no reason to ban social media.", False),
        ("I'm against banning social media.", False),
        ("Social media should be banned.", True),
        ("It is not true that social media should not be banned.", True),
        ("I don't think that social media should not be banned.", True),
    ],
)
def test_a_denial_is_made_by_any_other_denial_of_the_same(
    said: str, denied: bool, encoder: SentenceEncoder
) -> None:
    covered = cover(f"{said} That is what I think.", UNBANNED, encoder, QuestionKind.MOTIVATIONAL)
    assert (covered.guard == "negation") is denied


@pytest.mark.parametrize(
    ("point", "said"),
    [
        (
            "Said that she wouldn't change anything",
            "She said it was a big decision but that she wouldn't change anything.",
        ),
        (
            "The ring would not stick because it is brass",
            "I do not think the ring would stick because it is brass.",
        ),
        (
            "She has a huge following in Colombia",
            "She is hoping to be the answer to them and has a huge following in Colombia.",
        ),
    ],
)
def test_what_a_point_denies_or_supposes_itself_is_held_against_nobody(
    point: str, said: str, encoder: SentenceEncoder
) -> None:
    assert cover(said, point, encoder, QuestionKind.TECHNICAL).guard is None


@pytest.mark.parametrize(
    "said",
    [
        "I should have cut the delivery costs with a second supplier.",
        "I was going to cut the delivery costs with a second supplier.",
        "I wish I had cut the delivery costs with a second supplier.",
        "If I had cut the delivery costs with a second supplier, they would have stayed.",
        "We were supposed to cut the delivery costs with a second supplier.",
    ],
)
def test_what_was_only_meant_was_not_done(said: str, encoder: SentenceEncoder) -> None:
    covered = cover(said, COSTS, encoder)
    assert covered.state is not PointState.SAID
    assert covered.guard in {"future", "conditional"}


def test_before_and_after_may_not_change_places(encoder: SentenceEncoder) -> None:
    point = "The wait fell from 25 minutes to 8 minutes"
    assert cover("The wait fell from 25 minutes to 8 minutes.", point, encoder).guard is None
    assert cover("The wait fell from 8 minutes to 25 minutes.", point, encoder).guard == "number"


@pytest.mark.parametrize(
    ("point", "said", "same"),
    [
        ("Saved a thousand pounds a month", "I saved 1,000 pounds a month.", True),
        ("Saved 1,000 pounds a month on rent", "I saved £1k a month on the rent.", True),
        ("Saved 1,000 pounds a month on rent", "I saved £2k a month on the rent.", False),
        ("Trained the two new colleagues", "I trained both new colleagues.", True),
        ("Trained both new colleagues", "I trained the two new colleagues.", True),
        ("Trained both new colleagues", "I trained the five new colleagues.", False),
        ("Called a dozen customers a day", "I called 12 customers a day.", True),
        ("Tested 4 minerals", "I tested them, the minerals, with at least one tool.", True),
        (
            "Changed 2 variables and could not tell",
            "I changed 7 variables and couldn't tell.",
            False,
        ),
    ],
)
def test_a_number_is_the_same_however_it_is_said(
    point: str, said: str, same: bool, encoder: SentenceEncoder
) -> None:
    covered = cover(said, point, encoder)
    assert (covered.guard != "number" and covered.state is not PointState.NOT_HEARD) is same


NOTES = ("Set up a shared checklist", "Trained the whole ward", "Errors fell by half")


def recited(answer: str) -> list[bool]:
    def plain(text: str) -> list[str]:
        return [word.text for word in plain_words(text)]

    return [one is not None for one in recited_points(list(map(plain, NOTES)), plain(answer))]


def test_notes_read_out_are_recited_and_sentences_with_a_speaker_are_not() -> None:
    assert recited("Set up a shared checklist. Trained the whole ward. Errors fell by half.") == [
        True,
        True,
        True,
    ]
    told = "I set up a shared checklist. Then I trained the whole ward. In the end errors halved."
    assert recited(told) == [False, False, False]
    assert recited("Well, set up a shared checklist is what we did all day long.") == [False] * 3


def test_a_misheard_word_or_two_leave_a_recital_a_recital() -> None:
    heard = "Set up a chaired checklist. Trained the whole ward. Errors fell by calf."
    assert recited(heard) == [True, True, True]
    assert recited("Set up a shared checklist. Trained whole the a ward. Errors fell half.")[
        :2
    ] == [
        True,
        True,
    ]


def test_nearly_the_outlines_words_amid_an_answer_are_no_recital() -> None:
    told = (
        "There was a lot to do on our ward when I came back from leave, and nobody had time. Set "
        "up a paper checklist, trained the old ward. After that the nurses told me about it all."
    )
    assert recited(told) == [False, False, False]


@pytest.mark.parametrize(
    ("clause", "empty"),
    [
        ("i took decisive action", True),
        ("the result was measurable impact", True),
        ("i did ten things", True),
        ("i took the buyer to lunch", False),
        ("the result was forty fewer complaints", False),
        ("i called them", False),
    ],
)
def test_naming_the_parts_of_an_answer_says_nothing(clause: str, empty: bool) -> None:
    assert says_nothing(clause.split()) is empty


@pytest.mark.parametrize(
    ("said", "figures"),
    [
        ("We cut the costs by 40 percent.", 1),
        ("We did not cut the costs by 40 percent.", 0),
        ("It is not true that we cut the costs by 40 percent.", 0),
        ("I plan to cut the costs by 40 percent.", 0),
        ("We didn't lose one of the 400 orders.", 1),
        ("Instead of 40 minutes it took ten.", 2),
        ("I did ten things.", 0),
    ],
)
def test_figures_count_where_something_was_so(said: str, figures: int) -> None:
    assert len(find_specifics(typed_transcript(said))) == figures


def test_figures_of_a_plan_count_where_a_plan_was_asked_for() -> None:
    said = typed_transcript("I would call them within 2 hours.")
    assert find_specifics(said, QuestionKind.SITUATIONAL)
    assert not find_specifics(said, QuestionKind.BEHAVIOURAL)


@pytest.mark.parametrize(
    ("said", "doers"),
    [
        ("my team cut the costs", set()),
        ("another team cut the costs", {"team"}),
        ("my manager asked me to cut the costs", {"manager"}),
        ("the error rate fell by half", set()),
        ("I worked with a colleague who wrote the tests", {"colleague"}),
    ],
)
def test_who_acts(said: str, doers: set[str]) -> None:
    found = {doer for clause in split_clauses(typed_transcript(said)) for doer in clause.doers}
    assert found == doers
