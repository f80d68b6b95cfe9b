"""`voicecoach models`: the weights that turn speech into words."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from voicecoach.cli.session import Session, json_option, pass_session
from voicecoach.cli.turn import finish_what_waits

if TYPE_CHECKING:
    from voicecoach.speech.weights import KnownWeights, WeightsState


@click.group("models", invoke_without_command=True)
@click.pass_context
def command(ctx: click.Context) -> None:
    """The weights that turn speech into words.

    Without a further word it lists them.
    """
    if ctx.invoked_subcommand is None:
        ctx.invoke(list_models)


@command.command("list")
@json_option
@pass_session
def list_models(session: Session) -> None:
    """List the weights: their size, whom they suit, and which are here."""
    from voicecoach.speech.weights import KNOWN_WEIGHTS, installed_weights  # noqa: PLC0415 - as above
    from voicecoach.wiring import weights_folders, whisper_name  # noqa: PLC0415 - start-up time

    here = {state.name: state for state in installed_weights(weights_folders(session.settings))}
    chosen = whisper_name(session.settings)
    if session.screen.as_json:
        session.screen.data({"known": KNOWN_WEIGHTS, "here": list(here.values()), "chosen": chosen})
        return
    known = {weights.name for weights in KNOWN_WEIGHTS}
    session.screen.table(
        ("weights", "size", "here", "about"),
        [
            *(
                (
                    weights.name + (" (chosen)" if weights.name == chosen else ""),
                    megabytes(weights.size_bytes),
                    _here_words(here.get(weights.name)),
                    weights.description,
                )
                for weights in KNOWN_WEIGHTS
            ),
            *(
                (state.name, megabytes(state.size_bytes), _here_words(state), state.source)
                for state in here.values()
                if state.name not in known
            ),
        ],
    )
    session.screen.line("Fetch some: voicecoach models download NAME")
    session.screen.line("From another machine: voicecoach models import FOLDER|ARCHIVE")


@command.command("verify")
@click.argument("name", required=False)
@json_option
@click.pass_context
@pass_session
def verify(session: Session, ctx: click.Context, name: str | None) -> None:
    """Read every file of the weights that are here, or of NAME, and compare its hash.

    The exit code is 1 if something is missing or differs.
    """
    from voicecoach.errors import NotFoundError  # noqa: PLC0415 - start-up time
    from voicecoach.speech.weights import installed_weights, verify_weights  # noqa: PLC0415 - as above
    from voicecoach.wiring import weights_folders  # noqa: PLC0415 - start-up time

    found = [
        state
        for state in installed_weights(weights_folders(session.settings))
        if name is None or state.name == name
    ]
    if not found:
        what = "No weights are" if name is None else f"The weights {name!r} are not"
        raise NotFoundError(f"{what} on this machine.", "Fetch some: voicecoach models download")
    verified = [verify_weights(state.folder) for state in found]
    if session.screen.as_json:
        session.screen.data(verified)
    else:
        for state in verified:
            session.screen.item(
                (state.name, "bold"),
                f": {_verified_words(state)} ({state.folder})",
                mark="✓" if state.complete else "✗",
            )
    ctx.exit(0 if all(state.complete for state in verified) else 1)


@command.command("download")
@click.argument("name", required=False)
@pass_session
def download(session: Session, name: str | None) -> None:
    """Fetch weights: NAME, or those that suit this machine. Goes on where it stopped."""
    from voicecoach.wiring import whisper_name  # noqa: PLC0415 - start-up time

    folder = download_with_progress(session, name or whisper_name(session.settings))
    session.screen.line(f"Complete: {folder}")
    finish_what_waits(session)


@command.command("import")
@click.argument("source", type=click.Path(path_type=Path))
@click.option("--name", default="", help="What to call the weights; the folder's own name without.")
@pass_session
def import_command(session: Session, source: Path, name: str) -> None:
    """Take weights from a FOLDER or ARCHIVE (zip, tar) that came from another machine.

    There, the folder is the one that `voicecoach models verify` names.
    """
    from voicecoach.speech.weights import weights_state  # noqa: PLC0415 - start-up time
    from voicecoach.speech.weights_import import import_weights  # noqa: PLC0415 - start-up time

    folder = import_weights(source, session.settings.weights_folder, name=name)
    state = weights_state(folder)
    session.screen.line(f"Taken over: {state.name}, {_verified_words(state)} ({state.folder})")
    finish_what_waits(session)


def offered_weights(session: Session) -> "KnownWeights | None":
    """Return the weights that are chosen and not here yet, if we know where to fetch them."""
    from voicecoach.errors import WeightsMissingError  # noqa: PLC0415 - start-up time
    from voicecoach.speech.weights import find_known_weights, find_whisper  # noqa: PLC0415 - as above
    from voicecoach.wiring import weights_folders, whisper_name  # noqa: PLC0415 - start-up time

    name = whisper_name(session.settings)
    try:
        find_whisper(name, weights_folders(session.settings))
    except WeightsMissingError:
        return find_known_weights(name)
    return None


def download_with_progress(session: Session, name: str) -> Path:
    """Fetch weights into the person's folder with a progress bar; return where they are."""
    from voicecoach.speech.weights_download import (  # noqa: PLC0415 - start-up time
        download_size_bytes,
        download_weights,
    )

    size = megabytes(download_size_bytes(name))
    session.screen.note(f"Fetching {name}, about {size}. Stopped, it goes on where it was.")
    with session.screen.progress() as show:
        return download_weights(name, session.settings.weights_folder, on_progress=show)


def megabytes(size_bytes: int) -> str:
    """Return a size in megabytes."""
    return f"{size_bytes / 1e6:,.0f} MB"


def _here_words(state: "WeightsState | None") -> str:
    if state is None:
        return ""
    return "yes" if state.complete else f"incomplete: {', '.join(state.failing)}"


def _verified_words(state: "WeightsState") -> str:
    if not state.complete:
        return f"missing or damaged: {', '.join(state.failing)}"
    return "complete" if state.hashes_known else "all files are there, their hashes are not known"
