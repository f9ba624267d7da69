from __future__ import annotations

import numpy as np
import pytest
import torch

from latentedit_training.data.arrays import ArrayImages
from latentedit_training.data.base import Labels
from latentedit_training.data.fitting import fitted
from latentedit_training.networks.base import ImageShape

from .pictures import noise


def test_what_fits_is_left_alone() -> None:
    picture = noise(0, 7, 5)
    assert np.array_equal(fitted(picture, ImageShape(3, 7, 5), "crop"), picture.transpose(2, 0, 1))


def test_the_middle_is_cropped() -> None:
    picture = np.zeros((10, 30, 3), np.uint8)
    picture[:, 10:20] = (10, 200, 30)
    assert (fitted(picture, ImageShape(3, 10, 10), "crop") == np.array([10, 200, 30])[:, None, None]).all()
    tall = picture.transpose(1, 0, 2)
    assert (fitted(np.ascontiguousarray(tall), ImageShape(3, 10, 10), "crop")[1] == 200).all()


def test_a_letterbox_shows_all() -> None:
    picture = np.full((10, 30, 3), 200, np.uint8)
    result = fitted(picture, ImageShape(3, 30, 30), "letterbox")
    assert (result[:, 10:20] == 200).all() and (result[:, :10] == 0).all() and (result[:, 20:] == 0).all()


def test_shrinking_does_not_alias() -> None:
    # Lines finer than the new pixels become their mean; a sampler without a filter shows stripes or one of both.
    picture = np.zeros((256, 256, 3), np.uint8)
    picture[:, ::2] = 255
    result = fitted(picture, ImageShape(3, 16, 16), "crop").astype(int)
    assert np.abs(result - 127.5).max() < 3


def test_channels() -> None:
    grey = noise(1, 6, 6, 1)
    assert (fitted(grey, ImageShape(3, 6, 6), "crop") == grey[:, :, 0]).all()
    assert np.array_equal(fitted(np.repeat(grey, 3, 2), ImageShape(1, 6, 6), "crop")[0], grey[:, :, 0])
    green = np.zeros((4, 4, 3), np.uint8)
    green[:, :, 1] = 255
    assert (fitted(green, ImageShape(1, 4, 4), "crop") == 150).all()  # 0.587 of 255


def test_arrays_are_read_in_any_order_and_shape() -> None:
    images = torch.from_numpy(np.stack([noise(k, 8, 8, 1).transpose(2, 0, 1) for k in range(4)]))
    labels = Labels("class", ("a",), torch.zeros(4, dtype=torch.int64))
    known = ArrayImages(images, labels)
    assert len(known) == 4 and known.shape == ImageShape(1, 8, 8)
    assert torch.equal(known.read([3, 1, 3]), images[[3, 1, 3]])
    assert known.read([]).shape == (0, 1, 8, 8)
    larger = ArrayImages(images, labels, ImageShape(3, 16, 16))
    assert larger.read([0, 2]).shape == (2, 3, 16, 16)


def test_arrays_that_are_no_images() -> None:
    with pytest.raises(ValueError, match="expected uint8"):
        ArrayImages(torch.zeros(2, 3, 4, 4))
    with pytest.raises(ValueError, match="2 images have 1 labels"):
        ArrayImages(torch.zeros(2, 3, 4, 4, dtype=torch.uint8), Labels("class", ("a",), torch.zeros(1, dtype=torch.int64)))
