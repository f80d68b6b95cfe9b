"""One table of config.toml is changed; everything else stays as the person wrote it."""

import os
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicecoach.config_file import Value, replace_table, replace_values
from voicecoach.errors import SettingError

NAMES = ("rubric_weights", "technical")
ROW = {"coverage": 60.0, "structure": 39.5, "delivery": 0.5}
WRITTEN = """# mine
target = 75  # high

[rubric_weights.technical]
# my old ones
coverage = 100

[ rubric_weights.to_ask ]
relevance = 40
specificity = 60
"""


def change(folder: Path, before: str | None, row: dict[str, float] | None) -> str:
    path = folder / "config.toml"
    if before is not None:
        path.write_text(before, encoding="utf-8")
    replace_table(path, NAMES, row)
    return path.read_text(encoding="utf-8")


def test_a_table_is_replaced_and_all_else_stays(tmp_path: Path) -> None:
    after = change(tmp_path, WRITTEN, ROW)
    assert after.startswith("# mine\ntarget = 75  # high\n")
    assert tomllib.loads(after)["rubric_weights"] == {
        "technical": ROW,
        "to_ask": {"relevance": 40, "specificity": 60},
    }


def test_a_file_that_is_missing_is_made_for_its_owner_only(tmp_path: Path) -> None:
    change(tmp_path / "home", None, ROW)
    path = tmp_path / "home" / "config.toml"
    assert tomllib.loads(path.read_text(encoding="utf-8")) == {"rubric_weights": {"technical": ROW}}
    if os.name == "posix":
        assert path.stat().st_mode & 0o077 == 0
    assert [file.name for file in path.parent.iterdir()] == ["config.toml"]


def test_taking_a_table_out_brings_back_what_was_there_before(tmp_path: Path) -> None:
    before = "target = 75\n"
    added = change(tmp_path, before, ROW)
    assert tomllib.loads(change(tmp_path, added, None)) == {"target": 75}
    assert change(tmp_path, before, None) == before


@pytest.mark.parametrize(
    "before",
    [
        "rubric_weights = { technical = { coverage = 100 } }\n",
        "[rubric_weights]\ntechnical = { coverage = 100 }\n",
        "rubric_weights.technical.coverage = 100\n",
    ],
)
def test_a_table_written_in_another_way_is_left_for_the_person(before: str, tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="by hand"):
        change(tmp_path, before, ROW)
    assert (tmp_path / "config.toml").read_text(encoding="utf-8") == before


def test_a_broken_file_is_not_made_worse(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="not valid TOML"):
        change(tmp_path, "target = = 3\n", ROW)
    assert (tmp_path / "config.toml").read_text(encoding="utf-8") == "target = = 3\n"


@settings(deadline=None)
@given(
    row=st.dictionaries(
        st.sampled_from(["relevance", "coverage", "delivery"]),
        st.floats(min_value=0, max_value=100, allow_subnormal=False).map(lambda x: round(x, 6)),
    ),
    before=st.sampled_from(["", "target = 60", WRITTEN, "# [rubric_weights.technical]\n"]),
)
def test_whatever_is_written_reads_back(
    row: dict[str, float], before: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    after = tomllib.loads(change(tmp_path_factory.mktemp("config"), before, row))
    assert after["rubric_weights"]["technical"] == row
    untouched = tomllib.loads(before)
    assert after.get("target") == untouched.get("target")


def set_value(folder: Path, before: str | None, name: str, value: Value | None) -> str:
    path = folder / "config.toml"
    if before is not None:
        path.write_text(before, encoding="utf-8")
    replace_values(path, {name: value})
    return path.read_text(encoding="utf-8")


def test_a_setting_is_replaced_and_all_else_stays(tmp_path: Path) -> None:
    after = set_value(tmp_path, WRITTEN, "target", 80.5)
    assert after == WRITTEN.replace("target = 75  # high", "target = 80.5")


def test_a_new_setting_stands_above_the_tables(tmp_path: Path) -> None:
    after = set_value(tmp_path, WRITTEN, "voice", "en-us+f3")
    assert tomllib.loads(after) == {**tomllib.loads(WRITTEN), "voice": "en-us+f3"}
    assert set_value(tmp_path, after, "voice", None) == WRITTEN


def test_a_setting_of_a_table_is_not_taken_for_one_above(tmp_path: Path) -> None:
    before = "[rubric_weights.technical]\ncoverage = 100\n"
    after = set_value(tmp_path, before, "coverage", 1)
    assert tomllib.loads(after) == {**tomllib.loads(before), "coverage": 1}


@settings(deadline=None)
@given(
    value=st.one_of(
        st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x7f"), max_size=30),
        st.integers(-(10**9), 10**9),
        st.floats(-1e6, 1e6),
        st.booleans(),
    ),
    before=st.sampled_from([None, "", WRITTEN, "beam_size = 3", '# nothing\nvoice = "x"\n']),
)
def test_what_is_set_is_what_is_read_again(
    tmp_path_factory: pytest.TempPathFactory, value: Value, before: str | None
) -> None:
    after = set_value(tmp_path_factory.mktemp("config"), before, "voice", value)
    assert tomllib.loads(after) == {**tomllib.loads(before or ""), "voice": value}


def test_a_setting_that_is_written_otherwise_is_left_for_the_person(tmp_path: Path) -> None:
    before = 'voice = """\nen\n"""\n'
    with pytest.raises(SettingError, match="by hand"):
        set_value(tmp_path, before, "voice", "de")
    assert (tmp_path / "config.toml").read_text(encoding="utf-8") == before


def test_several_settings_are_changed_together_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('voice = """\nen\n"""\nrate = 150\n', encoding="utf-8")
    replace_values(path, {"rate": 170, "target": 60})
    assert tomllib.loads(path.read_text(encoding="utf-8")) == {
        "voice": "en\n",
        "rate": 170,
        "target": 60,
    }
    with pytest.raises(SettingError, match="voice"):
        replace_values(path, {"rate": 180, "voice": "de"})
    assert tomllib.loads(path.read_text(encoding="utf-8"))["rate"] == 170
