"""`voicecoach serve`: the page and the API on loopback. The one door from here to the server."""

import socket

import click

from voicecoach.cli.session import Session, pass_session, synthetic_option
from voicecoach.errors import InvalidInputError

LOOPBACK = "127.0.0.1"


@click.command("serve")
@click.option("--port", help="The loopback port.")
@synthetic_option
@pass_session
def command(session: Session, port: str | None) -> None:
    """Serve the page and the API on this machine only, until Ctrl-C."""
    session.set_flag("port", port)
    listening = _listen(session.settings.port)
    with listening:
        import uvicorn  # noqa: PLC0415 - the web comes in only here
        from server.app import create_app  # noqa: PLC0415 - as above

        app = create_app(session.coach, session.settings)
        session.screen.note(f"http://{LOOPBACK}:{session.settings.port}/ (Ctrl-C ends it)")
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False))
        try:
            server.run(sockets=[listening])
        except KeyboardInterrupt:
            session.screen.note("Ended.")


def _listen(port: int) -> socket.socket:
    """Return a socket on loopback, so that a port in use is told before anything is loaded.

    Raises:
        InvalidInputError: the port can't be opened.
    """
    listening = socket.socket()
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((LOOPBACK, port))
    except OSError as error:
        listening.close()
        raise InvalidInputError(
            f"The port {port} can't be opened ({error.strerror or error}).",
            "Give another one with --port.",
        ) from error
    return listening
