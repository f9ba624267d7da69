"""What is sent of Krita's documents, without Krita: it is given by objects that look like its own."""

from __future__ import annotations

import sys
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest


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

    def __init__(self, value: bytes) -> None:
        self.value = value

    def width(self) -> int:
        return 4

    def height(self) -> int:
        return 2

    def fileName(self) -> str:
        return ""

    def name(self) -> str:
        return "drawn"

    def colorModel(self) -> str:
        return "RGBA"

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
        return True

    def close(self) -> None:
        pass


@pytest.fixture
def pictures(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    krita = types.ModuleType("krita")
    instance = types.SimpleNamespace(createDocument=lambda *arguments: Drawn(b"\0"))
    krita.Krita = types.SimpleNamespace(instance=lambda: instance)  # type: ignore[attr-defined]
    krita.InfoObject = lambda: types.SimpleNamespace(setProperty=lambda name, value: None)  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "krita", krita)
    from latentedit_plugins.krita import pictures

    yield pictures
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
    listed = [path for _, picture, selection in sent for path in pictures.files_of(picture, selection)]
    assert sorted(listed) == sorted(map(str, tmp_path.iterdir())), "all that was written is known, to be removed"
    assert all(Path(path).name.startswith("in-") for path in listed), "the protocol says so"
