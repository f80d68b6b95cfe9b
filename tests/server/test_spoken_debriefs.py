"""A debrief told aloud over HTTP: as a program uses it, and as a page without JavaScript."""

import json
import re
import wave
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import httpx
import pytest
from websockets.sync.client import ClientConnection, connect

from question_bank.monologue import FindingKind
from tests.practice.conftest import Clock
from tests.practice.telling import write_telling
from tests.server.serving import served
from voicecoach.practice import Coach
from voicecoach.settings import Settings
from voicecoach.spoken_debrief import SpokenDebrief
from voicecoach.spoken_debrief_store import SpokenDebriefStore
from voicecoach.spoken_debriefs import SpokenDebriefs
from voicecoach.wiring import build_coach


@dataclass(frozen=True)
class Told:
    """A served coach, and a debrief told to it and written down."""

    client: httpx.Client
    debriefs: SpokenDebriefs
    telling: Path
    first: SpokenDebrief

    def again(self) -> str:
        """Tell it once more, with the words heard the first time; return its id."""
        debrief = self.debriefs.attach(self.telling)
        with self.debriefs.book.database.transaction() as session:
            heard = replace(self.first, id=debrief.id, recording=debrief.recording)
            SpokenDebriefStore(session).save(heard)
        return debrief.id


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Told]:
    folder = tmp_path_factory.mktemp("told")
    settings = Settings(home=folder / "home", synthetic=True, time_zone="UTC")
    coach: Coach = build_coach(settings, clock=Clock())
    debriefs = SpokenDebriefs(book=coach)
    telling = write_telling(folder / "told.wav")
    first = debriefs.hear(debriefs.attach(telling).id)
    with served(coach) as client:
        yield Told(client, debriefs, telling, first)
    coach.database.close()


def token_of(client: httpx.Client) -> str:
    found = re.search(r'name="_csrf_token" value="([0-9a-f]+)"', client.get("/debrief/spoken").text)
    assert found is not None
    return found[1]


def socket_of(told: Told) -> str:
    return str(told.client.base_url).rstrip("/").replace("http", "ws") + "/api/debriefs/spoken/live"


def form_of(told: Told, debrief_id: str) -> dict[str, str]:
    """Return what the form of a page holds when nothing was touched."""
    page = told.client.get(f"/debrief/spoken/{debrief_id}").text
    areas = re.findall(r'<textarea name="(words-\d+)"[^>]*>\n?([^<]*)</textarea>', page)
    inputs = re.findall(r'<input type="\w+" id="[\w-]+" name="([\w-]+)" value="([^"]*)"', page)
    boxes = re.findall(r'<input type="checkbox" name="(kept-\d+)" value="(yes)" checked>', page)
    chosen = re.findall(
        r'<select id="[\w-]+" name="([\w-]+)"[^>]*>.*?value="([^"]*)" selected', page, re.DOTALL
    )
    return {**dict((*areas, *inputs, *boxes, *chosen)), "_csrf_token": token_of(told.client)}


def test_a_program_sends_a_recording_and_has_it_heard(told: Told) -> None:
    with told.telling.open("rb") as file:
        sent = told.client.post("/api/debriefs/spoken", files={"recording": ("mine.wav", file)})
    assert sent.status_code == 201
    address = sent.headers["location"]
    assert told.client.get(address).json()["status"] == "recorded"
    heard = told.client.post(f"{address}/hear").json()
    assert heard["status"] == "heard"
    questions = [one for one in heard["findings"] if one["kind"] == "question"]
    assert questions[0]["words"] == "Why did you leave your last job?"
    part = told.client.get(f"{address}/recording", headers={"Range": "bytes=0-43"})
    assert (part.status_code, part.content[:4]) == (206, b"RIFF")
    assert told.client.delete(address).status_code == 204
    assert told.client.get(address).status_code == 404


def test_a_program_confirms_changes_and_adds(told: Told) -> None:
    address = f"/api/debriefs/spoken/{told.again()}"
    refused = told.client.post(f"{address}/enter", json={"outcome": "rejected"})
    assert refused.status_code == 400
    assert refused.headers["content-type"] == "application/problem+json"
    kept = told.client.put(
        f"{address}/findings",
        json=[
            {"place": 0, "words": "Why did you leave?"},
            {"place": 99, "words": "Birch & Co", "kind": "company"},
            {"place": 99, "words": "Analyst", "kind": "role"},
        ],
    ).json()
    assert [one["words"] for one in kept["findings"][-2:]] == ["Birch & Co", "Analyst"]
    entered = told.client.post(f"{address}/enter", json={"outcome": "rejected"}).json()["entered"]
    assert entered["interview"]["company"] == "Birch & Co"
    assert "Why did you leave?" in [one["text"] for one in entered["new"]]
    assert told.client.put(f"{address}/findings", json=[]).status_code == 409


@pytest.mark.parametrize("body", [b"Dear Sir or Madam", b""])
def test_what_is_no_sound_is_refused_by_its_own_name(told: Told, body: bytes) -> None:
    sent = told.client.post("/api/debriefs/spoken", files={"recording": ("letter.wav", body)})
    assert sent.status_code == 422
    assert "letter.wav" in sent.json()["detail"]


def test_the_page_shows_each_finding_beside_its_quote_that_can_be_heard(told: Told) -> None:
    page = told.client.get(f"/debrief/spoken/{told.first.id}").text
    for one in told.first.findings:
        assert f"You said: “{one.quote}”" in page
    assert page.count('class="hear"') == len(told.first.findings)
    assert re.search(r"/recording#t=1\.\d\d,2\.\d\d", page)
    assert told.client.get(f"/debrief/spoken/{told.first.id}/recording").status_code == 200


def test_the_form_enters_only_what_is_kept(told: Told) -> None:
    debrief_id = told.again()
    form = form_of(told, debrief_id)
    place = next(
        n for n, one in enumerate(told.first.findings) if one.kind is FindingKind.WENT_WELL
    )
    del form[f"kept-{place}"]
    form |= {"new-company": "Cedar Ltd", "missed": "Where do you live?\n", "do": "enter"}
    answer = told.client.post(f"/debrief/spoken/{debrief_id}", data=form)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/questions/entered?")
    with told.debriefs.book.reading_bank() as bank:
        interview = bank.find_interview("Cedar Ltd", "", None)
        assert interview is not None
        assert interview.went_well == ()
        asked = {one.text for one in bank.questions_of_interview(interview.id)}
    assert {"Where do you live?", "Why did you leave your last job?"} <= asked
    page = told.client.get(f"/interviews/{interview.id}").text
    assert f"/debrief/spoken/{debrief_id}" in page
    token = {"_csrf_token": token_of(told.client)}
    told.client.post(f"/interviews/{interview.id}/delete", data=token)
    assert told.client.get(f"/debrief/spoken/{debrief_id}").status_code == 404


def test_what_is_typed_into_the_form_is_kept_while_it_is_typed(told: Told) -> None:
    debrief_id = told.again()
    form = form_of(told, debrief_id)
    for company in ("Ce", "Cedar"):
        form["new-company"] = company
        kept = told.client.post(f"/debrief/spoken/{debrief_id}/keep", data=form)
        assert kept.status_code == 204
    stored = told.debriefs.get(debrief_id)
    names = [one.words for one in stored.findings if one.kind is FindingKind.COMPANY]
    assert names == ["Cedar"]
    assert "Cedar" in told.client.get(f"/debrief/spoken/{debrief_id}").text


def test_a_form_that_cannot_be_entered_is_shown_again_with_the_reason(told: Told) -> None:
    debrief_id = told.again()
    form = form_of(told, debrief_id) | {"do": "enter"}
    answer = told.client.post(f"/debrief/spoken/{debrief_id}", data=form)
    assert answer.status_code == 400
    assert "no name yet" in answer.text
    assert 'href="#new-company"' in answer.text


def test_an_uploaded_file_is_written_down_with_plain_forms(told: Told) -> None:
    form = {"_csrf_token": token_of(told.client)}
    with told.telling.open("rb") as file:
        sent = told.client.post("/debrief/spoken", data=form, files={"recording": ("a.wav", file)})
    assert sent.status_code == 303
    page = told.client.get(sent.headers["location"]).text
    assert "Write down what I said" in page
    heard = told.client.post(f"{sent.headers['location']}/hear", data=form)
    assert heard.status_code == 303
    assert "Check what was found" in told.client.get(heard.headers["location"]).text
    gone = told.client.post(f"{sent.headers['location']}/delete", data=form)
    assert gone.status_code == 303


def test_a_broken_file_is_told_on_the_page(told: Told) -> None:
    form = {"_csrf_token": token_of(told.client)}
    sent = told.client.post(
        "/debrief/spoken", data=form, files={"recording": ("letter.wav", b"Dear Madam")}
    )
    assert sent.status_code == 400
    assert "letter.wav" in sent.text


def test_a_telling_through_the_socket_goes_on_after_the_connection_broke(told: Told) -> None:
    with wave.open(str(told.telling)) as file:
        pcm = file.readframes(file.getnframes())
    address = socket_of(told)

    def said(socket: ClientConnection, *wanted: str) -> dict[str, object]:
        while (message := json.loads(socket.recv(timeout=20)))["type"] not in wanted:
            assert message["type"] != "problem", message
        return dict(message)

    with connect(address) as socket:
        debrief_id = said(socket, "ready")["attempt_id"]
        socket.send(pcm[:64_000])
        said(socket, "kept")
    with connect(f"{address}?attempt={debrief_id}") as socket:
        ready = said(socket, "ready")
        assert ready["samples"] == 32_000
        socket.send(pcm[64_000:])
        socket.send(json.dumps({"type": "stop"}))
        result = said(socket, "result")
    assert result["url"] == f"/debrief/spoken/{debrief_id}"
    whole = told.debriefs.get(str(debrief_id))
    assert whole.seconds == pytest.approx(len(pcm) / 2 / 16_000)
    path = told.debriefs.recording_path(whole)
    assert path is not None
    assert path.read_bytes()[44:] == pcm


def test_a_telling_is_thrown_away_when_it_is_asked_for(told: Told) -> None:
    before = told.debriefs.count()
    address = socket_of(told)
    with connect(address) as socket:
        assert json.loads(socket.recv(timeout=20))["type"] == "ready"
        socket.send(b"\1\0" * 16_000)
        socket.send(json.dumps({"type": "discard"}))
        while json.loads(socket.recv(timeout=20))["type"] != "discarded":
            pass
    assert told.debriefs.count() == before
