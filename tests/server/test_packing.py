"""Pages and their files are sent packed; sound, archives and what programs read are not."""

import httpx
import pytest

from tests.server.conftest import Lived

PACKED = {"Accept-Encoding": "gzip", "Accept": "text/html, */*"}
PLAIN = {**PACKED, "Accept-Encoding": "identity"}


@pytest.mark.parametrize(
    "path", ["/", "/readiness", "/settings", "/static/page.css", "/vendor/htmx/htmx.min.js"]
)
def test_pages_and_their_files_are_sent_packed_and_say_the_same(lived: Lived, path: str) -> None:
    plain = lived.client.get(path, headers=PLAIN)
    packed = lived.client.get(path, headers=PACKED)
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert int(packed.headers["content-length"]) < len(plain.content) / 2
    assert _without_tokens(packed) == _without_tokens(plain)


def test_what_is_heard_or_streamed_is_sent_as_it_is(lived: Lived) -> None:
    for path in (
        f"/api/attempts/{lived.spoken_id}/recording",
        f"/api/questions/{lived.question_id}/speech",
        "/settings/voice",
        "/settings/export",
        "/api/questions",
    ):
        answer = lived.client.get(path, headers=PACKED)
        assert answer.status_code == 200, path
        assert "content-encoding" not in answer.headers, path


def test_a_voice_is_sent_in_ranges(lived: Lived) -> None:
    part = lived.client.get("/settings/voice", headers={**PACKED, "Range": "bytes=0-3"})
    assert (part.status_code, part.content) == (206, b"RIFF")


def _without_tokens(answer: httpx.Response) -> str:
    """Return a page without what is fresh in each answer."""
    lines = answer.text.splitlines()
    return "\n".join(line for line in lines if "csrf" not in line and "nonce" not in line)
