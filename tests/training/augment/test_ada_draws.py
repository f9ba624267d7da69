"""What is drawn, and how often."""

from __future__ import annotations

import dataclasses
from dataclasses import fields
from math import log, pi, sqrt

import pytest
import torch
from pydantic import ValidationError
from torch import Tensor

from latentedit.errors import UsageError
from latentedit_training.augment.ada import unchanged
from latentedit_training.augment.ada_draws import ADA_PRESETS, BAND_POWER, AdaConfig, AdaDraws, draw_ada

MANY = 20000
ALL = ADA_PRESETS["bgcfnc"]


def drawn(config: AdaConfig = ALL, p: Tensor | float = 1.0, n: int = MANY, seed: int = 0) -> AdaDraws:
    return draw_ada(config, p, n, torch.Generator().manual_seed(seed))


def share(happened: Tensor) -> float:
    return float(happened.double().mean())


def near(probability: float, n: int = MANY) -> object:
    """Within 4.5 standard deviations of a share of ``n``."""
    return pytest.approx(probability, abs=4.5 * sqrt(probability * (1 - probability) / n) + 1e-12)


@pytest.mark.parametrize("p", [0.0, 0.1, 0.5, 0.8, 1.0])
def test_each_transformation_happens_with_p(p: float) -> None:
    draws = drawn(p=p)
    for name in ("scale", "stretch", "contrast", "saturation"):
        assert share(getattr(draws, name) != 1) == near(p), name
    for name in ("brightness", "hue", "noise", "cutout"):
        assert share(getattr(draws, name) != 0) == near(p), name
    for name in ("integer_shift", "fractional_shift"):
        assert share((getattr(draws, name) != 0).any(dim=1)) == near(p), name
    for name in ("flipped", "luma_flipped"):
        assert share(getattr(draws, name)) == near(p / 2), name  # half of the time nothing is chosen
    assert share(draws.quarter_turns != 0) == near(p * 3 / 4)
    turned = (draws.first_turn != 0) | (draws.last_turn != 0)
    assert share(turned) == near(p)
    assert share((draws.bands != 1).any(dim=1)) == near(1 - (1 - p) ** 4)


@pytest.mark.parametrize("p", [0.0, 0.2, 0.6])
@pytest.mark.parametrize(("preset", "kinds"), [("blit", (0.5, 0.25, 0)), ("color", (0, 0, 0.5, 0, 0)), ("bgc", None)])
def test_the_share_of_images_to_which_nothing_happens(p: float, preset: str, kinds: tuple[float, ...] | None) -> None:
    """Each of the transformations passes an image by with 1 - p, and some choose to do nothing: what leaks is bounded by this."""
    kinds = kinds or (0.5, 0.25, 0, 0, 0, 0, 0, 0, 0, 0.5, 0, 0)
    expected = 1.0
    for nothing in kinds:
        expected *= 1 - p * (1 - nothing)
    assert share(unchanged(drawn(ADA_PRESETS[preset], p))) == near(expected)


@pytest.mark.parametrize("p", [0.3, 0.8])
def test_upright_images_are_the_most_frequent(p: float) -> None:
    """Below p = 1 a generator can find out what is upright: no orientation but the true one is that frequent (section 2.2)."""
    draws = drawn(ADA_PRESETS["blit"], p)
    shares = torch.bincount(draws.quarter_turns, minlength=4).double() / MANY
    assert float(shares[0]) == near(1 - p * 3 / 4)
    for turns in (1, 2, 3):
        assert float(shares[turns]) == near(p / 4)
    assert share(~draws.flipped) == near(1 - p / 2)


def test_transformations_are_independent() -> None:
    draws = drawn(p=0.4)
    happened = {
        "flipped": draws.flipped,
        "shifted": (draws.integer_shift != 0).any(dim=1),
        "scaled": draws.scale != 1,
        "turned": draws.first_turn != 0,
        "turned again": draws.last_turn != 0,
        "hue": draws.hue != 0,
        "noise": draws.noise != 0,
    }
    table = torch.stack(list(happened.values())).double()
    correlation = torch.corrcoef(table) - torch.eye(len(table), dtype=torch.float64)
    assert correlation.abs().max() < 4.5 / sqrt(MANY)


def test_strengths_are_the_papers() -> None:
    draws = drawn()
    close = pytest.approx
    for name, deviation in (("scale", 0.2), ("stretch", 0.2), ("contrast", 0.5), ("saturation", 1.0)):
        logarithm = getattr(draws, name).log() / log(2)
        assert float(logarithm.std()) == close(deviation, rel=0.03), name
        assert float(logarithm.mean()) == close(0, abs=0.04 * deviation), name
    assert float(draws.brightness.std()) == close(0.2, rel=0.03)
    assert float(draws.fractional_shift.std()) == close(0.125, rel=0.03)
    assert float(draws.noise.square().mean().sqrt()) == close(0.1, rel=0.03)
    assert float(draws.noise.min()) >= 0
    for name, limit in (("integer_shift", 0.125), ("first_turn", pi), ("last_turn", pi), ("hue", pi)):
        value = getattr(draws, name)
        assert 0.99 * limit < float(value.abs().max()) <= limit, name
        assert float(value.std()) == close(limit / sqrt(3), rel=0.03), name
    assert draws.cutout.unique().tolist() == [0.5]
    assert float(draws.cutout_centre.min()) >= 0 and float(draws.cutout_centre.max()) <= 1


def test_bands_keep_the_power_of_natural_images() -> None:
    config = dataclasses.replace(AdaConfig(), bands=1.0)
    power = (torch.tensor(BAND_POWER) * drawn(config).bands.square()).sum(dim=1)
    assert float(power.min()) > 0
    one_band = drawn(config, p=0.02)
    alone = ((one_band.bands != 1).any(dim=1)) & (one_band.bands.sort(dim=1).values.diff(dim=1).abs() < 1e-6).sum(dim=1).eq(2)
    assert int(alone.sum()) > 500
    torch.testing.assert_close(
        (torch.tensor(BAND_POWER) * one_band.bands[alone].square()).sum(dim=1), torch.ones(int(alone.sum())), rtol=1e-5, atol=1e-5
    )
    assert torch.equal(one_band.bands[unchanged(one_band)], torch.ones(int(unchanged(one_band).sum()), 4))


def test_a_larger_p_only_adds() -> None:
    small, large = drawn(p=0.3, n=500), drawn(p=0.7, n=500)
    for name, neutral in (("scale", 1), ("hue", 0), ("noise", 0)):
        happened = getattr(small, name) != neutral
        assert torch.equal(getattr(small, name)[happened], getattr(large, name)[happened])
        assert share(getattr(large, name) != neutral) > share(happened)


def test_presets_do_what_their_letters_say() -> None:
    groups = {
        "b": {"flipped", "quarter_turns", "integer_shift"},
        "g": {"scale", "first_turn", "stretch", "last_turn", "fractional_shift"},
        "c": {"brightness", "contrast", "luma_flipped", "hue", "saturation"},
        "f": {"bands"},
        "nc": {"noise", "cutout"},
    }
    letters = {"blit": "b", "color": "c", "bg": "bg", "bgc": "bgc", "bgcf": "bgcf", "bgcfnc": "bgcfnc"}
    assert letters.keys() == ADA_PRESETS.keys()
    ones = {"scale", "stretch", "contrast", "saturation", "bands"}
    for preset, told in letters.items():
        expected = set().union(*(names for letter, names in groups.items() if letter in told))
        draws = drawn(ADA_PRESETS[preset], n=200)
        used = {
            field.name
            for field in fields(draws)
            if field.name not in ("noise_seed", "cutout_centre")
            and bool((getattr(draws, field.name) != (field.name in ones)).any())
        }
        assert used == expected, preset


def test_shards_are_parts() -> None:
    whole = drawn(p=0.5, n=10)
    part = whole.shard(slice(3, 7))
    assert len(part) == 4
    for field in fields(whole):
        assert torch.equal(getattr(part, field.name), getattr(whole, field.name)[3:7]), field.name


def test_seeds_repeat_and_p_may_be_a_tensor() -> None:
    one, again, other = drawn(p=0.5, n=50), drawn(p=torch.tensor(0.5), n=50), drawn(p=0.5, n=50, seed=1)
    assert all(torch.equal(getattr(one, field.name), getattr(again, field.name)) for field in fields(one))
    assert not torch.equal(one.scale, other.scale)


@pytest.mark.parametrize("p", [-0.1, 1.1, 34.0, float("nan")])
def test_p_is_a_probability(p: float) -> None:
    with pytest.raises(UsageError) as caught:
        drawn(p=p, n=1)
    assert caught.value.hint


def test_configurations_are_checked_and_frozen() -> None:
    with pytest.raises(ValidationError):
        AdaConfig(x_flip=1.5)
    with pytest.raises(ValidationError):
        AdaConfig(noise_deviation=-1.0)
    with pytest.raises(dataclasses.FrozenInstanceError):
        ALL.hue = 0.0  # type: ignore[misc]
