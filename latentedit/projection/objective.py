"""What a drawing is compared by: the whole at 256 px, and the face region more closely."""

from __future__ import annotations

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor

from latentedit.perceptual.base import Distance

WHOLE_PX = 256
"""Images are compared at this size (or their own, when smaller), as StyleGAN2's projector and published comparisons do."""
FACE_REGION = (300 / 1024, 232 / 1024, 860 / 1024, 792 / 1024)
"""Top, left, bottom, right of the face in an FFHQ-aligned square: from above the brows to below the chin."""


def area_resize(image: Tensor, size: int) -> Tensor:
    """Average [N, 3, H, W] over pixel areas to [N, 3, size, size]; images are never enlarged."""
    return image if image.shape[-1] <= size else F.interpolate(image, size=(size, size), mode="area")


def face_region(image: Tensor, size: int) -> Tensor:
    """The face region of an aligned image [N, 3, R, R], at most ``size`` px wide."""
    resolution = image.shape[-1]
    top, left, bottom, right = (round(edge * resolution) for edge in FACE_REGION)
    return area_resize(image[:, :, top:bottom, left:right], size)


@dataclass(frozen=True, eq=False)
class Target:
    """A photograph's aligned square, prepared for many comparisons.

    Attributes:
        image: [1, 3, R, R] in [-1, 1], at the generator's resolution.
        whole: the same at 256 px or less, and ``whole_features`` what ``distance`` sees in it.
        detail_features: what ``detail`` sees in its face region (the whole square for generators of other things).
    """

    image: Tensor
    whole: Tensor
    whole_features: list[Tensor]
    detail_features: list[Tensor]
    distance: Distance
    detail: Distance
    detail_px: int
    is_face: bool

    def whole_distance(self, image: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Perceptual distance and mean squared difference of the whole, and the drawing at the size they were taken."""
        small = area_resize(image, self.whole.shape[-1])
        return (
            self.distance.to_features(small, self.whole_features).sum(),
            (small - self.whole).square().mean(),
            small,
        )

    def detail_distance(self, image: Tensor) -> Tensor:
        """Perceptual distance of the face region, from an image as large as :attr:`image`."""
        return self.detail.to_features(self._detail(image), self.detail_features).sum()

    def _detail(self, image: Tensor) -> Tensor:
        return face_region(image, self.detail_px) if self.is_face else area_resize(image, self.detail_px)


@torch.no_grad()
def prepare_target(
    image: Tensor, *, distance: Distance, detail: Distance, detail_px: int, is_face: bool, small_px: int
) -> Target:
    """Compute the features of ``image`` [1, 3, R, R] once. ``small_px`` is the preview's size: the whole is compared at the smaller of it
    and 256 px, so that preview and full drawing are held against the same picture."""
    whole = area_resize(image, min(WHOLE_PX, small_px))
    region = face_region(image, detail_px) if is_face else area_resize(image, detail_px)
    return Target(
        image=image,
        whole=whole,
        whole_features=distance.features(whole),
        detail_features=detail.features(region),
        distance=distance,
        detail=detail,
        detail_px=detail_px,
        is_face=is_face,
    )
