"""Questions as sound."""

import io
import wave
from dataclasses import replace

from question_bank.question import QuestionKind
from tests.practice.conftest import ANSWER
from tests.server.conftest import Lived, fill_bank
from tests.server.serving import served
from voicecoach.practice import Coach
from voicecoach.speech.pyttsx3_speaker import Pyttsx3Speaker


def seconds(body: bytes) -> float:
    with wave.open(io.BytesIO(body)) as sound:
        length: float = sound.getnframes() / sound.getframerate()
        return length


def test_a_question_is_spoken_and_can_be_asked_for_in_ranges(lived: Lived) -> None:
    address = f"/api/questions/{lived.question_id}/speech"
    whole = lived.client.get(address)
    assert whole.status_code == 200
    assert whole.headers["content-type"] == "audio/wav"
    assert 2 < seconds(whole.content) < 12
    part = lived.client.get(address, headers={"Range": "bytes=0-99"})
    assert (part.status_code, part.content) == (206, whole.content[:100])


def test_the_follow_up_of_an_answer_is_spoken_in_its_own_words(fresh_coach: Coach) -> None:
    begun = fresh_coach.begin(fill_bank(fresh_coach), typed=True)
    score = fresh_coach.answer_typed(begun.id, " ".join(ANSWER[:3])).score
    assert score is not None
    assert score.follow_up is not None
    with served(fresh_coach) as client:
        spoken = client.get(f"/api/attempts/{begun.id}/follow-up/speech")
    assert spoken.status_code == 200
    assert spoken.content == fresh_coach.engines.speaker.synthesise(score.follow_up).read_bytes()


def test_an_answer_without_a_follow_up_has_none_to_be_spoken(fresh_coach: Coach) -> None:
    attempt = fresh_coach.begin(fill_bank(fresh_coach), typed=True)
    with served(fresh_coach) as client:
        answer = client.get(f"/api/attempts/{attempt.id}/follow-up/speech")
    assert answer.status_code == 404
    assert answer.json()["type"].endswith(":not-found")


def test_a_machine_without_that_voice_says_what_to_do(fresh_coach: Coach) -> None:
    speaker = Pyttsx3Speaker(fresh_coach.settings.home / "spoken", voice="no-such-voice")
    fresh_coach.engines = replace(fresh_coach.engines, speaker=speaker)
    with fresh_coach.bank() as bank:
        question = bank.add_question("Why us?", kind=QuestionKind.MOTIVATIONAL).question
    with served(fresh_coach) as client:
        answer = client.get(f"/api/questions/{question.id}/speech")
    assert answer.status_code == 503
    assert answer.json()["type"].endswith(":no-voice")
    assert answer.json()["what_to_do"]
