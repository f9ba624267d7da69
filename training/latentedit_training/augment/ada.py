"""ADA's pipeline: what a discriminator sees of an image, real or generated (Karras et al., 2020, arXiv:2006.06676, section 3.1 and appendix B)."""

from __future__ import annotations

from dataclasses import fields

import torch
from torch import Tensor

from latentedit.errors import UsageError
from latentedit_training.augment import matrices
from latentedit_training.augment.ada_draws import AdaDraws
from latentedit_training.augment.bands import amplify_bands
from latentedit_training.augment.blit import blit
from latentedit_training.augment.colour import transform_colours
from latentedit_training.augment.corruption import add_noise, cut_out
from latentedit_training.augment.selection import change_some
from latentedit_training.augment.warp import warp


def apply_ada(image: Tensor, draws: AdaDraws) -> Tensor:
    """The images, each transformed as drawn: ``[N, C, H, W]``, twice differentiable in them. Images to which nothing happens stay as they are, bit for bit.

    Args:
        image: ``[N, C, H, W]`` in [-1, 1], on any device; of less than 32 bits it becomes float32.
        draws: for N images.

    Raises:
        UsageError: the draws are for another number of images; or colours are drawn for images with neither 1 channel nor 3.
    """
    if len(draws) != len(image):
        raise UsageError(
            f"{len(image)} images have draws for {len(draws)}.", hint="Draw for as many images as there are, or take a shard."
        )
    if image.dtype.itemsize < 4:
        image = image.float()
    # What half precision rounds away is not the generator's doing, and a discriminator would see it.
    with torch.autocast(image.device.type, enabled=False):
        image = change_some(
            image, _differs(draws, "flipped", "quarter_turns", "integer_shift"), lambda some, at: _blit(some, draws, at)
        )
        turned = _differs(draws, "scale", "first_turn", "stretch", "last_turn", "fractional_shift")
        image = change_some(image, turned, lambda some, at: _warp(some, draws, at))
        coloured = _differs(draws, "brightness", "contrast", "luma_flipped", "hue", "saturation")
        image = change_some(image, coloured, lambda some, at: transform_colours(some, colour_matrix(draws)[at]))
        image = change_some(image, _differs(draws, "bands"), lambda some, at: amplify_bands(some, draws.bands[at]))
        image = change_some(image, draws.noise > 0, lambda some, at: add_noise(some, draws.noise[at], draws.noise_seed[at]))
        return change_some(image, draws.cutout > 0, lambda some, at: cut_out(some, draws.cutout[at], draws.cutout_centre[at]))


def unchanged(draws: AdaDraws) -> Tensor:
    """Which images nothing happens to: ``[N]`` bool."""
    names = [field.name for field in fields(draws) if field.name not in ("noise_seed", "cutout_centre")]
    return ~_differs(draws, *names)


def geometric_matrix(draws: AdaDraws, height: int, width: int) -> Tensor:
    """``[N, 3, 3]`` float64, in pixels from the middle: scaled, turned, stretched, turned, moved."""
    scale, stretch, shift = draws.scale.double(), draws.stretch.double(), draws.fractional_shift.double()
    return (
        matrices.translation(shift[:, 0] * width, shift[:, 1] * height)
        @ matrices.rotation(draws.last_turn.double())
        @ matrices.scaling(stretch, 1 / stretch)
        @ matrices.rotation(draws.first_turn.double())
        @ matrices.scaling(scale, scale)
    )


def colour_matrix(draws: AdaDraws) -> Tensor:
    """``[N, 4, 4]`` float64: brightness, contrast, luma, hue, saturation, in this order."""
    return (
        matrices.saturating(draws.saturation.double())
        @ matrices.hue_rotation(draws.hue.double())
        @ matrices.luma_flip(draws.luma_flipped.double())
        @ matrices.contrasting(draws.contrast.double())
        @ matrices.brightening(draws.brightness.double())
    )


_NEUTRAL = {"scale": 1, "stretch": 1, "contrast": 1, "saturation": 1, "bands": 1}
"""What changes nothing, where it is not 0."""


def _differs(draws: AdaDraws, *names: str) -> Tensor:
    """For which images any of these is anything but what changes nothing: ``[N]`` bool."""
    return torch.stack([(getattr(draws, name) != _NEUTRAL.get(name, 0)).view(len(draws), -1).any(dim=1) for name in names]).any(
        dim=0
    )


def _blit(image: Tensor, draws: AdaDraws, at: Tensor) -> Tensor:
    return blit(image, draws.flipped[at], draws.quarter_turns[at], draws.integer_shift[at])


def _warp(image: Tensor, draws: AdaDraws, at: Tensor) -> Tensor:
    return warp(image, geometric_matrix(draws, image.shape[2], image.shape[3])[at])
