"""What a person changes afterwards: words that were misheard, answers they want gone."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from question_bank.question import Question
from tests.practice.conftest import ANSWER, Clock
from voicecoach.attempt import AttemptStatus
from voicecoach.errors import InvalidInputError
from voicecoach.practice import Coach
from voicecoach.scoring.result import CriterionName, PointState
from voicecoach.speech.transcript import TranscriptSource

CORRECTED = " ".join((*ANSWER, "I added a check that caught three failures later."))


def test_a_correction_scores_content_anew_and_keeps_delivery(
    coach: Coach, answer: Callable[[], str]
) -> None:
    before = coach.attempt(answer())
    after = coach.correct(before.id, CORRECTED)
    assert before.score is not None
    assert after.score is not None
    states = {c.name: c for c in after.score.criteria}[CriterionName.COVERAGE].points
    assert states[2].state is PointState.SAID
    assert after.score.overall > before.score.overall
    level = {
        attempt.id + str(len(attempt.transcripts)): coach.result(attempt).delivery
        for attempt in (before, after)
    }
    first, second = level.values()
    assert first is not None
    assert second is not None
    assert (first.level, first.measures) == (second.level, second.measures)


def test_both_versions_of_a_transcript_stay(coach: Coach, answer: Callable[[], str]) -> None:
    attempt_id = answer()
    corrected = coach.correct(attempt_id, CORRECTED)
    assert [t.source for t in corrected.transcripts] == [
        TranscriptSource.MACHINE,
        TranscriptSource.CORRECTED,
    ]
    assert [t.version for t in corrected.transcripts] == [1, 2]
    assert len(corrected.judgements) == 2
    assert coach.result(corrected).previous_overall is not None


def test_the_schedule_follows_the_corrected_score(
    coach: Coach, question: Question, answer: Callable[[], str]
) -> None:
    corrected = coach.correct(answer(), CORRECTED)
    with coach.reading_bank() as bank:
        (review,) = bank.every_review(question.id)
    assert review.rating is corrected.rating


def test_correcting_nothing_is_refused(coach: Coach, answer: Callable[[], str]) -> None:
    attempt = coach.attempt(answer())
    assert attempt.transcript is not None
    with pytest.raises(InvalidInputError, match="Nothing was changed"):
        coach.correct(attempt.id, attempt.transcript.text)
    with pytest.raises(InvalidInputError, match="empty"):
        coach.correct(attempt.id, " ")


def test_a_deletion_leaves_no_sound_and_no_word_anywhere_in_the_home(
    coach: Coach, answer: Callable[[], str]
) -> None:
    attempt = coach.correct(answer(), CORRECTED + " Xylophone.")
    path = coach.recording_path(attempt)
    mark = coach.delete(attempt.id)
    assert mark.status is AttemptStatus.DELETED
    assert path is not None
    assert not path.exists()
    coach.database.close()
    for file in coach.settings.home.rglob("*"):
        if file.is_file():
            assert b"ylophone" not in file.read_bytes(), file


def test_deleting_a_bad_take_does_not_polish_readiness(
    coach: Coach, question: Question, answer: Callable[[], str], clock: Clock
) -> None:
    for _ in range(3):
        bad = answer()
        clock.wait(days=1)
    before = coach.readiness()
    coach.delete(bad)
    after = coach.readiness()
    assert after.share == pytest.approx(before.share, abs=0.001)


def test_deleting_an_answer_takes_its_follow_ups_with_it(
    coach: Coach, question: Question, answer: Callable[[], str], spoken_answer: Path
) -> None:
    first = answer()
    follow_up = coach.begin(question.id, asked="What was the result?", parent_id=first)
    coach.attach(follow_up.id, spoken_answer)
    coach.delete(first)
    assert coach.attempts() == ()
    assert list(coach.settings.recordings_folder.iterdir()) == []


def test_answers_of_synthetic_voices_count_only_where_they_were_asked_for(
    coach: Coach, question: Question, answer: Callable[[], str]
) -> None:
    answer()
    assert coach.readiness().attempts_used == 1
    assert coach.next_questions()[0].rehearsals == 1
    coach.settings = replace(coach.settings, synthetic=False)
    assert coach.readiness().attempts_used == 0
    assert coach.next_questions()[0].rehearsals == 0
