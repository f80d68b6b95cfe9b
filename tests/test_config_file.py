"""One table of config.toml is changed; everything else stays as the person wrote it."""

import os
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.config_file import replace_table
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
