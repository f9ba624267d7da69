"""Symlets: the orthogonal low-pass filters that are most nearly symmetric (Daubechies, 1992, Ten Lectures on Wavelets, sections 6.1 and 8.1).

A filter of order N has 2N taps and N zeros at the highest frequency. Its power is fixed by that; which filter has this power is a choice of one root out of
each pair (z, 1/z), or of four roots where they are complex. The symlet is the choice whose phase is straightest.

Being orthogonal, it doubles an image and halves it again without any loss: ADA resamples with it, so that transformations by whole pixels stay exact.
"""

from __future__ import annotations

from functools import cache
from itertools import product
from math import comb

import numpy as np
from numpy.typing import NDArray


@cache
def symlet(order: int) -> tuple[float, ...]:
    """The 2 * ``order`` taps of a symlet, which sum to the root of 2, with squares that sum to 1; order 2 to 8.

    Their mirror image is a symlet as well; of the two, the one whose energy comes later.
    """
    candidates = [_filter(order, roots) for roots in _choices(order)]
    best = min(candidates, key=_crookedness)
    places = np.arange(2 * order)
    late = float((best**2 * places).sum()) > order - 0.5
    return tuple(float(tap) for tap in (best if late else best[::-1]))


def _choices(order: int) -> list[NDArray[np.complex128]]:
    """All ways to take half of the roots of the power, such that the filter is real: one of each set of roots and their inverses."""
    # The power is cos(w/2)^2N P(y), y = sin(w/2)^2, P(y) = sum of C(N-1+k, k) y^k (equation 6.1.12).
    in_y = np.roots([comb(order - 1 + k, k) for k in reversed(range(order))])
    groups = []
    for y in in_y:
        if y.imag < -1e-9:
            continue  # comes with its conjugate
        # y = (2 - z - 1/z) / 4
        inside = min(np.roots([1, 4 * y - 2, 1]), key=abs)
        members = [inside] if abs(y.imag) <= 1e-9 else [inside, inside.conjugate()]
        groups.append(np.array(members, dtype=np.complex128))
    return [
        np.concatenate([1 / group if outside else group for group, outside in zip(groups, sides, strict=True)])
        for sides in product((False, True), repeat=len(groups))
    ]


def _filter(order: int, roots: NDArray[np.complex128]) -> NDArray[np.float64]:
    taps = np.poly(np.concatenate([roots, -np.ones(order)])).real
    return np.asarray(taps * (2**0.5 / taps.sum()), dtype=np.float64)


def _crookedness(taps: NDArray[np.float64]) -> float:
    """How far the phase is from a straight line, up to half the highest frequency, where the filter lets most through."""
    frequencies = np.linspace(0, np.pi / 2, 129)[1:]
    response = np.exp(-1j * np.outer(frequencies, np.arange(len(taps)))) @ taps
    phase = np.unwrap(np.angle(response))
    slope = (phase * frequencies).sum() / (frequencies**2).sum()
    return float(np.abs(phase - slope * frequencies).max())
