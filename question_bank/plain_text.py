"""HTML as the text a person sees: a line for each block, no tags, scripts or pictures. Pure."""

import re
from html.parser import HTMLParser
from typing import Final

_BLOCKS: Final = frozenset(
    (
        *("address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt", "figcaption"),
        *("figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main"),
        *("nav", "ol", "p", "pre", "section", "table", "tbody", "tfoot", "thead", "tr", "ul"),
    )
)
_UNSEEN: Final = frozenset({"script", "style", "title", "template", "noscript"})
_LOOKS_LIKE_HTML: Final = re.compile(
    r"</?(?:b|br|div|em|h[1-6]|i|img|li|ol|p|span|strong|sub|sup|table|td|tr|u|ul)\b[^<>]*>"
    r"|&(?:[a-z]{2,8}|#\d{1,6});",
    re.IGNORECASE,
)


def looks_like_html(text: str) -> bool:
    """Whether a text holds tags or character references of HTML."""
    return _LOOKS_LIKE_HTML.search(text) is not None


def text_of_html(html: str) -> str:
    """Return the text of HTML: a line for each block, blank lines and doubled blanks left out."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.pieces).split("\n"))
    return "\n".join(line for line in lines if line)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a line at a block; leave out what no reader sees, which ends at the body."""
        del attrs
        self._unseen = 0 if tag == "body" else self._unseen + (tag in _UNSEEN)
        self._break(tag)

    def handle_endtag(self, tag: str) -> None:
        """End a line at a block's end."""
        self._unseen = max(0, self._unseen - (tag in _UNSEEN))
        self._break(tag)

    def handle_data(self, data: str) -> None:
        """Keep what is seen."""
        if not self._unseen:
            self.pieces.append(data)

    def parse_marked_section(self, i: int, report: bool = True) -> int:
        """Skip `<![...>` as browsers do; the base class raises at what it does not know."""
        del report
        end = self.rawdata.find(">", i)
        return end + 1 if end >= 0 else -1

    def _break(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.pieces.append("\n")
        elif tag in {"td", "th"}:
            self.pieces.append(" ")
