"""After interviews and guesses over the API and on pages, at a real server."""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta

import httpx
import pytest

from question_bank.question import Question
from server.page.foresight_chart import MOST_SHOWN, SQUARE, expected_dots, foresight_chart
from tests.after.conftest import (
    INTERVIEW_DAY,
    add_interview,
    add_question,
    go_to,
    log_scored,
)
from tests.after.test_foresaw import interview as foreseen
from tests.practice.conftest import ANSWER, Clock
from tests.server.serving import served
from voicecoach.after_interview import after_interviews
from voicecoach.guesses import ENOUGH_GUESSES, ExpectedGroup
from voicecoach.guessing import guess_of, guess_score
from voicecoach.practice import Coach
from voicecoach.settings_desk import SettingsDesk
from voicecoach.what_came import ToldQuestion, Went

NEARLY = "Tell me about a time when you failed, please"


@pytest.fixture
def client(coach: Coach) -> Iterator[httpx.Client]:
    with served(coach) as client:
        yield client


@pytest.fixture
def question(coach: Coach) -> Question:
    return add_question(coach, "Tell me about a time you failed at something.")


def post(client: httpx.Client, path: str, fields: Mapping[str, str | list[str]]) -> httpx.Response:
    page = client.get("/questions/new").text
    found = re.search(r'name="_csrf_token" value="([0-9a-f]+)"', page)
    assert found is not None
    return client.post(
        path, data={"_csrf_token": found[1], **fields}, headers={"accept": "text/html"}
    )


def test_what_came_is_told_over_the_api(
    client: httpx.Client, coach: Coach, clock: Clock, question: Question
) -> None:
    interview = add_interview(coach)
    address = f"/api/interviews/{interview.id}/came"
    assert client.put(address, json={"questions": []}).status_code == 400
    go_to(clock, INTERVIEW_DAY + timedelta(days=1))
    assert client.get(address).status_code == 404
    sent = {
        "outcome": "rejected",
        "questions": [
            {"question_id": question.id[:10], "went": "well"},
            {"text": "How would you halve our costs?", "went": "tripped_up", "how": "No idea."},
        ],
    }
    told = client.put(address, json=sent).json()
    assert told == client.get(address).json()
    assert told["outcome"] == "rejected"
    assert [(one["went"], one["was_new"], one["practised"]) for one in told["questions"]] == [
        ("well", False, False),
        ("tripped_up", True, False),
    ]
    assert told["questions"][1]["how"] == "No idea."
    assert told["sentence"] == "2 questions came that you hadn’t practised."
    nearly = client.put(address, json={"questions": [{"text": NEARLY, "went": "so_so"}]})
    assert nearly.status_code == 409
    assert question.id in nearly.json()["detail"]
    record = client.get("/api/foresight").json()
    assert (record["foreseen"], record["missing"], record["brier"]) == ([], 5, None)


def test_the_page_asks_about_an_interview_whose_day_has_passed_until_it_is_told(
    client: httpx.Client, coach: Coach, clock: Clock, question: Question
) -> None:
    interview = add_interview(coach)
    assert "how did it go?" not in client.get("/").text
    go_to(clock, INTERVIEW_DAY + timedelta(days=1))
    home = client.get("/").text
    assert "Analyst at Alder: how did it go?" in home
    assert f'href="/interviews/{interview.id}/after"' in home
    answer = post(client, f"/interviews/{interview.id}/after", {"do": "leave"})
    assert answer.headers["location"] == "/"
    assert "how did it go?" not in client.get("/").text


def test_the_form_keeps_what_came_and_asks_about_what_is_nearly_the_same(
    client: httpx.Client, coach: Coach, clock: Clock, question: Question
) -> None:
    interview = add_interview(coach)
    go_to(clock, INTERVIEW_DAY + timedelta(days=1))
    address = f"/interviews/{interview.id}/after"
    other = add_question(coach, "Why do you want to work for us and nobody else?")
    assert question.text in client.get(address).text
    fields: dict[str, str | list[str]] = {
        "outcome": "rejected",
        "question": [question.id, other.id],
        f"went-{question.id}": "",
        f"went-{other.id}": "tripped_up",
        f"how-{other.id}": "I praised the rival.",
        "text": [NEARLY, "How would you halve our costs?"],
        "row-went-0": "well",
        "row-went-1": "so_so",
        "row-how": ["", ""],
        "do": "keep",
    }
    more = post(client, address, {**fields, "do": "more"}).text
    assert more.count('name="text"') == 4
    asked = post(client, address, fields)
    assert asked.status_code == 200
    assert "Is it one of these?" in asked.text
    assert f'value="{NEARLY}"' in asked.text
    assert "I praised the rival." in asked.text
    assert client.get(f"/api{address.removesuffix('/after')}/came").status_code == 404
    kept = post(client, address, {**fields, "row-same-0": question.id})
    assert kept.headers["location"] == f"/interviews/{interview.id}#came"
    told = client.get(f"/api/interviews/{interview.id}/came").json()["questions"]
    assert [(one["question_id"], one["went"]) for one in told][:2] == [
        (other.id, "tripped_up"),
        (question.id, "well"),
    ]
    for page in (f"/interviews/{interview.id}", f"/road-back?interview={interview.id}"):
        assert "3 questions came that you hadn’t practised." in client.get(page).text
    again = client.get(address).text
    assert "I praised the rival." in again
    post(client, "/debrief/facts", {"company": "Alder", "role": "Analyst", "day": "2026-12-09"})
    assert "need not be typed again" in client.get("/debrief/questions").text


def test_how_well_readiness_foresaw_is_drawn_from_five_interviews_on(
    client: httpx.Client, coach: Coach, clock: Clock, question: Question
) -> None:
    for day in (1, 2, 3):
        log_scored(coach, question, datetime(2026, 12, day, 18, tzinfo=UTC), 60)
    told = [ToldQuestion(went=Went.TRIPPED_UP, question_id=question.id)]
    for number in range(5):
        interview = add_interview(coach, day=date(2026, 12, 5 + number))
        go_to(clock, date(2026, 12, 20))
        with after_interviews(coach) as after:
            after.tell(interview.id, told)
        page = client.get("/readiness").text
        drawn = 'class="chart foreseen"' in page
        assert drawn == (number == 4)
        assert (f"{number + 1} of 5 interviews" in page) == (number < 4)
    assert "promises more than comes" in page


def test_a_guess_is_taken_until_the_score_was_shown_anywhere(
    client: httpx.Client, coach: Coach, question: Question
) -> None:
    days = iter(range(1, 28))

    def scored() -> str:
        return log_scored(coach, question, datetime(2026, 11, next(days), 18, tzinfo=UTC), 61).id

    guessed = scored()
    kept = client.put(f"/api/attempts/{guessed}/guess", json={"expected": 55})
    assert (kept.status_code, kept.json()["expected"]) == (200, 55)
    assert client.get(f"/api/attempts/{guessed}").json()["score"]["overall"] == 61
    assert client.put(f"/api/attempts/{guessed}/guess", json={"expected": 61}).status_code == 409
    assert client.put(f"/api/attempts/{guessed}/guess", json={"expected": 101}).status_code == 400
    for shown_by in (
        "/api/attempts/{}",
        "/api/attempts",
        "/api/attempts/{}/versions",
        f"/api/questions/{question.id}/attempts",
        "/attempts/{}",
        "/attempts",
        "/readiness",
        "/questions",
        f"/questions/{question.id}",
    ):
        attempt = scored()
        assert client.get(shown_by.format(attempt)).status_code == 200
        late = client.put(f"/api/attempts/{attempt}/guess", json={"expected": 61})
        assert (shown_by, late.status_code) == (shown_by, 409)
    record = client.get("/api/guesses").json()
    assert [one["guessed"] for one in record["outcomes"]] == [55]
    assert record["missing"] == ENOUGH_GUESSES - 1


def test_the_page_asks_between_the_answer_and_its_score_and_never_twice(
    client: httpx.Client, coach: Coach, question: Question
) -> None:
    assert post(client, "/guesses", {"ask": "yes"}).headers["location"] == "/readiness#guesses"
    assert coach.settings.ask_guess
    typed = {"text": " ".join(ANSWER), "parent": ""}
    address = post(client, f"/drill/{question.id}/typed", typed).headers["location"]
    asked = client.get(address).text
    assert "Guess before you see your score" in asked
    assert 'id="overall"' not in asked
    refused = post(client, f"{address}/guess", {"expected": "very good"})
    assert refused.status_code == 400
    assert "That is no number" in refused.text
    assert post(client, f"{address}/guess", {"expected": "45"}).headers["location"] == address
    shown = client.get(address).text
    assert 'id="overall"' in shown
    assert "You guessed 45." in shown
    post(client, f"{address}/guess", {"expected": "90"})
    assert "You guessed 45." in client.get(address).text
    passed = post(client, f"/drill/{question.id}/typed", typed).headers["location"]
    post(client, f"{passed}/guess/skip", {})
    shown = client.get(passed).text
    assert 'id="overall"' in shown
    assert "You guessed" not in shown
    post(client, "/guesses", {"ask": "no"})
    third = post(client, f"/drill/{question.id}/typed", typed).headers["location"]
    assert 'id="overall"' in client.get(third).text


def test_from_twenty_guesses_on_the_page_says_how_they_fit(
    client: httpx.Client, coach: Coach, question: Question
) -> None:
    for number in range(ENOUGH_GUESSES):
        at = datetime(2026, 10, 1, 18, tzinfo=UTC) + timedelta(days=number)
        attempt = log_scored(coach, question, at, 62 + 2 * (number % 2), expected=60)
        guess_score(coach, attempt.id, 50 + number % 3)
        if number == ENOUGH_GUESSES - 2:
            assert "After 1 more guess you see here" in client.get("/readiness").text
    page = client.get("/readiness").text
    assert "You expect less of yourself than you reach: by 12 points" in page
    assert "The coach was nearer." in page


def test_the_setting_can_be_changed_with_the_others(coach: Coach) -> None:
    desk = SettingsDesk(coach, overruled={})
    assert desk.change({"ask_guess": "yes"}) == ("ask_guess",)
    assert desk.change({"ask_guess": "no"}) == ("ask_guess",)
    assert [one.name for one in desk.problems({"ask_guess": "perhaps"})] == ["ask_guess"]


def test_charts_stay_within_their_frame_and_keep_the_order() -> None:
    many = [foreseen(number, share=number / 20, well=number % 11) for number in range(20)]
    chart = foresight_chart(many)
    assert [row.interview for row in chart.rows] == many[-MOST_SHOWN:]
    for row in chart.rows:
        assert chart.left <= row.low <= row.said <= row.high <= chart.right
        assert chart.left <= row.came <= chart.right
    dots = expected_dots(
        [
            ExpectedGroup(expected=0, came=100, count=1),
            ExpectedGroup(expected=100, came=0, count=9),
        ]
    )
    assert dots[0].x < dots[1].x
    assert dots[0].y < dots[1].y
    assert dots[0].radius < dots[1].radius
    assert all(0 < one.x < SQUARE and 0 < one.y < SQUARE for one in dots)
    assert expected_dots([]) == ()


def test_nothing_is_guessed_of_an_answer_that_is_only_listed(
    client: httpx.Client, coach: Coach, question: Question
) -> None:
    attempt = log_scored(coach, question, datetime(2026, 11, 3, 18, tzinfo=UTC), 61)
    client.get("/attempts")
    found = guess_of(coach, attempt.id)
    assert found is not None
    assert found.expected is None
