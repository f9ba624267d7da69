"""Changing some images of a batch, and leaving the others bit for bit as they are."""

from __future__ import annotations

from collections.abc import Callable

from torch import Tensor


def change_some(image: Tensor, changed: Tensor, change: Callable[[Tensor, Tensor], Tensor]) -> Tensor:
    """The batch with some of its images changed; the image itself where none is.

    Which these are is known on the CPU, so that a GPU is never waited for, and what stays as it is costs nothing.

    Args:
        image: ``[N, C, H, W]`` on any device.
        changed: ``[N]`` bool, on the CPU.
        change: what is done to the chosen images ``[M, C, H, W]``, given them and their places in the batch: ``[M]`` int64 on the CPU.
    """
    places = changed.nonzero().flatten()
    if len(places) == 0:
        return image
    if len(places) == len(image):
        return change(image, places)
    there = places.to(image.device)
    return image.index_copy(0, there, change(image.index_select(0, there), places))


def per_image(values: Tensor, image: Tensor) -> Tensor:
    """Numbers ``[N]`` as ``[N, 1, 1, 1]``, of the images' type and on their device."""
    return values.to(image)[:, None, None, None]
