"""The JSON form of edit states and histories, as it stands in project files (``docs/ledit-format.md``).

Reading is strict: an unknown entry, a value out of range or a newer schema is an error, since dropping what
is not understood would lose the user's work at the next save.
"""

from __future__ import annotations

from typing import Any, TypeVar, get_args

from latentedit.checked_json import Node, newer_version
from latentedit.edits.history import MAX_ENTRIES, History, HistoryEntry
from latentedit.edits.state import (
    MAX_AMOUNT,
    MAX_EDITS,
    MAX_FACES,
    MAX_FEATHER,
    MAX_LAYER,
    MAX_NAME,
    MAX_PSI,
    SCHEMA,
    Compositing,
    CompositingMode,
    DirectionEdit,
    Edit,
    EditState,
    FaceEdits,
    NoiseMode,
)
from latentedit.errors import UsageError

Name = TypeVar("Name", bound=str)
_MODES: dict[str, CompositingMode] = {mode: mode for mode in get_args(CompositingMode)}
_NOISE_MODES: dict[str, NoiseMode] = {mode: mode for mode in get_args(NoiseMode)}


def state_to_json(state: EditState) -> dict[str, Any]:
    """The state as JSON values."""
    return {"schema": state.schema, "faces": [_face_to_json(face) for face in state.faces]}


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

    return {"schema": SCHEMA, "past": entries(history.past), "future": entries(history.future)}


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


def _check_schema(node: Node) -> None:
    """First of all, since a newer schema may have any entries."""
    schema = node.mapping(100).get("schema")
    if schema is None:
        raise node.fail("lacks 'schema'")
    if schema.integer(1, 10**9) > SCHEMA:
        raise newer_version(f"{schema.where} is {schema.value}, and {SCHEMA} is the newest known")


def _face_to_json(face: FaceEdits) -> dict[str, Any]:
    return {
        "edits": [_edit_to_json(edit) for edit in face.edits],
        "compositing": {"mode": face.compositing.mode, "feather": face.compositing.feather},
        "truncation_psi": face.truncation_psi,
        "noise_mode": face.noise_mode,
    }


def _edit_to_json(edit: Edit) -> dict[str, Any]:
    return {
        "kind": "direction",
        "name": edit.name,
        "amount": edit.amount,
        "layers": None if edit.layers is None else list(edit.layers),
        "enabled": edit.enabled,
    }


def _face_from_json(node: Node) -> FaceEdits:
    fields = node.fields(("edits", "compositing", "truncation_psi", "noise_mode"))
    compositing = fields["compositing"].fields(("mode", "feather"))
    edits = tuple(_edit_from_json(edit) for edit in fields["edits"].items(MAX_EDITS))
    try:
        return FaceEdits(
            edits,
            Compositing(_choice(compositing["mode"], _MODES), compositing["feather"].number(0.0, MAX_FEATHER)),
            fields["truncation_psi"].number(0.0, MAX_PSI),
            _choice(fields["noise_mode"], _NOISE_MODES),
        )
    except UsageError as error:
        raise node.fail(f"is not usable ({error})") from error


def _edit_from_json(node: Node) -> Edit:
    kind = node.mapping(100).get("kind")
    if kind is None:
        raise node.fail("lacks 'kind'")
    if kind.text(MAX_NAME) != "direction":
        raise newer_version(f"{kind.where} is {kind.value!r}")
    fields = node.fields(("kind", "name", "amount", "layers", "enabled"))
    layers = fields["layers"].or_none()
    try:
        return DirectionEdit(
            fields["name"].text(MAX_NAME),
            fields["amount"].number(-MAX_AMOUNT, MAX_AMOUNT),
            None if layers is None else tuple(layer.integer(0, MAX_LAYER) for layer in layers.items(MAX_LAYER + 1)),
            fields["enabled"].boolean(),
        )
    except UsageError as error:
        raise node.fail(f"is not usable ({error})") from error


def _choice(node: Node, names: dict[str, Name]) -> Name:
    name = names.get(node.text(MAX_NAME))
    if name is None:
        raise newer_version(f"{node.where} is {node.value!r}")
    return name
