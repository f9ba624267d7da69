"""Optimisers and how their step lengths change."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Literal

import torch
from pydantic import Field
from pydantic.dataclasses import dataclass
from torch import nn

from latentedit_training.strictness import STRICT

_Positive = Annotated[float, Field(gt=0)]
_Decay = Annotated[float, Field(ge=0, lt=1)]


@dataclass(frozen=True, config=STRICT)
class OptimizerConfig:
    """An optimiser.

    Attributes:
        name: ``adam`` (Kingma and Ba, 2015), ``rmsprop`` (which WGAN with clipped weights needs), ``sgd`` with momentum.
        lr: length of a step.
        beta1: how long the mean gradient is remembered; for ``sgd`` the momentum; ``rmsprop`` has none.
        beta2: how long the mean square is remembered; for ``rmsprop`` its smoothing.
        epsilon: added to the root of the mean square.
        decay_from: the share of all steps after which ``lr`` falls in a straight line, to 0 at the end; 1 for never.
        halve_every: steps after each of which ``lr`` is halved (BEGAN); 0 for never.
    """

    name: Literal["adam", "rmsprop", "sgd"] = "adam"
    lr: _Positive = 2e-4
    beta1: _Decay = 0.5
    beta2: _Decay = 0.999
    epsilon: _Positive = 1e-8
    decay_from: Annotated[float, Field(ge=0, le=1)] = 1.0
    halve_every: Annotated[int, Field(ge=0)] = 0

    def build(self, parameters: Iterable[nn.Parameter]) -> torch.optim.Optimizer:
        """An optimiser of these parameters."""
        if self.name == "adam":
            return torch.optim.Adam(parameters, lr=self.lr, betas=(self.beta1, self.beta2), eps=self.epsilon, fused=True)
        if self.name == "rmsprop":
            return torch.optim.RMSprop(parameters, lr=self.lr, alpha=self.beta2, eps=self.epsilon)
        return torch.optim.SGD(parameters, lr=self.lr, momentum=self.beta1)

    def lr_at(self, step: int, steps: int) -> float:
        """The length of a step after ``step`` of ``steps`` are done."""
        lr = self.lr
        if self.halve_every:
            lr *= 0.5 ** (step // self.halve_every)
        done = step / steps
        if done > self.decay_from:
            lr *= (1 - done) / (1 - self.decay_from)
        return lr
