"""The processes that train together, through Accelerate: one, or as many as ``accelerate launch`` or ``torchrun`` has started."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext
from typing import Literal

import torch
from accelerate import Accelerator
from accelerate.state import AcceleratorState
from torch import Tensor, nn

from latentedit.errors import UsageError


class Processes:
    """Where this process stands among the others, and what they do together.

    Networks are not wrapped: gradients are averaged when a turn is over. Penalties that differentiate twice, networks that are asked several times in
    a turn, and parameters that only sometimes learn are then no special cases.

    Args:
        device: where networks are; with several processes each on its own of that kind.
        precision: ``no``, ``bf16`` or ``fp16``.
    """

    def __init__(self, device: torch.device, precision: Literal["no", "bf16", "fp16"]) -> None:
        if AcceleratorState._shared_state:  # of a run before this one; its precision would stay
            AcceleratorState._reset_state()
        self.accelerator = Accelerator(mixed_precision=precision, cpu=device.type == "cpu")
        self.count: int = self.accelerator.num_processes
        self.index: int = self.accelerator.process_index
        self.device: torch.device = device if self.count == 1 else self.accelerator.device

    @property
    def is_main(self) -> bool:
        """Whether this process writes files."""
        return self.index == 0

    def autocast(self) -> AbstractContextManager[object]:
        """Within it, what may be computed in half precision is."""
        return self.accelerator.autocast() if self.accelerator.mixed_precision != "no" else nullcontext()

    def part(self, batch_size: int, pieces: int) -> list[tuple[int, int]]:
        """This process's pieces of a batch, as first image and the one behind the last.

        Raises:
            UsageError: the batch cannot be cut so.
        """
        if batch_size % (self.count * pieces):
            raise UsageError(
                f"A batch of {batch_size} images cannot be cut into {self.count * pieces} equal pieces.",
                hint="Choose a batch_size that is a multiple of processes times accumulate.",
            )
        size = batch_size // (self.count * pieces)
        first = self.index * pieces
        return [(size * piece, size * (piece + 1)) for piece in range(first, first + pieces)]

    def average_gradients(self, module: nn.Module) -> None:
        """Replace gradients by their means over all processes."""
        if self.count == 1:
            return
        gradients = [parameter.grad for parameter in module.parameters() if parameter.grad is not None]
        flat = self.accelerator.reduce(torch.cat([gradient.flatten() for gradient in gradients]), reduction="mean")
        for gradient, mean in zip(gradients, flat.split([gradient.numel() for gradient in gradients]), strict=True):
            gradient.copy_(mean.view_as(gradient))

    def means(self, figures: Mapping[str, Tensor]) -> dict[str, Tensor]:
        """Scalars, averaged over all processes."""
        if self.count == 1 or not figures:
            return dict(figures)
        names = sorted(figures)
        values = self.accelerator.reduce(torch.stack([figures[name].float() for name in names]), reduction="mean")
        return dict(zip(names, values.unbind(), strict=True))

    @torch.no_grad()  # or gradients would be sought behind the exchange
    def same_everywhere(self, tensors: Iterable[Tensor]) -> None:
        """Give all processes the first one's numbers, in place."""
        if self.count > 1:
            for tensor in tensors:
                torch.distributed.broadcast(tensor, src=0)
