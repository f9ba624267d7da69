"""Drags as a whole: on a blob, whose way is known, on the toy generator, and on drawn faces."""

from __future__ import annotations

import math
from collections import deque
from dataclasses import replace
from typing import Any

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from safetensors.torch import load, save

from latentedit.assets import AssetStore
from latentedit.dragging import PUBLISHED, DragConfig, DragStep, drag
from latentedit.dragging.drag import feature_resolution, moved_layers
from latentedit.errors import InputError, UsageError
from latentedit.generators import load_generator
from latentedit.generators.toy import ToyGenerator

from .blob import RESOLUTION, BlobGenerator

PIXEL = 1 / RESOLUTION
CONFIG = DragConfig(
    feature_px=32,
    learning_rate=0.3 * PIXEL,
    motion_radius=2 * PIXEL,
    motion_step=PIXEL,
    search_radius=2 * PIXEL,
    search_spacing=0.5 * PIXEL,
    match_radius=2 * PIXEL,
    tolerance=0.1 * PIXEL,
    max_steps=100,
)
TOY = replace(CONFIG, learning_rate=0.02, layers="published")
PLACES = st.floats(0.3, 0.7)


@pytest.fixture(scope="module")
def blobs() -> BlobGenerator:
    return BlobGenerator()


def last(steps: Any) -> DragStep:
    return deque(steps, maxlen=1).pop()


def toy_latent(toy: ToyGenerator, seed: int = 0) -> torch.Tensor:
    return toy.mapping(torch.randn(1, toy.z_dim, generator=torch.Generator().manual_seed(seed)))


@settings(max_examples=20)
@given(PLACES, PLACES, PLACES, PLACES)
def test_a_planted_blob_ends_at_its_target(x: float, y: float, x2: float, y2: float) -> None:
    blobs = BlobGenerator()
    start = blobs.latent(x, y)
    steps = list(drag(blobs, start, [(x, y)], [(x2, y2)], config=CONFIG))
    if abs(x - x2) + abs(y - y2) < 0.05 * PIXEL:
        assert not steps
        return
    assert steps or math.hypot(x - x2, y - y2) <= CONFIG.tolerance
    if steps:
        end = steps[-1]
        assert end.arrived
        # Where the blob is, not where the tracker thinks it is.
        assert float((end.w_plus[0, 0, :2] - torch.tensor([x2, y2])).norm()) < 0.3 * PIXEL
        assert torch.allclose(end.w_plus, start + end.offset)


def test_the_published_way_arrives_too(blobs: BlobGenerator) -> None:
    config = replace(CONFIG, reference="current", match_radius=0.0, motion_radius=PIXEL)
    end = last(drag(blobs, blobs.latent(0.4, 0.5), [(0.4, 0.5)], [(0.6, 0.5)], config=config))
    assert end.arrived
    assert float((end.w_plus[0, 0, :2] - torch.tensor([0.6, 0.5])).norm()) < 0.5 * PIXEL
    assert PUBLISHED.reference == "current" and PUBLISHED.match_radius == 0.0


@pytest.mark.parametrize("seed", [0, 3])
def test_the_toys_drawing_is_dragged(toy: ToyGenerator, seed: int) -> None:
    steps = list(drag(toy, toy_latent(toy, seed), [(0.5, 0.5)], [(0.5 + 2 * PIXEL, 0.5)], config=TOY))
    assert steps[-1].arrived and steps[-1].distances_px[0] <= 0.1
    assert [step.step for step in steps] == list(range(1, len(steps) + 1))
    assert not any(step.arrived for step in steps[:-1])
    moved = moved_layers(toy, TOY)
    still = [layer for layer in range(toy.num_ws) if layer not in moved]
    assert still and not steps[-1].offset[still].any() and steps[-1].offset[list(moved)].any()


@pytest.mark.parametrize("px", [8, 16, 32])
def test_all_styles_move_that_the_features_depend_on(toy: ToyGenerator, px: int) -> None:
    seen = moved_layers(toy, replace(TOY, feature_px=px, layers="seen"))
    w_plus = toy_latent(toy).requires_grad_(True)
    toy.features(w_plus, px).square().sum().backward()
    assert w_plus.grad is not None
    followed = w_plus.grad[0].abs().sum(dim=1).nonzero()[:, 0].tolist()
    assert followed and set(followed) <= set(seen)
    assert max(toy.spec.layer_resolutions[layer] for layer in seen) == px


def test_the_generator_and_the_latent_are_left_alone(toy: ToyGenerator) -> None:
    w_plus = toy_latent(toy)
    before = w_plus.clone()
    list(drag(toy, w_plus, [(0.5, 0.5)], [(0.6, 0.5)], config=replace(TOY, max_steps=3)))
    assert torch.equal(w_plus, before) and not w_plus.requires_grad
    assert all(parameter.grad is None and not parameter.requires_grad for parameter in toy.parameters())


def test_a_stopped_drag_goes_on_exactly(toy: ToyGenerator) -> None:
    arguments: dict[str, Any] = {
        "handles": [(0.5, 0.5), (0.3, 0.3)],
        "targets": [(0.56, 0.5), (0.3, 0.3)],
        "keep": torch.eye(32),
        "config": replace(TOY, max_steps=9, tolerance=0.0),
    }
    whole = list(drag(toy, toy_latent(toy), **arguments))
    steps = drag(toy, toy_latent(toy), **arguments)
    for _ in range(4):
        step = next(steps)
    state = load(save(step.snapshot()))
    rest = list(drag(toy, toy_latent(toy), **arguments, resume=state))
    assert [step.step for step in rest] == [5, 6, 7, 8, 9]
    for mine, theirs in zip(rest, whole[4:], strict=True):
        assert torch.equal(mine.w_plus, theirs.w_plus) and torch.equal(mine.points, theirs.points)
        assert mine.loss == theirs.loss


def test_what_is_kept_changes_less(toy: ToyGenerator) -> None:
    w_plus = toy_latent(toy, 3)
    keep = torch.zeros(32, 32)
    keep[:, 24:] = 1.0
    start = toy.features(w_plus, 32)
    changes = []
    for mask in (None, keep):
        end = last(drag(toy, w_plus, [(0.4, 0.5)], [(0.4, 0.5 + 1.5 * PIXEL)], keep=mask, config=replace(TOY, max_steps=40)))
        changes.append(float(((toy.features(end.w_plus, 32) - start) * keep).abs().mean()))
    assert changes[1] < 0.5 * changes[0]


def test_points_that_are_there_already_need_no_steps(blobs: BlobGenerator) -> None:
    assert not list(drag(blobs, blobs.latent(0.5, 0.5), [(0.5, 0.5)], [(0.5, 0.5)], config=CONFIG))


def test_a_drag_gives_up_after_its_steps(blobs: BlobGenerator) -> None:
    end = last(drag(blobs, blobs.latent(0.3, 0.5), [(0.3, 0.5)], [(0.7, 0.5)], config=replace(CONFIG, max_steps=2)))
    assert end.step == end.max_steps == 2 and not end.arrived
    assert 0 < end.distances_px[0] < 0.4 * RESOLUTION


@pytest.mark.parametrize(
    ("handles", "targets", "changed"),
    [
        ([], [], {}),
        ([(0.5, 0.5)], [], {}),
        ([(0.5, 0.5)], [(0.5, 0.5), (0.6, 0.5)], {}),
        ([(1.5, 0.5)], [(0.5, 0.5)], {}),
        ([(0.5, 0.5)], [(0.5, -0.1)], {}),
        ([(0.5, float("nan"))], [(0.5, 0.5)], {}),
        ([(0.5, 0.5)], [(0.6, 0.5)], {"layers": (99,)}),
        ([(0.5, 0.5)], [(0.6, 0.5)], {"layers": ()}),
    ],
)
def test_wrong_requests_are_told(
    handles: list[tuple[float, float]], targets: list[tuple[float, float]], changed: dict[str, Any], toy: ToyGenerator
) -> None:
    with pytest.raises(UsageError):
        next(drag(toy, toy_latent(toy), handles, targets, config=replace(TOY, **changed)))


def test_a_generator_without_features_is_told() -> None:
    blind = ToyGenerator()
    blind.spec = replace(blind.spec, feature_resolutions=())
    with pytest.raises(UsageError, match="features"):
        next(drag(blind, toy_latent(blind), [(0.5, 0.5)], [(0.6, 0.5)]))
    assert [feature_resolution(ToyGenerator(), px) for px in (1, 5, 16, 64)] == [4, 4, 16, 32]


def test_a_state_of_another_drag_is_told(toy: ToyGenerator) -> None:
    state = next(drag(toy, toy_latent(toy), [(0.5, 0.5)], [(0.6, 0.5)], config=TOY)).snapshot()
    for wrong in ({}, {**state, "moved": torch.zeros(1, 1, 1)}, {**state, "points": torch.zeros(3, 2)}):
        with pytest.raises(InputError):
            next(drag(toy, toy_latent(toy), [(0.5, 0.5)], [(0.6, 0.5)], config=TOY, resume=wrong))


@pytest.mark.slow
@pytest.mark.assets
@pytest.mark.parametrize(("seed", "corner", "way"), [(1, 48, (0.0, -1.0)), (2, 54, (1.0, 0.0))])
def test_a_mouths_corner_is_dragged_on_a_drawn_face(
    fetched: AssetStore, seed: int, corner: int, way: tuple[float, float]
) -> None:
    """The judge is dlib, which sees the pictures alone."""
    from latentedit.detection_views import Scales
    from latentedit.engine import random_face
    from latentedit.faces import load_detector
    from latentedit.images import to_uint8

    generator = load_generator("mobilestylegan-ffhq", store=fetched)
    detector = load_detector(fetched)
    w_plus = random_face(generator, seed, truncation_psi=0.7)
    with torch.no_grad():
        scales = Scales(to_uint8(generator.synthesis(w_plus)))
        where = detector.detect(scales)[0]
        before = torch.tensor(detector.landmarks(scales, where) + 0.5)
        unit = torch.tensor(way).double()
        ends = torch.stack([before[corner], before[corner] + 20 * unit]).float() / generator.img_resolution
    end = last(drag(generator, w_plus, ends[:1], ends[1:]))
    assert end.arrived and end.distances_px[0] <= 3
    with torch.no_grad():
        after = torch.tensor(detector.landmarks(Scales(to_uint8(generator.synthesis(end.w_plus))), where) + 0.5)
    moved = after[corner] - before[corner]
    assert 12 < float(moved @ unit) < 28
    assert float((moved - 20 * unit).norm()) < 10
