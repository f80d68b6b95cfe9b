"""`voicecoach demo`: the whole loop with a synthetic candidate."""

import click

from voicecoach.cli.session import Session, pass_session


@click.command("demo")
@pass_session
def command(session: Session) -> None:
    """Show the whole loop with a synthetic candidate: no microphone, nothing of yours touched."""
