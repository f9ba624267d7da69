"""Generators that first make all styles, then draw with them: what StyleGAN 1 to 3 and their kin have in common."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Sequence
from typing import Protocol

from torch import Tensor, nn

from latentedit.generators.base import NoiseMode
from latentedit.generators.module import GeneratorModule


class StyledGenerator(GeneratorModule):
    """An architecture adds which layers make styles, and how it draws with them."""

    @abstractmethod
    def style_layers(self) -> list[tuple[int, nn.Linear]]:
        """The layers that make styles, each with the index of the ``w`` that it reads, in the order of drawing."""

    @abstractmethod
    def draw_styles(self, styles: Sequence[Tensor], noise: Sequence[Tensor | None] | None = None) -> Tensor:
        """Draw what :meth:`styles` gives, or has been changed to; the stored noise when ``noise`` is None."""

    def styles(self, w_plus: Tensor) -> list[Tensor]:
        """StyleSpace (Wu et al., 2021): the styles [N, C] of every modulated layer, in the order of :meth:`style_layers`."""
        self.check_latent(w_plus)
        return [layer(w_plus[:, index]) for index, layer in self.style_layers()]

    def synthesis(self, w_plus: Tensor, *, noise_mode: NoiseMode = "const", noise: list[Tensor] | None = None) -> Tensor:
        """Draw ``w_plus`` [N, num_ws, w_dim] as [N, img_channels, R, R] in about [-1, 1]."""
        return self.draw_styles(self.styles(w_plus), self.noise_for(w_plus, noise_mode, noise))

    def modulation_weights(self) -> list[tuple[int, Tensor]]:
        """Every style layer's matrix [C, w_dim] with the index of the style that it reads."""
        return [(index, layer.weight) for index, layer in self.style_layers()]


class SkipBlock(Protocol):
    """What draws at one resolution, and may add to the image so far."""

    resolution: int

    def add_image(self, image: Tensor | None, x: Tensor, style: Tensor) -> Tensor: ...


class SkipGenerator(StyledGenerator):
    """A generator of blocks of doubling resolution that add up an image ("skips"), so that drawing may stop early."""

    @abstractmethod
    def drawn_blocks(
        self, styles: Sequence[Tensor], noise: Sequence[Tensor | None]
    ) -> Iterator[tuple[SkipBlock, Tensor, Tensor | None]]:
        """Each block, its features, and the style of its to-image layer, if it has one."""

    def finished(self, image: Tensor) -> Tensor:
        """The sum of all blocks as an image in about [-1, 1]."""
        return image

    def draw_styles(self, styles: Sequence[Tensor], noise: Sequence[Tensor | None] | None = None) -> Tensor:
        """Draw what :meth:`styles` gives, or has been changed to; the stored noise when ``noise`` is None."""
        return self._image(styles, self.stored_noise() if noise is None else noise, self.img_resolution)

    def preview(self, w_plus: Tensor) -> Tensor:
        """The image of the block at the preview's resolution, to which finer ones only add."""
        px = self.spec.preview_resolution
        assert px is not None
        return self._image(self.styles(w_plus), self.stored_noise(), px)

    def features(self, w_plus: Tensor, resolution: int, *, noise: list[Tensor] | None = None) -> Tensor:
        """What the block at ``resolution`` px hands on."""
        self.check_resolution(resolution)
        drawn = self.drawn_blocks(self.styles(w_plus), self.noise_for(w_plus, "const", noise))
        return next(x for block, x, _ in drawn if block.resolution == resolution)

    def _image(self, styles: Sequence[Tensor], noise: Sequence[Tensor | None], px: int) -> Tensor:
        image: Tensor | None = None
        for block, x, style in self.drawn_blocks(styles, noise):
            if style is not None:
                image = block.add_image(image, x, style)
            if block.resolution == px:
                break
        assert image is not None
        return self.finished(image)
