"""The command line: verbs, prompts, printing and exit codes. A thin layer without logic.

Exit codes: 0 done · 1 something a person can mend, told on one line of stderr · 2 the command line
was not understood · 130 interrupted (Ctrl-C) · 141 whoever read the output went away.
"""

from collections.abc import Sequence
from typing import NoReturn


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run `voicecoach` with these arguments (the process's own by default) and end the process."""
    from voicecoach.cli.entry import run  # noqa: PLC0415 - importing the package must cost nothing

    raise SystemExit(run(arguments))
