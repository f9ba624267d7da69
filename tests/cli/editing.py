"""What the tests of commands that change a projected face share."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from latentedit.cli.app import run

SIDE = 120


def vector(seed: int, *shape: int) -> NDArray[np.float32]:
    return np.random.default_rng(seed).standard_normal(shape or (16,)).astype(np.float32)


def edit(*words: str) -> None:
    assert run(["edit", *words, "--device", "cpu"]) == 0
