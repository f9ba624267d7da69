"""Recovery: each project's own answer, and nothing done before the user goes on."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from projects import full_project
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QLabel, QRadioButton
from pytestqt.qtbot import QtBot

from latentedit.project_file import save_project
from latentedit_gui.dialogs.recovery_dialog import THUMBNAIL_PX, Decision, RecoveryDialog
from latentedit_gui.recovery import PROJECT, Leftover, RecoverySlot, left_behind


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Two projects that crashed windows left."""
    root = tmp_path / "recovery"
    for name in ("one", "two"):
        slot = RecoverySlot(root)
        slot.writer(full_project(), tmp_path / f"{name}.ledit")()
        kept = {path.name: path.read_bytes() for path in slot.folder.glob("*.*")}
        slot.close()
        (root / name).mkdir()
        for file, data in kept.items():
            (root / name / file).write_bytes(data)
    return root


@pytest.fixture
def leftovers(root: Path) -> Iterator[tuple[Leftover, ...]]:
    found = left_behind(root)
    yield found
    for leftover in found:
        leftover.release()


@pytest.fixture
def dialog(leftovers: tuple[Leftover, ...], qtbot: QtBot) -> RecoveryDialog:
    dialog = RecoveryDialog(leftovers)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def choose(dialog: RecoveryDialog, row: int, decision: Decision, qtbot: QtBot) -> None:
    button = dialog.findChildren(QRadioButton)[row * len(Decision) + list(Decision).index(decision)]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton, pos=button.rect().center() - button.rect().center() / 2)


def test_it_names_what_can_be_recovered(dialog: RecoveryDialog, leftovers: tuple[Leftover, ...]) -> None:
    said = "\n".join(label.text() for label in dialog.findChildren(QLabel))
    assert full_project().photo_name in said
    for leftover in leftovers:
        assert str(leftover.path) in said


def test_going_on_opens_the_newest_and_keeps_the_others(
    dialog: RecoveryDialog, leftovers: tuple[Leftover, ...], root: Path, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(dialog.accepted):
        qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert dialog.recovered is leftovers[0] and leftovers[0].time >= leftovers[1].time
    (kept,) = left_behind(root)
    assert kept.project == leftovers[1].project, "the other is let go of for the next start, the chosen one is not"
    kept.release()


def test_one_is_opened_at_a_time(dialog: RecoveryDialog, leftovers: tuple[Leftover, ...], qtbot: QtBot) -> None:
    choose(dialog, 1, Decision.RECOVER, qtbot)
    assert [decision for _, decision in dialog.decisions] == [Decision.LATER, Decision.RECOVER]
    assert dialog.recovered is leftovers[1]
    choose(dialog, 1, Decision.DISCARD, qtbot)
    assert [decision for _, decision in dialog.decisions] == [Decision.LATER, Decision.DISCARD] and dialog.recovered is None


def test_it_shows_the_photograph(leftovers: tuple[Leftover, ...], qtbot: QtBot) -> None:
    photo = io.BytesIO()
    turned = Image.Exif()
    turned[0x0112] = 6  # to be turned right
    Image.new("RGB", (400, 200), (200, 40, 90)).save(photo, "JPEG", exif=turned)
    save_project(leftovers[0].project, replace(full_project(), photo_data=photo.getvalue()))
    dialog = RecoveryDialog(leftovers)
    qtbot.addWidget(dialog)
    dialog.show()
    (shown,) = [
        label.pixmap().toImage()
        for label in dialog.findChildren(QLabel)
        if label.isVisible() and label.pixmap().height() == THUMBNAIL_PX
    ]
    assert shown.width() == THUMBNAIL_PX // 2
    colour = shown.pixelColor(shown.rect().center())
    assert np.abs(np.array([colour.red(), colour.green(), colour.blue()]) - (200, 40, 90)).max() < 8


def test_a_project_that_cannot_be_read_is_listed_without_its_picture(leftovers: tuple[Leftover, ...], qtbot: QtBot) -> None:
    leftovers[0].project.write_bytes(b"no project")
    assert leftovers[0].small_photo(64).isNull()
    dialog = RecoveryDialog(leftovers)
    qtbot.addWidget(dialog)
    assert len(dialog.decisions) == 2


def test_each_has_its_own_answer(dialog: RecoveryDialog, leftovers: tuple[Leftover, ...], root: Path, qtbot: QtBot) -> None:
    choose(dialog, 0, Decision.DISCARD, qtbot)
    choose(dialog, 1, Decision.LATER, qtbot)
    assert [decision for _, decision in dialog.decisions] == [Decision.DISCARD, Decision.LATER]
    assert leftovers[0].project.exists(), "nothing is done before the user goes on"
    qtbot.mouseClick(dialog.continue_button, Qt.MouseButton.LeftButton)
    assert dialog.recovered is None
    assert not leftovers[0].project.parent.exists()
    (kept,) = left_behind(root)
    assert kept.project == leftovers[1].project
    kept.release()


@pytest.mark.parametrize("how", ["later", "escape"])
def test_later_keeps_everything(dialog: RecoveryDialog, root: Path, how: str, qtbot: QtBot) -> None:
    choose(dialog, 0, Decision.DISCARD, qtbot)
    with qtbot.waitSignal(dialog.rejected):
        if how == "later":
            qtbot.mouseClick(dialog.later_button, Qt.MouseButton.LeftButton)
        else:
            qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert len(list(root.glob(f"*/{PROJECT}"))) == 2
    again = left_behind(root)
    assert len(again) == 2
    for leftover in again:
        leftover.release()
