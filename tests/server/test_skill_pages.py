"""The pages of skills and adverts, sent as plain forms: nothing here needs JavaScript."""

import re
from collections.abc import Iterator
from html import unescape

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.practice.conftest import Clock
from tests.server.conftest import fill_bank
from tests.server.serving import served
from tests.server.test_page_forms import token_of
from voicecoach.feedback_step import FeedbackStep
from voicecoach.inventory import DraftEntry, EntryKind, Story
from voicecoach.positives_step import add_entries
from voicecoach.practice import Coach
from voicecoach.preparing import preparing
from voicecoach.settings import Settings
from voicecoach.takeaways import TakeawaySource
from voicecoach.wiring import build_coach

Shared = tuple[httpx.Client, Coach, str]

ADVERT = "Your profile\n- Experience with SQL\n- Fluent Portuguese\n\nWe offer\n- A canteen\n"


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shared]:
    """A client of a server, its coach, and the question that tripped the person up."""
    home = tmp_path_factory.mktemp("skills") / "home"
    coach = build_coach(Settings(home=home, synthetic=True, time_zone="UTC"), clock=Clock())
    question = fill_bank(coach)
    with served(coach) as client:
        yield client, coach, question
    coach.database.close()


def send(client: httpx.Client, path: str, *, status: int = 303, **fields: str | list[str]) -> str:
    """Send a form; return where it leads, or the page it answers with."""
    answer = client.post(
        path,
        data={"_csrf_token": token_of(client), **fields},
        headers={"accept": "text/html"},
        follow_redirects=False,
    )
    assert answer.status_code == status, answer.text
    return answer.headers.get("location") or unescape(answer.text)


def page(client: httpx.Client, path: str) -> str:
    answer = client.get(path.partition("#")[0], headers={"accept": "text/html"})
    assert answer.status_code == 200
    return unescape(answer.text)


def upcoming(coach: Coach) -> str:
    with coach.reading_bank() as bank:
        interview = bank.next_interview(coach.today())
    assert interview is not None
    return interview.id


def test_a_strength_that_was_noticed_joins_them_with_its_story_and_nothing_typed_twice(
    shared: Shared,
) -> None:
    client, coach, _ = shared
    step = FeedbackStep(coach)
    said = "I stayed calm when the projector failed."
    add_entries(coach, step.interview.id, {TakeawaySource.WENT_WELL: (said,)})
    send(
        client,
        "/road-back/positives/keep",
        interview=step.interview.id,
        source="went_well",
        quote=said,
        use="strength",
    )
    looking_back = page(client, "/road-back/positives")
    offered = re.search(r'href="(/skills/new\?strength=([0-9a-f]+))"', looking_back)
    assert offered is not None
    assert offered[1] in page(client, "/skills"), "it is offered beside what can be shown, too"
    form = page(client, offered[1])
    assert f'value="{said}"' in form
    assert re.search(rf">\s*{re.escape(said)}</textarea>", form), "it begins its story"
    shown = send(
        client,
        "/skills/new",
        strength=offered[2],
        name="Staying calm",
        kind="strength",
        action=said,
    )
    assert shown == f"/skills/{offered[2]}"
    assert offered[1] not in page(client, "/skills")
    assert f'href="{shown}">It stands among what you can show' in page(
        client, "/road-back/positives"
    )
    send(client, "/skills/new", status=400, strength=offered[2], name="Again")
    stays = send(
        client,
        "/road-back/feedback/take-back",
        interview=step.interview.id,
        page="positives",
        takeaway=offered[2],
    )
    assert "stays+there" in stays or "stays%20there" in stays
    send(client, f"{shown}/delete")


def test_a_skill_is_written_down_mapped_and_told_in_an_outline(
    shared: Shared,
) -> None:
    client, _, question = shared
    skill = send(
        client,
        "/skills/new",
        name="Bad news",
        kind="strength",
        level="4",
        action="I told her the truth.",
        proof_kind=["person", "figure"],
        proof=["Ms Hale", ""],
    )
    shown = page(client, skill)
    assert "I told her the truth." in shown
    assert "very well" in shown
    assert shown.count("Ms Hale") == 1
    send(client, f"{skill}/questions", question=question, do="outline")
    assert "in its outline" in page(client, skill)
    assert "I told her the truth." in page(client, f"/questions/{question}")
    send(client, f"{skill}/edit", name="Hard news", kind="skill", level="", action="I told her.")
    assert "Hard news" in page(client, "/skills")
    send(client, f"{skill}/questions", question=question, do="unmap")
    assert "None yet." in page(client, skill)
    assert send(client, f"{skill}/delete") == "/skills"
    assert "Hard news" not in page(client, "/skills")


def test_a_form_with_something_wrong_comes_back_with_all_that_was_typed(
    shared: Shared,
) -> None:
    client, _, _ = shared
    refused = send(client, "/skills/new", status=400, name=" ", action="I told her.")
    assert "is empty" in refused
    assert "I told her." in refused
    resource = send(client, "/skills/resources", status=400, title="", note="on the shelf")
    assert "on the shelf" in resource


def test_an_advert_is_pasted_and_each_demand_can_be_done_something_with(
    shared: Shared,
) -> None:
    client, coach, question = shared
    interview = upcoming(coach)
    with preparing(coach) as preparation:
        skill = preparation.add_entry(
            DraftEntry(
                kind=EntryKind.SKILL, name="SQL", story=Story(action="I wrote reports in SQL.")
            )
        )
    path = f"/interviews/{interview}/advert"
    assert "Paste the advert" in page(client, f"/interviews/{interview}")
    assert "is empty" in send(client, path, status=400, text=" ")
    send(client, path, text=ADVERT)
    assert "See what it asks for" in page(client, f"/interviews/{interview}")
    shown = page(client, path)
    assert "1 of 2 demands have a story of yours" in shown
    assert re.search(r"<q>SQL.?</q>", shown)
    send(client, f"{path}/demands/2", do="ask", text="How good is your Portuguese?")
    assert "How good is your Portuguese?" in page(client, path)
    send(client, f"{path}/demands/2", do="shown-by", skill=skill.id)
    assert "By your own word" in page(client, path)
    send(client, f"{path}/demands/1", do="tell", question=question, point="My SQL reports")
    assert "My SQL reports" in page(client, f"/questions/{question}")
    send(client, f"{path}/demands/1", do="wish")
    assert "It would like" in page(client, path)
    send(client, f"{path}/demands/2", do="leave-out")
    assert "Left out (1)" in page(client, path)
    send(client, f"{path}/demands/2", do="keep")
    send(client, f"{path}/demands", text="A bicycle", must="no")
    assert "A bicycle" in page(client, path)
    assert "unknown" in send(client, f"{path}/demands/1", status=400, do="juggle")
    send(client, f"{path}/delete")
    assert "Paste the job’s advert" in page(client, path)


def test_resources_are_listed_and_the_persons_own_can_go(shared: Shared) -> None:
    client, _, _ = shared
    send(client, "/skills/resources", kind="book", title="A red book", place="shelf 3")
    shown = page(client, "/skills")
    assert "A red book" in shown
    assert "O*NET OnLine" in shown
    own = re.search(r"/skills/resources/([^/\"]+)/delete", shown)
    assert own is not None
    send(client, own[0])
    assert "A red book" not in page(client, "/skills")


FIELDS = ("name", "kind", "level", "action", "proof", "proof_kind", "question", "do", "text")
VALUES = st.sampled_from(
    ("", "skill", "6", "9" * 30, "map", "outline", "ask", "tell", "shown-by", "no", "link")
) | st.text(max_size=12)


@pytest.mark.parametrize(
    "path",
    [
        *("/skills/new", "/skills/{skill}/questions", "/skills/{skill}/edit", "/skills/resources"),
        *("/interviews/{interview}/advert/demands/1", "/interviews/{interview}/advert/demands"),
    ],
)
@settings(max_examples=8, deadline=None)
@given(sent=st.lists(st.tuples(st.sampled_from(FIELDS), VALUES), max_size=8))
def test_these_forms_are_answered_with_a_page_whatever_they_send(
    shared: Shared, path: str, sent: list[tuple[str, str]]
) -> None:
    client, coach, _ = shared
    with preparing(coach) as preparation:
        skill = preparation.add_entry(DraftEntry(kind=EntryKind.SKILL, name="SQL")).id
        preparation.keep_advert(upcoming(coach), ADVERT)
    fields: dict[str, list[str]] = {"_csrf_token": [token_of(client)]}
    for name, value in sent:
        fields.setdefault(name, []).append(value.encode("utf-8", "replace").decode())
    answer = client.post(
        path.format(skill=skill, interview=upcoming(coach)),
        data=fields,
        headers={"accept": "text/html"},
    )
    assert answer.status_code < 500, answer.text
    assert answer.headers["content-type"].startswith("text/html") or answer.status_code == 303
