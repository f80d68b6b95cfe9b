"""Turns all-MiniLM-L6-v2 into a folder that CTranslate2 runs, with numpy alone.

faster-whisper brings CTranslate2 already, so the sentence encoder needs no second engine: no torch,
no onnx, no safetensors library. The two source files are trusted by their hashes only; where they
come from (the hub, or a Python package nobody stands behind) makes no difference.

Run by `install.py` as `python -m voicecoach.speech.encoder_conversion SOURCE_FOLDER TARGET_FOLDER`.
"""

import json
import shutil
import struct
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from voicecoach.errors import CoachError, WeightsMissingError
from voicecoach.speech.weights_manifest import (
    WeightsFile,
    WeightsManifest,
    describe_files,
    failing_files,
    read_manifest,
    sha256_of,
    write_manifest,
)

ENCODER_NAME: Final = "all-MiniLM-L6-v2"
"""Name of the sentence encoder, and of the folder it lies in."""

ENCODER_REPOSITORY: Final = "sentence-transformers/all-MiniLM-L6-v2"
"""Where the hub has its weights (Apache-2.0)."""

ENCODER_SOURCE_FILES: Final = (
    WeightsFile(
        name="model.safetensors",
        size_bytes=90_868_376,
        sha256="53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    ),
    WeightsFile(
        name="tokenizer.json",
        size_bytes=466_247,
        sha256="be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
    ),
)
"""The files the conversion reads, as sentence-transformers published them."""

CONVERSION_REVISION: Final = f"{ENCODER_SOURCE_FILES[0].sha256}-int8-1"
"""Source hash, number format and version of this conversion; raise the last when it changes."""

ENCODER_FILES: Final = ("model.bin", "config.json", "vocabulary.json", "tokenizer.json")
"""What a converted folder holds beside its manifest."""

LAYERS: Final = 6
HEADS: Final = 12
LAYER_NORM_EPSILON: Final = 1e-12
"""Shape of the network: `config.json` of the published weights."""

_TYPES: Final = {"F32": np.float32, "I64": np.int64}
"""Element types of a safetensors file that the published weights use."""


def is_converted(folder: Path) -> bool:
    """Whether `folder` holds this conversion, complete by its manifest."""
    manifest = read_manifest(folder)
    return (
        manifest is not None
        and manifest.revision == CONVERSION_REVISION
        and {file.name for file in manifest.files} == set(ENCODER_FILES)
        and not failing_files(folder, manifest.files)
    )


def convert_encoder(source: Path, target: Path) -> bool:
    """Convert the files somewhere under `source` into the folder `target`.

    Args:
        source: a folder with `model.safetensors` and `tokenizer.json` anywhere inside.
        target: the folder to make; a complete conversion there is left as it is, anything else
            is replaced, in one step once the new one is whole.

    Returns:
        Whether anything was done; False where `target` was complete already.

    Raises:
        WeightsMissingError: a source file is missing, or is not the published one.
    """
    if is_converted(target):
        return False
    safetensors, tokenizer = (_find_source(source, wanted) for wanted in ENCODER_SOURCE_FILES)
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        unfinished.chmod(0o755)
        shutil.copyfile(tokenizer, unfinished / "tokenizer.json")
        save_network(read_safetensors(safetensors), _read_vocabulary(tokenizer), unfinished)
        write_manifest(
            unfinished,
            WeightsManifest(
                name=ENCODER_NAME,
                source=ENCODER_REPOSITORY,
                revision=CONVERSION_REVISION,
                files=describe_files(unfinished, ENCODER_FILES),
            ),
        )
        if target.exists():
            shutil.rmtree(target)
        unfinished.rename(target)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return True


def read_safetensors(path: Path) -> dict[str, NDArray[Any]]:
    """Return the arrays of a safetensors file by name, as read-only views of the file.

    The format is a little-endian 64-bit length, that many bytes of JSON (type, shape and place
    of each array), then the arrays one after the other.
    """
    with path.open("rb") as file:
        (header_bytes,) = struct.unpack("<Q", file.read(8))
        header: dict[str, dict[str, Any]] = json.loads(file.read(header_bytes))
    mapped = np.memmap(path, dtype=np.uint8, mode="r", offset=8 + header_bytes)
    return {
        name: mapped[entry["data_offsets"][0] : entry["data_offsets"][1]]
        .view(_TYPES[entry["dtype"]])
        .reshape(entry["shape"])
        for name, entry in header.items()
        if name != "__metadata__"
    }


def _find_source(folder: Path, wanted: WeightsFile) -> Path:
    """Return the file under `folder` that has the wanted name, size and hash."""
    found = sorted(folder.rglob(wanted.name))
    for path in found:
        if path.stat().st_size == wanted.size_bytes and sha256_of(path) == wanted.sha256:
            return path
    what_happened = (
        f"{found[0]} is not the published file of {ENCODER_NAME}: its hash differs."
        if found
        else f"{wanted.name} of {ENCODER_NAME} is not under {folder}."
    )
    raise WeightsMissingError(
        what_happened, "Fetch the sentence encoder again: voicecoach models download encoder."
    )


def _read_vocabulary(tokenizer: Path) -> list[str]:
    """Return the word pieces in the order of their ids."""
    pieces: dict[str, int] = json.loads(tokenizer.read_text(encoding="utf-8"))["model"]["vocab"]
    return sorted(pieces, key=pieces.__getitem__)


def save_network(
    arrays: Mapping[str, NDArray[Any]],
    vocabulary: Sequence[str],
    folder: Path,
    *,
    number_format: str = "int8",
) -> None:
    """Write the network into `folder` as CTranslate2 reads it.

    Args:
        arrays: the published arrays by name, float32.
        vocabulary: the word pieces in the order of their ids.
        folder: an existing folder.
        number_format: how CTranslate2 stores matrices. int8 keeps every cosine with float32 above
            .99 at a quarter of the size.
    """
    from ctranslate2.specs import common_spec, transformer_spec  # noqa: PLC0415

    arrays = {name: np.array(array) for name, array in arrays.items()}  # quantised in place below
    encoder: Any = transformer_spec.TransformerEncoderSpec(
        LAYERS,
        HEADS,
        pre_norm=False,
        activation=common_spec.Activation.GELU,
        num_source_embeddings=2,
        embeddings_merge=common_spec.EmbeddingsMerge.ADD,
        layernorm_embedding=True,
    )
    encoder.scale_embeddings = False
    encoder.embeddings[0].weight = arrays["embeddings.word_embeddings.weight"]
    encoder.embeddings[1].weight = arrays["embeddings.token_type_embeddings.weight"]
    encoder.position_encodings.encodings = arrays["embeddings.position_embeddings.weight"]
    _set_norm(encoder.layernorm_embedding, arrays, "embeddings.LayerNorm")
    for number, layer in enumerate(encoder.layer):
        _set_layer(layer, arrays, f"encoder.layer.{number}")
    network = transformer_spec.TransformerEncoderModelSpec(encoder)
    network.config.unk_token = "[UNK]"  # noqa: S105 - a word piece, no password
    network.config.layer_norm_epsilon = LAYER_NORM_EPSILON
    network.register_vocabulary(list(vocabulary))
    network.validate()
    network.optimize(quantization=number_format)
    network.save(str(folder))


def _set_layer(layer: Any, arrays: Mapping[str, NDArray[Any]], prefix: str) -> None:
    """Fill one layer: attention (query, key and value rows in one matrix), then feed-forward."""
    own = [f"{prefix}.attention.self.{part}" for part in ("query", "key", "value")]
    joined = layer.self_attention.linear[0]
    joined.weight = np.concatenate([arrays[f"{name}.weight"] for name in own])
    joined.bias = np.concatenate([arrays[f"{name}.bias"] for name in own])
    _set_linear(layer.self_attention.linear[1], arrays, f"{prefix}.attention.output.dense")
    _set_norm(layer.self_attention.layer_norm, arrays, f"{prefix}.attention.output.LayerNorm")
    _set_linear(layer.ffn.linear_0, arrays, f"{prefix}.intermediate.dense")
    _set_linear(layer.ffn.linear_1, arrays, f"{prefix}.output.dense")
    _set_norm(layer.ffn.layer_norm, arrays, f"{prefix}.output.LayerNorm")


def _set_linear(linear: Any, arrays: Mapping[str, NDArray[Any]], name: str) -> None:
    linear.weight = arrays[f"{name}.weight"]
    linear.bias = arrays[f"{name}.bias"]


def _set_norm(norm: Any, arrays: Mapping[str, NDArray[Any]], name: str) -> None:
    norm.gamma = arrays[f"{name}.weight"]
    norm.beta = arrays[f"{name}.bias"]


def main(arguments: Sequence[str]) -> int:
    """Convert on the command line; exit status 0 done, 1 refused, 2 called wrongly.

    `--check FOLDER` converts nothing: status 0 where the folder is complete, else 1.
    """
    if len(arguments) != 2:
        print(
            "usage: python -m voicecoach.speech.encoder_conversion SOURCE_FOLDER TARGET_FOLDER\n"
            "       python -m voicecoach.speech.encoder_conversion --check FOLDER",
            file=sys.stderr,
        )
        return 2
    if arguments[0] == "--check":
        return 0 if is_converted(Path(arguments[1])) else 1
    source, target = (Path(argument) for argument in arguments)
    try:
        done = convert_encoder(source, target)
    except CoachError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{ENCODER_NAME}: {'converted into' if done else 'complete already in'} {target}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
