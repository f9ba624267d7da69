"""Augmentations in training."""

from __future__ import annotations

import itertools

import pytest
import torch
from torch import Tensor
from toy_runs import toy_config, toy_images

from latentedit.errors import UsageError
from latentedit_training.augment.choice import AdaAugment, Augment, DiffAugment
from latentedit_training.augment.controller import AdaController
from latentedit_training.config_text import config_from_json, config_to_json
from latentedit_training.draws import Draws
from latentedit_training.training import Training

from .gradients import image

CPU = torch.device("cpu")
BUILT = [DiffAugment().build(), AdaAugment(p=0.7, preset="bgcfnc", adaptive=None).build(), AdaAugment(p=0.7).build()]


def part(start: int = 0, stop: int = 6) -> Draws:
    return Draws(seed=1, step=0, start=start, stop=stop, batch_size=6, device=CPU)


@pytest.mark.parametrize("augment", BUILT)
def test_processes_augment_parts_of_one_batch(augment: Augment) -> None:
    x = image(6, 3, 8, 8)
    whole = augment.apply(x, part(), "real", augment.memory())
    assert not torch.equal(whole, x)
    for start, stop in ((0, 2), (2, 6)):
        alone = augment.apply(x[start:stop], part(start, stop), "real", augment.memory())
        torch.testing.assert_close(alone, whole[start:stop], rtol=0, atol=1e-11)


@pytest.mark.parametrize("augment", BUILT)
def test_each_purpose_and_each_batch_is_augmented_differently(augment: Augment) -> None:
    x = image(6, 3, 8, 8)
    real, fake = (augment.apply(x, part(), purpose, augment.memory()) for purpose in ("real", "fake"))
    assert not torch.equal(real, fake)
    two = augment.apply(torch.cat([x, x]), part(), "real", augment.memory())
    assert torch.equal(two[:6], real)
    assert not torch.equal(two[6:], real)
    halves = [
        augment.apply(torch.cat([x[places]] * 2), part(places.start, places.stop), "real", augment.memory())
        for places in (slice(0, 3), slice(3, 6))
    ]
    torch.testing.assert_close(torch.cat([half[3:] for half in halves]), two[6:], rtol=0, atol=1e-11)


def test_parts_of_batches_are_refused() -> None:
    with pytest.raises(UsageError, match="7 images"):
        BUILT[0].apply(image(7, 3, 4, 4), part(), "real", {})


def test_p_of_0_is_no_augmentation_and_memory_raises_it() -> None:
    augment = AdaAugment(adaptive=AdaController(speed_kimg=1.0, every=1)).build()
    x, memory = image(6, 3, 8, 8), dict(augment.memory())
    assert torch.equal(augment.apply(x, part(), "real", memory), x)
    for _ in range(3):
        memory |= augment.next_memory(memory, torch.tensor(0.9), 200)
    assert float(memory["augment.p"]) == pytest.approx(0.6)
    assert not torch.equal(augment.apply(x, part(), "real", memory), x)


SETTINGS = [
    "game.augment={name='diffaugment'}",
    "game.augment={name='diffaugment', policy=['color', 'cutout']}",
    "game.augment={name='ada', preset='bgcf', p=0.5, adaptive={speed_kimg=0.05, every=2}}",
]


@pytest.mark.parametrize("setting", SETTINGS)
def test_configurations_name_them(setting: str) -> None:
    config = toy_config(setting)
    assert config_from_json(config_to_json(config)) == config
    assert config.game != toy_config().game


@pytest.mark.parametrize(
    "wrong", ["{name='adda'}", "{name='ada', p=2.0}", "{name='ada', preset='x'}", "{name='diffaugment', policy=['x']}"]
)
def test_wrong_ones_are_refused(wrong: str) -> None:
    with pytest.raises(UsageError, match="augment"):
        toy_config(f"game.augment={wrong}")


def weights(setting: str, *more: str) -> tuple[Tensor, dict[str, Tensor]]:
    # Dropout draws for each piece by itself.
    still = (
        "game.discriminator.dropout=0.0",
        "game.discriminator.input_dropout=0.0",
        "optimizers.d.name=sgd",
        "optimizers.g.name=sgd",
    )
    training = Training(toy_config(setting, *still, *more), toy_images(), device=CPU)
    list(itertools.islice(training.steps(), 6))
    return torch.cat([p.detach().flatten() for p in training.game.networks["d"].parameters()]), dict(training.game.memory)


@pytest.mark.parametrize("setting", SETTINGS)
def test_networks_learn_from_what_is_augmented(setting: str) -> None:
    """With a gradient penalty, which differentiates the augmentation twice; in pieces as in one."""
    penalty = "game.penalties=[{name='r1'}]"
    plain, _ = weights("game.augment=none", penalty)
    augmented, memory = weights(setting, penalty)
    assert torch.isfinite(augmented).all()
    assert not torch.allclose(augmented, plain, atol=1e-4)
    pieces, _ = weights(setting, penalty, "accumulate=2")
    torch.testing.assert_close(pieces, augmented, rtol=1e-3, atol=1e-5)
    if "ada" in setting:
        assert float(memory["augment.p"]) != 0.5
        assert int(memory["augment.batches"]) == 0
