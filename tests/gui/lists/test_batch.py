from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PyQt6.QtCore import QMimeData, QPointF, Qt, QUrl
from PyQt6.QtGui import QDragEnterEvent, QDropEvent
from PyQt6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QToolButton,
)
from pytestqt.qtbot import QtBot
from toy_batch import SyntheticFaces, write_photo

from latentedit.batch import Workbench
from latentedit.directions import Direction, DirectionLibrary
from latentedit.edits import EditMask, PutEdit, SetAmount, SetMix, VariationEdit
from latentedit.faces import Face
from latentedit.generators.toy import toy_spec
from latentedit.images import Photo
from latentedit_gui.context import Context
from latentedit_gui.document import Document
from latentedit_gui.panels.batch import BatchPanel
from latentedit_gui.panels.batch_files import FileList
from latentedit_gui.panels.batch_table import MESSAGE, NAME, STATE, BatchTable
from latentedit_gui.panels.batch_what import DirectionRow
from latentedit_gui.widgets.elided_label import ElidedLabel

from .conftest import Told
from .driving import LEFT, child, choose, press, shown

PHASES = ("begun", "reading", "finding faces", "learning face 1 of 2", "learning face 2 of 2", "drawing", "writing")


class SyntheticPanel(BatchPanel):
    """Finds the faces of synthetic photographs, for which there is no detector."""

    def make_bench(self) -> Workbench:
        return SyntheticFaces(engine=self.context.engine)


@pytest.fixture
def photographs(tmp_path: Path) -> list[Path]:
    return [write_photo(tmp_path / "in" / name) for name in ("a.png", "b.jpg")]


@pytest.fixture
def panel(qtbot: QtBot, opened: Document, context: Context) -> BatchPanel:
    context.settings.preset = "fast"
    opened.do(SetMix(0, "seed:5"))
    panel = SyntheticPanel(context)
    shown(qtbot, panel, 1000)
    return panel


def drop(panel: BatchPanel, *paths: Path) -> None:
    files = child(panel, FileList)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    keys = Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPointF(5, 5).toPoint(), Qt.DropAction.CopyAction, data, LEFT, keys)
    QApplication.sendEvent(files.viewport(), enter)
    assert enter.isAccepted()
    QApplication.sendEvent(files.viewport(), QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, LEFT, keys))


def name_folder(qtbot: QtBot, panel: BatchPanel, folder: Path) -> None:
    field = next(field for field in panel.findChildren(QLineEdit) if field.placeholderText() == "a new folder")
    field.clear()
    qtbot.keyClicks(field, str(folder))


def table(panel: BatchPanel) -> BatchTable:
    return child(panel, BatchTable)


def column(panel: BatchPanel, number: int) -> list[str]:
    found = table(panel)
    items = (found.item(row, number) for row in range(found.rowCount()))
    return ["" if item is None else item.text() for item in items]


def start(panel: BatchPanel) -> QPushButton:
    return child(panel, QPushButton, text="Start")


def run_to_end(qtbot: QtBot, panel: BatchPanel) -> None:
    press(qtbot, panel, "Start")
    assert not start(panel).isEnabled()
    qtbot.waitUntil(start(panel).isEnabled, timeout=60_000)


def test_two_photographs_get_what_the_open_face_has(
    qtbot: QtBot, panel: BatchPanel, photographs: list[Path], tmp_path: Path, told: Told
) -> None:
    assert not start(panel).isEnabled()
    drop(panel, *photographs, photographs[0])
    assert child(panel, FileList).count() == 2, "each once"
    name_folder(qtbot, panel, tmp_path / "out")
    run_to_end(qtbot, panel)
    assert (column(panel, NAME), column(panel, STATE)) == (["a.png", "b.jpg"], ["done", "done"])
    for path in photographs:
        with Image.open(path) as before, Image.open(tmp_path / "out" / path.name) as after:
            assert np.abs(np.asarray(before).astype(int) - np.asarray(after.convert("RGB"))).mean() > 1
    table(panel).setCurrentCell(1, 0)
    press(qtbot, panel, "Open the result")
    qtbot.keyClick(table(panel), Qt.Key.Key_Return)
    assert set(told.opened) == {tmp_path / "out" / "b.jpg"}
    assert not any(bar.isVisible() for bar in panel.findChildren(QProgressBar)) and not told.errors


def test_a_broken_file_tells_why_and_stops_none_of_the_others(
    qtbot: QtBot, panel: BatchPanel, photographs: list[Path], tmp_path: Path
) -> None:
    broken = tmp_path / "in" / "aa.png"
    broken.write_bytes(photographs[0].read_bytes()[:60])
    faceless = write_photo(tmp_path / "in" / "tiny.png", side=30)
    drop(panel, tmp_path / "in")
    name_folder(qtbot, panel, tmp_path / "out")
    run_to_end(qtbot, panel)
    assert dict(zip(column(panel, NAME), column(panel, STATE), strict=True)) == {
        "a.png": "done",
        broken.name: "failed",
        "b.jpg": "done",
        faceless.name: "failed",
    }
    assert "aa.png" in column(panel, MESSAGE)[1] and "face" in column(panel, MESSAGE)[3].lower()
    table(panel).setCurrentCell(1, 0)
    assert any(label.isVisible() and label.text() == column(panel, MESSAGE)[1] for label in panel.findChildren(QLabel))
    assert not child(panel, QPushButton, text="Open the result").isEnabled()
    assert any(label.text() == "2 done, 2 failed." for label in panel.findChildren(QLabel))


def test_cancelling_keeps_what_is_done_and_start_goes_on(
    qtbot: QtBot, panel: BatchPanel, photographs: list[Path], tmp_path: Path
) -> None:
    drop(panel, *photographs, *[write_photo(tmp_path / "in" / f"c{number}.png") for number in range(4)])
    name_folder(qtbot, panel, tmp_path / "out")
    press(qtbot, panel, "Start")
    qtbot.waitUntil(lambda: column(panel, STATE)[:1] == ["done"], timeout=20_000)
    press(qtbot, panel, "Cancel")
    assert start(panel).isEnabled() and "stopped" in column(panel, STATE)
    done = sorted(path.name for path in (tmp_path / "out").glob("*.*") if path.suffix != ".jsonl")
    assert "a.png" in done and len(done) < 6
    # At once, while the worker may still be leaving the first run's folder.
    run_to_end(qtbot, panel)
    assert column(panel, STATE)[0] == "done before" and set(column(panel, STATE)) == {"done before", "done"}
    assert len(column(panel, STATE)) == 6


def test_a_folder_with_other_files_is_refused_in_words(
    qtbot: QtBot, panel: BatchPanel, photographs: list[Path], tmp_path: Path
) -> None:
    drop(panel, *photographs)
    name_folder(qtbot, panel, tmp_path / "in")
    run_to_end(qtbot, panel)
    dangers = [label.text() for label in panel.findChildren(QLabel) if label.property("role") == "danger"]
    assert any(str(tmp_path / "in") in text for text in dangers)


def test_what_other_photographs_cannot_have_is_told(qtbot: QtBot, panel: BatchPanel, opened: Document) -> None:
    opened.do(PutEdit(0, VariationEdit(3, 0.5, mask=EditMask("hair", inverted=True))))
    opened.do(SetAmount(0, "smile", 1.0))
    warning = next(label for label in panel.findChildren(QLabel) if label.text().startswith("Other photographs cannot have"))
    assert warning.isVisible() and "Variation 3" in warning.text() and "Smile" in warning.text()
    opened.undo()
    opened.undo()
    assert not warning.isVisible()


def test_nothing_to_do_cannot_be_started(
    qtbot: QtBot, panel: BatchPanel, opened: Document, photographs: list[Path], tmp_path: Path
) -> None:
    drop(panel, *photographs)
    name_folder(qtbot, panel, tmp_path / "out")
    assert start(panel).isEnabled()
    opened.undo()
    assert not start(panel).isEnabled() and start(panel).toolTip() == "Say what is to be done."
    opened.open(None)
    assert not start(panel).isEnabled() and panel.isVisible() and not panel.missing()


def test_chosen_directions_with_amounts(
    qtbot: QtBot, opened: Document, context: Context, own_home: Path, photographs: list[Path], tmp_path: Path
) -> None:
    import torch

    vector = torch.randn(16, generator=torch.Generator().manual_seed(3))
    for name in ("brighter", "rounder"):
        DirectionLibrary.default().add(Direction(name, vector, default_range=(-3.0, 3.0)), toy_spec())
    context.settings.preset = "fast"
    panel = SyntheticPanel(context)
    shown(qtbot, panel, 1000)
    choose(qtbot, child(panel, QComboBox, accessibleName="What to do"), "Directions chosen here")
    add = child(panel, QPushButton, text="Add a direction")
    qtbot.waitUntil(add.isEnabled)
    qtbot.mouseClick(add, LEFT)
    qtbot.mouseClick(add, LEFT)
    QApplication.processEvents()
    first, second = panel.findChildren(DirectionRow)
    choose(qtbot, child(second, QComboBox), "Rounder")
    child(second, QDoubleSpinBox).setValue(-2.5)
    qtbot.mouseClick(child(first, QToolButton), LEFT)
    drop(panel, *photographs)
    kind = next(box for box in panel.findChildren(QComboBox) if box.itemText(0) == "As each photograph")
    choose(qtbot, kind, "WEBP")
    qtbot.mouseClick(child(panel, QCheckBox, text="Keep a project beside each result"), LEFT)
    name_folder(qtbot, panel, tmp_path / "out")
    run_to_end(qtbot, panel)
    assert sorted(path.name for path in (tmp_path / "out").iterdir() if not path.name.startswith(".")) == [
        "a.ledit",
        "a.webp",
        "b.ledit",
        "b.webp",
        "manifest.jsonl",
    ]
    from latentedit.project_file import load_project

    (edit,) = load_project(tmp_path / "out" / "a.ledit").history.present.face(0).edits
    assert edit.key.name == "rounder" and edit.amount == -2.5  # type: ignore[union-attr]


def test_files_leave_the_list_by_the_keyboard(qtbot: QtBot, panel: BatchPanel, photographs: list[Path]) -> None:
    drop(panel, *photographs)
    files = child(panel, FileList)
    files.setCurrentRow(0)
    qtbot.keyClick(files, Qt.Key.Key_Delete)
    assert files.count() == 1 and files.item(0).text() == "b.jpg"  # type: ignore[union-attr]
    assert photographs[0].exists()


class TwoFaces(SyntheticFaces):
    """Sees the one face twice, in halves of the photograph."""

    def find_faces(self, photo: Photo) -> list[Face]:
        found = super().find_faces(photo)
        return [replace(face, index=index, quad=face.quad * 0.5) for face in found for index in range(2)]


def test_what_is_done_within_a_photograph_is_shown(
    qtbot: QtBot, panel: BatchPanel, photographs: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(panel, "make_bench", lambda: TwoFaces(engine=panel.context.engine))
    drop(panel, *photographs)
    name_folder(qtbot, panel, tmp_path / "out")
    whole = child(panel, QProgressBar, accessibleName="All photographs")
    one = child(panel, QProgressBar, accessibleName="The photograph that is worked on")
    seen: list[tuple[str, int, int]] = []
    times: list[str] = []

    def look() -> None:
        times.extend(label.text() for label in panel.findChildren(QLabel) if " photographs · " in label.text())
        words = [label.text() for label in panel.findChildren(ElidedLabel) if label.isVisible()]
        if one.isVisible() and words:
            seen.append((words[0], one.value() if one.maximum() else -1, whole.value()))

    press(qtbot, panel, "Start")
    assert panel._job is not None
    panel._job.stepped.connect(look)
    qtbot.waitUntil(start(panel).isEnabled, timeout=60_000)
    words = list(dict.fromkeys(text for text, _, _ in seen if text.startswith("a.png")))
    assert words == [f"a.png: {phase}" for phase in PHASES]
    learning = [share for text, share, _ in seen if text == "a.png: learning face 2 of 2"]
    assert learning == sorted(learning) and learning[-1] == 1000 and len(set(learning)) > 3
    overall = [value for _, _, value in seen]
    assert overall == sorted(overall) and any(0 < value < 500 for value in overall) and overall[-1] > 900
    assert any("almost done" in text or "left" in text for text in times), times
    assert not one.isVisible() and not whole.isVisible()
