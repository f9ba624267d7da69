"""What a projection found for one face: everything, beside the generator, that draws it again."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from torch import Tensor

    from latentedit.projection import ProjectionStep

Space = Literal["w", "w_plus"]
Array = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class FaceLatents:
    """A face in the latent space of a generator, in ordinary memory and read-only, whatever device it was made on.

    Attributes:
        w_plus: [1, num_ws, w_dim] float32.
        noise: noise maps [1, 1, h, w] float32, shallow to deep, if the projection found its own; else empty.
        weight_delta: what is added to the generator's parameters, by name; float16 or float32.
        space: in which space the latent was looked for.
    """

    w_plus: Array
    noise: tuple[Array, ...] = ()
    weight_delta: Mapping[str, NDArray[Any]] = field(default_factory=dict)
    space: Space = "w_plus"

    def __post_init__(self) -> None:
        object.__setattr__(self, "w_plus", _frozen(self.w_plus))
        object.__setattr__(self, "noise", tuple(_frozen(noise) for noise in self.noise))
        delta = {name: _frozen(self.weight_delta[name]) for name in sorted(self.weight_delta)}
        object.__setattr__(self, "weight_delta", delta)

    @classmethod
    def from_step(cls, step: ProjectionStep, space: Space = "w_plus") -> FaceLatents:
        """What one step of a projection has reached."""
        return cls(
            _to_array(step.w_plus),
            tuple(_to_array(noise) for noise in step.noise or ()),
            {name: _to_array(delta) for name, delta in (step.weight_delta or {}).items()},
            space,
        )

    @cached_property
    def key(self) -> str:
        """A hash of all that decides the drawing; equal for equal contents."""
        digest = hashlib.sha256()
        named = {"w_plus": self.w_plus, **{f"noise.{i}": noise for i, noise in enumerate(self.noise)}}
        for name, array in (*named.items(), *((f"delta.{name}", a) for name, a in self.weight_delta.items())):
            digest.update(f"{name} {array.dtype} {array.shape}\n".encode())
            digest.update(array.tobytes())
        return digest.hexdigest()


def _frozen(array: NDArray[Any]) -> NDArray[Any]:
    if not array.flags.writeable and array.flags.c_contiguous and array.base is None:
        return array
    copy = np.array(array, order="C")
    copy.setflags(write=False)
    return copy


def _to_array(tensor: Tensor) -> NDArray[Any]:
    return np.asarray(tensor.detach().cpu().contiguous().numpy())
