"""sRGB to CIELAB, where distances are about as large as they look."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Lab = npt.NDArray[np.float32]
"""[..., 3]: lightness L* from 0 to 100, a* from green to red, b* from blue to yellow."""
SRGB_TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
"""IEC 61966-2-1, for linear sRGB and the white D65."""
WHITE_D65 = SRGB_TO_XYZ.sum(axis=1)
DELTA = 6 / 29


def to_lab(rgb_uint8: npt.NDArray[np.uint8]) -> Lab:
    """Pixels [..., 3] in CIELAB (CIE 15), for the white that sRGB has."""
    relative_to_white = (SRGB_TO_XYZ / WHITE_D65[:, None]).astype(np.float32)
    xyz = _LINEAR[rgb_uint8] @ relative_to_white.T
    f = np.where(xyz > DELTA**3, np.cbrt(xyz), xyz / (3 * DELTA**2) + 4 / 29)
    x, y, z = np.moveaxis(f, -1, 0)
    return np.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], axis=-1, dtype=np.float32)


def chroma(colour: npt.NDArray[np.floating]) -> float:
    """How far a colour [3] is from grey: C*ab."""
    return float(np.hypot(colour[1], colour[2]))


def _linear() -> npt.NDArray[np.float32]:
    """Linear light of the 256 sRGB values, from 0 to 1."""
    encoded = np.arange(256) / 255
    return np.where(encoded <= 0.04045, encoded / 12.92, ((encoded + 0.055) / 1.055) ** 2.4).astype(np.float32)


_LINEAR = _linear()
