"""What a person can show, and what an advert demands of it, with a real bank and encoder."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from question_bank.interview import Interview, Outcome
from question_bank.outline import StarPart
from question_bank.question import Question, QuestionKind
from tests.practice.test_export import exported
from voicecoach.advert_match import MatchedDemand, match_advert, suggest_questions
from voicecoach.erasure import erase_everything
from voicecoach.errors import InvalidInputError, NotFoundError
from voicecoach.inventory import DraftEntry, EntryKind, InventoryEntry, Proof, ProofKind, Story
from voicecoach.practice import Coach
from voicecoach.preparing import preparing, reading_preparation
from voicecoach.resource_list import ResourceKind, resources_of_the_coach
from voicecoach.scoring.result import PointState

SQL = DraftEntry(
    kind=EntryKind.SKILL,
    name="SQL",
    level=4,
    story=Story(
        situation="Our sales fell in May.",
        action="I wrote SQL queries that showed it was one shop.",
        result="We fixed its till.",
    ),
    proofs=(Proof(kind=ProofKind.PERSON, text="Ms Hale, head of sales"),),
)
ADVERT = """
Analyst

Your profile
- Experience with SQL
- Fluent Portuguese
- Reports are a plus

We offer
- A canteen
"""


@pytest.fixture
def upcoming(coach: Coach) -> Interview:
    with coach.bank() as bank:
        return bank.add_interview(
            company="Alder & Vale",
            role="Analyst",
            day=datetime(2026, 12, 9, tzinfo=UTC).date(),
            outcome=Outcome.UPCOMING,
        )


@pytest.fixture
def entry(coach: Coach) -> InventoryEntry:
    with preparing(coach) as preparation:
        return preparation.add_entry(SQL)


@pytest.fixture
def advertised(coach: Coach, upcoming: Interview, entry: InventoryEntry) -> str:
    """The interview's id, its advert kept."""
    with preparing(coach) as preparation:
        preparation.keep_advert(upcoming.id, ADVERT)
    return upcoming.id


def matched(coach: Coach, interview_id: str) -> dict[str, MatchedDemand]:
    return {one.text: one for one in match_advert(coach, interview_id).demands}


def test_an_entry_comes_back_as_it_was_written(coach: Coach, entry: InventoryEntry) -> None:
    with reading_preparation(coach) as preparation:
        (stored,) = preparation.inventory.every()
        assert preparation.inventory.get(entry.id[:12]) == stored
    assert stored == entry
    assert (stored.story, stored.proofs, stored.level) == (SQL.story, SQL.proofs, 4)


def test_an_entry_is_changed_and_keeps_its_questions(
    coach: Coach, entry: InventoryEntry, question: Question
) -> None:
    with preparing(coach) as preparation:
        preparation.map_question(entry.id, question.id, on=True)
        changed = preparation.inventory.change(entry.id, replace(SQL, name="SQL and reports"))
    assert changed.name == "SQL and reports"
    assert changed.question_ids == (question.id,)
    with preparing(coach) as preparation:
        assert preparation.map_question(entry.id, question.id, on=False).question_ids == ()


@pytest.mark.parametrize("wrong", [replace(SQL, name=" "), replace(SQL, level=6)])
def test_an_entry_without_a_name_or_with_a_level_that_is_none_is_refused(
    coach: Coach, wrong: DraftEntry
) -> None:
    with pytest.raises(InvalidInputError), preparing(coach) as preparation:
        preparation.add_entry(wrong)
    with reading_preparation(coach) as preparation:
        assert preparation.inventory.every() == ()


def test_a_merged_question_stays_mapped_as_the_one_it_became(
    coach: Coach, entry: InventoryEntry, question: Question
) -> None:
    with coach.bank() as bank:
        other = bank.add_question("Which report are you proud of?", kind=QuestionKind.BEHAVIOURAL)
    with preparing(coach) as preparation:
        preparation.map_question(entry.id, other.question.id, on=True)
        preparation.map_question(entry.id, question.id, on=True)
    coach.merge_questions(question.id, other.question.id)
    with reading_preparation(coach) as preparation:
        (kept,) = preparation.questions_of(preparation.inventory.get(entry.id))
    assert kept.id == question.id


def test_the_question_nearest_in_meaning_is_suggested_until_it_is_mapped(
    coach: Coach, entry: InventoryEntry, question: Question
) -> None:
    with coach.bank() as bank:
        near = bank.add_question(
            "Tell me about a time you found out from data why sales fell.",
            kind=QuestionKind.BEHAVIOURAL,
        ).question
    assert suggest_questions(coach, entry)[0].question == near
    with preparing(coach) as preparation:
        mapped = preparation.map_question(entry.id, near.id, on=True)
    assert near not in [one.question for one in suggest_questions(coach, mapped)]


def test_a_story_becomes_outline_points_behind_those_that_are_there(
    coach: Coach, entry: InventoryEntry, question: Question
) -> None:
    with preparing(coach) as preparation:
        before = preparation.bank.get_outline(question.id)
        after = preparation.put_into_outline(entry.id, question.id)
        again = preparation.put_into_outline(entry.id, question.id)
    assert before is not None
    assert after.points[: len(before.points)] == before.points
    assert [(point.part, point.text) for point in after.points[len(before.points) :]] == [
        (StarPart.SITUATION, SQL.story.situation),
        (StarPart.ACTION, SQL.story.action),
        (StarPart.RESULT, SQL.story.result),
    ]
    assert "SQL" in after.skills
    assert again == after


def test_demands_with_a_story_are_told_from_those_without_one(
    coach: Coach, advertised: str, entry: InventoryEntry
) -> None:
    found = matched(coach, advertised)
    assert list(found) == ["Experience with SQL", "Fluent Portuguese", "Reports are a plus"]
    shown = found["Experience with SQL"]
    assert shown.state is PointState.SAID
    assert (shown.entry_id, shown.entry_name) == (entry.id, "SQL")
    assert "SQL" in shown.quotes[0].quote
    for quote in shown.quotes:
        assert shown.story[quote.start_char : quote.end_char] == quote.quote
    assert found["Fluent Portuguese"].state is PointState.NOT_HEARD
    assert [one.must for one in found.values()] == [True, True, False]


def test_the_persons_own_word_beats_the_coachs(
    coach: Coach, advertised: str, entry: InventoryEntry
) -> None:
    with preparing(coach) as preparation:
        portuguese = preparation.demand(advertised, 2)
        preparation.change_demand(advertised, replace(portuguese, entry_id=entry.id[:8]))
        reports = preparation.demand(advertised, 3)
        preparation.change_demand(advertised, replace(reports, left_out=True))
    match = match_advert(coach, advertised)
    assert match.demands[1].state is PointState.SAID
    assert match.demands[1].own_word
    assert [one.text for one in match.left_out] == ["Reports are a plus"]


def test_a_newer_text_keeps_the_persons_word_on_what_is_still_demanded(
    coach: Coach, advertised: str
) -> None:
    with preparing(coach) as preparation:
        preparation.change_demand(
            advertised, replace(preparation.demand(advertised, 2), left_out=True)
        )
        preparation.add_demand(advertised, "A driving licence", must=False)
        newer = preparation.keep_advert(
            advertised, ADVERT.replace("- Experience with SQL", "- Kindness")
        )
    assert [(one.text, one.left_out, one.added) for one in newer.demands] == [
        ("Kindness", False, False),
        ("Fluent Portuguese", True, False),
        ("Reports are a plus", False, False),
        ("A driving licence", False, True),
    ]


def test_a_demand_becomes_a_question_and_a_point_to_tell(
    coach: Coach, advertised: str, question: Question
) -> None:
    with preparing(coach) as preparation:
        met = preparation.ask_for(advertised, 2, "Tell me about your Portuguese.")
        assert preparation.demand(advertised, 2).question_id == met.question.id
        outline = preparation.outline_task(advertised, 3, question.id, "My reports")
        assert preparation.demand(advertised, 3).question_id == question.id
    assert met.is_new
    assert outline.points[-1].text == "My reports"


def test_a_demand_names_its_question_also_after_that_was_merged(
    coach: Coach, advertised: str, question: Question
) -> None:
    with preparing(coach) as preparation:
        met = preparation.ask_for(advertised, 2, "Tell me about your Portuguese.")
    coach.merge_questions(question.id, met.question.id)
    assert matched(coach, advertised)["Fluent Portuguese"].question_id == question.id


def test_deleting_an_entry_or_an_interview_takes_along_what_hangs_on_it(
    coach: Coach, advertised: str, entry: InventoryEntry, question: Question
) -> None:
    with preparing(coach) as preparation:
        preparation.map_question(entry.id, question.id, on=True)
        preparation.change_demand(
            advertised, replace(preparation.demand(advertised, 2), entry_id=entry.id)
        )
        preparation.inventory.delete(entry.id)
        assert preparation.demand(advertised, 2).entry_id is None
    with coach.bank() as bank:
        bank.delete_interview(advertised)
    with reading_preparation(coach) as preparation:
        assert preparation.adverts.of_interview(advertised) is None


def test_an_interview_without_an_advert_says_how_to_keep_one(
    coach: Coach, upcoming: Interview
) -> None:
    with pytest.raises(NotFoundError, match="No advert"):
        match_advert(coach, upcoming.id)


def test_everything_of_it_goes_out_with_an_export_and_away_with_a_deletion(
    coach: Coach, advertised: str, question: Question, entry: InventoryEntry
) -> None:
    with preparing(coach) as preparation:
        preparation.map_question(entry.id, question.id, on=True)
        preparation.add_resource(ResourceKind.BOOK, "A book of Brunhilde's", note="lent")
    archive = exported(coach)

    def rows(table: str) -> list[dict[str, object]]:
        lines = archive.read(f"tables/{table}.jsonl").splitlines()
        return [json.loads(line) for line in lines]

    assert rows("inventory")[0]["situation"] == SQL.story.situation
    assert rows("inventory_questions")[0]["question_id"] == question.id
    assert str(rows("adverts")[0]["text"]).startswith("Analyst")
    assert len(rows("advert_demands")) == 3
    assert rows("resources")[0]["title"] == "A book of Brunhilde's"

    erase_everything(coach)

    on_disk = b"".join(
        path.read_bytes() for path in coach.settings.home.rglob("*") if path.is_file()
    )
    for word in (b"Brunhilde", b"Our sales fell", b"Fluent Portuguese", b"Ms Hale"):
        assert word not in on_disk


def test_the_coachs_own_resources_are_named_and_open_over_https() -> None:
    listed = resources_of_the_coach()
    assert listed
    assert all(one.title and one.note for one in listed)
    links = [one for one in listed if one.kind is ResourceKind.LINK]
    assert links
    assert all((one.address or "").startswith("https://") for one in links)
