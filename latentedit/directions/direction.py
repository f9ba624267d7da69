"""A direction: where to move a latent so that one thing about the picture changes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from torch import Tensor

from latentedit import latents


@dataclass(frozen=True, eq=False)
class Direction:
    """A named vector in a generator's latent space.

    Attributes:
        name: as in ``--set NAME=AMOUNT``.
        vector: [w_dim], or [num_ws, w_dim] with a row for every style of the generator.
        layers: the styles that it moves by default; None for all.
        default_range: amounts between which it was measured to do what it says.
        effect: what a positive amount does, for people.
        provenance, licence: how it was found, and what may be done with it.
        unit: what an amount of 1 is, for people, such as ``a standard deviation of W along the component``.
    """

    name: str
    vector: Tensor
    layers: tuple[int, ...] | None = None
    default_range: tuple[float, float] = (-5.0, 5.0)
    effect: str = ""
    provenance: str = ""
    licence: str = ""
    unit: str = ""

    def apply(self, w_plus: Tensor, amount: float, layers: Iterable[int] | None = None) -> Tensor:
        """``w_plus`` [N, num_ws, w_dim] moved by ``amount``; ``layers`` instead of the default ones when given.

        Raises:
            UsageError: the latent is of a generator that the direction does not fit.
        """
        vector = self.vector.to(w_plus)
        return latents.move(w_plus, vector, amount, self.layers if layers is None else layers)
