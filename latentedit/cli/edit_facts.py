"""What the command line tells about the edits of a face."""

from __future__ import annotations

from typing import TYPE_CHECKING

from latentedit.edits.edit import region_words
from latentedit.edits.names import MaskNames, edit_names, edit_words
from latentedit.edits.serialise import compositing_to_json, edit_to_json
from latentedit.edits.state import Compositing

if TYPE_CHECKING:
    from latentedit.edits import FaceEdits


def stack_facts(edits: FaceEdits, mask_names: MaskNames) -> list[dict[str, object]]:
    """The edits of a face in their order, as JSON values: by what name commands know each, and what it is as project files tell it."""
    names = edit_names(edits.edits, mask_names)
    return [{"called": name, **edit_to_json(edit)} for name, edit in zip(names, edits.edits, strict=True)]


def face_edit_facts(edits: FaceEdits, mask_names: MaskNames) -> dict[str, object]:
    """All that is done to a face, as JSON values."""
    return {
        "edits": stack_facts(edits, mask_names),
        "compositing": compositing_to_json(edits.compositing),
        "truncation_psi": edits.truncation_psi,
        "noise_mode": edits.noise_mode,
    }


def edit_lines(edits: FaceEdits, mask_names: MaskNames) -> list[str]:
    """The same for people, a line each; what is as usual is left out."""
    lines = [
        f"{place}: {name}{'' if name == words else f' ({words})'}{'' if edit.enabled else ', off'}"
        for place, (name, edit) in enumerate(zip(edit_names(edits.edits, mask_names), edits.edits, strict=True))
        for words in [edit_words(edit, mask_names)]
    ]
    usual = Compositing()
    back = edits.compositing
    if back != usual:
        region = (
            "" if back.region is None else f" on {'all but ' if back.inverted else ''}{region_words(back.region, mask_names)}"
        )
        lines.append(f"goes back: {back.mode}{region}, feather {back.feather:g}")
    if edits.truncation_psi != 1:
        lines.append(f"truncation {edits.truncation_psi:g}")
    if edits.noise_mode != "const":
        lines.append(f"noise {edits.noise_mode}")
    return lines
