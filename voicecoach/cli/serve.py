"""`voicecoach serve`: the page and the API on loopback. The one door from here to the server."""

import click

from voicecoach.cli.session import Session, pass_session, synthetic_option


@click.command("serve")
@click.option("--port", help="The loopback port.")
@click.option(
    "--open/--no-open", "opens", default=False, help="Open the page in your browser, or don't."
)
@synthetic_option
@pass_session
def command(session: Session, port: str | None, *, opens: bool) -> None:
    """Serve the page, the API and its description (/schema) on this machine only, until Ctrl-C."""
    session.set_flag("port", port)
    serve(session, opens=opens)


def serve(session: Session, *, opens: bool) -> None:
    """Serve until Ctrl-C, and say where; with `opens` open the page in the person's browser.

    A port that somebody chose is insisted on; where nobody did and the usual one is in use,
    another is taken.
    """
    coach = session.coach
    chosen = session.sets("port")

    def on_ready(address: str) -> None:
        if not chosen and not address.endswith(f":{session.settings.port}"):
            session.screen.note(f"Port {session.settings.port} is in use, so another was taken.")
        session.screen.note(f"{address} (Ctrl-C ends it)")
        if opens:
            _open(session, address)

    from server.app import run  # noqa: PLC0415 - the web comes in only here

    run(
        coach,
        session.settings,
        on_ready=on_ready,
        overruled=session.overruled(),
        or_another_port=not chosen,
    )


def _open(session: Session, address: str) -> None:
    from voicecoach.cli.browser import open_browser  # noqa: PLC0415 - start-up time

    if not open_browser(address):
        session.screen.note(
            "No browser can be opened from here. Open that address yourself, "
            "or practise in this terminal: voicecoach --terminal"
        )
