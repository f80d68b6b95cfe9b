"""What holds for every verb: start-up, help, exit codes, errors in one line."""

import os
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import click
import pytest

from tests.cli.process import COMMAND, Voicecoach, environment
from voicecoach.cli.recover import STEPS
from voicecoach.cli.root import SETTING_FLAGS, root
from voicecoach.cli.verbs import VERBS
from voicecoach.recovery import Step
from voicecoach.settings import Settings

DOCUMENTATION = (Path(__file__).parents[2] / "docs" / "cli.md").read_text(encoding="utf-8")

HEAVY = (
    *("numpy", "sqlalchemy", "rich", "litestar", "msgspec", "alembic", "ctranslate2"),
    *("faster_whisper", "sounddevice", "av", "yaml", "rapidfuzz"),
)


def test_help_imports_no_heavy_library() -> None:
    script = (
        "import sys\n"
        "from voicecoach.cli.entry import run\n"
        "assert run(['--help']) == 0\n"
        f"heavy = [name for name in {HEAVY!r} if name in sys.modules]\n"
        "assert not heavy, heavy\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True, capture_output=True)


@pytest.mark.skipif(os.name != "posix", reason="asks the system for a child's processor time")
def test_help_costs_less_than_a_quarter_of_a_second() -> None:
    import resource

    took = []
    for _ in range(3):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([*COMMAND, "--help"], check=True, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        took.append(after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime)
    assert min(took) < 0.25


def test_help_names_every_verb(voicecoach: Voicecoach) -> None:
    shown = voicecoach("--help").out
    for name, verb in VERBS.items():
        assert name in shown
        assert verb.help in " ".join(shown.split())


def _commands() -> list[tuple[str, click.Command]]:
    context = click.Context(root)
    found: list[tuple[str, click.Command]] = []
    for name in VERBS:
        command = root.get_command(context, name)
        assert command is not None
        found.append((name, command))
        if isinstance(command, click.Group):
            found += [(f"{name} {part}", below) for part, below in command.commands.items()]
    return found


@pytest.mark.parametrize(("name", "command"), _commands(), ids=str)
def test_every_verb_and_option_is_documented(name: str, command: click.Command) -> None:
    if isinstance(command, click.Group):
        assert f"### `voicecoach {name}`" in DOCUMENTATION
        return
    assert f"`{name}" in DOCUMENTATION
    assert command.help, f"{name} says nothing of itself"
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            for flag in parameter.opts:
                assert flag in DOCUMENTATION, f"{name} {flag}"


def test_every_setting_is_a_flag() -> None:
    in_file_only = {"rubric_weights"}
    names = {item.name for item in fields(Settings)} - in_file_only
    assert names == {*SETTING_FLAGS, "synthetic"}


def test_the_steps_of_recovery_are_those_of_the_domain() -> None:
    assert tuple(step.value for step in Step) == STEPS


BAD_INPUT = {
    "unknown verb": (("drll",), 2),
    "unknown option": (("drill", "--lauter"), 2),
    "unknown setting": (("--colour", "red", "readiness"), 2),
    "a flag without its value": (("--home",), 2),
    "a rate that can't be spoken": (("--rate", "9000", "readiness"), 1),
    "a time zone that does not exist": (("--time-zone", "Mars/Base", "readiness"), 1),
    "a home that is a file": (("--home", __file__, "readiness"), 1),
    "a database in memory": (("--database-url", "sqlite://", "readiness"), 1),
    "a day that is none": (("readiness", "--on", "tomorrowish"), 2),
    "a day that is over": (("readiness", "--on", "2001-01-01"), 1),
    "an interview that is over without its outcome": (
        ("interviews", "add", "--company", "Acme", "--date", "2020-01-01"),
        1,
    ),
    "a day that could be two": (("interviews", "add", "--company", "A", "--date", "1/2/2030"), 2),
    "a feeling out of range": (("interviews", "add", "--company", "A", "--feeling", "sad 9/5"), 2),
    "an interview that does not exist": (("interviews", "edit", "nope", "--role", "x"), 1),
    "nothing to change in an interview": (("interviews", "edit", "nope"), 1),
    "a debrief that is not there": (("debrief", "nowhere.md"), 1),
    "a debrief in a form nobody knows": (("debrief", "notes.docx"), 1),
    "a debrief off a terminal": (("debrief",), 1),
    "an empty debrief": (("debrief", "-"), 1),
    "a kind that does not exist": (("questions", "list", "--kind", "easy"), 2),
    "a list that is too long": (("questions", "list", "--limit", "0"), 2),
    "a question without words": (("questions", "add", "   "), 1),
    "no question": (("questions", "add"), 1),
    "a question that does not exist": (("questions", "show", "nope"), 1),
    "merging what does not exist": (("questions", "merge", "nope", "nada"), 1),
    "a pack that does not exist": (("questions", "import", "no-such-pack"), 1),
    "an import of something else": (("questions", "import", __file__), 1),
    "an export into nowhere": (("questions", "export", "/nowhere/bank.json"), 1),
    "a drill without questions": (("drill", "--typed"), 1),
    "a drill with a file that is not there": (("drill", "--answer", "nowhere.wav"), 2),
    "a drill in two ways": (("drill", "--answer", __file__, "--typed"), 2),
    "a mock without questions": (("mock", "--answer", __file__), 1),
    "a mock of no questions": (("mock", "--questions", "0"), 2),
    "a typed mock off a terminal": (("mock", "--typed"), 1),
    "an attempt that does not exist": (("attempts", "show", "nope"), 1),
    "a status that does not exist": (("attempts", "list", "--status", "great"), 2),
    "deleting without saying yes": (("attempts", "delete", "nope"), 1),
    "recovering from nothing": (("recover",), 1),
    "a step that does not exist": (("recover", "--done", "shout"), 2),
    "a step done and skipped": (("recover", "--done", "move", "--skip", "move"), 2),
    "a plan into nowhere": (("plan", "--ics", "/nowhere/plan.ics"), 1),
    "weights that do not exist": (("models", "download", "no-such-weights"), 1),
    "an import of weights from nowhere": (("models", "import", "/nowhere/weights"), 1),
    "a port that can't be opened": (("serve", "--port", "80"), 1),
    "deleting everything off a terminal": (("data", "delete"), 1),
    "an archive into nowhere": (("data", "export", "/nowhere/all.zip"), 1),
    "a shell that does not exist": (("completion", "tcsh"), 2),
}


@pytest.fixture(scope="session")
def empty_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("empty") / "home"


@pytest.mark.parametrize(("arguments", "code"), BAD_INPUT.values(), ids=BAD_INPUT)
def test_bad_input_gets_one_line(empty_home: Path, arguments: tuple[str, ...], code: int) -> None:
    ran = Voicecoach(empty_home)(*arguments, code=code)
    assert len(ran.error_lines) == 1, ran.err
    assert ran.err.startswith("voicecoach: ")
    assert "Traceback" not in ran.err
    assert ran.out == ""


def test_a_mistyped_verb_is_guessed(voicecoach: Voicecoach) -> None:
    assert "Did you mean 'drill'?" in voicecoach("drll", code=2).err


def test_a_bad_setting_is_named(voicecoach: Voicecoach) -> None:
    assert "rate" in voicecoach("--rate", "9000", "readiness", code=1).err


def test_what_nobody_foresaw_is_one_line_and_a_log(tmp_path: Path) -> None:
    script = (
        "import sys\n"
        "import voicecoach.cli.session as session\n"
        "def broken(self): raise RuntimeError('a wire is loose')\n"
        "session.Session.settings = property(broken)\n"
        "from voicecoach.cli import main\n"
        f"main(['--home', {str(tmp_path)!r}, 'readiness'])\n"
    )
    process = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert process.returncode == 1
    assert len(process.stderr.splitlines()) == 1
    assert "a wire is loose" in process.stderr
    assert str(tmp_path / "errors.log") in process.stderr
    assert "Traceback" in (tmp_path / "errors.log").read_text(encoding="utf-8")
    if os.name == "posix":
        assert (tmp_path / "errors.log").stat().st_mode & 0o077 == 0


@pytest.mark.skipif(os.name != "posix", reason="a shell's pipe")
def test_a_reader_that_goes_away_leaves_no_traceback(voicecoach: Voicecoach) -> None:
    process = subprocess.run(
        [
            "bash",
            "-c",
            f"{' '.join(COMMAND)} questions packs --json | head -c 1; exit ${{PIPESTATUS[0]}}",
        ],
        env=environment(voicecoach.home),
        capture_output=True,
        text=True,
        check=False,
    )
    assert process.stdout == "["
    assert process.stderr == ""
    assert process.returncode == 141


def test_no_colour_off_a_terminal(practised: Voicecoach) -> None:
    assert "\x1b" not in practised("readiness").out


@pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")
@pytest.mark.parametrize(("more", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False)])
def test_colour_on_a_terminal_only_where_wanted(
    practised: Voicecoach, more: dict[str, str], *, coloured: bool
) -> None:
    with practised.at_terminal("readiness", **more) as terminal:
        assert terminal.end() == 0
        assert ("\x1b[1" in terminal.shown) == coloured


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_the_shells_script(voicecoach: Voicecoach, shell: str) -> None:
    assert f"_VOICECOACH_COMPLETE={shell}_complete" in voicecoach("completion", shell).out


def test_completion_offers_verbs_without_importing_them(tmp_path: Path) -> None:
    asked = {
        "_VOICECOACH_COMPLETE": "bash_complete",
        "COMP_WORDS": "voicecoach re",
        "COMP_CWORD": "1",
    }
    offered = Voicecoach(tmp_path, asked)().out
    assert offered.split() == ["plain,readiness", "plain,recover"]


def test_control_characters_never_reach_the_terminal(practised: Voicecoach) -> None:
    practised("questions", "add", "Why \x1b[31mred\x07?", "--kind", "motivational")
    shown = practised("questions", "list").out
    assert "Why [31mred?" in shown


def test_a_narrow_page_gets_entries_in_place_of_a_table(practised: Voicecoach) -> None:
    narrow = Voicecoach(practised.home, {"COLUMNS": "40"})
    shown = narrow("questions", "list").out
    assert " · behavioural · 2:00 · yes · 1 · Tell me about a time you had" in shown
