"""Train the small Whisper on the CPU, from random weights.

Command: ``python train.py WORK --minutes 100`` where WORK holds tokenizer.json, phonemes.json and
shard-* folders. Run it again with the same arguments to resume: the minutes already trained count.
Checkpoints go to WORK/checkpoint.pt and progress to WORK/train.log.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

import torch
from network import Size, Speller
from tokenizers import Tokenizer
from torch import Tensor, distributed, multiprocessing
from windows import Assembler, Kind

SHORT = Kind("short", seconds=6, count=8)
MEDIUM = Kind("medium", seconds=14, count=4, stretch=4)
PADDED = Kind("padded", seconds=8, count=3, padding=0.6, stretch=22)
FULL = Kind("full", seconds=30, count=1, fill=True, padding=1.0)
# Until which share of the training time, and how often each kind is drawn.
STAGES = (
    (0.45, ((SHORT, 1.0),)),
    (0.60, ((SHORT, 0.60), (MEDIUM, 0.30), (PADDED, 0.10))),
    (0.75, ((SHORT, 0.50), (MEDIUM, 0.30), (PADDED, 0.20))),
    (1.01, ((SHORT, 0.40), (MEDIUM, 0.25), (PADDED, 0.25), (FULL, 0.10))),
)
WARM_UP = 200  # steps
HOLD = 0.30  # share of the time at the full learning rate
FLOOR = 0.01
AVERAGE = 0.998  # decay of the averaged weights


def learning_rate(peak: float, step: int, share: float) -> float:
    """Return the rate: a warm-up, a plateau, then a straight line almost to nothing."""
    rate = peak * min(1.0, (step + 1) / WARM_UP)
    if share > HOLD:
        rate *= max(FLOOR, (1 - share) / (1 - HOLD))
    return rate


def optimizers(model: Speller, rate: float) -> list[torch.optim.Optimizer]:
    """Return Muon for the layers' matrices and AdamW for everything else."""
    matrices = [
        p
        for n, p in model.named_parameters()
        if p.requires_grad and p.ndim == 2 and ".layers." in n
    ]
    chosen = {id(p) for p in matrices}
    others = [p for p in model.parameters() if p.requires_grad and id(p) not in chosen]
    return [
        torch.optim.Muon(
            matrices, lr=rate, weight_decay=0.02, momentum=0.95, adjust_lr_fn="match_rms_adamw"
        ),
        torch.optim.AdamW(others, lr=rate, betas=(0.9, 0.98), weight_decay=0.01),
    ]


def share_gradients(parameters: list[Tensor], processes: int) -> None:
    """Average the gradients over the processes, and clip them."""
    if processes > 1:
        flat = torch.cat([p.grad.reshape(-1) for p in parameters if p.grad is not None])
        distributed.all_reduce(flat)
        flat /= processes
        at = 0
        for p in parameters:
            p.grad = flat[at : at + p.numel()].view_as(p).clone()
            at += p.numel()
    torch.nn.utils.clip_grad_norm_(parameters, 1.0)


def train(rank: int, processes: int, options: argparse.Namespace) -> None:
    """Train in one process of several."""
    torch.set_num_threads(1)
    work: Path = options.work
    if processes > 1:
        distributed.init_process_group(
            "gloo", init_method=f"file://{work}/rendezvous", rank=rank, world_size=processes
        )
    torch.manual_seed(options.seed)
    tokenizer = Tokenizer.from_file(str(work / "tokenizer.json"))
    phonemes: dict[str, int] = json.loads((work / "phonemes.json").read_text(encoding="utf-8"))
    vocabulary, end = tokenizer.get_vocab_size(), tokenizer.token_to_id("<|endoftext|>")
    model = Speller(vocabulary, end, max(phonemes.values()) + 1, Size())
    # Forward and backward run wholly in bfloat16 on a copy; the optimizers keep full precision.
    worker = Speller(vocabulary, end, max(phonemes.values()) + 1, Size()).bfloat16()
    steps = optimizers(model, options.rate)
    checkpoint = work / "checkpoint.pt"
    spent, step, sound = 0.0, 0, 0.0
    average = {name: p.detach().clone() for name, p in model.named_parameters()}
    if checkpoint.exists():
        saved = torch.load(checkpoint, weights_only=True)
        model.load_state_dict(saved["model"])
        average = saved["average"]
        for optimizer, state in zip(steps, saved["optimizers"], strict=True):
            optimizer.load_state_dict(state)
        spent, step, sound = saved["minutes"], saved["step"], saved["hours"] * 3600
    assembler = Assembler(work, tokenizer, seed=options.seed * 1000 + step * 10 + rank)
    pairs = list(zip(model.parameters(), worker.parameters(), strict=True))
    parameters = [p for p, _ in pairs if p.requires_grad]
    copies = [c for p, c in pairs if p.requires_grad]
    with torch.no_grad():
        for p, c in pairs:
            c.copy_(p)
    if rank == 0:
        print(
            f"{sum(p.numel() for p in model.parameters()) / 1e6:.2f} M parameters, step {step}",
            flush=True,
        )
    began, saved_at, smooth = time.monotonic(), time.monotonic(), {}
    clock = torch.zeros(1)
    kinds = torch.Generator().manual_seed(options.seed + step)

    def save() -> None:
        state = {
            "model": model.state_dict(),
            "average": average,
            "optimizers": [o.state_dict() for o in steps],
            "minutes": spent + (time.monotonic() - began) / 60,
            "step": step,
            "hours": sound / 3600,
        }
        torch.save(state, checkpoint.with_suffix(".tmp"))
        checkpoint.with_suffix(".tmp").replace(checkpoint)

    while True:
        # The first process keeps the time, so that all stop at the same step.
        clock[0] = (spent + (time.monotonic() - began) / 60) / options.minutes
        if processes > 1:
            distributed.broadcast(clock, 0)
        share = float(clock[0])
        if share >= 1:
            break
        rate = learning_rate(options.rate, step, share)
        for optimizer in steps:
            for group in optimizer.param_groups:
                group["lr"] = rate
        choices = next(kinds_ for until, kinds_ in STAGES if share < until)
        weights = torch.tensor([weight for _, weight in choices])
        kind = choices[int(torch.multinomial(weights, 1, generator=kinds))][0]
        batch = assembler.batch(kind)
        losses = worker(
            batch.mel.bfloat16(), batch.tokens, batch.targets, batch.labels, batch.guides
        )
        losses.total().backward()
        for p, c in zip(parameters, copies, strict=True):
            p.grad = torch.zeros_like(p) if c.grad is None else c.grad.float()
            c.grad = None
        share_gradients(parameters, processes)
        for optimizer in steps:
            optimizer.step()
        with torch.no_grad():
            torch._foreach_copy_(copies, parameters)
        step += 1
        sound += batch.seconds() * processes
        if step % 200 == 0:
            assembler.shards.refresh()
        if rank != 0:
            continue
        decay = min(AVERAGE, step / (step + 50))
        with torch.no_grad():
            torch._foreach_lerp_(
                list(average.values()), [p.detach() for p in model.parameters()], 1 - decay
            )
        for name, value in (
            ("text", losses.text),
            ("phonemes", losses.phonemes),
            ("attention", losses.attention),
        ):
            key = f"{kind.name} {name}"
            smooth[key] = 0.95 * smooth.get(key, value.item()) + 0.05 * value.item()
        if step % 25 == 0:
            figures = "  ".join(f"{key} {value:.3f}" for key, value in sorted(smooth.items()))
            minutes = spent + (time.monotonic() - began) / 60
            print(
                f"{minutes:6.1f} min  step {step}  {sound / 3600:.2f} h  "
                f"rate {rate:.1e}  {figures}",
                flush=True,
            )
        if time.monotonic() - saved_at > 120:
            save()
            saved_at = time.monotonic()
    if rank == 0:
        save()
        print(f"finished: {step} steps, {sound / 3600:.1f} h of sound", flush=True)
    if processes > 1:
        distributed.destroy_process_group()


def main() -> None:
    """Start the processes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("work", type=Path)
    parser.add_argument("--minutes", type=float, default=100, help="wall-clock minutes in all")
    parser.add_argument("--rate", type=float, default=2e-3, help="peak learning rate")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    options.work = options.work.resolve()
    if options.processes == 1:
        train(0, 1, options)
        return
    (options.work / "rendezvous").unlink(missing_ok=True)
    multiprocessing.spawn(train, (options.processes, options), nprocs=options.processes)


if __name__ == "__main__":
    main()
