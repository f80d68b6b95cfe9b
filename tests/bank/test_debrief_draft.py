"""A debrief while it is being written."""

from dataclasses import fields, replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from question_bank.debrief_draft import (
    DebriefDraft,
    DraftQuestion,
    read_draft,
    without_empty_questions,
)
from question_bank.debrief_entry import enter_debrief
from question_bank.interview import Feeling, Outcome
from question_bank.outline import StarPart
from question_bank.question import QuestionKind
from tests.database_fixtures import BankOf
from voicecoach.database import Database

TOLD = DebriefDraft(
    company="Northwind",
    role="Analyst",
    day="2026-11-12",
    outcome="rejected",
    feelings="disappointed 4/5\ntired",
    went_well="- I was early\n\n- I asked well",
    questions=(
        DraftQuestion(
            text="Tell me about a time you failed.",
            tripped_up="I froze",
            difficulty="5",
            remembered_answer="I said nothing much.",
            points="1. [situation] The load failed\n2. [action] (2) I phoned her",
        ),
    ),
    lessons="Breathe first",
    next_company="Umbra",
    next_day="2026-12-09",
)


def test_what_was_typed_becomes_a_debrief() -> None:
    read = read_draft(TOLD)

    assert read.problems == ()
    debrief = read.debrief
    assert (debrief.company, debrief.day) == ("Northwind", date(2026, 11, 12))
    assert debrief.outcome is Outcome.REJECTED
    assert debrief.feelings == (Feeling(word="disappointed", intensity=4), Feeling(word="tired"))
    question = debrief.questions[0]
    assert question.kind is QuestionKind.BEHAVIOURAL
    assert question.kind_guessed
    assert question.difficulty == 5
    assert [(point.text, point.part, point.weight) for point in question.points] == [
        ("The load failed", StarPart.SITUATION, 1.0),
        ("I phoned her", StarPart.ACTION, 2.0),
    ]
    assert debrief.next_interview is not None
    assert debrief.next_interview.day == date(2026, 12, 9)


def test_a_draft_enters_the_bank_like_any_debrief(database: Database, bank_of: BankOf) -> None:
    with database.transaction() as session:
        entered = enter_debrief(bank_of(session), read_draft(TOLD).debrief)

    assert entered.interview is not None
    assert [one.text for one in entered.new] == ["Tell me about a time you failed."]
    assert entered.new[0].tripped_up[0].remembered_answer == "I said nothing much."


def test_what_can_not_be_read_is_told_with_its_field() -> None:
    broken = replace(
        TOLD,
        day="12/11/2026",
        feelings="sad 9/5",
        next_day="soon",
        questions=(
            DraftQuestion(text="Why us?", difficulty="7", points="[moral] Be kind"),
            DraftQuestion(tripped_up="I froze"),
        ),
    )
    told = {problem.field for problem in read_draft(broken).problems}

    assert told == {
        "day",
        "feelings",
        "next_day",
        "questions.0.difficulty",
        "questions.0.points",
        "questions.1.text",
    }


def test_an_interview_without_a_name_is_told_of_only_where_something_is_said_about_it() -> None:
    assert read_draft(DebriefDraft()).problems == ()
    assert read_draft(DebriefDraft(questions=TOLD.questions)).problems == ()
    nameless = read_draft(DebriefDraft(lessons="Breathe"))
    assert [problem.field for problem in nameless.problems] == ["company"]


def test_an_empty_draft_says_nothing_whatever_was_chosen() -> None:
    assert DebriefDraft().says_nothing
    assert DebriefDraft(
        outcome="rejected", questions=(DraftQuestion(kind="technical"),)
    ).says_nothing
    assert not DebriefDraft(pasted="# Interview").says_nothing
    assert (
        without_empty_questions(
            replace(TOLD, questions=(DraftQuestion(), *TOLD.questions, DraftQuestion()))
        )
        == TOLD
    )


@given(
    st.fixed_dictionaries(
        {field.name: st.text(max_size=40) for field in fields(DebriefDraft)}
        | {
            "questions": st.lists(
                st.builds(
                    DraftQuestion,
                    **{one.name: st.text(max_size=40) for one in fields(DraftQuestion)},
                ),
                max_size=3,
            ).map(tuple)
        }
    )
)
def test_whatever_is_typed_is_read_without_failing_and_every_problem_names_a_field(
    typed: dict[str, object],
) -> None:
    draft = DebriefDraft(**typed)  # type: ignore[arg-type]  # the fields' own types
    known = {field.name for field in fields(DebriefDraft)}

    for problem in read_draft(draft).problems:
        assert problem.field.split(".")[0] in known
        assert problem.what
        assert problem.remedy
