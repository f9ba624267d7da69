from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from latentedit.assets import AssetStore
from latentedit.assets.index import IndexSettings

from .packages import IndexServer, make_catalogue, serve, usual_files


@pytest.fixture
def index() -> Iterator[IndexServer]:
    with serve(IndexServer(usual_files())) as server:
        yield server


@pytest.fixture
def store(index: IndexServer, tmp_path: Path) -> AssetStore:
    """An empty store that fetches the usual archives from ``index``."""
    return AssetStore(tmp_path / "store", make_catalogue(index.files), settings=IndexSettings((index.url,)))
