"""Settings -> Coach: the only module that names real engines."""

import os
import sys
import tempfile
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, tzinfo
from functools import cache, partial
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from question_bank.question import QuestionKind
from voicecoach.config_file import replace_table
from voicecoach.database import Database, open_database
from voicecoach.doctor import Checkup
from voicecoach.engines import Engines, NamedEncoder
from voicecoach.errors import InvalidInputError, SettingError, WeightsMissingError
from voicecoach.practice import Coach
from voicecoach.scoring.result import CriterionName
from voicecoach.scoring.rubric import WEIGHTS, check_weights
from voicecoach.settings import Settings, bundled_weights_folders
from voicecoach.speech.acoustics import measure_sound
from voicecoach.speech.audio_file import decode_audio, read_audio, write_wav
from voicecoach.speech.contracts import Player
from voicecoach.speech.encoder_conversion import ENCODER_NAME, is_converted
from voicecoach.speech.faster_whisper_transcriber import FasterWhisperTranscriber
from voicecoach.speech.forced_alignment import WhisperAligner
from voicecoach.speech.live_measures import LiveMeasures
from voicecoach.speech.pyttsx3_speaker import Pyttsx3Speaker, Voice
from voicecoach.speech.recording import Recording
from voicecoach.speech.recording_file import recover
from voicecoach.speech.sentence_encoder import CTranslate2SentenceEncoder
from voicecoach.speech.sounddevice_player import SounddevicePlayer
from voicecoach.speech.sounddevice_recorder import SounddeviceRecorder
from voicecoach.speech.weights import find_whisper
from voicecoach.speech.weights_catalogue import default_whisper

SYNTHETIC_WEIGHTS: Final = "espeak-tiny"
"""Weights that know synthetic voices only: for the demo and tests, never for a person."""

OWN_RECORDING_LIMIT_SECONDS: Final = 6 * 3600.0
"""A recording of our own is read whole; the limit only guards against a wrong file."""


def build_coach(
    settings: Settings,
    *,
    clock: Callable[[], datetime] | None = None,
    claims_as: str = "",
) -> Coach:
    """Open the home, bring its database up to date and give a coach with real engines.

    Args:
        settings: everything that can be set.
        clock: gives the present moment, aware; the machine's own by default.
        claims_as: what the names of this coach's claims begin with.

    Raises:
        SettingError: a setting can't be used.
        DatabaseError: the database can't be opened or brought up to date.
    """
    make_private_home(settings.home)
    return Coach(
        settings=settings,
        database=open_migrated_database(settings),
        engines=build_engines(settings),
        clock=clock or now,
        time_zone=time_zone(settings),
        new_id=new_id,
        rubric_weights=rubric_weights(settings),
        claims_as=claims_as,
    )


def build_engines(settings: Settings) -> Engines:
    """Give the real engines; nothing heavy is loaded before it is used."""
    player = SounddevicePlayer()
    speaker = _speaker(settings, settings.speech_cache_folder, player=player)
    transcriber = cache(partial(build_transcriber, settings))

    def forget_spoken(texts: Sequence[str]) -> None:
        for text in texts:
            speaker.forget(text)

    return Engines(
        speaker=speaker,
        recorder=SounddeviceRecorder(settings.microphone or None),
        transcriber=transcriber,
        live_transcriber=transcriber,
        aligner=lambda: WhisperAligner(transcriber()),
        encoder=cache(partial(build_encoder, settings)),
        read_answer=decode_audio,
        read_recording=read_own_recording,
        write_recording=write_wav,
        measure_sound=measure_sound,
        live_measures=LiveMeasures,
        play=player.play,
        forget_spoken=forget_spoken,
    )


def build_transcriber(settings: Settings) -> FasterWhisperTranscriber:
    """Give the transcriber for the weights that are set.

    Raises:
        WeightsMissingError: they are not on this machine, or not complete.
        SettingError: weights for synthetic voices were set for a person's voice.
    """
    name = whisper_name(settings)
    folder = find_whisper(name, weights_folders(settings))
    return FasterWhisperTranscriber(
        folder,
        name=folder.name,
        language=settings.language,
        compute_type=settings.compute_type,
        beam_size=settings.beam_size,
        cpu_threads=os.cpu_count() or 1,
        synthetic=settings.synthetic,
    )


def whisper_name(settings: Settings) -> str:
    """Return the name (or folder) of the Whisper weights these settings ask for.

    Raises:
        SettingError: weights for synthetic voices were set for a person's voice.
    """
    if settings.synthetic:
        return SYNTHETIC_WEIGHTS
    if Path(settings.whisper_model).name == SYNTHETIC_WEIGHTS:
        raise SettingError(
            f"The weights {SYNTHETIC_WEIGHTS} know synthetic voices only.",
            "Set whisper_model to auto for your own voice, or use --synthetic for the demo.",
        )
    if settings.whisper_model != "auto":
        return settings.whisper_model
    return default_whisper(os.cpu_count() or 1, memory_bytes())


def build_encoder(settings: Settings) -> NamedEncoder | None:
    """Give the sentence encoder; None where its weights are not on this machine."""
    for parent in weights_folders(settings):
        folder = parent / ENCODER_NAME
        if is_converted(folder):
            encoder = CTranslate2SentenceEncoder(folder)
            return NamedEncoder(name=encoder.name, encode=encoder)
    return None


def build_checkup(settings: Settings) -> Checkup:
    """Give what `voicecoach doctor` looks at."""

    def data() -> str:
        make_private_home(settings.home)
        database = open_migrated_database(settings)
        database.close()
        return "the database opens" if settings.database_url else str(database.path)

    def voice() -> str:
        with tempfile.TemporaryDirectory() as folder:
            speaker = _speaker(settings, Path(folder), player=None)
            speaker.synthesise("Hello.")
        return settings.voice or "the engine's own voice"

    def weights() -> str:
        transcriber = build_transcriber(settings)
        return f"{transcriber.weights}, complete"

    def encoder() -> str:
        found = build_encoder(settings)
        if found is None:
            raise WeightsMissingError(
                "The sentence encoder is not on this machine.",
                "Bring it: voicecoach models download all-MiniLM-L6-v2",
            )
        return found.name

    return Checkup(
        home=settings.home,
        data=data,
        microphone=SounddeviceRecorder(settings.microphone or None).microphone,
        speaker=SounddevicePlayer().output,
        voice=voice,
        weights=weights,
        encoder=encoder,
    )


def list_voices(settings: Settings) -> tuple[Voice, ...]:
    """Return the voices the coach can speak with on this machine.

    Raises:
        SpeechSynthesisError: no speech engine works.
    """
    return _speaker(settings, settings.speech_cache_folder, player=None).list_voices()


def voice_sample(settings: Settings, text: str, *, voice: str, rate: int) -> Path:
    """Return a WAV file with a text spoken in a voice that is being considered.

    Args:
        settings: where spoken texts are kept.
        text: what to say.
        voice: id or name of a voice; empty for the engine's own.
        rate: words a minute.

    Raises:
        SpeechSynthesisError: the voice is unknown, or no speech engine works.
    """
    considered = replace(settings, voice=voice, rate=rate)
    return _speaker(considered, settings.speech_cache_folder, player=None).synthesise(text)


def weights_folders(settings: Settings) -> tuple[Path, ...]:
    """Return where weights may lie, the person's own folder first."""
    return (settings.weights_folder, *bundled_weights_folders())


def open_migrated_database(settings: Settings) -> Database:
    """Open the database and bring it up to date."""
    database = open_database(settings.effective_database_url)
    database.migrate()
    return database


def make_private_home(home: Path) -> None:
    """Make the home, readable by its owner only.

    Raises:
        SettingError: it can't be made or written.
    """
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        if sys.platform != "win32" and home.stat().st_mode & 0o077:
            home.chmod(0o700)
    except OSError as error:
        raise SettingError(
            f"The folder {home} can't be used: {error.strerror or error}.",
            "Set VOICECOACH_HOME to a folder you may write to.",
        ) from error


def rubric_weights(settings: Settings) -> Mapping[QuestionKind, Mapping[CriterionName, float]]:
    """Return the criteria's weights for each kind of question: the rubric's, or the person's own.

    Raises:
        SettingError: a kind or a criterion in the settings does not exist.
    """
    weights = dict(WEIGHTS)
    for kind_name, row in settings.rubric_weights.items():
        try:
            kind = QuestionKind(kind_name)
            weights[kind] = {CriterionName(name): weight for name, weight in row.items()}
        except ValueError as error:
            raise SettingError(
                f"rubric_weights names something that does not exist: {error}.",
                f"Kinds are {', '.join(QuestionKind)}; criteria are {', '.join(CriterionName)}.",
            ) from error
    return weights


def set_rubric_weights(
    settings: Settings, kind: QuestionKind, row: Mapping[str, float] | None
) -> Settings:
    """Keep the person's own weights for a kind of question in config.toml, and return the settings.

    Args:
        settings: those in effect; their home says where the file lies.
        kind: the kind of question.
        row: the weight of each criterion, summing to 100; None for the rubric's own again.

    Raises:
        InvalidInputError: a criterion does not exist, or the weights don't sum to 100.
        SettingError: config.toml can't be changed.
    """
    if row is not None:
        for name in row:
            if name not in set(CriterionName):
                raise InvalidInputError(
                    f"There is no criterion '{name}'.",
                    f"The criteria are {', '.join(CriterionName)}.",
                )
        check_weights({CriterionName(name): weight for name, weight in row.items()}, kind)
    make_private_home(settings.home)
    plain = None if row is None else {str(name): float(weight) for name, weight in row.items()}
    replace_table(settings.home / "config.toml", ("rubric_weights", kind.value), plain)
    kept = {name: one for name, one in settings.rubric_weights.items() if name != kind.value}
    return replace(settings, rubric_weights=kept if plain is None else {**kept, kind.value: plain})


def time_zone(settings: Settings) -> tzinfo:
    """Return where the person lives: the setting, else the machine's zone."""
    if settings.time_zone:
        return ZoneInfo(settings.time_zone)
    import tzlocal  # noqa: PLC0415 - start-up time

    zone: tzinfo = tzlocal.get_localzone()
    return zone


def read_own_recording(path: Path) -> Recording:
    """Read a recording of our own, mending first what a crash left of it.

    Raises:
        RecordingError: it can't be read, or holds no sound.
    """
    recover(path)
    return read_audio(path, max_seconds=OWN_RECORDING_LIMIT_SECONDS)


def memory_bytes() -> int:
    """Return the machine's memory in bytes; 8 GiB where the system doesn't tell."""
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):
        return 8 * 2**30


def now() -> datetime:
    """Return the present moment, UTC-aware."""
    return datetime.now(UTC)


def new_id() -> str:
    """Return a fresh id: 32 hexadecimal digits of chance."""
    return uuid.uuid4().hex


def _speaker(settings: Settings, cache: Path, *, player: Player | None) -> Pyttsx3Speaker:
    return Pyttsx3Speaker(
        cache,
        voice=settings.voice or None,
        words_per_minute=settings.rate,
        player=player,
    )
