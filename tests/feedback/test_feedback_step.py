"""The step end to end on a real bank: what is kept, what it changes, and that it can be undone."""

from datetime import date, timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest

from question_bank.question import QuestionKind
from tests.feedback.conftest import Walked
from voicecoach.erasure import erase_everything
from voicecoach.errors import ConflictError, InvalidInputError, NotFoundError
from voicecoach.export import export_everything
from voicecoach.feedback_letter import Letter, Purpose, Tone
from voicecoach.feedback_request import Due, EventKind, RequestState
from voicecoach.feedback_step import DraftChoice, FeedbackStep, due_feedback
from voicecoach.kept_takeaways import (
    next_with_focus,
    notes_on,
    own_weak_points,
    practice_focuses,
    strengths,
)
from voicecoach.scoring.result import CriterionName
from voicecoach.takeaway_desk import Wish
from voicecoach.takeaways import TakeawaySource, Use

REPLY = """Dear Kim,

your energy was great. When you told us about bad news to a client we missed how you informed them.
Please bring more concrete examples.

Kind regards,
Dana Vogel
"""
PRAISE, ABOUT_NEWS, MORE = (
    "your energy was great.",
    "When you told us about bad news to a client we missed how you informed them.",
    "Please bring more concrete examples.",
)


def wish(quote: str, use: Use, **more: object) -> Wish:
    return Wish(source=TakeawaySource.REPLY, quote=quote, use=use, **more)  # type: ignore[arg-type]


def test_a_letter_is_kept_as_it_was_edited_and_the_next_takes_after_it(walked: Walked) -> None:
    choice = DraftChoice(tone=Tone.FORMAL, recipient="Ms Vogel", signed="Kim", address="v@b.org")
    draft = walked.step.draft(choice)
    assert "Birch & Co" in draft.body
    walked.step.keep_letter(choice, Letter(subject=draft.subject, body=f"{draft.body}\nP.S. Mine"))
    standing = walked.step.standing()
    assert standing.request.state is RequestState.DRAFTED
    assert standing.letter is not None
    assert standing.letter.letter.body.endswith("P.S. Mine")
    reminder = walked.step.choice(Purpose.REMINDER)
    assert (reminder.tone, reminder.recipient, reminder.signed) == (Tone.FORMAL, "Ms Vogel", "Kim")
    with walked.coach.bank() as bank:
        other = bank.add_interview(company="Cedar", day=date(2026, 11, 12))
    assert FeedbackStep(walked.coach, other.id).choice().signed == "Kim"
    assert FeedbackStep(walked.coach, other.id).choice().recipient == ""


def test_a_reminder_falls_due_is_told_of_and_is_taken_back(walked: Walked) -> None:
    walked.step.note(EventKind.SENT)
    assert due_feedback(walked.coach) == ()
    walked.clock.wait(days=7)
    (due,) = due_feedback(walked.coach)
    assert (due.interview.company, due.due) == ("Birch & Co", Due.REMINDER)
    sent = walked.coach.today() - timedelta(days=7)
    reminder = walked.step.draft(walked.step.choice(Purpose.REMINDER))
    assert f"{sent.day} {sent:%B %Y}" in reminder.body
    assert walked.step.note(EventKind.REMINDED).state is RequestState.REMINDED
    assert walked.step.undo().due is Due.REMINDER
    walked.step.undo()
    with pytest.raises(ConflictError, match="Nothing is noted"):
        walked.step.undo()


def test_a_reply_is_read_and_nothing_is_decided(walked: Walked) -> None:
    reply = walked.step.keep_reply(REPLY)
    assert "Dana" not in reply.kept
    standing = walked.step.standing()
    assert standing.request.state is RequestState.ANSWERED
    read = {one.quote: one for one in walked.step.read(standing)}
    assert read[PRAISE].use is Use.STRENGTH
    assert read[MORE].criterion is CriterionName.SPECIFICITY
    assert read[ABOUT_NEWS].questions[0].question_id == walked.question_id
    assert standing.takeaways == ()
    assert all(one.became == () for one in read.values())


def test_what_was_cut_off_can_be_taken_back(walked: Walked) -> None:
    walked.step.keep_reply(REPLY)
    assert "Dana Vogel" in walked.step.take_stretches([0, 1, 2]).kept
    standing = walked.step.standing()
    assert standing.reply is not None
    assert standing.reply.original == REPLY.strip()
    assert "Dana Vogel" not in walked.step.take_stretches([]).kept


def test_without_an_encoder_shared_words_suggest_the_question(walked: Walked) -> None:
    from dataclasses import replace

    walked.coach.engines = replace(walked.coach.engines, encoder=lambda: None)
    walked.step.keep_reply("Your answer about bad news to a client had no end.")
    (read,) = walked.step.read(walked.step.standing())
    assert read.questions[0].question_id == walked.question_id


def test_confirmed_findings_stand_where_they_belong_and_go_again(walked: Walked) -> None:
    coach, question_id = walked.coach, walked.question_id
    note, point, focus, strength = walked.step.keep(
        [
            wish(ABOUT_NEWS, Use.NOTE, question_id=question_id),
            wish(ABOUT_NEWS, Use.POINT, question_id=question_id, words="I phoned her at once"),
            wish(MORE, Use.FOCUS, criterion=CriterionName.SPECIFICITY),
            wish(PRAISE, Use.STRENGTH),
        ]
    )
    assert [one.quote for one in notes_on(coach, question_id)] == [ABOUT_NEWS]
    assert strengths(coach) == (strength,)
    assert practice_focuses(coach)[0].as_sentence == (
        f"They asked for more concrete examples: “{MORE}”"
    )
    with coach.reading_bank() as bank:
        outline = bank.get_outline(question_id)
        assert outline is not None
        assert outline.points[-1].text == "I phoned her at once"
        before = outline.points[:-1]
    for one in (note, point, focus, strength):
        assert walked.step.take_back(one.id[:12]).stays == ""
    assert walked.step.standing().takeaways == ()
    assert practice_focuses(coach) == ()
    assert strengths(coach) == notes_on(coach, question_id) == ()
    with coach.reading_bank() as bank:
        outline = bank.get_outline(question_id)
        assert outline is not None
        assert outline.points == before
    with pytest.raises(NotFoundError):
        walked.step.take_back(note.id)


def test_all_of_a_form_is_kept_or_none_of_it(walked: Walked) -> None:
    with pytest.raises(InvalidInputError, match="belongs to a question"):
        walked.step.keep([wish(PRAISE, Use.STRENGTH), wish(MORE, Use.NOTE)])
    assert walked.step.standing().takeaways == ()
    with pytest.raises(InvalidInputError, match="something to look after"):
        walked.step.keep([wish(MORE, Use.FOCUS)])
    walked.step.keep([wish(PRAISE, Use.STRENGTH)])
    with pytest.raises(ConflictError, match="made of this sentence already"):
        walked.step.keep([wish(PRAISE, Use.STRENGTH)])


def test_a_new_question_is_put_away_again_and_one_that_was_there_stays(walked: Walked) -> None:
    new, known = walked.step.keep(
        [
            wish("They asked about stress?", Use.QUESTION, words="How do you handle stress?"),
            wish("Why us, they said.", Use.QUESTION, words="Why do you want this job?"),
        ]
    )
    assert walked.step.take_back(new.id).stays == ""
    assert "had that question before" in walked.step.take_back(known.id).stays
    with walked.coach.reading_bank() as bank:
        assert bank.get_question(new.question_id or "").retired
        assert not bank.get_question(known.question_id or "").retired


def test_a_point_that_was_changed_since_stays_and_says_so(walked: Walked) -> None:
    (point,) = walked.step.keep(
        [wish(MORE, Use.POINT, question_id=walked.question_id, words="A number")]
    )
    with walked.coach.bank() as bank:
        bank.set_outline(walked.question_id, [])
    assert "outline stays as it is" in walked.step.take_back(point.id).stays


def test_a_note_follows_its_question_when_two_become_one(walked: Walked) -> None:
    with walked.coach.bank() as bank:
        other = bank.add_question("How do you tell bad news?", kind=QuestionKind.BEHAVIOURAL)
    walked.step.keep([wish(MORE, Use.NOTE, question_id=other.question.id)])
    walked.coach.merge_questions(walked.question_id, other.question.id)
    (note,) = notes_on(walked.coach, walked.question_id)
    assert note.question_id == walked.question_id


def test_a_focus_moves_no_question_that_the_plan_has_in_order(answered: Walked) -> None:
    before = answered.coach.next_questions(limit=50)
    answered.step.keep([wish(MORE, Use.FOCUS, criterion=CriterionName.SPECIFICITY)])
    after = next_with_focus(answered.coach, 50)
    assert {one.question.id for one in after} == {one.question.id for one in before}
    days = [None if one.due is None else one.due.date() for one in after]
    assert days == [None if one.due is None else one.due.date() for one in before]


def test_own_scores_tell_what_is_weakest_with_evidence_of_that_answer(answered: Walked) -> None:
    found = own_weak_points(answered.coach)
    assert found
    assert [one.level for one in found] == sorted(one.level for one in found)
    (attempt,) = answered.coach.attempts()
    levels = {one.name: one.level for one in attempt.score.criteria} if attempt.score else {}
    for one in found:
        assert one.attempt_id == attempt.id
        assert one.level == levels[one.criterion]
        assert one.advice


def test_everything_kept_is_taken_along_and_deleted(walked: Walked) -> None:
    walked.step.keep_letter(DraftChoice(signed="Kim Sample"), Letter(subject="S", body="B"))
    walked.step.keep_reply(REPLY)
    kept = walked.step.keep([wish(PRAISE, Use.STRENGTH), wish(MORE, Use.STRENGTH)])
    walked.step.take_back(kept[1].id)
    with ZipFile(BytesIO(b"".join(export_everything(walked.coach)))) as archive:
        exported = b"".join(archive.read(name) for name in archive.namelist())
        assert archive.read("tables/takeaway_undoings.jsonl")
    for words in (b"Kim Sample", PRAISE.encode(), b"Dana Vogel"):
        assert words in exported
    erase_everything(walked.coach)
    assert strengths(walked.coach) == ()
    home = walked.coach.settings.home
    left = b"".join(path.read_bytes() for path in home.rglob("*.db*") if path.is_file())
    for words in (b"Kim Sample", PRAISE.encode(), b"Dana Vogel"):
        assert words not in left


def test_deleting_the_interview_takes_all_of_it_along(walked: Walked) -> None:
    walked.step.note(EventKind.SENT)
    kept = walked.step.keep([wish(PRAISE, Use.STRENGTH), wish(MORE, Use.STRENGTH)])
    walked.step.take_back(kept[1].id)
    with walked.coach.bank() as bank:
        bank.delete_interview(walked.step.interview.id)
    assert strengths(walked.coach) == ()
    assert due_feedback(walked.coach) == ()
