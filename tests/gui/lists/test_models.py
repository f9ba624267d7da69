from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PyQt6.QtCore import QMimeData, QPointF, Qt, QUrl
from PyQt6.QtGui import QDragEnterEvent, QDropEvent
from PyQt6.QtWidgets import QApplication, QComboBox, QFileDialog, QLabel, QLineEdit, QListWidget, QPushButton
from pytestqt.qtbot import QtBot

from latentedit.generators.library import GeneratorLibrary
from latentedit_gui.context import Context
from latentedit_gui.document import Document
from latentedit_gui.panels.models import ModelsPanel
from latentedit_gui.panels.models_import import ImportForm

from .conftest import Told
from .driving import LEFT, answer, child, choose, press, shown


@pytest.fixture
def checkpoints(shared_data: Path) -> Path:
    return shared_data / "checkpoints"


@pytest.fixture
def panel(qtbot: QtBot, context: Context) -> ModelsPanel:
    panel = ModelsPanel(context)
    shown(qtbot, panel)
    qtbot.waitUntil(lambda: the_list(panel).count() > 0)
    return panel


def the_list(panel: ModelsPanel) -> QListWidget:
    found = panel.findChild(QListWidget)
    assert found is not None
    return found


def names(panel: ModelsPanel) -> list[str]:
    shown_list = the_list(panel)
    return [shown_list.item(row).text().split("\n")[0] for row in range(shown_list.count())]  # type: ignore[union-attr]


def select(panel: ModelsPanel, name: str) -> None:
    the_list(panel).setCurrentRow(names(panel).index(name))


def card(panel: ModelsPanel) -> str:
    return "\n".join(label.accessibleName() for label in panel.findChildren(QLabel) if label.accessibleName())


def drop(panel: ModelsPanel, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPointF(50, 50).toPoint(), Qt.DropAction.CopyAction, data, buttons, keys)
    QApplication.sendEvent(panel, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(panel, QDropEvent(QPointF(50, 50), Qt.DropAction.CopyAction, data, buttons, keys))


def form(panel: ModelsPanel) -> ImportForm:
    return child(panel, ImportForm)


def keep_button(panel: ModelsPanel) -> QPushButton:
    return next(button for button in form(panel).findChildren(QPushButton) if button.property("role") == "primary")


def test_what_ships_is_listed_with_licence_limits_and_what_is_to_be_fetched(panel: ModelsPanel) -> None:
    assert names(panel)[:2] == ["mobilestylegan-ffhq", "toy"]
    select(panel, "mobilestylegan-ffhq")
    assert "Licence: Apache-2.0" in card(panel) and "non-commercial" in card(panel)
    assert "Weights: 38 MB will be downloaded" in card(panel), "the store of this test is empty"
    assert not child(panel, QPushButton, text="Remove…").isEnabled() and not child(panel, QPushButton, text="Export…").isEnabled()


def test_the_one_in_use_is_marked(qtbot: QtBot, panel: ModelsPanel, opened: Document) -> None:
    qtbot.waitUntil(lambda: panel.chosen == "toy")
    select(panel, "toy")
    assert not child(panel, QPushButton, text="In use").isEnabled()
    item = the_list(panel).item(names(panel).index("toy"))
    assert item is not None and item.data(Qt.ItemDataRole.AccessibleTextRole).endswith("in use")


def test_a_dropped_checkpoint_is_read_named_and_kept(qtbot: QtBot, panel: ModelsPanel, checkpoints: Path) -> None:
    drop(panel, checkpoints / "sg2ada_skip64.pkl")
    qtbot.waitUntil(keep_button(panel).isVisible)
    name = next(field for field in form(panel).findChildren(QLineEdit) if field.text() == "sg2ada_skip64")
    name.setFocus()
    name.selectAll()
    qtbot.keyClicks(name, "mine")
    domain = next(box for box in form(panel).findChildren(QComboBox) if box.itemText(0).startswith("Portraits"))
    assert domain.isVisible(), "the file does not tell"
    choose(qtbot, domain, "Portraits, aligned as in FFHQ")
    qtbot.keyClick(name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "mine" in names(panel))
    assert GeneratorLibrary.default().spec("mine").domain == "face" and not form(panel).isVisible()
    assert the_list(panel).currentRow() == names(panel).index("mine")
    assert "Licence: not told" in card(panel) and "64 px" in card(panel)


def test_the_size_is_asked_for_only_where_the_file_does_not_tell(qtbot: QtBot, panel: ModelsPanel, checkpoints: Path) -> None:
    drop(panel, checkpoints / "rosinality_sg1_train.model")
    size = next(box for box in form(panel).findChildren(QComboBox) if not box.itemText(0).startswith("Portraits"))
    qtbot.waitUntil(size.isVisible)
    choose(qtbot, size, "32 px")
    qtbot.mouseClick(keep_button(panel), LEFT)
    qtbot.waitUntil(lambda: keep_button(panel).text() == "&Keep", timeout=20_000)
    assert not size.isVisible()
    qtbot.mouseClick(keep_button(panel), LEFT)
    qtbot.waitUntil(lambda: "rosinality_sg1_train" in names(panel))
    assert GeneratorLibrary.default().spec("rosinality_sg1_train").img_resolution == 32


def problem(panel: ModelsPanel) -> str:
    return " ".join(label.text() for label in form(panel).findChildren(QLabel) if label.property("role") == "danger")


def test_what_is_no_checkpoint_is_told_and_can_be_closed(qtbot: QtBot, panel: ModelsPanel, tmp_path: Path) -> None:
    path = tmp_path / "holiday.pkl"
    path.write_bytes(b"not a checkpoint at all")
    drop(panel, path)
    qtbot.waitUntil(lambda: bool(problem(panel)))
    assert "holiday.pkl" in problem(panel) and not keep_button(panel).isVisible()
    press(qtbot, form(panel), "Close")
    assert not form(panel).isVisible() and names(panel) == ["mobilestylegan-ffhq", "toy"]


def test_a_name_that_is_taken_is_told_and_another_will_do(qtbot: QtBot, panel: ModelsPanel, checkpoints: Path) -> None:
    drop(panel, checkpoints / "sg2ada_skip64.pkl")
    qtbot.waitUntil(keep_button(panel).isVisible)
    name = next(field for field in form(panel).findChildren(QLineEdit) if field.text() == "sg2ada_skip64")
    name.setText("toy")
    qtbot.mouseClick(keep_button(panel), LEFT)
    qtbot.waitUntil(lambda: "taken" in problem(panel))
    name.setText("other")
    qtbot.mouseClick(keep_button(panel), LEFT)
    qtbot.waitUntil(lambda: "other" in names(panel))


@pytest.fixture
def with_own(own_home: Path, checkpoints: Path) -> str:
    """An imported generator of 64-px faces."""
    from latentedit.generators.importing import keep, read_checkpoint

    keep(read_checkpoint(checkpoints / "sg2ada_skip64.pkl"), "mine", domain="face")
    return "mine"


@pytest.mark.parametrize("yes", [True, False])
def test_removing_asks_first(qtbot: QtBot, with_own: str, panel: ModelsPanel, yes: bool) -> None:
    select(panel, with_own)
    press(qtbot, panel, "Remove…")
    answer(qtbot, panel, yes=yes)
    if yes:
        qtbot.waitUntil(lambda: with_own not in names(panel))
    assert (with_own in GeneratorLibrary.default().paths()) is not yes


def test_a_damaged_one_is_listed_and_can_be_removed(qtbot: QtBot, own_home: Path, with_own: str, panel: ModelsPanel) -> None:
    GeneratorLibrary.default().paths()[with_own].write_bytes(b"gone")
    panel.refresh(with_own)
    qtbot.waitUntil(lambda: "Problem" in card(panel))
    assert not child(panel, QPushButton, text="Use this model").isEnabled()
    press(qtbot, panel, "Remove…")
    answer(qtbot, panel, yes=True)
    qtbot.waitUntil(lambda: with_own not in names(panel))


def test_exporting_writes_a_file_that_can_be_imported(qtbot: QtBot, with_own: str, panel: ModelsPanel, tmp_path: Path) -> None:
    select(panel, with_own)
    press(qtbot, panel, "Export…")
    dialog = panel.findChild(QFileDialog)
    assert dialog is not None
    dialog.setDirectory(str(tmp_path))
    dialog.selectFile(str(tmp_path / "given.safetensors"))
    dialog.accept()
    qtbot.waitUntil((tmp_path / "given.safetensors").is_file)


def test_the_import_button_asks_for_a_file(qtbot: QtBot, panel: ModelsPanel, checkpoints: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(checkpoints / "sg3r_32.pkl", tmp_path))
    press(qtbot, panel, "Import…")
    dialog = panel.findChild(QFileDialog)
    assert dialog is not None
    dialog.setDirectory(str(tmp_path))
    dialog.selectFile(str(path))
    dialog.accept()
    qtbot.waitUntil(keep_button(panel).isVisible)
    press(qtbot, form(panel), "Cancel")


@pytest.mark.parametrize("yes", [True, False])
def test_another_model_learns_the_faces_again_and_says_so(
    qtbot: QtBot, with_own: str, opened: Document, panel: ModelsPanel, told: Told, yes: bool
) -> None:
    session = opened.session
    assert session is not None
    opened.select(1)
    select(panel, with_own)
    heard: list[str] = []
    panel.chosen_changed.connect(heard.append)
    press(qtbot, panel, "Use this model")
    answer(qtbot, panel, yes=yes)
    assert (session.generator_name, told.projected, heard) == ((with_own, [1], [with_own]) if yes else ("toy", [], []))
    assert all((known.latents is None) is yes for known in session.faces)


def test_without_a_photograph_it_is_for_the_next_one(qtbot: QtBot, panel: ModelsPanel) -> None:
    select(panel, "toy")
    with qtbot.waitSignal(panel.chosen_changed) as heard:
        press(qtbot, panel, "Use this model")
    assert heard.args == ["toy"] and panel.chosen == "toy"
