"""Build the byte-level BPE tokenizer with Whisper's special tokens.

Command: ``python bpe.py --out tokenizer.json TEXT...`` where each TEXT has one sentence per line.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers, trainers
from words import word_classes

# <|endoftext|> must be the first id after the text tokens, and <|notimestamps|> must come
# immediately before the timestamps: faster-whisper counts from both.
SPECIAL = (
    "<|endoftext|>",
    "<|startoftranscript|>",
    "<|en|>",
    "<|translate|>",
    "<|transcribe|>",
    "<|startoflm|>",
    "<|startofprev|>",
    "<|nospeech|>",
    "<|notimestamps|>",
)
TIMESTAMPS = 1501
TIMESTAMP_STEP_SECONDS = 0.02


def build(texts: list[str], text_tokens: int) -> Tokenizer:
    """Train a tokenizer of ``text_tokens`` text tokens on the texts."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=text_tokens,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        special_tokens=[],
        show_progress=False,
    )
    tokenizer.train_from_iterator((" " + text for text in texts), trainer)
    tokenizer.add_special_tokens([AddedToken(t, special=True, normalized=False) for t in SPECIAL])
    times = (f"<|{i * TIMESTAMP_STEP_SECONDS:.2f}|>" for i in range(TIMESTAMPS))
    tokenizer.add_tokens([AddedToken(t, special=False, normalized=False) for t in times])
    return tokenizer


def main() -> None:
    """Write tokenizer.json."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("texts", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--text-tokens", type=int, default=2500)
    options = parser.parse_args()
    lines = [
        line for path in options.texts for line in path.read_text(encoding="utf-8").splitlines()
    ]
    classes = word_classes()
    # The word lists once more, so that plain words weigh more than the grammar's set phrases.
    lines += [word for name in ("ANY", "FUNCTION") for word in classes[name]] * 2
    tokenizer = build(lines, options.text_tokens)
    compact = json.dumps(json.loads(tokenizer.to_str()), ensure_ascii=False, separators=(",", ":"))
    options.out.write_text(compact, encoding="utf-8")
    print(f"{options.out}: {tokenizer.get_vocab_size()} tokens, {len(compact) / 1e3:.0f} kB")
    print(tokenizer.encode(" In my last company, um, I rewrote the reconciliation system.").tokens)


if __name__ == "__main__":
    main()
