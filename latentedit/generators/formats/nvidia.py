"""Networks in NVIDIA's PyTorch pickles (stylegan2-ada-pytorch, stylegan3): modules whose source travels with them, here only data.

What a network does is told by the attributes of its modules, since defaults differ between the two programs.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from torch import Tensor

from latentedit.checkpoints.allowed_names import CLASS_NAME
from latentedit.errors import CheckpointError
from latentedit.generators.activations import ACTIVATIONS
from latentedit.generators.config_check import require_layers
from latentedit.generators.formats.account import count_of, refuse_unread
from latentedit.generators.formats.found import FoundGenerator, Source, linear, take
from latentedit.generators.mapping_network import MappingConfig

NETWORK_KEYS = ("G_ema", "g_ema", "ema", "G")
"""Where the generator is in the pickle; the averaged one first."""
_HARMLESS = r"synthesis\.b\d+\.(conv1|torgb)\.resample_filter|synthesis\.b4\.resample_filter|.*\.num_batches_tracked|.*\.noise_(const|strength)"
"""Filters of layers that do not change the sampling rate, and noise that the network's options leave out."""


@dataclass(frozen=True, eq=False)
class PickledModule:
    """A module of the pickled network: its attributes, and its place for messages; ``read`` are the tensors of the whole network that were looked at."""

    attributes: Mapping[str, Any]
    path: str = ""
    read: set[str] = field(default_factory=set)

    def has(self, name: str) -> bool:
        return isinstance(self._group("_modules").get(name), Mapping)

    def child(self, name: str) -> PickledModule:
        """
        Raises:
            CheckpointError: there is none of this name.
        """
        if not self.has(name):
            raise CheckpointError(f"The network lacks {self.path}{name[:60]}.", hint="Is it a generator?")
        return PickledModule(self._group("_modules")[name], f"{self.path}{name}.", self.read)

    def children(self) -> Iterator[str]:
        """The names of the modules inside."""
        return (name for name in self._group("_modules") if isinstance(name, str) and self.has(name))

    def tensors(self, seen: set[int] | None = None) -> Iterator[str]:
        """The places of all parameters and buffers in it and its children.

        Args:
            seen: modules, by their addresses, that are left out; each is told once, since a file may put one into itself without end.
        """
        seen = set() if seen is None else seen
        if id(self.attributes) in seen:
            return
        seen.add(id(self.attributes))
        for name, value in {**self._group("_parameters"), **self._group("_buffers")}.items():
            if isinstance(name, str) and value is not None:
                yield f"{self.path}{name}"
        for name in self.children():
            yield from self.child(name).tensors(seen)

    def tensor(self, name: str) -> Tensor:
        """A parameter or buffer.

        Raises:
            CheckpointError: there is none of this name.
        """
        own = {
            key: value for key, value in {**self._group("_parameters"), **self._group("_buffers")}.items() if value is not None
        }
        self.read.add(f"{self.path}{name}")
        return take({f"{self.path}{key}": value for key, value in own.items()}, f"{self.path}{name}")

    def holds(self, name: str) -> bool:
        """Whether there is a parameter or buffer of this name."""
        return self._group("_parameters").get(name) is not None or self._group("_buffers").get(name) is not None

    def number(self, name: str, default: float | None = None) -> float:
        """A finite number among the attributes.

        Raises:
            CheckpointError: it is missing and has no default, or is none.
        """
        value = self.attributes.get(name, default)
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            raise CheckpointError(f"The network's {self.path}{name} is no number.")
        return value

    def optional_number(self, name: str) -> float | None:
        """The same, or None where it is None or missing."""
        return None if self.attributes.get(name) is None else self.number(name)

    def text(self, name: str, default: str) -> str:
        value = self.attributes.get(name, default)
        if not isinstance(value, str):
            raise CheckpointError(f"The network's {self.path}{name} is no text.")
        return value

    def flag(self, name: str, default: bool = False) -> bool:
        return bool(self.attributes.get(name, default))

    def _group(self, name: str) -> Mapping[str, Any]:
        group = self.attributes.get(name)
        return group if isinstance(group, Mapping) else {}


def find_network(tree: Any) -> PickledModule | None:
    """The generator in a snapshot, or a network that was pickled alone; None when there is none."""
    if not isinstance(tree, Mapping):
        return None
    for candidate in (*(tree.get(key) for key in NETWORK_KEYS), tree):
        if isinstance(candidate, Mapping) and CLASS_NAME in candidate and isinstance(candidate.get("_modules"), Mapping):
            return PickledModule(candidate)
    return None


def training_data(tree: Any) -> str:
    """The name of the data set that a snapshot was trained on."""
    arguments = tree.get("training_set_kwargs") if isinstance(tree, Mapping) else None
    path = arguments.get("path") if isinstance(arguments, Mapping) else None
    return path.replace("\\", "/").rstrip("/").rpartition("/")[2][:80] if isinstance(path, str) else ""


def read_mapping(mapping: PickledModule) -> tuple[MappingConfig, dict[str, Tensor]]:
    """The mapping network, alike in both programs."""
    tensors = {"w_avg": mapping.tensor("w_avg")} if mapping.holds("w_avg") else {}
    features, activation = [], "lrelu"
    count = count_of((f"{name}." for name in mapping.children()), "fc{}.")
    require_layers(count)
    for number in range(count):
        layer = mapping.child(f"fc{number}")
        tensors |= _linear(layer, f"mapping_network.layers.{number}")
        activation = checked_activation(layer.text("activation", "lrelu"))
        features.append(len(layer.tensor("weight")))
    embed_features = 0
    if mapping.has("embed"):
        tensors |= _linear(mapping.child("embed"), "mapping_network.embed")
        embed_features = len(mapping.child("embed").tensor("weight"))
    if not features:
        raise CheckpointError("The network has no mapping layers.")
    config = MappingConfig(
        z_dim=int(mapping.number("z_dim")),
        c_dim=int(mapping.number("c_dim", 0)),
        w_dim=features[-1],
        features=tuple(features),
        embed_features=embed_features,
        activation=activation,
        gain=ACTIVATIONS[activation].gain,
    )
    return config, tensors


def read_affine(layer: PickledModule, target: str) -> dict[str, Tensor]:
    """The affine layer that makes a module's style."""
    return _linear(layer.child("affine"), f"{target}.affine")


def _linear(layer: PickledModule, target: str) -> dict[str, Tensor]:
    bias = layer.tensor("bias") if layer.holds("bias") else None
    gain, bias_gain = layer.number("weight_gain"), layer.number("bias_gain", 1.0)
    return linear(target, layer.tensor("weight"), bias, gain=gain, bias_gain=bias_gain)


def checked_activation(name: str) -> str:
    """
    Raises:
        CheckpointError: no such nonlinearity is known.
    """
    if name not in ACTIVATIONS:
        raise CheckpointError(f"The network has an unknown nonlinearity, {name[:40]!r}.")
    return name


def blocks_of(synthesis: PickledModule) -> Iterator[tuple[int, PickledModule]]:
    """The blocks of a StyleGAN2 by resolution, 4 px first."""
    resolutions = [int(match[1]) for name in synthesis.children() if (match := re.fullmatch(r"b(\d{1,5})", name, re.ASCII))]
    for resolution in (4 << index for index in range(max(resolutions, default=0).bit_length() - 2)):
        yield resolution, synthesis.child(f"b{resolution}")


def read_nvidia(source: Source) -> FoundGenerator | None:
    """The generator of an NVIDIA pickle; None when it is no such pickle.

    Raises:
        CheckpointError: it is one, but damaged or of an unknown architecture.
    """
    from latentedit.generators.formats.nvidia_stylegan2 import read_stylegan2
    from latentedit.generators.formats.nvidia_stylegan3 import read_stylegan3

    network = find_network(source.tree)
    if network is None:
        return None
    read = read_stylegan3 if network.child("synthesis").has("input") else read_stylegan2
    found = read(network, training_data(source.tree))
    refuse_unread((name for name in network.tensors() if name not in network.read), found.program, _HARMLESS)
    return found
