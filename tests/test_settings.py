"""Settings: a flag beats the environment beats the file beats the default; bad values are named."""

from dataclasses import fields
from pathlib import Path

import pytest

from question_bank.question import QuestionKind
from voicecoach.errors import SettingError
from voicecoach.scoring.result import CriterionName
from voicecoach.settings import Settings, load_settings
from voicecoach.wiring import rubric_weights, time_zone, whisper_name

DOCUMENT = Path(__file__).parents[1] / "docs" / "settings.md"


def write_config(home: Path, text: str) -> Path:
    home.mkdir(exist_ok=True)
    (home / "config.toml").write_text(text, encoding="utf-8")
    return home


def test_a_flag_beats_the_environment_beats_the_file_beats_the_default(tmp_path: Path) -> None:
    home = write_config(tmp_path / "home", "target = 60\nrate = 150\nport = 9001\n")
    settings = load_settings(
        {"target": 80, "rate": None},
        {"VOICECOACH_HOME": str(home), "VOICECOACH_TARGET": "75", "VOICECOACH_RATE": "140"},
    )
    assert settings.home == home
    assert (settings.target, settings.rate, settings.port) == (80, 140, 9001)
    assert settings.beam_size == Settings(home=home).beam_size


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("target", "many"),
        ("target", "200"),
        ("beam_size", "2.5"),
        ("language", "english"),
        ("compute_type", "int4"),
        ("time_zone", "Mars/Olympus"),
        ("synthetic", "perhaps"),
        ("port", "80"),
        ("record_limit_seconds", "1"),
        ("minutes_per_day", "0"),
    ],
)
def test_a_value_that_cant_be_used_is_refused_by_name(
    name: str, value: str, tmp_path: Path
) -> None:
    environment = {"VOICECOACH_HOME": str(tmp_path), f"VOICECOACH_{name.upper()}": value}
    with pytest.raises(SettingError, match=name):
        load_settings({}, environment)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("taget = 60", "taget"),
        ("target = = 60", "not valid TOML"),
        ('home = "/elsewhere"', "home"),
        ("[rubric_weights.behavioural]\nrelevance = 50", "sum to 100"),
        ("rubric_weights = 3", "rubric_weights"),
    ],
)
def test_a_config_file_that_cant_be_used_says_where(text: str, told: str, tmp_path: Path) -> None:
    home = write_config(tmp_path, text)
    with pytest.raises(SettingError, match=told):
        load_settings({}, {"VOICECOACH_HOME": str(home)})


def test_every_setting_is_documented() -> None:
    document = DOCUMENT.read_text(encoding="utf-8")
    missing = [item.name for item in fields(Settings) if f"| `{item.name}` |" not in document]
    assert missing == []


def test_a_persons_own_weights_take_the_place_of_the_rubrics(tmp_path: Path) -> None:
    home = write_config(tmp_path, "[rubric_weights.to_ask]\nrelevance = 40\nspecificity = 60\n")
    weights = rubric_weights(load_settings({}, {"VOICECOACH_HOME": str(home)}))
    assert weights[QuestionKind.TO_ASK] == {
        CriterionName.RELEVANCE: 40,
        CriterionName.SPECIFICITY: 60,
    }
    assert sum(weights[QuestionKind.BEHAVIOURAL].values()) == 100


def test_weights_of_something_that_does_not_exist_are_refused(tmp_path: Path) -> None:
    home = write_config(tmp_path, "[rubric_weights.charming]\nrelevance = 100\n")
    with pytest.raises(SettingError, match="charming"):
        rubric_weights(load_settings({}, {"VOICECOACH_HOME": str(home)}))


def test_weights_for_synthetic_voices_are_never_offered_for_a_persons(tmp_path: Path) -> None:
    asked_for = Settings(home=tmp_path, whisper_model="espeak-tiny")
    with pytest.raises(SettingError, match="synthetic voices only"):
        whisper_name(asked_for)
    assert whisper_name(Settings(home=tmp_path)) in {"base", "small"}
    assert whisper_name(Settings(home=tmp_path, synthetic=True)) == "espeak-tiny"


def test_a_day_is_a_day_where_the_person_lives(tmp_path: Path) -> None:
    zone = time_zone(Settings(home=tmp_path, time_zone="Pacific/Auckland"))
    assert str(zone) == "Pacific/Auckland"
