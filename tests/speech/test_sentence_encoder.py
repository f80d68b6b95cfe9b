"""The sentence encoder against an independent float32 forward pass in numpy."""

import json
import math
import struct
from collections.abc import Mapping
from pathlib import Path

import ctranslate2
import numpy as np
import pytest
from numpy.typing import NDArray

from voicecoach.errors import WeightsMissingError
from voicecoach.speech.encoder_conversion import (
    ENCODER_FILES,
    HEADS,
    LAYERS,
    convert_encoder,
    is_converted,
    main,
    read_safetensors,
    save_network,
)
from voicecoach.speech.sentence_encoder import (
    OVERLAP_TOKENS,
    WINDOW_TOKENS,
    CTranslate2SentenceEncoder,
)

ENCODER_FOLDER = Path(__file__).parents[2] / "models" / "all-MiniLM-L6-v2"

SENTENCES = [
    "I led the migration of the billing system to the cloud.",
    "We cut the error rate from 4.2% to 0.3% in six weeks.",
    "My manager disagreed, so I asked for a one-to-one meeting.",
    "What was the result?",
]


@pytest.fixture(scope="module")
def encoder() -> CTranslate2SentenceEncoder:
    return CTranslate2SentenceEncoder(ENCODER_FOLDER)


def test_result_has_one_unit_vector_and_one_span_per_word_piece(
    encoder: CTranslate2SentenceEncoder,
) -> None:
    text = "I migrated Kubernetes."
    (encoded,) = encoder([text])
    assert [text[start:end] for start, end in encoded.spans] == [
        *("I", "migrated", "Ku", "ber", "net", "es", ".")
    ]
    assert encoded.spans.dtype == np.int32
    assert encoded.states.dtype == np.float32
    assert encoded.states.shape == (7, 384)
    np.testing.assert_allclose(np.linalg.norm(encoded.states, axis=1), 1, atol=1e-5)
    assert np.linalg.norm(encoded.sentence) == pytest.approx(1, abs=1e-5)


def test_sentences_that_mean_the_same_are_closer(encoder: CTranslate2SentenceEncoder) -> None:
    said, same, other = (
        encoded.sentence
        for encoded in encoder(
            [
                "I moved the billing system to the cloud.",
                "I migrated our invoicing platform to AWS.",
                "My greatest weakness is impatience.",
            ]
        )
    )
    assert said @ same > said @ other + 0.2


def test_result_does_not_depend_on_what_else_is_encoded() -> None:
    alone = [CTranslate2SentenceEncoder(ENCODER_FOLDER)([text])[0] for text in SENTENCES]
    together = CTranslate2SentenceEncoder(ENCODER_FOLDER)([*SENTENCES, *SENTENCES[:1] * 3])
    for one, other in zip(alone, together, strict=False):
        np.testing.assert_array_equal(one.states, other.states)
        np.testing.assert_array_equal(one.sentence, other.sentence)


def test_a_text_seen_before_comes_from_the_cache(encoder: CTranslate2SentenceEncoder) -> None:
    (first,) = encoder(["Said once."])
    again, _ = encoder(["Said once.", "Something new."])
    assert again is first


def test_an_empty_text_has_no_tokens_but_a_vector(encoder: CTranslate2SentenceEncoder) -> None:
    (encoded,) = encoder([""])
    assert encoded.states.shape == (0, 384)
    assert encoded.spans.shape == (0, 2)
    assert np.linalg.norm(encoded.sentence) == pytest.approx(1, abs=1e-5)
    assert encoder([]) == []


@pytest.mark.parametrize("tokens", [253, 254, 255, 256, 444, 445, 700])
def test_long_texts_keep_every_token_once_and_in_order(
    encoder: CTranslate2SentenceEncoder, tokens: int
) -> None:
    words = ["team", "release", "customer", "project", "result"]
    text = " ".join(words[number % 5] for number in range(tokens))
    (encoded,) = encoder([text])
    assert len(encoded.states) == tokens
    spans = [text[start:end] for start, end in encoded.spans]
    assert " ".join(spans) == text


def test_stitched_states_are_close_to_one_window_with_the_same_context(
    encoder: CTranslate2SentenceEncoder,
) -> None:
    text = " ".join(SENTENCES * 8)
    (whole,) = encoder([text])
    assert len(whole.states) > WINDOW_TOKENS + OVERLAP_TOKENS
    (start,) = encoder([text[: whole.spans[WINDOW_TOKENS - OVERLAP_TOKENS][0]]])
    cosines = np.sum(whole.states[:100] * start.states[:100], axis=1)
    assert cosines.min() > 0.8


def test_encoder_that_is_not_there_says_how_to_get_it(tmp_path: Path) -> None:
    with pytest.raises(WeightsMissingError, match="voicecoach models download encoder"):
        CTranslate2SentenceEncoder(tmp_path)(["text"])


def test_folder_that_lost_a_file_is_not_complete(tmp_path: Path) -> None:
    for path in ENCODER_FOLDER.iterdir():
        (tmp_path / path.name).symlink_to(path)
    assert is_converted(tmp_path)
    (tmp_path / ENCODER_FILES[0]).unlink()
    assert not is_converted(tmp_path)


def test_name_tells_the_weights_and_their_form(encoder: CTranslate2SentenceEncoder) -> None:
    assert encoder.name == "all-MiniLM-L6-v2 int8 53aa5117"


def test_conversion_leaves_a_complete_folder_as_it_is(tmp_path: Path) -> None:
    assert convert_encoder(tmp_path / "nothing here", ENCODER_FOLDER) is False


def test_conversion_refuses_other_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, target = tmp_path / "source", tmp_path / "target"
    source.mkdir()
    assert main([str(source), str(target)]) == 1
    assert "is not under" in capsys.readouterr().err
    (source / "model.safetensors").write_bytes(b"something else")
    assert main([str(source), str(target)]) == 1
    assert "its hash differs" in capsys.readouterr().err
    assert not target.exists()
    assert main([]) == 2
    assert main(["--check", str(target)]) == 1
    assert main(["--check", str(ENCODER_FOLDER)]) == 0


class NumpyMiniLM:
    """BERT's forward pass in float32, written down independently of the converter."""

    def __init__(self, arrays: Mapping[str, NDArray[np.float32]]) -> None:
        self.arrays = arrays

    def linear(self, x: NDArray[np.float32], name: str) -> NDArray[np.float32]:
        product: NDArray[np.float32] = x @ self.arrays[f"{name}.weight"].T
        return product + self.arrays[f"{name}.bias"]

    def norm(self, x: NDArray[np.float32], name: str) -> NDArray[np.float32]:
        centred = x - x.mean(axis=-1, keepdims=True)
        scaled = centred / np.sqrt((centred**2).mean(axis=-1, keepdims=True) + 1e-12)
        result: NDArray[np.float32] = (
            scaled * self.arrays[f"{name}.weight"] + self.arrays[f"{name}.bias"]
        )
        return result

    def attend(self, x: NDArray[np.float32], prefix: str) -> NDArray[np.float32]:
        query, key, value = (
            self.linear(x, f"{prefix}.attention.self.{part}")
            .reshape(len(x), HEADS, -1)
            .transpose(1, 0, 2)
            for part in ("query", "key", "value")
        )
        weights = query @ key.transpose(0, 2, 1) / math.sqrt(query.shape[-1])
        weights = np.exp(weights - weights.max(axis=-1, keepdims=True))
        weights /= weights.sum(axis=-1, keepdims=True)
        joined = (weights @ value).transpose(1, 0, 2).reshape(len(x), -1)
        return self.linear(joined, f"{prefix}.attention.output.dense")

    def __call__(self, ids: list[int]) -> NDArray[np.float32]:
        """Return the last states of shape (tokens, width)."""
        x = (
            self.arrays["embeddings.word_embeddings.weight"][ids]
            + self.arrays["embeddings.token_type_embeddings.weight"][0]
            + self.arrays["embeddings.position_embeddings.weight"][: len(ids)]
        )
        x = self.norm(x, "embeddings.LayerNorm")
        gelu = np.vectorize(
            lambda v: 0.5 * v * (1 + math.erf(v / math.sqrt(2))), otypes=[np.float32]
        )
        for number in range(LAYERS):
            name = f"encoder.layer.{number}"
            x = self.norm(x + self.attend(x, name), f"{name}.attention.output.LayerNorm")
            inner = gelu(self.linear(x, f"{name}.intermediate.dense"))
            x = self.norm(
                x + self.linear(inner, f"{name}.output.dense"), f"{name}.output.LayerNorm"
            )
        return x


def random_arrays(width: int, pieces: int) -> dict[str, NDArray[np.float32]]:
    """The arrays of an untrained network of MiniLM's shape, only narrower."""
    chance = np.random.default_rng(7)

    def matrix(*shape: int) -> NDArray[np.float32]:
        return (chance.standard_normal(shape) / math.sqrt(shape[-1])).astype(np.float32)

    arrays = {
        "embeddings.word_embeddings.weight": matrix(pieces, width) * 5,
        "embeddings.token_type_embeddings.weight": matrix(2, width) * 5,
        "embeddings.position_embeddings.weight": matrix(512, width) * 5,
        "embeddings.LayerNorm.weight": 1 + matrix(width),
        "embeddings.LayerNorm.bias": matrix(width),
    }
    for number in range(LAYERS):
        name = f"encoder.layer.{number}"
        for linear, outputs, inputs in (
            *((f"attention.self.{part}", width, width) for part in ("query", "key", "value")),
            ("attention.output.dense", width, width),
            ("intermediate.dense", 4 * width, width),
            ("output.dense", width, 4 * width),
        ):
            arrays[f"{name}.{linear}.weight"] = matrix(outputs, inputs) * 2
            arrays[f"{name}.{linear}.bias"] = matrix(outputs)
        for norm in ("attention.output.LayerNorm", "output.LayerNorm"):
            arrays[f"{name}.{norm}.weight"] = 1 + matrix(width)
            arrays[f"{name}.{norm}.bias"] = matrix(width)
    return arrays


@pytest.mark.parametrize(("number_format", "cosine"), [("float32", 0.999999), ("int8", 0.99)])
def test_converted_network_equals_an_independent_forward_pass(
    tmp_path: Path, number_format: str, cosine: float
) -> None:
    arrays = random_arrays(width=96, pieces=50)
    save_network(
        arrays, [f"piece{number}" for number in range(50)], tmp_path, number_format=number_format
    )
    network = ctranslate2.Encoder(str(tmp_path), compute_type=number_format, intra_threads=1)
    ids = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9, 3]
    output = network.forward_batch([ids], token_type_ids=[[0] * len(ids)])
    converted = np.array(output.last_hidden_state)[0]
    expected = NumpyMiniLM(arrays)(ids)
    cosines = np.sum(converted * expected, axis=1) / (
        np.linalg.norm(converted, axis=1) * np.linalg.norm(expected, axis=1)
    )
    assert cosines.min() > cosine


def test_safetensors_reader_returns_arrays_by_name(tmp_path: Path) -> None:
    numbers = np.arange(6, dtype=np.float32).reshape(2, 3)
    header = json.dumps(
        {
            "__metadata__": {"format": "pt"},
            "numbers": {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]},
        }
    ).encode()
    path = tmp_path / "small.safetensors"
    path.write_bytes(struct.pack("<Q", len(header)) + header + numbers.tobytes())
    arrays = read_safetensors(path)
    assert arrays.keys() == {"numbers"}
    np.testing.assert_array_equal(arrays["numbers"], numbers)
