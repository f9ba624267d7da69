"""What the tests of batches share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import torch
from toy_batch import NAMES, write_photo


@pytest.fixture(autouse=True, scope="package")
def one_thread() -> Iterator[None]:
    """Batches of tiny pictures are done by one thread: several wait for each other longer than they work."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """With three photographs in ``in``, two of one name."""
    for name in NAMES:
        write_photo(tmp_path / "in" / name)
    return tmp_path
