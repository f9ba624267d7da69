"""Edits as people write them, ``NAME=AMOUNT[:LAYERS][@REGION]``: what they say, and doing them to faces."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from latentedit.edits import CompositingMode, DirectionEdit, DragEdit, Edit, EditMask, PutEdit, SetCompositing
from latentedit.edits.edit import MAX_AMOUNT, finite_number, in_range
from latentedit.errors import UsageError
from latentedit.requested_layers import check_layers, layers_of
from latentedit.requested_masks import PaintedMasks, region_or_file
from latentedit.requested_place import Place, placed

if TYPE_CHECKING:
    from latentedit.directions import Direction
    from latentedit.generators import GeneratorSpec
    from latentedit.requested_mixes import Mix
    from latentedit.session import Session


class Assignment(NamedTuple):
    """What one ``--set`` asks for.

    ``region`` is None where an edit that is there keeps its mask. ``layers`` are still text, since the generator decides what a band is; None for
    those that the direction itself names.
    """

    name: str
    amount: float
    region: str | None = None
    layers: str | None = None


def parse_assignment(text: str) -> Assignment:
    """``"smile=2"`` -> ``("smile", 2.0)``, ``"smile=2:0-7@mouth"`` -> ``("smile", 2.0, "mouth", "0-7")``; behind the ``@`` may stand a mask's file.

    Raises:
        UsageError: it has no ``=`` or no number behind it, the number is out of range, or there are no such layers, region or file.
    """
    name, sign, amount = text.rpartition("=")
    amount, at, region = amount.partition("@")
    amount, colon, layers = amount.partition(":")
    number = finite_number(amount)
    if not sign or not name or number is None:
        raise UsageError(f"{text} is no edit.", hint="Write NAME=AMOUNT, for example --set smile=2.")
    in_range(f"The amount of {name}", number, -MAX_AMOUNT, MAX_AMOUNT)
    if layers == "all":
        raise UsageError(f"{text} is no edit.", hint=f"Leave the layers out: {name}={amount} moves those that it is made for.")
    return Assignment(name, number, region_or_file(region) if at else None, check_layers(layers) if colon else None)


def require_known(edits: Sequence[Assignment], mixes: Sequence[Mix], spec: GeneratorSpec, *, own: Container[str] = ()) -> None:
    """Fail before the work where it would fail after it.

    Args:
        spec: of what the faces are projected with.
        own: directions that the project brings along, the offsets of its drags among them.

    Raises:
        UsageError, DirectionError, ProjectFileError, CheckpointError: a direction, a source to mix with, or a layer does not exist
            or does not fit.
    """
    from latentedit.directions.loading import find_direction
    from latentedit.requested_mixes import require_source

    for edit in edits:
        if edit.layers is not None:
            layers_of(edit.layers, spec.layer_resolutions)
        if edit.name not in own:
            find_direction(edit.name, spec)
    for mix in mixes:
        layers_of(mix.layers, spec.layer_resolutions)
        if mix.source not in own:
            require_source(mix.source, spec)


def apply_edits(
    session: Session,
    indices: Sequence[int],
    edits: Sequence[Assignment],
    mode: CompositingMode | None,
    masks: PaintedMasks | None = None,
) -> list[str]:
    """Do the edits on each face, each as one command. Names that are files are read as directions first.

    An edit changes the one of its name and layers that :func:`~latentedit.requested_place.placed` finds, and is switched on. A new one is confined to
    the region that its direction is about, where none is asked for.

    Returns:
        the names under which the session knows the edits' directions.

    Raises:
        UsageError, DirectionError: a direction is unknown or does not fit, or several edits of one name may be meant.
        PhotoError: a mask's file cannot be read, or is not of the photograph's size.
    """
    masks = masks or PaintedMasks(session)
    resolutions = session.generator.spec.layer_resolutions if any(wanted.layers for wanted in edits) else ()
    known = [known_direction(session, wanted.name) for wanted in edits]
    for index in indices:
        for (name, usual_region), wanted in zip(known, edits, strict=True):
            layers = None if wanted.layers is None else layers_of(wanted.layers, resolutions)
            drag = drag_of(session, index, name)
            new: Edit
            if drag is None:
                new = DirectionEdit(name, wanted.amount, layers)
            else:
                new = replace(drag, amount=wanted.amount, layers=drag.layers if layers is None else layers)
            place = None if wanted.region is None else Place(masks.of_edit(index, wanted.region))
            usual = EditMask(usual_region) if usual_region and session.face(index).regions.known else None
            put = placed(session.state.face(index), new, place, f"Face {index}", usual, session.mask_names)
            session.do(PutEdit(index, put))
        if mode is not None:
            compositing = session.state.face(index).compositing
            session.do(SetCompositing(index, replace(compositing, mode=mode)))
    return [name for name, _ in known]


def beyond_range(session: Session, edits: Sequence[Assignment], names: Sequence[str]) -> list[str]:
    """A line for people for each amount that lies outside its direction's range, each once.

    Args:
        names: what :func:`apply_edits` returned for the edits.
    """
    from latentedit.directions.amounts import out_of_range

    told = [out_of_range(direction_named(session, name), wanted.amount) for name, wanted in zip(names, edits, strict=True)]
    return list(dict.fromkeys(line for line in told if line is not None))


def drag_of(session: Session, index: int, name: str) -> DragEdit | None:
    """The drag in a face's stack that ``--set NAME=AMOUNT`` names; None when the name is not one of drags.

    Raises:
        UsageError: it is, and the face has no such drag.
    """
    from latentedit.session_drag import PREFIX

    if not name.startswith(PREFIX):
        return None
    found = [edit for edit in session.state.face(index).edits if isinstance(edit, DragEdit) and edit.offset == name]
    if not found:
        raise UsageError(f"Face {index} has no {name}.", hint="Name its face with --face.")
    return found[0]


def direction_named(session: Session, name: str) -> Direction:
    """The direction that a session's edits mean by a name, as :func:`known_direction` gives it.

    Raises:
        DirectionError: there is none.
    """
    from latentedit.directions import load_direction

    own = session.own_directions
    return own[name] if name in own else load_direction(name, session.generator)


def known_direction(session: Session, name_or_path: str) -> tuple[str, str]:
    """The name under which edits refer to a direction (one that the project has already, one that ships, or a file's), and the region that it is about.

    Raises:
        UsageError, DirectionError: it is unknown or does not fit.
    """
    from latentedit.directions import load_direction

    if name_or_path in session.own_directions:
        return name_or_path, session.own_directions[name_or_path].region
    direction = load_direction(name_or_path, session.generator)
    return session.add_direction(direction), direction.region
