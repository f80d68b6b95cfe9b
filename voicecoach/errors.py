"""This package's errors. Each says what happened and what to do (see `question_bank.errors`)."""

from question_bank.errors import CoachError, ConflictError, InvalidInputError, NotFoundError

__all__ = [
    "AttemptBusyError",
    "AudioPlaybackError",
    "CoachError",
    "ConflictError",
    "DatabaseError",
    "InvalidInputError",
    "MicrophoneError",
    "NotFoundError",
    "NothingToSayError",
    "RecordingError",
    "SettingError",
    "SettingValueError",
    "SpeechSynthesisError",
    "TranscriptionError",
    "WeightsDownloadError",
    "WeightsDownloadStoppedError",
    "WeightsMissingError",
    "WordingHelpError",
]


class SettingError(InvalidInputError):
    """A setting has a value that can't be used; the message names the setting."""


class SettingValueError(SettingError):
    """A setting's value is outside what it may be.

    Args:
        what_happened: as for every error.
        what_to_do: as for every error.
        name: the setting.
        wanted: what it must be, such as "a number from 10 to 95".
    """

    def __init__(
        self, what_happened: str, what_to_do: str, *, name: str = "", wanted: str = ""
    ) -> None:
        super().__init__(what_happened, what_to_do)
        self.name = name
        self.wanted = wanted


class RecordingError(InvalidInputError):
    """A sound file can't be read, or holds nothing usable."""


class MicrophoneError(CoachError):
    """No microphone can be opened, or it went away while recording."""


class AudioPlaybackError(CoachError):
    """No sound can be played on this machine."""


class SpeechSynthesisError(CoachError):
    """The question could not be turned into speech."""


class NothingToSayError(SpeechSynthesisError):
    """A text has nothing in it that a voice could say."""


class WeightsMissingError(CoachError):
    """The model weights that are needed are not on this machine, or not complete."""


class WeightsDownloadError(CoachError):
    """Fetching model weights failed."""


class WeightsDownloadStoppedError(WeightsDownloadError):
    """Fetching model weights was stopped by the person."""


class TranscriptionError(CoachError):
    """The engine failed on a recording."""


class WordingHelpError(CoachError):
    """The wording help that was set up gave no usable answer; nothing else depends on it."""


class AttemptBusyError(ConflictError):
    """Somebody else is finishing that attempt at the moment."""


class DatabaseError(CoachError):
    """The database can't be opened, migrated or written."""
