"""A project's own directions, and latents that its mixes name: which of them a file needs, and how they stand in it.

What they are is JSON in the manifest, their vectors lie in ``directions.safetensors``; see ``docs/ledit-format.md``. Reading trusts
nothing. This module needs numpy but not torch.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from latentedit.checked_json import Node
from latentedit.edits import History
from latentedit.edits.edit import MAX_LAYER, MAX_NAME
from latentedit.errors import DirectionError
from latentedit.own_direction import MAX_DIRECTIONS, MAX_TEXT, OwnDirection
from latentedit.project_archive import DIRECTIONS_MEMBER, damaged
from latentedit.project_tensors import read_tensors


def named_directions(directions: Iterable[OwnDirection], history: History) -> tuple[OwnDirection, ...]:
    """Those that the edits name, now or on the way back and forth; by name, ascending."""
    states = (history.present, *(entry.state for entry in (*history.past, *history.future)))
    names = {str(edit.key[1]) for state in states for face in state.faces for edit in face.edits}
    known = {direction.name: direction for direction in directions}
    return tuple(known[name] for name in sorted(names & known.keys()))


def directions_to_json(directions: Sequence[OwnDirection]) -> list[dict[str, Any]]:
    """What the manifest says about the directions."""
    return [
        {
            "name": direction.name,
            "layers": None if direction.layers is None else list(direction.layers),
            "range": list(direction.default_range),
            "effect": direction.effect,
            "provenance": direction.provenance,
            "licence": direction.licence,
            "unit": direction.unit,
            **({"region": direction.region} if direction.region else {}),
        }
        for direction in directions
    ]


def vectors_to_bytes(directions: Sequence[OwnDirection]) -> bytes:
    """The vectors as safetensors: ``vector.0``..., in the manifest's order. A name may be any text, a tensor's may not."""
    from safetensors.numpy import save

    return bytes(save({_tensor_name(index): direction.vector for index, direction in enumerate(directions)}))


def read_directions(node: Node, data: bytes, *, num_ws: int, w_dim: int) -> tuple[OwnDirection, ...]:
    """Read what :func:`directions_to_json` and :func:`vectors_to_bytes` wrote.

    Args:
        node: the manifest's entry.
        data: the vectors.
        num_ws, w_dim: the shape of the generator's latents.

    Raises:
        ProjectFileError: a value is out of range, a name stands twice, the vectors are others than the manifest names, or they do not
            fit the generator.
    """
    nodes = node.items(MAX_DIRECTIONS)
    tensors = read_tensors(data, DIRECTIONS_MEMBER)
    if not nodes or tensors.keys() != {_tensor_name(index) for index in range(len(nodes))}:
        raise damaged(f"{DIRECTIONS_MEMBER} does not hold the {len(nodes)} vectors that the manifest names")
    directions = tuple(_read_direction(entry, tensors[_tensor_name(index)]) for index, entry in enumerate(nodes))
    for entry, direction in zip(nodes, directions, strict=True):
        if not direction.fits(num_ws, w_dim):
            raise entry.fail(f"does not fit a generator of {num_ws} layers of {w_dim} numbers")
    if len({direction.name for direction in directions}) != len(directions):
        raise node.fail("has a name twice")
    return directions


def _read_direction(node: Node, vector: NDArray[Any]) -> OwnDirection:
    fields = node.fields(("name", "layers", "range", "effect", "provenance", "licence"), optional=("unit", "region"))
    if vector.dtype != np.float32:
        raise node.fail("has a vector that is not float32")
    layers = fields["layers"].or_none()
    amounts = [amount.number() for amount in fields["range"].items(2)]
    if len(amounts) != 2:
        raise fields["range"].fail("is not two numbers")
    try:
        return OwnDirection(
            fields["name"].text(MAX_NAME),
            vector,
            None if layers is None else tuple(layer.integer(0, MAX_LAYER) for layer in layers.items(MAX_LAYER + 1)),
            (amounts[0], amounts[1]),
            *(
                fields[key].text(MAX_TEXT) if key in fields else ""
                for key in ("effect", "provenance", "licence", "unit", "region")
            ),
        )
    except DirectionError as error:
        raise node.fail(f"is not usable ({error})") from error


def _tensor_name(index: int) -> str:
    return f"vector.{index}"
