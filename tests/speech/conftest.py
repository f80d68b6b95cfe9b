"""Fixtures of the speech tests."""

from collections.abc import Iterator

import pytest

from tests.speech.virtual_sound_card import VirtualSoundCard, virtual_sound_card


@pytest.fixture(scope="session")
def sound_card() -> Iterator[VirtualSoundCard]:
    """A sound card whose microphone hears its own loudspeaker; skips where none can be made."""
    with virtual_sound_card() as card:
        yield card
