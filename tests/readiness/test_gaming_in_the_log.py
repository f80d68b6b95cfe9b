"""What looks like progress and isn't does not raise readiness: a real log, real deletions."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from question_bank.outline import DraftPoint, StarPart
from question_bank.question import Question, QuestionKind, QuestionSource
from question_bank.question_shelf import DraftTrip
from tests.after.conftest import add_interview, add_question, go_to, log_scored
from tests.practice.conftest import ANSWER, Clock
from tests.store.attempts import recorded, whole
from voicecoach.attempt_reading import Take
from voicecoach.attempt_store import AttemptStore
from voicecoach.errors import ConflictError
from voicecoach.practice import Coach
from voicecoach.scoring.cut_points import Verdict
from voicecoach.settings_desk import SettingsDesk
from voicecoach.speech.transcript import TranscriptSource, transcript_from_words

TODAY = date(2026, 12, 1)
HARD = tuple(f"What was hard about task number {n}, and why?" for n in range(4))
POINTS = (
    ("Our overnight report failed on a Monday in March", StarPart.SITUATION),
    ("I called the client at eight and told her plainly", StarPart.ACTION),
    ("The client stayed and renewed the contract", StarPart.RESULT),
)


@pytest.fixture
def hard(coach: Coach, clock: Clock) -> list[Question]:
    """Four questions that tripped the person up, answered badly and well on the days before."""
    go_to(clock, date(2026, 11, 10))
    add_interview(coach, day=date(2026, 12, 9))
    with coach.bank() as bank:
        questions = [
            bank.add_question(
                text,
                kind=QuestionKind.BEHAVIOURAL,
                source=QuestionSource.DEBRIEF,
                trip=DraftTrip(how="I froze", difficulty=5),
            ).question
            for text in HARD
        ]
    for day, (place, overall) in enumerate(((0, 40), (1, 45), (2, 80), (0, 50)), start=20):
        log_scored(coach, questions[place], datetime(2026, 11, day, 18, tzinfo=UTC), overall)
    go_to(clock, TODAY)
    return questions


def share(coach: Coach) -> float:
    found = coach.readiness().share
    assert found is not None
    return found


def takes(coach: Coach) -> list[Take]:
    with coach.reading_standing() as standing:
        return standing.takes()


def test_deleting_bad_takes_changes_nothing(coach: Coach, hard: list[Question]) -> None:
    before = share(coach)
    for take in takes(coach):
        if take.overall is not None and take.overall < 60:
            coach.delete(take.attempt_id)
    assert len(coach.attempts()) == 1
    assert share(coach) == pytest.approx(before, abs=1e-9)


def test_a_typed_answer_does_not_become_a_spoken_one_by_deleting_it(
    coach: Coach, hard: list[Question]
) -> None:
    begun = coach.begin(hard[3].id, typed=True)
    answered = coach.answer_typed(begun.id, " ".join(ANSWER))
    assert answered.score is not None
    before = share(coach)
    coach.delete(answered.id)
    assert takes(coach)[-1].typed
    assert share(coach) == pytest.approx(before, abs=1e-4)


def test_a_typed_answer_moves_less_than_the_same_one_spoken(
    coach: Coach, hard: list[Question]
) -> None:
    before = share(coach)
    at = datetime(2026, 11, 30, 18, tzinfo=UTC)
    for typed in (True, False):
        log_scored(coach, hard[2 + typed], at, 90, typed=typed)
    ready = {one.question_id: one for one in coach.readiness().per_question}
    assert share(coach) > before
    assert ready[hard[3].id].probability < ready[hard[2].id].probability


def test_answers_thrown_away_before_they_are_scored_leave_the_next_one_a_later_try(
    coach: Coach, hard: list[Question]
) -> None:
    at = datetime(2026, 11, 30, 18, tzinfo=UTC)
    good = log_scored(coach, hard[1], at, 90)
    first_try = share(coach)
    for number in range(3):
        thrown = recorded(
            hard[1].id, name=f"thrown-{number}", at=at - timedelta(minutes=9 - number)
        )
        with coach.database.transaction() as session:
            AttemptStore(session).add(thrown)
        coach.delete(thrown.id)
    assert share(coach) < first_try
    assert coach.attempt(good.id).score is not None


def test_passing_on_questions_changes_nothing(coach: Coach, hard: list[Question]) -> None:
    before = share(coach)
    with coach.mocks() as mocks:
        mock = mocks.start(4)
    for _ in range(4):
        with coach.mocks() as mocks:
            mocks.pass_over(mocks.get(mock.id))
    assert share(coach) == pytest.approx(before, abs=1e-4)


def test_questions_one_thinks_up_raise_nothing_by_being_there_nor_by_going_well(
    coach: Coach, hard: list[Question]
) -> None:
    before = coach.readiness()
    easy = [add_question(coach, f"Is {n} plus {n} more than {n}, say?") for n in range(40)]
    assert before.share is not None
    assert share(coach) <= before.share + 1e-4
    untouched = {one.question_id: one.weight for one in coach.readiness().per_question}
    assert sum(untouched[question.id] for question in easy) == pytest.approx(0.5), "half at most"
    for place, question in enumerate(easy):
        for day in (26, 28, 30):
            log_scored(coach, question, datetime(2026, 11, day, 18, place, tzinfo=UTC), 98)
    assert share(coach) <= before.share + 1e-4
    ready = {one.question_id: one for one in coach.readiness().per_question}
    assert [ready[question.id].weight for question in easy] == [0.0] * 40
    for one in before.per_question:
        assert ready[one.question_id].probability <= one.probability + 1e-4


def test_putting_hard_questions_away_before_they_go_well_raises_nothing(
    coach: Coach, hard: list[Question]
) -> None:
    before = share(coach)
    with coach.bank() as bank:
        for question in (hard[0], hard[1], hard[3]):
            bank.retire_question(question.id)
    ready = coach.readiness()
    assert ready.share == pytest.approx(before, abs=1e-4)
    assert {one.question_id for one in ready.per_question if one.retired} == {
        hard[0].id,
        hard[1].id,
        hard[3].id,
    }
    assert {one.question_id for one in ready.raise_most} == {hard[2].id}
    assert {one.question.id for one in coach.next_questions(9)} == {hard[2].id}


def test_a_question_that_went_well_or_was_never_touched_may_be_put_away(
    coach: Coach, hard: list[Question]
) -> None:
    chosen = add_question(coach, "Which of our rivals do you admire, if any?")
    with coach.bank() as bank:
        for question in (chosen, hard[2]):
            bank.retire_question(question.id)
    listed = {one.question_id for one in coach.readiness().per_question}
    assert listed == {hard[0].id, hard[1].id, hard[3].id}


def test_another_target_is_named_and_the_old_one_brings_the_old_figure_back(
    coach: Coach, hard: list[Question]
) -> None:
    before = share(coach)
    desk = SettingsDesk(coach, overruled={})
    desk.change({"target": "40"})
    assert "at 40 or better" in coach.readiness().as_sentence
    assert share(coach) > before
    desk.change({"target": "70"})
    assert share(coach) == pytest.approx(before, abs=1e-4)


def test_saying_that_one_did_say_it_changes_nothing(coach: Coach, hard: list[Question]) -> None:
    with coach.bank() as bank:
        outline = bank.set_outline(hard[3].id, [DraftPoint(text=t, part=p) for t, p in POINTS])
    begun = coach.begin(hard[3].id, typed=True)
    coach.answer_typed(begun.id, " ".join(ANSWER[:3]))
    before = share(coach)
    for point in outline.points:
        with coach.verdicts() as verdicts:
            verdicts.give(begun.id, point.id, Verdict.SAID)
    coach.rescore(begun.id)
    assert share(coach) == pytest.approx(before, abs=1e-4)


def test_reading_ones_outline_aloud_scores_below_the_target_and_below_an_answer(
    coach: Coach, hard: list[Question]
) -> None:
    with coach.bank() as bank:
        bank.set_outline(hard[3].id, [DraftPoint(text=t, part=p) for t, p in POINTS])
    scores = []
    for text in (". ".join(t for t, _ in POINTS), " ".join(ANSWER)):
        begun = coach.begin(hard[3].id, typed=True)
        judged = coach.answer_typed(begun.id, text)
        scores.append(judged.score.overall if judged.score else 0.0)
    recited, answered = scores
    assert recited < coach.settings.target
    assert recited < answered


def test_an_answer_rewritten_in_its_correction_is_worth_a_typed_one_and_a_mended_word_is_not(
    coach: Coach, hard: list[Question]
) -> None:
    attempt = replace(whole(hard[3].id, at=datetime(2026, 11, 30, 18, tzinfo=UTC)), synthetic=False)
    with coach.database.transaction() as session:
        AttemptStore(session).add(attempt)
    assert not takes(coach)[-1].typed
    heard = attempt.transcripts[0].text
    coach.correct(attempt.id, heard.replace("manager", "boss"), align=False)
    assert not takes(coach)[-1].typed
    coach.correct(attempt.id, " ".join(ANSWER), align=False)
    assert takes(coach)[-1].typed
    coach.undo_correction(attempt.id, align=False)
    assert not takes(coach)[-1].typed


def test_days_made_by_moving_the_clock_count_as_the_one_they_were(
    coach: Coach, hard: list[Question], clock: Clock
) -> None:
    spaced = [datetime(2026, 12, day, 18, tzinfo=UTC) for day in (4, 6, 8)]
    for at in spaced:
        log_scored(coach, hard[1], at, 90)
    with coach.reading_standing() as standing:
        ahead = [take for take in standing.scored_takes() if take.at >= standing.now]
    assert len(ahead) == 3
    cheated = coach.readiness(date(2026, 12, 9)).share
    go_to(clock, date(2026, 12, 9), hour=1)
    honest = coach.readiness(date(2026, 12, 9)).share
    assert cheated is not None
    assert honest is not None
    assert cheated < honest


def test_the_same_file_given_again_is_no_rehearsal(coach: Coach, hard: list[Question]) -> None:
    for day in (28, 29, 30):
        again = replace(
            whole(hard[3].id, name=f"file-{day}", at=datetime(2026, 11, day, 18, tzinfo=UTC)),
            synthetic=False,
        )
        with coach.database.transaction() as session:
            store = AttemptStore(session)
            store.add(replace(again, sound=None))
            store.save(again.id, sound=again.sound)
        if day == 28:
            once, schedule = share(coach), len(takes(coach))
    assert share(coach) == pytest.approx(once, abs=1e-9)
    assert len(takes(coach)) == schedule


def test_the_same_typed_text_given_again_is_no_rehearsal(
    coach: Coach, hard: list[Question], clock: Clock
) -> None:
    text = " ".join(ANSWER)
    counted = []
    for day, typed in enumerate((text, text.upper(), text + " And I was glad of it.")):
        go_to(clock, TODAY + timedelta(days=day))
        coach.answer_typed(coach.begin(hard[3].id, typed=True).id, typed)
        counted.append(len(takes(coach)))
    assert [count - counted[0] for count in counted] == [0, 0, 1]
    for_another = coach.begin(hard[2].id, typed=True)
    coach.answer_typed(for_another.id, text)
    assert len(takes(coach)) == counted[-1] + 1, "the same words may answer another question"


def test_a_bad_answer_made_unreadable_afterwards_keeps_what_it_was_worth(
    coach: Coach, hard: list[Question]
) -> None:
    begun = coach.begin(hard[3].id, typed=True)
    bad = coach.answer_typed(begun.id, " ".join(ANSWER[:2]) + " It was so so, I did not know.")
    assert bad.score is not None
    before = share(coach)
    garbled = coach.correct(bad.id, "la la la", align=False)
    assert garbled.score is None
    assert takes(coach)[-1].overall == bad.score.overall
    assert share(coach) == pytest.approx(before, abs=1e-4)


def test_an_outline_written_after_the_answer_raises_what_is_shown_and_not_what_counts(
    coach: Coach, hard: list[Question]
) -> None:
    def outline(*points: str) -> None:
        with coach.bank() as bank:
            bank.set_outline(hard[3].id, [DraftPoint(text=text) for text in points])

    outline("We sold the unit in Paris at a profit", "The board voted for the merger")
    begun = coach.begin(hard[3].id, typed=True)
    first = coach.answer_typed(begun.id, " ".join(ANSWER)).score
    before = share(coach)
    outline(ANSWER[2], ANSWER[4])
    anew = coach.rescore(begun.id).score
    assert first is not None
    assert anew is not None
    assert anew.overall > first.overall + 20
    assert takes(coach)[-1].overall == first.overall
    assert share(coach) == pytest.approx(before, abs=1e-4)


def test_questions_one_asks_them_lift_nothing_and_no_answered_one_becomes_such_a_question(
    coach: Coach, hard: list[Question]
) -> None:
    before = share(coach)
    with coach.bank() as bank:
        mine = [
            bank.add_question(f"How does team {n} decide?", kind=QuestionKind.TO_ASK).question
            for n in range(9)
        ]
    for place, question in enumerate(mine):
        log_scored(coach, question, datetime(2026, 11, 29, 18, place, tzinfo=UTC), 98)
    assert share(coach) == pytest.approx(before, abs=1e-4)
    answered = coach.begin(hard[3].id, typed=True)
    coach.answer_typed(answered.id, " ".join(ANSWER))
    with coach.bank() as bank, pytest.raises(ConflictError, match="answered already"):
        bank.edit_question(hard[3].id, kind=QuestionKind.TO_ASK)


def test_the_same_file_cut_a_little_is_no_rehearsal_and_the_same_words_said_again_are(
    coach: Coach, hard: list[Question]
) -> None:
    said = " ".join(ANSWER).split()
    starts = [0.4 * place + (place % 7) * 0.05 for place in range(len(said))]

    def log(day: int, words: list[str], at: list[float]) -> None:
        timed: list[tuple[str, float | None, float | None, float | None]] = [
            (word, start, start + 0.3, 0.9) for word, start in zip(words, at, strict=True)
        ]
        taken = whole(hard[3].id, name=f"take-{day}", at=datetime(2026, 11, day, 18, tzinfo=UTC))
        assert taken.sound is not None
        attempt = replace(
            taken,
            synthetic=False,
            sound=replace(taken.sound, seconds=20.0 + day),
            transcripts=(transcript_from_words(timed, version=1, source=TranscriptSource.MACHINE),),
        )
        with coach.database.transaction() as session:
            store = AttemptStore(session)
            store.add(attempt)

    counted = []
    cut = [start - starts[5] for start in starts[5:]]
    retold = [start + 0.12 * (place % 3) for place, start in enumerate(starts)]
    for day, words, at in ((26, said, starts), (28, said[5:], cut), (30, said, retold)):
        log(day, words, at)
        counted.append(len(takes(coach)))
    assert [count - counted[0] for count in counted] == [0, 0, 1]
