"""What a drag yields after each of its steps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from torch import Tensor

State = dict[str, Tensor]
"""Everything that a stopped drag needs to go on, as named tensors (so that it can be stored as safetensors)."""


@dataclass(frozen=True, eq=False)
class DragStep:
    """One step of :func:`latentedit.dragging.drag`.

    Attributes:
        step: how many steps are done, from 1 to ``max_steps``.
        max_steps: how many there will be at the most.
        points: where the handles are now, [K, 2], (x, y) on [0, 1]^2.
        distances_px: how far each is from its target, in pixels of the generator's image.
        arrived: whether all are as near as they were to come; such a step is the last.
        loss: the objective before this step's update.
        w_plus: the latent, [1, num_ws, w_dim].
        offset: what was added to the latent that the drag began with, [num_ws, w_dim].
        seconds: time since the drag began (or was resumed).
        snapshot: returns the state from which ``drag(..., resume=state)`` continues after this step. Valid until the next step.
    """

    step: int
    max_steps: int
    points: Tensor
    distances_px: tuple[float, ...]
    arrived: bool
    loss: float
    w_plus: Tensor
    offset: Tensor
    seconds: float
    snapshot: Callable[[], State] = field(repr=False)
