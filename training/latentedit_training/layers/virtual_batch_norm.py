"""Virtual batch normalisation (Salimans et al., 2016, arXiv:1606.03498, section 3.5).

Batch normalisation makes a sample depend on the others of its batch. Here it depends on a reference batch, drawn once, and on itself: mean and mean square are
those of the reference batch and the sample together, ``(R ref + own) / (R + 1)``. The reference batch is normalised by its own alone.

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
        flat = x.flatten(2) if x.ndim > 2 else x[:, :, None]
        mean, square = flat.mean(dim=2), flat.square().mean(dim=2)  # [R + N, C]
        mean, square = self._joined(mean), self._joined(square)
        scale = torch.rsqrt(square - mean.square() + self.eps) * self.weight
        normal = (flat - mean[:, :, None]) * scale[:, :, None] + self.bias[:, None]
        return normal.reshape(x.shape)

    def _joined(self, moments: Tensor) -> Tensor:
        """Moments ``[R + N, C]`` of samples -> those that each is normalised by."""
        size = self.reference_size
        reference = moments[:size].mean(dim=0, keepdim=True)
        return torch.cat([reference.expand(size, -1), (size * reference + moments[size:]) / (size + 1)])


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
