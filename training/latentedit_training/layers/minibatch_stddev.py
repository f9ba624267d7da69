"""Minibatch standard deviation: one more feature map that says how varied a batch is.

From ProGAN (Karras et al., 2018, arXiv:1710.10196, section 3), over groups of the batch as in StyleGAN2 (Karras et al., 2020, arXiv:1912.04958).
"""

from __future__ import annotations

import torch
from torch import Tensor, nn


def minibatch_stddev(x: Tensor, group_size: int, eps: float = 1e-8) -> Tensor:
    """The deviation of each feature and pixel within a group, its mean over them: ``[N, C, H, W]`` -> ``[N]``, the same for all of a group.

    Sample i belongs to group ``i mod ceil(N / group_size)``. Where ``group_size`` divides N, that is StyleGAN2's division; else groups differ by one sample,
    and a sample is never alone unless N is 1 or ``group_size`` is (its deviation is ``sqrt(eps)`` then).
    """
    count = -(-len(x) // group_size)
    if count > 1 and len(x) // count < 2 <= group_size:
        count -= 1  # three samples in groups of two: one group of three
    # In half precision, eps would be 0, and the gradient of equal samples no number.
    values = x.to(torch.promote_types(x.dtype, torch.float32))
    groups = [values[start::count] for start in range(count)]
    deviations = torch.stack([((group - group.mean(dim=0)).square().mean(dim=0) + eps).sqrt().mean() for group in groups])
    return deviations.to(x.dtype)[torch.arange(len(x), device=x.device) % count]


class MinibatchStddev(nn.Module):
    """``[N, C, H, W]`` -> ``[N, C + 1, H, W]``. It has no parameters.

    Args:
        group_size: at most so many samples are compared (three may be where it is 2).
    """

    def __init__(self, group_size: int = 4) -> None:
        super().__init__()
        self.group_size = group_size

    def forward(self, x: Tensor) -> Tensor:
        deviation = minibatch_stddev(x, self.group_size)
        return torch.cat([x, deviation[:, None, None, None].expand(-1, 1, *x.shape[2:])], dim=1)
