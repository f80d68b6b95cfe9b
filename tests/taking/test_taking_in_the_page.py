"""Taking everything along and bringing it back in the page, with and without a script."""

import html
import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.server.serving import served
from tests.taking.filled_home import empty_home, filled_home
from voicecoach.answer_table import COLUMNS
from voicecoach.export import export_everything
from voicecoach.practice import Coach
from voicecoach.settings import load_settings


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Coach]:
    coach = filled_home(tmp_path_factory.mktemp("filled") / "home")
    yield coach
    coach.database.close()


@pytest.fixture(scope="module")
def client(filled: Coach) -> Iterator[httpx.Client]:
    with served(filled) as client:
        yield client


def token_of(client: httpx.Client) -> str:
    found = re.search(r'name="_csrf_token" value="([0-9a-f]+)"', client.get("/questions/new").text)
    assert found is not None
    return found[1]


def send(client: httpx.Client, content: bytes) -> httpx.Response:
    return client.post(
        "/settings/import",
        files={"archive": ("voicecoach.zip", content, "application/zip")},
        headers={"x-csrftoken": token_of(client), "accept": "text/html"},
    )


def test_an_archive_from_the_page_is_brought_back_in_the_page(
    client: httpx.Client, filled: Coach, tmp_path: Path
) -> None:
    archive = client.get("/settings/export").content
    assert archive == b"".join(export_everything(filled))
    other = empty_home(tmp_path / "other")
    with served(other) as there:
        assert "Bring everything back" in there.get("/").text
        assert 'name="archive"' in there.get("/settings/import").text
        answer = send(there, archive)
        assert answer.status_code == 200
        assert "Everything is back" in answer.text
        assert other.settings.target == load_settings({"home": other.settings.home}).target == 66.5
        assert 'name="archive"' not in there.get("/settings/import").text
        assert there.get("/settings/export").content == archive
    other.database.close()


def test_every_page_can_be_drawn_whatever_stands_in_columns_that_an_import_does_not_check(
    client: httpx.Client,
) -> None:
    """All columns of made-up rows hold made-up words, but for those of `stored_values`.

    A page may say that words are of no use, such as an address that mail can be sent to.
    """
    waiting, seen = ["/"], {"/"}
    while waiting:
        page = client.get(waiting.pop(), headers={"accept": "text/html"}, follow_redirects=True)
        assert page.status_code in {200, 400}, (page.url, page.text)
        for link in map(html.unescape, re.findall(r'href="(/[^"#]*)', page.text)):
            path = link.split("?")[0]
            if path not in seen and not path.startswith(("/static", "/schema", "/settings/export")):
                seen.add(path)
                waiting.append(link)
    kinds = ("attempts", "questions", "interviews", "debrief/spoken", "skills", "mock", "road-back")
    assert all(any(link.startswith(f"/{kind}/") for link in seen) for kind in kinds), seen


def test_what_can_not_be_brought_back_says_why_on_the_same_page(
    client: httpx.Client, filled: Coach, tmp_path: Path
) -> None:
    refused = send(client, b"".join(export_everything(filled)))
    assert refused.status_code == 400
    assert "into an empty one" in refused.text
    other = empty_home(tmp_path / "other")
    with served(other) as there:
        for content in (b"", b"no zip", b"PK\x05\x06" + bytes(18)):
            refused = send(there, content)
            assert refused.status_code == 400, refused.text
            assert 'role="alert"' in refused.text
            assert 'name="archive"' in refused.text
    other.database.close()


def test_the_table_of_answers_is_a_download(client: httpx.Client) -> None:
    answer = client.get("/settings/answers.csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert "attachment" in answer.headers["content-disposition"]
    header = answer.content.decode("utf-8-sig").splitlines()[0]
    assert header.split(",") == list(COLUMNS)


def test_the_archive_of_a_page_is_a_whole_zip_file(client: httpx.Client) -> None:
    with zipfile.ZipFile(io.BytesIO(client.get("/settings/export").content)) as archive:
        assert archive.testzip() is None
