from __future__ import annotations

import numpy as np
import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QListWidget
from pytestqt.qtbot import QtBot

from latentedit.edits import (
    Compositing,
    DirectionEdit,
    EditMask,
    FaceEdits,
    MixEdit,
    MoveEdit,
    PutEdit,
    RemoveEdit,
    ResetFace,
    SetAmount,
    SetCompositing,
    SetMask,
    SetMix,
    SetNoiseMode,
    SetTruncation,
    VariationEdit,
)
from latentedit.requested_crosses import cross_command
from latentedit_gui.context import Context
from latentedit_gui.document import Document
from latentedit_gui.panels.history import HistoryPanel
from latentedit_gui.panels.history_words import faces_of_entries, label_words

from .driving import shown


@pytest.fixture
def panel(qtbot: QtBot, opened: Document, context: Context) -> HistoryPanel:
    panel = HistoryPanel(context)
    shown(qtbot, panel, 400)
    return panel


def the_list(panel: HistoryPanel) -> QListWidget:
    found = panel.findChild(QListWidget)
    assert found is not None
    return found


def lines(panel: HistoryPanel) -> list[str]:
    shown_list = the_list(panel)
    return [shown_list.item(row).text() for row in range(shown_list.count())]  # type: ignore[union-attr]


def click_row(qtbot: QtBot, panel: HistoryPanel, row: int) -> None:
    shown_list = the_list(panel)
    item = shown_list.item(row)
    assert item is not None
    qtbot.mouseClick(shown_list.viewport(), Qt.MouseButton.LeftButton, pos=shown_list.visualItemRect(item).center())


def test_a_click_goes_back_and_forth_and_the_pixels_are_those(qtbot: QtBot, opened: Document, panel: HistoryPanel) -> None:
    session = opened.session
    assert session is not None
    pictures = [session.render_uint8()]
    for seed in range(4):
        opened.do(SetMix(seed % 2, f"seed:{seed}"))
        pictures.append(session.render_uint8())
    assert len(lines(panel)) == 5 and lines(panel)[0] == "Original" and the_list(panel).currentRow() == 4
    for row in (1, 0, 3, 4):
        told: list[object] = []
        opened.state_changed.connect(lambda *states, told=told: told.append(states))
        click_row(qtbot, panel, row)
        assert np.array_equal(session.render_uint8(), pictures[row])
        assert len(told) == 1, "one change, however far"
        assert the_list(panel).currentRow() == row and len(lines(panel)) == 5
        assert the_list(panel).item(row).font().bold()  # type: ignore[union-attr]


def test_the_arrow_keys_walk(qtbot: QtBot, opened: Document, panel: HistoryPanel) -> None:
    session = opened.session
    assert session is not None
    for seed in range(3):
        opened.do(SetMix(0, f"seed:{seed}"))
    the_list(panel).setFocus()
    qtbot.keyClick(the_list(panel), Qt.Key.Key_Up)
    qtbot.keyClick(the_list(panel), Qt.Key.Key_Up)
    assert len(session.history.past) == 1
    qtbot.keyClick(the_list(panel), Qt.Key.Key_Home)
    assert not session.history.can_undo
    qtbot.keyClick(the_list(panel), Qt.Key.Key_End)
    assert not session.history.can_redo


def test_what_is_done_after_going_back_replaces_what_was_undone(qtbot: QtBot, opened: Document, panel: HistoryPanel) -> None:
    for seed in range(3):
        opened.do(SetMix(0, f"seed:{seed}"))
    click_row(qtbot, panel, 1)
    opened.do(SetAmount(0, "smile", 2.0))
    assert lines(panel) == ["Original", "Mix with random face 0, 100%  ·  face 1", "Smile +2  ·  face 1"]


def test_a_hidden_list_is_right_when_it_is_shown(qtbot: QtBot, opened: Document, panel: HistoryPanel) -> None:
    panel.hide()
    opened.do(SetMix(0, "seed:1"))
    assert lines(panel) == ["Original"]
    panel.show()
    assert len(lines(panel)) == 2
    opened.open(None)
    assert panel.missing()


@pytest.mark.parametrize(
    ("label", "words"),
    [
        (SetAmount(0, "hair_colour", -1.5).label, "Hair colour -1.5"),
        (SetAmount(0, "gender", 1.0).label, "Masculine +1"),
        (SetAmount(0, "Direction 3", 2.0).label, "Direction 3 +2"),
        (
            PutEdit(0, DirectionEdit("smile", 2.0, (0, 1, 4), mask=EditMask("hair", inverted=True))).label,
            "Smile +2 (layers 0-1,4, all but Hair)",
        ),
        (SetMask(0, DirectionEdit("smile", 2.0).key, None).label, "Smile (Whole square)"),
        (SetMask(0, DirectionEdit("smile", 2.0).key, EditMask("mouth")).label, "Smile (Mouth)"),
        (SetMix(0, "face:1", 0.5).label, "Mix with face 2, 50%"),
        (SetMix(0, "latent:my face", 1e-05).label, "Mix with my face, 0%"),
        (PutEdit(0, MixEdit("seed:7", mask=EditMask("hair"))).label, "Mix with random face 7, 100% (Hair)"),
        (PutEdit(0, VariationEdit(7, 0.5, 0.25, 0.0)).label, "Variation 7, 50% / 25% / 0%"),
        (cross_command(0, FaceEdits(), {"seed:7": 0.5, "face:1": 1.0}).label, "Blend with random face 7 0.5, face 2 1"),
        (SetCompositing(0, Compositing("seamless", region="hair")).label, "Blend the drawing in (Hair)"),
        (SetCompositing(0, Compositing("residual")).label, "Keep the photograph's texture"),
        (SetNoiseMode(0, "none").label, "Noise: None, smooth"),
        (SetTruncation(0, 0.75).label, "Own features: 75%"),
        (ResetFace(0).label, "Reset face"),
        ("Show drag:3", "Show drag 3"),
        (RemoveEdit(0, DirectionEdit("smile", 2.0).key).label, "Remove Smile"),
        (MoveEdit(0, MixEdit("seed:7").key, 0).label, "Move random face 7"),
    ],
)
def test_labels_are_words(label: str, words: str) -> None:
    assert label_words(label) == words


def test_entries_know_their_faces(opened: Document) -> None:
    session = opened.session
    assert session is not None
    for face in (0, 1, 1, 0):
        opened.do(SetMix(face, f"seed:{len(session.history.past)}"))
    assert faces_of_entries(session.history) == [0, 1, 1, 0]
    assert faces_of_entries(session.history.step(-3)) == [0, 1, 1, 0]
