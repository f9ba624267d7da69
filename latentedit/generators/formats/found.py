"""What a reader finds in a checkpoint, and how it tells that something does not fit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import numpy as np
import torch
from torch import Tensor

from latentedit.checkpoints.stored_array import is_array, loaded
from latentedit.errors import CheckpointError
from latentedit.generators.card import Card
from latentedit.generators.formats.account import lacking

Content = Literal["verified", "changed", "not verified"]
Arrays = Mapping[str, Any]
"""The arrays of a checkpoint by name."""


@dataclass(frozen=True, eq=False)
class Source:
    """What readers look at.

    Attributes:
        tree: what the file holds (see :class:`latentedit.checkpoints.foreign.Contents`).
        path: the file, for programs that write facts about a network into another one beside it.
        img_resolution: what the user told, for files that do not tell it.
        texts: what a safetensors file says beside its tensors.
    """

    tree: Any
    path: Path
    img_resolution: int | None = None
    texts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class FoundGenerator:
    """A generator as it was read, to be built.

    Attributes:
        config: of one of the architectures (see :mod:`latentedit.generators.architectures`).
        tensors: its parameters and buffers, named as in the module. ``w_avg`` is missing where the file has none; ``w_std`` may be.
        program: whose format the file has.
        training_data: what the file tells of the pictures that it was trained on; empty when nothing.
        card: all that the file tells about it; None where files have no such thing.
        beside: what decides what is drawn and is not in the file, such as a size that the user told; empty where there is nothing.
        notes: sentences that the user should know, of what was assumed.
        content: whether a file of our own format holds what was written into it; None for files of other programs, whose hash is taken anew.
    """

    config: Any
    tensors: Mapping[str, Tensor]
    program: str
    training_data: str = ""
    card: Card | None = None
    beside: str = ""
    notes: tuple[str, ...] = ()
    content: Content | None = None


def tensor(array: Any) -> Tensor:
    """A float32 copy, of its own and in order."""
    if not is_array(array):
        raise CheckpointError("The checkpoint holds something else where a tensor should be.")
    return torch.from_numpy(np.array(loaded(array), dtype=np.float32, order="C"))


def take(arrays: Arrays, name: str) -> Tensor:
    """The tensor of this name.

    Raises:
        CheckpointError: there is none.
    """
    if name not in arrays:
        raise lacking(name)
    return tensor(arrays[name])


def separable_taps(filter_2d: Any) -> Tensor:
    """The taps [T] of a resampling filter [T, T], in the order of correlation and scaled to a sum of 1; files have them in that of convolution.

    Raises:
        CheckpointError: the filter is not the product of one row of taps with itself.
    """
    both = tensor(filter_2d).double()
    if both.ndim != 2 or both.shape[0] != both.shape[1] or not float(both.sum().abs()) > 0:
        raise CheckpointError("The checkpoint's resampling filter is damaged.")
    both = both / both.sum()
    taps = both.sum(dim=1)
    if not torch.allclose(torch.outer(taps, taps), both, atol=1e-5):
        raise CheckpointError(
            "The checkpoint has a resampling filter that is not separable.", hint="Such generators are not read."
        )
    return taps.flip(0).float()


def linear(target: str, weight: Tensor, bias: Tensor | None, *, gain: float = 1.0, bias_gain: float = 1.0) -> dict[str, Tensor]:
    """The parameters of a linear layer [out, in] with equalised learning rates multiplied in."""
    parts = {f"{target}.weight": weight * gain}
    return parts if bias is None else {**parts, f"{target}.bias": bias * bias_gain}
