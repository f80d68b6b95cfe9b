"""A rejection, the road back from it, the next interview, and the road that begins after that."""

from datetime import date, timedelta
from pathlib import Path

from tests.cli.process import Voicecoach

DEBRIEF = Path(__file__).parents[2] / "docs" / "sample-debrief.md"

REPLY = (
    "Dear Sam,\n\nthank you for asking. Your answer about bad news was rambling and we missed a "
    "concrete result. We liked how calm you stayed.\n\nKind regards,\nA. Okafor\n"
)

ADVERT = "Your profile\n- Experience with SQL\n- Fluent in German\n"

ANSWER = (
    "On a Monday in March our overnight load failed and eleven clients saw a report without the "
    "weekend. I phoned the operations director of our largest client at nine and I told her that "
    "the figures were wrong. I promised her an update every hour, and I built the figures by hand "
    "from the raw files. The report was back at two, and as a result she renewed the contract."
)

NEW = "How do you decide what to leave out of a report?"


def test_two_interviews_with_a_recovery_between_them(tmp_path: Path) -> None:
    person = Voicecoach(tmp_path / "home")

    # They were turned down, and tell what happened.
    person("debrief", str(DEBRIEF))
    first, following = person("interviews", "list", "--json").data[::-1]
    assert (first["outcome"], following["outcome"]) == ("rejected", "upcoming")
    hard = next(q for q in person("questions", "list", "--json").data if "bad news" in q["text"])

    # Let yourself be upset, breathe, move: small records, each in its own time.
    person("recover", "feel", "--feeling", "disappointed 4/5", "--note", "It hurt.")
    assert "breathe in" in person("recover", "breathe", "--silent").out.lower()
    person("recover", "--done", "breathe")
    person("recover", "move", "--kind", "walk", "--minutes", "20", "--before", "2", "--after", "4")

    # They ask for feedback; what comes back becomes a focus, a point and a strength.
    letter = tmp_path / "letter.eml"
    asking = ("recover", "feedback", "letter", "--name", "Sam", "--tone", "plain")
    person(*asking, "--eml", str(letter))
    assert b"X-Unsent: 1" in letter.read_bytes()
    person("recover", "feedback", "sent")
    reply = tmp_path / "reply.txt"
    reply.write_text(REPLY, encoding="utf-8")
    read = person("recover", "feedback", "reply", str(reply), "--json").data
    uses = {one["quote"]: one["use"] for one in read["sentences"]}
    criticism = next(quote for quote in uses if "rambling" in quote)
    praise = next(quote for quote in uses if "calm" in quote)
    assert uses == {"thank you for asking.": None, criticism: "focus", praise: "strength"}
    keep = ("recover", "feedback", "keep", "--quote")
    person(*keep, criticism, "--as", "focus", "--criterion", "structure")
    person(*keep, criticism, "--as", "point", "--question", hard["id"], "--words", "She renewed.")
    outline = person("questions", "show", hard["id"], "--json").data["outline"]
    assert outline["points"][-1]["text"] == "She renewed."

    # The positives, the plan, and what the next job asks for.
    person("recover", "positives", "--went-well", "I stayed calm", "--right-company", "unsure")
    told = ("--situation", "Month end was slow", "--action", "I rewrote the SQL query")
    person("skills", "add", "SQL", *told, "--result", "It took 4 minutes")
    advert = tmp_path / "advert.txt"
    advert.write_text(ADVERT, encoding="utf-8")
    demands = person("interviews", "advert", following["id"], str(advert), "--json").data
    assert len(demands["demands"]) == 2
    plan = person("plan", "--json").data
    assert any(item["question_id"] == hard["id"] for day in plan["days"] for item in day["items"])

    # They practise; what they were told to look after is shown before they answer.
    shown = person("drill", hard["id"], "--typed", "--no-sound", "--expect", "60", stdin=ANSWER)
    assert "rambling" in shown.out
    assert person("attempts", "guesses", "--json").data["missing"] == 19

    # Don't give up: a lesson is kept, and stands before the next interview.
    person("recover", "continue", "--do", "Say the result first", "--lesson", "Results count")
    states = {s["step"]: s["state"] for s in person("recover", "--json").data["steps"]}
    assert {states[step] for step in ("feel", "breathe", "feedback", "move", "positives")} == {
        "done"
    }
    assert "Say the result first" in person("interviews", "checklist").out

    # The next interview comes and goes, with one question they knew and one they did not.
    yesterday = (date.today() - timedelta(days=1)).isoformat()  # noqa: DTZ011 - as a person says it
    person("interviews", "edit", following["id"], "--date", yesterday)
    came = ("after", following["id"], "--outcome", "rejected", "--well", hard["id"])
    person(*came, "--tripped-up", NEW)

    # So a new road begins where the bank was empty, and lies beside the first one.
    path = person("recover", "--json").data
    assert path["interview_id"] == following["id"]
    assert path["next_step"]["step"] == "feel"
    questions = person("questions", "list", "--json").data
    assert next(q for q in questions if q["text"] == NEW)["tripped_up"]
    paths = person("recover", "--compare", "--json").data
    assert [one["interview_id"] for one in paths] == [following["id"], first["id"]]
    assert "Results count" in paths[1]["lessons"]
    # They answered too little before it for a forecast, so none is claimed to have come true.
    assert "0 of 5 interviews" in person("after", "--foresaw").out

    # And all of it can be taken to another machine.
    archive = tmp_path / "all.zip"
    person("data", "export", str(archive))
    elsewhere = Voicecoach(tmp_path / "elsewhere")
    elsewhere("data", "import", str(archive))
    assert elsewhere("questions", "list", "--json").data == questions
    assert elsewhere("recover", "--compare", "--json").data == paths
