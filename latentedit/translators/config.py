"""What a translator is like, in a few numbers: enough to build it, for reading a file and for training alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from latentedit.errors import UsageError

Kind = Literal["resnet", "unet"]
Norm = Literal["instance", "batch", "none"]

MAX_CHANNELS = 4096
MAX_BLOCKS = 1000
MIN_HALVINGS, MAX_HALVINGS = 2, 12


@dataclass(frozen=True)
class TranslatorConfig:
    """A generator of the CycleGAN and pix2pix reference code; the defaults are its ``resnet_9blocks`` with instance norm.

    Attributes:
        kind: ``resnet`` (:class:`latentedit.translators.ResnetTranslator`) or ``unet`` (:class:`latentedit.translators.UnetTranslator`).
        in_channels, out_channels: of the pictures; 3 for colour, 1 for grey.
        base_channels: features at the full size (``ngf``); deeper ones are multiples of it.
        blocks: residual blocks of a resnet.
        halvings: how often a U-Net halves the picture: 7 in ``unet_128``, 8 in ``unet_256``.
        norm: what follows the convolutions.
        dropout: half of some features are dropped during training, in each residual block or in the U-Net's deep levels.
        bias: of the convolutions other than the last, which always has one. None: as the reference has it, with instance norm alone.

    Raises:
        UsageError: a number is out of range.
    """

    kind: Kind = "resnet"
    in_channels: int = 3
    out_channels: int = 3
    base_channels: int = 64
    blocks: int = 9
    halvings: int = 8
    norm: Norm = "instance"
    dropout: bool = False
    bias: bool | None = None

    def __post_init__(self) -> None:
        if self.kind not in get_args(Kind) or self.norm not in get_args(Norm):
            raise UsageError(f"There is no translator {self.kind} with norm {self.norm}.")
        _check_channels(self.in_channels, self.out_channels, self.base_channels)
        if not (0 <= self.blocks <= MAX_BLOCKS and MIN_HALVINGS <= self.halvings <= MAX_HALVINGS):
            raise UsageError(
                f"A resnet has up to {MAX_BLOCKS} blocks, and a U-Net halves a picture {MIN_HALVINGS} to {MAX_HALVINGS} times."
            )

    @property
    def has_bias(self) -> bool:
        """Whether the convolutions other than the last have a bias."""
        return self.norm == "instance" if self.bias is None else self.bias


@dataclass(frozen=True)
class AnimeGanConfig:
    """AnimeGANv2's generator (:class:`latentedit.translators.AnimeGanTranslator`), of which one size is published.

    Attributes:
        base_channels: features at the full size; 32 in the published weights.

    Raises:
        UsageError: the number is out of range.
    """

    base_channels: int = 32

    def __post_init__(self) -> None:
        _check_channels(self.base_channels)


AnyConfig = TranslatorConfig | AnimeGanConfig


def _check_channels(*counts: int) -> None:
    if not all(1 <= count <= MAX_CHANNELS for count in counts):
        raise UsageError(f"A translator has 1 to {MAX_CHANNELS} channels.")
