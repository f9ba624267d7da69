"""Symlets against the published taps, and against what defines them."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from latentedit_training.augment.bands import BAND_EDGES, band_filters
from latentedit_training.augment.wavelets import symlet

SYM6 = [
    *(-0.007800708325034148, 0.0017677118642428036, 0.04472490177066578, -0.021060292512300564),
    *(-0.07263752278646252, 0.3379294217276218, 0.787641141030194, 0.4910559419267466),
    *(-0.048311742585633, -0.11799011114819057, 0.0034907120842174702, 0.015404109327027373),
]
"""Daubechies, 1992, table 6.3, in the digits of wavelet libraries."""


def test_symlet_6_is_the_published_one() -> None:
    np.testing.assert_allclose(symlet(6), SYM6, atol=1e-9)


def test_symlet_2_is_daubechies_2_in_closed_form() -> None:
    root = 3**0.5
    closed = np.array([1 - root, 3 - root, 3 + root, 1 + root]) / (4 * 2**0.5)
    np.testing.assert_allclose(symlet(2), closed, atol=1e-12)


@pytest.mark.parametrize("order", range(2, 9))
def test_symlets_are_orthogonal_and_flat_at_the_highest_frequency(order: int) -> None:
    taps = np.array(symlet(order))
    assert len(taps) == 2 * order
    for shift in range(order):
        product = taps[2 * shift :] @ taps[: len(taps) - 2 * shift]
        assert product == pytest.approx(float(shift == 0), abs=1e-8)
    signs = (-1.0) ** np.arange(2 * order)
    moments = [abs((signs * (np.arange(2 * order) / order) ** power) @ taps) for power in range(order)]
    assert max(moments) < 1e-6


def test_bands_sum_to_the_image_and_each_has_its_frequencies() -> None:
    filters = band_filters()
    middle = np.zeros(filters.shape[1])
    middle[len(middle) // 2] = 1
    np.testing.assert_allclose(filters.sum(axis=0), middle, atol=1e-12)
    np.testing.assert_allclose(filters, filters[:, ::-1], atol=1e-12)
    response = np.abs(np.fft.rfft(filters, 512, axis=1))
    edges = np.array([0.0, *BAND_EDGES]) * 256
    for band, (first, last) in enumerate(itertools.pairwise(edges)):
        centre = round((first + last) / 2) if band else 0
        assert response[:, centre].argmax() == band
        assert response[band, centre] > 0.7
        at_edge = response[band, round(last)] if band < 3 else 0.5
        assert 0.35 < at_edge < 0.65, "neighbours share their edge"
