"""The loop: it learns, repeats itself, cuts batches without changing them, and says where it has diverged."""

from __future__ import annotations

import itertools
import math

import pytest
import torch
from torch import nn
from toy_runs import VARIANTS, toy_config, toy_images

from latentedit.errors import UsageError
from latentedit_training.config import TrainConfig
from latentedit_training.errors import DivergedError
from latentedit_training.training import Training, TrainStep

CPU = torch.device("cpu")


def run(config: TrainConfig, steps: int | None = None) -> tuple[Training, list[TrainStep]]:
    training = Training(config, toy_images(), device=CPU)
    return training, list(itertools.islice(training.steps(), steps))


def weights(training: Training) -> dict[str, torch.Tensor]:
    return {f"{name}.{key}": v.clone() for name, net in training.game.networks.items() for key, v in net.state_dict().items()}


@pytest.mark.parametrize(("game", "overrides"), VARIANTS)
def test_every_game_moves_every_network_and_repeats_itself(game: str, overrides: tuple[str, ...]) -> None:
    config = toy_config(*overrides, game=game)
    first, steps = run(config)
    assert [step.step for step in steps] == [1, 2, 3, 4, 5, 6]
    assert all(torch.isfinite(value) for step in steps for value in step.losses.values())
    begun = weights(run(config, 0)[0])
    moved = {name.split(".")[0] for name, value in weights(first).items() if not torch.equal(value, begun[name])}
    assert moved == set(first.game.networks)
    again = weights(run(config)[0])
    assert all(torch.equal(value, again[name]) for name, value in weights(first).items())


def test_another_seed_is_another_run() -> None:
    one, other = (weights(run(toy_config(f"seed={seed}"))[0]) for seed in (0, 1))
    assert not torch.equal(one["g.layers.0.weight"], other["g.layers.0.weight"])


def test_callers_keep_their_random_numbers() -> None:
    torch.manual_seed(5)
    expected = torch.rand(3)
    torch.manual_seed(5)
    run(toy_config())
    assert torch.equal(torch.rand(3), expected)


@pytest.mark.parametrize("pieces", [2, 4])
@pytest.mark.parametrize("penalty", ["game.penalties=[]", "game.penalties=[{name='wgan-gp'}]"])
def test_a_batch_in_pieces_is_the_same_batch(pieces: int, penalty: str) -> None:
    """Without dropout, whose numbers depend on the pieces."""
    still = (
        "game.discriminator.dropout=0.0",
        "game.discriminator.input_dropout=0.0",
        "optimizers.d.name=sgd",
        "optimizers.g.name=sgd",
    )
    whole, steps = run(toy_config(*still, penalty))
    cut, steps_cut = run(toy_config(*still, penalty, f"accumulate={pieces}"))
    for one, other in zip(steps, steps_cut, strict=True):
        for name in one.losses:
            torch.testing.assert_close(one.losses[name], other.losses[name], rtol=1e-4, atol=1e-5)
    for name, value in weights(whole).items():
        torch.testing.assert_close(value, weights(cut)[name], rtol=1e-4, atol=1e-5)


def test_only_the_network_whose_turn_it_is_gets_gradients() -> None:
    training, _ = run(toy_config(), 1)
    assert all(p.requires_grad for p in training.game.networks["g"].parameters()), "its turn was the last"
    assert not any(p.requires_grad for p in training.game.networks["d"].parameters())


def test_averages_follow_and_do_not_learn() -> None:
    training, _ = run(toy_config("ema.ramp=0.5"))
    average, live = training.averages["g"].network, training.game.networks["g"]
    assert not any(p.requires_grad for p in average.parameters()) and not average.training
    begun = run(toy_config(), 0)[0].game.networks["g"]
    pairs = zip(average.parameters(), live.parameters(), begun.parameters(), strict=True)
    between = [((a - b).norm() / (now - b).norm()).item() for a, now, b in pairs]
    assert all(0.3 < share < 0.95 for share in between)


def test_learning_rates_fall_as_told() -> None:
    training, _ = run(toy_config("steps=4"))
    config = training.config.optimizers["d"]
    assert [config.lr_at(step, 4) for step in range(4)] == pytest.approx([0.01, 0.01, 0.01, 0.005])
    assert training.optimizers["d"].param_groups[0]["lr"] == pytest.approx(0.005)


def test_more_turns_see_more_images() -> None:
    _, steps = run(toy_config("game.discriminator_turns=3"), 2)
    assert steps[-1].images_seen == 2 * 3 * 8


def test_warm_up_turns_come_first_and_again() -> None:
    warm = ("game.warm_up_steps=2", "game.warm_up_turns=4", "game.warm_up_every=5")
    game = run(toy_config(*warm), 0)[0].game
    assert [len(game.turns(step)) - 1 for step in range(7)] == [4, 4, 1, 1, 1, 4, 1]


def test_half_precision_learns_too() -> None:
    _, full = run(toy_config())
    _, half = run(toy_config("precision=bf16"))
    for name in full[0].losses:
        assert float(half[0].losses[name]) == pytest.approx(float(full[0].losses[name]), rel=0.05)


def test_divergence_stops_the_run_and_says_where() -> None:
    training = Training(toy_config(), toy_images(), device=CPU)
    steps = training.steps()
    next(steps)
    with torch.no_grad():
        next(training.game.networks["d"].parameters()).fill_(float("nan"))
    with pytest.raises(DivergedError, match=r"step 2: d is no finite number; the first such weight is d\.hidden"):
        next(steps)


def test_began_s_k_stays_in_range_and_moves() -> None:
    training, steps = run(toy_config("game.rate=0.5", "steps=12", game="began"))
    ks = [float(step.figures["k"]) for step in steps]
    assert all(0 <= k <= 1 for k in ks) and len(set(ks)) > 1
    assert 0 <= float(training.game.memory["k"]) <= 1


def test_began_reaches_its_balance() -> None:
    """Generated images come to have gamma times the error of real ones (section 3.3): on the average of the last steps."""
    overrides = ("game.rate=0.1", "game.gamma=0.5", "steps=500", "batch_size=20", "optimizers.d.decay_from=1.0", "log.losses=0")
    _, steps = run(toy_config(*overrides, game="began"))
    late = steps[250:]
    ratio = sum(float(s.figures["fake error"]) for s in late) / sum(float(s.figures["real error"]) for s in late)
    assert ratio == pytest.approx(0.5, abs=0.1)


def test_the_semi_supervised_game_learns_the_classes_from_four_labels() -> None:
    training, _ = run(toy_config("steps=150", game="semi-supervised"))
    images = toy_images(100, seed=9)
    image = images.read(range(100)).float() / 127.5 - 1
    with torch.no_grad():
        classes = training.averages["d"].network(image, None).label_logits.argmax(1)
    assert images.labels is not None
    assert float((classes == images.labels.values).float().mean()) > 0.9


def test_a_gan_learns_to_draw_what_it_sees() -> None:
    """The bright square in the middle: the mean picture comes close to that of the data."""
    overrides = ("steps=300", "batch_size=20", "game.generator.width=24", "game.discriminator.width=16", "images.flip=false")
    training, _ = run(toy_config(*overrides))
    z = torch.randn(200, 4, generator=torch.Generator().manual_seed(0))
    with torch.no_grad():
        drawn = training.averages["g"].network(z).mean(0)
    data = (toy_images().read(range(40)).float() / 127.5 - 1).mean(0)
    before = float((torch.zeros_like(data) - data).abs().mean())
    assert float((drawn - data).abs().mean()) < 0.4 * before


@pytest.mark.parametrize(
    ("overrides", "message"),
    [
        (("game.label_weight=1.0",), "need labels"),
        (("game.weight=labels",), "need labels"),
        (("ema.networks=['q']",), "'q'"),
        (("optimizers.x.lr=1.0",), "'x'"),
        (("optimizers={g={}}",), "optimizers.d is missing"),
        (("precision=fp16",), "fp16"),
        (("game.loss=hinge", "game.real_label=0.9"), "real_label"),
        (("game.matching_only=true",), "no loss"),
        (("accumulate=3",), "cannot be cut"),
        (("images.labels=attributes",), "wants labels"),
    ],
)
def test_what_does_not_fit_is_refused_before_the_first_step(overrides: tuple[str, ...], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        Training(toy_config(*overrides), toy_images(), device=CPU)


def test_a_gradient_that_is_no_number_stops_the_run_before_a_weight_is_spoilt() -> None:
    training, _ = run(toy_config(), 1)
    before = weights(training)
    spoilt = next(training.game.networks["d"].parameters())
    spoilt.requires_grad_(True)
    spoilt.register_hook(lambda gradient: gradient * float("nan"))
    with pytest.raises(DivergedError, match="a gradient of d"):
        next(training.steps())
    after = weights(training)
    assert all(torch.equal(value, after[name]) for name, value in before.items())


@pytest.mark.parametrize("turns", [1, 3])
def test_averages_follow_by_images_not_by_steps(turns: int) -> None:
    """After the half-life, in images that the discriminator has seen, half of the beginning is left, however many turns a step has."""
    training = Training(
        toy_config(f"game.discriminator_turns={turns}", "ema.half_life_kimg=0.048", "ema.ramp=none", "steps=6"),
        toy_images(),
        device=CPU,
    )
    average = training.averages["g"]
    betas = [average.beta_at(step.images_seen, 8 * turns) for step in training.steps() if step.images_seen <= 48]
    assert math.prod(betas) == pytest.approx(0.5)
    recorded: list[tuple[float, int]] = []
    again = Training(training.config, toy_images(), device=CPU)
    again.averages["g"].update = lambda seen, images: recorded.append((seen, images))  # type: ignore[method-assign]
    next(again.steps())
    assert recorded == [(8 * turns, 8 * turns)]


def test_labels_of_drawn_images_are_learnt_where_that_is_asked_for() -> None:
    """AC-GAN's loss is of both halves (Odena et al., 2017, eq. 3)."""
    labelled = ("images.labels=class", "game.label_weight=1.0", "game.discriminator.conditioning=auxiliary")
    _, (step, *_) = run(toy_config(*labelled))
    assert {"d labels", "g labels"} <= step.losses.keys() and "d labels of fakes" not in step.losses
    _, (step, *_) = run(toy_config(*labelled, "game.label_fakes=true"))
    assert step.losses["d labels of fakes"] > 0


def test_the_two_player_loss_may_weigh_as_much_as_the_labels() -> None:
    labelled = ("images.labels=class", "steps=1")
    _, (one,) = run(toy_config(*labelled))
    _, (two,) = run(toy_config(*labelled, "game.weight=labels"))
    assert float(two.losses["d"]) == pytest.approx(2 * float(one.losses["d"]))


def test_modules_stay_in_learning_mode() -> None:
    training, _ = run(toy_config(), 2)
    assert all(isinstance(net, nn.Module) and net.training for net in training.game.networks.values())
