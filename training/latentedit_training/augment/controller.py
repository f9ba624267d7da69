"""How much to augment: as much as keeps a discriminator from overfitting (Karras et al., 2020, arXiv:2006.06676, section 3.2)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

import torch
from pydantic import Field
from pydantic.dataclasses import dataclass
from torch import Tensor

from latentedit_training.strictness import STRICT


def overfitting(real_logits: Tensor) -> Tensor:
    """r_t of equation 1: the mean sign of what the discriminator says of real images, -1 to 1. Near 1 it knows them all; at 0 it only guesses."""
    return real_logits.detach().sign().mean()


@dataclass(frozen=True, config=STRICT)
class AdaController:
    """Raises p while real images look more real than they should, and lowers it otherwise, at a constant speed.

    Attributes:
        target: the mean sign that is aimed at.
        speed_kimg: thousands of images in which p may go from 0 to 1; the authors take 100 where a trained network is taken up.
        every: batches between two changes.
        cap: the largest p. What is done to nearly every image leaks into what a generator draws, above about 0.8 (section 2.2 and figure 3).
    """

    target: Annotated[float, Field(ge=-1, le=1)] = 0.6
    speed_kimg: Annotated[float, Field(gt=0)] = 500.0
    every: Annotated[int, Field(ge=1)] = 4
    cap: Annotated[float, Field(ge=0, le=1)] = 0.8

    def next_p(self, p: float, mean_sign: float, images_seen: int) -> float:
        """What p becomes, 0 to the cap.

        Args:
            p: as it was.
            mean_sign: of the logits of real images since the last change; see :func:`overfitting`.
            images_seen: since the last change.
        """
        direction = (mean_sign > self.target) - (mean_sign < self.target)
        return min(max(p + direction * images_seen / (1000 * self.speed_kimg), 0.0), self.cap)

    def start(self, p: float = 0.0) -> dict[str, Tensor]:
        """What is remembered at first, for a checkpoint: ``p``, and since its last change the sum of the batches' mean ``signs`` (both float32) and how many
        ``batches`` and ``images`` there were (int64); scalars on the CPU."""
        return self._state(min(p, self.cap), torch.zeros(()), 0, 0)

    def after_batch(self, state: Mapping[str, Tensor], mean_sign: Tensor, images: int) -> dict[str, Tensor]:
        """What is remembered after one more batch of real images; a new dictionary.

        Args:
            state: of :meth:`start` or of the last call; on any device.
            mean_sign: over the batch, a scalar; over all processes' batches, so that all come to the same p.
            images: in the batch of all processes.
        """
        signs = state["signs"].to(mean_sign.device) + mean_sign.float()
        batches, seen = int(state["batches"]) + 1, int(state["images"]) + images
        if batches < self.every:
            return self._state(float(state["p"]), signs, batches, seen)
        # Only here does a GPU have to be waited for.
        p = self.next_p(float(state["p"]), float(signs) / batches, seen)
        return self._state(p, torch.zeros(()), 0, 0)

    @staticmethod
    def _state(p: float, signs: Tensor, batches: int, images: int) -> dict[str, Tensor]:
        return {"p": torch.tensor(p), "signs": signs, "batches": torch.tensor(batches), "images": torch.tensor(images)}
