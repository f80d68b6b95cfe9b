"""A report as one HTML page that needs nothing else: no script, no file beside it, no network."""

from functools import cache
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from voicecoach import VERSION
from voicecoach.report.contents import Report
from voicecoach.result_words import STATE_WORDS
from voicecoach.time_words import clock_words, day_words

FOLDER: Final = Path(__file__).parent

OUTCOME_WORDS: Final = {
    "upcoming": "to come",
    "waiting": "no answer yet",
    "rejected": "they said no",
    "offered": "they said yes",
    "withdrawn": "you decided against it",
}


def report_html(report: Report, *, nonce: str = "", back: str = "") -> str:
    """Return a report as a whole page; on paper it has no links and breaks between its parts.

    Args:
        report: what it says.
        nonce: what a page's policy asks of styles that stand in it; empty for a file.
        back: where the page's way back leads; empty for a file, which leads nowhere.
    """
    return _template().render(
        report=report,
        style=(FOLDER / "report.css").read_text(encoding="utf-8"),
        nonce=nonce,
        back=back,
        version=VERSION,
        states=STATE_WORDS,
        outcomes=OUTCOME_WORDS,
    )


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(day=day_words, clock=clock_words)
    return environment.get_template("report.html")
