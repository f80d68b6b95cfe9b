"""`voicecoach serve`: the page and the API on loopback. The one door from here to the server."""

import click

from voicecoach.cli.session import Session, pass_session, synthetic_option


@click.command("serve")
@click.option("--port", help="The loopback port.")
@synthetic_option
@pass_session
def command(session: Session, port: str | None) -> None:
    """Serve the API and its description (/schema) on this machine only, until Ctrl-C."""
    session.set_flag("port", port)
    coach = session.coach
    from server.app import run  # noqa: PLC0415 - the web comes in only here

    run(
        coach,
        session.settings,
        on_ready=lambda address: session.screen.note(f"{address} (Ctrl-C ends it)"),
    )
