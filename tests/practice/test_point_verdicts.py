"""The person's own word on points, with a real coach: beside the score, never in it."""

from dataclasses import replace

import pytest

from question_bank.outline import DraftPoint
from question_bank.question import Question, QuestionKind
from tests.practice.conftest import ANSWER
from voicecoach.agreement_store import AgreementStore
from voicecoach.attempt_store import AttemptStore
from voicecoach.errors import ConflictError, NotFoundError
from voicecoach.point_verdicts import PointVerdicts, covered_points
from voicecoach.practice import Coach
from voicecoach.scoring.coverage_calibration import CUT_POINTS
from voicecoach.scoring.cut_points import FEWEST_VERDICTS, Verdict
from voicecoach.scoring.result import CriterionName, CutPoints, PointState, Score
from voicecoach.scoring.rubric import RUBRIC_VERSION
from voicecoach.wiring import rubric_weights

WORDS = " ".join(ANSWER)


@pytest.fixture
def typed(coach: Coach, question: Question) -> str:
    attempt = coach.begin(question.id, typed=True)
    return coach.answer_typed(attempt.id, WORDS).id


def say(coach: Coach, attempt_id: str, point: str, verdict: Verdict | None) -> None:
    with coach.verdicts() as verdicts:
        verdicts.give(attempt_id, point, verdict)


def test_a_word_on_a_point_stands_beside_the_score_and_leaves_it(coach: Coach, typed: str) -> None:
    before = coach.result(coach.attempt(typed))
    assert before.score is not None
    say(coach, typed[:12], "3", Verdict.SAID)
    after = coach.result(coach.attempt(typed))
    assert after.score == before.score
    (given,) = after.verdicts
    point = covered_points(after.score)[2]
    assert (given.point_id, given.state, given.similarity, given.guard) == (
        point.point_id,
        point.state,
        point.similarity,
        point.guard,
    )
    assert (given.verdict, given.transcript_version) == (Verdict.SAID, 1)
    assert given.rubric_version == after.score.rubric_version
    assert given.encoder == after.score.encoder


def test_a_word_can_be_changed_and_taken_back(coach: Coach, typed: str) -> None:
    say(coach, typed, "1", Verdict.NOT_SAID)
    say(coach, typed, "1", Verdict.PARTLY)
    assert [v.verdict for v in coach.result(coach.attempt(typed)).verdicts] == [Verdict.PARTLY]
    say(coach, typed, "1", None)
    assert coach.result(coach.attempt(typed)).verdicts == ()
    with pytest.raises(NotFoundError, match="nothing about that point"):
        say(coach, typed, "1", None)


def test_a_point_is_named_by_its_place_its_id_or_a_beginning_of_it(
    coach: Coach, typed: str
) -> None:
    point = covered_points(coach.attempt(typed).score)[1]
    for key in ("2", point.point_id, point.point_id[:12]):
        say(coach, typed, key, Verdict.SAID)
        assert coach.result(coach.attempt(typed)).verdicts[0].point_id == point.point_id
        say(coach, typed, key, None)
    for key in ("0", "4", "999", "", "nothing", "²"):
        with pytest.raises(NotFoundError, match="no point"):
            say(coach, typed, key, Verdict.SAID)


def test_where_no_points_were_looked_for_nothing_can_be_said(
    coach: Coach, question: Question
) -> None:
    with coach.bank() as bank:
        other = bank.add_question("Why us?", kind=QuestionKind.MOTIVATIONAL).question
    attempt = coach.answer_typed(coach.begin(other.id, typed=True).id, WORDS)
    with pytest.raises(ConflictError, match="No points"):
        say(coach, attempt.id, "1", Verdict.SAID)


def test_deleting_an_answer_deletes_what_was_said_about_it(coach: Coach, typed: str) -> None:
    say(coach, typed, "1", Verdict.SAID)
    coach.delete(typed)
    with coach.reading_verdicts() as verdicts:
        assert verdicts.agreement().overall.judged == 0
    with pytest.raises(ConflictError, match="deleted"):
        say(coach, typed, "1", Verdict.SAID)


def test_words_about_synthetic_voices_count_only_where_they_were_asked_for(
    coach: Coach, typed: str
) -> None:
    say(coach, typed, "1", Verdict.SAID)
    with coach.reading_verdicts() as verdicts:
        assert verdicts.agreement().overall.judged == 1
    coach.settings = replace(coach.settings, synthetic=False)
    with coach.reading_verdicts() as verdicts:
        assert verdicts.agreement().overall.judged == 0


POINTS = (
    "Our overnight report failed",
    "I phoned our largest client early",
    "I was honest about the wrong numbers",
    "I rebuilt the figures myself",
    "She renewed her contract",
    "I learnt to skydive over the desert",
    "Our chef cooked lobster for the king",
    "The violin was out of tune",
)


@pytest.fixture
def opinionated(coach: Coach, question: Question) -> None:
    """Enough verdicts of both kinds: what was not called said was said, but for strange points."""
    with coach.bank() as bank:
        bank.set_outline(question.id, [DraftPoint(text=text) for text in POINTS])
    for _ in range(3):
        attempt = coach.answer_typed(coach.begin(question.id, typed=True).id, WORDS)
        for place, _point in enumerate(covered_points(attempt.score), start=1):
            say(coach, attempt.id, str(place), Verdict.SAID if place <= 5 else Verdict.NOT_SAID)


def test_too_few_verdicts_change_nothing_and_say_what_is_missing(coach: Coach, typed: str) -> None:
    say(coach, typed, "1", Verdict.SAID)
    with coach.reading_verdicts() as verdicts:
        proposal = verdicts.proposal()
    assert f"It takes {FEWEST_VERDICTS}" in proposal.explanation
    assert not proposal.ready
    with (
        coach.verdicts() as verdicts,
        pytest.raises(ConflictError, match="too few verdicts"),
    ):
        verdicts.recalibrate(proposal.verdicts)
    with coach.reading_verdicts() as verdicts:
        assert verdicts.own_cut_points() is None


@pytest.mark.usefixtures("opinionated")
def test_recalibrating_shows_what_it_does_moves_new_scores_and_leaves_old_ones(
    coach: Coach, question: Question
) -> None:
    old = coach.attempts()
    with coach.reading_verdicts() as verdicts:
        proposal = verdicts.proposal()
    assert proposal.missing is None
    assert proposal.ready
    assert proposal.proposed.said_from < CUT_POINTS.said_from
    assert f"{proposal.proposed.said_from:.2f}" in proposal.explanation
    assert proposal.agreement_then.agreed >= proposal.agreement_now.agreed
    assert all(change.before is not change.after for change in proposal.changes)
    with coach.verdicts() as verdicts, pytest.raises(ConflictError, match="not 1"):
        verdicts.recalibrate(1)

    with coach.verdicts() as verdicts:
        assert verdicts.recalibrate(proposal.verdicts) == proposal

    assert coach.attempts() == old
    assert coach.rubric().cut_points == replace(proposal.proposed, number=1)
    new = coach.answer_typed(coach.begin(question.id, typed=True).id, WORDS).score
    assert new is not None
    assert new.cut_points == replace(proposal.proposed, number=1)
    states = {point.point_id: point.state for point in covered_points(new)}
    assert {c.point_id: c.after for c in proposal.changes}.items() <= states.items()
    with coach.verdicts() as verdicts, pytest.raises(ConflictError, match="no other cut-points"):
        verdicts.recalibrate(proposal.verdicts)

    with coach.verdicts() as verdicts:
        assert verdicts.reset() == CUT_POINTS
    with coach.verdicts() as verdicts, pytest.raises(ConflictError, match="in effect already"):
        verdicts.reset()
    again = coach.answer_typed(coach.begin(question.id, typed=True).id, WORDS).score
    assert again is not None
    assert again.cut_points is None


@pytest.mark.usefixtures("opinionated")
def test_words_about_a_transcript_corrected_since_teach_nothing(coach: Coach) -> None:
    with coach.reading_verdicts() as verdicts:
        before = verdicts.proposal().verdicts
        judged = verdicts.agreement().overall.judged
    coach.correct(coach.attempts()[0].id, WORDS + " She was glad.")
    with coach.reading_verdicts() as verdicts:
        assert verdicts.proposal().verdicts < before
        assert verdicts.agreement().overall.judged == judged


def test_cut_points_of_another_rubric_do_not_hold(coach: Coach, typed: str) -> None:
    with coach.database.transaction() as session:
        AgreementStore(session).set_cut_points(
            CutPoints(said_from=0.1, partly_from=0.05),
            verdicts=20,
            rubric_version="1",
            now=coach.now(),
        )
    assert coach.rescore(typed).judgements == coach.attempt(typed).judgements
    assert coach.rubric().cut_points == CUT_POINTS


def test_scoring_again_adds_a_judgement_only_where_something_changed(
    coach: Coach, question: Question, typed: str
) -> None:
    before = coach.attempt(typed)
    assert coach.rescore(typed).judgements == before.judgements
    with coach.bank() as bank:
        bank.set_outline(question.id, [DraftPoint(text="I learnt to skydive")])
    after = coach.rescore(typed)
    assert after.judgements[:-1] == before.judgements
    assert len(after.judgements) == 2
    result = coach.result(after)
    assert [earlier.overall for earlier in result.earlier_scores] == [before.score.overall]  # type: ignore[union-attr]
    assert result.previous_overall is None, "nothing was corrected"


def test_own_weights_leave_old_scores_and_name_themselves_in_new_ones(
    coach: Coach, question: Question, typed: str
) -> None:
    old = coach.attempt(typed).score
    assert old is not None
    assert old.rubric_version == RUBRIC_VERSION
    own = {"structure": 60.0, "specificity": 40.0}
    coach.settings = replace(coach.settings, rubric_weights={"behavioural": own})
    coach._rubric_weights = rubric_weights(coach.settings)
    assert coach.attempt(typed).score == old
    new = coach.rescore(typed).score
    assert new is not None
    assert new.rubric_version.startswith(f"{RUBRIC_VERSION}+")
    assert new.weights == {CriterionName.STRUCTURE: 60, CriterionName.SPECIFICITY: 40}
    assert {criterion.name for criterion in new.criteria} == set(new.weights)


def test_a_score_of_rubric_1_reads_back_shows_and_is_kept(coach: Coach, typed: str) -> None:
    score = coach.attempt(typed).score
    assert score is not None
    first = replace_score(score, rubric_version="1", weights={}, cut_points=None)
    with coach.database.transaction() as session:
        AttemptStore(session).append_judgement(typed, first)
    assert coach.attempt(typed).score == first
    assert coach.rescore(typed).score == score
    versions = [
        earlier.rubric_version for earlier in coach.result(coach.attempt(typed)).earlier_scores
    ]
    assert versions == [RUBRIC_VERSION, "1"]


def replace_score(score: Score, **changes: object) -> Score:
    import msgspec

    changed = msgspec.structs.replace(score, **changes)
    assert isinstance(changed, Score)
    return changed


def test_points_that_nobody_called_otherwise_stay_out_of_the_changes(
    coach: Coach, typed: str
) -> None:
    with coach.reading_verdicts() as verdicts:
        assert isinstance(verdicts, PointVerdicts)
        proposal = verdicts.proposal()
    assert proposal.changes == ()
    assert proposal.proposed == proposal.current == CUT_POINTS
    states = {point.state for point in covered_points(coach.attempt(typed).score)}
    assert PointState.SAID in states
