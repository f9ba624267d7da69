"""Everything that a pickle may name, in one table: what is not in it is refused.

What stands for a class or function here is ours and makes plain data: dictionaries, lists, arrays. The names are those that the published tools write:
numpy and torch for numbers, ``dnnlib`` and ``torch_utils.persistence`` for NVIDIA's networks, ``argparse`` for the options of a training run, and a class that
PyTorch Lightning writes as a key.
"""

from __future__ import annotations

from typing import Any

from latentedit.checkpoints.budget import Budget
from latentedit.checkpoints.numpy_pickle import numpy_names
from latentedit.checkpoints.pickle_instructions import unsafe
from latentedit.checkpoints.pickle_machine import Name, Names, Pending
from latentedit.checkpoints.torch_file import storage_from_bytes
from latentedit.checkpoints.torch_tensors import Storage, torch_names
from latentedit.errors import CheckpointError

_SHOWN = 200
CLASS_NAME = "__class__"
"""The key under which the dictionary that stands for an object has the name of its class."""


class PickledObject(Pending):
    """An object of a class that is not here: its class's name and its attributes, as one dictionary."""

    def __init__(self, class_name: str, attributes: dict[str, Any], budget: Budget) -> None:
        self.class_name = class_name
        self.attributes = attributes
        self.budget = budget

    def build(self, state: Any) -> None:
        if not isinstance(state, dict):
            raise unsafe(f"a state of {self.class_name} that is no dictionary")
        self.attributes = state

    def finish(self) -> dict[str, Any]:
        return {**_by_name(self.attributes, self.budget), CLASS_NAME: self.class_name}


def allowed_names(budget: Budget) -> Names:
    """The table; what its functions make is paid for from ``budget``."""

    def persistent(meta: Any) -> PickledObject:
        """``torch_utils.persistence._reconstruct_persistent_obj``, which runs the source text in ``meta``; here it is not even looked at."""
        if not (isinstance(meta, dict) and isinstance(meta.get("state"), dict) and isinstance(meta.get("class_name"), str)):
            raise CheckpointError("A network in the file is damaged, or of a version that is not read.")
        return PickledObject(meta["class_name"], meta["state"], budget)

    def instance(name: str) -> Any:
        def make(*_: object) -> PickledObject:
            return PickledObject(name, {}, budget)

        return make

    def members(values: Any = ()) -> list[Any]:
        return budget.copy(values)

    def storage(data: Any) -> Storage:
        return storage_from_bytes(data, budget)

    def reconstructor(made: Any, _base: Any, state: Any) -> Any:
        """``copyreg._reconstructor``, by which protocols 0 and 1 make objects."""
        if not isinstance(made, Name) or made.call is None:
            raise unsafe("an object of what is no class")
        value = made.call()
        if isinstance(value, dict) and isinstance(state, dict):
            value.update(_by_name(state, budget))
        return value

    def counter(counts: Any = None) -> dict[Any, Any]:
        if not isinstance(counts, dict | None):
            raise CheckpointError("The pickle is damaged: it counts by what is no dictionary.")
        budget.step(len(counts or {}))
        return dict(counts or {})

    return {
        **numpy_names(budget),
        **torch_names(budget),
        ("dnnlib.util", "EasyDict"): lambda: {},
        ("dnnlib.tflib.network", "Network"): instance("Network"),
        ("torch_utils.persistence", "_reconstruct_persistent_obj"): persistent,
        ("torch.storage", "_load_from_bytes"): storage,
        ("argparse", "Namespace"): instance("Namespace"),
        ("pytorch_lightning.callbacks.model_checkpoint", "ModelCheckpoint"): None,
        ("collections", "defaultdict"): lambda *_: {},
        ("collections", "Counter"): counter,
        **{("pathlib", f"{kind}Path"): _path for kind in ("Posix", "PurePosix", "Windows", "PureWindows")},
        **{("pathlib._local", f"{kind}Path"): _path for kind in ("Posix", "PurePosix", "Windows", "PureWindows")},
        **{("datetime", kind): lambda *_: "datetime" for kind in ("datetime", "date", "time", "timedelta", "timezone")},
        **{(module, "set"): members for module in ("builtins", "__builtin__")},
        **{
            (module, kind): None
            for module in ("builtins", "__builtin__")
            for kind in ("object", "dict", "list", "int", "float", "str", "bool")
        },
        **{(module, "_reconstructor"): reconstructor for module in ("copyreg", "copy_reg")},
    }


def _path(*parts: Any) -> str:
    """A path among a training's options, which is read as text, and not further than it may be shown."""
    return "/".join(part[:_SHOWN] for part in parts if isinstance(part, str))


def _by_name(attributes: dict[Any, Any], budget: Budget) -> dict[str, Any]:
    """Attributes that are to be copied, which several objects may share."""
    budget.step(len(attributes))
    if not all(isinstance(name, str) for name in attributes):
        raise CheckpointError("An object in the file has attributes whose names are no text.")
    return attributes
