"""Variations as people write them, ``SEED:STRENGTH[@REGION]``: what they say, and doing them to faces."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from latentedit.edits import PutEdit, VariationEdit
from latentedit.errors import UsageError
from latentedit.requested_masks import region_or_file
from latentedit.requested_place import Place, placed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from latentedit.requested_masks import PaintedMasks
    from latentedit.session import Session

_NUMBER = r"(\d{1,9}(?:\.\d{0,9})?|\.\d{1,9})"
_VARIATION = re.compile(rf"(\d{{1,19}}):{_NUMBER}(?:,{_NUMBER},{_NUMBER})?", re.ASCII)


class Variation(NamedTuple):
    """What one ``--vary`` asks for; see :class:`~latentedit.edits.VariationEdit`. ``region`` is None where one that is there keeps its mask."""

    seed: int
    coarse: float
    middle: float
    fine: float
    region: str | None = None


def parse_variation(text: str) -> Variation:
    """``"3:0.5"`` -> ``Variation(3, 0.5, 0.5, 0.5)``, ``"3:0,0.2,1@hair"`` -> ``Variation(3, 0.0, 0.2, 1.0, "hair")``.

    Raises:
        UsageError: it is no variation, a number is out of range, or there is no such region or file.
    """
    numbers, at, region = text.partition("@")
    found = _VARIATION.fullmatch(numbers)
    if found is None:
        hint = "Write SEED:STRENGTH or SEED:COARSE,MIDDLE,FINE, for example --vary 3:0.3, --vary 3:0,0.2,0.5."
        raise UsageError(f"{text} is no variation.", hint=hint)
    coarse, middle, fine = (float(found[band] or found[2]) for band in (2, 3, 4))
    edit = VariationEdit(int(found[1]), coarse, middle, fine)
    return Variation(edit.seed, edit.coarse, edit.middle, edit.fine, region_or_file(region) if at else None)


def apply_variations(session: Session, indices: Sequence[int], variations: Sequence[Variation], masks: PaintedMasks) -> None:
    """Vary each face, each variation as one command; which edit of a seed is meant, :func:`~latentedit.requested_place.placed` says.

    Raises:
        UsageError: several variations of one seed may be meant.
        PhotoError: a mask's file cannot be read, or is not of the photograph's size.
    """
    for index in indices:
        for wanted in variations:
            new = VariationEdit(wanted.seed, wanted.coarse, wanted.middle, wanted.fine)
            place = None if wanted.region is None else Place(masks.of_edit(index, wanted.region))
            session.do(
                PutEdit(index, placed(session.state.face(index), new, place, f"Face {index}", mask_names=session.mask_names))
            )
