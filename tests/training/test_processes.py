"""Two processes that train together do what one does with the whole batch."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
import torch

from latentedit_training.checkpoint import checkpoints_in, read_checkpoint

SCRIPT = Path(__file__).parents[1] / "train_toy.py"
STILL = ("game.discriminator.dropout=0.0", "game.discriminator.input_dropout=0.0")
"""Dropout draws for each process by itself; everything else is drawn for the whole batch."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def start(out: Path, overrides: tuple[str, ...], game: str, *, count: int) -> list[subprocess.Popen[str]]:
    told = {"MASTER_ADDR": "127.0.0.1", "MASTER_PORT": str(free_port()), "WORLD_SIZE": str(count), "GLOO_SOCKET_IFNAME": "lo"}
    processes = []
    for rank in range(count):
        place = {**told, "RANK": str(rank), "LOCAL_RANK": str(rank)} if count > 1 else {}
        environment = {**os.environ, **place, "OMP_NUM_THREADS": "1"}
        command = [sys.executable, "-W", "ignore", str(SCRIPT), str(out), game, *overrides]
        processes.append(subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True))
    return processes


def losses(processes: list[subprocess.Popen[str]]) -> list[dict[str, float]]:
    """Of the first process, when all are done."""
    told = [process.communicate(timeout=200) for process in processes]
    assert [process.returncode for process in processes] == [0] * len(processes), told
    return [json.loads(line) for line in told[0][0].splitlines()]


@pytest.mark.parametrize(
    ("game", "overrides"),
    [
        (
            "adversarial",
            (*STILL, "game.penalties=[{name='wgan-gp'}]", "game.loss=wasserstein", "log.checkpoint=20", "ema.ramp=0.5"),
        ),
        pytest.param(
            "adversarial",
            (*STILL, "game.augment={name='ada', p=0.5, adaptive={speed_kimg=0.5}}", "log.checkpoint=20"),
            marks=pytest.mark.slow,
        ),
        pytest.param(
            "semi-supervised",
            ("game.classifier.noise=0.0", "game.classifier.input_noise=0.0", "optimizers.g.lr=1e-9"),
            marks=pytest.mark.slow,
        ),
    ],
)
def test_two_processes_are_one_with_the_whole_batch(game: str, overrides: tuple[str, ...], tmp_path: Path) -> None:
    settings = ("steps=20", *overrides)
    both = [start(tmp_path / str(count), settings, game, count=count) for count in (1, 2)]
    one, two = (losses(processes) for processes in both)
    assert len(one) == len(two) == 20
    names = [name for name in one[0] if name != "labelled" or game == "adversarial"]
    worst = max(abs(a[name] - b[name]) for a, b in zip(one, two, strict=True) for name in names)
    if game == "adversarial":
        assert worst < 1e-5
        alone, together = (read_checkpoint(checkpoints_in(tmp_path / str(count))[-1]).tensors for count in (1, 2))
        for name, value in alone.items():
            torch.testing.assert_close(together[name], value, rtol=1e-4, atol=1e-5)
    else:
        assert worst < 1e-2, "the generator's batch normalisation sees half a batch in each process"
