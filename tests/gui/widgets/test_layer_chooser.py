from __future__ import annotations

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtTest import QTest
from pytestqt.qtbot import QtBot

from latentedit_gui.widgets.layer_chooser import LayerChooser

RESOLUTIONS = (4, 8, 16, 32, 64, 128)
"""Two layers a band."""
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def chooser(qtbot: QtBot) -> LayerChooser:
    chooser = LayerChooser(RESOLUTIONS, usual=(0, 1, 2))
    qtbot.addWidget(chooser)
    chooser.show()
    return chooser


def chosen(chooser: LayerChooser) -> tuple[int, ...]:
    return tuple(layer for layer in range(len(RESOLUTIONS)) if chooser.cell(layer).isChecked())


def test_the_usual_layers_are_shown_where_none_are_chosen(chooser: LayerChooser) -> None:
    assert chooser.layers() is None and chosen(chooser) == (0, 1, 2)
    states = [chooser.box(band).checkState() for band in ("coarse", "middle", "fine")]
    assert states == [Qt.CheckState.Checked, Qt.CheckState.PartiallyChecked, Qt.CheckState.Unchecked]


@pytest.mark.parametrize(("clicks", "layers"), [((5,), (0, 1, 2, 5)), ((0, 2), (1,)), ((5, 5), (0, 1, 2)), ((0, 1, 2), (2,))])
def test_cells_choose_layers_and_the_last_stays(chooser: LayerChooser, clicks: tuple[int, ...], layers: tuple[int, ...]) -> None:
    told: list[object] = []
    chooser.layers_changed.connect(told.append)
    for layer in clicks:
        QTest.mouseClick(chooser.cell(layer), LEFT)
    assert chooser.layers() == chosen(chooser) == layers
    assert told[-1] == layers


def test_boxes_choose_bands(chooser: LayerChooser) -> None:
    chooser.box("middle").click()
    assert chooser.layers() == (0, 1, 2, 3), "what was a part of a band is then all of it"
    chooser.box("coarse").click()
    assert chooser.layers() == (2, 3)
    chooser.box("fine").click()
    assert chooser.layers() == (2, 3, 4, 5)


def test_showing_layers_says_nothing(chooser: LayerChooser) -> None:
    told: list[object] = []
    chooser.layers_changed.connect(told.append)
    for layers in ((1, 4), None):
        chooser.set_layers(layers)
        assert chooser.layers() == layers and chosen(chooser) == (layers or (0, 1, 2))
    assert not told


def test_a_small_generator_has_fewer_bands(qtbot: QtBot) -> None:
    chooser = LayerChooser((4, 8))
    qtbot.addWidget(chooser)
    assert chooser.box("coarse").checkState() == Qt.CheckState.Checked
    with pytest.raises(KeyError):
        chooser.box("fine")
