"""Settings: frozen, passed in. A flag beats `VOICECOACH_*` beats `config.toml` beats the default.

Every field of `Settings` is a setting; docs/settings.md describes each, and a test checks that.
"""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from voicecoach.breathing import FEWEST_ROUNDS, MOST_ROUNDS, PATTERNS, USUAL, find_pattern
from voicecoach.errors import SettingError, SettingValueError

PREFIX: Final = "VOICECOACH_"
WEEK_STARTS: Final = ("monday", "sunday", "saturday")
"""On what weekday calendars begin: most of the world, the Americas and East Asia, the Middle East
(Unicode CLDR's week data)."""
COMPUTE_TYPES: Final = ("int8", "int8_float32", "int16", "float16", "float32", "auto")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything that can be set.

    `home` holds the data. `database_url` is empty for the SQLite file in the home.
    `whisper_model` is "auto" (chosen from the machine), a catalogue name, or a folder.
    `rate` is the speaking rate of the coach's voice in words a minute. `target` is the overall
    score (0–100) a question is rehearsed towards. `minutes_per_day` is what the plan may ask for,
    `week_starts` the first day of a calendar's week.
    `record_limit_seconds` ends an answer; None: only the person does. `ask_guess` asks what the
    person expects of an answer before its score is shown. `synthetic` lets the weights
    that know synthetic voices only transcribe (demo and tests). `time_zone` is an IANA name, empty
    for the machine's own. `breathing` names the pattern somebody breathes along with and
    `breathing_rounds` how often (None: as often as is usual for it); `breathe_first` offers it
    before each debrief and drill. `wording_help_url` is an OpenAI-compatible endpoint
    on this machine (or in the private network `wording_help_network`, such as 192.168.1.0/24) that
    may propose wordings with `wording_help_model`; empty: there is none.
    """

    home: Path
    database_url: str = ""
    models_folder: Path | None = None
    whisper_model: str = "auto"
    compute_type: str = "int8"
    beam_size: int = 5
    language: str = "en"
    voice: str = ""
    rate: int = 165
    microphone: str = ""
    target: float = 70.0
    minutes_per_day: int = 30
    week_starts: str = "monday"
    record_limit_seconds: float | None = None
    ask_guess: bool = False
    synthetic: bool = False
    time_zone: str = ""
    port: int = 8765
    breathing: str = USUAL.name
    breathing_rounds: int | None = None
    breathe_first: bool = False
    wording_help_url: str = ""
    wording_help_model: str = ""
    wording_help_network: str = ""
    rubric_weights: Mapping[str, Mapping[str, float]] = field(default_factory=dict)

    @property
    def recordings_folder(self) -> Path:
        """Where answers lie as WAV files."""
        return self.home / "recordings"

    @property
    def speech_cache_folder(self) -> Path:
        """Where spoken questions are kept."""
        return self.home / "spoken"

    @property
    def effective_database_url(self) -> str:
        """The database as an SQLAlchemy URL."""
        return self.database_url or f"sqlite:///{(self.home / 'voicecoach.db').as_posix()}"

    @property
    def weights_folder(self) -> Path:
        """Where model weights are downloaded to."""
        return self.models_folder or checkout_models_folder() or self.home / "models"


def checkout_models_folder() -> Path | None:
    """Return `models/` of the source checkout this runs from; None when installed elsewhere."""
    folder = Path(__file__).resolve().parent.parent / "models"
    return folder if (folder.parent / "pyproject.toml").is_file() and folder.is_dir() else None


def bundled_weights_folders() -> tuple[Path, ...]:
    """Return where weights that come with the product may lie: checkout first, then wheel."""
    in_wheel = Path(__file__).resolve().parent / "bundled_weights"
    in_checkout = checkout_models_folder()
    return (in_checkout, in_wheel) if in_checkout else (in_wheel,)


def load_settings(
    flags: Mapping[str, object] | None = None, environment: Mapping[str, str] | None = None
) -> Settings:
    """Gather the settings from flags, environment, file and defaults.

    Args:
        flags: values given on the command line; None values count as not given.
        environment: the environment variables; the process's own by default.

    Raises:
        SettingError: a value can't be used, or a name in the file is not a setting.
    """
    environment = os.environ if environment is None else environment
    given = {name: value for name, value in (flags or {}).items() if value is not None}
    names = {item.name for item in fields(Settings)}
    from_environment = {
        name: environment[PREFIX + name.upper()]
        for name in names - {"rubric_weights"}
        if environment.get(PREFIX + name.upper(), "") != ""
    }
    home = _path("home", given.get("home", from_environment.get("home", default_home())))
    values: dict[str, object] = {
        **_read_file(home / "config.toml", names),
        **from_environment,
        **given,
    }
    values["home"] = home
    return Settings(**_checked(values))


def checked_setting(name: str, value: object) -> Any:
    """Return a setting's value as `Settings` holds it, from a text or as it is.

    Raises:
        SettingValueError: it can't be used.
    """
    return _CHECKS[name](name, value)


def overruling(
    flags: Mapping[str, object] | None = None, environment: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Return which settings config.toml can't change in this run, and what sets them instead.

    That is the flag ("--rate") or the variable ("VOICECOACH_RATE") by the setting's name.
    """
    environment = os.environ if environment is None else environment
    names = {item.name for item in fields(Settings)} - {"rubric_weights"}
    variables = {name: PREFIX + name.upper() for name in names}
    return {
        **{name: one for name, one in variables.items() if environment.get(one, "") != ""},
        **{
            name: "--" + name.replace("_", "-")
            for name, value in (flags or {}).items()
            if value is not None
        },
    }


def default_home() -> Path:
    """Return the platform's user data folder for voicecoach."""
    from platformdirs import user_data_path  # noqa: PLC0415 - start-up time

    return user_data_path("voicecoach", appauthor=False)


def _read_file(path: Path, names: set[str]) -> dict[str, object]:
    if not path.is_file():
        return {}
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingError(f"{path} is not valid TOML: {error}.", "Mend that line.") from error
    for name in values:
        if name not in names or name == "home":
            raise SettingError(
                f"{path} names a setting that does not exist: {name}.",
                f"The settings are: {', '.join(sorted(names - {'home'}))}.",
            )
    return values


def _checked(values: dict[str, object]) -> dict[str, Any]:
    checked: dict[str, Any] = {}
    for name, value in values.items():
        checked[name] = _CHECKS[name](name, value)
    return checked


def _refuse(name: str, value: object, wanted: str) -> SettingValueError:
    return SettingValueError(
        f"The setting {name} is {value!r}, which can't be used.",
        f"It must be {wanted}. Set it in config.toml, as {PREFIX}{name.upper()}, or with its flag.",
        name=name,
        wanted=wanted,
    )


def _path(name: str, value: object) -> Path:
    if isinstance(value, str | os.PathLike) and str(value).strip():
        return Path(value).expanduser()
    raise _refuse(name, value, "a folder")


def _text(name: str, value: object) -> str:
    if isinstance(value, str):
        return value.strip()
    raise _refuse(name, value, "a text")


def _compute_type(name: str, value: object) -> str:
    text = _text(name, value)
    if text not in COMPUTE_TYPES:
        raise _refuse(name, value, "one of " + ", ".join(COMPUTE_TYPES))
    return text


def _week_start(name: str, value: object) -> str:
    text = _text(name, value).lower()
    if text not in WEEK_STARTS:
        raise _refuse(name, value, "one of " + ", ".join(WEEK_STARTS))
    return text


def _language(name: str, value: object) -> str:
    text = _text(name, value).lower()
    if len(text) not in {2, 3} or not text.isalpha():
        raise _refuse(name, value, "a language code such as en or de")
    return text


def _time_zone(name: str, value: object) -> str:
    text = _text(name, value)
    if text:
        try:
            ZoneInfo(text)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise _refuse(name, value, "a zone such as Europe/Berlin") from error
    return text


def _http_address(name: str, value: object) -> str:
    """Return an address; whether it may be used is looked at when it is (`wording_help.py`)."""
    text = _text(name, value).rstrip("/")
    if not text:
        return text
    wanted = "an address such as http://127.0.0.1:11434/v1, without a password in it"
    try:
        parts = urlsplit(text)
        usable = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError as error:
        raise _refuse(name, value, wanted) from error
    if not usable or parts.username or parts.password or parts.query or parts.fragment:
        raise _refuse(name, value, wanted)
    return text


def _private_network(name: str, value: object) -> str:
    text = _text(name, value)
    if text:
        wanted = "a private network such as 192.168.1.0/24"
        try:
            network = _plain_network(text)
        except ValueError as error:
            raise _refuse(name, value, wanted) from error
        if not any(_lies_in(network, one) for one in _PRIVATE):
            raise _refuse(name, value, wanted)
        return str(network)
    return text


_PRIVATE: Final = tuple(
    ip_network(one)
    for one in (
        *("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "127.0.0.0/8"),
        *("fc00::/7", "fe80::/10", "::1/128"),
    )
)
"""Networks that lead no further than a house or a company; Python calls many more private."""


def _plain_network(text: str) -> IPv4Network | IPv6Network:
    """Return a network; one of IPv4 addresses written as IPv6 is that of the IPv4 addresses."""
    network = ip_network(text)
    mapped = network.network_address.ipv4_mapped if isinstance(network, IPv6Network) else None
    if mapped is None or network.prefixlen < 96:
        return network
    return IPv4Network((mapped, network.prefixlen - 96))


def _lies_in(network: IPv4Network | IPv6Network, wider: IPv4Network | IPv6Network) -> bool:
    if isinstance(network, IPv4Network):
        return isinstance(wider, IPv4Network) and network.subnet_of(wider)
    return isinstance(wider, IPv6Network) and network.subnet_of(wider)


def _number(low: float, high: float, *, whole: bool) -> Any:
    def check(name: str, value: object) -> float | int:
        wanted = f"a {'whole ' if whole else ''}number from {low:g} to {high:g}"
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            raise _refuse(name, value, wanted)
        try:
            number = float(value)
        except ValueError as error:
            raise _refuse(name, value, wanted) from error
        if not low <= number <= high or (whole and number != int(number)):
            raise _refuse(name, value, wanted)
        return int(number) if whole else number

    return check


def _limit(name: str, value: object) -> float | None:
    if value in {"", 0, "0", "none"}:
        return None
    seconds: float = _number(5, 3600, whole=False)(name, value)
    return seconds


def _yes_or_no(name: str, value: object) -> bool:
    if isinstance(value, bool):
        return value
    words = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}
    if isinstance(value, str) and value.lower() in words:
        return words[value.lower()]
    raise _refuse(name, value, "true or false")


def _breathing(name: str, value: object) -> str:
    text = _text(name, value)
    if find_pattern(text) is None:
        raise _refuse(name, value, "one of " + ", ".join(one.name for one in PATTERNS))
    return text


def _rounds(name: str, value: object) -> int | None:
    if value in {"", 0, "0", "none"}:
        return None
    rounds: int = _number(FEWEST_ROUNDS, MOST_ROUNDS, whole=True)(name, value)
    return rounds


def _weights(name: str, value: object) -> dict[str, dict[str, float]]:
    if not isinstance(value, Mapping):
        raise _refuse(name, value, "a table of question kinds")
    checked: dict[str, dict[str, float]] = {}
    for kind, row in value.items():
        if not isinstance(row, Mapping) or not all(
            isinstance(weight, int | float) and not isinstance(weight, bool) and weight >= 0
            for weight in row.values()
        ):
            raise _refuse(f"{name}.{kind}", row, "a table of criteria with weights of 0 or more")
        if abs(sum(row.values()) - 100) > 0.01:
            raise _refuse(f"{name}.{kind}", dict(row), "weights that sum to 100")
        checked[str(kind)] = {str(criterion): float(weight) for criterion, weight in row.items()}
    return checked


_CHECKS: Final[dict[str, Any]] = {
    "home": _path,
    "database_url": _text,
    "models_folder": _path,
    "whisper_model": _text,
    "compute_type": _compute_type,
    "beam_size": _number(1, 20, whole=True),
    "language": _language,
    "voice": _text,
    "rate": _number(80, 300, whole=True),
    "microphone": _text,
    "target": _number(10, 95, whole=False),
    "minutes_per_day": _number(5, 480, whole=True),
    "week_starts": _week_start,
    "record_limit_seconds": _limit,
    "ask_guess": _yes_or_no,
    "synthetic": _yes_or_no,
    "time_zone": _time_zone,
    "port": _number(1024, 65535, whole=True),
    "breathing": _breathing,
    "breathing_rounds": _rounds,
    "breathe_first": _yes_or_no,
    "wording_help_url": _http_address,
    "wording_help_model": _text,
    "wording_help_network": _private_network,
    "rubric_weights": _weights,
}
