"""Finding a question by what is remembered of it."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from question_bank.question import Question, QuestionKind, QuestionSource, Trip
from question_bank.question_search import search_questions
from question_bank.question_shelf import DraftTrip
from tests.database_fixtures import BankOf
from voicecoach.database import Database

DAY = datetime(2026, 11, 20, tzinfo=UTC)


def question(text: str, *hows: str, competency: str = "", at: int = 0) -> Question:
    return Question(
        id=text,
        text=text,
        kind=QuestionKind.BEHAVIOURAL,
        competency=competency,
        target_seconds=120,
        source=QuestionSource.ADDED,
        created_at=DAY,
        tripped_up=tuple(
            Trip(
                id=how,
                interview_id=None,
                how=how,
                remembered_answer="",
                difficulty=None,
                noted_at=DAY + timedelta(days=at),
            )
            for how in hows
        ),
    )


WHY = question("Why do you want this job?")
NEWS = question("Tell me about bad news you had to give.", "I rambled", competency="candour")
FAILED = question("Tell me about a time you failed.", "I froze", at=1)


def texts(found: tuple[Question, ...]) -> list[str]:
    return [one.text for one in found]


def test_questions_that_tripped_the_person_up_stand_first_the_latest_before_the_others() -> None:
    assert search_questions([WHY, NEWS, FAILED]) == (FAILED, NEWS, WHY)


def test_every_word_that_is_wanted_must_begin_a_word_of_the_question() -> None:
    assert search_questions([WHY, NEWS, FAILED], "TELL bad") == (NEWS,)
    assert search_questions([WHY, NEWS, FAILED], "fail") == (FAILED,)
    assert search_questions([WHY, NEWS, FAILED], "ailed") == ()


def test_a_question_is_found_by_its_competency_and_by_how_it_tripped_the_person_up() -> None:
    assert search_questions([WHY, NEWS, FAILED], "candour") == (NEWS,)
    assert search_questions([WHY, NEWS, FAILED], "froze") == (FAILED,)


@given(st.lists(st.sampled_from([WHY, NEWS, FAILED]), unique_by=id), st.text(max_size=12))
def test_a_search_finds_a_part_of_all_and_never_fails(
    questions: list[Question], wanted: str
) -> None:
    found = search_questions(questions, wanted)

    assert set(texts(found)) <= set(texts(search_questions(questions)))
    assert len(search_questions(questions)) == len(questions)


@given(st.sampled_from([WHY, NEWS, FAILED]))
def test_a_question_is_found_by_its_own_wording(one: Question) -> None:
    assert one in search_questions([WHY, NEWS, FAILED], one.text)


def test_the_questions_of_an_interview_are_those_met_there_retired_or_not(
    database: Database, bank_of: BankOf
) -> None:
    with database.transaction() as session:
        bank = bank_of(session)
        interview = bank.add_interview(company="Birch & Co")
        trip = DraftTrip(interview_id=interview.id, how="I rambled")
        met = bank.add_question(NEWS.text, kind=QuestionKind.BEHAVIOURAL, trip=trip).question
        put_away = bank.add_question(FAILED.text, kind=QuestionKind.BEHAVIOURAL, trip=trip).question
        bank.retire_question(put_away.id)
        bank.add_question(WHY.text, kind=QuestionKind.MOTIVATIONAL)

        found = bank.questions_of_interview(interview.id)
        assert [one.id for one in found] == [met.id, put_away.id]
        assert len(bank.every_question(retired=None)) == 3
        assert texts(bank.every_question(retired=True)) == [FAILED.text]
