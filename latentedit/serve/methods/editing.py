"""Edits, as the command line writes them."""

from __future__ import annotations

from typing import get_args

from latentedit.serve.desk import Desk, OpenDocument
from latentedit.serve.params import Params
from latentedit.serve.protocol import Message


def set_edits(desk: Desk, params: Params) -> Message:
    """Put edits into a face's stack, or change those that are there: all together one undo."""
    from latentedit.edits import CompositingMode
    from latentedit.requested_edits import apply_edits, parse_assignment
    from latentedit.requested_masks import PaintedMasks
    from latentedit.requested_mixes import apply_mixes, parse_mix
    from latentedit.requested_variations import apply_variations, parse_variation

    document, face = desk.document(params), params.integer("face", 0)
    edits = [parse_assignment(text) for text in params.texts("edits")]
    mixes = [parse_mix(text) for text in params.texts("mixes")]
    variations = [parse_variation(text) for text in params.texts("variations")]
    mode = params.choice("mode", get_args(CompositingMode)) if params.maybe_text("mode") is not None else None
    moving = params.flag("moving")
    params.require_all_used()
    session = document.session
    what = (face, [(e.name, e.region, e.layers) for e in edits], [(m.source, m.layers) for m in mixes], len(variations))
    session.face(face).projected()
    past = session.history.past
    with session.as_one(in_place_of_last=document.moving == what):  # a slider that is held is one undo
        masks = PaintedMasks(session)
        apply_edits(session, [face], edits, mode, masks)
        apply_mixes(session, [face], mixes)
        apply_variations(session, [face], variations, masks)
    changed = session.history.past != past or document.moving == what
    document.moving = what if moving and changed else None
    return told_state(document)


def change(desk: Desk, params: Params) -> Message:
    """Undo, redo, reset a face, take edits out, switch them off and on, move them."""
    from latentedit.requested_changes import Changes, apply_changes, parse_move

    document, face = desk.document(params), params.integer("face", 0)
    changes = Changes(
        undo=params.integer("undo", 0),
        redo=params.integer("redo", 0),
        reset=params.flag("reset"),
        remove=params.texts("remove"),
        off=params.texts("off"),
        on=params.texts("on"),
        move=tuple(parse_move(text) for text in params.texts("move")),
    )
    params.require_all_used()
    document.session.face(face)
    document.moving = None
    apply_changes(document.session, [face], changes)
    return told_state(document)


def state(desk: Desk, params: Params) -> Message:
    """The edits as they stand."""
    document = desk.document(params)
    params.require_all_used()
    return told_state(document)


def told_state(document: OpenDocument) -> Message:
    """What is done to each face, lowest first, and how far one can go back and forth."""
    from latentedit.edits.names import edit_names, edit_words

    session = document.session
    faces = []
    for index, edits in enumerate(session.state.faces):
        named = zip(edit_names(edits.edits, session.mask_names), edits.edits, strict=True)
        told = [
            {
                "name": name,
                "words": edit_words(edit, session.mask_names),
                "amount": getattr(edit, "amount", None),
                "on": edit.enabled,
            }
            for name, edit in named
        ]
        faces.append({"index": index, "mode": edits.compositing.mode, "edits": told})
    return {"faces": faces, "undo": len(session.history.past), "redo": len(session.history.future)}
