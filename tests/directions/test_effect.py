"""What a direction does to faces, told by drawing them."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from torch import Tensor

from latentedit.directions import Direction
from latentedit.directions.effect import Judges
from latentedit.generators.toy import ToyGenerator


class Brightness:
    """Mean of the red and of the blue channel."""

    names = ("red", "blue")

    def score(self, rgb_uint8: NDArray[np.uint8]) -> Mapping[str, float]:
        red, _, blue = rgb_uint8.reshape(-1, 3).mean(axis=0)
        return {"red": float(red), "blue": float(blue)}


class Blind:
    """Sees no face in dark pictures."""

    names = ("bright",)

    def score(self, rgb_uint8: NDArray[np.uint8]) -> Mapping[str, float]:
        return {"bright": 1.0} if rgb_uint8.mean() > 255 else {}


class PixelDistance:
    """In place of dlib's descriptor, which sees no faces in what the toy draws."""

    def distance(self, image_a: Tensor, image_b: Tensor) -> float:
        return float((image_a - image_b).norm())


@pytest.fixture
def judges() -> Judges:
    return Judges((Brightness(),), PixelDistance())


@pytest.fixture(scope="module")
def redder() -> Direction:
    """The way in W along which the toy's random faces get redder, by regression."""
    toy, scorer = ToyGenerator(), Brightness()
    w_plus = toy.mapping(torch.randn(400, toy.z_dim, generator=torch.Generator().manual_seed(4)))
    from latentedit.images import to_uint8

    red = torch.tensor([scorer.score(to_uint8(toy.preview(one[None])))["red"] for one in w_plus])
    w = w_plus[:, 0] - w_plus[:, 0].mean(dim=0)
    slope = torch.linalg.lstsq(w, (red - red.mean())[:, None]).solution[:, 0]
    return Direction("red", slope / slope.norm())


def test_a_direction_raises_its_own_score_and_tells_the_others(judges: Judges, redder: Direction) -> None:
    toy = ToyGenerator()
    sitters = judges.random_sitters(toy, 16, seed=1)
    effect = judges.effect(redder, "red", sitters, -1.0, 1.0)
    assert effect.right > 0.9 and effect.changes["red"] > 0 and set(effect.changes) == {"red", "blue"}
    back = judges.effect(redder, "red", sitters, 1.0, -1.0)
    assert back.changes["red"] == pytest.approx(-effect.changes["red"]) and back.right < 0.1
    further = judges.effect(redder, "red", sitters, -2.0, 2.0)
    assert further.changes["red"] > effect.changes["red"] and further.identity > effect.identity > 0


def test_no_move_changes_nothing(judges: Judges, redder: Direction) -> None:
    effect = judges.effect(redder, "red", judges.random_sitters(ToyGenerator(), 3, seed=2), 0.0, 0.0)
    assert effect.changes == {"red": 0.0, "blue": 0.0} and effect.identity == 0.0 and effect.right == 0.0


def test_the_likeness_is_looked_at_when_it_is_asked_for(judges: Judges, redder: Direction) -> None:
    sitters = judges.random_sitters(ToyGenerator(), 2, seed=3)
    assert math.isnan(judges.effect(redder, "red", sitters, -1.0, 1.0, identity=False).identity)


def test_what_nobody_can_score_is_refused(redder: Direction) -> None:
    blind = Judges((Blind(),), PixelDistance())
    with pytest.raises(ValueError, match="bright"):
        blind.effect(redder, "bright", blind.random_sitters(ToyGenerator(), 2, seed=1), -1.0, 1.0)


def test_the_same_seed_is_the_same_faces(judges: Judges) -> None:
    first, again, other = (judges.random_sitters(ToyGenerator(), 2, seed=seed) for seed in (5, 5, 6))
    assert all(torch.equal(a.w_plus, b.w_plus) for a, b in zip(first, again, strict=True))
    assert not torch.equal(first[0].w_plus, other[0].w_plus)
