"""The checklist and the drill of questions to ask them, at the command line."""

from tests.cli.process import Voicecoach


def test_the_checklist_of_the_next_interview_is_ticked_by_number_and_by_name(
    voicecoach: Voicecoach,
) -> None:
    none = voicecoach("interviews", "checklist", code=None)
    assert none.code != 0
    assert "interviews add" in none.err
    voicecoach("interviews", "add", "--company", "Acme", "--date", "2040-12-09")
    shown = voicecoach("interviews", "checklist", "--tick", "3", "--add", "the blue folder").out
    assert "3. [x] Clothes laid out" in shown
    assert "9. [ ] the blue folder" in shown
    assert "1 of 9 things are ready." in shown
    day = voicecoach(
        *("interviews", "checklist", "--remove", "own-1", "--remove", "6", "--untick", "clothes"),
        "--json",
    ).data
    assert [item["item"] for item in day["left_out"]] == ["technology"]
    assert len(day["items"]) == 7
    assert not any(item["ticked"] for item in day["items"])
    wrong = voicecoach("interviews", "checklist", "--tick", "12", code=None)
    assert wrong.code != 0
    assert wrong.error_lines[0].count("no item 12") == 1


def test_a_kind_can_be_drilled_alone(practised: Voicecoach) -> None:
    missing = practised("drill", "--kind", "to_ask", "--typed", "--no-sound", stdin="x", code=None)
    assert missing.code != 0
    assert "to_ask" in missing.err
    practised("questions", "add", "How is the team made up?", "--kind", "to_ask")
    judged = practised(
        *("drill", "--kind", "to_ask", "--typed", "--no-sound", "--json"),
        stdin="Could you tell me how the team is made up, and who would work beside me?",
    ).data
    assert judged["question"]["kind"] == "to_ask"
    assert "structure" not in [one["name"] for one in judged["score"]["criteria"]]
