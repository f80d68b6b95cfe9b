"""The printable report says what the log says, stands alone, and is the same everywhere."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import httpx
import msgspec
import pytest

from question_bank.errors import NotFoundError
from question_bank.interview import Outcome
from question_bank.outline import DraftPoint
from question_bank.question import QuestionKind
from question_bank.question_shelf import DraftTrip
from tests.server.serving import served
from tests.store.attempts import score_of, whole
from tests.taking.filled_home import AT, empty_home
from voicecoach.attempt_store import AttemptStore
from voicecoach.practice import Coach
from voicecoach.report.contents import Report, interview_report
from voicecoach.report.drawing import report_html
from voicecoach.scoring.evidence import Quote
from voicecoach.scoring.result import Criterion, CriterionName, PointCoverage, PointState

NASTY = 'Why <script>alert(1)</script> & "us"?'


@pytest.fixture(scope="module")
def coach(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Coach]:
    coach = empty_home(tmp_path_factory.mktemp("report") / "home")
    with coach.bank() as bank:
        past = bank.add_interview(
            company="Birch & Co",
            role="Analyst",
            day=date(2026, 11, 10),
            outcome=Outcome.REJECTED,
            lessons=["Say the result <first>"],
            went_well=["I was early"],
        )
        bank.add_interview(company="Alder & Vale", role="Lead", day=date(2026, 12, 9))
        tripped = bank.add_question(
            NASTY,
            kind=QuestionKind.MOTIVATIONAL,
            trip=DraftTrip(interview_id=past.id, how="I rambled."),
        ).question
        bank.add_question("Never looked at?", kind=QuestionKind.TECHNICAL)
        outlined = bank.add_question("Who are you?", kind=QuestionKind.MOTIVATIONAL).question
        bank.set_outline(outlined.id, [DraftPoint(text="My own point")], stories=["The weekend"])
    with coach.database.transaction() as session:
        store = AttemptStore(session)
        for number in range(4):
            take = whole(tripped.id, name=f"take-{number}", at=AT)
            assert take.sound is not None
            louder = replace(take.sound, speech_level=-20.0 + number)
            store.add(replace(take, sound=louder))
    yield coach
    coach.database.close()


@pytest.fixture(scope="module")
def client(coach: Coach) -> Iterator[httpx.Client]:
    with served(coach) as client:
        yield client


def ids(coach: Coach) -> dict[str, str]:
    with coach.reading_bank() as bank:
        return {one.company: one.id for one in bank.list_interviews()}


def report_of(coach: Coach, company: str) -> Report:
    with coach.question_log() as log:
        return interview_report(log, ids(coach)[company])


def test_it_says_what_the_log_says(coach: Coach) -> None:
    made = report_of(coach, "Alder & Vale")
    first, second = made.questions
    attempt = coach.attempt("take-0")
    assert attempt.score is not None
    assert (first.question.text, first.tripped_up, first.takes) == (NASTY, True, 4)
    assert first.best_overall == attempt.score.overall
    assert first.work_on == tuple(one.text for one in attempt.score.advice[:2])
    assert (second.question.text, second.takes, second.best_overall) == ("Who are you?", 0, None)
    assert [point.text for point in second.points] == ["My own point"]
    assert second.points[0].state is None
    assert made.untouched == 1
    ready = coach.readiness(date(2026, 12, 9))
    assert made.readiness is not None
    assert (made.readiness.share, made.readiness.low, made.readiness.high) == (
        ready.share,
        ready.low,
        ready.high,
    )
    assert [lesson.text for lesson in made.lessons] == ["Say the result <first>"]
    plan = coach.plan()
    assert [day.day for day in made.plan] == [day.day for day in plan.days]
    assert [day.minutes for day in made.plan] == [day.minutes for day in plan.days]


def test_each_number_of_the_plan_leads_to_the_question_that_is_planned(coach: Coach) -> None:
    made = report_of(coach, "Alder & Vale")
    texts = {one.number: one.question.text for one in made.questions}
    texts |= {one.number: one.text for one in made.not_begun}
    assert sorted(texts) == list(range(1, len(texts) + 1))
    with coach.reading_bank() as bank:
        for told, planned in zip(made.plan, coach.plan().days, strict=True):
            assert [texts[number] for number in told.numbers] == [
                bank.get_question(item.question_id).text for item in planned.items
            ]


def test_points_that_an_answer_made_carry_the_words_that_made_them(coach: Coach) -> None:
    with coach.bank() as bank:
        question = bank.find_question("Who are you?")
        assert question is not None
        outline = bank.set_outline(
            question.id, [DraftPoint(text="My own point"), DraftPoint(text="Never said")]
        )
    quote = Quote(
        quote="My manager",
        start_char=0,
        end_char=10,
        start_seconds=0.0,
        end_seconds=0.9,
        transcript_version=1,
    )
    states = (PointState.SAID, PointState.NOT_HEARD)
    coverage = Criterion(
        name=CriterionName.COVERAGE,
        level=3.0,
        not_measured=None,
        weight=40.0,
        anchor="half of it",
        evidence=(),
        points=tuple(
            PointCoverage(
                point_id=point.id,
                text=point.text,
                state=state,
                similarity=0.8,
                guard=None,
                evidence=(quote,) if state is PointState.SAID else (),
            )
            for point, state in zip(outline.points, states, strict=True)
        ),
    )
    scored = msgspec.structs.replace(score_of(64.0), criteria=(coverage,))
    with coach.database.transaction() as session:
        answer = replace(whole(question.id, name="covered", at=AT), judgements=(scored,))
        AttemptStore(session).add(answer)
    made = report_of(coach, "Alder & Vale")
    (told,) = [one for one in made.questions if one.question.id == question.id]
    assert [(one.state, one.quote, one.when) for one in told.points] == [
        (PointState.SAID, "My manager", "0:00–0:01"),
        (PointState.NOT_HEARD, "", ""),
    ]
    assert told.best_overall == 64.0
    assert "<q>My manager</q>" in report_html(made)


def test_a_past_interview_tells_of_its_own_questions_and_no_readiness(coach: Coach) -> None:
    made = report_of(coach, "Birch & Co")
    assert [one.question.text for one in made.questions] == [NASTY]
    assert made.questions[0].met_here == ("I rambled.",)
    assert (made.readiness, made.plan, made.days_left) == (None, (), None)
    html = report_html(made)
    assert "I was early" in html
    assert "Then: I rambled." in html


class _Asks(HTMLParser):
    """Notes every tag, and every address a page would ask for."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.addresses += [
            value or "" for name, value in attrs if name in {"src", "href", "action", "data"}
        ]


@pytest.mark.parametrize("company", ["Alder & Vale", "Birch & Co"])
def test_the_file_needs_nothing_and_runs_nothing(coach: Coach, company: str) -> None:
    html = report_html(report_of(coach, company))
    asks = _Asks()
    asks.feed(html)
    assert not asks.tags & {"script", "iframe", "form", "object", "embed", "img"}
    assert all(one == "data:," or re.fullmatch(r"#q\d+", one) for one in asks.addresses)
    assert "url(" not in html
    assert "@import" not in html
    assert "&lt;script&gt;" in html


def test_the_page_the_file_and_the_api_say_the_same(client: httpx.Client, coach: Coach) -> None:
    interview_id = ids(coach)["Alder & Vale"]
    page = client.get(f"/interviews/{interview_id}/report", headers={"accept": "text/html"})
    assert page.status_code == 200
    assert page.headers["content-type"].startswith("text/html")
    nonce = re.search(r'<style nonce="([^"]+)">', page.text)
    assert nonce is not None
    assert f"'nonce-{nonce[1]}'" in page.headers["content-security-policy"]
    saved = client.get(f"/interviews/{interview_id}/report?save=true")
    assert "attachment" in saved.headers["content-disposition"]
    assert saved.text == report_html(report_of(coach, "Alder & Vale"))
    told = client.get(f"/api/interviews/{interview_id}/report").json()
    assert [one["number"] for one in told["questions"]] == [1, 2]
    missing = client.get("/interviews/none/report", headers={"accept": "text/html"})
    assert missing.status_code == 404


def test_an_interview_that_is_not_there_is_said(coach: Coach) -> None:
    with coach.question_log() as log, pytest.raises(NotFoundError):
        interview_report(log, "none")
