"""Layers: laid over what is below, they give the edited photograph."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from latentedit.edits import Compositing, DirectionEdit, EditMask, FaceEdits, MixEdit, VariationEdit
from latentedit.layers import laid_over, layer_name, near


@given(st.integers(0, 10_000), st.sampled_from([np.uint8, np.uint16]), st.floats(0, 1))
def test_laid_over_gives_the_colours_after(seed: int, dtype: type[np.uint8 | np.uint16], share: float) -> None:
    rng = np.random.default_rng(seed)
    peak = np.iinfo(dtype).max
    before = rng.integers(0, peak + 1, (9, 11, 3)).astype(dtype)
    change = rng.normal(0, peak * share / 3, before.shape) * rng.integers(0, 2, (9, 11, 1))
    after = np.rint(before + change).clip(0, peak).astype(dtype)
    opacity = (rng.random((9, 11)) * rng.integers(0, 2, (9, 11))).astype(np.float32)
    layer = laid_over(before, after, opacity)
    assert layer.dtype == dtype and layer.shape == (9, 11, 4)
    alpha = layer[..., 3:] / peak
    seen = before + alpha * (layer[..., :3].astype(float) - before)
    assert np.abs(seen - after).max() <= 0.5 + 1e-3 * peak / 255
    same = (before == after).all(axis=2)
    assert not layer[same & (opacity == 0)].any()
    # As opaque as asked for, and more only where no colour could do it otherwise.
    difference = after.astype(float) - before
    room = np.maximum(np.where(difference > 0, peak - before.astype(float), before), 1)
    least = np.maximum(opacity, (np.abs(difference) / room).max(axis=2))
    assert (alpha[..., 0] >= least - 1e-5).all() and (alpha[..., 0] <= least + 1.001 / peak).all()


@given(st.integers(0, 1000), st.integers(1, 300), st.integers(1, 300))
def test_near_holds_every_change(seed: int, height: int, width: int) -> None:
    rng = np.random.default_rng(seed)
    changed: NDArray[np.bool_] = rng.random((height, width)) < rng.choice([0, 1e-3, 0.1])
    soft = near(changed)
    assert soft.shape == changed.shape and soft.min() >= 0 and soft.max() <= 1
    assert (soft[changed] > 0).all()
    if not changed.any():
        assert not soft.any()


def test_far_from_every_change_there_is_nothing() -> None:
    changed = np.zeros((1000, 800), bool)
    changed[500, 400] = True
    soft = near(changed)
    assert soft[500, 400] > 0.8
    assert not soft[:460].any() and not soft[540:].any() and not soft[:, :360].any() and not soft[:, 440:].any()


@pytest.mark.parametrize(
    ("edits", "name"),
    [
        (FaceEdits((DirectionEdit("smile", 2.0), DirectionEdit("age", -3.0))), "face 1: smile +2, age -3"),
        (FaceEdits((DirectionEdit("smile", 2.0, enabled=False), DirectionEdit("age", 0.5))), "face 1: age +0.5"),
        (FaceEdits((MixEdit("seed:7", 0.5), VariationEdit(3, middle=0.2))), "face 1: mix seed:7 0.5, variation 3 0/0.2/0"),
        (
            FaceEdits((MixEdit("seed:7", 1.0, (0, 1, 2)), MixEdit("seed:7", 1.0, (4,)))),
            "face 1: mix seed:7 1 layers 0-2, mix seed:7 1 layers 4",
        ),
        (FaceEdits((DirectionEdit("smile", 1.0, mask=EditMask("mouth")),)), "face 1: smile +1 on mouth"),
        (FaceEdits((DirectionEdit("smile", 1.0, mask=EditMask("brush:" + "0" * 64, 0.1, True)),)), "face 1: smile +1 off brush"),
        (FaceEdits(truncation_psi=0.7, noise_mode="none"), "face 1: truncation 0.7, noise none"),
        (FaceEdits(compositing=Compositing("replace")), "face 1: replace"),
    ],
)
def test_layers_are_named_for_their_edits(edits: FaceEdits, name: str) -> None:
    assert layer_name(1, edits) == name
