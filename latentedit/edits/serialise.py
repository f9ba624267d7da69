"""The JSON form of edit states and histories, as it stands in project files (``docs/ledit-format.md``).

Reading is strict: an unknown entry, a value out of range or a newer schema is an error, since dropping what
is not understood would lose the user's work at the next save.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any, TypeVar, get_args

from latentedit.checked_json import Node, newer_version
from latentedit.edits.edit import (
    BRUSH,
    MAX_AMOUNT,
    MAX_FEATHER,
    MAX_INSTANCE,
    MAX_LAYER,
    MAX_MIX,
    MAX_NAME,
    MAX_POINTS,
    MAX_SEED,
    MAX_STRENGTH,
    DirectionEdit,
    DragEdit,
    Edit,
    EditMask,
    MixEdit,
    Point,
    Region,
    VariationEdit,
    check_region,
)
from latentedit.edits.history import MAX_ENTRIES, History, HistoryEntry
from latentedit.edits.state import (
    MAX_EDITS,
    MAX_FACES,
    MAX_PSI,
    SCHEMA,
    Compositing,
    CompositingMode,
    EditState,
    FaceEdits,
    NoiseMode,
)
from latentedit.errors import UsageError

# Still written for states that hold nothing newer, so that older programs read them: directions alone; mixes, variations, masks; drags and
# compositing with a region.
_SCHEMA_OF_DIRECTIONS, _SCHEMA_OF_MIXES, _SCHEMA_OF_DRAGS = 1, 2, 3
_REGIONS_OF_SCHEMA_2 = frozenset(["face", "skin", "hair", "eyes", "brows", "nose", "mouth", "background"])
_REGIONS_OF_SCHEMA_4 = frozenset(["neck", "clothes", "person"])

Name = TypeVar("Name", bound=str)
_MODES: dict[str, CompositingMode] = {mode: mode for mode in get_args(CompositingMode)}
_REGIONS: dict[str, Region] = {region: region for region in get_args(Region)}
_OPTIONAL = ("instance", "mask")
_NOISE_MODES: dict[str, NoiseMode] = {mode: mode for mode in get_args(NoiseMode)}


def state_to_json(state: EditState) -> dict[str, Any]:
    """The state as JSON values."""
    return {"schema": _schema_of([state]), "faces": [_face_to_json(face) for face in state.faces]}


def state_from_json(data: object, where: str = "edits") -> EditState:
    """Read what :func:`state_to_json` wrote.

    Args:
        data: JSON values, or a :class:`Node` holding them.
        where: what to call it in errors.

    Raises:
        ProjectFileError: it is damaged or from a newer version.
    """
    node = data if isinstance(data, Node) else Node(data, where)
    _check_schema(node)
    fields = node.fields(("schema", "faces"))
    return EditState(tuple(_face_from_json(face) for face in fields["faces"].items(MAX_FACES)))


def history_to_json(history: History) -> dict[str, Any]:
    """The way back and forth as JSON values, without the present state, which is stored on its own."""

    def entries(side: tuple[HistoryEntry, ...]) -> list[dict[str, Any]]:
        return [{"label": entry.label, "state": state_to_json(entry.state)} for entry in side]

    schema = _schema_of([entry.state for entry in (*history.past, *history.future)])
    return {"schema": schema, "past": entries(history.past), "future": entries(history.future)}


def history_from_json(data: object, present: EditState, where: str = "history") -> History:
    """Read what :func:`history_to_json` wrote.

    Raises:
        ProjectFileError: it is damaged or from a newer version, or tells of another number of faces than
        ``present``.
    """
    node = data if isinstance(data, Node) else Node(data, where)
    _check_schema(node)
    fields = node.fields(("schema", "past", "future"))

    def entry(item: Node) -> HistoryEntry:
        parts = item.fields(("label", "state"))
        state = state_from_json(parts["state"])
        if len(state.faces) != len(present.faces):
            raise parts["state"].fail(f"has {len(state.faces)} faces instead of {len(present.faces)}")
        return HistoryEntry(parts["label"].text(), state)

    past, future = (tuple(entry(item) for item in fields[side].items(MAX_ENTRIES)) for side in ("past", "future"))
    return History(present, past, future)


def _schema_of(states: Iterable[EditState]) -> int:
    """The oldest schema that can hold the states: a reader must know it."""
    faces = [face for state in states for face in state.faces]
    edits = [edit for face in faces for edit in face.edits]
    if any(edit.instance for edit in edits) or any(face.regions & _REGIONS_OF_SCHEMA_4 for face in faces):
        return SCHEMA
    if any(face.compositing.region is not None or face.regions - _REGIONS_OF_SCHEMA_2 for face in faces):
        return _SCHEMA_OF_DRAGS
    if any(isinstance(edit, DragEdit) for edit in edits):
        return _SCHEMA_OF_DRAGS
    plain = all(isinstance(edit, DirectionEdit) and edit.mask is None for edit in edits)
    return _SCHEMA_OF_DIRECTIONS if plain else _SCHEMA_OF_MIXES


def _check_schema(node: Node) -> None:
    """First of all, since a newer schema may have any entries."""
    schema = node.mapping(100).get("schema")
    if schema is None:
        raise node.fail("lacks 'schema'")
    if schema.integer(1, 10**9) > SCHEMA:
        raise newer_version(f"{schema.where} is {schema.value}, and {SCHEMA} is the newest known")


def _face_to_json(face: FaceEdits) -> dict[str, Any]:
    return {
        "edits": [edit_to_json(edit) for edit in face.edits],
        "compositing": compositing_to_json(face.compositing),
        "truncation_psi": face.truncation_psi,
        "noise_mode": face.noise_mode,
    }


def compositing_to_json(compositing: Compositing) -> dict[str, Any]:
    """How a face goes back, as JSON values."""
    plain = {"mode": compositing.mode, "feather": compositing.feather}
    if compositing.region is None:
        return plain
    return {**plain, "region": compositing.region, "inverted": compositing.inverted}


def edit_to_json(edit: Edit) -> dict[str, Any]:
    """An edit as JSON values."""
    plain = _unmasked_to_json(edit)
    if edit.instance:
        plain["instance"] = edit.instance
    if edit.mask is None:
        return plain
    return {**plain, "mask": {"region": edit.mask.region, "feather": edit.mask.feather, "inverted": edit.mask.inverted}}


def _unmasked_to_json(edit: Edit) -> dict[str, Any]:
    if isinstance(edit, VariationEdit):
        strengths = {"coarse": edit.coarse, "middle": edit.middle, "fine": edit.fine}
        return {"kind": "variation", "seed": edit.seed, **strengths, "enabled": edit.enabled}
    layers = None if edit.layers is None else list(edit.layers)
    return {**_name_to_json(edit), "amount": edit.amount, "layers": layers, "enabled": edit.enabled}


def _name_to_json(edit: DirectionEdit | MixEdit | DragEdit) -> dict[str, Any]:
    if isinstance(edit, DragEdit):
        handles, targets = ([list(point) for point in points] for points in (edit.handles, edit.targets))
        return {"kind": "drag", "offset": edit.offset, "handles": handles, "targets": targets, "keep": list(edit.keep)}
    return {"kind": "mix", "source": edit.source} if isinstance(edit, MixEdit) else {"kind": "direction", "name": edit.name}


def _face_from_json(node: Node) -> FaceEdits:
    fields = node.fields(("edits", "compositing", "truncation_psi", "noise_mode"))
    edits = tuple(_edit_from_json(edit) for edit in fields["edits"].items(MAX_EDITS))
    try:
        return FaceEdits(
            edits,
            _compositing_from_json(fields["compositing"]),
            fields["truncation_psi"].number(0.0, MAX_PSI),
            _choice(fields["noise_mode"], _NOISE_MODES),
        )
    except UsageError as error:
        raise node.fail(f"is not usable ({error})") from error


def _compositing_from_json(node: Node) -> Compositing:
    masked = "region" in node.mapping(100)
    fields = node.fields(("mode", "feather", *(("region", "inverted") if masked else ())))
    mode, feather = _choice(fields["mode"], _MODES), fields["feather"].number(0.0, MAX_FEATHER)
    if not masked:
        return Compositing(mode, feather)
    return Compositing(mode, feather, _region(fields["region"]), fields["inverted"].boolean())


def _edit_from_json(node: Node) -> Edit:
    kind = node.mapping(100).get("kind")
    if kind is None:
        raise node.fail("lacks 'kind'")
    read = _READERS.get(kind.text(MAX_NAME))
    if read is None:
        raise newer_version(f"{kind.where} is {kind.value!r}")
    try:
        edit = read(node)
        instance, mask = (node.mapping(100).get(name) for name in _OPTIONAL)
        if instance is not None:
            edit = replace(edit, instance=instance.integer(1, MAX_INSTANCE))
        return edit if mask is None else replace(edit, mask=_mask_from_json(mask))
    except UsageError as error:
        raise node.fail(f"is not usable ({error})") from error


def _direction_from_json(node: Node) -> DirectionEdit:
    fields = node.fields(("kind", "name", "amount", "layers", "enabled"), _OPTIONAL)
    name, amount = fields["name"].text(MAX_NAME), fields["amount"].number(-MAX_AMOUNT, MAX_AMOUNT)
    return DirectionEdit(name, amount, _layers(fields["layers"]), fields["enabled"].boolean())


def _mix_from_json(node: Node) -> MixEdit:
    fields = node.fields(("kind", "source", "amount", "layers", "enabled"), _OPTIONAL)
    source, amount = fields["source"].text(MAX_NAME), fields["amount"].number(-MAX_MIX, MAX_MIX)
    return MixEdit(source, amount, _layers(fields["layers"]), fields["enabled"].boolean())


def _variation_from_json(node: Node) -> VariationEdit:
    fields = node.fields(("kind", "seed", "coarse", "middle", "fine", "enabled"), _OPTIONAL)
    coarse, middle, fine = (fields[band].number(0.0, MAX_STRENGTH) for band in ("coarse", "middle", "fine"))
    return VariationEdit(fields["seed"].integer(0, MAX_SEED), coarse, middle, fine, fields["enabled"].boolean())


def _drag_from_json(node: Node) -> DragEdit:
    fields = node.fields(("kind", "offset", "handles", "targets", "keep", "amount", "layers", "enabled"), _OPTIONAL)
    return DragEdit(
        fields["offset"].text(MAX_NAME),
        _points(fields["handles"]),
        _points(fields["targets"]),
        tuple(_choice(region, _REGIONS) for region in fields["keep"].items(len(_REGIONS))),
        fields["amount"].number(0.0, 1.0),
        _layers(fields["layers"]),
        fields["enabled"].boolean(),
    )


_READERS: dict[str, Callable[[Node], Edit]] = {
    "direction": _direction_from_json,
    "mix": _mix_from_json,
    "variation": _variation_from_json,
    "drag": _drag_from_json,
}


def _mask_from_json(node: Node) -> EditMask:
    fields = node.fields(("region", "feather", "inverted"))
    return EditMask(_region(fields["region"]), fields["feather"].number(0.0, MAX_FEATHER), fields["inverted"].boolean())


def _region(node: Node) -> str:
    name = node.text(MAX_NAME)
    return check_region(name) if name.startswith(BRUSH) else _choice(node, _REGIONS)


def _points(node: Node) -> tuple[Point, ...]:
    points = [tuple(number.number(0.0, 1.0) for number in point.items(2)) for point in node.items(MAX_POINTS)]
    if any(len(point) != 2 for point in points):
        raise node.fail("is not a list of points")
    return tuple((point[0], point[1]) for point in points)


def _layers(node: Node) -> tuple[int, ...] | None:
    layers = node.or_none()
    return None if layers is None else tuple(layer.integer(0, MAX_LAYER) for layer in layers.items(MAX_LAYER + 1))


def _choice(node: Node, names: dict[str, Name]) -> Name:
    name = names.get(node.text(MAX_NAME))
    if name is None:
        raise newer_version(f"{node.where} is {node.value!r}")
    return name
