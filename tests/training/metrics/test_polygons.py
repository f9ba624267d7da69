"""Polygons: drawn, found again, and generators measured by them."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor

from latentedit.errors import UsageError
from latentedit_training.metrics import polygons
from latentedit_training.metrics.polygon_scores import PolygonScores, score_polygons

CPU = torch.device("cpu")


@pytest.mark.parametrize("corners", [3, 4, 6])
def test_polygons_are_convex_and_cover_their_area(corners: int) -> None:
    found = polygons.random_polygons(50, seed=0, corners=corners)
    assert found.shape == (50, corners, 2) and bool(polygons.is_convex(found).all())
    area = polygons.drawn(found).sum((1, 2, 3))
    expected = polygons.signed_area(found).abs()
    assert float((area - expected).abs().max()) < 4, "soft corners are cut a little"
    with pytest.raises(ValueError):
        polygons.random_polygons(1, seed=0, corners=corners + 20)


def test_a_rectangle_is_drawn_in_either_direction() -> None:
    square = torch.tensor([[[4.0, 5.0], [10.0, 5.0], [10.0, 9.0], [4.0, 9.0]]])
    assert float(polygons.drawn(square).sum()) == 24
    assert torch.equal(polygons.drawn(square), polygons.drawn(square.flip(1)))
    dented = torch.tensor([[[4.0, 5.0], [10.0, 5.0], [5.0, 6.0], [4.0, 9.0]]])
    assert polygons.is_convex(torch.cat([square, dented])).tolist() == [True, False]


def test_polygons_can_be_differentiated_by_their_corners() -> None:
    corners = torch.tensor([[[4.3, 5.2], [20.1, 8.4], [9.7, 22.6]]], dtype=torch.float64, requires_grad=True)
    assert torch.autograd.gradcheck(lambda c: polygons.drawn(c).view(-1)[::13], (corners,))


def test_triangles_lie_on_their_manifold() -> None:
    images = polygons.polygon_images(8, seed=3).float() / 255
    assert float(polygons.distance_to_polygons(images, seed=0, restarts=2, steps=60).max()) < 0.1


def test_most_quadrilaterals_are_found() -> None:
    """One of eight has a corner so blunt that the search takes it for none."""
    images = polygons.polygon_images(8, seed=3, corners=4).float() / 255
    found = polygons.distance_to_polygons(images, seed=0, corners=4, restarts=2, steps=60)
    assert int((found <= polygons.DELTA / 2).sum()) >= 7


def test_other_pictures_do_not() -> None:
    images = polygons.polygon_images(6, seed=3).float() / 255
    two = (images + images.roll(1, 0).flip(-1)).clamp(0, 1)
    noise = torch.rand(6, 1, 28, 28, generator=torch.Generator().manual_seed(0))
    found = polygons.distance_to_polygons(torch.cat([two, noise]), seed=0, restarts=2, steps=40)
    assert float(found[:6].median()) > polygons.DELTA and float(found[6:].min()) > 3


def test_descents_side_by_side_are_those_of_each_image_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    images = polygons.polygon_images(5, seed=1).float() / 255
    starts = polygons.random_polygons(10, seed=2).view(2, 5, 3, 2)
    together = polygons.nearest_by_descent(polygons.drawn, starts, images, steps=10, lr=0.3)
    monkeypatch.setattr(polygons, "_IMAGES_AT_ONCE", 2)
    torch.testing.assert_close(polygons.nearest_by_descent(polygons.drawn, starts, images, steps=10, lr=0.3), together)
    each = [
        polygons.nearest_by_descent(polygons.drawn, starts[i : i + 1, j : j + 1], images[j : j + 1], steps=10, lr=0.3)
        for i in range(2)
        for j in range(5)
    ]
    torch.testing.assert_close(torch.cat(each).view(2, 5).amin(0), together)


def triangles_of(z: Tensor) -> Tensor:
    """A perfect generator: z is squeezed to corners within the margins."""
    return 2 * polygons.drawn((2 + 24 * torch.special.ndtr(z)).view(-1, 3, 2)) - 1


def scored(draw: object, *, z_dim: int = 6, count: int = 8, steps: int = 100, seed: int = 0) -> PolygonScores:
    *before, last = score_polygons(draw, z_dim=z_dim, device=CPU, seed=seed, count=count, restarts=4, steps=steps, lr=0.1)  # type: ignore[arg-type]
    assert last.done == last.total == 2 * count and all(step.scores is None for step in before) and last.scores is not None
    return last.scores


def test_a_generator_of_triangles_has_precision_and_recall() -> None:
    found = scored(triangles_of)
    assert found.precision == 1 and found.recall >= 6 / 8 and (found.count, found.delta) == (8, 0.75)
    assert found.f1 == pytest.approx(2 * found.precision * found.recall / (found.precision + found.recall))


def test_a_generator_of_one_triangle_has_precision_alone() -> None:
    one = 2 * polygons.drawn(torch.tensor([[[4.0, 5.0], [22.0, 8.0], [9.0, 20.0]]])) - 1
    found = scored(lambda z: one + 0 * z.sum(1).view(-1, 1, 1, 1), steps=2)
    assert (found.precision, found.recall, found.f1) == (1, 0, 0)


def test_a_generator_of_noise_has_neither() -> None:
    mix = torch.randn(6, 784, generator=torch.Generator().manual_seed(0))
    found = scored(lambda z: torch.tanh(z @ mix).view(-1, 1, 28, 28), count=4, steps=20)
    assert (found.precision, found.recall, found.f1) == (0, 0, 0)


def test_another_kind_of_picture_is_told() -> None:
    with pytest.raises(UsageError, match="28"):
        next(score_polygons(lambda z: torch.zeros(len(z), 3, 32, 32), z_dim=2, device=CPU, seed=0, count=3))


def test_scores_and_sets_repeat_themselves() -> None:
    assert scored(triangles_of, count=2, steps=5, seed=4) == scored(triangles_of, count=2, steps=5, seed=4)
    assert torch.equal(polygons.polygon_images(5, seed=1), polygons.polygon_images(5, seed=1))
    assert not torch.equal(polygons.polygon_images(5, seed=1), polygons.polygon_images(5, seed=2))
    assert polygons.precision_recall_f1(torch.ones(3), torch.ones(3)) == (0, 0, 0)
