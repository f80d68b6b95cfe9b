"""Where the person and the coach agree: shown, proposed, consented to, taken back."""

import httpx
from playwright.sync_api import Browser, expect

from question_bank.outline import DraftPoint
from tests.browser.browsing import visiting
from tests.practice.test_point_verdicts import POINTS, WORDS, say
from tests.server.conftest import fill_bank
from voicecoach.point_verdicts import covered_points
from voicecoach.practice import Coach
from voicecoach.scoring.coverage_calibration import CUT_POINTS
from voicecoach.scoring.cut_points import Verdict


def test_cut_points_move_only_with_consent_having_seen_what_would_change(
    browser: Browser, fresh: httpx.Client, fresh_coach: Coach
) -> None:
    question_id = fill_bank(fresh_coach)
    with fresh_coach.bank() as bank:
        bank.set_outline(question_id, [DraftPoint(text=text) for text in POINTS])
    for _ in range(3):
        attempt = fresh_coach.answer_typed(fresh_coach.begin(question_id, typed=True).id, WORDS)
        for place, _point in enumerate(covered_points(attempt.score), start=1):
            verdict = Verdict.SAID if place <= 5 else Verdict.NOT_SAID
            say(fresh_coach, attempt.id, str(place), verdict)
    with visiting(browser, str(fresh.base_url), javascript=False) as visit:
        visit.go("/agreement")
        proposal = fresh.get("/api/cut-points").json()
        expect(visit.page.get_by_text(proposal["explanation"])).to_be_visible()
        assert fresh_coach.rubric().cut_points == CUT_POINTS
        visit.page.get_by_role("button", name="Yes, use these from now on").click()
        expect(visit.page.get_by_role("heading", name="Your own cut-points hold")).to_be_visible()
        own = fresh_coach.rubric().cut_points
        assert own.said_from == proposal["proposed"]["said_from"]
        visit.page.get_by_role("button", name="Go back to the rubric’s own").click()
        expect(visit.page.get_by_role("heading", name="Your own cut-points hold")).to_have_count(0)
        assert fresh_coach.rubric().cut_points == CUT_POINTS


def test_consent_to_what_has_changed_since_is_refused_in_words(
    browser: Browser, fresh: httpx.Client, fresh_coach: Coach
) -> None:
    fill_bank(fresh_coach)
    with visiting(browser, str(fresh.base_url)) as visit:
        visit.go("/agreement")
        token = visit.page.evaluate("JSON.parse(document.body.getAttribute('hx-headers'))")
        answer = visit.page.request.post(
            visit.base + "/agreement/recalibrate",
            form={"verdicts": "0"},
            headers={**token, "Accept": "text/html"},
        )
        assert answer.status == 409
        assert "There are too few verdicts to recalibrate from." in answer.text()
