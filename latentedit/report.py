"""How good a projection is: the figures of ``--report``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch
from torch import Tensor

from latentedit.projection.objective import WHOLE_PX, area_resize

if TYPE_CHECKING:
    from latentedit.assets import AssetStore


@dataclass(frozen=True)
class Quality:
    """Differences between an aligned photograph and its reconstruction.

    Attributes:
        lpips_alex, lpips_vgg: LPIPS v0.1, both images area-resized to 256 px.
        psnr_db: at full size, on [0, 1].
        identity_distance: Euclidean distance of dlib's face descriptors; below 0.6 dlib calls it the same person.
    """

    lpips_alex: float
    lpips_vgg: float
    psnr_db: float
    identity_distance: float


@torch.no_grad()
def measure_quality(photograph: Tensor, reconstruction: Tensor, *, store: AssetStore | None = None) -> Quality:
    """Compare two aligned images [1, 3, R, R] in [-1, 1]; the reconstruction is clamped first, as a file of it would be."""
    from latentedit.identity import identity_distance
    from latentedit.perceptual import load_lpips

    drawn = reconstruction.clamp(-1, 1)
    small_a, small_b = area_resize(photograph, WHOLE_PX), area_resize(drawn, WHOLE_PX)
    mean_square = ((photograph - drawn) / 2).square().mean().clamp_min(1e-10)
    device = photograph.device
    return Quality(
        lpips_alex=float(load_lpips("alex", store=store, device=device)(small_a, small_b)),
        lpips_vgg=float(load_lpips("vgg", store=store, device=device)(small_a, small_b)),
        psnr_db=float(-10 * mean_square.log10()),
        identity_distance=float(identity_distance(photograph, drawn, store=store)),
    )
