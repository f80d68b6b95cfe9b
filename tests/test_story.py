"""The whole story as one person lives it: from a debrief file to a readiness figure."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

DEBRIEF = Path(__file__).parents[1] / "docs" / "sample-debrief.md"


def test_from_a_failed_interview_to_a_readiness_figure(tmp_path: Path) -> None:
    def voicecoach(*arguments: str) -> Any:
        ran = subprocess.run(
            [sys.executable, "-m", "voicecoach", "--home", str(tmp_path / "home"), *arguments],
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert ran.returncode == 0, ran.stderr
        return json.loads(ran.stdout)

    # They log what happened; the questions that tripped them up are in the bank.
    voicecoach("debrief", str(DEBRIEF), "--json")
    questions = voicecoach("questions", "list", "--json")
    first = next(q for q in questions if "bad news" in q["text"])
    assert first["tripped_up"]

    # Before any practice nothing is claimed.
    assert voicecoach("--synthetic", "readiness", "--json")["share"] is None

    # They answer three times (here a computer voice does), weak and better.
    samples = {
        Path(path).stem: path for path in voicecoach("demo", "--samples", str(tmp_path), "--json")
    }
    results = [
        voicecoach("drill", first["id"], "--answer", samples[name], "--synthetic", "--json")
        for name in ("rambling", "good", "good")
    ]
    assert [result["status"] for result in results] == ["scored"] * 3
    rambling, good, again = (result["score"]["overall"] for result in results)
    assert rambling < good
    assert good == again, "the same sound gets the same score"
    assert all(result["synthetic"] for result in results)
    assert results[0]["follow_up"]
    assert results[1]["next_review"] > results[1]["started_at"]

    # The same file once more was no rehearsal; the answer may be one to another question.
    other = next(q for q in questions if q["id"] != first["id"])
    voicecoach("drill", other["id"], "--answer", samples["good"], "--synthetic", "--json")

    # What can't be judged is refused and moves nothing.
    silence = voicecoach(
        "drill", first["id"], "--answer", samples["silence"], "--synthetic", "--json"
    )
    assert silence["status"] == "unscoreable"
    assert silence["score"] is None
    assert silence["reasons"]

    # Now there is a figure, with an interval, and what would raise it most.
    readiness = voicecoach("--synthetic", "readiness", "--json")
    assert readiness["attempts_used"] == 3
    assert 0 <= readiness["low"] <= readiness["share"] <= readiness["high"] <= 1
    assert readiness["raise_most"]

    # And without the synthetic setting those answers are nobody's.
    assert voicecoach("readiness", "--json")["attempts_used"] == 0
