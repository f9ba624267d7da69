"""Regions as the command line names them: by their names, or as files that the user painted."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, get_args

from latentedit.edits import Compositing, EditMask, Region
from latentedit.edits.edit import BRUSH, check_region
from latentedit.errors import PhotoError, UsageError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from latentedit.session import Session

AUTO = "auto"
MASK_HELP = (
    f"What part of the face goes back: {', '.join(get_args(Region))}, or FILE: a grey picture of the photograph's size, white where it may "
    f"change. {AUTO}: as suits the mode."
)


class Masking(NamedTuple):
    """What ``--mask``, ``--invert-mask`` and ``--feather`` ask for; None for what is to stay as it is."""

    region: str | None = None
    inverted: bool = False
    feather: float | None = None


def region_or_file(text: str) -> str:
    """A region's name, or the path of a mask that the user painted.

    Raises:
        UsageError: it is neither.
    """
    return text if text not in get_args(Region) and Path(text).is_file() else check_region(text)


def parse_masking(region: str | None, inverted: bool, feather: float | None) -> Masking:
    """What the three options say together.

    Raises:
        UsageError: there is no such region, or nothing to invert.
    """
    if inverted and region in (None, AUTO):
        raise UsageError("--invert-mask needs a mask.", hint="Name a region, for example --mask hair --invert-mask.")
    return Masking(region if region in (None, AUTO) else region_or_file(region), inverted, feather)


class PaintedMasks:
    """The masks of one run: every file is read once, and laid over each face."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._files: dict[str, NDArray[np.uint8]] = {}

    def region(self, index: int, wanted: str) -> str:
        """The region by which a face's edits refer to what :func:`region_or_file` gave.

        Raises:
            PhotoError: the file cannot be read, or is not of the photograph's size.
        """
        from latentedit.brush import brush_from_photo_mask

        if wanted in get_args(Region) or not Path(wanted).is_file():
            return wanted
        if wanted not in self._files:
            self._files[wanted] = self._read(Path(wanted))
        return self._session.add_brush(brush_from_photo_mask(self._files[wanted], self._session.face(index).face.quad))

    def of_edit(self, index: int, wanted: str) -> EditMask | None:
        """The mask of an edit that is confined to what :func:`region_or_file` gave; None, everywhere, for the whole square.

        Raises:
            PhotoError: the file cannot be read, or is not of the photograph's size.
            UsageError: it is black all over the face.
        """
        if wanted == "square":
            return None
        region = self.region(index, wanted)
        if region == wanted:
            return EditMask(region)
        if not self._session.brush(region).pixels.any():
            raise UsageError(f"{wanted} is black over face {index}.", hint="Paint white what may change.")
        return EditMask(region, feather=0.0)  # a painter's own softness is the mask's

    def require(self, wanted: str | None) -> None:
        """Read a file that will be asked for; names of regions are none.

        Raises:
            PhotoError: it cannot be read, or is not of the photograph's size.
        """
        if wanted is not None and wanted != AUTO and wanted not in get_args(Region) and Path(wanted).is_file():
            self._files[wanted] = self._read(Path(wanted))

    def _read(self, path: Path) -> NDArray[np.uint8]:
        from latentedit.images import read_mask

        mask = read_mask(path)
        wanted = self._session.photo.size
        if mask.shape[::-1] != wanted:
            raise PhotoError(
                f"{path.name} has {mask.shape[1]} x {mask.shape[0]} pixels, the photograph {wanted[0]} x {wanted[1]}.",
                hint="Paint the mask over the photograph in its own size.",
            )
        return mask


def apply_masking(session: Session, indices: list[int], masking: Masking, masks: PaintedMasks) -> None:
    """Let only that part of each face go back into the photograph.

    Raises:
        PhotoError: a mask cannot be read, or is not of the photograph's size.
        UsageError: a painted mask is black over every one of the faces.
    """
    from latentedit.edits import SetCompositing

    if masking == Masking():
        return
    painted = []
    for index in indices:
        compositing = session.state.face(index).compositing
        if masking.region is not None and (compositing.region or "").startswith(BRUSH):
            # A painted mask brought its own softness; what comes after it needs the usual one.
            compositing = replace(compositing, feather=Compositing().feather)
        if masking.region == AUTO:
            compositing = replace(compositing, region=None, inverted=False)
        elif masking.region is not None:
            region = masks.region(index, masking.region)
            compositing = replace(compositing, region=region, inverted=masking.inverted)
            if region != masking.region:
                painted.append(session.brush(region).pixels.any() or masking.inverted)
                # A painter's own softness is the mask's, unless more is asked for.
                compositing = replace(compositing, feather=0.0)
        if masking.feather is not None:
            compositing = replace(compositing, feather=masking.feather)
        session.do(SetCompositing(index, compositing))
    if painted and not any(painted):
        raise UsageError(f"{masking.region} is black over every chosen face.", hint="Paint white what may change.")
