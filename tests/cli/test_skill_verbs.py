"""skills, interviews advert and recover resources, off a terminal."""

from tests.cli.process import Voicecoach

ADVERT = "Your profile\n- Experience with SQL\n- Fluent Portuguese\n\nWe offer\n- A canteen\n"


def test_a_skill_is_kept_with_its_story_and_mapped_to_a_question(practised: Voicecoach) -> None:
    added = practised(
        *("skills", "add", "Bad news", "--kind", "strength", "--level", "4"),
        *("--action", "I called the client and told her plainly."),
        *("--result", "She renewed.", "--proof", "person: Ms Hale", "--json"),
    ).data
    assert (added["kind"], added["level"]) == ("strength", 4)
    assert added["proofs"] == [{"kind": "person", "text": "Ms Hale"}]
    question = practised("questions", "list", "--json").data[0]["id"]
    mapped = practised("skills", "map", added["id"][:8], question, "--outline", "--json").data
    assert mapped["question_ids"] == [question]
    outline = practised("questions", "outline", question).out
    assert "She renewed." in outline
    shown = practised("skills", "show", added["id"][:8]).out
    assert "I called the client" in shown
    assert "Helps with" in shown
    edited = practised("skills", "edit", added["id"], "--result", "She stayed.", "--json").data
    assert edited["story"]["result"] == "She stayed."
    assert edited["story"]["action"] == added["story"]["action"]
    assert "Bad news" in practised("skills").out
    practised("skills", "delete", added["id"], "--yes")
    assert practised("skills", "list", "--json").data == []


def test_a_strength_noticed_after_an_interview_is_taken_over_with_its_sentence(
    practised: Voicecoach,
) -> None:
    practised("recover", "positives", "--went-well", "I explained the delay plainly.")
    entries = practised("recover", "positives", "--json").data["entries"]
    number = next(one["number"] for one in entries if "delay" in one["text"])
    kept = (
        "recover",
        "positives",
        "keep",
        str(number),
        "--as",
        "strength",
        "--words",
        "Plain words",
    )
    practised(*kept)
    (noticed,) = practised("skills", "noticed", "--json").data
    added = practised(
        *("skills", "add", "--strength", noticed["strength"]["id"][:8]),
        *("--result", "They stayed.", "--proof", "person: Ms Hale", "--json"),
    ).data
    assert (added["name"], added["kind"]) == ("Plain words", "strength")
    assert added["story"]["action"] == "I explained the delay plainly."
    assert added["story"]["result"] == "They stayed."
    assert "None" in practised("skills", "noticed").out


def test_an_advert_says_which_of_its_demands_have_a_story(voicecoach: Voicecoach) -> None:
    interview = voicecoach(
        "interviews", "add", "--company", "Acme", "--date", "2040-12-09", "--json"
    ).data["id"]
    voicecoach("skills", "add", "SQL", "--action", "I wrote SQL reports for our shop each week.")
    shown = voicecoach("interviews", "advert", interview, "-", stdin=ADVERT).out
    assert "1 of 2 demands have a story of yours" in shown
    assert "no story yet" in shown
    asked = voicecoach("interviews", "advert", interview, "--ask", "1", "--leave-out", "2")
    assert "In your bank: Tell me about your experience with SQL." in asked.err
    after = voicecoach("interviews", "advert", interview, "--json").data
    assert [one["text"] for one in after["left_out"]] == ["Fluent Portuguese"]
    assert after["demands"][0]["state"] == "said"
    assert after["demands"][0]["question_id"] is not None
    voicecoach("interviews", "advert", interview, "--delete")
    gone = voicecoach("interviews", "advert", interview, code=1)
    assert "No advert is kept" in gone.err
    assert len(gone.error_lines) == 1


def test_what_cannot_be_read_or_is_not_there_is_one_clear_line(voicecoach: Voicecoach) -> None:
    for arguments in (
        ("interviews", "advert", "nobody", "-"),
        ("interviews", "advert", "nobody", "/nowhere/advert.txt"),
        ("skills", "show", "nobody"),
        ("skills", "edit", "nobody"),
        ("recover", "resources", "--delete", "nothing"),
    ):
        refused = voicecoach(*arguments, stdin="- SQL", code=1)
        assert len(refused.error_lines) == 1, refused
    assert voicecoach("skills", "add", "X", "--proof", "nonsense", code=2).error_lines


def test_resources_are_the_persons_own_and_a_few_public_ones(voicecoach: Voicecoach) -> None:
    listed = voicecoach(
        "recover", "resources", "--add", "My library", "--kind", "person", "--json"
    ).data
    assert listed[0]["title"] == "My library"
    assert len(listed) > 4
    assert "My library" in voicecoach("recover", "resources").out
    voicecoach("recover", "resources", "--delete", listed[0]["id"])
    assert "My library" not in voicecoach("recover", "resources").out
