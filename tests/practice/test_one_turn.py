"""One turn of practice, on real sound, from the question to the next date."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from question_bank.question import Question
from question_bank.question_shelf import DraftTrip
from tests.practice.conftest import ANSWER, Clock, quiet
from voicecoach.attempt import AttemptStatus
from voicecoach.errors import ConflictError, InvalidInputError, RecordingError
from voicecoach.practice import Coach
from voicecoach.scoring.evidence import Quote
from voicecoach.scoring.follow_up import RESULT_ASKED, ask_for_point
from voicecoach.scoring.result import CriterionName, PointState, Score
from voicecoach.scoring.rubric import OFF_TOPIC_CAP
from voicecoach.speech.audio_file import read_audio, write_wav


def test_an_answer_becomes_a_score_a_review_and_a_date(
    coach: Coach, question: Question, answer: Callable[[], str]
) -> None:
    attempt = coach.attempt(answer())

    assert attempt.status is AttemptStatus.SCORED
    assert attempt.score is not None
    assert 0 < attempt.score.overall <= 100
    assert attempt.rating is not None
    with coach.reading_bank() as bank:
        (review,) = bank.every_review(question.id)
    assert (review.attempt_id, review.rating) == (attempt.id, attempt.rating)
    next_review = coach.result(attempt).next_review
    assert next_review is not None
    assert attempt.started_at < next_review
    assert next_review.date() <= date(2026, 12, 9)


def test_every_quote_of_a_score_stands_in_the_transcript_at_its_seconds(
    coach: Coach, answer: Callable[[], str]
) -> None:
    attempt = coach.attempt(answer())
    assert attempt.score is not None
    assert attempt.transcript is not None
    quotes = [
        piece
        for criterion in attempt.score.criteria
        for piece in criterion.evidence
        if isinstance(piece, Quote)
    ]
    assert quotes
    for quote in quotes:
        assert attempt.transcript.text[quote.start_char : quote.end_char] == quote.quote
        assert quote.start_seconds is not None
        assert quote.end_seconds is not None
        assert 0 <= quote.start_seconds <= quote.end_seconds


def test_a_point_that_was_never_made_is_not_heard(coach: Coach, answer: Callable[[], str]) -> None:
    score = coach.attempt(answer()).score
    assert score is not None
    coverage = next(c for c in score.criteria if c.name is CriterionName.COVERAGE)
    states = [point.state for point in coverage.points]
    assert states[0] is not PointState.NOT_HEARD
    assert states[2] is PointState.NOT_HEARD


def test_the_coach_keeps_its_own_copy_of_the_answer(
    coach: Coach, answer: Callable[[], str], spoken_answer: Path
) -> None:
    path = coach.recording_path(coach.attempt(answer()))
    assert path is not None
    assert path != spoken_answer
    assert read_audio(path).seconds == pytest.approx(read_audio(spoken_answer).seconds, abs=0.01)


def test_the_forecast_is_logged_before_the_answer_is_given(
    coach: Coach, question: Question
) -> None:
    attempt = coach.begin(question.id)
    assert attempt.forecast is not None
    assert 0 < attempt.forecast.probability < 1
    assert attempt.forecast.made_at <= attempt.started_at


def test_silence_is_unscoreable_and_schedules_nothing(
    coach: Coach, question: Question, tmp_path: Path
) -> None:
    write_wav(tmp_path / "silence.wav", quiet(20))
    attempt = coach.attach(coach.begin(question.id).id, tmp_path / "silence.wav")
    attempt = coach.finish(attempt.id)
    assert attempt.status is AttemptStatus.UNSCOREABLE
    assert attempt.score is None
    assert attempt.rating is None
    assert coach.result(attempt).reasons
    assert coach.result(attempt).next_review is None


RECIPE = (
    "First I wash the rice three times in cold water. Then I fry an onion with two cloves of "
    "garlic for five minutes. I add the rice and a litre of hot stock, and I let it simmer for "
    "twenty minutes. In the end I stir in butter and serve it for four people."
)


def test_the_question_asked_once_more_wants_an_answer_to_it(
    coach: Coach, question: Question
) -> None:
    first = coach.answer_typed(coach.begin(question.id, typed=True).id, RECIPE)
    assert first.score is not None
    assert first.score.follow_up == f"Let me come back to my question: {question.text}"
    begun = coach.begin(question.id, asked=first.score.follow_up, parent_id=first.id, typed=True)
    again = coach.answer_typed(begun.id, RECIPE)
    assert again.score is not None
    assert again.score.capped_by == "relevance"
    assert again.score.overall <= OFF_TOPIC_CAP
    assert again.score.follow_up is None
    assert again.rating is None


def test_a_follow_up_belongs_to_its_attempt_and_schedules_nothing(
    coach: Coach, question: Question, answer: Callable[[], str], spoken_answer: Path
) -> None:
    first = coach.attempt(answer())
    follow_up = coach.begin(question.id, asked="What was the result?", parent_id=first.id)
    coach.attach(follow_up.id, spoken_answer)
    finished = coach.finish(follow_up.id)
    assert finished.parent_id == first.id
    assert finished.rating is None
    assert coach.readiness().attempts_used == 1


def test_typed_words_are_scored_for_content_and_not_for_delivery(
    coach: Coach, question: Question
) -> None:
    attempt = coach.begin(question.id, typed=True)
    attempt = coach.answer_typed(
        attempt.id,
        "Our overnight report failed on a Monday in March. I called the client at eight and told "
        "her plainly what was wrong. Then I built her figures by hand. As a result she renewed.",
    )
    assert attempt.status is AttemptStatus.SCORED
    delivery = coach.result(attempt).delivery
    assert delivery is not None
    assert delivery.level is None
    assert delivery.not_measured


def test_nothing_typed_leaves_no_attempt_behind(coach: Coach, question: Question) -> None:
    attempt = coach.begin(question.id, typed=True)
    with pytest.raises(InvalidInputError, match="Nothing was typed"):
        coach.answer_typed(attempt.id, "   ")
    assert coach.attempts() == ()


def test_a_file_that_is_no_sound_leaves_no_attempt_behind(
    coach: Coach, question: Question, tmp_path: Path
) -> None:
    (tmp_path / "notes.txt").write_text("no sound at all")
    with pytest.raises(RecordingError):
        coach.attach(coach.begin(question.id).id, tmp_path / "notes.txt")
    assert coach.attempts() == ()


def test_an_attempt_takes_one_answer_only(
    coach: Coach, answer: Callable[[], str], spoken_answer: Path
) -> None:
    with pytest.raises(ConflictError):
        coach.attach(answer(), spoken_answer)


def test_finishing_again_changes_nothing(coach: Coach, answer: Callable[[], str]) -> None:
    attempt_id = answer()
    before = coach.attempt(attempt_id)
    assert coach.finish(attempt_id) == before


def test_the_same_sound_gets_the_same_score_byte_for_byte(
    coach: Coach, answer: Callable[[], str], clock: Clock
) -> None:
    first = coach.attempt(answer())
    clock.wait(days=1)
    second = coach.attempt(answer())
    assert first.score == second.score
    assert first.transcript == second.transcript


def test_the_next_review_is_on_the_day_the_plan_has_for_the_question(
    coach: Coach, question: Question, answer: Callable[[], str], clock: Clock
) -> None:
    with coach.bank() as bank:
        bank.note_trip(question.id, DraftTrip(how="I never got to the result", difficulty=4))
    for _ in range(2):
        next_review = coach.result(coach.attempt(answer())).next_review

        assert next_review is not None
        assert next_review.date() == coach.plan().first_days()[question.id]
        clock.moment = next_review


def test_a_follow_up_is_judged_by_the_one_point_or_the_result_it_asks_for(
    coach: Coach, question: Question
) -> None:
    first = coach.answer_typed(coach.begin(question.id, typed=True).id, " ".join(ANSWER[:4]))
    with coach.reading_bank() as bank:
        outline = bank.get_outline(question.id)
    assert outline is not None
    point = outline.points[1]

    def followed(asked: str, said: str) -> Score:
        begun = coach.begin(question.id, asked=asked, parent_id=first.id, typed=True)
        score = coach.answer_typed(begun.id, said).score
        assert score is not None
        return score

    told = "At eight I phoned the client myself and told her plainly what had gone wrong."
    covered = followed(ask_for_point(point.text), told)
    (coverage,) = [one for one in covered.criteria if one.name is CriterionName.COVERAGE]
    assert [(one.point_id, one.state) for one in coverage.points] == [(point.id, PointState.SAID)]
    resulted = followed(RESULT_ASKED, ANSWER[-1])
    (relevance,) = [one for one in resulted.criteria if one.name is CriterionName.RELEVANCE]
    assert relevance.level == 5
    assert isinstance(relevance.evidence[0], Quote)
