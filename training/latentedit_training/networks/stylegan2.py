"""StyleGAN2's generator (Karras et al., 2020, arXiv:1912.04958) to learn with: the editor's own module, with equalised learning rates around its weights.

There is one architecture, not two: what is learnt is what the editor draws with, once the factors are multiplied in.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Annotated, Literal

import torch
from pydantic import Field
from pydantic.dataclasses import dataclass
from torch import Tensor, nn
from torch.nn.utils import parametrize

from latentedit.errors import UsageError
from latentedit.generators.card import Card
from latentedit.generators.mapping_network import MappingConfig
from latentedit.generators.resampling import BILINEAR
from latentedit.generators.stylegan2 import Block, ResidualPath, StyleGAN2, StyleGAN2Config, ToImage, stylegan2_spec
from latentedit_training.draws import Draws
from latentedit_training.layers.equalized_weights import effective_state, equalise, equalise_weight
from latentedit_training.networks.base import ImageShape
from latentedit_training.networks.options import CONFIG, LatentSize, Width

_LAYERS = Annotated[int, Field(ge=1, le=16)]
_Share = Annotated[float, Field(ge=0, le=1)]
_SMALLEST = 4


@dataclass(frozen=True, config=CONFIG)
class StyleGAN2Generator:
    """A mapping network, and modulated convolutions from 4 px upwards.

    Attributes:
        z_dim: numbers that it draws from.
        w_dim: size of the intermediate latent.
        mapping_layers: of the mapping network; 8 in the paper, 2 in ADA's automatic configuration.
        mapping_rate: its learning rate multiplier.
        channel_base: channels times resolution; 32768 in the paper, half of it in ADA's configuration up to 256 px.
        channel_max: channels at most.
        architecture: ``skip`` adds an image of every resolution, ``resnet`` has residual blocks.
        mixing: how often two latents make an image, one the coarser and one the finer layers (style mixing; Karras et al., 2019, section 3.1).
    """

    name: Literal["stylegan2"] = "stylegan2"
    z_dim: LatentSize = 512
    w_dim: LatentSize = 512
    mapping_layers: _LAYERS = 8
    mapping_rate: Annotated[float, Field(gt=0, le=1)] = 0.01
    channel_base: Annotated[int, Field(ge=16)] = 32768
    channel_max: Width = 512
    architecture: Literal["skip", "resnet"] = "skip"
    mixing: _Share = 0.9

    def build(self, image: ImageShape, c_dim: int) -> StyleGAN2GeneratorNetwork:
        """See :class:`latentedit_training.networks.base.GeneratorConfig`."""
        return StyleGAN2GeneratorNetwork(self, self.editor_config(image, c_dim))

    def editor_config(self, image: ImageShape, c_dim: int) -> StyleGAN2Config:
        """What the editor builds the same network from.

        Raises:
            UsageError: the images are not square, or their side is no power of 2 from 8 on.
        """
        channels = tuple(min(self.channel_base // px, self.channel_max) for px in resolutions(image))
        mapping = MappingConfig(
            z_dim=self.z_dim,
            c_dim=c_dim,
            w_dim=self.w_dim,
            features=(self.w_dim,) * self.mapping_layers,
            embed_features=self.w_dim if c_dim else 0,
        )
        return StyleGAN2Config(mapping, channels, img_channels=image.channels, architecture=self.architecture)


def resolutions(image: ImageShape) -> list[int]:
    """Heights of the blocks of a generator or discriminator of such images, the smallest first.

    Raises:
        UsageError: the images are not square, or their side is no power of 2 from 8 on.
    """
    side = image.height
    if image.width != side or side < 2 * _SMALLEST or side & (side - 1):
        raise UsageError(
            f"StyleGAN2 makes square images of 8, 16, 32, 64 … pixels, not {image.width} x {image.height}.",
            hint="Choose another images.resolution.",
        )
    return [_SMALLEST << i for i in range(side.bit_length() - _SMALLEST.bit_length() + 1)]


class StyleGAN2GeneratorNetwork(nn.Module):
    """z ``[N, z_dim]`` and labels to images ``[N, C, H, W]`` in about [-1, 1]; with the stored noise when it is called, with drawn noise and mixed
    styles when it learns (:meth:`w_plus`, :meth:`drawn`)."""

    def __init__(self, config: StyleGAN2Generator, editor: StyleGAN2Config) -> None:
        super().__init__()
        self.config, self.editor = config, editor
        self.z_dim, self.c_dim = config.z_dim, editor.mapping.c_dim
        self.generator = StyleGAN2(stylegan2_spec(editor, Card("", "image", "")), editor)
        self._initialise()

    def forward(self, z: Tensor, c: Tensor | None = None) -> Tensor:
        with parametrize.cached():
            image: Tensor = self.generator(z, c)
        return image

    def w_plus(self, z: Tensor, c: Tensor | None, draws: Draws, purpose: str) -> Tensor:
        """See :class:`latentedit_training.networks.base.StyledNetwork`. A share of the images mixes two latents: from a layer on, drawn uniformly, that
        of the second."""
        w = self.generator.mapping(z, c)
        if not self.config.mixing:
            return w
        count = self.generator.num_ws
        other = self.generator.mapping(draws.normal(f"{purpose} mixed z", self.z_dim), c)
        starts = 1 + draws.integers(f"{purpose} mixed from", count - 1)
        starts = torch.where(draws.uniform(f"{purpose} mixes") < self.config.mixing, starts, count)
        layers = torch.arange(count, device=z.device)
        return torch.where((layers < starts[:, None])[:, :, None], w, other)

    def drawn(self, w_plus: Tensor, draws: Draws, purpose: str, chosen: Tensor | None = None) -> Tensor:
        """See :class:`latentedit_training.networks.base.StyledNetwork`. Each image has noise of its own."""
        noise = [draws.normal(f"{purpose} noise {i}", 1, *shape) for i, shape in enumerate(self.generator.spec.noise_shapes)]
        noise = noise if chosen is None else [map_[chosen] for map_ in noise]
        with parametrize.cached():
            return self.generator.synthesis(w_plus, noise=noise)

    def effective_state(self) -> dict[str, Tensor]:
        """The weights as the editor's generator has them."""
        return effective_state(self.generator)

    def _initialise(self) -> None:
        """As the authors' code draws weights: from N(0, 1) times the factors; biases 0, those of styles 1, noise of strength 0."""
        mapping = self.generator.mapping_network
        for layer in mapping.layers:
            assert isinstance(layer, nn.Linear)
            _draw(layer)
            equalise(layer, rate=self.config.mapping_rate)
        if mapping.embed is not None:
            _draw(mapping.embed)
            equalise(mapping.embed)
        for block in self._blocks():
            if block.resolution == _SMALLEST:
                nn.init.normal_(block.const)
            for convolution in block.convolutions:
                _draw(convolution.affine, bias=1.0)
                equalise(convolution.affine)
                fan_in = convolution.affine.out_features * 9
                nn.init.normal_(convolution.weight, std=1 / math.sqrt(fan_in))
                equalise_weight(convolution, fan_in=fan_in)
                nn.init.zeros_(convolution.bias)
                if self.editor.use_noise:
                    nn.init.zeros_(convolution.noise_strength)
                    nn.init.normal_(convolution.noise)
            if block.to_image is not None:
                # The authors' code puts this factor on the styles; it is on the kernel here, as in the editor's files.
                _draw(block.to_image.affine, bias=1.0)
                equalise(block.to_image.affine)
                _draw(block.to_image)
                equalise(block.to_image)
            if block.skip is not None:
                _draw(block.skip)
                equalise(block.skip)
        for name, buffer in self.generator.named_buffers():
            if name.endswith("taps"):
                buffer.copy_(torch.tensor(BILINEAR))

    def _blocks(self) -> Iterator[Block]:
        for block in self.generator.blocks:
            assert isinstance(block, Block)
            yield block


def _draw(layer: nn.Linear | ToImage | ResidualPath, *, bias: float = 0.0) -> None:
    nn.init.normal_(layer.weight, std=1 / math.sqrt(layer.weight[0].numel()))
    if not isinstance(layer, ResidualPath) and layer.bias is not None:
        nn.init.constant_(layer.bias, bias)
