"""What is sent of GIMP's layers, and where layers are put, without GIMP: it is given by objects that look like its own."""

from __future__ import annotations

import errno
import sys
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest.mock import MagicMock

import pytest

from latentedit_plugins.bridge import Trouble
from latentedit_plugins.gimp.placement import SIDE, Placement, step_for

FACE = (4, 4, 8, 8)


@pytest.fixture
def pictures(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """The module, in a GIMP of which nothing is there but names."""
    repository = MagicMock()
    repository.GLib.Error = type("Error", (RuntimeError,), {})
    repository.Gimp.Selection.is_empty.return_value = False
    gi = types.ModuleType("gi")
    monkeypatch.setattr(gi, "repository", repository, raising=False)
    monkeypatch.setitem(sys.modules, "gi", gi)
    monkeypatch.setitem(sys.modules, "gi.repository", repository)
    before = sys.modules.pop("latentedit_plugins.gimp.pictures", None)
    import latentedit_plugins.gimp.pictures as module

    yield module
    sys.modules.pop("latentedit_plugins.gimp.pictures", None)
    if before is not None:
        sys.modules["latentedit_plugins.gimp.pictures"] = before


class Item:
    """An image or a layer of 2 x 2 pixels, which is there or is not."""

    def __init__(self, there: bool = True) -> None:
        self.there = there
        self.steps: list[str] = []
        self.layers: list[Any] = []

    def is_valid(self) -> bool:
        return self.there

    def get_base_type(self) -> str:
        return "RGB"

    def get_mask(self) -> None:
        return None

    def get_width(self) -> int:
        return 2

    get_height = get_width

    def get_offsets(self) -> tuple[bool, int, int]:
        return True, 0, 0

    def get_name(self) -> str:
        return "layer"

    def get_parent(self) -> None:
        return None

    def get_item_position(self, item: Item) -> int:
        return 0

    def get_selection(self) -> Item:
        return self

    def get_buffer(self) -> Any:
        return types.SimpleNamespace(get=lambda *_: b"1234")

    def undo_group_start(self) -> None:
        self.steps.append("start")

    def undo_group_end(self) -> None:
        self.steps.append("end")

    def insert_layer(self, layer: Any, parent: Any, position: int) -> None:
        self.layers.append(layer)

    def remove_layer(self, layer: Any) -> None:
        self.layers.remove(layer)


@pytest.mark.parametrize(
    ("number", "told"), [(errno.ENOSPC, "There is no room for temporary files."), (errno.EACCES, "The layer cannot be written")]
)
@pytest.mark.parametrize("full", ["in-layer.raw", "in-selection.raw"])
def test_of_a_layer_that_cannot_be_written_nothing_stays(
    pictures: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, full: str, number: int, told: str
) -> None:
    real = Path.write_bytes

    def write(self: Path, data: bytes) -> int:
        if self.name != full:
            return real(self, data)
        real(self, data[:1])
        raise OSError(number, "as the system says it")

    monkeypatch.setattr(Path, "write_bytes", write)
    with pytest.raises(Trouble, match=told) as refused:
        pictures.write_files(Item(), Item(), 8, tmp_path)
    assert "as the system says it" in refused.value.details
    assert list(tmp_path.iterdir()) == []


def test_the_files_of_a_layer_are_written(pictures: Any, tmp_path: Path) -> None:
    picture, selection = pictures.write_files(Item(), Item(), 8, tmp_path)
    assert picture["pixels"]["path"] == str(tmp_path / "in-layer.raw") and selection == {
        "mask": str(tmp_path / "in-selection.raw")
    }
    assert len(list(tmp_path.iterdir())) == 2


def test_a_selection_can_be_written_alone(pictures: Any, tmp_path: Path) -> None:
    assert pictures.write_selection(Item(), Item(), tmp_path) == {"mask": str(tmp_path / "in-selection.raw")}
    assert [path.name for path in tmp_path.iterdir()] == ["in-selection.raw"]
    with pytest.raises(Trouble, match="closed"):
        pictures.write_selection(Item(there=False), Item(), tmp_path)


def drawn(folder: Path) -> list[dict[str, Any]]:
    """A layer as the program tells it; its picture cannot be read."""
    mask = folder / "mask.raw"
    mask.write_bytes(b"1234")
    picture = {"path": str(folder / "absent.raw"), "width": 2, "height": 2}
    shown = {"name": "smile", "visible": True, "left": 0, "top": 0}
    return [{"face": 0, "picture": picture, "mask": {"path": str(mask), "depth": 8}, **shown}]


def test_layers_that_cannot_be_added_are_none_at_all(pictures: Any, tmp_path: Path) -> None:
    image = Item()
    with pytest.raises(Trouble, match="GIMP could not add the layers") as refused:
        pictures.add_layers(image, Item(), drawn(tmp_path), 8)
    assert "absent.raw" in refused.value.details
    assert [layer for layer in image.layers if layer is pictures.Gimp.GroupLayer.new.return_value] == []
    assert image.steps == ["start", "end"] and list(tmp_path.iterdir()) == []


def test_a_translation_that_cannot_be_added_is_told(pictures: Any, tmp_path: Path) -> None:
    image, picture = Item(), {"path": str(tmp_path / "absent.raw"), "width": 2, "height": 2, "depth": 8, "channels": "rgba"}
    with pytest.raises(Trouble, match="GIMP could not add the layers"):
        pictures.add_picture(image, Item(), picture, "translated")
    assert image.layers == [] and image.steps == ["start", "end"]


@pytest.mark.parametrize(
    ("image", "layer", "told"),
    [(Item(False), Item(False), "The image was closed."), (Item(), Item(False), "The layer was removed.")],
)
def test_what_is_gone_is_told(pictures: Any, tmp_path: Path, image: Item, layer: Item, told: str) -> None:
    for do in (
        lambda: pictures.write_files(image, layer, 8, tmp_path),
        lambda: pictures.add_layers(image, layer, drawn(tmp_path), 8),
    ):
        with pytest.raises(Trouble, match=told):
            do()
    assert image.steps == [] and list(tmp_path.iterdir()) == []


def placed(**changed: Any) -> Placement:
    """16 x 16 pixels, each as bright as it lies far to the right."""
    rows = [bytes(range(0, 160, 10)) for _ in range(16)]
    return Placement(canvas=(16, 16), size=(16, 16), offsets=(0, 0), step=1, rows=rows)._replace(**changed)


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"canvas": (8, 8), "size": (8, 8)}, "The image was cropped, scaled"),
        ({"size": (8, 16)}, "The layer was cropped, scaled"),
        ({"offsets": (1, 0)}, "The layer was moved"),
        ({"rows": [row[::-1] for row in placed().rows]}, "The picture under face 1 was changed"),
    ],
)
def test_what_was_done_to_an_image_since_is_told(changed: dict[str, Any], told: str) -> None:
    assert placed().change(placed(**changed), {0: FACE}).startswith(told)


def test_a_dab_counts_where_the_face_is() -> None:
    rows = [bytearray(row) for row in placed().rows]
    rows[5][5] = 255
    now = placed(rows=[bytes(row) for row in rows])
    assert placed().change(now, {0: FACE}) and not placed().change(now, {0: (9, 0, 12, 12)}) and not placed().change(now, {})


def test_what_a_conversion_changes_does_not_count() -> None:
    now = placed(rows=[bytes(value + 3 for value in row) for row in placed().rows])
    assert not placed().change(now, {0: FACE})


def test_large_pictures_are_sampled() -> None:
    assert step_for(16, 16) == step_for(SIDE, 3) == 1 and step_for(SIDE + 1, 3) == 2
    before = placed(step=100)
    now = before._replace(rows=[*before.rows[:5], bytes(16), *before.rows[6:]])
    assert before.change(now, {0: (400, 450, 800, 800)}) and not before.change(now, {0: (400, 650, 800, 800)})
