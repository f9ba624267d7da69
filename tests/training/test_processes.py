"""Two processes that train together do what one does with the whole batch."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

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
        command = [sys.executable, "-W", "error::UserWarning", str(SCRIPT), str(out), game, *overrides]
        processes.append(subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True))
    return processes


def losses(processes: list[subprocess.Popen[str]]) -> list[dict[str, float]]:
    """Of the first process, when all are done."""
    told = [process.communicate(timeout=200) for process in processes]
    assert [process.returncode for process in processes] == [0] * len(processes), told
    return [json.loads(line) for line in told[0][0].splitlines()]


def test_two_processes_are_one_with_the_whole_batch(tmp_path: Path) -> None:
    game = ("game.penalties=[{name='wgan-gp'}]", "game.loss=wasserstein", "log.checkpoint=20", "ema.ramp=0.5")
    both = [start(tmp_path / str(count), ("steps=20", *STILL, *game), "adversarial", count=count) for count in (1, 2)]
    one, two = (losses(processes) for processes in both)
    assert len(one) == len(two) == 20
    assert max(abs(a[name] - b[name]) for a, b in zip(one, two, strict=True) for name in one[0]) < 1e-5
    alone, together = (read_checkpoint(checkpoints_in(tmp_path / str(count))[-1]).tensors for count in (1, 2))
    for name, value in alone.items():
        torch.testing.assert_close(together[name], value, rtol=1e-4, atol=1e-5)
