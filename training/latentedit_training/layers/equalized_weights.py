"""An equalised learning rate (see :mod:`latentedit_training.layers.equalized`) for modules that know nothing of it: the editor's own generators.

Their weights are effective ones. A parametrisation keeps what the optimiser moves, of unit variance, and multiplies it by its factor whenever the module
asks for its weight; taken off again, it leaves the effective numbers behind, which is what a generator's file holds.
"""

from __future__ import annotations

import math

from torch import Tensor, nn
from torch.nn.utils import parametrize


class Scaled(nn.Module):
    """``effective = factor * raw``."""

    def __init__(self, factor: float) -> None:
        super().__init__()
        self.factor = factor

    def forward(self, raw: Tensor) -> Tensor:
        return raw * self.factor

    def right_inverse(self, effective: Tensor) -> Tensor:
        return effective / self.factor


def equalise(module: nn.Module, *, rate: float = 1.0) -> None:
    """Equalise a layer's ``weight`` as it is now, and its ``bias`` where ``rate`` is not 1.

    Args:
        module: of a weight ``[O, I, ...]``; of a transposed convolution's ``[I, O, k, k]`` the fan-in is the same product if I = O, so that it is told by
            :func:`equalise_weight` instead.
        rate: a learning rate multiplier.
    """
    weight = module.weight
    assert isinstance(weight, Tensor)
    equalise_weight(module, fan_in=math.prod(weight.shape[1:]), rate=rate)
    if rate != 1 and getattr(module, "bias", None) is not None:
        parametrize.register_parametrization(module, "bias", Scaled(rate))


def equalise_weight(module: nn.Module, *, fan_in: int, rate: float = 1.0) -> None:
    """Equalise a layer's ``weight`` as it is now: what the optimiser moves is of unit variance where the weight has that of ``1 / fan_in``, and ``rate`` times as slow."""
    parametrize.register_parametrization(module, "weight", Scaled(rate / math.sqrt(fan_in)))


def effective_state(module: nn.Module) -> dict[str, Tensor]:
    """The state that the module would have without parametrisations: effective weights under their own names."""
    state: dict[str, Tensor] = {}
    for path, part in module.named_modules():
        if path.endswith("parametrizations") or ".parametrizations." in f".{path}.":
            continue
        prefix = f"{path}." if path else ""
        for name, value in [*part._parameters.items(), *part._buffers.items()]:
            if value is not None and name not in part._non_persistent_buffers_set:
                state[prefix + name] = value.detach()
        for name in getattr(part, "parametrizations", {}):
            state[prefix + name] = getattr(part, name).detach()
    return state
