"""`voicecoach` itself: the settings as flags, and what happens without a verb."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import click

from voicecoach import VERSION
from voicecoach.cli.session import Session
from voicecoach.cli.verbs import VerbGroup

SETTING_FLAGS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "home": ("FOLDER", "Where your data lies."),
        "whisper_model": ("NAME", "Which weights transcribe; see `voicecoach models list`."),
        "language": ("CODE", "The language you answer in, such as en."),
        "voice": ("NAME", "The coach's voice; see `voicecoach doctor --voices`."),
        "rate": ("NUMBER", "The coach's words a minute."),
        "microphone": ("NAME", "Part of the microphone's name."),
        "record_limit_seconds": ("SECONDS", "End an answer after so long."),
        "ask_guess": ("YES|NO", "Ask what you expect of an answer before you see its score."),
        "target": ("SCORE", "The overall score you rehearse towards."),
        "minutes_per_day": ("MINUTES", "What the plan may ask of you a day."),
        "week_starts": ("DAY", "The first day of a calendar's week: monday, sunday, saturday."),
        "time_zone": ("ZONE", "Where you live, such as Europe/Berlin."),
        "models_folder": ("FOLDER", "Where model weights lie."),
        "compute_type": ("TYPE", "The number format of transcription."),
        "beam_size": ("NUMBER", "How thoroughly transcription searches."),
        "database_url": ("URL", "A database other than the one in the home."),
        "breathing": ("PATTERN", "How you breathe along: long-exhale, box or 4-7-8."),
        "breathing_rounds": ("NUMBER", "How many rounds of it."),
        "breathe_first": (
            "YES/NO",
            "Offer a minute of breathing before debriefs and practice.",
        ),
        "port": ("NUMBER", "The loopback port of `voicecoach serve`."),
        "wording_help_url": ("URL", "A language model of your own that may propose wordings."),
        "wording_help_model": ("NAME", "Which of its models."),
        "wording_help_network": ("NETWORK", "The private network it may be in."),
    }
)
"""Each setting that takes a value, as a flag: what the value is called, and what it means."""


def _setting_options() -> list[click.Parameter]:
    options: list[click.Parameter] = [
        click.Option([f"--{name.replace('_', '-')}", name], metavar=metavar, help=text)
        for name, (metavar, text) in SETTING_FLAGS.items()
    ]
    options.append(
        click.Option(
            ["--synthetic"],
            is_flag=True,
            default=None,
            help="Transcribe with the small weights that know synthetic voices only.",
        )
    )
    options.append(
        click.Option(
            ["--terminal"],
            is_flag=True,
            help="Without a verb: talk here in the terminal instead of opening the page.",
        )
    )
    return options


@click.pass_context
def _begin(ctx: click.Context, /, *, terminal: bool, **flags: object) -> None:
    if terminal and ctx.invoked_subcommand is not None:
        raise click.UsageError("--terminal goes without a verb: verbs always talk in the terminal.")
    session = Session(flags)
    ctx.obj = session
    ctx.call_on_close(session.close)
    if ctx.invoked_subcommand is None:
        from voicecoach.cli.welcome import open_page, welcome  # noqa: PLC0415 - only without a verb

        if terminal:
            welcome(session)
        else:
            open_page(session)


root = VerbGroup(
    name="voicecoach",
    callback=_begin,
    invoke_without_command=True,
    params=_setting_options(),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    help=(
        "A private voice coach for your next job interview: it speaks your hard questions, "
        "listens, transcribes on this machine and scores with evidence.\n\n"
        "Without a verb it serves its page on this machine only and opens it in your browser."
    ),
    epilog="Every setting: docs/settings.md. Every verb: docs/cli.md.",
)
click.version_option(VERSION, prog_name="voicecoach")(root)
