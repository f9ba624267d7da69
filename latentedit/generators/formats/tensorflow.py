"""Networks in the pickles of NVIDIA's TensorFlow programs (stylegan, stylegan2, stylegan2-ada), as data.

Such a file is G, D and Gs in a row; Gs is G averaged over training, and what is drawn with. A network is the name of the function that builds it, the options
that this was given (defaults are not stored, and differ between the programs), its variables, and networks inside it: the mapping and the synthesis.
A variable's name is its path of scopes within its own network, such as ``4x4/Const/Noise/weight``; kernels are [height, width, in, out].
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from torch import Tensor

from latentedit.checkpoints.allowed_names import CLASS_NAME
from latentedit.errors import CheckpointError
from latentedit.generators.formats.account import refuse_unread
from latentedit.generators.formats.found import FoundGenerator, Source, take

NETWORK_CLASS = "Network"
PARTS = ("mapping", "synthesis")
_HARMLESS = r"(synthesis/)?lod|dlatent_avg"
"""How far it has grown, of networks that do not grow."""


@dataclass(frozen=True, eq=False)
class TensorflowNetwork:
    """A network of the pickle.

    Attributes:
        build_function: name of the function that builds it, without its module.
        version: of the pickle's format: 3 StyleGAN, 4 StyleGAN2, 5 StyleGAN2-ADA.
        options: what the function was given, by name (``static_kwargs``).
        variables: arrays and single numbers by name.
        components: the networks inside it by name, those of :data:`PARTS`.
        path: its place, for messages.
        read: the variables that were looked at.
    """

    build_function: str
    version: int
    options: Mapping[str, Any]
    variables: Mapping[str, Any]
    components: Mapping[str, TensorflowNetwork]
    path: str = ""
    read: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, value: Mapping[str, Any], path: str = "") -> TensorflowNetwork:
        """
        Raises:
            CheckpointError: ``value`` is no network, or a damaged one.
        """
        name, version = value.get("build_func_name"), value.get("version")
        options, variables, inner = value.get("static_kwargs"), value.get("variables"), value.get("components", {})
        if not (isinstance(name, str) and isinstance(version, int) and isinstance(options, Mapping)):
            raise CheckpointError("A network in the file is damaged, or of a version that is not read.")
        if not (isinstance(variables, list) and isinstance(inner, Mapping) and all(map(_is_named_value, variables))):
            raise CheckpointError("The variables of a network in the file are damaged.")
        return cls(
            build_function=name.rpartition(".")[2],
            version=version,
            options=options,
            variables=dict(variables),
            # Those inside a component are not looked at: none have any, and a file could nest them without end.
            components={part: cls.of(inner[part], f"{part}/") for part in PARTS if not path and _is_network(inner.get(part))},
            path=path,
        )

    def component(self, name: str) -> TensorflowNetwork:
        """
        Raises:
            CheckpointError: there is none of this name.
        """
        if name not in self.components:
            raise CheckpointError(f"The network lacks its {self.path}{name}.", hint="Is it a generator?")
        return self.components[name]

    def holds(self, name: str) -> bool:
        """Whether there is a variable of this name."""
        return name in self.variables

    def tensor(self, name: str) -> Tensor:
        """A variable as it is stored.

        Raises:
            CheckpointError: there is none of this name.
        """
        self.read.add(name)
        value = self.variables.get(name)
        if _is_number(value):
            value = np.array(value)
        own = {} if value is None else {f"{self.path}{name}": value}
        return take(own, f"{self.path}{name}")

    def unread(self) -> Iterator[str]:
        """The places of the variables that were not looked at, in it and its components."""
        yield from (f"{self.path}{name}" for name in self.variables if name not in self.read)
        for component in self.components.values():
            yield from component.unread()

    def kernel(self, name: str) -> Tensor:
        """The weight of a convolution [height, width, in, out] as [out, in, height, width], of a linear layer [in, out] as [out, in].

        Raises:
            CheckpointError: there is none of this name, or it is neither.
        """
        stored = self.tensor(name)
        if stored.ndim not in (2, 4) or not stored.numel():
            raise CheckpointError(f"The network's {self.path}{name} is no weight.")
        return (stored.permute(3, 2, 0, 1) if stored.ndim == 4 else stored.T).contiguous()

    def value(self, name: str, default: float) -> float:
        """A variable that is a single finite number; ``default`` where there is none of this name.

        Raises:
            CheckpointError: it is something else.
        """
        if not self.holds(name):
            return default
        value = self.tensor(name)
        if value.numel() != 1 or not bool(value.isfinite().all()):
            raise CheckpointError(f"The network's {self.path}{name} is no number.")
        return float(value)

    def number(self, name: str, default: float) -> float:
        """A finite number among the options.

        Raises:
            CheckpointError: it is none.
        """
        value = self.options.get(name, default)
        if not _is_number(value):
            raise CheckpointError(f"The network's option {name} is no number.")
        return value

    def optional_number(self, name: str, default: float | None = None) -> float | None:
        """The same, or None where it is None."""
        return None if self.options.get(name, default) is None else self.number(name, 0)

    def text(self, name: str, default: str) -> str:
        """
        Raises:
            CheckpointError: it is no text.
        """
        value = self.options.get(name, default)
        if not isinstance(value, str):
            raise CheckpointError(f"The network's option {name} is no text.")
        return value

    def choice(self, name: str, default: str, known: tuple[str, ...]) -> str:
        """A text among those that are known.

        Raises:
            CheckpointError: it is another.
        """
        value = self.text(name, default)
        if value not in known:
            raise CheckpointError(f"The network's option {name} is {value[:40]!r}; known are {', '.join(known)}.")
        return value

    def flag(self, name: str, default: bool) -> bool:
        """
        Raises:
            CheckpointError: it is neither true nor false.
        """
        value = self.options.get(name, default)
        if not isinstance(value, bool | int):
            raise CheckpointError(f"The network's option {name} is neither true nor false.")
        return bool(value)

    def row(self, name: str, default: tuple[float, ...]) -> tuple[float, ...]:
        """A row of finite numbers; an empty one where it is None.

        Raises:
            CheckpointError: it is none.
        """
        value = self.options.get(name, default)
        row = [] if value is None else value.tolist() if isinstance(value, np.ndarray) else value
        if not isinstance(row, list | tuple) or not all(map(_is_number, row)):
            raise CheckpointError(f"The network's option {name} is no row of numbers.")
        return tuple(row)

    def resolutions(self) -> list[int]:
        """4, 8, 16... px, up to the highest that a variable's scope names."""
        found = (re.match(r"(\d{1,5})x\1/", name, re.ASCII) for name in self.variables)
        highest = max((int(match[1]) for match in found if match), default=0)
        return [4 << index for index in range(highest.bit_length() - 2)]

    def refuse(self, name: str, why: str) -> CheckpointError:
        """The error for an option whose effect is not known here."""
        return CheckpointError(f"The network was built with {name}={str(self.options.get(name))[:40]!r}: {why}.")


def find_network(tree: Any) -> TensorflowNetwork | None:
    """The last network in a row of them, or one that was pickled alone; None when there is none."""
    if isinstance(tree, Mapping):
        return TensorflowNetwork.of(tree) if _is_network(tree) else None
    if isinstance(tree, list | tuple) and 1 <= len(tree) <= 3 and _is_network(tree[-1]):
        return TensorflowNetwork.of(tree[-1])
    return None


def read_tensorflow(source: Source) -> FoundGenerator | None:
    """The generator of a TensorFlow pickle; None when it is no such pickle.

    Raises:
        CheckpointError: it is one, but damaged or of an unknown architecture.
    """
    from latentedit.generators.formats.tensorflow_stylegan1 import read_tensorflow_stylegan1
    from latentedit.generators.formats.tensorflow_stylegan2 import read_tensorflow_stylegan2

    network = find_network(source.tree)
    if network is None:
        return None
    readers: Mapping[str, Callable[[TensorflowNetwork], FoundGenerator]] = {
        "G_style": read_tensorflow_stylegan1,
        "G_main": read_tensorflow_stylegan2,
    }
    if network.build_function not in readers:
        raise CheckpointError(
            f"The file holds a TensorFlow network made by {network.build_function[:40]!r}, which is not read yet.",
            hint=f"Networks made by {', '.join(readers)} are.",
        )
    found = readers[network.build_function](network)
    refuse_unread(network.unread(), found.program, _HARMLESS)
    return found


def _is_network(value: Any) -> bool:
    return isinstance(value, Mapping) and value.get(CLASS_NAME) == NETWORK_CLASS


def _is_number(value: Any) -> bool:
    # Compared instead of converted: whole numbers in a pickle may be too large for any float.
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < sys.float_info.max


def _is_named_value(entry: Any) -> bool:
    return isinstance(entry, list | tuple) and len(entry) == 2 and isinstance(entry[0], str)
