"""The Inception network that FID and Inception Scores are published by: Inception v3 (Szegedy et al., 2016) as TensorFlow's file of 2015-12-05 has it.

It differs from the usual v3: average pools do not count their padding, the last block pools by maximum, and there are 1008 classes. The weights cannot be
had from a package index; a user who has the converted file (``pt_inception-2015-12-05``, as pytorch-fid and torch-fidelity load it) names its path.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from latentedit.checkpoints.foreign import read_contents
from latentedit.checkpoints.stored_array import is_array
from latentedit.errors import CheckpointError
from latentedit.generators.formats.found import tensor
from latentedit_training.metrics.extractors.base import Features

NUM_FEATURES = 2048
NUM_CLASSES = 1008
_SIDE = 299
_MAX_BYTES = 1 << 30
_EPSILON = 0.001


@dataclass(frozen=True)
class Step:
    """A convolution with batch normalisation and ReLU: its name, channels, and kernel ``(height, width)``; padded to keep sizes unless it strides."""

    name: str
    channels: int
    kernel: tuple[int, int] = (1, 1)
    stride: int = 1


Branch = tuple[Step, ...]
"""Steps in a row. Of those whose names end in ``a`` and ``b``, both read what comes before them."""


class Unit(nn.Module):
    """A :class:`Step` of ``channels_in`` channels."""

    def __init__(self, channels_in: int, step: Step, *, padded: bool) -> None:
        super().__init__()
        padding = (step.kernel[0] // 2, step.kernel[1] // 2) if padded else (0, 0)
        self.conv = nn.Conv2d(channels_in, step.channels, step.kernel, stride=step.stride, padding=padding, bias=False)
        self.bn = nn.BatchNorm2d(step.channels, eps=_EPSILON)

    def forward(self, x: Tensor) -> Tensor:
        return F.relu(self.bn(self.conv(x)))


class Mixed(nn.Module):
    """Branches side by side, whose results are stacked as channels; the last pools first.

    Args:
        channels_in: of the input.
        branches: what is computed; all but the pooling one.
        pool: ``average`` and ``maximum`` keep the size and are followed by a convolution to ``pool_channels``; ``halve`` is a maximum with stride 2.
        pool_channels: behind the pool; 0 for ``halve``.
    """

    def __init__(self, channels_in: int, branches: tuple[Branch, ...], pool: str, pool_channels: int = 0) -> None:
        super().__init__()
        self.branches, self.pool = branches, pool
        self.channels = 0 if pool_channels else channels_in
        for branch in branches:
            before = channels_in
            for step in branch:
                setattr(self, step.name, Unit(before, step, padded=step.stride == 1))
                before = before if step.name.endswith("a") else step.channels
                if step.name.endswith("a") or step is branch[-1]:
                    self.channels += step.channels
        if pool_channels:
            self.branch_pool = Unit(channels_in, Step("branch_pool", pool_channels), padded=True)
            self.channels += pool_channels

    def forward(self, x: Tensor) -> Tensor:
        return torch.cat([*(part for branch in self.branches for part in self._branch(branch, x)), self._pooled(x)], 1)

    def _branch(self, branch: Branch, x: Tensor) -> list[Tensor]:
        parts: list[Tensor] = []
        for step in branch:
            y: Tensor = getattr(self, step.name)(x)
            if step.name.endswith("a") or step is branch[-1]:
                parts.append(y)
            if not step.name.endswith("a"):
                x = y
        return parts

    def _pooled(self, x: Tensor) -> Tensor:
        if self.pool == "halve":
            return F.max_pool2d(x, 3, stride=2)
        if self.pool == "maximum":
            pooled = F.max_pool2d(x, 3, stride=1, padding=1)
        else:
            pooled = F.avg_pool2d(x, 3, stride=1, padding=1, count_include_pad=False)
        result: Tensor = self.branch_pool(pooled)
        return result


def _small(channels_in: int, pool_channels: int) -> Mixed:
    """At 35 x 35."""
    branches = (
        (Step("branch1x1", 64),),
        (Step("branch5x5_1", 48), Step("branch5x5_2", 64, (5, 5))),
        (Step("branch3x3dbl_1", 64), Step("branch3x3dbl_2", 96, (3, 3)), Step("branch3x3dbl_3", 96, (3, 3))),
    )
    return Mixed(channels_in, branches, "average", pool_channels)


def _to_17(channels_in: int) -> Mixed:
    branches = (
        (Step("branch3x3", 384, (3, 3), 2),),
        (Step("branch3x3dbl_1", 64), Step("branch3x3dbl_2", 96, (3, 3)), Step("branch3x3dbl_3", 96, (3, 3), 2)),
    )
    return Mixed(channels_in, branches, "halve")


def _long(channels_in: int, inner: int) -> Mixed:
    """At 17 x 17, by kernels of one row and of one column."""
    row, column = (1, 7), (7, 1)
    branches = (
        (Step("branch1x1", 192),),
        (Step("branch7x7_1", inner), Step("branch7x7_2", inner, row), Step("branch7x7_3", 192, column)),
        (
            Step("branch7x7dbl_1", inner),
            Step("branch7x7dbl_2", inner, column),
            Step("branch7x7dbl_3", inner, row),
            Step("branch7x7dbl_4", inner, column),
            Step("branch7x7dbl_5", 192, row),
        ),
    )
    return Mixed(channels_in, branches, "average", 192)


def _to_8(channels_in: int) -> Mixed:
    branches = (
        (Step("branch3x3_1", 192), Step("branch3x3_2", 320, (3, 3), 2)),
        (
            Step("branch7x7x3_1", 192),
            Step("branch7x7x3_2", 192, (1, 7)),
            Step("branch7x7x3_3", 192, (7, 1)),
            Step("branch7x7x3_4", 192, (3, 3), 2),
        ),
    )
    return Mixed(channels_in, branches, "halve")


def _wide(channels_in: int, pool: str) -> Mixed:
    """At 8 x 8."""
    branches = (
        (Step("branch1x1", 320),),
        (Step("branch3x3_1", 384), Step("branch3x3_2a", 384, (1, 3)), Step("branch3x3_2b", 384, (3, 1))),
        (
            Step("branch3x3dbl_1", 448),
            Step("branch3x3dbl_2", 384, (3, 3)),
            Step("branch3x3dbl_3a", 384, (1, 3)),
            Step("branch3x3dbl_3b", 384, (3, 1)),
        ),
    )
    return Mixed(channels_in, branches, pool, 192)


class Inception(nn.Module):
    """Images ``[N, 3, 299, 299]`` in [-1, 1] to features ``[N, 2048]`` and logits ``[N, 1008]``. Names are those of the published files."""

    def __init__(self) -> None:
        super().__init__()
        three = (3, 3)
        self.Conv2d_1a_3x3 = Unit(3, Step("", 32, three, 2), padded=False)
        self.Conv2d_2a_3x3 = Unit(32, Step("", 32, three), padded=False)
        self.Conv2d_2b_3x3 = Unit(32, Step("", 64, three), padded=True)
        self.Conv2d_3b_1x1 = Unit(64, Step("", 80), padded=False)
        self.Conv2d_4a_3x3 = Unit(80, Step("", 192, three), padded=False)
        self.Mixed_5b, self.Mixed_5c, self.Mixed_5d = _small(192, 32), _small(256, 64), _small(288, 64)
        self.Mixed_6a = _to_17(288)
        self.Mixed_6b, self.Mixed_6c, self.Mixed_6d, self.Mixed_6e = (_long(768, inner) for inner in (128, 160, 160, 192))
        self.Mixed_7a = _to_8(768)
        self.Mixed_7b, self.Mixed_7c = _wide(1280, "average"), _wide(2048, "maximum")
        self.fc = nn.Linear(NUM_FEATURES, NUM_CLASSES)

    def forward(self, image: Tensor) -> Features:
        x = self.Conv2d_2b_3x3(self.Conv2d_2a_3x3(self.Conv2d_1a_3x3(image)))
        x = self.Conv2d_4a_3x3(self.Conv2d_3b_1x1(F.max_pool2d(x, 3, stride=2)))
        x = F.max_pool2d(x, 3, stride=2)
        for name in ("5b", "5c", "5d", "6a", "6b", "6c", "6d", "6e", "7a", "7b", "7c"):
            x = getattr(self, f"Mixed_{name}")(x)
        pool = x.mean((2, 3))
        return Features(pool, F.linear(pool, self.fc.weight))  # without the bias, as Inception Scores are published


class InceptionExtractor:
    """The network with weights of the user's.

    Args:
        path: a file of torch or of safetensors.
        device: where it is.

    Raises:
        CheckpointError: the file cannot be read safely, or holds another network.
    """

    name = "inception-v3-2015-12-05"
    resizer = "bilinear to 299 x 299, no antialiasing (as pytorch-fid)"

    def __init__(self, path: Path, *, device: torch.device) -> None:
        self.network = Inception()
        self.network.load_state_dict(checked_arrays(path, self.network.state_dict()), strict=False)
        self.device = device
        self.network.to(device).eval().requires_grad_(False)

    @torch.no_grad()
    def __call__(self, image: Tensor) -> Features:
        image = image.to(self.device).clamp(-1, 1)
        if image.shape[1] == 1:
            image = image.expand(-1, 3, -1, -1)
        features: Features = self.network(F.interpolate(image, (_SIDE, _SIDE), mode="bilinear", align_corners=False))
        return features


def checked_arrays(path: Path, wanted: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """A network's arrays in a file: all that are ``wanted``, in single precision, whatever else is there.

    Args:
        path: of torch or of safetensors; read without running anything in it.
        wanted: arrays by name, for their shapes; ``num_batches_tracked``, which older files lack, is not asked for.

    Raises:
        CheckpointError: they are not all there, or of other shapes.
    """

    def refused(why: str) -> CheckpointError:
        hint = "The file is the one that pytorch-fid and torch-fidelity download: pt_inception-2015-12-05."
        return CheckpointError(f"{path.name} is not FID's Inception network: {why}.", hint=hint)

    tree = read_contents(path, _MAX_BYTES).tree
    if not isinstance(tree, Mapping):
        raise refused("it holds no arrays by name")
    found: dict[str, Tensor] = {}
    for name, like in wanted.items():
        if name.endswith("num_batches_tracked"):
            continue
        if not is_array(tree.get(name)) or tree[name].dtype.kind not in "fiu":
            raise refused(f"it has no {name}")
        array = tensor(tree[name]).float()
        if array.shape != like.shape:
            raise refused(f"{name} is {list(array.shape)}, not {list(like.shape)}")
        if not bool(array.isfinite().all()):
            raise refused(f"{name} holds what is no number")
        found[name] = array
    return found
