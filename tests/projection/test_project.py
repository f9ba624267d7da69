"""Projection on the toy generator: by property, without any download."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest
import torch
from generators.tiny import CARD, random_weights, stylegan2_config

from latentedit.errors import InputError, UsageError
from latentedit.generators.architectures import build
from latentedit.generators.delta import apply_delta
from latentedit.generators.toy import ToyGenerator
from latentedit.projection import ProjectionConfig, ProjectionStep, preset_config, project
from latentedit.projection.config import PRESETS, Method
from latentedit.projection.noise_regularisation import noise_correlation
from latentedit.projection.objective import area_resize
from latentedit.projection.saved import fingerprint, load_state, save_state
from latentedit.projection.schedules import ramped
from latentedit.projection.tuning import texture

METHODS: list[Method] = list(get_args(Method))
SHORT = ProjectionConfig(coarse_steps=10, fine_steps=10, tuning_steps=6)


@pytest.fixture(scope="module")
def target(toy: ToyGenerator) -> torch.Tensor:
    z = torch.randn(1, toy.z_dim, generator=torch.Generator().manual_seed(5))
    return toy.synthesis(toy.mapping(z))


def run(toy: ToyGenerator, target: torch.Tensor, **settings: object) -> list[ProjectionStep]:
    return list(project(toy, target, **settings))  # type: ignore[arg-type]


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("space", ["w", "w_plus"])
def test_every_method_comes_nearer(toy: ToyGenerator, target: torch.Tensor, method: Method, space: str) -> None:
    steps = run(toy, target, method=method, space=space, steps=60)
    assert [s.step for s in steps] == list(range(1, 61)) and {s.num_steps for s in steps} == {60}
    start = (toy.synthesis(toy.w_avg.expand(1, toy.num_ws, -1)) - target).square().mean()
    last = steps[-1]
    end = (toy.synthesis(last.w_plus, noise=last.noise) - target).square().mean()
    assert end < 0.8 * start
    if space == "w":
        assert torch.equal(last.w_plus, last.w_plus[:, :1].expand_as(last.w_plus))


def test_same_seed_same_result(toy: ToyGenerator, target: torch.Tensor) -> None:
    for method in METHODS:
        a, b = (run(toy, target, method=method, steps=8, seed=3)[-1] for _ in range(2))
        assert torch.equal(a.w_plus, b.w_plus)


def test_tuning_moves_weights_and_not_the_latent(toy: ToyGenerator, target: torch.Tensor) -> None:
    steps = run(toy, target, config=SHORT)
    phases = [s.phase for s in steps]
    assert phases == ["coarse"] * 10 + ["fine"] * 10 + ["tuning"] * 6
    assert torch.equal(steps[-1].w_plus, steps[19].w_plus)
    delta = steps[-1].weight_delta
    assert delta is not None and any(value.any() for value in delta.values())
    tuned = apply_delta(toy, delta)
    error = [(g.synthesis(steps[-1].w_plus) - target).square().mean() for g in (toy, tuned)]
    assert error[1] < error[0]


def test_the_preview_does_not_steer_styles_that_it_only_guesses(toy: ToyGenerator, target: torch.Tensor) -> None:
    config = ProjectionConfig(coarse_steps=10, fine_steps=0, prior_weight=0.0, spread_weight=0.0)
    w_plus = run(toy, target, config=config)[-1].w_plus
    drawn = toy.spec.preview_num_ws
    assert drawn is not None and 0 < drawn < toy.num_ws
    guessed = w_plus[:, drawn:]
    assert torch.equal(guessed, guessed[:, :1].expand_as(guessed))  # all follow the common part, none has a difference of its own
    assert not torch.equal(guessed[0, 0], toy.w_avg)
    assert (w_plus[:, :drawn] - guessed[:, :1]).abs().sum(dim=2).min() > 0


def test_tuning_goes_no_further_than_its_steps(toy: ToyGenerator, target: torch.Tensor) -> None:
    config = ProjectionConfig(coarse_steps=5, fine_steps=0, tuning_steps=8, tuning_step=0.001)
    delta = run(toy, target, config=config)[-1].weight_delta
    assert delta is not None
    weights = torch.cat([toy.get_parameter(name).flatten() for name in delta])
    moved = torch.cat([difference.float().flatten() for difference in delta.values()])
    assert 0 < moved.norm() <= 8 * 0.001 * weights.norm()


def test_texture_is_what_averaging_loses() -> None:
    image = torch.rand(1, 3, 32, 32, generator=torch.Generator().manual_seed(0))
    assert torch.allclose(area_resize(texture(image, 16), 16), torch.zeros(1, 3, 16, 16), atol=1e-6)
    blocky = torch.nn.functional.interpolate(image, scale_factor=2, mode="nearest")
    assert torch.allclose(texture(blocky, 32), torch.zeros_like(blocky), atol=1e-6)


def test_tuning_keeps_the_generators_texture(toy: ToyGenerator, target: torch.Tensor) -> None:
    changes = []
    for weight in (0.0, 1000.0):
        config = ProjectionConfig(coarse_steps=5, fine_steps=0, tuning_steps=20, texture_weight=weight)
        last = run(toy, target, config=config)[-1]
        assert last.weight_delta is not None
        drawn = (g.synthesis(last.w_plus) for g in (toy, apply_delta(toy, last.weight_delta)))
        before, after = (texture(image, 16) for image in drawn)
        changes.append(float((after - before).square().mean()))
    assert changes[1] < 0.5 * changes[0]


@pytest.mark.parametrize("stop", [1, 9, 10, 15, 20, 23])
def test_a_resumed_projection_ends_where_an_unbroken_one_does(
    toy: ToyGenerator, target: torch.Tensor, stop: int, tmp_path: Path
) -> None:
    whole = run(toy, target, config=SHORT)[-1]
    path = tmp_path / "progress"
    for step in project(toy, target, config=SHORT):
        if step.step == stop:
            save_state(path, step.snapshot(), "mark")
            break
    state = load_state(path, "mark")
    assert state is not None
    rest = run(toy, target, config=SHORT, resume=state)
    assert rest[0].step == stop + 1
    assert torch.equal(rest[-1].w_plus, whole.w_plus)
    assert rest[-1].loss == pytest.approx(whole.loss, rel=1e-5)


@pytest.mark.parametrize("method", ["stylegan2", "image2stylegan"])
def test_published_methods_resume_too(toy: ToyGenerator, target: torch.Tensor, method: Method) -> None:
    steps = project(toy, target, method=method, steps=12, seed=1)
    state = next(s for s in steps if s.step == 5).snapshot()
    rest = run(toy, target, method=method, steps=12, seed=1, resume=state)
    assert torch.equal(rest[-1].w_plus, run(toy, target, method=method, steps=12, seed=1)[-1].w_plus)


def test_saved_progress_of_other_work_is_not_taken(toy: ToyGenerator, target: torch.Tensor, tmp_path: Path) -> None:
    mark = fingerprint(toy.spec, target, SHORT, seed=0)
    assert mark != fingerprint(toy.spec, target, SHORT, seed=1)
    assert mark != fingerprint(toy.spec, target + 0.01, SHORT, seed=0)
    path = tmp_path / "progress"
    assert load_state(path, mark) is None
    path.write_bytes(b"no safetensors")
    assert load_state(path, mark) is None
    with pytest.raises(InputError):
        run(toy, target, config=SHORT, resume={"position": torch.tensor([7, 0]), "pivot": torch.empty(0)})


def test_wrong_arguments(toy: ToyGenerator, target: torch.Tensor) -> None:
    for wrong in ({"preset": "no"}, {"method": "no"}, {"space": "z"}, {"steps": 0}):
        with pytest.raises(UsageError):
            run(toy, target, **wrong)
    with pytest.raises(InputError, match="target"):
        run(toy, target[:, :, :16])


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("steps", [1, 2, 7, 100])
def test_steps_rescale_a_preset(preset: str, steps: int) -> None:
    config = preset_config(preset, steps)
    counts = (config.coarse_steps, config.fine_steps, config.tuning_steps)
    assert sum(counts) == steps and min(counts) >= 0


def test_schedule() -> None:
    assert ramped(0.0, 0.1) == 0.0 and ramped(0.5, 0.1) == pytest.approx(0.1) and ramped(1.0, 0.1) == pytest.approx(0.0)
    assert ramped(0.025, 0.1) == pytest.approx(0.05)


def test_noise_correlation_tells_signal_from_noise() -> None:
    g = torch.Generator().manual_seed(0)
    white = torch.randn(1, 1, 64, 64, generator=g)
    smooth = torch.nn.functional.interpolate(torch.randn(1, 1, 8, 8, generator=g), size=64, mode="bilinear")
    assert noise_correlation(smooth / smooth.std()) > 20 * noise_correlation(white)


def test_a_generator_that_draws_too_little_to_be_compared_is_told() -> None:
    small = build(random_weights(stylegan2_config(channels=(12, 12, 10))), CARD)
    with pytest.raises(UsageError, match="16 pixels"):
        next(project(small, torch.zeros(1, 3, 16, 16)))
