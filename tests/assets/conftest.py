from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from latentedit.assets import AssetStore

from .fake_index import FakeIndex
from .packages import Converter, make_catalogue, usual_files


@pytest.fixture
def index() -> Iterator[FakeIndex]:
    with FakeIndex(usual_files()) as index:
        yield index


@pytest.fixture
def store(index: FakeIndex, tmp_path: Path) -> AssetStore:
    """An empty store that fetches the usual archives from ``index``."""
    return AssetStore(tmp_path / "store", make_catalogue(), settings=index.settings)


@pytest.fixture
def converter(monkeypatch: pytest.MonkeyPatch) -> Converter:
    made = Converter()
    monkeypatch.setitem(sys.modules, "tiny_converter", made.module)
    return made
