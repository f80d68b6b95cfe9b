"""`voicecoach completion`: the script with which a shell completes our commands."""

import click

from voicecoach.cli.session import Session, pass_session

SHELLS = ("bash", "zsh", "fish")


@click.command("completion")
@click.argument("shell", type=click.Choice(SHELLS))
@pass_session
def command(_session: Session, shell: str) -> None:
    """Print the completion script for SHELL.

    bash: voicecoach completion bash > ~/.local/share/bash-completion/completions/voicecoach

    zsh: voicecoach completion zsh > a folder of your $fpath, as _voicecoach

    fish: voicecoach completion fish > ~/.config/fish/completions/voicecoach.fish
    """
    from click.shell_completion import get_completion_class  # noqa: PLC0415 - start-up time

    from voicecoach.cli.root import root  # noqa: PLC0415 - root imports us lazily

    script = get_completion_class(shell)
    assert script is not None
    # `source()` of click's bash class runs bash to look at its version; the script is all we want.
    writer = script(root, {}, "voicecoach", "_VOICECOACH_COMPLETE")
    click.echo(writer.source_template % writer.source_vars())
