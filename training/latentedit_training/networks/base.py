"""What the loop expects of a network."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from torch import Tensor, nn

from latentedit_training.draws import Draws


@dataclass(frozen=True)
class ImageShape:
    """The size of the images that networks make and judge."""

    channels: int
    height: int
    width: int


@dataclass(frozen=True)
class Judgement:
    """What a discriminator says of images.

    Attributes:
        logits: ``[N]``, high where an image looks real.
        features: ``[N, F]``, its last hidden layer, for feature matching.
        label_logits: ``[N, c_dim]``, what an auxiliary classifier reads from the images (AC-GAN), where there is one.
    """

    logits: Tensor
    features: Tensor
    label_logits: Tensor | None = None


@runtime_checkable
class StyledNetwork(Protocol):
    """A generator that makes styles first, and learns with random numbers of its own: mixed styles, noise. They are those of the batch of all processes."""

    def w_plus(self, z: Tensor, c: Tensor | None, draws: Draws, purpose: str) -> Tensor:
        """Latents ``[N, z_dim]`` and labels to styles ``[N, num_ws, w_dim]``."""
        ...

    def drawn(self, w_plus: Tensor, draws: Draws, purpose: str, chosen: Tensor | None = None) -> Tensor:
        """Images ``[M, C, H, W]`` of styles ``[M, num_ws, w_dim]``: of all N images of this part, or of those that ``chosen`` ``[N]`` marks."""
        ...


class GeneratorConfig(Protocol):
    """A frozen configuration of a generator. Its module has ``z_dim`` and ``c_dim``, and is called as ``module(z, c)`` with ``z`` ``[N, z_dim]`` and ``c``
    ``[N, c_dim]`` (one-hot classes or attributes in 0 to 1) or None, and gives images ``[N, C, H, W]`` in [-1, 1]."""

    @property
    def name(self) -> str: ...

    def build(self, image: ImageShape, c_dim: int) -> nn.Module:
        """A module with weights drawn from torch's generator, as its paper draws them.

        Raises:
            UsageError: it cannot make images of this shape.
        """
        ...


class DiscriminatorConfig(Protocol):
    """A frozen configuration of a discriminator. Its module is called as ``module(image, c)`` and gives a :class:`Judgement`."""

    @property
    def name(self) -> str: ...

    def build(self, image: ImageShape, c_dim: int) -> nn.Module:
        """A module with weights drawn from torch's generator, as its paper draws them.

        Raises:
            UsageError: it cannot judge images of this shape.
        """
        ...
