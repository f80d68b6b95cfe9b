"""Export a checkpoint to a CTranslate2 folder with int8 weights.

Command: ``python export.py WORK OUT_FOLDER`` (add ``--average`` for the averaged weights). Writes
model.bin, config.json, vocabulary.json, tokenizer.json and preprocessor_config.json.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from pathlib import Path

import torch
from ctranslate2.converters import TransformersConverter
from network import Size, Speller
from tokenizers import Tokenizer
from transformers import GenerationConfig, PreTrainedTokenizerFast

PREPROCESSOR = {
    "feature_size": 80,
    "sampling_rate": 16000,
    "hop_length": 160,
    "chunk_length": 30,
    "n_fft": 400,
}


def load(work: Path, average: bool) -> Speller:
    """Return the network of a checkpoint."""
    tokenizer = Tokenizer.from_file(str(work / "tokenizer.json"))
    saved = torch.load(work / "checkpoint.pt", weights_only=True, map_location="cpu")
    phonemes = saved["model"]["phoneme_head.bias"].shape[0]
    model = Speller(
        tokenizer.get_vocab_size(), tokenizer.token_to_id("<|endoftext|>"), phonemes, Size()
    )
    model.load_state_dict(saved["model"])
    if average:
        model.load_state_dict(saved["average"], strict=False)
    print(f"step {saved['step']}, {saved['minutes']:.1f} minutes, {saved['hours']:.1f} h of sound")
    return model.eval()


def generation_config(tokenizer: Tokenizer, size: Size) -> GenerationConfig:
    """Return the generation configuration; the guided heads are the ones for word times."""
    end = tokenizer.token_to_id("<|endoftext|>")
    config = GenerationConfig(
        bos_token_id=end,
        eos_token_id=end,
        pad_token_id=end,
        decoder_start_token_id=tokenizer.token_to_id("<|startoftranscript|>"),
    )
    config.suppress_tokens = []
    config.begin_suppress_tokens = [end]
    config.alignment_heads = [
        [layer, head] for layer in range(size.decoder_layers) for head in range(size.guided)
    ]
    return config


def export(model: Speller, tokenizer_path: Path, out: Path) -> None:
    """Write the CTranslate2 folder."""
    whisper = model.whisper.float()
    whisper.generation_config = generation_config(
        Tokenizer.from_file(str(tokenizer_path)), model.size
    )
    end = "<|endoftext|>"
    wrapped = PreTrainedTokenizerFast(
        tokenizer_file=str(tokenizer_path),
        bos_token=end,
        eos_token=end,
        pad_token=end,
        unk_token=end,
    )
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "transformers"
        whisper.save_pretrained(folder)
        wrapped.save_pretrained(folder)
        (folder / "preprocessor_config.json").write_text(json.dumps(PREPROCESSOR), encoding="utf-8")
        made = Path(temporary) / "ctranslate2"
        # int8_float16 keeps what is not a matrix (position tables above all) at half the size.
        TransformersConverter(str(folder)).convert(str(made), quantization="int8_float16")
        out.mkdir(parents=True, exist_ok=True)
        for path in made.iterdir():
            shutil.copyfile(path, out / path.name)
    shutil.copyfile(tokenizer_path, out / "tokenizer.json")
    (out / "preprocessor_config.json").write_text(json.dumps(PREPROCESSOR), encoding="utf-8")


def main() -> None:
    """Export and print the sizes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("work", type=Path, help="folder with checkpoint.pt and tokenizer.json")
    parser.add_argument("out", type=Path)
    parser.add_argument(
        "--average", action="store_true", help="the averaged weights instead of the last"
    )
    options = parser.parse_args()
    export(load(options.work, options.average), options.work / "tokenizer.json", options.out)
    sizes = {path.name: path.stat().st_size for path in sorted(options.out.iterdir())}
    print(sizes, f"total {sum(sizes.values()) / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
