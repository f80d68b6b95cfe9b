"""How pages are drawn: the template engine, and the words templates may use on values.

A template gets what it shows from its handler; nothing is looked up while drawing. Escaping is on
everywhere, and a name that a handler did not give is an error rather than an empty space.
"""

from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from litestar import Request
from litestar.plugins.jinja import JinjaTemplateEngine
from litestar.response import Template
from litestar.template import TemplateConfig

from voicecoach import VERSION
from voicecoach.time_words import clock_words, day_words, span_words

TEMPLATES: Final = Path(__file__).parent / "templates"


def template_config() -> TemplateConfig[JinjaTemplateEngine]:
    """Return the template engine with the coach's own filters."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        clock=clock_words,
        day=day_words,
        span=span_words,
        short_day=short_day,
        words=kind_words,
        percent=percent,
    )
    environment.globals["version"] = VERSION
    return TemplateConfig(instance=JinjaTemplateEngine.from_environment(environment))


def draw(
    request: Request[Any, Any, Any],
    template: str,
    *,
    status_code: int = 200,
    headers: dict[str, str] | None = None,
    **shown: object,
) -> Template:
    """Return a page, or the part of one that htmx asked for.

    Args:
        request: what is answered; the template knows the address asked for as `here`.
        template: the template's file name.
        status_code: the status to answer with.
        headers: further headers, such as `HX-Trigger`.
        shown: what the template shows.
    """
    return Template(
        template_name=template,
        context={
            "here": request.url.path,
            "nonce": request.scope.get("style_nonce", ""),
            **shown,
        },
        status_code=status_code,
        headers=headers,
        media_type="text/html",
    )


def wants_part(request: Request[Any, Any, Any]) -> bool:
    """Whether htmx asks, to put the answer into a page that is open already."""
    return request.headers.get("hx-request") == "true"


def short_day(day: date | datetime) -> str:
    """Return a day in few letters: "24 Nov"."""
    return f"{day.day} {day:%b}"


def kind_words(name: str) -> str:
    """Return a name of the code as words: "own_part" is "own part"."""
    return str(name).replace("_", " ")


def percent(share: float) -> str:
    """Return a share from 0 to 1 in percent: 0.456 is "46%"."""
    return f"{round(100 * share)}%"
