"""Amounts that are told to be too much."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from latentedit.directions import Direction
from latentedit.directions.amounts import out_of_range
from latentedit.own_direction import OwnDirection

ENDS = st.floats(-1e6, 1e6)


@given(ENDS, ENDS, ENDS)
def test_what_lies_outside_the_range_is_told_and_nothing_else(a: float, b: float, amount: float) -> None:
    direction = Direction("smile", torch.ones(4), default_range=(min(a, b), max(a, b)))
    told = out_of_range(direction, amount)
    assert (told is None) == (min(a, b) <= amount <= max(a, b))
    assert told is None or ("\n" not in told and told.startswith("smile="))


@pytest.mark.parametrize("amount", [-2.5, 4.25])
def test_an_own_directions_range_counts_as_well(amount: float) -> None:
    own = OwnDirection("grin", np.ones(4, np.float32), default_range=(-2.0, 4.0))
    told = out_of_range(own, amount)
    assert told is not None and f"{amount:g}" in told and "-2 to 4" in told
    assert out_of_range(own, -2.0) is None and out_of_range(own, 4.0) is None
