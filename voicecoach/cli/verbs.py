"""The verbs, and a click group that imports a verb's module only when the verb is used."""

from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType
from typing import Final, NamedTuple

import click


class Verb(NamedTuple):
    """Where a verb lives and what it does, in one line."""

    module: str
    help: str


VERBS: Final[Mapping[str, Verb]] = MappingProxyType(
    {
        "debrief": Verb("debrief", "Walk through an interview that went badly, or read one."),
        "debriefs": Verb("debriefs", "What you told aloud: hear, check, enter or delete it."),
        "drill": Verb("drill", "Answer the next question aloud and hear how it went."),
        "mock": Verb("mock", "A whole interview under its conditions, feedback at the end."),
        "readiness": Verb("readiness", "How ready you are, how sure that is, what would help."),
        "plan": Verb("plan", "What to rehearse on which day until the interview."),
        "recover": Verb("recover", "The seven steps: where you are, what is next."),
        "interviews": Verb("interviews", "Past interviews, and the one you work towards."),
        "after": Verb("after", "How an interview went, and which questions came."),
        "skills": Verb("skills", "What you can show, its story and proof, mapped to questions."),
        "questions": Verb("questions", "Your questions, their outlines, and ready-made packs."),
        "attempts": Verb("attempts", "Your answers: hear, read, correct, finish or delete one."),
        "rubric": Verb("rubric", "What is judged and why; your own weights and cut-points."),
        "models": Verb("models", "The weights that turn speech into words."),
        "data": Verb("data", "Your data: take it with you, bring it back, or delete it."),
        "doctor": Verb("doctor", "What works on this machine, and how to mend the rest."),
        "demo": Verb("demo", "The whole loop with a synthetic candidate; no microphone."),
        "serve": Verb("serve", "The page and the API, on this machine only."),
        "completion": Verb("completion", "Completion of commands for your shell."),
    }
)
"""Every verb, in the order in which help shows them: using it first, looking after it last."""


class VerbGroup(click.Group):
    """The `voicecoach` command. Help reads the table; a module is imported when its verb runs."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the verbs in the table's order."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import and return a verb; None where there is no such verb."""
        verb = VERBS.get(cmd_name)
        if verb is None:
            return None
        command = import_module(f"voicecoach.cli.{verb.module}").command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the table without importing a single verb."""
        with formatter.section("Verbs"):
            formatter.write_dl([(name, verb.help) for name, verb in VERBS.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the verb; an unknown one is refused with the nearest that exists."""
        if args and args[0] not in VERBS and not ctx.resilient_parsing:
            raise click.exceptions.NoSuchCommand(args[0], possibilities=VERBS, ctx=ctx)
        return super().resolve_command(ctx, args)

    def shell_complete(
        self, ctx: click.Context, incomplete: str
    ) -> list["click.shell_completion.CompletionItem[str]"]:
        """Complete a verb from the table, an option as click does."""
        if incomplete and not incomplete[0].isalnum():
            return click.Command.shell_complete(self, ctx, incomplete)
        return [
            click.shell_completion.CompletionItem(name, help=verb.help)
            for name, verb in VERBS.items()
            if name.startswith(incomplete)
        ]
