"""What all generators of this package share: their facts, the average latent, and the way from ``z`` to truncated ``w_plus``."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import get_args

import torch
from torch import Tensor, nn

from latentedit.generators.base import GeneratorSpec, NoiseMode
from latentedit.generators.mapping_network import MappingNetwork
from latentedit.generators.prior import random_latents
from latentedit.latents import truncate

_NOISE_MODES = get_args(NoiseMode)
TUNED_PX = (16, 64)
"""Weight tuning moves what draws from 16 to 64 px, which the preview draws, too. Photographs are compared at 256 px, where what finer layers draw
is hardly seen: moved instead, they made drawings no nearer and laid a fine pattern over them."""


class GeneratorModule(nn.Module):
    """The common part of a :class:`latentedit.generators.base.Generator`; an architecture adds what it maps and draws."""

    w_avg: Tensor
    w_std: Tensor
    mapping_network: MappingNetwork

    def __init__(self, spec: GeneratorSpec) -> None:
        super().__init__()
        self.spec = spec
        self.register_buffer("w_avg", torch.zeros(spec.w_dim))
        self.register_buffer("w_std", torch.zeros(()))

    @property
    def z_dim(self) -> int:
        return self.spec.z_dim

    @property
    def w_dim(self) -> int:
        return self.spec.w_dim

    @property
    def c_dim(self) -> int:
        return self.spec.c_dim

    @property
    def num_ws(self) -> int:
        return self.spec.num_ws

    @property
    def img_resolution(self) -> int:
        return self.spec.img_resolution

    @property
    def device(self) -> torch.device:
        return self.w_avg.device

    def mapping(
        self,
        z: Tensor,
        c: Tensor | None = None,
        truncation_psi: float = 1.0,
        truncation_cutoff: int | None = None,
    ) -> Tensor:
        """``z`` [N, z_dim], labels ``c`` [N, c_dim] where there are classes -> ``w_plus`` [N, num_ws, w_dim], truncated toward ``w_avg``.

        Raises:
            ValueError: a conditional generator was given no labels, or ones of another size.
        """
        w_plus = self.map_to_w(z, c)[:, None].repeat(1, self.num_ws, 1)
        return w_plus if truncation_psi == 1.0 else truncate(w_plus, self.w_avg, truncation_psi, truncation_cutoff)

    def map_to_w(self, z: Tensor, c: Tensor | None) -> Tensor:
        """``z`` [N, z_dim], labels ``c`` [N, c_dim] where there are classes -> ``w`` [N, w_dim]."""
        w: Tensor = self.mapping_network(z, c)
        return w

    def forward(
        self,
        z: Tensor,
        c: Tensor | None = None,
        truncation_psi: float = 1.0,
        truncation_cutoff: int | None = None,
        *,
        noise_mode: NoiseMode = "const",
        noise: list[Tensor] | None = None,
    ) -> Tensor:
        """Draw ``z`` [N, z_dim]: :meth:`synthesis` of :meth:`mapping`.

        Raises:
            ValueError: as both.
        """
        return self.synthesis(self.mapping(z, c, truncation_psi, truncation_cutoff), noise_mode=noise_mode, noise=noise)

    @abstractmethod
    def synthesis(self, w_plus: Tensor, *, noise_mode: NoiseMode = "const", noise: list[Tensor] | None = None) -> Tensor:
        """Draw ``w_plus`` [N, num_ws, w_dim]."""

    @abstractmethod
    def features(self, w_plus: Tensor, resolution: int, *, noise: list[Tensor] | None = None) -> Tensor:
        """What the synthesis network computes at ``resolution`` px."""

    @abstractmethod
    def tunable_parameters(self) -> list[str]:
        """Names of the parameters that weight tuning may move."""

    @abstractmethod
    def modulation_weights(self) -> list[tuple[int, Tensor]]:
        """The style layers' matrices, each with the index of the style that it reads."""

    def preview(self, w_plus: Tensor) -> Tensor:
        """A smaller, cheaper drawing; the drawing itself where the architecture has none."""
        return self.synthesis(w_plus)

    def noise_buffers(self) -> list[Tensor]:
        """Copies of the stored noise maps."""
        return [noise.detach().clone() for noise in self.stored_noise()]

    def stored_noise(self) -> Sequence[Tensor]:
        """The noise maps that are part of the weights, shallow to deep."""
        return ()

    def check_latent(self, w_plus: Tensor) -> None:
        """Refuse what is not [N, num_ws, w_dim].

        Raises:
            ValueError: it is not.
        """
        if w_plus.ndim != 3 or w_plus.shape[1:] != (self.num_ws, self.w_dim):
            raise ValueError(f"w_plus must be [N, {self.num_ws}, {self.w_dim}], not {list(w_plus.shape)}")

    def check_resolution(self, resolution: int) -> None:
        """Refuse what features do not have.

        Raises:
            ValueError: ``resolution`` is not in ``spec.feature_resolutions``.
        """
        if resolution not in self.spec.feature_resolutions:
            raise ValueError(f"features have one of {self.spec.feature_resolutions} px, not {resolution}")

    def noise_for(self, w_plus: Tensor, mode: NoiseMode, given: Sequence[Tensor] | None) -> Sequence[Tensor | None]:
        """One noise map per noisy layer: those given, the stored ones, random ones of the stored ones' strength, or none.

        Raises:
            ValueError: there is no such mode, or there are not as many maps as noisy layers.
        """
        if mode not in _NOISE_MODES:
            raise ValueError(f"noise_mode must be one of {', '.join(_NOISE_MODES)}, not {mode!r}")
        stored = self.stored_noise()
        if given is not None:
            if len(given) != len(stored):
                raise ValueError(f"noise must have {len(stored)} tensors, not {len(given)}")
            return given
        if mode == "none":
            return [None] * len(stored)
        return self.random_noise(len(w_plus)) if mode == "random" else stored

    def random_noise(self, count: int = 1, random: torch.Generator | None = None) -> list[Tensor]:
        """Other noise of the same strength, [count, 1, h, w] per noise layer; ``random``, on the CPU, makes it repeatable."""
        return [
            torch.randn(count, *stored.shape[1:], generator=random).to(stored) * self.noise_scale(stored)
            for stored in self.stored_noise()
        ]

    def arrange_memory(self) -> None:
        """Bring the weights into an order that is quick to draw with; called once they are loaded."""

    def noise_scale(self, stored: Tensor) -> Tensor | float:
        """The strength that a stored map carries; 1 where the network has learned strengths of its own."""
        return 1.0


def tuned_indices(resolutions: Sequence[int]) -> list[int]:
    """Which layers weight tuning moves, of layers that draw at these resolutions; the last, where none is of :data:`TUNED_PX`."""
    low, high = TUNED_PX
    return [i for i, px in enumerate(resolutions) if low <= px <= high] or [len(resolutions) - 1]


@torch.no_grad()
def w_statistics(generator: GeneratorModule, count: int = 10_000, seed: int = 123) -> tuple[Tensor, Tensor]:
    """The mean [w_dim] of ``w`` over random latents, and the deviation [] around it, ``sqrt(E |w - mean|^2)``.

    Count and seed are those of StyleGAN2's projector (Karras et al., 2020, appendix D). Classes are drawn alike often.
    """
    random = torch.Generator().manual_seed(seed)
    counts = (min(1000, count - start) for start in range(0, count, 1000))
    # Copied out of the latents of all layers, which are many times as much.
    w = torch.cat([random_latents(generator, some, random)[:, 0].clone() for some in counts])
    mean = w.double().mean(dim=0)
    return mean.float(), (w.double() - mean).square().sum(dim=1).mean().sqrt().float()
