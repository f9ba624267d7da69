"""Between stored samples and sRGB, through the photograph's colour profile where it has one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, cast

import imagecodecs
import numpy as np
from numpy.typing import NDArray

Model = Literal["bilevel", "grey", "rgb", "cmyk", "palette"]
"""What one stored pixel is: one bit, one grey, three colours, four inks, or an index into a palette of colours."""

Samples = NDArray[np.uint8] | NDArray[np.uint16]

_SIGNATURES: dict[bytes, str] = {b"RGB ": "rgb", b"GRAY": "grey", b"CMYK": "cmyk"}
_CMS_SPACES: dict[str, str] = {"rgb": "rgb", "grey": "gray", "cmyk": "cmyk"}
_CHANNELS: dict[str, int] = {"rgb": 3, "grey": 1, "cmyk": 4}
# Rec. 601 on the coded values, as image programs turn colour into grey. On r = g = b any weights give the same.
LUMA = np.array([0.299, 0.587, 0.114], dtype=np.float32)


@dataclass(frozen=True)
class ColourSpace:
    """How stored colour samples are to be understood.

    Attributes:
        model: ``grey``, ``rgb`` or ``cmyk``.
        peak: the largest sample: 255 or 65535.
        profile: ICC profile to go through; None means sRGB, or for inks the plain complement.
        invertible: whether the profile can also turn sRGB into samples.
    """

    model: Literal["grey", "rgb", "cmyk"]
    peak: int
    profile: bytes | None = None
    invertible: bool = True

    def to_srgb(self, samples: Samples) -> NDArray[np.uint8]:
        """Turn stored colour samples [h, w, C] into sRGB [h, w, 3] uint8."""
        if self.profile is not None:
            converted = _cms(samples, self.profile, _srgb_profile(), self.model, "rgb", samples.dtype)
            return to_eight_bits(converted)
        if self.model == "cmyk":
            paper = 255 - to_eight_bits(samples).astype(np.uint16)
            return ((paper[..., :3] * paper[..., 3:] + 127) // 255).astype(np.uint8)
        return np.broadcast_to(to_eight_bits(samples), (*samples.shape[:2], 3))

    def from_srgb(self, colour: NDArray[np.float32], near: Samples) -> NDArray[np.float32]:
        """Turn sRGB [h, w, 3] in [0, 1] into stored units [h, w, C] in [0, peak], unrounded.

        Args:
            near: the stored samples there; inks without a profile keep their black where the colour allows it.
        """
        peak = np.float32(self.peak)
        if self.profile is not None and self.invertible:
            flat = np.ascontiguousarray(colour, dtype=np.float32)
            # Little CMS counts floating-point inks in percent and everything else from 0 to 1.
            scale = peak / np.float32(100 if self.model == "cmyk" else 1)
            converted = _cms(flat, _srgb_profile(), self.profile, "rgb", self.model, np.dtype(np.float32))
            clipped: NDArray[np.float32] = np.clip(converted * scale, 0, peak, dtype=np.float32)
            return clipped
        if self.model == "rgb":
            return colour * peak
        if self.model == "grey":
            return (colour @ LUMA)[..., None] * peak
        brightest = colour.max(axis=2, keepdims=True)
        black = np.minimum(near[..., 3:].astype(np.float32) / peak, 1 - brightest)
        inks = 1 - colour / np.maximum(1 - black, np.float32(1e-6))
        return np.concatenate([np.clip(inks, 0, 1), black], axis=2) * peak

    def nearest_stored(self, colours: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """Turn sRGB colours [n, 3] into 8-bit samples [n, C]."""
        unrounded = self.from_srgb(colours[None].astype(np.float32) / np.float32(255), colours[None])
        rounded: NDArray[np.uint8] = np.rint(unrounded[0]).astype(np.uint8)
        return rounded


def colour_space(model: Literal["grey", "rgb", "cmyk"], peak: int, profile: bytes | None) -> ColourSpace:
    """Build the colour space of a photograph; a profile that is broken, of another model, or sRGB itself is not gone through."""
    plain = ColourSpace(model, peak)
    if profile is None or _SIGNATURES.get(profile[16:20]) != model:
        return plain
    steps = np.linspace(0, 255, 9).round().astype(np.uint8)
    grid = np.stack(np.meshgrid(*[steps] * _CHANNELS[model], indexing="ij"), axis=-1).reshape(1, -1, _CHANNELS[model])
    try:
        there = _cms(grid, profile, _srgb_profile(), model, "rgb", grid.dtype)
    except (imagecodecs.CmsError, ValueError):
        return plain
    if model != "cmyk" and np.abs(there.astype(np.int16) - grid).max() <= 1:
        return plain
    try:
        _cms(np.zeros((1, 1, 3), np.float32), _srgb_profile(), profile, "rgb", model, np.dtype(np.float32))
    except (imagecodecs.CmsError, ValueError):
        return ColourSpace(model, peak, profile, invertible=False)
    return ColourSpace(model, peak, profile)


def matches(profile: bytes, model: str) -> bool:
    """Whether a profile is one for this colour model."""
    return _SIGNATURES.get(profile[16:20]) == ("grey" if model == "bilevel" else model)


@cache
def _srgb_profile() -> bytes:
    return bytes(imagecodecs.cms_profile("srgb"))


def _cms(
    samples: NDArray[Any], profile: bytes, out_profile: bytes, model: str, out_model: str, out_dtype: np.dtype[Any]
) -> NDArray[Any]:
    """Transform [h, w, C] by Little CMS with perceptual intent (what image viewers use)."""
    source = np.ascontiguousarray(samples[..., 0] if model == "grey" else samples)
    result = imagecodecs.cms_transform(
        source,
        profile,
        out_profile,
        colorspace=_CMS_SPACES[model],
        outcolorspace=_CMS_SPACES[out_model],
        outdtype=out_dtype,
        intent=0,
    )
    return np.asarray(result).reshape(*samples.shape[:2], _CHANNELS[out_model])


def to_eight_bits(samples: Samples) -> NDArray[np.uint8]:
    """Round samples to 8 bits; those that have 8 stay as they are."""
    if samples.dtype == np.uint8:
        return cast(NDArray[np.uint8], samples)
    # 65535 / 255 = 257, so adding half of it rounds to nearest.
    return ((samples.astype(np.uint32) + 128) // 257).astype(np.uint8)
