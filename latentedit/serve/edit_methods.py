"""Requests that change edits, or tell about them; all of them quick."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, cast, get_args

from latentedit.edits import CompositingMode, Edit, MixEdit, ResetFace, VariationEdit
from latentedit.edits.edit import MAX_AMOUNT, MAX_MIX, in_range
from latentedit.edits.names import edit_names
from latentedit.edits.serialise import state_to_json
from latentedit.requested_changes import Changes, apply_changes, parse_move
from latentedit.requested_edits import Assignment, apply_edits, beyond_range, parse_assignment
from latentedit.requested_layers import check_layers, layers_of
from latentedit.requested_masks import PaintedMasks, region_or_file
from latentedit.requested_mixes import Mix, apply_mixes
from latentedit.requested_variations import Variation, apply_variations
from latentedit.serve.desk import Desk, Result, face_indices
from latentedit.serve.params import Params, inner
from latentedit.serve.protocol import ProtocolError

if TYPE_CHECKING:
    from latentedit.session import Session

_ASSIGNMENT = frozenset({"name", "amount", "layers", "region"})
MODES: tuple[str, ...] = get_args(CompositingMode)


def set_edits(desk: Desk, params: Params) -> Result:
    """``set``: directions by name and amount, and how faces go back into the photograph."""
    session = desk.session(params)
    indices = face_indices(session, params)
    wanted = [assignment(value) for value in params.several("edits")]
    mode = cast("CompositingMode", params.choice("mode", MODES)) if "mode" in params else None
    seal = params.flag("seal", default=True)
    key = ("set", tuple(indices), mode, tuple(each._replace(amount=0.0) for each in wanted))
    with session.as_one(key):
        names = apply_edits(session, indices, wanted, mode)
    if seal:
        session.seal()
    return {"names": names, "notes": beyond_range(session, wanted, names)}


def assignment(value: object) -> Assignment:
    """One element of ``edits``, as text or as object.

    Raises:
        ProtocolError: it is neither.
        UsageError: an amount, the layers or the region are none.
    """
    if isinstance(value, str):
        return parse_assignment(Params({"edits": value}).text("edits"))
    params = inner(value, "edits", _ASSIGNMENT)
    name, amount = params.text("name"), params.number("amount")
    in_range(f"The amount of {name}", amount, -MAX_AMOUNT, MAX_AMOUNT)
    region = region_or_file(params.text("region")) if "region" in params else None
    return Assignment(name, amount, region, check_layers(params.text("layers")) if "layers" in params else None)


def mix_named(desk: Desk, params: Params, source: str) -> Result:
    """``mix`` with a seed, a face of the photograph or a face of a project."""
    session = desk.session(params)
    amount = in_range("The amount of a mix", params.number("amount", 1.0), -MAX_MIX, MAX_MIX)
    mix, indices = Mix(source, params.text("layers"), amount), face_indices(session, params)
    with session.as_one():
        names = apply_mixes(session, indices, [mix])
    session.seal()
    layers = layers_of(mix.layers, session.generator.spec.layer_resolutions)
    return {
        "names": names,
        "edits": _names_of(
            session, indices, lambda edit: isinstance(edit, MixEdit) and edit.source in names and edit.layers == layers
        ),
    }


def vary(desk: Desk, params: Params) -> Result:
    """``vary``: another face like this one."""
    session = desk.session(params)
    coarse, middle, fine = (params.number(band) for band in ("coarse", "middle", "fine"))
    region = region_or_file(params.text("region")) if "region" in params else None
    wanted = Variation(params.whole("seed", high=2**63 - 1), coarse, middle, fine, region)
    indices = face_indices(session, params)
    with session.as_one():
        apply_variations(session, indices, [wanted], PaintedMasks(session))
    session.seal()
    return {"edits": _names_of(session, indices, lambda edit: isinstance(edit, VariationEdit) and edit.seed == wanted.seed)}


def _names_of(session: Session, indices: list[int], wanted: Callable[[Edit], bool]) -> list[str]:
    """What ``change`` calls edits of some faces, each name once."""
    stacks = [session.state.face(index).edits for index in indices]
    named = [
        name for stack in stacks for name, edit in zip(edit_names(stack, session.mask_names), stack, strict=True) if wanted(edit)
    ]
    return list(dict.fromkeys(named))


def change(desk: Desk, params: Params) -> Result:
    """``change``: edits by their names are removed, switched and moved."""
    session = desk.session(params)
    moves = tuple(_move(value) for value in params.several("move"))
    remove, off, on = (tuple(params.texts(name)) for name in ("remove", "off", "on"))
    with _told(session) as result, session.as_one():
        apply_changes(session, face_indices(session, params), Changes(remove=remove, off=off, on=on, move=moves))
    return result


def reset(desk: Desk, params: Params) -> Result:
    """``reset``: faces as they were projected."""
    session = desk.session(params)
    with _told(session) as result, session.as_one():
        for index in face_indices(session, params):
            session.do(ResetFace(index))
    session.seal()
    return result


def undo(desk: Desk, params: Params) -> Result:
    """``undo``: so many steps back."""
    return _step(desk, params, -1)


def redo(desk: Desk, params: Params) -> Result:
    """``redo``: so many steps forth."""
    return _step(desk, params, 1)


def edits(desk: Desk, params: Params) -> Result:
    """``edits``: what is done to each face, and what undo and redo would do."""
    session = desk.session(params)
    told = state_to_json(session.state)["faces"]
    faces = [
        {"index": index, "names": list(edit_names(face.edits, session.mask_names)), "state": told[index]}
        for index, face in enumerate(session.state.faces)
    ]
    past, future = session.history.past, session.history.future
    steps = {"undo": [entry.label for entry in reversed(past)], "redo": [entry.label for entry in reversed(future)]}
    return {"faces": faces, **steps, "modified": session.modified}


def _step(desk: Desk, params: Params, sign: int) -> Result:
    session = desk.session(params)
    with _told(session) as result:
        session.step(sign * params.whole("count", 1, low=1, high=1000))
    return result


@contextmanager
def _told(session: Session) -> Iterator[Result]:
    """An answer that is filled in with whether the edits are others after the block."""
    before, result = session.state, Result()
    yield result
    result["changed"] = session.state != before


def _move(value: object) -> tuple[str, int]:
    if not isinstance(value, list) or len(value) != 2:
        raise ProtocolError("The parameter move is not an array of [name, place].")
    params = Params({"name": value[0], "place": value[1]})
    return parse_move(f"{params.text('name')}={params.whole('place')}")
