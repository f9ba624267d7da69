"""Pictures of any size made to fit the shape of a training set."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from latentedit.image_io.colour import LUMA
from latentedit_training.networks.base import ImageShape

Fit = Literal["crop", "letterbox"]
"""``crop``: the largest part in the middle that has the shape's proportions; ``letterbox``: all of the picture, between black bars."""


def fitted(picture: NDArray[np.uint8], shape: ImageShape, fit: Fit) -> NDArray[np.uint8]:
    """A picture [H, W, C] with 1 or 3 channels as [shape.channels, shape.height, shape.width], a copy.

    It is resized by Lanczos's filter, widened to the size of the steps where the picture shrinks: without that, fine texture turns into
    patterns that a network learns (Parmar, Zhang and Zhu 2022, "On aliased resizing").
    """
    sized = letterboxed(picture, shape) if fit == "letterbox" else cropped(picture, shape)
    return np.array(with_channels(sized, shape.channels).transpose(2, 0, 1), order="C")


def cropped(picture: NDArray[np.uint8], shape: ImageShape) -> NDArray[np.uint8]:
    """The middle of a picture [H, W, C] at the shape's size, [height, width, C]."""
    height, width = picture.shape[:2]
    scale = min(width / shape.width, height / shape.height)  # stored pixels for one of the result's
    cut_width, cut_height = scale * shape.width, scale * shape.height
    left, top = (width - cut_width) / 2, (height - cut_height) / 2
    return resized(picture, (shape.width, shape.height), (left, top, left + cut_width, top + cut_height))


def letterboxed(picture: NDArray[np.uint8], shape: ImageShape) -> NDArray[np.uint8]:
    """All of a picture [H, W, C] in the middle of the shape's size, [height, width, C]; the rest is black."""
    height, width = picture.shape[:2]
    scale = min(shape.width / width, shape.height / height)
    inner = (max(1, round(width * scale)), max(1, round(height * scale)))
    sheet = np.zeros((shape.height, shape.width, picture.shape[2]), dtype=np.uint8)
    left, top = (shape.width - inner[0]) // 2, (shape.height - inner[1]) // 2
    sheet[top : top + inner[1], left : left + inner[0]] = resized(picture, inner, (0, 0, width, height))
    return sheet


def resized(picture: NDArray[np.uint8], size: tuple[int, int], box: tuple[float, float, float, float]) -> NDArray[np.uint8]:
    """A box (left, top, right, bottom) of a picture [H, W, C] at a size (width, height)."""
    height, width = picture.shape[:2]
    if size == (width, height) and box == (0, 0, width, height):
        return picture
    grey = picture.shape[2] == 1
    image = Image.fromarray(picture[:, :, 0] if grey else picture)
    result = np.asarray(image.resize(size, Image.Resampling.LANCZOS, box=box))
    return result[:, :, None] if grey else result


def with_channels(picture: NDArray[np.uint8], channels: int) -> NDArray[np.uint8]:
    """A picture [H, W, 1 or 3] with 1 channel (its lightness) or 3."""
    if picture.shape[2] == channels:
        return picture
    if channels == 3:
        return np.repeat(picture, 3, axis=2)
    lightness = np.rint(picture @ LUMA)[:, :, None]
    return lightness.astype(np.uint8)
