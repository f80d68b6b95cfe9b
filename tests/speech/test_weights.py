"""Weights: known, present, complete, fetched from a (fake) hub, taken over from another machine."""

import io
import os
import shutil
import socket
import sys
import tarfile
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes.hub import REVISION, FakeHub, running_hub
from tests.speech.spoken import join, silence, speak
from voicecoach.errors import (
    InvalidInputError,
    WeightsDownloadError,
    WeightsMissingError,
)
from voicecoach.speech.encoder_conversion import (
    ENCODER_FILES,
    ENCODER_NAME,
    ENCODER_REPOSITORY,
    ENCODER_SOURCE_FILES,
)
from voicecoach.speech.faster_whisper_transcriber import FasterWhisperTranscriber
from voicecoach.speech.weights import (
    KNOWN_WEIGHTS,
    default_whisper,
    find_known_weights,
    find_whisper,
    installed_weights,
    read_specification,
    verify_weights,
    weights_state,
)
from voicecoach.speech.weights_download import (
    SPARE_BYTES,
    download_size_bytes,
    download_weights,
)
from voicecoach.speech.weights_download_process import failure_kind
from voicecoach.speech.weights_import import import_weights
from voicecoach.speech.weights_manifest import MANIFEST_NAME, read_manifest

MODELS = Path(__file__).parents[2] / "models"
ESPEAK_TINY = MODELS / "espeak-tiny"
ENCODER = MODELS / ENCODER_NAME
WEIGHTS_NAMES = (
    "model.bin",
    "config.json",
    "tokenizer.json",
    "vocabulary.json",
    "preprocessor_config.json",
)
BASE = "Systran/faster-whisper-base"


def copy_weights(target: Path) -> Path:
    """Put real, small Whisper weights into a folder."""
    target.mkdir(parents=True)
    for name in WEIGHTS_NAMES:
        shutil.copyfile(ESPEAK_TINY / name, target / name)
    return target


@pytest.fixture
def models_folder(tmp_path: Path) -> Path:
    return tmp_path / "models"


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeHub]:
    """A hub that has small real weights under the name of `base`."""
    with running_hub() as running:
        running.files[BASE] = {
            **{name: (ESPEAK_TINY / name).read_bytes() for name in WEIGHTS_NAMES},
            "README.md": b"not needed",
        }
        monkeypatch.setenv("HF_ENDPOINT", running.endpoint)
        monkeypatch.delenv("HF_HUB_OFFLINE", raising=False)
        yield running


def names_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


class TestKnownWeights:
    @pytest.mark.parametrize(
        ("cores", "gigabytes", "expected"),
        [(1, 16, "base"), (3, 16, "base"), (4, 8, "small"), (64, 256, "small"), (8, 1, "base")],
    )
    def test_the_machine_decides_the_default(
        self, cores: int, gigabytes: int, expected: str
    ) -> None:
        assert default_whisper(cores, gigabytes * 1024**3) == expected

    def test_unknown_memory_is_taken_for_enough(self) -> None:
        assert default_whisper(8, 0) == "small"

    @given(st.integers(1, 256), st.integers(0, 2**45))
    def test_the_default_is_always_known_and_multilingual(self, cores: int, memory: int) -> None:
        known = find_known_weights(default_whisper(cores, memory))
        assert known is not None
        assert known.multilingual

    def test_names_are_found_in_any_case_and_are_unique(self) -> None:
        assert find_known_weights(" Small.EN ") == find_known_weights("small.en")
        assert find_known_weights("enormous") is None
        assert len({weights.name for weights in KNOWN_WEIGHTS}) == len(KNOWN_WEIGHTS)

    def test_every_name_says_about_how_much_it_takes(self) -> None:
        assert download_size_bytes("base") == 148_000_000
        assert download_size_bytes("encoder") == 91_334_623
        with pytest.raises(WeightsDownloadError, match=r"No weights are called.*small"):
            download_size_bytes("enormous")


class TestState:
    def test_nothing_there(self, models_folder: Path) -> None:
        state = weights_state(models_folder / "small")
        assert not state.present
        assert not state.complete
        assert "model.bin" in state.failing
        assert installed_weights([models_folder]) == ()

    def test_a_folder_copied_by_hand_is_complete_but_its_hashes_are_unknown(
        self, models_folder: Path
    ) -> None:
        state = verify_weights(copy_weights(models_folder / "own"))
        assert state.present
        assert state.complete
        assert not state.hashes_known
        assert state.source == ""
        assert state.size_bytes > 4_000_000

    @pytest.mark.parametrize("name", ["model.bin", "config.json", "tokenizer.json"])
    def test_a_missing_file_is_named(self, models_folder: Path, name: str) -> None:
        folder = copy_weights(models_folder / "own")
        (folder / name).unlink()
        assert weights_state(folder).failing == (name,)

    def test_a_changed_file_has_the_right_size_but_not_the_right_hash(
        self, models_folder: Path
    ) -> None:
        folder = import_weights(copy_weights(models_folder.parent / "own"), models_folder)
        assert verify_weights(folder).complete
        content = bytearray((folder / "model.bin").read_bytes())
        content[-1] ^= 1
        (folder / "model.bin").write_bytes(content)
        assert weights_state(folder).complete
        assert verify_weights(folder).failing == ("model.bin",)
        (folder / "model.bin").write_bytes(content[:-1])
        assert weights_state(folder).failing == ("model.bin",)

    def test_a_manifest_nobody_understands_counts_as_none(self, models_folder: Path) -> None:
        folder = copy_weights(models_folder / "own")
        for text in ("", "[]", '{"name": "own"}', '{"files": [{}]}'):
            (folder / MANIFEST_NAME).write_text(text)
            assert read_manifest(folder) is None
            assert weights_state(folder).complete

    def test_weights_are_listed_once_and_half_downloads_not_at_all(
        self, models_folder: Path
    ) -> None:
        copy_weights(models_folder / "own")
        copy_weights(models_folder / "base.partial")
        (models_folder / "notes").mkdir()
        copy_weights(models_folder.parent / "other" / "own")
        states = installed_weights([models_folder, models_folder.parent / "other"])
        assert [state.folder for state in states] == [models_folder / "own"]

    def test_the_encoder_is_listed_and_verified_too(self) -> None:
        state = verify_weights(ENCODER)
        assert state.complete
        assert state.source == ENCODER_REPOSITORY


class TestFinding:
    def test_by_name_the_first_folder_that_has_it_wins(self, tmp_path: Path) -> None:
        (tmp_path / "first" / "small").mkdir(parents=True)
        complete = copy_weights(tmp_path / "second" / "small")
        assert find_whisper("small", [tmp_path / "first", tmp_path / "second"]) == complete

    def test_by_path(self, tmp_path: Path) -> None:
        folder = copy_weights(tmp_path / "somewhere")
        assert find_whisper(str(folder), []) == folder

    def test_known_but_missing_names_the_command_and_the_size(self, tmp_path: Path) -> None:
        with pytest.raises(WeightsMissingError, match=r"486 MB.*models download small"):
            find_whisper("small", [tmp_path])

    def test_unknown_names_list_the_known_ones(self, tmp_path: Path) -> None:
        with pytest.raises(WeightsMissingError, match=r"“enormous”.*base, .*small"):
            find_whisper("enormous", [tmp_path])

    def test_incomplete_weights_name_what_is_missing(self, tmp_path: Path) -> None:
        (copy_weights(tmp_path / "small") / "model.bin").unlink()
        with pytest.raises(WeightsMissingError, match=r"not complete.*model\.bin"):
            find_whisper("small", [tmp_path])

    def test_a_folder_that_is_not_there(self, tmp_path: Path) -> None:
        with pytest.raises(WeightsMissingError, match="There is no folder"):
            find_whisper(str(tmp_path / "nowhere"), [])

    def test_the_sentence_encoder_is_no_whisper(self) -> None:
        with pytest.raises(WeightsMissingError, match="hold another kind of model"):
            find_whisper(str(ENCODER), [])
        with pytest.raises(WeightsMissingError, match="hold another kind of model"):
            find_whisper(ENCODER_NAME, [ENCODER.parent])


class Step(NamedTuple):
    file: str
    done_bytes: int
    total_bytes: int


class TestDownload:
    def test_everything_arrives_checked_and_is_usable(
        self, hub: FakeHub, models_folder: Path
    ) -> None:
        steps: list[Step] = []
        folder = download_weights(
            "base", models_folder, on_progress=lambda *step: steps.append(Step(*step))
        )
        assert folder == models_folder / "base"
        assert names_in(folder) == {*WEIGHTS_NAMES, MANIFEST_NAME}
        assert not (models_folder / "base.partial").exists()
        total = sum((ESPEAK_TINY / name).stat().st_size for name in WEIGHTS_NAMES)
        assert {step.total_bytes for step in steps} == {total}
        assert steps[-1].done_bytes == total
        assert [step.done_bytes for step in steps] == sorted(step.done_bytes for step in steps)
        manifest = read_manifest(folder)
        assert manifest is not None
        assert (manifest.name, manifest.source, manifest.revision) == ("base", BASE, REVISION)
        assert verify_weights(folder).complete
        transcriber = FasterWhisperTranscriber(
            find_whisper("base", [models_folder]), name="base", language="en", synthetic=True
        )
        assert transcriber.transcribe(
            join(silence(0.5), speak("I led the team for two years.").samples, silence(0.5))
        ).words

    def test_what_is_complete_is_not_asked_for_again(
        self, hub: FakeHub, models_folder: Path
    ) -> None:
        copy_weights(models_folder / "base")
        assert download_weights("base", models_folder) == models_folder / "base"
        assert hub.requests == []

    def test_a_broken_line_is_taken_up_again(self, hub: FakeHub, models_folder: Path) -> None:
        hub.breaks_after_bytes = 1_000_000
        folder = download_weights("base", models_folder)
        assert verify_weights(folder).complete
        first, second = hub.ranges("model.bin")
        assert first is None
        assert second is not None

    def test_silence_ends_it_and_the_next_try_goes_on_where_it_stopped(
        self, hub: FakeHub, models_folder: Path
    ) -> None:
        hub.silent_after_bytes = 1_000_000
        with pytest.raises(WeightsDownloadError, match=r"did not answer.*goes on where it stopped"):
            download_weights("base", models_folder, silence_seconds=2)
        (partial,) = (models_folder / "base.partial").iterdir()
        kept = partial.stat().st_size
        assert kept > 500_000
        hub.silent_after_bytes = None
        steps: list[Step] = []
        folder = download_weights(
            "base", models_folder, on_progress=lambda *step: steps.append(Step(*step))
        )
        assert verify_weights(folder).complete
        assert hub.ranges("model.bin")[-1] == f"bytes={kept}-"
        assert steps[0].done_bytes > kept

    def test_a_hub_that_never_answers_is_given_up_on(
        self, hub: FakeHub, models_folder: Path
    ) -> None:
        hub.silent = True
        began = time.monotonic()
        with pytest.raises(WeightsDownloadError, match="did not answer within 2 s"):
            download_weights("base", models_folder, silence_seconds=2)
        assert time.monotonic() - began < 10

    @pytest.mark.parametrize("name", ["model.bin", "config.json"])
    def test_a_damaged_file_is_thrown_away_and_the_others_are_kept(
        self, hub: FakeHub, models_folder: Path, name: str
    ) -> None:
        hub.damaged = {name}
        with pytest.raises(WeightsDownloadError, match=f"{name} .*arrived damaged"):
            download_weights("base", models_folder)
        assert not (models_folder / "base").exists()
        hub.damaged = set()
        hub.requests.clear()
        assert verify_weights(download_weights("base", models_folder)).complete
        asked_for = {path.rpartition("/")[2] for _, path, _ in hub.requests if "/resolve/" in path}
        assert asked_for == {name}

    @pytest.mark.parametrize(
        ("status", "message"),
        [(404, "has no Systran"), (403, "refuses"), (503, r"failed \(.*503")],
    )
    def test_a_hub_that_refuses(
        self, hub: FakeHub, models_folder: Path, status: int, message: str
    ) -> None:
        hub.status = status
        with pytest.raises(WeightsDownloadError, match=message):
            download_weights("base", models_folder)
        assert not (models_folder / "base.partial").exists()

    def test_a_repository_without_the_model(self, hub: FakeHub, models_folder: Path) -> None:
        del hub.files[BASE]["tokenizer.json"]
        with pytest.raises(WeightsDownloadError, match=r"lacks tokenizer\.json"):
            download_weights("base", models_folder)
        assert not (models_folder / "base").exists()

    def test_no_network(self, models_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        with socket.socket() as unused:
            unused.bind(("127.0.0.1", 0))
            port = unused.getsockname()[1]
        monkeypatch.setenv("HF_ENDPOINT", f"http://127.0.0.1:{port}")
        with pytest.raises(WeightsDownloadError, match=r"can't be reached.*models import"):
            download_weights("base", models_folder)

    def test_a_machine_told_to_stay_offline_stays_offline(
        self, hub: FakeHub, models_folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("HF_HUB_OFFLINE", "1")
        with pytest.raises(WeightsDownloadError, match="HF_HUB_OFFLINE is set"):
            download_weights("base", models_folder)
        assert hub.requests == []

    def test_too_little_room_is_told_before_anything_is_fetched(
        self, hub: FakeHub, models_folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        usage = type(shutil.disk_usage("/"))(10**9, 10**9, SPARE_BYTES)
        monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
        with pytest.raises(WeightsDownloadError, match=r"5\d MB are needed.*50 MB are free"):
            download_weights("base", models_folder)
        assert hub.ranges("model.bin") == []

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs the device that is full")
    def test_a_disk_that_fills_up_meanwhile(self, hub: FakeHub, models_folder: Path) -> None:
        hub.silent_after_bytes = 300_000
        with pytest.raises(WeightsDownloadError):
            download_weights("base", models_folder, silence_seconds=2)
        (partial,) = (models_folder / "base.partial").iterdir()
        partial.unlink()
        partial.symlink_to("/dev/full")
        hub.silent_after_bytes = None
        with pytest.raises(WeightsDownloadError, match=r"The disk is full.*goes on where"):
            download_weights("base", models_folder)

    def test_a_folder_nobody_may_write_to(self, hub: FakeHub, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("not a folder")
        with pytest.raises(WeightsDownloadError, match="can't be written"):
            download_weights("base", tmp_path / "file" / "models")

    def test_two_at_once_do_not_disturb_each_other(self, hub: FakeHub, models_folder: Path) -> None:
        def fetch_again(*_: object) -> None:
            with pytest.raises(WeightsDownloadError, match="by another process"):
                download_weights("base", models_folder)

        assert verify_weights(
            download_weights("base", models_folder, on_progress=fetch_again)
        ).complete

    def test_unknown_weights(self, models_folder: Path) -> None:
        with pytest.raises(WeightsDownloadError, match="No weights are called “enormous”"):
            download_weights("enormous", models_folder)

    def test_encoder_from_the_hub_must_be_the_published_one(
        self, hub: FakeHub, models_folder: Path
    ) -> None:
        small = ENCODER_SOURCE_FILES[0].size_bytes // 100
        hub.files[ENCODER_REPOSITORY] = {
            "model.safetensors": bytes(small),
            "tokenizer.json": (ENCODER / "tokenizer.json").read_bytes(),
        }
        with pytest.raises(WeightsDownloadError, match=r"model\.safetensors.*arrived damaged"):
            download_weights("encoder", models_folder)
        assert not (models_folder / ENCODER_NAME).exists()
        del hub.files[ENCODER_REPOSITORY]["tokenizer.json"]
        with pytest.raises(WeightsDownloadError, match="not all of its files"):
            download_weights("encoder", models_folder)

    def test_encoder_that_is_complete_is_left_alone(
        self, hub: FakeHub, models_folder: Path
    ) -> None:
        shutil.copytree(ENCODER, models_folder / ENCODER_NAME)
        assert download_weights("encoder", models_folder) == models_folder / ENCODER_NAME
        assert hub.requests == []

    def test_failures_are_told_apart_whatever_library_raised_them(self) -> None:
        class ConnectTimeoutError(TimeoutError):
            pass

        assert failure_kind(ConnectTimeoutError()) == "no_answer"
        assert failure_kind(ConnectionRefusedError()) == "no_network"
        assert failure_kind(OSError(28, "No space left on device")) == "disk_full"
        assert failure_kind(ValueError("something else")) == "other"


class TestImport:
    def check(self, folder: Path) -> None:
        """The folder holds real, complete, described weights."""
        assert {*WEIGHTS_NAMES, MANIFEST_NAME} == names_in(folder)
        state = verify_weights(folder)
        assert state.complete
        assert state.hashes_known
        assert state.source == "imported"

    def test_a_folder(self, models_folder: Path, tmp_path: Path) -> None:
        copy_weights(tmp_path / "faster-whisper-small")
        (tmp_path / "faster-whisper-small" / "README.md").write_text("left behind")
        folder = import_weights(tmp_path / "faster-whisper-small", models_folder)
        assert folder == models_folder / "small"
        self.check(folder)

    def test_the_hubs_own_cache_with_its_links(self, models_folder: Path, tmp_path: Path) -> None:
        blobs = copy_weights(tmp_path / "models--Systran--faster-whisper-base.en" / "blobs")
        snapshot = blobs.parent / "snapshots" / REVISION
        snapshot.mkdir(parents=True)
        for number, name in enumerate(WEIGHTS_NAMES):
            (blobs / name).rename(blobs / f"blob{number}")
            (snapshot / name).symlink_to(blobs / f"blob{number}")
        folder = import_weights(blobs.parent, models_folder)
        assert folder == models_folder / "base.en"
        self.check(folder)
        assert not (folder / "model.bin").is_symlink()

    @pytest.mark.parametrize("suffix", [".zip", ".tar", ".tar.gz", ".tgz"])
    def test_an_archive(self, models_folder: Path, tmp_path: Path, suffix: str) -> None:
        source = copy_weights(tmp_path / "small")
        archive = tmp_path / f"weights{suffix}"
        if suffix == ".zip":
            with zipfile.ZipFile(archive, "w") as zipped:
                for name in WEIGHTS_NAMES:
                    zipped.write(source / name, f"small/{name}")
        else:
            with tarfile.open(archive, "w:" if suffix == ".tar" else "w:gz") as tar:
                tar.add(source, "small")
        folder = import_weights(archive, models_folder)
        assert folder == models_folder / "small"
        self.check(folder)

    def test_an_archive_without_a_folder_inside_gives_its_own_name(
        self, models_folder: Path, tmp_path: Path
    ) -> None:
        source = copy_weights(tmp_path / "files")
        with zipfile.ZipFile(tmp_path / "faster-distil-whisper-small.en.zip", "w") as zipped:
            for name in WEIGHTS_NAMES:
                zipped.write(source / name, name)
        folder = import_weights(tmp_path / "faster-distil-whisper-small.en.zip", models_folder)
        assert folder == models_folder / "distil-small.en"

    def test_a_name_may_be_given(self, models_folder: Path, tmp_path: Path) -> None:
        folder = import_weights(copy_weights(tmp_path / "w"), models_folder, name="mine")
        assert folder == models_folder / "mine"
        for wrong in ("../mine", "a/b", ".hidden", "x.partial", " "):
            with pytest.raises(InvalidInputError, match="can't be called"):
                import_weights(tmp_path / "w", models_folder, name=wrong)

    def test_our_own_weights_are_compared_with_their_manifest(
        self, models_folder: Path, tmp_path: Path
    ) -> None:
        first = import_weights(copy_weights(tmp_path / "small"), models_folder)
        again = import_weights(first, tmp_path / "other machine")
        assert again == tmp_path / "other machine" / "small"
        content = bytearray((first / "model.bin").read_bytes())
        content[100_000] ^= 1
        (first / "model.bin").write_bytes(content)
        with pytest.raises(InvalidInputError, match=r"damaged: model\.bin"):
            import_weights(first, tmp_path / "third machine")

    def test_archive_that_wants_to_write_elsewhere_writes_nothing_there(
        self, models_folder: Path, tmp_path: Path
    ) -> None:
        source = copy_weights(tmp_path / "w")
        with tarfile.open(tmp_path / "evil.tar", "w") as tar:
            for name in WEIGHTS_NAMES:
                tar.add(source / name, f"../../../small/{name}")
            link = tarfile.TarInfo("../../../small/card.json")
            link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
            tar.addfile(link)
            other = tarfile.TarInfo("../../evil.txt")
            other.size = 4
            tar.addfile(other, io.BytesIO(b"evil"))
        with zipfile.ZipFile(tmp_path / "evil.zip", "w") as zipped:
            for name in WEIGHTS_NAMES:
                zipped.write(source / name, f"../../small/{name}")
        before = names_in(tmp_path)
        for archive in ("evil.tar", "evil.zip"):
            self.check(import_weights(tmp_path / archive, models_folder))
            shutil.rmtree(models_folder / "small")
        assert names_in(tmp_path) - before <= {"models"}
        assert not list(tmp_path.rglob("evil.txt"))

    def test_what_is_no_archive_or_cut_short_is_told(
        self, models_folder: Path, tmp_path: Path
    ) -> None:
        source = copy_weights(tmp_path / "small")
        (tmp_path / "words.zip").write_text("not an archive")
        with tarfile.open(tmp_path / "whole.tar.gz", "w:gz") as tar:
            tar.add(source, "small")
        whole = (tmp_path / "whole.tar.gz").read_bytes()
        (tmp_path / "half.tar.gz").write_bytes(whole[: len(whole) // 2])
        with zipfile.ZipFile(tmp_path / "whole.zip", "w") as zipped:
            for name in WEIGHTS_NAMES:
                zipped.write(source / name, name)
        whole = (tmp_path / "whole.zip").read_bytes()
        (tmp_path / "half.zip").write_bytes(whole[: len(whole) // 2])
        for name in ("words.zip", "half.tar.gz", "half.zip"):
            with pytest.raises(InvalidInputError, match="no archive that can be read"):
                import_weights(tmp_path / name, models_folder)
        with pytest.raises(InvalidInputError, match="There is nothing at"):
            import_weights(tmp_path / "nowhere", models_folder)
        assert list(models_folder.glob("*")) == []

    def test_other_folders_and_other_models_are_refused(
        self, models_folder: Path, tmp_path: Path
    ) -> None:
        (tmp_path / "empty").mkdir()
        with pytest.raises(InvalidInputError, match="no weights"):
            import_weights(tmp_path / "empty", models_folder)
        half = copy_weights(tmp_path / "half")
        (half / "tokenizer.json").unlink()
        with pytest.raises(InvalidInputError, match=r"not complete: tokenizer\.json"):
            import_weights(half, models_folder)
        torch = copy_weights(tmp_path / "torch")
        (torch / "model.bin").write_bytes(b"PK\x03\x04 a zip of tensors")
        with pytest.raises(InvalidInputError, match="no Whisper model"):
            import_weights(torch, models_folder)
        encoder = copy_weights(tmp_path / "encoder")
        shutil.copyfile(ENCODER / "model.bin", encoder / "model.bin")
        with pytest.raises(InvalidInputError, match="but a TransformerEncoderSpec"):
            import_weights(encoder, models_folder)

    def test_a_failed_import_leaves_what_was_there(
        self, models_folder: Path, tmp_path: Path
    ) -> None:
        good = import_weights(copy_weights(tmp_path / "small"), models_folder)
        (tmp_path / "small" / "model.bin").write_bytes(b"")
        with pytest.raises(InvalidInputError):
            import_weights(tmp_path / "small", models_folder)
        assert verify_weights(good).complete
        assert names_in(models_folder) == {"small"}

    def test_the_sentence_encoder_too(self, models_folder: Path) -> None:
        folder = import_weights(ENCODER, models_folder)
        assert folder == models_folder / ENCODER_NAME
        assert names_in(folder) == {*ENCODER_FILES, MANIFEST_NAME}
        assert verify_weights(folder).complete

    def test_specification_of_what_is_no_model(self, tmp_path: Path) -> None:
        (tmp_path / "model.bin").write_bytes(b"\x06")
        assert read_specification(tmp_path / "model.bin") == ""
        assert read_specification(ESPEAK_TINY / "model.bin") == "WhisperSpec"


def test_child_process_is_gone_after_the_download(hub: FakeHub, models_folder: Path) -> None:
    hub.silent = True
    with pytest.raises(WeightsDownloadError):
        download_weights("base", models_folder, silence_seconds=1)
    if sys.platform.startswith("linux"):
        children = Path(f"/proc/self/task/{os.getpid()}/children")
        own = [
            pid
            for pid in (children.read_text().split() if children.exists() else ())
            if "weights_download_process" in Path(f"/proc/{pid}/cmdline").read_text()
        ]
        assert own == []
