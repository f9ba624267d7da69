"""Batch normalisation (Ioffe and Szegedy, 2015, arXiv:1502.03167) over the batch of all processes.

With several processes, a plain batch norm normalises each share of a batch by itself: results depend on how many processes there are. Here sums are exchanged,
and so are their gradients (the backward of an all-reduce is an all-reduce), on any backend and on the CPU, too; torch's SyncBatchNorm wants GPUs.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, distributed, nn


class BatchNorm(nn.Module):
    """Like :class:`torch.nn.BatchNorm2d`, of ``[N, C, ...]`` in any number of dimensions, with the same names of parameters and buffers.

    In training with more than one process (``torch.distributed`` initialised), all of them must call it equally often; their batches may differ in size.

    Args:
        features: C.
        eps: added to the variance.
        momentum: the weight of a batch in the running averages that are used outside of training.
        affine: whether there are a gain and a bias for each feature.
    """

    running_mean: Tensor
    running_var: Tensor
    num_batches_tracked: Tensor

    def __init__(self, features: int, *, eps: float = 1e-5, momentum: float = 0.1, affine: bool = True) -> None:
        super().__init__()
        self.features, self.eps, self.momentum = features, eps, momentum
        self.weight = nn.Parameter(torch.ones(features)) if affine else None
        self.bias = nn.Parameter(torch.zeros(features)) if affine else None
        self.register_buffer("running_mean", torch.zeros(features))
        self.register_buffer("running_var", torch.ones(features))
        self.register_buffer("num_batches_tracked", torch.zeros((), dtype=torch.long))

    def forward(self, x: Tensor) -> Tensor:
        """
        Raises:
            ValueError: in training, in one process, there is but one value for each feature.
        """
        if self.training:
            self.num_batches_tracked.add_(1)
        if not self.training or not _several_processes():
            return F.batch_norm(
                x, self.running_mean, self.running_var, self.weight, self.bias, self.training, self.momentum, self.eps
            )
        return self._of_all(x)

    def _of_all(self, x: Tensor) -> Tensor:
        axes = [axis for axis in range(x.ndim) if axis != 1]
        shape = [1, -1, *[1] * (x.ndim - 2)]
        values = x.to(torch.promote_types(x.dtype, torch.float32))
        sums = _summed(torch.cat([values.sum(axes), values.new_tensor([x.numel() / self.features])]))
        mean, count = sums[:-1] / sums[-1], sums[-1].detach()
        centred = values - mean.reshape(shape)
        # A second exchange, and not E x^2 - (E x)^2 in the first, which loses digits where the mean is large.
        variance = _summed(centred.square().sum(axes)) / count
        with torch.no_grad():
            self.running_mean.lerp_(mean.to(self.running_mean), self.momentum)
            self.running_var.lerp_((variance * count / (count - 1).clamp(min=1)).to(self.running_var), self.momentum)
        normal = centred * torch.rsqrt(variance + self.eps).reshape(shape)
        if self.weight is not None and self.bias is not None:
            normal = normal * self.weight.reshape(shape) + self.bias.reshape(shape)
        return normal.to(x.dtype)


def _several_processes() -> bool:
    return distributed.is_available() and distributed.is_initialized() and distributed.get_world_size() > 1


def _summed(x: Tensor) -> Tensor:
    """The sum over all processes, differentiable."""
    from torch.distributed.nn.functional import all_reduce

    result: Tensor = all_reduce(x)  # type: ignore[no-untyped-call]
    return result
