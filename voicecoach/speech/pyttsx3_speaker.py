"""The Speaker: pyttsx3 in a fresh child process per utterance, its sound kept in a cache.

One process per utterance sidesteps what pyttsx3 does wrong within one (later utterances lost,
hangs, crashes with threads), and a crash of the speech engine can't take the coach along.
"""

import difflib
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
import wave
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final, cast

import numpy as np

from voicecoach.errors import (
    AudioPlaybackError,
    NothingToSayError,
    RecordingError,
    SettingError,
    SpeechSynthesisError,
)
from voicecoach.speech.audio_file import pcm16_at_rate, write_pcm16_wav
from voicecoach.speech.contracts import Player, SpokenQuestion
from voicecoach.speech.pyttsx3_child import SpeakingResult, SpeakingTask, VoiceEntry

SLOWEST_WORDS_PER_MINUTE: Final = 80
FASTEST_WORDS_PER_MINUTE: Final = 450
"""espeak-ng speaks no slower and no faster."""

LONGEST_TEXT: Final = 10_000
"""Characters, about ten minutes of speech; pyttsx3's time grows with the square of it."""

CACHE_LIMIT_BYTES: Final = 100 * 1024 * 1024

_CHILD_MODULE: Final = "voicecoach.speech.pyttsx3_child"
_QUIETEST_PEAK: Final = 200
"""A 16-bit count (−44 dBFS): what stays below is silence, not speech."""

_STALE_PARTIAL_SECONDS: Final = 3600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """A voice on this machine; `id` is what the setting takes."""

    id: str
    name: str
    languages: tuple[str, ...]


class Pyttsx3Speaker:
    """Speaks with the machine's own voices: espeak-ng on Linux, the system's on macOS and Windows.

    Args:
        cache_folder: where the WAVs are kept, made when first needed, for its owner only.
        voice: id, name or language of a voice; with espeak-ng a variant may follow ("en-us+f3").
            None: the engine's own default.
        words_per_minute: 80–450.
        player: plays the WAVs; None where nothing is to be played.
        cache_limit_bytes: when the cache outgrows it, what was used longest ago is dropped.
        deadline_seconds: a speech engine that takes longer is given up; long texts get more.

    Raises:
        SettingError: `words_per_minute` is out of range.
    """

    def __init__(
        self,
        cache_folder: Path,
        voice: str | None = None,
        words_per_minute: int = 160,
        player: Player | None = None,
        *,
        cache_limit_bytes: int = CACHE_LIMIT_BYTES,
        deadline_seconds: float = 30.0,
    ) -> None:
        if not SLOWEST_WORDS_PER_MINUTE <= words_per_minute <= FASTEST_WORDS_PER_MINUTE:
            raise SettingError(
                f"A speaking rate of {words_per_minute} words per minute can't be spoken.",
                f"Set words_per_minute between {SLOWEST_WORDS_PER_MINUTE} "
                f"and {FASTEST_WORDS_PER_MINUTE}.",
            )
        self._cache_folder = cache_folder
        self._voice = voice or None
        self._words_per_minute = words_per_minute
        self._player = player
        self._cache_limit_bytes = cache_limit_bytes
        self._deadline_seconds = deadline_seconds

    def synthesise(self, text: str) -> Path:
        """Return a WAV file with the text spoken (from the cache when spoken before).

        Raises:
            SpeechSynthesisError: the text is empty or too long, the voice is unknown, no speech
                engine works, or the cache can't be written.
        """
        said = _speakable(text)
        path = self._cache_folder / self._file_name(said)
        if _seconds_of_sound(path) is not None:
            with suppress(OSError):
                os.utime(path)
            return path
        partial = self._new_partial()
        try:
            self._speak_into(partial, said)
            partial.replace(path)
        except OSError as error:
            raise self._cache_error(error) from error
        finally:
            with suppress(OSError):
                partial.unlink(missing_ok=True)
        self._drop_oldest(keep=path)
        return path

    def speak(self, text: str) -> SpokenQuestion:
        """Synthesise and play aloud; where nothing can be played, say so in the result.

        Raises:
            SpeechSynthesisError: as `synthesise`.
        """
        path = self.synthesise(text)
        not_played: str | None = None
        if self._player is None:
            not_played = f"Playing is switched off; the question is in {path}."
        else:
            try:
                self._player.play(path)
            except AudioPlaybackError as error:
                not_played = f"{error} The question is in {path}."
        return SpokenQuestion(
            path=path, seconds=_seconds_of_sound(path) or 0.0, not_played=not_played
        )

    def list_voices(self) -> tuple[Voice, ...]:
        """Return the voices of this machine.

        Raises:
            SpeechSynthesisError: no speech engine works.
        """
        return tuple(
            Voice(id=entry["id"], name=entry["name"], languages=tuple(entry["languages"]))
            for entry in self._run_child(text="", path=None)["voices"]
        )

    def forget(self, text: str) -> None:
        """Delete the cached sound of a text, in every voice and at every rate."""
        for path in self._cache_folder.glob(f"{_digest(_speakable(text))}-*.wav"):
            path.unlink(missing_ok=True)

    def _file_name(self, said: str) -> str:
        how = _digest(f"{self._voice or ''}\n{self._words_per_minute}")
        return f"{_digest(said)}-{how[:16]}.wav"

    def _new_partial(self) -> Path:
        try:
            self._cache_folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            descriptor, name = tempfile.mkstemp(dir=self._cache_folder, suffix=".partial")
        except OSError as error:
            raise self._cache_error(error) from error
        os.close(descriptor)
        return Path(name)

    def _cache_error(self, error: OSError) -> SpeechSynthesisError:
        return SpeechSynthesisError(
            f"Speech can't be saved in {self._cache_folder}: {error.strerror or error}.",
            "Make that folder writable or make room on its disk.",
        )

    def _speak_into(self, path: Path, said: str) -> None:
        self._run_child(text=said, path=path)
        with path.open("rb") as file:
            start = file.read(4)
        if start and start != b"RIFF":
            _turn_into_wav(path)
        if _seconds_of_sound(path) is None:
            raise SpeechSynthesisError(
                "The speech engine made no sound of the text.",
                "Try another voice, or words that can be spoken.",
            )

    def _run_child(self, *, text: str, path: Path | None) -> SpeakingResult:
        """Run the child; where the system's espeak-ng takes it down, try the bundled one."""
        task = SpeakingTask(
            text=text,
            path=None if path is None else str(path.absolute()),
            voice=self._voice,
            words_per_minute=self._words_per_minute,
            bundled_only=False,
        )
        deadline_seconds = self._deadline_seconds + len(text) / 200
        result = _child_result(task, deadline_seconds)
        if result["problem"] in {"no_engine", "failed"} and sys.platform == "linux":
            task["bundled_only"] = True
            second = _child_result(task, deadline_seconds)
            if second["problem"] != "no_engine":
                result = second
        if result["problem"] == "unknown_voice":
            raise _unknown_voice(result["detail"], result["voices"])
        if result["problem"] == "no_engine":
            raise SpeechSynthesisError(
                f"No speech engine works on this machine ({result['detail']}).",
                _install_remedy(),
            )
        if result["problem"] == "failed":
            raise SpeechSynthesisError(
                f"The speech engine failed ({result['detail']}).",
                "Try again, or another voice.",
            )
        return result

    def _drop_oldest(self, *, keep: Path) -> None:
        """Bring the cache under its limit, and clear away what a crash left half made."""
        with suppress(OSError):
            long_ago = time.time() - _STALE_PARTIAL_SECONDS
            for partial in self._cache_folder.glob("*.partial"):
                if partial.stat().st_mtime < long_ago:
                    partial.unlink(missing_ok=True)
            kept = [(path, path.stat()) for path in self._cache_folder.glob("*.wav")]
            total = sum(stat.st_size for _, stat in kept)
            for path, stat in sorted(kept, key=lambda entry: entry[1].st_mtime_ns):
                if total <= self._cache_limit_bytes:
                    return
                if path != keep:
                    path.unlink(missing_ok=True)
                    total -= stat.st_size


def _speakable(text: str) -> str:
    """Return the text in one line without control characters, which steer espeak-ng.

    Raises:
        NothingToSayError: nothing is left.
        SpeechSynthesisError: it is too long.
    """
    one_line = " ".join(text.encode("utf-8", "replace").decode("utf-8").split())
    said = "".join(character for character in one_line if character.isprintable())
    if not said:
        raise NothingToSayError("There is nothing to say.", "Give a text with words in it.")
    if len(said) > LONGEST_TEXT:
        raise SpeechSynthesisError(
            f"A text of {len(said)} characters is too long to be spoken at once.",
            f"Keep it under {LONGEST_TEXT} characters.",
        )
    return said


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:40]


def _child_result(task: SpeakingTask, deadline_seconds: float) -> SpeakingResult:
    """Run the child process and return what it says, or why it said nothing."""
    command = [sys.executable, "-P", "-m", _CHILD_MODULE]
    try:
        finished = subprocess.run(  # noqa: S603 - our own module, nothing from outside
            command,
            input=json.dumps(task).encode("ascii"),
            capture_output=True,
            timeout=deadline_seconds,
            check=False,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except subprocess.TimeoutExpired:
        return _failed(f"it gave no answer within {deadline_seconds:.0f} seconds")
    except OSError as error:
        return _failed(f"Python can't be started: {error.strerror or error}")
    try:
        return cast("SpeakingResult", json.loads(finished.stdout))
    except ValueError:
        said = finished.stderr.decode("utf-8", "replace").strip().splitlines()
        why = said[-1][:200] if said else "it said nothing"
        return _failed(f"it ended with status {finished.returncode}: {why}")


def _failed(detail: str) -> SpeakingResult:
    return SpeakingResult(problem="failed", detail=detail, voices=[])


def _unknown_voice(wanted: str, voices: list[VoiceEntry]) -> SpeechSynthesisError:
    """Name the voice asked for, and a few that exist: like-named ones first, then English."""
    names = [_short_name(voice) for voice in voices]
    english = [name for name, voice in zip(names, voices, strict=True) if _is_english(voice)]
    near = difflib.get_close_matches(wanted.partition("+")[0], names, n=3, cutoff=0.6)
    some = list(dict.fromkeys([*near, *english, *names]))[:6]
    return SpeechSynthesisError(
        f"There is no voice “{wanted}” on this machine.",
        f"Set the voice to one of its {len(names)}, such as {', '.join(some)}."
        if some
        else _install_remedy(),
    )


def _short_name(voice: VoiceEntry) -> str:
    """Return what a person would type: "en-us" for espeak-ng's "gmw/en-us", else the name."""
    return voice["id"].rpartition("/")[2] if "/" in voice["id"] else voice["name"]


def _is_english(voice: VoiceEntry) -> bool:
    return any(language.lower().startswith("en") for language in voice["languages"])


def _install_remedy() -> str:
    if sys.platform in {"darwin", "win32"}:
        return "Install a voice in the system's settings, under speech."
    return "Install espeak-ng with the system's packages, or `pip install espeakng-loader`."


def _seconds_of_sound(path: Path) -> float | None:
    """Return the seconds of a WAV that holds more than silence; None for anything else."""
    try:
        with wave.open(str(path), "rb") as wav:
            if wav.getsampwidth() != 2:
                return None
            samples = np.frombuffer(wav.readframes(wav.getnframes()), dtype="<i2")
            seconds = len(samples) / wav.getnchannels() / wav.getframerate()
    except (OSError, EOFError, wave.Error, ValueError, ZeroDivisionError):
        return None
    peak = int(np.abs(samples.astype(np.int32)).max(initial=0))
    return seconds if peak >= _QUIETEST_PEAK else None


def _turn_into_wav(path: Path) -> None:
    """Rewrite another container (macOS writes AIFF whatever the suffix) as WAV, in place."""
    try:
        pcm, rate = pcm16_at_rate(path, rate=None, max_seconds=3600.0)
        write_pcm16_wav(path, pcm, sample_rate=rate)
    except RecordingError as error:
        raise SpeechSynthesisError(
            "The speech engine wrote a sound file that can't be read.", "Try another voice."
        ) from error
