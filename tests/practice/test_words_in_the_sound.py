"""Words that a person wrote: scored at once, then found in the sound; compared, and taken back."""

import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from question_bank.question import Question
from tests.practice.conftest import ANSWER
from tests.practice.test_nothing_is_lost import PowerCutError, cut_the_power, no_weights
from tests.scoring.test_quotes_after_corrections import assert_exact
from voicecoach import claim
from voicecoach.attempt import Attempt, AttemptStatus
from voicecoach.claim import hold_claim
from voicecoach.comparison import PieceKind, as_of, compare_versions, versions_of
from voicecoach.errors import ConflictError, NotFoundError, SettingError, TranscriptionError
from voicecoach.practice import Coach
from voicecoach.scoring.result import CriterionName, PointState
from voicecoach.speech.contracts import Aligner
from voicecoach.speech.recording import Recording
from voicecoach.speech.transcript import Transcript, TranscriptSource

CORRECTED = " ".join(ANSWER)


class BrokenAligner:
    def align(self, recording: Recording, transcript: Transcript) -> Transcript:
        raise TranscriptionError("The engine ran out of memory.", "Close some programs.")


def no_aligner() -> Aligner:
    no_weights()
    raise AssertionError


def check_evidence(attempt: Attempt) -> None:
    """Each judgement's quotes are exact in the version it names, and at its words' seconds."""
    for judgement in attempt.judgements:
        assert_exact(judgement, *attempt.transcripts)


def forbidden_aligner() -> Aligner:
    raise SettingError("The weights know synthetic voices only.", "Set whisper_model to auto.")


@pytest.fixture
def misheard(coach: Coach, answer: Callable[[], str]) -> Attempt:
    """An answer whose machine transcript is not what was said."""
    attempt = coach.attempt(answer())
    assert attempt.transcript is not None
    assert attempt.transcript.text != CORRECTED
    return attempt


@pytest.fixture
def typed(coach: Coach, question: Question, spoken_answer: Path) -> Attempt:
    """A recording for which the words were typed while there were no weights."""
    working = coach.engines
    coach.engines = replace(working, transcriber=no_weights, aligner=no_aligner)
    recorded = coach.attach(coach.begin(question.id).id, spoken_answer)
    assert coach.finish(recorded.id).status is AttemptStatus.WAITING
    attempt = coach.answer_typed(recorded.id, CORRECTED)
    coach.engines = working
    return attempt


def test_corrected_words_get_the_times_at_which_they_are_said(
    coach: Coach, misheard: Attempt
) -> None:
    corrected = coach.correct(misheard.id, CORRECTED)
    transcript = corrected.transcript
    assert transcript is not None
    assert (transcript.version, transcript.source) == (2, TranscriptSource.CORRECTED)
    assert transcript.aligned
    assert transcript.weights == "espeak-tiny"
    assert coach.result(corrected).estimated_words == transcript.estimated_words <= 3
    assert len(corrected.judgements) == 2
    check_evidence(corrected)


def test_a_correction_is_scored_and_stored_before_its_words_are_looked_for(
    coach: Coach, misheard: Attempt
) -> None:
    coach.engines = replace(coach.engines, aligner=cut_the_power)
    with pytest.raises(PowerCutError):
        coach.correct(misheard.id, CORRECTED)
    kept = coach.attempt(misheard.id)
    assert kept.status is AttemptStatus.SCORED
    assert kept.transcript is not None
    assert kept.transcript.text == CORRECTED
    assert kept.score is not None
    assert kept.score.transcript_version == 2
    assert coach.result(kept).estimated_words > 0
    check_evidence(kept)


def test_finishing_looks_for_words_that_were_not_looked_for_yet(
    coach: Coach, misheard: Attempt
) -> None:
    estimated = coach.correct(misheard.id, CORRECTED, align=False)
    assert estimated.transcript is not None
    assert not estimated.transcript.aligned
    finished = coach.finish(misheard.id)
    assert finished.transcript is not None
    assert finished.transcript.aligned
    assert [t.version for t in finished.transcripts] == [1, 2]
    stored = coach.attempt(misheard.id)
    assert coach.finish(misheard.id) == stored
    check_evidence(finished)


def test_a_power_cut_while_a_correction_is_scored_leaves_it_to_be_finished(
    coach: Coach, misheard: Attempt
) -> None:
    working = coach.engines
    coach.engines = replace(working, encoder=cut_the_power)
    with pytest.raises(PowerCutError):
        coach.correct(misheard.id, CORRECTED)
    assert misheard.id in [attempt.id for attempt in coach.unfinished()]
    assert "not been scored" in coach.result(coach.attempt(misheard.id)).reasons[0]

    coach.engines = working
    finished = coach.finish(misheard.id)
    assert finished.status is AttemptStatus.SCORED
    assert finished.score is not None
    assert finished.score.transcript_version == 2
    assert finished.transcript is not None
    assert finished.transcript.aligned


@pytest.mark.parametrize(
    "aligner",
    [no_aligner, BrokenAligner, forbidden_aligner],
    ids=["no weights", "it fails", "weights not for a person"],
)
def test_where_words_can_not_be_looked_for_their_times_are_said_to_be_estimates(
    coach: Coach, misheard: Attempt, aligner: Callable[[], Aligner]
) -> None:
    coach.engines = replace(coach.engines, aligner=aligner)
    corrected = coach.correct(misheard.id, CORRECTED)
    assert corrected.transcript is not None
    assert not corrected.transcript.aligned
    assert all(word.start_seconds is not None for word in corrected.transcript.words)
    assert coach.result(corrected).estimated_words > 0


def test_delivery_stays_what_was_first_heard_whatever_is_corrected(
    coach: Coach, misheard: Attempt
) -> None:
    corrected = coach.correct(misheard.id, "um " + CORRECTED + " um uh I mean")
    again = coach.correct(misheard.id, CORRECTED)
    levels = [coach.result(attempt).delivery for attempt in (misheard, corrected, again)]
    measures = [delivery.measures for delivery in levels if delivery is not None]
    assert measures == [measures[0]] * 3


def test_words_typed_for_a_recording_are_found_in_it_once_weights_are_there(
    coach: Coach, typed: Attempt
) -> None:
    assert typed.transcript is not None
    assert typed.transcript.words[0].start_seconds is None
    assert coach.result(typed).estimated_words == 0
    found = coach.finish(typed.id)
    assert found.transcript is not None
    assert (found.transcript.source, found.transcript.version) == (TranscriptSource.TYPED, 1)
    assert found.transcript.aligned
    assert (found.transcript.weights, found.transcript.synthetic) == ("espeak-tiny", True)
    starts = [word.start_seconds for word in found.transcript.words]
    assert None not in starts
    assert found.transcript.estimated_words <= 5
    check_evidence(found)


def test_pauses_of_a_typed_answer_are_measured_once_its_words_are_found(
    coach: Coach, typed: Attempt
) -> None:
    def pauses(attempt: Attempt) -> int | None:
        delivery = coach.result(attempt).delivery
        assert delivery is not None
        return {measure.name: measure for measure in delivery.measures}["silent_pauses"].level

    assert pauses(typed) is None
    found = coach.finish(typed.id)
    assert pauses(found) is not None
    assert len(found.judgements) == 1


def test_a_newer_correction_wins_over_the_times_of_an_older_one(
    coach: Coach, misheard: Attempt
) -> None:
    working = coach.engines

    class Slow:
        def align(self, recording: Recording, transcript: Transcript) -> Transcript:
            coach.correct(misheard.id, CORRECTED + " Thank you.", align=False)
            return working.aligner().align(recording, transcript)

    coach.engines = replace(working, aligner=Slow)
    corrected = coach.correct(misheard.id, CORRECTED)
    assert [t.aligned for t in corrected.transcripts] == [False, False, False]
    check_evidence(corrected)


def test_an_undone_correction_brings_back_what_was_there_as_a_new_version(
    coach: Coach, misheard: Attempt
) -> None:
    corrected = coach.correct(misheard.id, CORRECTED)
    undone = coach.undo_correction(misheard.id)
    assert misheard.transcript is not None
    assert undone.transcript == replace(misheard.transcript, version=3)
    assert undone.score is not None
    assert misheard.score is not None
    assert undone.score.overall == misheard.score.overall
    redone = coach.undo_correction(misheard.id)
    assert corrected.transcript is not None
    assert redone.transcript == replace(corrected.transcript, version=4)
    assert len(redone.transcripts) == 4


def test_nothing_corrected_is_nothing_to_undo_or_compare(coach: Coach, misheard: Attempt) -> None:
    with pytest.raises(ConflictError, match="nothing to undo"):
        coach.undo_correction(misheard.id)
    with pytest.raises(ConflictError, match="no two versions"):
        compare_versions(misheard)


def test_versions_are_compared_word_by_word_and_criterion_by_criterion(
    coach: Coach, misheard: Attempt
) -> None:
    said = CORRECTED + " I added a check that caught three failures later."
    corrected = coach.correct(misheard.id, said)
    comparison = compare_versions(corrected)
    first, second = versions_of(corrected)
    assert (comparison.before, comparison.after) == (first, second)
    assert " ".join(p.after for p in comparison.text if p.after) == said
    assert misheard.transcript is not None
    before = " ".join(piece.before for piece in comparison.text if piece.before)
    assert before == misheard.transcript.text
    assert comparison.text[-1].kind in {PieceKind.ADDED, PieceKind.CHANGED}
    assert comparison.words_changed >= 9

    assert misheard.score is not None
    assert corrected.score is not None
    gained = corrected.score.overall - misheard.score.overall
    assert comparison.overall_changed == pytest.approx(gained, abs=0.05)
    assert sum(c.points_changed for c in comparison.criteria) == pytest.approx(gained, abs=0.5)
    coverage = {c.name: c for c in comparison.criteria}[CriterionName.COVERAGE]
    (point,) = [p for p in coverage.outline_points if "caught three failures" in p.text]
    assert (point.before, point.after) == (PointState.NOT_HEARD, PointState.SAID)


def test_comparing_backwards_turns_every_change_round(coach: Coach, misheard: Attempt) -> None:
    corrected = coach.correct(misheard.id, CORRECTED)
    there, back = compare_versions(corrected, 1, 2), compare_versions(corrected, 2, 1)
    assert there.overall_changed is not None
    assert back.overall_changed == -there.overall_changed
    assert [c.points_changed for c in back.criteria] == [-c.points_changed for c in there.criteria]
    assert compare_versions(corrected, 2, 2).words_changed == 0


def test_an_answer_is_shown_as_it_stood_with_an_earlier_version(
    coach: Coach, misheard: Attempt
) -> None:
    corrected = coach.correct(misheard.id, CORRECTED)
    earlier = as_of(corrected, 1)
    assert earlier.transcripts == misheard.transcripts
    assert earlier.judgements == misheard.judgements
    assert coach.result(corrected, version=1).score == misheard.score
    assert coach.result(corrected, version=2) == coach.result(corrected)
    with pytest.raises(NotFoundError, match="no version 3"):
        coach.result(corrected, version=3)
    with pytest.raises(NotFoundError, match="no version 7"):
        compare_versions(corrected, 1, 7)


def test_a_change_waits_while_the_one_before_is_being_placed_in_the_sound(
    coach: Coach, answer: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    attempt_id = answer()
    before = coach.attempt(attempt_id).transcript
    assert before is not None
    coach.correct(attempt_id, f"{before.text} And she was glad.", align=False)
    held = ExitStack()
    held.enter_context(
        hold_claim(coach.database, attempt_id, claimant="placing words", clock=coach.now)
    )
    waits: list[float] = []

    def placed(seconds: float) -> None:
        waits.append(seconds)
        held.close()

    monkeypatch.setattr(claim, "time", SimpleNamespace(monotonic=time.monotonic, sleep=placed))
    after = coach.undo_correction(attempt_id, align=False).transcript
    assert after is not None
    assert after.text == before.text
    assert len(waits) == 1
