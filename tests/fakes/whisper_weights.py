"""Whisper weights of chance numbers: they load and run like real ones, and understand nothing."""

import importlib
import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

WIDTH = 16
TEXT_TOKENS = 50_257
LANGUAGES = 99


def multilingual_tokens() -> list[str]:
    """The 51,865 tokens of OpenAI's multilingual weights; those of text are made up.

    CTranslate2 tells multilingual weights by the empty token that their vocabulary ends its text
    with.
    """
    from faster_whisper.tokenizer import _LANGUAGE_CODES
    from tokenizers.pre_tokenizers import ByteLevel

    text = sorted(ByteLevel.alphabet())
    text += [f"made-up-{number}" for number in range(TEXT_TOKENS - 1 - len(text))]
    languages = [f"<|{code}|>" for code in _LANGUAGE_CODES[:LANGUAGES]]
    tasks = ["translate", "transcribe", "startoflm", "startofprev", "nospeech", "notimestamps"]
    return [
        *text,
        "",
        "<|endoftext|>",
        "<|startoftranscript|>",
        *languages,
        *(f"<|{task}|>" for task in tasks),
        *(f"<|{number * 0.02:.2f}|>" for number in range(1501)),
    ]


def write_multilingual_weights(folder: Path, *, hears: str) -> None:
    """Write a complete folder whose weights take every sound for the language `hears`."""
    from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers

    folder.mkdir(parents=True, exist_ok=True)
    tokens = multilingual_tokens()
    tokenizer = Tokenizer(
        models.BPE(vocab={token: n for n, token in enumerate(tokens[:TEXT_TOKENS])}, merges=[])
    )
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.add_special_tokens([AddedToken(token) for token in tokens[TEXT_TOKENS:]])
    tokenizer.save(str(folder / "tokenizer.json"))

    chance = np.random.default_rng(0)

    def numbers(*shape: int) -> NDArray[np.float32]:
        return (chance.standard_normal(shape) / 4).astype(np.float32)

    def linear(target: Any, outputs: int, inputs: int) -> None:
        target.weight, target.bias = numbers(outputs, inputs), numbers(outputs)

    def norm(target: Any) -> None:
        target.gamma, target.beta = np.ones(WIDTH, np.float32), np.zeros(WIDTH, np.float32)

    def layer(target: Any) -> None:
        linear(target.self_attention.linear[0], 3 * WIDTH, WIDTH)
        linear(target.self_attention.linear[1], WIDTH, WIDTH)
        norm(target.self_attention.layer_norm)
        linear(target.ffn.linear_0, 4 * WIDTH, WIDTH)
        linear(target.ffn.linear_1, WIDTH, 4 * WIDTH)
        norm(target.ffn.layer_norm)

    new_spec: Any = importlib.import_module("ctranslate2.specs.whisper_spec").WhisperSpec
    spec = new_spec(1, 2, 1, 2)
    for conv, inputs in ((spec.encoder.conv1, 80), (spec.encoder.conv2, WIDTH)):
        conv.weight, conv.bias = numbers(WIDTH, inputs, 3), numbers(WIDTH)
    spec.encoder.position_encodings.encodings = numbers(1500, WIDTH)
    norm(spec.encoder.layer_norm)
    layer(spec.encoder.layer[0])
    spec.decoder.embeddings.weight = numbers(len(tokens), WIDTH)
    spec.decoder.position_encodings.encodings = numbers(448, WIDTH)
    norm(spec.decoder.layer_norm)
    layer(spec.decoder.layer[0])
    attention = spec.decoder.layer[0].attention
    linear(attention.linear[0], WIDTH, WIDTH)
    linear(attention.linear[1], 2 * WIDTH, WIDTH)
    linear(attention.linear[2], WIDTH, WIDTH)
    norm(attention.layer_norm)
    linear(spec.decoder.projection, len(tokens), WIDTH)
    spec.decoder.projection.bias[tokens.index(f"<|{hears}|>")] = 12
    spec.decoder.projection.bias[TEXT_TOKENS] = 10  # so that it ends soon
    spec.config.lang_ids = list(range(TEXT_TOKENS + 2, TEXT_TOKENS + 2 + LANGUAGES))
    spec.config.suppress_ids = []
    spec.config.suppress_ids_begin = [TEXT_TOKENS]
    spec.config.alignment_heads = [(0, 0), (0, 1)]
    spec.register_vocabulary(tokens)
    spec.validate()
    spec.optimize(quantization="int8")
    spec.save(str(folder))
    (folder / "preprocessor_config.json").write_text(
        json.dumps(
            {
                "feature_size": 80,
                "sampling_rate": 16_000,
                "hop_length": 160,
                "chunk_length": 30,
                "n_fft": 400,
            }
        )
    )
