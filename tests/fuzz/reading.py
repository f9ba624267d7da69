"""What fuzzing the readers of checkpoints does with each file. It imports little, so that all that matters is instrumented."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

import numpy as np

from latentedit.checkpoints.budget import Budget
from latentedit.checkpoints.foreign import contents_of
from latentedit.errors import CheckpointError

MAX_BYTES = 64 << 20
CANARY = Path("CANARY")


def read(data: bytes) -> Literal["accepted", "refused"]:
    """Read a file in memory.

    Raises:
        AssertionError: something of it was run, or what came of it is no data.
        Exception: any but the one error is a finding.
    """
    try:
        tree = contents_of(data, Budget(MAX_BYTES)).tree
    except CheckpointError as error:
        assert str(error).isprintable() and 0 < len(str(error)) < 400, "an error is one line"
        return "refused"
    finally:
        assert not CANARY.exists(), "a file was run"
    assert_data(tree, set())
    return "accepted"


def assert_data(tree: Any, seen: set[int]) -> None:
    """``tree`` is made of dictionaries, lists, arrays, texts, bytes, numbers and None."""
    if isinstance(tree, dict | list):
        if id(tree) in seen:
            return
        seen.add(id(tree))
        assert isinstance(tree, list) or all(isinstance(key, str | int) for key in tree)
        for value in tree.values() if isinstance(tree, dict) else tree:
            assert_data(value, seen)
    else:
        assert tree is None or isinstance(tree, str | bytes | bytearray | int | float | np.ndarray), type(tree)
        assert not isinstance(tree, str) or tree.encode("utf-8") is not None
