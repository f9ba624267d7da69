"""kill -9 at any moment: the run goes on from its last checkpoint, and ends as if nothing had been."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import torch
from toy_runs import toy_config, toy_images

from latentedit_training.checkpoint import checkpoints_in, read_checkpoint
from latentedit_training.run import train

SCRIPT = Path(__file__).parents[1] / "train_toy.py"
RUNS = (
    ("adversarial", ("steps=60", "log.checkpoint=3", "log.grid=20", "game.penalties=[{name='dragan'}]")),
    ("began", ("steps=60", "log.checkpoint=3", "log.grid=20")),
    ("semi-supervised", ("steps=60", "log.checkpoint=3", "log.grid=20")),
)


def started(out: Path, game: str, overrides: tuple[str, ...]) -> subprocess.Popen[str]:
    command = [sys.executable, "-W", "ignore", str(SCRIPT), str(out), game, *overrides]
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def ended(process: subprocess.Popen[str]) -> None:
    told = process.communicate(timeout=200)
    assert process.returncode == 0, told


def last(out: Path) -> dict[str, torch.Tensor]:
    checkpoint = read_checkpoint(checkpoints_in(out)[-1])
    assert checkpoint.progress["step"] == 60
    return dict(checkpoint.tensors)


def killed(out: Path, game: str, overrides: tuple[str, ...], chance: random.Random) -> None:
    """Kill a run some time after it has begun to train."""
    process = started(out, game, overrides)
    assert process.stdout is not None
    process.stdout.readline()  # its first step is done: importing torch is over
    time.sleep(chance.uniform(0, 0.25))
    process.send_signal(signal.SIGKILL)
    process.communicate()


@pytest.mark.parametrize(
    ("game", "overrides", "kills"),
    [(*RUNS[0], 1), *(pytest.param(*run, kills, marks=pytest.mark.slow) for run, kills in zip(RUNS, (7, 7, 6), strict=True))],
)
def test_a_killed_run_ends_as_one_that_was_not(game: str, overrides: tuple[str, ...], kills: int, tmp_path: Path) -> None:
    config = toy_config(*overrides, game=game)
    for _ in train(config, toy_images(), out=tmp_path / "whole", device=torch.device("cpu")):
        pass
    chance = random.Random(kills)
    for _ in range(kills):
        killed(tmp_path / "killed", game, overrides, chance)
        for path in checkpoints_in(tmp_path / "killed"):
            read_checkpoint(path)  # whole, whenever it was killed
    ended(started(tmp_path / "killed", game, overrides))
    whole, resumed = last(tmp_path / "whole"), last(tmp_path / "killed")
    assert whole.keys() == resumed.keys()
    assert [name for name, value in whole.items() if not torch.equal(value, resumed[name])] == []
