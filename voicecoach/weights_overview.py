"""Which weights turn speech into words here, which are on this machine, which could be fetched."""

from dataclasses import dataclass
from typing import Final

from voicecoach.errors import WeightsMissingError
from voicecoach.settings import Settings
from voicecoach.speech.encoder_conversion import ENCODER_NAME, is_converted
from voicecoach.speech.weights import KNOWN_WEIGHTS, find_whisper, installed_weights
from voicecoach.speech.weights_download import download_size_bytes
from voicecoach.wiring import weights_folders, whisper_name

ENCODER_USE: Final = "helps to hear whether a point was made in other words"


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightsOffer:
    """Weights by name, with what a download takes and whom they suit.

    `here` says that they are complete on this machine, `begun` that a part of them is.
    """

    name: str
    size_bytes: int
    about: str
    here: bool
    begun: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightsOverview:
    """What transcribes, and the choice there is.

    `chosen` is the name (or folder) that the settings ask for, `missing` why it can't be used,
    "" where it can.
    """

    chosen: str
    missing: str
    whisper: tuple[WeightsOffer, ...]
    encoder: WeightsOffer

    @property
    def chosen_offer(self) -> WeightsOffer | None:
        """What is chosen, where it is among what we know."""
        return next((offer for offer in self.whisper if offer.name == self.chosen), None)


def weights_overview(settings: Settings) -> WeightsOverview:
    """Look at the folders of weights; sizes are compared, nothing is read through."""
    folders = weights_folders(settings)
    here = {state.name: state for state in installed_weights(folders)}
    partial = {path.name for folder in folders if folder.is_dir() for path in folder.iterdir()}
    chosen = whisper_name(settings)
    missing = ""
    try:
        find_whisper(chosen, folders)
    except WeightsMissingError as error:
        missing = error.what_happened
    return WeightsOverview(
        chosen=chosen,
        missing=missing,
        whisper=tuple(
            WeightsOffer(
                name=known.name,
                size_bytes=known.size_bytes,
                about=known.description,
                here=known.name in here and here[known.name].complete,
                begun=f"{known.name}.partial" in partial,
            )
            for known in KNOWN_WEIGHTS
        ),
        encoder=WeightsOffer(
            name=ENCODER_NAME,
            size_bytes=download_size_bytes(ENCODER_NAME),
            about=ENCODER_USE,
            here=any(is_converted(folder / ENCODER_NAME) for folder in folders),
            begun=f"{ENCODER_NAME}.partial" in partial,
        ),
    )
