"""What a projection yields after each of its steps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from torch import Tensor

State = dict[str, Tensor]
"""Everything that a stopped projection needs to go on, as named tensors (so that it can be stored as safetensors)."""


@dataclass(frozen=True, eq=False)
class ProjectionStep:
    """One step of :func:`latentedit.projection.project`.

    Attributes:
        step: how many steps are done, from 1 to ``num_steps``.
        num_steps: how many there will be.
        phase: what is being done: ``coarse``, ``fine``, ``tuning``, or the name of a published method.
        loss: the objective before this step's update.
        w_plus: the latent, [1, num_ws, w_dim].
        image: the drawing that the loss saw, [1, 3, p, p] in about [-1, 1], p at most 256.
        noise: the optimised noise maps, when the method optimises them.
        weight_delta: what tuning adds to the generator's parameters, by name; see :mod:`latentedit.generators.delta`.
        seconds: time since the projection began (or was resumed).
        snapshot: returns the state from which ``project(..., resume=state)`` continues after this step. Valid until the next step.
    """

    step: int
    num_steps: int
    phase: str
    loss: float
    w_plus: Tensor
    image: Tensor
    seconds: float
    snapshot: Callable[[], State] = field(repr=False)
    noise: list[Tensor] | None = None
    weight_delta: dict[str, Tensor] | None = None
