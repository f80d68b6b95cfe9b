"""rubric, attempts say and attempts rescore, off a terminal and on one."""

import os
import tomllib

import pytest

from question_bank.outline import DraftPoint
from question_bank.question import QuestionKind
from tests.cli.process import Voicecoach
from tests.practice.test_point_verdicts import POINTS, WORDS
from voicecoach.cli.own_word import VERDICTS
from voicecoach.cli.rubric import KINDS
from voicecoach.scoring.cut_points import Verdict
from voicecoach.scoring.rubric import RUBRIC, RUBRIC_VERSION
from voicecoach.settings import load_settings
from voicecoach.wiring import build_coach


def attempt_of(run: Voicecoach) -> str:
    identity: str = run("attempts", "list", "--json").data[0]["attempt_id"]
    return identity


def test_what_is_typed_is_what_the_domain_knows() -> None:
    assert tuple(kind.value for kind in QuestionKind) == KINDS
    assert tuple(verdict.value.replace("_", "-") for verdict in Verdict) == VERDICTS


def test_the_rubric_is_printed_with_the_source_of_every_threshold(voicecoach: Voicecoach) -> None:
    shown = voicecoach("rubric").out
    assert f"Rubric {RUBRIC_VERSION}" in shown
    for row in RUBRIC.thresholds.values():
        assert row.decides in shown
    assert shown.count("Source: ") == 1 + len(RUBRIC.ceilings) + len(RUBRIC.corridors) + len(
        voicecoach("rubric", "--json").data["thresholds"]
    )
    assert "Bangerter 2014" in shown
    assert "Several actions fill a good part" in shown
    one = voicecoach("rubric", "--kind", "to_ask", "--json").data
    assert [row["kind"] for row in one["weights"]] == ["to_ask"]


def test_own_weights_are_kept_in_the_home_and_named_in_later_scores(
    practised: Voicecoach,
) -> None:
    before = practised("attempts", "list", "--json").data[0]
    assert before["score"]["rubric_version"] == RUBRIC_VERSION
    changes = ("--set", "structure=40", "--set", "delivery=5")
    shown = practised("rubric", "weights", "behavioural", *changes).out
    assert "structure 40  (the rubric: 25)" in shown
    kept = tomllib.loads((practised.home / "config.toml").read_text(encoding="utf-8"))
    assert kept["rubric_weights"]["behavioural"]["structure"] == 40

    attempt = before["attempt_id"]
    assert f"Scored by: rubric {RUBRIC_VERSION}\n" in practised("attempts", "show", attempt).out
    assert practised("attempts", "show", attempt, "--json").data["score"] == before["score"]
    shown = practised("attempts", "rescore", "--all").out
    assert "1 answers scored again, 1 of them came out otherwise" in shown
    shown = practised("attempts", "show", attempt).out
    assert f"Scored by: rubric {RUBRIC_VERSION}+" in shown
    assert "your own weights (relevance 10, coverage 25, structure 40" in shown
    was = f"The same words scored before: {before['score']['overall']:.0f} by rubric"
    assert was in shown

    practised("rubric", "weights", "behavioural", "--reset")
    assert "rubric_weights" not in (practised.home / "config.toml").read_text(encoding="utf-8")
    assert not practised("rubric", "weights", "behavioural", "--json").data["own"]


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("rubric", "weights", "behavioural", "--set", "structure=30"), 1, "add up to 105"),
        (("rubric", "weights", "behavioural", "--set", "wit=30"), 1, "no criterion 'wit'"),
        (("rubric", "weights", "behavioural", "--set", "structure=lots"), 1, "is no weight"),
        (("rubric", "weights", "behavioural", "--set", "structure"), 1, "structure"),
        (("rubric", "weights", "behavioural", "--set", "structure=-5"), 1, "structure"),
        (("rubric", "weights", "charming"), 2, "charming"),
        (("rubric", "weights", "to_ask", "--reset", "--set", "structure=3"), 2, "exclude"),
        (("rubric", "--kind", "technical", "agreement"), 2, "--kind"),
        (("rubric", "recalibrate", "--yes"), 1, "too few verdicts"),
        (("rubric", "recalibrate", "--reset"), 1, "in effect already"),
        (("attempts", "rescore"), 1, "--all"),
        (("attempts", "say", "nope", "1", "said"), 1, "no attempt"),
        (("attempts", "say", "nope", "1"), 1, "--clear"),
        (("attempts", "say", "nope", "1", "said", "--clear"), 1, "take it back"),
        (("attempts", "say", "nope", "1", "perhaps"), 2, "perhaps"),
    ],
)
def test_what_cant_be_done_is_one_line(
    practised: Voicecoach, arguments: tuple[str, ...], code: int, told: str
) -> None:
    ran = practised(*arguments, code=code)
    assert told in ran.err
    assert ran.error_lines[-1].startswith("voicecoach: ")
    assert "Traceback" not in ran.err
    assert not (practised.home / "config.toml").exists()


def test_the_persons_word_shows_beside_the_coachs_and_in_the_agreement(
    practised: Voicecoach,
) -> None:
    attempt = attempt_of(practised)
    assert "not said anything about a point" in practised("rubric", "agreement").out
    before = practised("attempts", "show", attempt, "--json").data
    shown = practised("attempts", "say", attempt[:8], "1", "not-said").out
    assert "[you say you did not say this]" in shown
    after = practised("attempts", "show", attempt, "--json").data
    assert after["score"] == before["score"]
    assert [given["verdict"] for given in after["verdicts"]] == ["not_said"]
    shown = practised("rubric", "agreement").out
    assert "of 1 points" in shown
    assert "95% sure" in shown
    practised("attempts", "say", attempt, "1", "--clear")
    assert practised("attempts", "show", attempt, "--json").data["verdicts"] == []
    assert practised("rubric", "agreement", "--json").data["overall"]["judged"] == 0


def test_recalibrating_too_early_says_what_it_takes(practised: Voicecoach) -> None:
    shown = practised("rubric", "recalibrate").out
    assert "It takes 20 of your verdicts" in shown
    assert practised("rubric", "recalibrate", "--json").data["missing"] is not None


def test_scoring_one_answer_again_changes_nothing_where_nothing_changed(
    practised: Voicecoach,
) -> None:
    attempt = attempt_of(practised)
    before = practised("attempts", "show", attempt, "--json").data
    assert practised("attempts", "rescore", attempt, "--json").data == before


@pytest.fixture
def opinionated(practised: Voicecoach) -> Voicecoach:
    """A home with 24 verdicts, more often "said" than the coach thinks."""
    coach = build_coach(load_settings({}, {"VOICECOACH_HOME": str(practised.home)}))
    with coach.bank() as bank:
        asked = bank.add_question("Tell me about bad news.", kind=QuestionKind.BEHAVIOURAL).question
        bank.set_outline(asked.id, [DraftPoint(text=text) for text in POINTS])
    for _ in range(3):
        attempt = coach.answer_typed(coach.begin(asked.id, typed=True).id, WORDS)
        with coach.verdicts() as verdicts:
            for place in range(1, len(POINTS) + 1):
                word = Verdict.SAID if place <= 5 else Verdict.NOT_SAID
                verdicts.give(attempt.id, str(place), word)
    coach.database.close()
    return practised


def test_off_a_terminal_recalibrating_only_shows_unless_yes_is_given(
    opinionated: Voicecoach,
) -> None:
    shown = opinionated("rubric", "recalibrate").out
    assert "You say “I did say this” more often than the coach does" in shown
    assert "Nothing was changed" in shown
    before = opinionated("rubric", "--json").data
    assert before["cut_points"] == before["rubric_cut_points"]
    done = opinionated("rubric", "recalibrate", "--yes", "--json").data
    after = opinionated("rubric", "--json").data
    assert after["cut_points"] == done["proposed"] | {"number": 1}
    assert "Your own cut-points" in opinionated("rubric").out
    attempt = opinionated("attempts", "list", "--json").data[0]["attempt_id"]
    opinionated("attempts", "rescore", attempt)
    assert "your own cut-points (recalibration 1" in opinionated("attempts", "show", attempt).out
    assert "hold again" in opinionated("rubric", "recalibrate", "--reset").out


@pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")
@pytest.mark.parametrize(("answer", "number"), [("n", 0), ("y", 1)])
def test_at_a_terminal_recalibrating_asks_first(
    opinionated: Voicecoach, answer: str, number: int
) -> None:
    with opinionated.at_terminal("rubric", "recalibrate") as terminal:
        terminal.answer([("Use these cut-points from now on?", answer)])
        assert terminal.end() == 0
    assert opinionated("rubric", "--json").data["cut_points"]["number"] == number
