"""Files for a server to work on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from toy_sessions import write_photo

from .client import Client


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    return write_photo(tmp_path / "photo.png")


@pytest.fixture
def smile(tmp_path: Path) -> Path:
    np.save(tmp_path / "smile.npy", np.random.default_rng(1).standard_normal(16).astype(np.float32))
    return tmp_path / "smile.npy"


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Client]:
    with Client(tmp_path) as started:
        yield started


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """A server that the tests of a file share, with a projected face in its document 1."""
    folder = tmp_path_factory.mktemp("shared")
    photo = write_photo(folder / "photo.png")
    write_photo(folder / "other.png")
    np.save(folder / "smile.npy", np.random.default_rng(1).standard_normal(16).astype(np.float32))
    Image.fromarray(np.full((9, 9), 255, np.uint8)).save(folder / "small.png")
    with Client(folder) as started:
        assert started.opened(photo) == 1
        yield started
