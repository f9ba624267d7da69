"""Figures on features: against torchmetrics, closed forms, and brute force."""

from __future__ import annotations

import math

import pytest
import torch
from torch import Tensor, nn
from torchmetrics.image.fid import FrechetInceptionDistance
from torchmetrics.image.inception import InceptionScore
from torchmetrics.image.kid import KernelInceptionDistance

from latentedit_training.metrics.frechet import Moments, RunningMoments, frechet_distance, moments
from latentedit_training.metrics.inception_score import inception_score
from latentedit_training.metrics.kernel import kernel_distance, squared_discrepancy
from latentedit_training.metrics.neighbours import neighbourhood, radii
from latentedit_training.metrics.prd import cluster, curve_of_histograms, precision_recall_curve

pytestmark = [
    pytest.mark.filterwarnings("ignore:Metric .* will save all extracted features"),
    pytest.mark.filterwarnings(r"ignore:std\(\)"),
]
NUM_FEATURES = 12


class Flat(nn.Module):
    """Images whose pixels are the features, so that torchmetrics sees the same numbers as we."""

    num_features = NUM_FEATURES

    def forward(self, image: Tensor) -> Tensor:
        return image.flatten(1).double()


def sets(n: int = 400, m: int = 300) -> tuple[Tensor, Tensor]:
    random = torch.Generator().manual_seed(3)
    mix = torch.randn(NUM_FEATURES, NUM_FEATURES, generator=random, dtype=torch.float64)
    real = torch.randn(n, NUM_FEATURES, generator=random, dtype=torch.float64) @ mix
    fake = 1.3 * torch.randn(m, NUM_FEATURES, generator=random, dtype=torch.float64) + 0.5
    return real, fake


def as_images(features: Tensor) -> Tensor:
    return features.view(-1, 3, 2, 2)


def test_fid_is_torchmetrics() -> None:
    real, fake = sets()
    judge = FrechetInceptionDistance(feature=Flat(), normalize=True, input_img_size=(3, 2, 2), antialias=False)
    judge.set_dtype(torch.float64)
    judge.inception = Flat()
    judge.update(as_images(real), real=True)
    judge.update(as_images(fake), real=False)
    expected = float(judge.compute())
    assert frechet_distance(moments(real), moments(fake)) == pytest.approx(expected, rel=1e-3)


def test_fid_of_a_set_with_itself_is_0() -> None:
    real, _ = sets()
    assert abs(frechet_distance(moments(real), moments(real))) < 1e-9
    low_rank = torch.cat([real[:, :6], real[:, :6]], 1)[:5]
    assert abs(frechet_distance(moments(low_rank), moments(low_rank))) < 1e-6 * float(moments(low_rank).covariance.trace())


def test_fid_of_known_normal_distributions() -> None:
    """Diagonal covariances: the squares of the differences of means and of deviations."""
    a, b = torch.tensor([1.0, 2.0, 3.0]).double(), torch.tensor([2.0, 0.5, 3.0]).double()
    one = Moments(torch.zeros(3).double(), torch.diag(a**2), 9)
    other = Moments(torch.tensor([0.0, 1.0, -2.0]).double(), torch.diag(b**2), 9)
    assert frechet_distance(one, other) == pytest.approx(5 + float(((a - b) ** 2).sum()))


def test_moments_come_in_any_batches_and_far_from_0() -> None:
    real, _ = sets()
    far = real + 1e6
    running = RunningMoments(NUM_FEATURES)
    for part in far.split(37):
        running.add(part)
    found = running.moments()
    torch.testing.assert_close(found.mean, far.mean(0))
    torch.testing.assert_close(found.covariance, torch.cov(far.T), rtol=1e-6, atol=1e-6)
    assert found.count == 400
    with pytest.raises(ValueError):
        RunningMoments(3).moments()


def test_kid_is_torchmetrics() -> None:
    real, fake = sets(200, 200)
    judge = KernelInceptionDistance(feature=Flat(), subsets=1, subset_size=200, normalize=True)
    judge.update(as_images(real), real=True)
    judge.update(as_images(fake), real=False)
    expected, _ = judge.compute()
    assert kernel_distance(real, fake, seed=0, subsets=1, subset_size=200).mean == pytest.approx(float(expected), rel=1e-3)


def test_kid_has_no_bias() -> None:
    """Of two small sets of the same distribution it is 0 on the average, and may be negative."""
    random = torch.Generator().manual_seed(0)
    values = [float(squared_discrepancy(*torch.randn(2, 20, 4, generator=random, dtype=torch.float64))) for _ in range(400)]
    mean, deviation = sum(values) / 400, torch.tensor(values).std().item()
    assert abs(mean) < 3 * deviation / 20 and min(values) < 0


def test_kid_of_all_has_no_deviation() -> None:
    """A hundred times the same subset says nothing of how far another would differ."""
    real, fake = sets(40, 40)
    found = kernel_distance(real, fake, seed=0, subset_size=1000)
    assert found.deviation is None and found.mean == pytest.approx(float(squared_discrepancy(real.double(), fake.double())))
    assert kernel_distance(real, fake, seed=0, subset_size=39).deviation


def test_kid_repeats_itself_and_takes_small_sets() -> None:
    real, fake = sets(30, 50)
    assert kernel_distance(real, fake, seed=1, subsets=5) == kernel_distance(real, fake, seed=1, subsets=5)
    assert kernel_distance(real, fake, seed=1, subsets=5, subset_size=20) != kernel_distance(
        real, fake, seed=2, subsets=5, subset_size=20
    )


def test_inception_score_is_torchmetrics() -> None:
    logits = sets()[0] * 0.3
    judge = InceptionScore(feature=Flat(), splits=1)
    judge.update(as_images(logits))
    expected, _ = judge.compute()
    assert inception_score(logits, splits=1).mean == pytest.approx(float(expected), rel=1e-3)


def test_inception_score_knows_its_bounds() -> None:
    sure = 50 * torch.eye(10).repeat(20, 1)
    assert inception_score(sure, splits=1).mean == pytest.approx(10)
    assert inception_score(torch.zeros(100, 10), splits=10).mean == pytest.approx(1)
    assert inception_score(50 * torch.eye(10)[:1].repeat(100, 1), splits=5).mean == pytest.approx(1), "one kind only"
    with pytest.raises(ValueError):
        inception_score(torch.zeros(3, 10), splits=10)


def by_brute_force(real: Tensor, fake: Tensor, k: int) -> tuple[float, float, float, float]:
    def radius(points: Tensor, index: int) -> float:
        return sorted(float((points[index] - other).norm()) for other in points)[k]

    real_radii = [radius(real, i) for i in range(len(real))]
    fake_radii = [radius(fake, i) for i in range(len(fake))]
    inside = [[float((f - r).norm()) <= real_radii[i] for i, r in enumerate(real)] for f in fake]
    precision = sum(any(row) for row in inside) / len(fake)
    recall = sum(any(float((r - f).norm()) <= fake_radii[j] for j, f in enumerate(fake)) for r in real) / len(real)
    density = sum(sum(row) for row in inside) / (k * len(fake))
    coverage = sum(any(row[i] for row in inside) for i in range(len(real))) / len(real)
    return precision, recall, density, coverage


def test_neighbours_agree_with_brute_force(monkeypatch: pytest.MonkeyPatch) -> None:
    real, fake = (x[:, :2].float() for x in sets(40, 30))
    found = neighbourhood(real, fake, k=3)
    assert (found.precision, found.recall, found.density, found.coverage) == pytest.approx(by_brute_force(real, fake, 3))
    monkeypatch.setattr("latentedit_training.metrics.neighbours._ENTRIES", 7 * 40)
    assert neighbourhood(real, fake, k=3) == found, "blocks save memory and change nothing"


def test_neighbours_on_the_surface_of_a_sphere_are_in_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a set with itself every sphere holds its middle and k more, also where features are many and far from 0, and in blocks."""
    features = 300 + torch.randn(90, 64, generator=torch.Generator().manual_seed(0))
    monkeypatch.setattr("latentedit_training.metrics.neighbours._ENTRIES", 1000)
    assert neighbourhood(features, features.clone(), k=3).density == pytest.approx(4 / 3)


def test_neighbours_of_twins_are_the_others() -> None:
    """An image that is there twice has its twin for a neighbour, at distance 0."""
    points = torch.tensor([[0.0], [0.0], [1.0], [3.0]])
    assert radii(points.double(), 1).tolist() == pytest.approx([0, 0, 1, 2])


def test_neighbours_at_the_extremes() -> None:
    real = sets()[0]
    same = neighbourhood(real, real, k=3)
    assert same.precision == same.recall == same.coverage == 1
    apart = neighbourhood(real, real + 1e4, k=3)
    assert apart.precision == apart.recall == apart.density == apart.coverage == 0
    dropped = neighbourhood(torch.cat([real, real + 1e4]), real, k=3)
    assert dropped.precision == 1 and dropped.recall == pytest.approx(0.5), "half of the kinds are missing"
    with pytest.raises(ValueError):
        neighbourhood(real[:3], real, k=3)


def test_prd_of_the_same_and_of_nothing_in_common() -> None:
    p = torch.tensor([0.5, 0.5, 0.0, 0.0])
    same = curve_of_histograms(p, p)
    assert same.f_score(1) == pytest.approx(1, abs=1e-2) and float(same.precision.max()) == float(same.recall.max()) == 1
    assert curve_of_histograms(p, p.flip(0)).f_score(8) == 0


def test_prd_tells_dropped_from_invented() -> None:
    real = torch.tensor([0.25, 0.25, 0.25, 0.25])
    dropped = curve_of_histograms(real, torch.tensor([0.5, 0.5, 0.0, 0.0]))
    assert float(dropped.precision.max()) == 1 and float(dropped.recall.max()) == pytest.approx(0.5)
    invented = curve_of_histograms(torch.tensor([0.5, 0.5, 0.0, 0.0]), real)
    assert float(invented.recall.max()) == 1 and float(invented.precision.max()) == pytest.approx(0.5)
    assert dropped.f_score(1 / 8) > dropped.f_score(8) and invented.f_score(8) > invented.f_score(1 / 8)


def test_prd_of_features_finds_the_kinds() -> None:
    random = torch.Generator().manual_seed(0)
    centres = 50 * torch.randn(4, 5, generator=random)
    kinds = torch.arange(400) % 4
    points = centres[kinds] + torch.randn(400, 5, generator=random)
    curve = precision_recall_curve(points, points[kinds < 2], seed=0, clusters=4, runs=3)
    assert float(curve.precision.max()) == pytest.approx(1, abs=0.02)
    assert float(curve.recall.max()) == pytest.approx(0.5, abs=0.02)


def test_clusters_are_found_and_repeat_themselves() -> None:
    random = torch.Generator().manual_seed(0)
    kinds = torch.arange(90) % 3
    points = (100 * torch.eye(3))[kinds] + torch.randn(90, 3, generator=random)
    found = cluster(points, 3, torch.Generator().manual_seed(1))
    assert len({(int(a), int(b)) for a, b in zip(kinds, found, strict=True)}) == 3
    assert torch.equal(found, cluster(points, 3, torch.Generator().manual_seed(1)))
    few = cluster(torch.zeros(10, 2), 4, torch.Generator().manual_seed(0))
    assert few.tolist() == [0] * 10, "fewer points than clusters"
    assert math.isfinite(float(few.float().mean()))
