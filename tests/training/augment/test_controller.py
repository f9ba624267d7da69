"""How p changes."""

from __future__ import annotations

import pytest
import torch
from pydantic import ValidationError
from torch import Tensor

from latentedit_training.augment.controller import AdaController, overfitting


def test_overfitting_is_the_mean_sign() -> None:
    assert overfitting(torch.tensor([3.0, -0.1, 0.5, 0.0])) == 0.25
    assert not overfitting(torch.ones(2, requires_grad=True)).requires_grad


def test_p_moves_towards_the_target_at_its_speed() -> None:
    controller = AdaController(target=0.6, speed_kimg=500, cap=1.0)
    assert controller.next_p(0.2, 0.61, 256) == pytest.approx(0.2 + 256 / 500_000)
    assert controller.next_p(0.2, 0.59, 256) == pytest.approx(0.2 - 256 / 500_000)
    assert controller.next_p(0.2, 0.6, 256) == 0.2
    assert controller.next_p(0.0, 1.0, 500_000) == 1.0


def test_p_stays_between_0_and_the_cap() -> None:
    """Without a cap, p of 34 has been met."""
    controller = AdaController(cap=0.7)
    assert controller.next_p(0.0001, 0.0, 1000) == 0
    assert controller.next_p(0.6999, 1.0, 1000) == 0.7
    state = controller.start(0.9)
    for _ in range(40):
        state = controller.after_batch(state, torch.tensor(1.0), 100_000)
        assert float(state["p"]) == pytest.approx(0.7)


def test_p_changes_after_every_few_batches_by_their_mean() -> None:
    controller = AdaController(target=0.5, speed_kimg=1.0, every=3)
    state = controller.start(0.4)
    seen = []
    for sign in (1.0, 1.0, -0.4, 0.0, 0.0, 1.0, 1.0):
        state = controller.after_batch(state, torch.tensor(sign), 10)
        seen.append(round(float(state["p"]), 6))
    assert seen == [0.4, 0.4, 0.43, 0.43, 0.43, 0.4, 0.4]


def test_what_is_remembered_is_all_there_is() -> None:
    """Taken up from any batch on, nothing changes."""
    controller = AdaController(speed_kimg=1.0)
    signs = torch.rand(20, generator=torch.Generator().manual_seed(0)) * 0.5 + 0.4
    states: list[dict[str, Tensor]] = [controller.start(0.3)]
    for sign in signs:
        states.append(controller.after_batch(states[-1], sign, 16))
    assert float(states[-1]["p"]) not in (0.0, 0.3, 0.8)
    for begun in range(20):
        state = {name: value.clone() for name, value in states[begun].items()}
        for sign in signs[begun:]:
            state = controller.after_batch(state, sign, 16)
        assert all(torch.equal(state[name], states[-1][name]) for name in states[-1])


def test_remembering_does_not_change_what_was_remembered() -> None:
    controller = AdaController(every=2)
    state = controller.start()
    before = {name: value.clone() for name, value in state.items()}
    controller.after_batch(controller.after_batch(state, torch.tensor(1.0), 8), torch.tensor(1.0), 8)
    assert all(torch.equal(state[name], before[name]) for name in before)


@pytest.mark.parametrize("wrong", [{"target": 2.0}, {"speed_kimg": 0.0}, {"every": 0}, {"cap": 1.5}])
def test_settings_are_checked(wrong: dict[str, float]) -> None:
    with pytest.raises(ValidationError):
        AdaController(**wrong)  # type: ignore[arg-type]
