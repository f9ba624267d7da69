"""Virtual batch normalisation (Salimans et al., 2016, arXiv:1606.03498, section 3.5).

Batch normalisation makes a sample depend on the others of its batch. Here it depends on a reference batch, drawn once, and on itself: mean and variance are
those of the reference batch and the sample together, as if it were one more of it. The reference batch is normalised by its own alone.

The reference batch goes through the whole network, in front of the batch: :class:`WithReference` puts it there and takes it away.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn


class VirtualBatchNorm(nn.Module):
    """``[R + N, C, ...]`` -> the same; the first R samples are the reference batch.

    Args:
        features: C.
        reference_size: R.
        eps: added to the variance.
    """

    def __init__(self, features: int, reference_size: int, eps: float = 1e-5) -> None:
        super().__init__()
        self.reference_size, self.eps = reference_size, eps
        self.weight = nn.Parameter(torch.ones(features))
        self.bias = nn.Parameter(torch.zeros(features))

    def forward(self, x: Tensor) -> Tensor:
        """
        Raises:
            ValueError: the batch is smaller than the reference batch.
        """
        size = self.reference_size
        if len(x) < size:
            raise ValueError(f"a batch of {len(x)} cannot begin with a reference batch of {size}")
        values = x.to(torch.promote_types(x.dtype, torch.float32))
        flat = values.flatten(2) if x.ndim > 2 else values[:, :, None]
        variance, mean = torch.var_mean(flat, dim=2, correction=0)  # [R + N, C]
        mean, variance = with_reference_moments(mean, variance, size)
        scale = torch.rsqrt(variance + self.eps) * self.weight
        normal = (flat - mean[:, :, None]) * scale[:, :, None] + self.bias[:, None]
        return normal.reshape(x.shape).to(x.dtype)


def with_reference_moments(mean: Tensor, variance: Tensor, size: int) -> tuple[Tensor, Tensor]:
    """Means and variances ``[R + N, C]`` of each sample alone -> those that it is normalised by; R is ``size``.

    Variances of parts add up to that of the whole with what their means differ by, which loses no digits as a mean square less a squared mean would.
    """
    middle = mean[:size].mean(dim=0, keepdim=True)
    spread = (variance[:size] + (mean[:size] - middle).square()).mean(dim=0, keepdim=True)
    share, away = 1 / (size + 1), mean[size:] - middle
    own = (1 - share) * spread + share * variance[size:] + share * (1 - share) * away.square()
    return torch.cat([middle.expand(size, -1), middle + share * away]), torch.cat([spread.expand(size, -1), own])


class WithReference(nn.Module):
    """A network whose :class:`VirtualBatchNorm` layers see a reference batch in front of every batch.

    Args:
        network: takes and gives a tensor of samples.
        reference: ``[R, ...]``, what the network is given as reference, a buffer.
    """

    reference: Tensor

    def __init__(self, network: nn.Module, reference: Tensor) -> None:
        super().__init__()
        self.network = network
        self.register_buffer("reference", reference)

    def forward(self, x: Tensor) -> Tensor:
        result: Tensor = self.network(torch.cat([self.reference.to(x.dtype), x]))
        return result[len(self.reference) :]
