"""A run that is stopped goes on as if it had not been."""

from __future__ import annotations

import itertools
import json
from contextlib import closing
from pathlib import Path

import pytest
import torch
from toy_runs import VARIANTS, toy_config, toy_images

from latentedit.errors import CheckpointError, UsageError
from latentedit_training.checkpoint import checkpoints_in, put_checkpoint, read_checkpoint, take_checkpoint, write_checkpoint
from latentedit_training.config import TrainConfig
from latentedit_training.errors import DivergedError
from latentedit_training.run import LOG_NAME, newest_checkpoint, train, train_with, written_config
from latentedit_training.training import Training

CPU = torch.device("cpu")


def finished(config: TrainConfig, out: Path) -> dict[str, torch.Tensor]:
    """All tensors at the end of a run, from its last checkpoint."""
    for _ in train(config, toy_images(), out=out, device=CPU, resume=True):
        pass
    checkpoint = newest_checkpoint(out)
    assert checkpoint is not None and checkpoint.progress["step"] == config.steps
    return dict(checkpoint.tensors)


def assert_same(one: dict[str, torch.Tensor], other: dict[str, torch.Tensor]) -> None:
    assert one.keys() == other.keys()
    assert [name for name in one if not torch.equal(one[name], other[name])] == []


@pytest.mark.parametrize(("game", "overrides"), VARIANTS)
def test_stopped_anywhere_it_ends_the_same(game: str, overrides: tuple[str, ...], tmp_path: Path) -> None:
    config = toy_config(*overrides, game=game)
    whole = finished(config, tmp_path / "whole")
    for stop in (1, 3):
        with closing(train(config, toy_images(), out=tmp_path / f"{stop}", device=CPU)) as steps:
            next(itertools.islice(steps, stop - 1, None))
        assert_same(whole, finished(config, tmp_path / f"{stop}"))


def test_what_was_done_behind_the_last_checkpoint_is_done_again(tmp_path: Path) -> None:
    """As after kill -9: nothing is written at the end."""
    config = toy_config("log.checkpoint=2")
    whole = finished(config, tmp_path / "whole")
    training = Training(config, toy_images(), device=CPU)
    for step in training.steps():
        if step.step == 2:
            write_checkpoint(tmp_path, take_checkpoint(training))
        if step.step == 5:
            break
    assert_same(whole, finished(config, tmp_path))


def test_everything_is_in_the_file(tmp_path: Path) -> None:
    training = Training(toy_config(), toy_images(), device=CPU)
    list(itertools.islice(training.steps(), 3))
    path = write_checkpoint(tmp_path, take_checkpoint(training))
    checkpoint = read_checkpoint(path)
    assert checkpoint.config == training.config
    assert checkpoint.progress["step"] == 3 and checkpoint.progress["positions"] == {"real": 24}
    kinds = {name.split("/")[0] + "/" + name.split("/")[1] for name in checkpoint.tensors}
    assert kinds == {"network/g", "network/d", "average/g", "average/d", "optimizer/g", "optimizer/d"}
    assert any(name.endswith("exp_avg_sq") for name in checkpoint.tensors)


def test_a_damaged_checkpoint_gives_way_to_the_one_before(tmp_path: Path) -> None:
    config = toy_config("log.keep=3")
    finished(config, tmp_path)
    paths = checkpoints_in(tmp_path)
    assert [path.name for path in paths] == [f"checkpoint-{step:09d}.safetensors" for step in (2, 4, 6)]
    paths[-1].write_bytes(paths[-1].read_bytes()[:-100])
    found = newest_checkpoint(tmp_path)
    assert found is not None and found.progress["step"] == 4
    for path in paths:
        path.write_bytes(b"nothing")
    with pytest.raises(CheckpointError, match="cannot be read"):
        newest_checkpoint(tmp_path)


def test_only_so_many_are_kept(tmp_path: Path) -> None:
    finished(toy_config("log.keep=1"), tmp_path)
    assert len(checkpoints_in(tmp_path)) == 1


def test_another_network_s_checkpoint_is_refused(tmp_path: Path) -> None:
    training = Training(toy_config(), toy_images(), device=CPU)
    checkpoint = take_checkpoint(training)
    other = Training(toy_config("game.generator.width=7"), toy_images(), device=CPU)
    with pytest.raises(CheckpointError, match="does not fit g"):
        put_checkpoint(checkpoint, other)
    began = Training(toy_config(game="began"), toy_images(), device=CPU)
    with pytest.raises(CheckpointError):
        put_checkpoint(checkpoint, began)


def test_a_folder_with_a_run_is_not_begun_anew(tmp_path: Path) -> None:
    finished(toy_config(), tmp_path)
    with pytest.raises(UsageError, match="holds a training run"):
        next(train(toy_config(), toy_images(), out=tmp_path, device=CPU))


def test_a_run_that_was_ended_before_its_first_checkpoint_is_a_run(tmp_path: Path) -> None:
    config = toy_config("log.checkpoint=0", "seed=5")
    with pytest.raises(RuntimeError), closing(train(config, toy_images(), out=tmp_path, device=CPU)) as steps:
        for _ in steps:
            (tmp_path / "config.json").rename(tmp_path / "kept.json")
            raise RuntimeError
    for checkpoint in checkpoints_in(tmp_path):
        checkpoint.unlink()
    (tmp_path / "kept.json").rename(tmp_path / "config.json")
    assert written_config(tmp_path) == config
    with pytest.raises(UsageError, match="holds a training run"):
        next(train(config, toy_images(), out=tmp_path, device=CPU))


def test_two_runs_do_not_share_a_folder(tmp_path: Path) -> None:
    with closing(train(toy_config(), toy_images(), out=tmp_path, device=CPU)) as steps:
        next(steps)
        with pytest.raises(UsageError, match="Another process"):
            next(train(toy_config(), toy_images(), out=tmp_path, device=CPU, resume=True))
    finished(toy_config(), tmp_path)


def test_a_run_does_not_become_shorter(tmp_path: Path) -> None:
    finished(toy_config(), tmp_path)
    with pytest.raises(UsageError, match="has done 6 steps"):
        next(train(toy_config("steps=3"), toy_images(), out=tmp_path, device=CPU, resume=True))
    assert json.loads((tmp_path / "config.json").read_text())["steps"] == 6


@pytest.mark.parametrize("name", ["rmsprop", "sgd"])
def test_another_optimiser_is_refused(name: str, tmp_path: Path) -> None:
    finished(toy_config(), tmp_path)
    with pytest.raises(UsageError, match=f"trained with adam, .* no use to {name}"):
        next(train(toy_config("steps=8", f"optimizers.d.name={name}"), toy_images(), out=tmp_path, device=CPU, resume=True))


def test_a_flipped_bit_is_damage(tmp_path: Path) -> None:
    finished(toy_config("log.keep=2"), tmp_path)
    newest = checkpoints_in(tmp_path)[-1]
    data = bytearray(newest.read_bytes())
    data[-5] ^= 4
    newest.write_bytes(data)
    with pytest.raises(CheckpointError, match="checksum"):
        read_checkpoint(newest)
    found = newest_checkpoint(tmp_path)
    assert found is not None and found.progress["step"] == 4


def test_a_diverged_run_writes_no_checkpoint(tmp_path: Path) -> None:
    training = Training(toy_config(), toy_images(), device=CPU)
    steps = train_with(training, out=tmp_path, resume=False)
    next(itertools.islice(steps, 3, None))
    with torch.no_grad():
        next(training.game.networks["g"].parameters()).fill_(float("inf"))
    with pytest.raises(DivergedError):
        list(steps)
    assert checkpoints_in(tmp_path)[-1].name == "checkpoint-000000004.safetensors"


def test_an_error_in_the_caller_saves_first(tmp_path: Path) -> None:
    steps = train(toy_config("log.checkpoint=0"), toy_images(), out=tmp_path, device=CPU)
    next(steps), next(steps)
    with pytest.raises(KeyboardInterrupt):
        steps.throw(KeyboardInterrupt)  # type: ignore[attr-defined]
    found = newest_checkpoint(tmp_path)
    assert found is not None and found.progress["step"] == 2


def test_the_log_has_each_step_once_after_resuming(tmp_path: Path) -> None:
    config = toy_config()
    with closing(train(config, toy_images(), out=tmp_path, device=CPU)) as steps:
        next(itertools.islice(steps, 2, None))
    with (tmp_path / LOG_NAME).open("a") as log:
        log.write('{"step": 5, "g": 1.0}\n{"step": ')  # of steps that were lost, and a line that a kill has cut
    finished(config, tmp_path)
    lines = [json.loads(line) for line in (tmp_path / LOG_NAME).read_text().splitlines()]
    assert [line["step"] for line in lines] == [1, 2, 3, 4, 5, 6]
    assert all({"kimg", "d", "g"} <= line.keys() for line in lines)
    assert sorted(path.name for path in tmp_path.glob("samples-*.png")) == ["samples-000000003.png", "samples-000000006.png"]
    assert list((tmp_path / "tensorboard").iterdir())
