"""The small Whisper and its training losses."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional
from transformers import WhisperConfig, WhisperForConditionalGeneration

WRITTEN_OUT_FRAMES = 800


@dataclass(frozen=True)
class Size:
    """Dimensions of the network; ``guided`` heads of each decoder layer follow the words' times."""

    width: int = 192
    encoder_layers: int = 5
    decoder_layers: int = 2
    encoder_heads: int = 3
    decoder_heads: int = 3
    guided: int = 2


def make_config(vocabulary: int, end_of_text: int, size: Size) -> WhisperConfig:
    """Return the Transformers configuration (80 mels, 1500 encoder and 448 decoder positions)."""
    config = WhisperConfig(
        vocab_size=vocabulary,
        num_mel_bins=80,
        d_model=size.width,
        encoder_layers=size.encoder_layers,
        decoder_layers=size.decoder_layers,
        encoder_attention_heads=size.encoder_heads,
        decoder_attention_heads=size.decoder_heads,
        encoder_ffn_dim=4 * size.width,
        decoder_ffn_dim=4 * size.width,
        max_source_positions=1500,
        max_target_positions=448,
        dropout=0.0,
        pad_token_id=end_of_text,
        bos_token_id=end_of_text,
        eos_token_id=end_of_text,
        decoder_start_token_id=end_of_text + 1,
        suppress_tokens=[],
        begin_suppress_tokens=[end_of_text],
        median_filter_width=7,
    )
    config._attn_implementation = "sdpa"  # noqa: SLF001 - as Transformers documents
    return config


@dataclass
class Losses:
    """The three losses of one batch: text, phonemes, and attention guided by the words' times."""

    text: Tensor
    phonemes: Tensor
    attention: Tensor

    def total(self) -> Tensor:
        """Return the weighted sum that training minimises."""
        return self.text + 0.3 * self.phonemes + 0.3 * self.attention


class Speller(nn.Module):
    """A Whisper model with a phoneme classifier on its encoder and guided cross-attention."""

    def __init__(self, vocabulary: int, end_of_text: int, phonemes: int, size: Size) -> None:
        super().__init__()
        self.size = size
        self.whisper = WhisperForConditionalGeneration(make_config(vocabulary, end_of_text, size))
        self.phoneme_head = nn.Linear(size.width, phonemes)
        self._queries: dict[int, Tensor] = {}
        for number, layer in enumerate(self.whisper.model.decoder.layers):
            layer.encoder_attn.register_forward_pre_hook(self._remember(number), with_kwargs=True)

    def _remember(self, number: int):  # type: ignore[no-untyped-def]
        def hook(_module: nn.Module, args: tuple[Tensor, ...], kwargs: dict[str, Tensor]) -> None:
            self._queries[number] = args[0] if args else kwargs["hidden_states"]

        return hook

    def encode(self, mel: Tensor) -> Tensor:
        """Encode (batch, 80, frames of 10 ms) of any even length up to 3000 frames."""
        encoder = self.whisper.model.encoder
        hidden = functional.gelu(encoder.conv1(mel))
        hidden = functional.gelu(encoder.conv2(hidden)).permute(0, 2, 1)
        hidden = hidden + encoder.embed_positions.weight[: hidden.shape[1]]
        for layer in encoder.layers:
            hidden = hidden + self._attend(layer.self_attn, layer.self_attn_layer_norm(hidden))
            inner = functional.gelu(layer.fc1(layer.final_layer_norm(hidden)))
            hidden = hidden + layer.fc2(inner)
        return encoder.layer_norm(hidden)

    def _attend(self, attention: nn.Module, hidden: Tensor) -> Tensor:
        """Self-attention; written out for short windows, where that is twice as fast on a CPU."""
        batch, frames, width = hidden.shape
        shape = (batch, frames, self.size.encoder_heads, -1)
        query = attention.q_proj(hidden).view(shape).transpose(1, 2)
        key = attention.k_proj(hidden).view(shape).transpose(1, 2)
        value = attention.v_proj(hidden).view(shape).transpose(1, 2)
        if frames > WRITTEN_OUT_FRAMES:
            mixed = functional.scaled_dot_product_attention(query, key, value)
        else:
            scores = (query * query.shape[-1] ** -0.5) @ key.transpose(-1, -2)
            mixed = torch.softmax(scores, -1, dtype=query.dtype) @ value
        return attention.out_proj(mixed.transpose(1, 2).reshape(batch, frames, width))

    def attention_loss(self, encoded: Tensor, guides: Tensor) -> Tensor:
        """Return the guided heads' cross-entropy against an even spread over each token's time.

        ``guides`` has rows of (batch, query position, first frame, frame after the last).
        """
        if len(guides) == 0:
            return encoded.new_zeros(())
        batch, row, first, last = guides.unbind(1)
        frames = torch.arange(encoded.shape[1])[None]
        inside = (frames >= first[:, None]) & (frames < last[:, None])
        target = inside.float() / inside.sum(1, keepdim=True).clamp(min=1)
        size, depth = self.size, self.size.width // self.size.decoder_heads
        total = encoded.new_zeros((), dtype=torch.float32)
        for number, layer in enumerate(self.whisper.model.decoder.layers):
            attention = layer.encoder_attn
            wanted = size.guided * depth
            query = functional.linear(
                self._queries[number][batch, row],
                attention.q_proj.weight[:wanted],
                attention.q_proj.bias[:wanted],
            )
            key = functional.linear(encoded, attention.k_proj.weight[:wanted])
            query = query.view(-1, size.guided, depth)
            key = key.view(*encoded.shape[:2], size.guided, depth)
            # Score per utterance: gathering the keys of every token would need far more memory.
            for b in range(encoded.shape[0]):
                mine = batch == b
                if not bool(mine.any()):
                    continue
                scores = torch.einsum("nhd,thd->nht", query[mine], key[b]).float() * depth**-0.5
                spread = scores.log_softmax(-1)
                total = total - (spread * target[mine][:, None]).sum()
        return total / (len(guides) * size.guided * size.decoder_layers)

    def forward(
        self, mel: Tensor, tokens: Tensor, targets: Tensor, labels: Tensor, guides: Tensor
    ) -> Losses:
        """Return the losses of a batch; -100 in ``targets`` and ``labels`` is ignored."""
        encoded = self.encode(mel)
        decoded = self.whisper.model.decoder(
            input_ids=tokens, encoder_hidden_states=encoded, use_cache=False
        ).last_hidden_state
        keep = targets != -100
        logits = self.whisper.proj_out(decoded[keep])
        heard = labels != -100
        phoneme_logits = self.phoneme_head(encoded[heard])
        attention = self.attention_loss(encoded, guides)
        text = functional.cross_entropy(logits.float(), targets[keep])
        phonemes = functional.cross_entropy(phoneme_logits.float(), labels[heard])
        return Losses(text, phonemes, attention)
