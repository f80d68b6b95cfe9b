"""`voicecoach doctor`: what works on this machine, and how to mend the rest."""

from typing import TYPE_CHECKING

import click

from voicecoach.cli.screen import Screen
from voicecoach.cli.session import Session, json_option, pass_session, synthetic_option

if TYPE_CHECKING:
    from voicecoach.doctor import Report


@click.command("doctor")
@click.option("--voices", is_flag=True, help="List the voices the coach can speak with.")
@synthetic_option
@json_option
@click.pass_context
@pass_session
def command(session: Session, ctx: click.Context, *, voices: bool) -> None:
    """Look at home, disk, microphone, weights, speaker, voice and encoder.

    The exit code is 0 if you can practise aloud, and 1 if something has to be mended first.
    """
    if voices:
        _show_voices(session)
        return
    from voicecoach.doctor import examine  # noqa: PLC0415 - start-up time
    from voicecoach.wiring import build_checkup  # noqa: PLC0415 - start-up time

    report = examine(build_checkup(session.settings))
    if session.screen.as_json:
        session.screen.data(report)
    else:
        show_report(session.screen, report)
    ctx.exit(0 if report.can_practise else 1)


def show_report(screen: Screen, report: "Report") -> None:
    """Print every check, and for what does not work the remedy."""
    for check in report.checks:
        if check.works:
            screen.item((check.name, "bold"), f": {check.found}", mark="✓")
            continue
        screen.item((check.name, "bold red"), f": {check.found}", mark="✗")
        screen.line(f"To mend it: {check.remedy}", indent=4)
        screen.line(f"Without it: {check.without}.", indent=4)
    screen.line()
    if report.can_practise:
        screen.line(("You can practise: voicecoach drill", "bold"))
    else:
        screen.line(("Practising aloud needs what is marked ✗ above to be mended.", "bold"))
        screen.line("Meanwhile: voicecoach drill --typed, or voicecoach demo.")


def _show_voices(session: Session) -> None:
    from voicecoach.wiring import list_voices  # noqa: PLC0415 - start-up time

    found = list_voices(session.settings)
    if session.screen.as_json:
        session.screen.data(found)
        return
    session.screen.table(
        ("voice", "languages"), [(voice.name, ", ".join(voice.languages)) for voice in found]
    )
    session.screen.line("Choose one: voice in config.toml, or --voice NAME.")
