"""Networks of the papers' sizes: their parameters, counted by hand or by the papers, and how many layers are spectrally normalised."""

from __future__ import annotations

from typing import Any

import pytest
import torch
from torch import nn

from latentedit_training.layers.residual_block import DownBlock
from latentedit_training.layers.spectral_norm import normalised_layers
from latentedit_training.networks import biggan, biggan_deep
from latentedit_training.networks.base import ImageShape
from latentedit_training.networks.began import BEGANAutoencoder, BEGANGenerator
from latentedit_training.networks.biggan import BigGANDiscriminator, BigGANGenerator
from latentedit_training.networks.biggan_deep import BigGANDeepDiscriminator, BigGANDeepGenerator
from latentedit_training.networks.progan import ProGANDiscriminator, ProGANGenerator
from latentedit_training.networks.residual_networks import ResidualDiscriminator
from latentedit_training.networks.sagan import SAGANDiscriminator, SAGANGenerator
from latentedit_training.networks.sngan import (
    SNGANResidualDiscriminator,
    SNGANResidualGenerator,
    SNGANStandardDiscriminator,
    SNGANStandardGenerator,
)
from latentedit_training.networks.srresnet import SRResNetDiscriminator, SRResNetGenerator

CIFAR, IMAGENET, FACES = ImageShape(3, 32, 32), ImageShape(3, 128, 128), ImageShape(3, 1024, 1024)


def size(network: nn.Module) -> int:
    return sum(value.numel() for value in network.parameters())


def conv(inputs: int, outputs: int, kernel: int) -> int:
    return (inputs * kernel**2 + 1) * outputs


@pytest.fixture(autouse=True)
def without_memory() -> Any:
    """Weights that are only counted are not drawn."""
    with torch.device("meta"):
        yield


class TestBigGAN:
    """88.0 and 70.4 million are in the paper (appendix B); to the last, they are printed by the authors' PyTorch code."""

    def test_generator(self) -> None:
        assert size(biggan._Generator(IMAGENET, 1000, BigGANGenerator(attention_px=(64,)))) == 70_433_988

    def test_discriminator(self) -> None:
        widths = [96 * multiplier for multiplier in biggan.DISCRIMINATOR_MULTIPLIERS[128][0]]
        network = ResidualDiscriminator(IMAGENET, 1000, widths, 5, conditioning="projection", attention_px=(64,), wide=True)
        assert size(network) == 87_982_370

    def test_deep_generator(self) -> None:
        network = biggan_deep._Generator(IMAGENET, 1000, BigGANDeepGenerator(attention_px=(64,)))
        # The published weights have a last convolution of 128 channels, of which 3 are used.
        unused = conv(128, 128, 3) - conv(128, 3, 3)
        assert round((size(network) + unused) / 1e6, 1) == 50.4

    def test_deep_discriminator(self) -> None:
        config = BigGANDeepDiscriminator(attention_px=(64,), conditioning="projection")
        assert round(size(biggan_deep._Discriminator(IMAGENET, 1000, config)) / 1e6, 1) == 34.6


def test_progan() -> None:
    """23.1 million each (table 2)."""
    assert round(size(ProGANGenerator().build(FACES, 0)) / 1e6, 1) == 23.1
    assert round(size(ProGANDiscriminator().build(FACES, 0)) / 1e6, 1) == 23.1


def test_standard_sngan() -> None:
    """Table 3, and two numbers for each channel of a batch norm."""
    generator = 129 * 4 * 4 * 512 + 2 * (512 + 256 + 128 + 64) + conv(64, 3, 3)
    generator += sum(a * b * 16 + b for a, b in ((512, 256), (256, 128), (128, 64)))
    assert size(SNGANStandardGenerator().build(CIFAR, 0)) == generator
    kernels = ((3, 64, 3), (64, 64, 4), (64, 128, 3), (128, 128, 4), (128, 256, 3), (256, 256, 4), (256, 512, 3))
    discriminator = sum(conv(*kernel) for kernel in kernels) + 4 * 4 * 512 + 1
    assert size(SNGANStandardDiscriminator(spectral_norm=False).build(CIFAR, 0)) == discriminator


def test_residual_sngan() -> None:
    """Table 4."""
    block = 2 * conv(256, 256, 3) + conv(256, 256, 1) + 2 * 2 * 256
    assert size(SNGANResidualGenerator().build(CIFAR, 0)) == 129 * 4 * 4 * 256 + 3 * block + 2 * 256 + conv(256, 3, 3)
    first = conv(3, 128, 3) + conv(128, 128, 3) + conv(3, 128, 1)
    down, same = 2 * conv(128, 128, 3) + conv(128, 128, 1), 2 * conv(128, 128, 3)
    assert size(SNGANResidualDiscriminator(spectral_norm=False).build(CIFAR, 0)) == first + down + 2 * same + 128 + 1


def test_srresnet() -> None:
    """Figures 3 and 4, with 34 attributes."""
    norm = 2 * 64
    generator = (
        (128 + 34 + 1) * 64 * 16 * 16 + 2 * norm + 16 * 2 * (64 * 64 * 9 + norm) + 3 * (64 * 256 * 9 + norm) + conv(64, 3, 9)
    )
    assert size(SRResNetGenerator().build(IMAGENET, 34)) == generator
    halving = ((3, 32, 4), (32, 64, 4), (64, 128, 4), (128, 256, 3), (256, 512, 3), (512, 1024, 3))
    blocks = sum(4 * conv(width, width, 3) for width in (32, 64, 128, 256, 512))
    discriminator = sum(conv(*kernel) for kernel in halving) + blocks + 35 * (1024 * 2 * 2 + 1)
    assert size(SRResNetDiscriminator(conditioning="auxiliary").build(IMAGENET, 34)) == discriminator


def test_began() -> None:
    """64 px, n = 128, h = 64: 8 px after three halvings."""
    image = ImageShape(3, 64, 64)
    decoder = 65 * 8 * 8 * 128 + 8 * conv(128, 128, 3) + conv(128, 3, 3)
    assert size(BEGANGenerator().build(image, 0)) == decoder
    encoder = conv(3, 128, 3) + sum(2 * conv(128 * i, 128 * i, 3) for i in (1, 2, 3, 4))
    encoder += sum(conv(128 * i, 128 * (i + 1), 3) for i in (1, 2, 3)) + (512 * 8 * 8 + 1) * 64
    assert size(BEGANAutoencoder().build(image, 0)) == encoder + decoder


class TestSpectrallyNormalisedLayers:
    """Small, and really drawn: the norm needs numbers."""

    @pytest.fixture(autouse=True)
    def with_memory(self) -> Any:
        with torch.device("cpu"):
            yield

    def test_standard(self) -> None:
        # Seven convolutions, a linear layer, and the classes' vectors.
        assert len(normalised_layers(SNGANStandardDiscriminator(width=2).build(CIFAR, 0))) == 8
        assert len(normalised_layers(SNGANStandardDiscriminator(width=2, conditioning="projection").build(CIFAR, 5))) == 9
        assert not normalised_layers(SNGANStandardDiscriminator(width=2, spectral_norm=False).build(CIFAR, 0))

    def test_residual(self) -> None:
        # Two halving blocks of three convolutions, two others of two, a linear layer.
        assert len(normalised_layers(SNGANResidualDiscriminator(widths=(2, 2, 2, 2), halvings=2).build(CIFAR, 0))) == 11
        assert not normalised_layers(SNGANResidualGenerator(widths=(2, 2, 2, 2)).build(CIFAR, 0))

    def test_sagan(self) -> None:
        # A linear layer, five blocks of three, four of attention, one to the image; conditional gains are not.
        assert len(normalised_layers(SAGANGenerator(width=1).build(IMAGENET, 5))) == 1 + 5 * 3 + 4 + 1
        # Five blocks of three, one of two, attention, a linear layer and the classes.
        assert len(normalised_layers(SAGANDiscriminator(width=1, conditioning="projection").build(IMAGENET, 5))) == 15 + 2 + 4 + 2

    def test_biggan(self) -> None:
        # Each block has two conditional norms of two linear maps; the shared embedding is not normalised.
        assert len(normalised_layers(BigGANGenerator(width=1, z_dim=6).build(IMAGENET, 5))) == 1 + 5 * (3 + 4) + 1
        assert len(normalised_layers(BigGANDiscriminator(width=1).build(IMAGENET, 5))) == 5 * 3 + 2 + 1


def test_sagan_has_the_authors_widths() -> None:
    network = SAGANDiscriminator(spectral_norm=False).build(IMAGENET, 0)
    widths = [block.conv2.out_channels for block in network.modules() if isinstance(block, DownBlock)]
    assert widths == [64, 128, 256, 512, 1024, 1024]
