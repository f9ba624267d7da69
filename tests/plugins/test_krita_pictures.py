"""What is sent of Krita's documents, without Krita: it is given by objects that look like its own."""

from __future__ import annotations

import errno
import importlib
import shutil
import sys
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from latentedit_plugins.bridge import Trouble
from latentedit_plugins.bridge.own_files import paths_in


class Selected:
    """A selection of a byte for each pixel."""

    def __init__(self, value: bytes) -> None:
        self.value = value

    def width(self) -> int:
        return 4

    def height(self) -> int:
        return 2

    def pixelData(self, left: int, top: int, width: int, height: int) -> bytes:
        return self.value * (width * height)


class Drawn:
    """A document of 4 x 2 pixels of one value."""

    def __init__(self, value: bytes, model: str = "RGBA") -> None:
        self.value, self.model = value, model
        self.fails = model != "RGBA"

    def width(self) -> int:
        return 4

    def height(self) -> int:
        return 2

    def fileName(self) -> str:
        return ""

    def name(self) -> str:
        return "drawn"

    def colorModel(self) -> str:
        return self.model

    def colorDepth(self) -> str:
        return "U8"

    def colorProfile(self) -> str:
        return "sRGB"

    def pixelData(self, left: int, top: int, width: int, height: int) -> bytes:
        return self.value * (4 * width * height)

    def selection(self) -> Selected:
        return Selected(self.value)

    def setBatchmode(self, on: bool) -> None:
        pass

    def exportImage(self, path: str, how: Any) -> bool:
        Path(path).write_bytes(b"\x89PNG\r\n\x1a\n")
        return not self.fails

    def clone(self) -> Drawn:
        return self

    def close(self) -> None:
        pass


@pytest.fixture
def pictures(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    krita = types.ModuleType("krita")
    instance = types.SimpleNamespace(createDocument=lambda *arguments: Drawn(b"\0"))
    krita.Krita = types.SimpleNamespace(instance=lambda: instance)  # type: ignore[attr-defined]
    krita.InfoObject = lambda: types.SimpleNamespace(setProperty=lambda name, value: None)  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "krita", krita)
    yield importlib.import_module("latentedit_plugins.krita.pictures")
    del sys.modules["latentedit_plugins.krita.pictures"]


def test_two_documents_have_files_of_their_own(pictures: Any, tmp_path: Path) -> None:
    sent = []
    for value in (b"a", b"b"):
        document = Drawn(value)
        picture, selection = pictures.picture_of(document, tmp_path), pictures.selection_of(document, tmp_path)
        sent.append((value, picture, selection))
    for value, picture, selection in sent:
        assert Path(picture["pixels"]["path"]).read_bytes() == value * 32
        assert Path(selection["mask"]).read_bytes() == value * 8
    listed = [path for _, picture, selection in sent for path in paths_in(picture, selection or {})]
    assert sorted(listed) == sorted(map(str, tmp_path.iterdir())), "all that was written is known, to be removed"
    assert all(Path(path).name.startswith("in-") for path in listed), "the protocol says so"


def full_after(monkeypatch: pytest.MonkeyPatch, files: int, code: int = errno.ENOSPC) -> None:
    """Of the next file after some only a part can be written."""
    write, left = Path.write_bytes, [files]

    def written(self: Path, data: bytes) -> int:
        left[0] -= 1
        if left[0] >= 0:
            return write(self, data)
        write(self, data[:3])
        raise OSError(code, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", written)


@pytest.mark.parametrize("files", [0, 1, 2])
def test_where_there_is_no_room_nothing_stays_and_it_is_said_in_words(
    pictures: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, files: int
) -> None:
    full_after(monkeypatch, files)
    with pytest.raises(Trouble) as told:
        pictures.written(Drawn(b"a"), tmp_path)
    assert str(told.value) == "There is no room for temporary files." and "space" in told.value.hint
    assert "Errno" in told.value.details and list(tmp_path.iterdir()) == []


def test_a_selection_that_cannot_be_written_is_told_too(pictures: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    full_after(monkeypatch, 0, errno.EACCES)
    with pytest.raises(Trouble) as told:
        pictures.selection_alone(Drawn(b"a"), tmp_path)
    assert "Errno" not in str(told.value) and list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("free", "said"), [(3, "no room"), (10**9, "cannot be written")])
def test_what_krita_cannot_write_leaves_nothing(
    pictures: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: int, said: str
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda path: types.SimpleNamespace(free=free))
    with pytest.raises(Trouble, match=said):
        pictures.written(Drawn(b"a", "CMYKA"), tmp_path)
    assert list(tmp_path.iterdir()) == []
