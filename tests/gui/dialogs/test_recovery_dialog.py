"""Recovery: each project's own answer, and nothing done before the user goes on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from projects import full_project
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QLabel, QRadioButton
from pytestqt.qtbot import QtBot

from latentedit_gui.dialogs.recovery_dialog import Decision, RecoveryDialog
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


def test_going_on_recovers_everything_by_default(dialog: RecoveryDialog, leftovers: tuple[Leftover, ...], qtbot: QtBot) -> None:
    with qtbot.waitSignal(dialog.accepted):
        qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert dialog.recovered() == leftovers
    assert all(leftover.project.is_file() for leftover in leftovers)


def test_each_has_its_own_answer(dialog: RecoveryDialog, leftovers: tuple[Leftover, ...], root: Path, qtbot: QtBot) -> None:
    choose(dialog, 0, Decision.DISCARD, qtbot)
    choose(dialog, 1, Decision.LATER, qtbot)
    assert [decision for _, decision in dialog.decisions] == [Decision.DISCARD, Decision.LATER]
    assert leftovers[0].project.exists(), "nothing is done before the user goes on"
    qtbot.mouseClick(dialog.continue_button, Qt.MouseButton.LeftButton)
    assert dialog.recovered() == ()
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
