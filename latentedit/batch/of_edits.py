"""From what was done to one face to what a batch does to many: as far as it means the same on another photograph."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from latentedit.batch.config import BatchConfig
from latentedit.edits import DirectionEdit, Edit, EditMask, FaceEdits, MixEdit, VariationEdit
from latentedit.edits.edit import BRUSH, seed_of
from latentedit.edits.names import edit_words, layers_words
from latentedit.requested_edits import Assignment
from latentedit.requested_masks import Masking
from latentedit.requested_mixes import Mix
from latentedit.requested_variations import Variation


@dataclass(frozen=True)
class Portable:
    """What of a face's edits other photographs can have.

    Attributes:
        config: does it, with the other settings of the batch that was given.
        left_out: in words, what they cannot have: drags and painted masks lie on this photograph, other names are known to its project alone.
    """

    config: BatchConfig
    left_out: tuple[str, ...] = ()


def portable(edits: FaceEdits, config: BatchConfig, known: Collection[str]) -> Portable:
    """The settings of a batch that does to others what these edits do.

    Args:
        edits: of one face; those that are switched off count for nothing.
        config: all other settings.
        known: directions that every photograph's session finds by name.
    """
    active = [edit for edit in edits.edits if edit.active]
    kept = [edit for edit in active if _is_portable(edit, known)]
    left_out = [edit_words(edit) for edit in active if edit not in kept]
    if edits.truncation_psi != 1.0:
        left_out.append(f"truncation {edits.truncation_psi:g}")
    if edits.noise_mode != "const":
        left_out.append(f"noise {edits.noise_mode}")
    compositing = edits.compositing
    masking = Masking(compositing.region, compositing.inverted, compositing.feather)
    if compositing.region is not None and compositing.region.startswith(BRUSH):
        left_out.append("a painted mask")
        masking = Masking(feather=compositing.feather)
    return Portable(
        replace(
            config,
            edits=tuple(_assignment(edit) for edit in kept if isinstance(edit, DirectionEdit)),
            mixes=tuple(_mix(edit) for edit in kept if isinstance(edit, MixEdit)),
            variations=tuple(_variation(edit) for edit in kept if isinstance(edit, VariationEdit)),
            mode=compositing.mode,
            masking=masking,
        ),
        tuple(left_out),
    )


def _is_portable(edit: Edit, known: Collection[str]) -> bool:
    if isinstance(edit, DirectionEdit):
        return edit.name in known and _is_plain(edit.mask)
    if isinstance(edit, MixEdit):
        return seed_of(edit.source) is not None and edit.mask is None
    return isinstance(edit, VariationEdit) and _is_plain(edit.mask)


def _is_plain(mask: EditMask | None) -> bool:
    """Whether a batch can be told it: by the name of a region, with its usual edge."""
    return mask is None or (not mask.region.startswith(BRUSH) and mask == EditMask(mask.region))


def _assignment(edit: DirectionEdit) -> Assignment:
    layers = None if edit.layers is None else layers_words(edit.layers)
    # An edit without a mask is meant everywhere, also of a direction that is usually confined.
    return Assignment(edit.name, edit.amount, "square" if edit.mask is None else edit.mask.region, layers)


def _mix(edit: MixEdit) -> Mix:
    return Mix(edit.source, "all" if edit.layers is None else layers_words(edit.layers), edit.amount)


def _variation(edit: VariationEdit) -> Variation:
    return Variation(edit.seed, edit.coarse, edit.middle, edit.fine, None if edit.mask is None else edit.mask.region)
