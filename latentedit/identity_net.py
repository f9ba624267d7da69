"""dlib's face descriptor as a differentiable module: 29 convolutions with residual connections (King, 2017).

The architecture is the one of dlib's public-domain example ``dnn_face_recognition_ex.cpp``. Each convolution there is followed
by a fixed scale and shift per channel; here those are folded into it (see :mod:`latentedit.identity_weights`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch
import torch.nn.functional as F
from torch import Tensor, nn

if TYPE_CHECKING:
    from latentedit.assets import AssetStore

__all__ = ["BLOCKS", "CHIP_PX", "BlockSpec", "DescriptorNet", "load_descriptor_net"]

CHIP_PX = 150
"""Side of the pictures that the network was trained on."""

_PIXEL_SCALE = 256.0


@dataclass(frozen=True)
class BlockSpec:
    """One residual block: channels in and out, and whether it halves the picture."""

    inputs: int
    outputs: int
    halves: bool


def _blocks() -> tuple[BlockSpec, ...]:
    blocks: list[BlockSpec] = []
    channels = 32
    for outputs, count, halves in ((32, 3, False), (64, 4, True), (128, 3, True), (256, 3, True), (256, 1, True)):
        for i in range(count):
            blocks.append(BlockSpec(channels, outputs, halves and i == 0))
            channels = outputs
    return tuple(blocks)


BLOCKS = _blocks()
"""The fourteen residual blocks, from the picture to the descriptor."""


class DescriptorNet(nn.Module):
    """Chips [N, 3, 150, 150] in [0, 255], RGB -> descriptors [N, 128]."""

    def __init__(self) -> None:
        super().__init__()
        self.stem = nn.Conv2d(3, BLOCKS[0].inputs, 7, stride=2)
        self.blocks = nn.ModuleList(ResidualBlock(spec) for spec in BLOCKS)
        self.head = nn.Linear(BLOCKS[-1].outputs, 128, bias=False)
        self.mean: Tensor
        self.register_buffer("mean", torch.zeros(3))

    def forward(self, chip: Tensor) -> Tensor:
        x = (chip - self.mean.view(1, 3, 1, 1)) / _PIXEL_SCALE
        x = F.max_pool2d(F.relu(self.stem(x)), 3, stride=2)
        for block in self.blocks:
            x = block(x)
        descriptor: Tensor = self.head(x.mean(dim=(2, 3)))
        return descriptor


class ResidualBlock(nn.Module):
    """``relu(x + conv(relu(conv(x))))``; a halving block averages x over 2x2 pixels.

    What is smaller, in channels or in pixels, is filled up with zeros behind its last.
    """

    def __init__(self, spec: BlockSpec) -> None:
        super().__init__()
        self.halves = spec.halves
        stride, padding = (2, 0) if spec.halves else (1, 1)
        self.conv1 = nn.Conv2d(spec.inputs, spec.outputs, 3, stride=stride, padding=padding)
        self.conv2 = nn.Conv2d(spec.outputs, spec.outputs, 3, padding=1)

    def forward(self, x: Tensor) -> Tensor:
        y = self.conv2(F.relu(self.conv1(x)))
        if self.halves:
            x = F.avg_pool2d(x, 2)
        sizes = [max(a, b) for a, b in zip(x.shape[1:], y.shape[1:], strict=True)]
        return F.relu(_filled_up(x, sizes) + _filled_up(y, sizes))


def load_descriptor_net(*, store: AssetStore | None = None, device: torch.device | str = "cpu") -> DescriptorNet:
    """The network with dlib's weights, frozen.

    Raises:
        AssetError: the weights are not available.
    """
    from safetensors.torch import load_file

    if store is None:
        from latentedit.assets import AssetStore  # only who has no store needs the default one

        store = AssetStore.default()
    net = DescriptorNet()
    net.load_state_dict(load_file(store.converted("dlib-face-descriptor")))
    return net.eval().requires_grad_(False).to(device)


def _filled_up(x: Tensor, sizes: list[int]) -> Tensor:
    channels, height, width = (wanted - have for wanted, have in zip(sizes, x.shape[1:], strict=True))
    return F.pad(x, (0, width, 0, height, 0, channels)) if channels or height or width else x
