"""A client of the live socket: sends 16-bit sound and collects what is told meanwhile."""

import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import httpx
import numpy as np
from numpy.typing import NDArray
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

Message = dict[str, Any]

SECONDS_TO_ANSWER = 60.0


class LiveClient:
    """One connection; `told` is everything received so far."""

    def __init__(self, connection: ClientConnection) -> None:
        self.connection = connection
        self.told: list[Message] = []

    def send(self, samples: NDArray[np.int16], *, size: int = 1_600) -> None:
        for first in range(0, len(samples), size):
            self.connection.send(samples[first : first + size].astype("<i2").tobytes())

    def order(self, kind: str) -> None:
        self.connection.send(json.dumps({"type": kind}))

    def next(self, timeout: float = SECONDS_TO_ANSWER) -> Message:
        message: Message = json.loads(self.connection.recv(timeout=timeout))
        self.told.append(message)
        return message

    def until(self, kind: str) -> Message:
        """Return the next message of a kind; a problem on the way is an error."""
        while True:
            message = self.next()
            if message["type"] == kind:
                return message
            assert message["type"] != "problem", message

    def until_closed(self) -> int:
        """Read to the end and return the code the server closed with."""
        with suppress(ConnectionClosed):
            while True:
                self.next()
        assert self.connection.close_code is not None
        return self.connection.close_code

    def of_kind(self, kind: str) -> list[Message]:
        return [message for message in self.told if message["type"] == kind]


def live_address(client: httpx.Client, question_id: str, **query: object) -> str:
    asked = httpx.QueryParams({name: str(value) for name, value in query.items()})
    return f"ws://127.0.0.1:{client.base_url.port}/api/live/{question_id}?{asked}"


@contextmanager
def speaking(client: httpx.Client, question_id: str, **query: object) -> Iterator[LiveClient]:
    with connect(
        live_address(client, question_id, **query), proxy=None, max_queue=None, close_timeout=5
    ) as connection:
        yield LiveClient(connection)
