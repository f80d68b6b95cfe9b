"""Settings are changed while the coach is at work: kept in config.toml, in effect at once."""

import tomllib
from pathlib import Path

import pytest

from question_bank.question import QuestionKind
from tests.practice.conftest import ANSWER
from voicecoach.errors import ConflictError, InvalidInputError, SettingValueError
from voicecoach.practice import Coach
from voicecoach.scoring.result import CriterionName
from voicecoach.settings import Settings, load_settings, overruling
from voicecoach.settings_desk import SettingsDesk
from voicecoach.speech.audio_file import read_audio
from voicecoach.wiring import build_coach


@pytest.fixture
def desk(coach: Coach) -> SettingsDesk:
    return SettingsDesk(coach, overruled={})


def written(coach: Coach) -> dict[str, object]:
    path = coach.settings.home / "config.toml"
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def test_what_is_changed_is_in_effect_and_read_at_the_next_start(
    coach: Coach, desk: SettingsDesk
) -> None:
    changed = desk.change({"target": "80", "minutes_per_day": "15", "record_limit_seconds": "90"})
    assert set(changed) == {"target", "minutes_per_day", "record_limit_seconds"}
    assert coach.plan().minutes_per_day == 15
    assert coach.readiness().target == 80
    again = load_settings({"home": coach.settings.home}, {})
    assert (again.target, again.minutes_per_day, again.record_limit_seconds) == (80, 15, 90)


def test_another_rate_is_spoken_at_once(coach: Coach, desk: SettingsDesk) -> None:
    slow, fast = (
        (desk.change({"rate": rate}), read_audio(coach.engines.speaker.synthesise("Why us?")))[1]
        for rate in ("90", "280")
    )
    assert slow.seconds > 1.5 * fast.seconds


def test_a_default_and_nothing_leave_no_line_behind(coach: Coach, desk: SettingsDesk) -> None:
    desk.change({"target": "80", "record_limit_seconds": "90"})
    desk.change({"target": "70", "record_limit_seconds": ""})
    assert written(coach) == {}
    assert coach.settings.record_limit_seconds is None


def test_one_bad_value_keeps_all_as_they_were(coach: Coach, desk: SettingsDesk) -> None:
    given = {"target": "80", "rate": "9000"}
    (problem,) = desk.problems(given)
    assert (problem.name, problem.wanted) == ("rate", "a whole number from 80 to 300")
    with pytest.raises(SettingValueError):
        desk.change(given)
    assert written(coach) == {}
    assert coach.settings.target == 70


def test_weights_for_synthetic_voices_cannot_be_chosen_for_a_person(tmp_path: Path) -> None:
    coach = build_coach(Settings(home=tmp_path / "own", time_zone="UTC"))
    (problem,) = SettingsDesk(coach, overruled={}).problems({"whisper_model": "espeak-tiny"})
    assert problem.name == "whisper_model"
    coach.database.close()


def test_what_a_flag_or_a_variable_sets_is_refused_by_name(coach: Coach) -> None:
    overruled = overruling({"rate": 150, "voice": None}, {"VOICECOACH_TARGET": "60"})
    assert overruled == {"rate": "--rate", "target": "VOICECOACH_TARGET"}
    desk = SettingsDesk(coach, overruled=overruled)
    with pytest.raises(ConflictError, match="--rate"):
        desk.change({"rate": "170"})
    with pytest.raises(ConflictError, match="VOICECOACH_TARGET"):
        desk.change({"target": "75"})
    assert desk.change({"rate": str(coach.settings.rate)}) == (), "nothing is changed by that"


def test_others_who_work_with_the_settings_are_told(coach: Coach) -> None:
    told: list[Settings] = []
    SettingsDesk(coach, overruled={}, on_change=told.append).change({"language": "de"})
    assert [settings.language for settings in told] == ["de"]


def test_own_weights_of_the_rubric_hold_for_the_next_answer(
    coach: Coach, desk: SettingsDesk
) -> None:
    row = dict.fromkeys((name.value for name in CriterionName), 0.0) | {
        "specificity": 60.0,
        "structure": 40.0,
    }
    desk.weigh(QuestionKind.MOTIVATIONAL, row)
    with coach.bank() as bank:
        question = bank.add_question("Why us?", kind=QuestionKind.MOTIVATIONAL).question
    attempt = coach.begin(question.id, typed=True)
    answered = coach.answer_typed(attempt.id, " ".join(ANSWER))
    score = answered.score
    assert score is not None
    assert {one.name: one.weight for one in score.criteria}[CriterionName.SPECIFICITY] == 60.0
    with pytest.raises(InvalidInputError, match="add up"):
        desk.weigh(QuestionKind.MOTIVATIONAL, row | {"coverage": 10.0})
    desk.weigh(QuestionKind.MOTIVATIONAL, None)
    assert coach.settings.rubric_weights == {}


def test_after_everything_is_deleted_the_defaults_hold(coach: Coach, desk: SettingsDesk) -> None:
    desk.change({"target": "80", "rate": "120"})
    (coach.settings.home / "config.toml").unlink()
    desk.forget()
    assert (coach.settings.target, coach.settings.rate) == (70.0, 165)
    assert coach.settings.synthetic, "what the coach was started with stays"
