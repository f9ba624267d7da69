"""What two processes, joined by gloo over a file, compute of halves of a batch; run by tests, each process a module of its own."""

from __future__ import annotations

from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from torch import distributed

from latentedit_training.layers.batch_norm import BatchNorm

SPLIT = 5
"""How many of eight samples the first process has: batches need not be equal."""


def normalise_half(rank: int, folder: str) -> None:
    """Normalise this process's share of ``batch.safetensors``; write results and gradients into ``rank.safetensors``."""
    torch.set_num_threads(1)
    distributed.init_process_group("gloo", init_method=Path(folder, "meeting").as_uri(), rank=rank, world_size=2)
    try:
        batch = load_file(Path(folder, "batch.safetensors"))
        mine = slice(SPLIT) if rank == 0 else slice(SPLIT, None)
        x, factor = batch["x"][mine].requires_grad_(), batch["factor"][mine]
        norm = BatchNorm(x.shape[1])
        with torch.no_grad():
            norm.weight.copy_(batch["weight"])
            norm.bias.copy_(batch["bias"])
        y = norm(x)
        (gradient,) = torch.autograd.grad((y.square() * factor).sum(), x, create_graph=True)
        # A penalty on gradients goes through the exchange a second time.
        (second,) = torch.autograd.grad(gradient.square().sum(), x, retain_graph=True)
        (y * factor).sum().backward()
        results = {
            "y": y,
            "x": x.grad,
            "weight": norm.weight.grad,
            "bias": norm.bias.grad,
            "second": second,
            "mean": norm.running_mean,
            "var": norm.running_var,
        }
        save_file({name: value.detach().contiguous() for name, value in results.items()}, Path(folder, f"{rank}.safetensors"))
    finally:
        distributed.destroy_process_group()
