"""Learning rates as functions of progress."""

from __future__ import annotations

import math


def ramped(progress: float, peak: float, *, ramp_up: float = 0.05, ramp_down: float = 0.25) -> float:
    """Linear warm-up, plateau, cosine decay to zero: the schedule of StyleGAN2's projector (Karras et al., 2020, appendix D).

    Args:
        progress: from 0 to 1.
        peak: the rate on the plateau.
        ramp_up, ramp_down: the shares of the whole that warm-up and decay take.
    """
    decay = min(1.0, (1.0 - progress) / ramp_down)
    warm = min(1.0, progress / ramp_up)
    return peak * (0.5 - 0.5 * math.cos(math.pi * decay)) * warm
