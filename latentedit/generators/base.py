"""What every generator is to the rest of the program.

A generator is a frozen torch module in evaluation mode that maps latents to images, differentiable with respect to them:
``z -> mapping -> w_plus -> synthesis -> image``. Everything downstream (projection, editing, directions, drawing) is written
against :class:`Generator`, never against one architecture.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, Protocol, runtime_checkable

import torch
from torch import Tensor

NoiseMode = Literal["const", "random", "none"]


@dataclass(frozen=True)
class GeneratorSpec:
    """Facts about a generator that can be told without drawing anything.

    Attributes:
        name: the name under which it is registered or was opened.
        architecture: ``mobilestylegan``, ``stylegan2``, ``toy``...
        z_dim, w_dim, c_dim: sizes of the input latent, the intermediate latent and the class label (0: unconditional).
        num_ws: how many styles the synthesis network takes.
        img_resolution: the height and width of the image, in pixels.
        layer_resolutions: for each of the ``num_ws`` styles, the resolution (px) of the features that it steers. Bands (coarse,
            middle, fine) and the translation of layer ranges between generators are derived from it.
        preview_resolution: height and width of the preview; None when it is the image itself.
        preview_num_ws: how many of the first styles do the same in the preview as in the image; the effect of the others it leaves out or
            guesses. None when there are no others.
        noise_shapes: height and width of the noise maps, shallow to deep.
        feature_resolutions: heights and widths (px) of the features that :meth:`Generator.features` gives, ascending; empty when it gives none.
        domain: what it draws (``face`` means FFHQ-aligned faces).
        img_channels: of the image: 3 for red, green and blue, 1 for grey, 4 with opacity.
        weights_hash: sha256 of the weights that were loaded; identifies the generator in project files.
        origin, licence, restrictions: where the weights come from and what they may be used for, shown to the user.
        training_data: the pictures that it learned from, as far as they are known.
        former_hash: by which projects of earlier versions know it, where that is another; empty otherwise.
    """

    name: str
    architecture: str
    z_dim: int
    w_dim: int
    c_dim: int
    num_ws: int
    img_resolution: int
    layer_resolutions: tuple[int, ...]
    domain: str
    weights_hash: str
    origin: str = ""
    licence: str = ""
    restrictions: str = ""
    preview_resolution: int | None = None
    preview_num_ws: int | None = None
    noise_shapes: tuple[tuple[int, int], ...] = field(default=())
    feature_resolutions: tuple[int, ...] = field(default=())
    img_channels: int = 3
    training_data: str = ""
    former_hash: str = ""


@runtime_checkable
class Generator(Protocol):
    """Structural type of all generators. All tensors are float32 on :attr:`device`; parameters never require gradients."""

    spec: GeneratorSpec
    w_avg: Tensor
    """Mean of ``w`` over the prior, [w_dim]."""
    w_std: Tensor
    """Deviation of ``w`` over the prior as one number, sqrt(E |w - w_avg|^2), []."""

    @property
    def z_dim(self) -> int: ...
    @property
    def w_dim(self) -> int: ...
    @property
    def c_dim(self) -> int: ...
    @property
    def num_ws(self) -> int: ...
    @property
    def img_resolution(self) -> int: ...
    @property
    def device(self) -> torch.device: ...

    def mapping(
        self,
        z: Tensor,
        c: Tensor | None = None,
        truncation_psi: float = 1.0,
        truncation_cutoff: int | None = None,
    ) -> Tensor:
        """Map ``z`` [N, z_dim] to ``w_plus`` [N, num_ws, w_dim], pulled toward ``w_avg`` by ``truncation_psi`` in the first
        ``truncation_cutoff`` layers (all when None)."""
        ...

    def synthesis(self, w_plus: Tensor, *, noise_mode: NoiseMode = "const", noise: list[Tensor] | None = None) -> Tensor:
        """Draw ``w_plus`` [N, num_ws, w_dim] as an image [N, 3, H, W] in about [-1, 1]. ``noise`` replaces the stored noise,
        one [1 or N, 1, h, w] tensor per noise layer (``spec.noise_shapes``)."""
        ...

    def preview(self, w_plus: Tensor) -> Tensor:
        """Draw a smaller, cheaper image [N, 3, p, p] with p = ``spec.preview_resolution``; the same as ``synthesis`` for generators
        that have no cheaper way."""
        ...

    def features(self, w_plus: Tensor, resolution: int, *, noise: list[Tensor] | None = None) -> Tensor:
        """What the synthesis network computes for ``w_plus`` at ``resolution`` px, [N, C, resolution, resolution], without what comes after.

        Feature pixel (y, x) covers the same part of the square as that pixel of the image at this size: features and image move together.
        They are those of ``synthesis`` with the same ``noise`` (the stored noise when None).

        Raises:
            ValueError: ``resolution`` is not in ``spec.feature_resolutions``.
        """
        ...

    def noise_buffers(self) -> list[Tensor]:
        """Copies of the stored noise, one [1, 1, h, w] per noise layer, shallow to deep."""
        ...

    def random_noise(self, count: int = 1, random: torch.Generator | None = None) -> list[Tensor]:
        """Other noise of the same strength, [count, 1, h, w] per noise layer; ``random``, on the CPU, makes it repeatable."""
        ...

    def tunable_parameters(self) -> list[str]:
        """Names of the parameters that weight tuning may move: of layers fine enough to leave the pose alone, and coarse
        enough to be seen by the distances of a projection."""
        ...

    def modulation_weights(self) -> list[tuple[int, Tensor]]:
        """The style layers' matrices [C, w_dim], each with the index of the style that it reads; closed-form factorisation needs them."""
        ...
