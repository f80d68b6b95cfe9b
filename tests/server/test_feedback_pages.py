"""Getting feedback and seeing the positives, as forms without a browser: all that can be done."""

import re
from email import message_from_bytes
from email.policy import default

import httpx
import pytest

from tests.feedback.test_feedback_step import ABOUT_NEWS, MORE, PRAISE, REPLY
from tests.server.conftest import fill_bank
from tests.server.test_road_pages import Forms
from voicecoach.feedback_request import EventKind, RequestState
from voicecoach.feedback_step import FeedbackStep
from voicecoach.kept_takeaways import practice_focuses, strengths
from voicecoach.practice import Coach
from voicecoach.takeaways import Use

PAGE = "/road-back/feedback"


@pytest.fixture
def forms(fresh: httpx.Client, fresh_coach: Coach) -> Forms:
    fill_bank(fresh_coach)
    return Forms(fresh)


def test_a_letter_is_drafted_edited_kept_and_taken_as_a_file(
    forms: Forms, fresh_coach: Coach
) -> None:
    assert "[your name]" in forms.get(PAGE)
    names = {"tone": "formal", "recipient": "Ms Vogel", "signed": "Kim", "address": "v@b.org"}
    forms.send(f"{PAGE}/letter", {**names, "purpose": "request", "do": "draft"})
    page = forms.get(PAGE)
    assert "Dear Ms Vogel," in page
    assert "Still to fill in" not in page
    assert 'href="mailto:v@b.org?subject=' in page
    edited = {"subject": "A question", "body": "Dear Ms Vogel,\r\n\r\nMine.", "do": "keep"}
    forms.send(f"{PAGE}/letter", {**names, "purpose": "request", **edited})
    standing = FeedbackStep(fresh_coach).standing()
    assert standing.letter is not None
    assert standing.letter.letter.body == "Dear Ms Vogel,\n\nMine."
    mail = forms.client.get(f"{PAGE}/mail/request")
    assert mail.headers["content-disposition"].endswith('"feedback.eml"')
    message = message_from_bytes(mail.content, policy=default)
    assert (message["X-Unsent"], message["Subject"]) == ("1", "A question")


def test_what_is_wrong_with_a_letter_is_said_and_nothing_typed_is_lost(forms: Forms) -> None:
    sent = {"purpose": "request", "address": "nobody", "subject": "S", "body": "My own words"}
    page = forms.send(f"{PAGE}/letter", {**sent, "do": "keep"}, code=400).text
    assert "is no e-mail address" in page
    assert "My own words" in page


def test_sent_reminded_closed_and_taken_back(forms: Forms, fresh_coach: Coach) -> None:
    forms.send(f"{PAGE}/note", {"do": "sent", "day": "2026-11-11"})
    assert "One friendly reminder is due" in forms.get(PAGE)
    assert "one friendly reminder is due" in forms.get("/")
    assert "reminder is due" in forms.get("/road-back")
    forms.send(f"{PAGE}/note", {"do": "wait", "days": "30"})
    assert "one friendly reminder is due" not in forms.get("/")
    forms.send(f"{PAGE}/note", {"do": "reminded"})
    refused = forms.send(f"{PAGE}/note", {"do": "reminded"}, code=400).text
    assert "one reminder is enough" in refused
    forms.send(f"{PAGE}/note", {"do": "undo"})
    forms.send(f"{PAGE}/note", {"do": "closed"})
    assert FeedbackStep(fresh_coach).standing().request.state is RequestState.CLOSED
    for wrong in ({"do": "undone"}, {"do": "sent", "day": "soon"}, {"do": "wait", "days": "x"}):
        forms.send(f"{PAGE}/note", wrong, code=400)


def test_a_reply_is_pasted_cut_and_made_something_of(forms: Forms, fresh_coach: Coach) -> None:
    forms.client.headers["Accept"] = "text/html"
    token = re.search(r'x-csrftoken": "([0-9a-f]+)"', forms.get(PAGE))
    assert token is not None
    sent = forms.client.post(
        f"{PAGE}/reply",
        data={"_csrf_token": token[1], "reply": "", "interview": "", "day": ""},
        files={"file": ("reply.txt", REPLY.encode(), "text/plain")},
    )
    assert sent.status_code == 303, sent.text
    page = forms.get(PAGE)
    assert "Closing and signature" in page
    assert MORE in page
    with fresh_coach.reading_bank() as bank:
        question = next(one for one in bank.every_active_question() if one.tripped_up)
    rows = {
        "quote": [PRAISE, ABOUT_NEWS, MORE],
        "use": ["strength", "note", "focus"],
        "words": ["", "", ""],
        "question": ["", question.id, ""],
        "criterion": ["", "", "specificity"],
        "source": ["reply", "reply", "reply"],
    }
    forms.send(f"{PAGE}/keep", rows)
    assert [one.quote for one in strengths(fresh_coach)] == [PRAISE]
    asked_for = "They asked for more concrete examples"
    for path in (f"/questions/{question.id}", f"/drill/{question.id}"):
        page = forms.get(path)
        assert "missed how you informed them" in page
        assert asked_for in page
    assert asked_for in forms.get("/readiness")
    (focus,) = [
        one for one in FeedbackStep(fresh_coach).standing().takeaways if one.use is Use.FOCUS
    ]
    forms.send(f"{PAGE}/take-back", {"takeaway": focus.id})
    assert asked_for not in forms.get("/readiness")
    forms.send(f"{PAGE}/stretches", {"take": ["0", "2", "x", "99"]})
    kept = FeedbackStep(fresh_coach).standing().reply
    assert kept is not None
    assert "Dana Vogel" in kept.kept


def test_without_a_reply_own_notes_become_a_focus(forms: Forms, fresh_coach: Coach) -> None:
    row = {"quote": "I rambled.", "use": "focus", "words": "", "question": ""}
    forms.send(f"{PAGE}/keep", {**row, "criterion": "structure", "source": "own_note"})
    (focus,) = practice_focuses(fresh_coach)
    assert focus.as_sentence == "You want to look after a clearer structure: “I rambled.”"
    forms.send(f"{PAGE}/keep", {**row, "use": "note", "criterion": "", "source": "x"}, code=400)
    forms.send(f"{PAGE}/keep", {**row, "use": ""}, code=400)


def test_an_entry_of_looking_back_becomes_what_was_chosen_and_goes_again(
    forms: Forms, fresh_coach: Coach
) -> None:
    page = "/road-back/positives"
    entry = "What do you do under stress?"
    forms.send(
        page,
        {
            "went_well": "I was early\nI asked good questions",
            "differed_from_expected": entry,
            "right_company": "no",
            "right_company_why": "Too loud.",
        },
    )
    forms.send(page, {"went_well": "I was early", "right_company_why": "Too loud."}, code=400)
    source = {"source": "differed_from_expected", "quote": entry}
    forms.send(f"{page}/keep", {**source, "use": "question"})
    with fresh_coach.reading_bank() as bank:
        added = bank.find_question(entry)
    assert added is not None
    shown = forms.get(page)
    assert f'href="/questions/{added.id}"' in shown
    assert "became a question" in forms.get("/road-back")
    assert "Too loud." in shown
    (kept,) = FeedbackStep(fresh_coach).standing().takeaways
    forms.send(f"{PAGE}/take-back", {"takeaway": kept.id, "page": "positives"})
    with fresh_coach.reading_bank() as bank:
        assert bank.get_question(added.id).retired
    forms.send(f"{page}/keep", {**source, "use": "focus"}, code=400)
    forms.send(f"{page}/keep", {"quote": "gone", "use": "strength"}, code=400)


def test_the_pages_of_another_interview_are_its_own(forms: Forms, fresh_coach: Coach) -> None:
    FeedbackStep(fresh_coach).note(EventKind.SENT)
    with fresh_coach.bank() as bank:
        other = bank.add_interview(company="Cedar", role="Clerk")
    assert "Cedar" in forms.get(f"{PAGE}?interview={other.id}")
    assert FeedbackStep(fresh_coach, other.id).standing().request.state is RequestState.NOT_BEGUN
