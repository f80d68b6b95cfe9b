"""What crosses the socket of a live answer as JSON. docs/live.md describes it for people."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from enum import StrEnum
from typing import Any, Final

import msgspec

from question_bank.errors import InvalidInputError
from server.problems import problem_of
from voicecoach.finishing import STAGES
from voicecoach.speech.live import Caption
from voicecoach.speech.streaming_resampler import HIGHEST_RATE, LOWEST_RATE

Message = dict[str, Any]

STAGE_NAMES: Final[Mapping[str, str]] = {
    STAGES[0]: "measuring",
    STAGES[1]: "transcribing",
    STAGES[2]: "scoring",
}
"""What the stages of finishing are called here; the last one is told by the result."""


class Order(StrEnum):
    """What a client may ask for."""

    STOP = "stop"
    DISCARD = "discard"


class SaidAll(msgspec.Struct, frozen=True, tag="end"):
    """The person has said all: the answer ends, after the interviewer's silence if one is on."""


class PromptBegins(msgspec.Struct, frozen=True, kw_only=True, tag="prompt_begins"):
    """Where in the answer the interviewer's prompt begins to be heard, in seconds."""

    start_seconds: float


class PromptHeard(msgspec.Struct, frozen=True, kw_only=True, tag="prompt_heard"):
    """Where in the answer the interviewer's prompt was heard, in seconds from its start."""

    start_seconds: float
    end_seconds: float


Told = SaidAll | PromptBegins | PromptHeard
"""What a client tells of an answer under pressure."""

_SAID: Final[msgspec.json.Decoder[Told]] = msgspec.json.Decoder(Told)


class LiveRequest(msgspec.Struct, frozen=True, kw_only=True):
    """The query of the socket's address.

    `rate` is samples a second of what is sent; `attempt` goes on with that attempt; `parent` is
    the attempt whose follow-up question is answered; without `captions` none are sent. `mock` is
    the mock interview it belongs to, whose pressure holds.
    """

    rate: int = 16_000
    attempt: str | None = None
    parent: str | None = None
    captions: bool = True
    mock: str | None = None


def read_request(query: Mapping[str, str]) -> LiveRequest:
    """Read the query of the socket's address.

    Raises:
        InvalidInputError: there is something in it that can't be used.
    """
    unknown = set(query) - set(LiveRequest.__struct_fields__)
    if unknown:
        raise InvalidInputError(
            f"The address says {', '.join(sorted(unknown))}, which is not known here.",
            f"It may say {', '.join(LiveRequest.__struct_fields__)}.",
        )
    try:
        return msgspec.convert(dict(query), LiveRequest, strict=False)
    except msgspec.ValidationError as error:
        raise InvalidInputError(
            f"The address can't be used ({error}).",
            f"Give rate as {LOWEST_RATE} to {HIGHEST_RATE}, captions as true or false.",
        ) from error


def read_order(text: str) -> Order:
    """Read what a client asks for.

    Raises:
        InvalidInputError: it can't be understood.
    """
    try:
        return Order(json.loads(text)["type"])
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise InvalidInputError(
            "That message can't be understood.",
            'Send {"type": "stop"} or {"type": "discard"} as text, and sound as binary messages.',
        ) from error


def read_said(text: str) -> Order | Told:
    """Read what a client asks for, or tells of a mock interview.

    Raises:
        InvalidInputError: it can't be understood.
    """
    try:
        said = _SAID.decode(text)
    except (msgspec.MsgspecError, RecursionError):
        return read_order(text)
    return said


def caption_message(caption: Caption) -> Message:
    """Return a caption as it is sent."""
    return {
        "type": "caption",
        "stretch": caption.stretch,
        "words": [asdict(word) for word in caption.words],
        "final": caption.final,
    }


def problem_message(error: Exception) -> Message:
    """Return what went wrong, as everywhere in the API."""
    problem: Message = msgspec.to_builtins(problem_of(error))
    return {**problem, "problem": problem["type"], "type": "problem"}
