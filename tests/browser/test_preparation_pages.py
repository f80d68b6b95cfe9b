"""The plan's calendar, skills and adverts: usable by everybody, at every size."""

from collections.abc import Iterator
from typing import Literal

import pytest
from playwright.sync_api import Browser, expect

from tests.advert.labelled_adverts import labelled_adverts
from tests.browser.browsing import visiting
from tests.practice.conftest import Clock
from tests.server.conftest import fill_bank
from tests.server.serving import served
from voicecoach.inventory import DraftEntry, EntryKind, Proof, ProofKind, Story
from voicecoach.preparing import preparing
from voicecoach.settings import Settings
from voicecoach.wiring import build_coach

SKILL = DraftEntry(
    kind=EntryKind.SKILL,
    name="Python",
    level=4,
    story=Story(action="I wrote our import in Python.", result="It runs in forty minutes."),
    proofs=(Proof(kind=ProofKind.FIGURE, text="6 hours to 40 minutes"),),
)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, list[str]]]:
    """The address of a server, and the pages of somebody who prepares."""
    home = tmp_path_factory.mktemp("prepared") / "home"
    coach = build_coach(Settings(home=home, synthetic=True, time_zone="UTC"), clock=Clock())
    question = fill_bank(coach)
    with coach.reading_bank() as bank:
        interview = bank.next_interview(coach.today())
    assert interview is not None
    with preparing(coach) as preparation:
        entry = preparation.add_entry(SKILL)
        preparation.map_question(entry.id, question, on=True)
        preparation.keep_advert(interview.id, labelled_adverts("development")[-2].text)
    pages = ["/plan", "/skills", "/skills/new", f"/skills/{entry.id}"]
    with served(coach) as client:
        yield str(client.base_url), [*pages, f"/interviews/{interview.id}/advert"]
    coach.database.close()


@pytest.mark.parametrize(("size", "scheme"), [("phone", "dark"), ("desktop", "light")])
def test_the_pages_of_preparation_are_usable_by_everybody(
    browser: Browser,
    prepared: tuple[str, list[str]],
    size: Literal["phone", "desktop"],
    scheme: Literal["light", "dark"],
) -> None:
    base, pages = prepared
    with visiting(browser, base, size=size, scheme=scheme) as visit:
        for path in pages:
            visit.go(path)
            for summary in visit.page.locator("summary:visible").all():
                summary.click()
            assert visit.violations() == [], path
            assert not visit.wider_than_the_window(), path


def test_the_calendar_is_a_table_where_there_is_room_and_a_list_on_a_phone(
    browser: Browser, prepared: tuple[str, list[str]]
) -> None:
    base, _ = prepared
    with visiting(browser, base, javascript=False) as visit:
        visit.go("/plan")
        month = visit.page.get_by_role("table", name="November 2026")
        expect(month.get_by_role("columnheader").first).to_have_text("Mon")
        expect(month.locator("[aria-current=date]")).to_contain_text("18")
        expect(visit.page.locator(".days").first).to_be_hidden()
    with visiting(browser, base, size="phone", javascript=False) as visit:
        visit.go("/plan")
        expect(visit.page.locator(".calendar").first).to_be_hidden()
        today = visit.page.locator(".days [aria-current=date]")
        expect(today.get_by_role("heading")).to_contain_text("Wed 18, today")
