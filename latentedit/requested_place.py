"""Which edit of a stack is meant by who names a direction and, perhaps, a region."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from latentedit.edits import Edit, EditMask, FaceEdits
from latentedit.edits.edit import region_words
from latentedit.edits.names import MaskNames
from latentedit.errors import UsageError


class Place(NamedTuple):
    """Where an edit is asked for; a ``mask`` of None is everywhere."""

    mask: EditMask | None


def placed(
    edits: FaceEdits,
    new: Edit,
    place: Place | None,
    whose: str,
    usual: EditMask | None = None,
    mask_names: MaskNames | None = None,
) -> Edit:
    """``new`` as it is to be put into a stack, in which edits of its kind, name and layers may stand already.

    Without a place it takes that of the only one there is, mask and all; of several, of the one that no mask confines. With a mask it takes the
    place of the one that is confined to that region, or comes on top. Everywhere means the one that no mask confines; the only one there is loses
    its mask.

    Args:
        whose: begins the error.
        usual: the mask of an edit that was not there, without a place.
        mask_names: what people call painted regions.

    Raises:
        UsageError: several are there, all of them confined, and no place is given; or there are too many.
    """
    same = [edit for edit in edits.edits if edit.key[:3] == new.key[:3]]
    everywhere = next((edit for edit in same if edit.mask is None), None)
    only = same[0] if len(same) == 1 else None
    if place is None:
        old = only or everywhere
        if old is None and same:
            regions = ", ".join(dict.fromkeys(_region_of(edit.mask, mask_names) for edit in same if edit.mask is not None))
            raise UsageError(
                f"{whose} has {len(same)} edits called {new.label}, on {regions}.",
                hint="Name the region: NAME=AMOUNT@REGION, or @square for an edit of the whole square.",
            )
        mask = usual if old is None else old.mask
    elif place.mask is None:
        old, mask = everywhere or only, None
    else:
        old = next((edit for edit in same if _is_on(edit.mask, place.mask.region)), None)
        mask = place.mask if old is None else old.mask
    instance = edits.free_instance(new.key) if old is None else old.instance
    return replace(new, mask=mask, instance=instance, enabled=True)


def _is_on(mask: EditMask | None, region: str) -> bool:
    return mask is not None and mask.region == region and not mask.inverted


def _region_of(mask: EditMask, mask_names: MaskNames | None) -> str:
    words = region_words(mask.region, mask_names)
    return f"all but {words}" if mask.inverted else words
