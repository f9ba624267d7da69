"""A direction: where to move a latent so that one thing about the picture changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from torch import Tensor

from latentedit import latents


@dataclass(frozen=True)
class Measured:
    """What a direction did to random faces, from the lower to the upper end of its range.

    Attributes:
        faces: how many were moved.
        attribute: the score that it was found for; empty when for none.
        rises: the share of the faces on which that score rose; None when it was not looked at.
        changes: mean changes of scores, in standard deviations of each score over random faces; its own among them.
        identity: median distance of dlib's descriptors between a face and the end that is farther from it; None when it was not looked at.
    """

    faces: int
    attribute: str = ""
    rises: float | None = None
    changes: Mapping[str, float] = field(default_factory=dict)
    identity: float | None = None


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
        measured: what it does over its range; None when nobody looked.
        region: the part of the face that it is about (:data:`latentedit.edits.Region`), to which an edit is confined unless another is asked for;
            empty for the whole.
    """

    name: str
    vector: Tensor
    layers: tuple[int, ...] | None = None
    default_range: tuple[float, float] = (-5.0, 5.0)
    effect: str = ""
    provenance: str = ""
    licence: str = ""
    unit: str = ""
    measured: Measured | None = None
    region: str = ""

    def apply(self, w_plus: Tensor, amount: float, layers: Iterable[int] | None = None) -> Tensor:
        """``w_plus`` [N, num_ws, w_dim] moved by ``amount``; ``layers`` instead of the default ones when given.

        Raises:
            UsageError: the latent is of a generator that the direction does not fit.
        """
        vector = self.vector.to(w_plus)
        return latents.move(w_plus, vector, amount, self.layers if layers is None else layers)
