"""The architecture on which Lucic et al. (2018, section 5 and appendix) compare losses: InfoGAN's (Chen et al., 2016, appendix C.1).

Every loss gets the same two networks, but for BEGAN, whose discriminator must be an autoencoder.
"""

from __future__ import annotations

from typing import Literal

from pydantic.dataclasses import dataclass
from torch import Tensor, nn

from latentedit.errors import UsageError
from latentedit_training.layers.self_attention import SelfAttention
from latentedit_training.layers.spectral_norm import normalise_spectrally
from latentedit_training.networks.base import ImageShape, Judgement
from latentedit_training.networks.judgement_head import JudgementHead
from latentedit_training.networks.labels import with_labels
from latentedit_training.networks.options import CONFIG, Conditioning, LatentSize, Width

_DEVIATION = 0.02
_SLOPE = 0.2


@dataclass(frozen=True, config=CONFIG)
class InfoganGenerator:
    """Two linear layers, two transposed convolutions, batch normalisation between.

    Attributes:
        z_dim: numbers that it draws from.
        width: channels of the last hidden layer; 64 in the paper. The others grow with it.
    """

    name: Literal["infogan"] = "infogan"
    z_dim: LatentSize = 64
    width: Width = 64

    def build(self, image: ImageShape, c_dim: int) -> InfoganGeneratorNetwork:
        """See :class:`latentedit_training.networks.base.GeneratorConfig`."""
        return InfoganGeneratorNetwork(image, self.z_dim, self.width, c_dim)


@dataclass(frozen=True, config=CONFIG)
class InfoganDiscriminator:
    """Two convolutions and two linear layers.

    Attributes:
        width: channels of the first layer; 64 in the paper.
        batch_norm: between its layers; the study switches it (a gradient penalty wants none).
        spectral: spectral normalisation of all layers (Miyato et al., 2018).
        attention: self-attention behind the second convolution (Zhang et al., 2019).
        conditioning: how labels are judged; the study has none.
    """

    name: Literal["infogan"] = "infogan"
    width: Width = 64
    batch_norm: bool = True
    spectral: bool = False
    attention: bool = False
    conditioning: Conditioning = "none"

    def build(self, image: ImageShape, c_dim: int) -> InfoganDiscriminatorNetwork:
        """See :class:`latentedit_training.networks.base.DiscriminatorConfig`."""
        return InfoganDiscriminatorNetwork(image, self, c_dim)


@dataclass(frozen=True, config=CONFIG)
class InfoganAutoencoder:
    """BEGAN's discriminator in the study (as in its authors' code): one convolution, a narrow middle, one transposed convolution.

    Attributes:
        width: channels of the convolutions, and numbers in the middle.
    """

    name: Literal["infogan-autoencoder"] = "infogan-autoencoder"
    width: Width = 64

    def build(self, image: ImageShape, c_dim: int) -> InfoganAutoencoderNetwork:
        """An autoencoder of such images, without labels."""
        return InfoganAutoencoderNetwork(image, self.width)


def _quarter(image: ImageShape) -> tuple[int, int]:
    if image.height % 4 or image.width % 4:
        raise UsageError(
            f"InfoGAN's networks make images whose sides are multiples of 4, not {image.width} x {image.height}.",
            hint="Choose another images.resolution.",
        )
    return image.height // 4, image.width // 4


class InfoganGeneratorNetwork(nn.Module):
    """z ``[N, z_dim]`` to images ``[N, C, H, W]``."""

    def __init__(self, image: ImageShape, z_dim: int, width: int, c_dim: int) -> None:
        super().__init__()
        height, breadth = _quarter(image)
        self.z_dim, self.c_dim = z_dim, c_dim
        self.layers = nn.Sequential(
            nn.Linear(z_dim + c_dim, 16 * width),
            nn.BatchNorm1d(16 * width),
            nn.ReLU(),
            nn.Linear(16 * width, 2 * width * height * breadth),
            nn.BatchNorm1d(2 * width * height * breadth),
            nn.ReLU(),
            nn.Unflatten(1, (2 * width, height, breadth)),
            nn.ConvTranspose2d(2 * width, width, 4, stride=2, padding=1),
            nn.BatchNorm2d(width),
            nn.ReLU(),
            nn.ConvTranspose2d(width, image.channels, 4, stride=2, padding=1),
            nn.Sigmoid(),
        )
        self.apply(_initialise)

    def forward(self, z: Tensor, c: Tensor | None = None) -> Tensor:
        return 2 * self.layers(with_labels(z, c, self.c_dim)) - 1


class InfoganDiscriminatorNetwork(nn.Module):
    """Images ``[N, C, H, W]`` to a judgement."""

    def __init__(self, image: ImageShape, config: InfoganDiscriminator, c_dim: int) -> None:
        super().__init__()
        height, breadth = _quarter(image)
        width = config.width

        def norm2d(channels: int) -> nn.Module:
            return nn.BatchNorm2d(channels) if config.batch_norm else nn.Identity()

        self.layers = nn.Sequential(
            nn.Conv2d(image.channels, width, 4, stride=2, padding=1),
            nn.LeakyReLU(_SLOPE),
            nn.Conv2d(width, 2 * width, 4, stride=2, padding=1),
            norm2d(2 * width),
            nn.LeakyReLU(_SLOPE),
            SelfAttention(2 * width) if config.attention else nn.Identity(),
            nn.Flatten(),
            nn.Linear(2 * width * height * breadth, 16 * width),
            nn.BatchNorm1d(16 * width) if config.batch_norm else nn.Identity(),
            nn.LeakyReLU(_SLOPE),
        )
        self.output = JudgementHead(16 * width, c_dim, config.conditioning)
        self.apply(_initialise)
        if config.spectral:
            normalise_spectrally(self)

    def forward(self, image: Tensor, c: Tensor | None = None) -> Judgement:
        judgement: Judgement = self.output(self.layers(image), c)
        return judgement


class InfoganAutoencoderNetwork(nn.Module):
    """Images ``[N, C, H, W]`` to their reconstructions, in [-1, 1]."""

    def __init__(self, image: ImageShape, width: int) -> None:
        super().__init__()
        if image.height % 2 or image.width % 2:
            raise UsageError("The autoencoder needs images of even size.", hint="Choose another images.resolution.")
        height, breadth = image.height // 2, image.width // 2
        self.layers = nn.Sequential(
            nn.Conv2d(image.channels, width, 4, stride=2, padding=1),
            nn.ReLU(),
            nn.Flatten(),
            nn.Linear(width * height * breadth, width),
            nn.BatchNorm1d(width),
            nn.ReLU(),
            nn.Linear(width, width * height * breadth),
            nn.BatchNorm1d(width * height * breadth),
            nn.ReLU(),
            nn.Unflatten(1, (width, height, breadth)),
            nn.ConvTranspose2d(width, image.channels, 4, stride=2, padding=1),
            nn.Sigmoid(),
        )
        self.apply(_initialise)

    def forward(self, image: Tensor, c: Tensor | None = None) -> Tensor:
        return 2 * self.layers(image) - 1


def _initialise(module: nn.Module) -> None:
    if isinstance(module, nn.Linear | nn.Conv2d | nn.ConvTranspose2d):
        nn.init.normal_(module.weight, std=_DEVIATION)
        if module.bias is not None:
            nn.init.zeros_(module.bias)
