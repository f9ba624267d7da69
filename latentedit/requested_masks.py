"""Regions as the command line names them: by their names, or as files that the user painted."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, get_args

from latentedit.edits import Compositing, EditMask, Region
from latentedit.edits.edit import BRUSH, check_region
from latentedit.errors import PhotoError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from latentedit.brush import Brush
    from latentedit.session import Session

AUTO = "auto"
MASK_HELP = (
    f"What part of the face goes back: {', '.join(get_args(Region))}, or FILE: a grey picture of the photograph's size, white where it may "
    f"change. {AUTO}: where the head is or goes."
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
    if text in get_args(Region):
        return text
    if Path(text).is_file():
        return text
    if Path(text).suffix and not text.startswith(BRUSH):
        raise UsageError(f"There is no file {text}.", hint=f"Paint a mask, or name a region: {', '.join(get_args(Region))}.")
    return check_region(text)


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
            UsageError: it is a painted mask that the project does not have.
            PhotoError: the file cannot be read, or is not of the photograph's size.
        """
        if wanted in get_args(Region):
            return wanted
        if not Path(wanted).is_file():
            return self._session.brush(wanted).region  # one that the project has
        return self._session.add_brush(self.painted(index, wanted))

    def painted(self, index: int, path: str) -> Brush:
        """What a file has painted over a face, as :meth:`region` makes it known to the session.

        Raises:
            PhotoError: the file cannot be read, or is not of the photograph's size.
        """
        from latentedit.brush import brush_from_photo_mask, can_be_called

        if path not in self._files:
            self._files[path] = self._read(Path(path))
        name, quad = Path(path).name, self._session.face(index).face.quad
        return brush_from_photo_mask(self._files[path], quad, name if can_be_called(name) else "")

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

    def require_for_edits(self, indices: Sequence[int], wanted: str | None) -> None:
        """Fail before the work where :meth:`of_edit` would fail after it.

        Raises:
            PhotoError, UsageError: as :meth:`of_edit`, on one of the faces.
        """
        if wanted is not None:
            for index in indices:
                self.of_edit(index, wanted)

    def require_for_photo(self, indices: Sequence[int], masking: Masking) -> None:
        """Fail before the work where :func:`apply_masking` would fail after it.

        Raises:
            PhotoError: the file cannot be read, or is not of the photograph's size.
            UsageError: a painted mask is not there, or lets nothing through on any of the faces.
        """
        wanted = masking.region
        if wanted is None or wanted == AUTO:
            return
        regions = (self.region(index, wanted) for index in indices)
        painted = [self._session.brush(region).pixels.any() for region in regions if region != wanted]
        if painted and not masking.inverted and not any(painted):
            raise UsageError(f"{wanted} is black over every chosen face.", hint="Paint white what may change.")

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
    masks.require_for_photo(indices, masking)
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
                # A painter's own softness is the mask's, unless more is asked for.
                compositing = replace(compositing, feather=0.0)
        if masking.feather is not None:
            compositing = replace(compositing, feather=masking.feather)
        session.do(SetCompositing(index, compositing))
