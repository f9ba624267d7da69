"""Batch normalisation whose gain and bias depend on a condition.

With ``c`` one-hot, each class has a gain and a bias of its own (Dumoulin et al., 2017, arXiv:1610.07629, equation 5; de Vries et al., 2017, arXiv:1707.00683).
With a shared embedding of the class, joined to a piece of ``z``, it is BigGAN's (Brock et al., 2019, arXiv:1809.11096, section 3 and appendix B).
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from latentedit_training.layers.batch_norm import BatchNorm


class ConditionalBatchNorm(nn.Module):
    """``bn(x) (1 + W_g c) + W_b c``: ``[N, C, H, W]`` and ``[N, condition_dim]`` -> ``[N, C, H, W]``.

    W_g and W_b start at 0, so that all conditions start alike.

    Args:
        features: C.
        condition_dim: size of the condition; 0 for a plain batch norm with a gain and a bias, which takes any condition and ignores it.
    """

    def __init__(self, features: int, condition_dim: int = 0) -> None:
        super().__init__()
        self.norm = BatchNorm(features, affine=condition_dim == 0)
        self.gain = nn.Linear(condition_dim, features, bias=False) if condition_dim else None
        self.shift = nn.Linear(condition_dim, features, bias=False) if condition_dim else None
        for layer in (self.gain, self.shift):
            if layer is not None:
                nn.init.zeros_(layer.weight)

    def forward(self, x: Tensor, condition: Tensor | None = None) -> Tensor:
        """
        Raises:
            ValueError: there is no condition, and one is needed.
        """
        normal: Tensor = self.norm(x)
        if self.gain is None or self.shift is None:
            return normal
        if condition is None:
            raise ValueError("this batch norm needs a condition")
        gain, shift = self.gain(condition)[:, :, None, None], self.shift(condition)[:, :, None, None]
        return torch.addcmul(shift, normal, 1 + gain)
