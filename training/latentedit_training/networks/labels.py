"""Labels that a network is called with."""

from __future__ import annotations

import torch
from torch import Tensor


def checked_labels(c: Tensor | None, c_dim: int, like: Tensor) -> Tensor | None:
    """Labels ``[N, c_dim]`` in the type and on the device of ``like`` ``[N, ...]``; None for a network without labels, whatever is given.

    Raises:
        ValueError: labels are needed, and missing or of another shape.
    """
    if not c_dim:
        return None
    if c is None or c.shape != (len(like), c_dim):
        raise ValueError(f"this network needs labels c [{len(like)}, {c_dim}], not {None if c is None else list(c.shape)}")
    return c.to(like)


def with_labels(z: Tensor, c: Tensor | None, c_dim: int) -> Tensor:
    """``[N, z_dim]`` and labels side by side: ``[N, z_dim + c_dim]``.

    Raises:
        ValueError: labels are needed, and missing or of another shape.
    """
    labels = checked_labels(c, c_dim, z)
    return z if labels is None else torch.cat([z, labels], dim=1)
