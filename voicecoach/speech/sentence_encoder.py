"""all-MiniLM-L6-v2 on CTranslate2: texts to token vectors and sentence vectors."""

import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from voicecoach.errors import WeightsMissingError
from voicecoach.speech.contracts import EncodedText
from voicecoach.speech.encoder_conversion import ENCODER_NAME, is_converted
from voicecoach.speech.weights_manifest import read_manifest

if TYPE_CHECKING:
    import ctranslate2
    import tokenizers

WINDOW_TOKENS: Final = 254
"""Word pieces encoded at once, without the two special tokens.

The network has 512 positions, but sentence-transformers publishes it with 256
(`sentence_bert_config.json`): longer inputs are outside what it was tuned on. Attention grows with
the square, so two windows of 256 also cost half of one of 512 (0.044 s against 0.082 s).
"""

OVERLAP_TOKENS: Final = 64
"""Word pieces that neighbouring windows share, so that each keeps at least 32 of context."""

BATCH_WINDOWS: Final = 32
"""Windows of equal length run at once; more gains nothing on one thread."""

CACHE_TOKENS: Final = 40_000
"""Word pieces kept in the cache, about 60 MB; an interview's points and ten long answers fit."""


@dataclass(frozen=True, slots=True)
class _Window:
    """A stretch of one text's tokens to encode, and the part of it that is kept.

    `keep_start` and `keep_end` cut the text's tokens so that each is kept from one window only.
    """

    text_number: int
    start: int
    end: int
    keep_start: int
    keep_end: int


class CTranslate2SentenceEncoder:
    """Encodes texts on one thread; what was encoded lately is remembered.

    The same text gives the same numbers whatever it is encoded with. Loading waits for the first
    call (about 0.1 s). One instance may be used from several threads; calls take turns.

    Args:
        folder: a folder made by `voicecoach.speech.encoder_conversion`.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._network: ctranslate2.Encoder | None = None
        self._tokenizer: tokenizers.Tokenizer | None = None
        self._special: tuple[int, ...] = ()
        self._cache: OrderedDict[str, EncodedText] = OrderedDict()
        self._cached_tokens = 0

    @property
    def name(self) -> str:
        """Name and version as stored with a score, "all-MiniLM-L6-v2 int8 53aa5117"."""
        manifest = read_manifest(self._folder)
        return f"{ENCODER_NAME} int8 {manifest.revision[:8]}" if manifest else ENCODER_NAME

    def __call__(self, texts: Sequence[str]) -> list[EncodedText]:
        """Encode each text, in order.

        An empty text has no tokens but still a sentence vector. Arrays are read-only: they are
        shared with the cache.

        Raises:
            WeightsMissingError: the encoder is not in its folder, or not complete.
        """
        with self._lock:
            wanted = list(dict.fromkeys(texts))
            known = {text: self._cache[text] for text in wanted if text in self._cache}
            missing = [text for text in wanted if text not in known]
            if missing:
                known |= zip(missing, self._encode(missing), strict=True)
            for text in wanted:
                self._remember(text, known[text])
            return [known[text] for text in texts]

    def _remember(self, text: str, encoded: EncodedText) -> None:
        """Put a text at the young end of the cache; drop old ones beyond `CACHE_TOKENS`."""
        if text in self._cache:
            self._cache.move_to_end(text)
            return
        self._cache[text] = encoded
        self._cached_tokens += len(encoded.spans) + 1
        while self._cached_tokens > CACHE_TOKENS:
            _, dropped = self._cache.popitem(last=False)
            self._cached_tokens -= len(dropped.spans) + 1

    def _encode(self, texts: Sequence[str]) -> list[EncodedText]:
        network, tokenizer = self._load()
        encodings = [tokenizer.encode(text, add_special_tokens=False) for text in texts]
        windows = [
            window
            for number, encoding in enumerate(encodings)
            for window in _windows(number, len(encoding.ids))
        ]
        states: dict[_Window, NDArray[np.float32]] = {}
        by_length: dict[int, list[_Window]] = {}
        for window in windows:
            by_length.setdefault(window.end - window.start, []).append(window)
        for alike in by_length.values():
            for first in range(0, len(alike), BATCH_WINDOWS):
                batch = alike[first : first + BATCH_WINDOWS]
                ids = [
                    [
                        self._special[0],
                        *encodings[window.text_number].ids[window.start : window.end],
                        self._special[1],
                    ]
                    for window in batch
                ]
                states |= zip(batch, _forward(network, ids), strict=True)
        grouped: list[list[_Window]] = [[] for _ in texts]
        for window in windows:
            grouped[window.text_number].append(window)
        return [
            _stitch(encoding.offsets, own, states)
            for encoding, own in zip(encodings, grouped, strict=True)
        ]

    def _load(self) -> "tuple[ctranslate2.Encoder, tokenizers.Tokenizer]":
        if self._network is None or self._tokenizer is None:
            if not is_converted(self._folder):
                raise WeightsMissingError(
                    f"The sentence encoder is not in {self._folder}, or not complete.",
                    "Fetch it: voicecoach models download encoder.",
                )
            import ctranslate2  # noqa: PLC0415
            import tokenizers  # noqa: PLC0415

            tokenizer = tokenizers.Tokenizer.from_file(str(self._folder / "tokenizer.json"))
            tokenizer.no_truncation()
            tokenizer.no_padding()
            self._special = tuple(tokenizer.encode("").ids)
            self._tokenizer = tokenizer
            self._network = ctranslate2.Encoder(
                str(self._folder),
                device="cpu",
                compute_type="int8",
                inter_threads=1,
                intra_threads=1,
            )
        return self._network, self._tokenizer


def _windows(text_number: int, tokens: int) -> list[_Window]:
    """Cut `tokens` word pieces into windows; shared stretches are halved between neighbours."""
    if tokens <= WINDOW_TOKENS:
        return [_Window(text_number, 0, tokens, 0, tokens)]
    stride = WINDOW_TOKENS - OVERLAP_TOKENS
    starts = [*range(0, tokens - WINDOW_TOKENS, stride), tokens - WINDOW_TOKENS]
    seams = [(later + earlier + WINDOW_TOKENS) // 2 for earlier, later in pairwise(starts)]
    return [
        _Window(text_number, start, start + WINDOW_TOKENS, keep_start, keep_end)
        for start, keep_start, keep_end in zip(starts, [0, *seams], [*seams, tokens], strict=True)
    ]


def _forward(network: Any, ids: list[list[int]]) -> NDArray[np.float32]:
    """Return float32 states of shape (texts, tokens, width) for id lists of one length."""
    import ctranslate2  # noqa: PLC0415

    batch = np.asarray(ids, dtype=np.int32)
    lengths = np.full(len(batch), batch.shape[1], dtype=np.int32)
    output = network.forward_batch(
        ctranslate2.StorageView.from_array(batch),
        ctranslate2.StorageView.from_array(lengths),
        token_type_ids=np.zeros_like(batch).tolist(),
    )
    return np.array(output.last_hidden_state, dtype=np.float32)


def _stitch(
    offsets: Sequence[tuple[int, int]],
    windows: Sequence[_Window],
    states: dict[_Window, NDArray[np.float32]],
) -> EncodedText:
    """Join a text's windows: each token from the window it is kept in, then mean pooling.

    The sentence vector is the mean over all tokens and the special tokens, as
    sentence-transformers pools this network.
    """
    kept = [
        states[window][1 + window.keep_start - window.start : 1 + window.keep_end - window.start]
        for window in windows
    ]
    special = [states[window][[0, -1]] for window in windows]
    tokens = np.concatenate(kept)
    sentence = np.concatenate([tokens, *special]).mean(axis=0)
    encoded = EncodedText(
        spans=np.asarray(offsets, dtype=np.int32).reshape(-1, 2),
        states=tokens / np.linalg.norm(tokens, axis=1, keepdims=True),
        sentence=sentence / np.linalg.norm(sentence),
    )
    for array in (encoded.spans, encoded.states, encoded.sentence):
        array.setflags(write=False)
    return encoded
