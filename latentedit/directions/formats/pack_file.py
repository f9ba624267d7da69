"""Our own file of directions: safetensors, each tensor a direction by its name, and what is known about them as JSON in the metadata.

``directions`` is an object by name: ``layers`` (null: all), ``range``, ``effect``, ``provenance``, ``licence``, ``unit``, ``measured`` and
``region``; more may stand there.
``generator`` tells which generator they are for: ``name``, ``weights_hash`` and ``layer_resolutions``. Only ``directions`` must be there.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, get_args

from latentedit.atomic_file import replacing
from latentedit.checked_json import Node, parse_json
from latentedit.checkpoints.foreign import Contents, read_contents
from latentedit.directions.direction import Direction
from latentedit.directions.formats.found import MAX_DIRECTIONS, FoundDirection, as_vector, unit_of
from latentedit.directions.formats.measured_json import measured_from_json, measured_to_json
from latentedit.edits.edit import MAX_LAYER, Region
from latentedit.errors import CheckpointError, DirectionError, ProjectFileError
from latentedit.generators.base import GeneratorSpec
from latentedit.own_direction import MAX_TEXT, OwnDirection

MAX_BYTES = 64 << 20
"""Of any file of directions, and of what it unpacks to."""
_DIRECTIONS, _GENERATOR = "directions", "generator"
_MAX_RESOLUTION = 1 << 16
_RESERVED = "__metadata__"
_DAMAGED_HINT = "Make it or download it again."


@dataclass(frozen=True)
class PackedFor:
    """Which generator a pack says that it is for."""

    name: str
    weights_hash: str
    layer_resolutions: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Pack:
    """What a file of directions holds."""

    directions: tuple[Direction, ...]
    generator: PackedFor | None = None

    def found(self) -> tuple[FoundDirection, ...]:
        """The directions, to be fitted to any generator."""
        resolutions = None if self.generator is None else self.generator.layer_resolutions
        return tuple(FoundDirection(direction, resolutions) for direction in self.directions)


def read_pack(path: Path) -> Pack:
    """Read what :func:`write_pack` wrote.

    Raises:
        DirectionError: it cannot be read, is damaged, or is another kind of file.
    """
    try:
        pack = pack_of(read_contents(path, MAX_BYTES), path.name)
    except CheckpointError as error:
        raise DirectionError(f"{path.name}: {error}", hint=error.hint) from error
    if pack is None:
        raise DirectionError(f"{path.name} is no file of directions as this program writes them.")
    return pack


def write_pack(path: Path, directions: Sequence[Direction], spec: GeneratorSpec) -> None:
    """Write directions of a generator, atomically.

    Raises:
        DirectionError: as :func:`pack_bytes`.
        StorageError: the file cannot be written.
    """
    data = pack_bytes(directions, spec)
    with replacing(path) as file:
        file.write(data)


def pack_bytes(directions: Sequence[Direction], spec: GeneratorSpec) -> bytes:
    """The file that holds directions of a generator.

    Raises:
        DirectionError: a value of one is out of range, one does not fit the generator, two have the same name, or they are too large together.
    """
    from safetensors.numpy import save

    owned = {direction.name: OwnDirection.of(direction) for direction in directions}
    if len(owned) != len(directions) or _RESERVED in owned:
        raise DirectionError(f"Directions of one file have different names, and none is named {_RESERVED}.", hint="Rename one.")
    for own in owned.values():
        if not own.fits(spec.num_ws, spec.w_dim):
            raise DirectionError(
                f"The direction {own.name} does not fit the generator {spec.name}.", hint="It was made for another generator."
            )
    facts: dict[str, dict[str, object]] = {
        name: {
            "layers": None if own.layers is None else list(own.layers),
            "range": list(own.default_range),
            **{key: getattr(own, key) for key in _TEXTS},
        }
        for name, own in owned.items()
    }
    for direction in directions:
        if direction.measured is not None:
            facts[direction.name]["measured"] = measured_to_json(direction.measured)
        if direction.region:
            facts[direction.name]["region"] = direction.region
    made_for = {"name": spec.name, "weights_hash": spec.weights_hash, "layer_resolutions": list(spec.layer_resolutions)}
    metadata = {_DIRECTIONS: json.dumps(facts, ensure_ascii=False), _GENERATOR: json.dumps(made_for, ensure_ascii=False)}
    data = bytes(save({name: own.vector for name, own in owned.items()}, metadata))
    if len(data) > MAX_BYTES:
        raise DirectionError(f"The directions are larger than {MAX_BYTES >> 20} MiB together.", hint="Write fewer into one file.")
    return data


_TEXTS = ("effect", "provenance", "licence", "unit")


def pack_of(contents: Contents, name: str) -> Pack | None:
    """The pack that a file holds; None when it is no pack.

    Raises:
        DirectionError: what it says is damaged, or one of its directions is none.
    """
    if _DIRECTIONS not in contents.texts:
        return None
    try:
        facts = _json(contents.texts[_DIRECTIONS], _DIRECTIONS).mapping(MAX_DIRECTIONS)
        if facts.keys() != contents.tree.keys():
            raise DirectionError(f"{name} is damaged: it describes other directions than it holds.", hint=_DAMAGED_HINT)
        directions = tuple(_direction(key, about, contents.tree[key], name) for key, about in facts.items())
        made_for = contents.texts.get(_GENERATOR)
        return Pack(directions, None if made_for is None else _packed_for(_json(made_for, _GENERATOR)))
    except ProjectFileError as error:  # of the checked JSON, which project files are made of
        raise DirectionError(f"{name} is damaged: {str(error).partition(': ')[2]}", hint=_DAMAGED_HINT) from error


def _json(text: str, where: str) -> Node:
    return parse_json(text.encode("utf-8", "surrogatepass"), where)  # half characters are refused there


def _direction(key: str, about: Node, array: Any, name: str) -> Direction:
    entries = about.mapping(100)
    for needed in ("layers", "range"):
        if needed not in entries:
            raise about.fail(f"lacks {needed!r}")
    layers = entries["layers"].or_none()
    amounts = [amount.number() for amount in entries["range"].items(2)]
    if len(amounts) != 2:
        raise entries["range"].fail("is not two numbers")
    vector = as_vector(array, name)
    texts = {text: entries[text].text(MAX_TEXT) if text in entries else "" for text in _TEXTS}
    direction = Direction(
        key,
        vector,
        None if layers is None else tuple(layer.integer(0, MAX_LAYER) for layer in layers.items(MAX_LAYER + 1)),
        (amounts[0], amounts[1]),
        texts["effect"],
        texts["provenance"],
        texts["licence"],
        texts["unit"] or unit_of(vector),
    )
    checked = OwnDirection.of(direction).direction  # refuses what no edit could name, and a range that is none
    return replace(
        checked,
        measured=measured_from_json(entries["measured"]) if "measured" in entries else None,
        region=_region(entries["region"]) if "region" in entries else "",
    )


def _region(node: Node) -> str:
    region = node.text(MAX_TEXT)
    if region not in get_args(Region):
        raise node.fail(f"is no region: {region!r}")
    return region


def _packed_for(node: Node) -> PackedFor:
    entries = node.fields(("name", "weights_hash", "layer_resolutions"))
    resolutions = entries["layer_resolutions"].items(MAX_LAYER + 1)
    return PackedFor(
        entries["name"].text(),
        entries["weights_hash"].text(),
        tuple(resolution.integer(1, _MAX_RESOLUTION) for resolution in resolutions),
    )
