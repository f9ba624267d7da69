"""Small differences of a generator's weights, by which a tuned generator is stored and drawn with."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping

import torch
from torch import Tensor, nn

from latentedit.errors import CheckpointError
from latentedit.generators.base import Generator

WeightDelta = Mapping[str, Tensor]
"""What is added to the parameters of these names."""


def copy_with_own(generator: Generator, names: Iterable[str]) -> Generator:
    """A copy of ``generator`` that owns the parameters ``names`` and shares all other tensors with the original.

    Raises:
        CheckpointError: it has no parameter of one of these names.
    """
    assert isinstance(generator, nn.Module)
    own = set(names)
    parameters = dict(generator.named_parameters())
    unknown = own - parameters.keys()
    if unknown:
        raise CheckpointError(f"The weight difference names a parameter that the generator lacks: {min(unknown)}.")
    shared = [parameter for name, parameter in parameters.items() if name not in own]
    shared += list(generator.buffers())  # type: ignore[arg-type]
    return copy.deepcopy(generator, memo={id(tensor): tensor for tensor in shared})


@torch.no_grad()
def apply_delta(generator: Generator, delta: WeightDelta) -> Generator:
    """A copy of ``generator`` with ``delta`` added; the original is left alone.

    Raises:
        CheckpointError: a name or a shape does not fit the generator.
    """
    tuned = copy_with_own(generator, delta)
    assert isinstance(tuned, nn.Module)
    for name, difference in delta.items():
        parameter = tuned.get_parameter(name)
        if parameter.shape != difference.shape:
            raise CheckpointError(f"The weight difference {name} is {list(difference.shape)}, not {list(parameter.shape)}.")
        parameter.add_(difference.to(parameter))
    return tuned


def compact_delta(delta: WeightDelta) -> dict[str, Tensor]:
    """The same difference in half precision, for storing: tuned weights move by thousandths, far above its resolution there."""
    return {name: difference.half() for name, difference in delta.items()}
