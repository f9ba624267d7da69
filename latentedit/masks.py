"""Where in the aligned square a drawing may change: soft masks [size, size] in [0, 1]."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from latentedit.brush import Brush, known_brush
from latentedit.edits import Compositing, EditMask, Region
from latentedit.edits.edit import BRUSH
from latentedit.morphology import eroded
from latentedit.regions import REGION_PX, SEEN, FaceRegions, widened

if TYPE_CHECKING:
    from torch import Tensor

Mask = NDArray[np.float32]
MIN_FEATHER = 0.01
"""Below it the edge of what goes into a photograph would be a jagged line."""
BORDER = 0.05
"""Whatever the region, the mask of what goes into a photograph sinks to zero so near the square's border."""
PAINTED_INSET_PX = 2
"""How far inside a painted edge its mask begins: interpolation, here and on the way from the photograph, must not lead outside of it."""
_STEPS = 8


@dataclass(frozen=True, eq=False)
class FaceInSquare:
    """What masks are made of: the parts of a face in its square, and what the user painted over it (by the names in the edits)."""

    regions: FaceRegions
    brushes: Mapping[str, Brush] = field(default_factory=dict)

    def painted(self, region: str) -> NDArray[np.uint8]:
        """The pixels [S, S] of a painted region.

        Raises:
            UsageError: it is not known.
        """
        return known_brush(self.brushes, region).pixels


def soft_square(feather: float, size: int = REGION_PX) -> Mask:
    """One in the middle, zero at the square's border, with a smooth step ``feather`` wide.

    Args:
        feather: a share of the side, above 0, at most 0.5.
        size: pixels of the mask's side.
    """
    centres = (np.arange(size) + 0.5) / size
    inside = np.clip(np.minimum(centres, 1 - centres) / feather, 0, 1)
    step = inside * inside * (3 - 2 * inside)
    return np.outer(step, step).astype(np.float32)


def edit_mask(mask: EditMask, face: FaceInSquare, size: int) -> Mask:
    """Where an edit may change a drawing of ``size`` px; 1 deep inside its region, 0 far from it (or the other way round).

    Raises:
        UsageError: it names a painted region that is not known.
    """
    soft = _soft_region(mask.region, mask.feather, mask.inverted, face)
    enlarged = Image.fromarray(soft).resize((size, size), Image.Resampling.BILINEAR)
    return np.asarray(enlarged, dtype=np.float32).clip(0, 1)


def compositing_mask(
    compositing: Compositing,
    face: FaceInSquare,
    *,
    drawings: tuple[Tensor, Tensor] | None = None,
    places: Iterable[EditMask] = (),
) -> Mask:
    """Where a face may change its photograph: [S, S], zero at the square's border.

    Args:
        drawings: of a face, edited and unedited, [1, 3, R, R] in [-1, 1]; where nothing else is asked for, what they show decides
            (:mod:`latentedit.usual_mask`).
        places: masks of edits, which may lie where that would not lead.

    Raises:
        UsageError: a painted region is named that is not known.
    """
    feather = max(compositing.feather, MIN_FEATHER)
    if compositing.region is None and drawings is not None and face.regions.known:
        from latentedit.usual_mask import usual_mask

        soft = usual_mask(compositing.mode, face.regions, *drawings)
        for mask in places:
            soft = np.maximum(soft, edit_mask(mask, face, len(soft)))
        return soft * soft_square(feather, len(soft))
    region = compositing.region or ("square" if compositing.mode == "residual" or not face.regions.known else "face")
    if region == "square" and not compositing.inverted:
        return soft_square(feather)
    soft = _soft_region(region, feather, compositing.inverted, face)
    return soft * soft_square(BORDER, len(soft))


def softened_brush(pixels: NDArray[np.uint8], feather: float) -> Mask:
    """A painted mask [S, S] with its edge softened inwards over ``feather`` (a share of the side): zero wherever it was painted black.

    The mean of grey erosions by ever larger squares, so that a soft brush stays soft and thin strokes weaken but do not vanish.
    """
    reach = max(round(feather * len(pixels)), 1)
    radii = sorted({PAINTED_INSET_PX + round(reach * step / _STEPS) for step in range(_STEPS)})
    total = np.zeros(pixels.shape, dtype=np.float32)
    shrunk, before = pixels, 0
    for radius in radii:
        # Squares add up: what is shrunk already needs only the difference.
        shrunk, before = eroded(shrunk, radius - before), radius
        total += shrunk
    return total / np.float32(255 * len(radii))


def _soft_region(region: str, feather: float, inverted: bool, face: FaceInSquare) -> Mask:
    if region.startswith(BRUSH):
        pixels = face.painted(region)
        return softened_brush(255 - pixels if inverted else pixels, feather)
    shape, reach = face.regions.shape(cast("Region", region)), feather
    if region in SEEN:
        reach /= 2  # its edges are soft already, and lie where those of the picture do
    else:
        # Widened by as much as blurring takes from it: thin regions would lose their middle.
        shape = widened(shape, feather / 2)
    blurred = shape.filter(ImageFilter.GaussianBlur(reach * shape.width / 2))
    soft = np.asarray(blurred, dtype=np.float32) / np.float32(255)
    return 1 - soft if inverted else soft
