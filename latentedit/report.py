"""How good a projection is: the figures of ``--report``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch
from torch import Tensor

from latentedit.projection.objective import WHOLE_PX, area_resize

if TYPE_CHECKING:
    from latentedit.assets import AssetStore
    from latentedit.identity import FaceDescriptor
    from latentedit.perceptual.lpips import Lpips


@dataclass(frozen=True)
class Quality:
    """Differences between an aligned photograph and its reconstruction.

    Attributes:
        lpips_alex, lpips_vgg: LPIPS v0.1, both images area-resized to 256 px.
        psnr_db: at full size, on [0, 1].
        identity_distance: Euclidean distance of dlib's face descriptors; below 0.6 dlib calls it the same person. None where there is no face.
    """

    lpips_alex: float
    lpips_vgg: float
    psnr_db: float
    identity_distance: float | None


@dataclass(frozen=True, eq=False)
class Judges:
    """The networks that judge, loaded once for many projections; make them with :meth:`load`."""

    lpips_alex: Lpips
    lpips_vgg: Lpips
    descriptor: FaceDescriptor

    @classmethod
    def load(cls, store: AssetStore | None = None, device: torch.device | str = "cpu") -> Judges:
        """Load the networks from the store, fetching them when they are not there.

        Raises:
            AssetError: the weights are not available.
            ResourceError: dlib is not installed.
        """
        from latentedit.identity import FaceDescriptor
        from latentedit.perceptual import load_lpips

        alex, vgg = (load_lpips(net, store=store, device=device) for net in ("alex", "vgg"))
        return cls(alex, vgg, FaceDescriptor.load(store))


@torch.no_grad()
def measure_quality(photograph: Tensor, reconstruction: Tensor, judges: Judges, *, is_face: bool = True) -> Quality:
    """Compare two aligned images [1, 3, R, R] in [-1, 1]; the reconstruction is clamped first, as a file of it would be."""
    drawn = reconstruction.clamp(-1, 1)
    small_a, small_b = area_resize(photograph, WHOLE_PX), area_resize(drawn, WHOLE_PX)
    mean_square = ((photograph - drawn) / 2).square().mean().clamp_min(1e-10)
    return Quality(
        lpips_alex=float(judges.lpips_alex(small_a, small_b)),
        lpips_vgg=float(judges.lpips_vgg(small_a, small_b)),
        psnr_db=float(-10 * mean_square.log10()),
        identity_distance=judges.descriptor.distance(photograph, drawn) if is_face else None,
    )
