"""How large the features are from which a network draws, or at which it ends."""

from __future__ import annotations

from latentedit.errors import UsageError
from latentedit_training.networks.base import ImageShape


def halved(image: ImageShape, times: int) -> tuple[int, int]:
    """Height and width of an image that is halved so often.

    Raises:
        UsageError: they are no whole numbers, or 0.
    """
    factor = 2**times
    if image.height % factor or image.width % factor:
        raise UsageError(
            f"this network halves images {times} times, and {image.height} x {image.width} px cannot be",
            hint=f"choose a height and a width that {factor} divides, or a network with fewer stages",
        )
    return image.height // factor, image.width // factor


def halvings_above(image: ImageShape, smallest: int) -> int:
    """How often an image can be halved while both sides stay whole and at least ``smallest`` px."""
    height, width, times = image.height, image.width, 0
    while height % 2 == 0 and width % 2 == 0 and min(height, width) // 2 >= smallest:
        height, width, times = height // 2, width // 2, times + 1
    return times
