"""`/api/…/speech`: a question as sound, spoken by a voice of this machine."""

from pathlib import Path
from typing import Final

from litestar import Controller, get
from litestar.di import NamedDependency
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromPath
from starlette.responses import FileResponse

from question_bank.errors import NotFoundError
from server.routes.documented import READING, refusal
from server.routes.recordings import AUDIO, RangedFile
from voicecoach.practice import Coach

_SPOKEN: Final = ResponseSpec(
    data_container=bytes, media_type=AUDIO, description="The sound.", generate_examples=False
)
_PART: Final = ResponseSpec(
    data_container=bytes,
    media_type=AUDIO,
    description="The part that was asked for.",
    generate_examples=False,
)
SPEAKING: Final = {
    **READING,
    200: _SPOKEN,
    206: _PART,
    416: refusal("The sound has no such part."),
    422: refusal("Nothing in the words can be spoken."),
    503: refusal("No voice works on this machine."),
}
"""Answers of a handler that sends words as sound."""


class SpeechController(Controller):
    """Questions as sound."""

    path = "/"

    @get(
        "/questions/{question_id:str}/speech",
        operation_id="speakQuestion",
        tags=("questions",),
        media_type=AUDIO,
        sync_to_thread=True,
        responses=SPEAKING,
    )
    def speak_question(
        self, coach: NamedDependency[Coach], question_id: FromPath[str]
    ) -> FileResponse:
        """Send a question spoken, as WAV; a Range header asks for a part of it (206)."""
        with coach.reading_bank() as bank:
            text = bank.get_question(question_id).text
        return spoken(coach, text)

    @get(
        "/attempts/{attempt_id:str}/follow-up/speech",
        operation_id="speakFollowUp",
        tags=("attempts",),
        media_type=AUDIO,
        sync_to_thread=True,
        responses=SPEAKING,
    )
    def speak_follow_up(
        self, coach: NamedDependency[Coach], attempt_id: FromPath[str]
    ) -> FileResponse:
        """Send the follow-up question to an answer, spoken, as WAV."""
        score = coach.attempt(attempt_id).score
        if score is None or score.follow_up is None:
            raise NotFoundError(
                "That answer has no follow-up question.", "Only a scored answer has one, if any."
            )
        return spoken(coach, score.follow_up)


def spoken(coach: Coach, text: str) -> FileResponse:
    """Return a text as sound; the coach keeps it, so that a replay takes no time.

    Raises:
        NothingToSayError: the text has nothing that a voice could say.
        SpeechSynthesisError: no voice works on this machine.
    """
    path: Path = coach.engines.speaker.synthesise(text)
    return RangedFile(path, media_type=AUDIO, stat_result=path.stat())
