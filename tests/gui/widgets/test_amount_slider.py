from __future__ import annotations

from collections.abc import Callable

import pytest
from PyQt6.QtCore import QEvent, QPoint, QPointF, Qt
from PyQt6.QtGui import QMouseEvent, QWheelEvent
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from latentedit_gui.widgets.amount_slider import AmountSlider

Heard = list[float | str]
LEFT = Qt.MouseButton.LeftButton
SHIFT = Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def slider(qtbot: QtBot) -> AmountSlider:
    slider = AmountSlider("Smile", (-3.0, 3.0), (-1000.0, 1000.0))
    qtbot.addWidget(slider)
    slider.resize(420, 30)
    slider.show()
    slider.activateWindow()
    return slider


@pytest.fixture
def heard(slider: AmountSlider) -> Heard:
    events: Heard = []
    slider.value_changed.connect(events.append)
    slider.released.connect(lambda: events.append("released"))
    return events


def mouse(slider: AmountSlider, kind: QEvent.Type, x: float, modifiers: Qt.KeyboardModifier = NONE) -> None:
    at = QPointF(x, slider.track.height() / 2)
    held = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseButtonRelease else LEFT
    event = QMouseEvent(kind, at, slider.track.mapToGlobal(at), LEFT, held, modifiers)
    QApplication.sendEvent(slider.track, event)


def drag(slider: AmountSlider, by: float, modifiers: Qt.KeyboardModifier = NONE) -> None:
    x = slider.track.handle_x()
    mouse(slider, QEvent.Type.MouseButtonPress, x, modifiers)
    for part in range(1, 5):
        mouse(slider, QEvent.Type.MouseMove, x + by * part / 4, modifiers)
    mouse(slider, QEvent.Type.MouseButtonRelease, x + by, modifiers)


def wheel(slider: AmountSlider, notches: int) -> bool:
    at = QPointF(slider.track.rect().center())
    event = QWheelEvent(
        at,
        slider.track.mapToGlobal(at),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        NONE,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(slider.track, event)
    return event.isAccepted()


def test_a_drag_tells_each_value_and_then_that_it_has_ended(slider: AmountSlider, heard: Heard) -> None:
    drag(slider, 40)
    assert len(heard) > 3 and heard[-1] == "released" and heard.count("released") == 1
    values = [event for event in heard if isinstance(event, float)]
    assert values == sorted(values) and values[-1] == slider.value() > 0
    assert slider.number.value() == slider.value()


def test_shift_moves_it_a_tenth_as_far(slider: AmountSlider) -> None:
    drag(slider, 40)
    coarse = slider.value()
    slider.setValue(0.0)
    drag(slider, 40, SHIFT)
    assert 0 < slider.value() == pytest.approx(coarse / 10, abs=0.02)


def test_a_press_beside_the_handle_moves_it_there(slider: AmountSlider) -> None:
    x = slider.track.handle_x(200)
    mouse(slider, QEvent.Type.MouseButtonPress, x)
    assert slider.value() == pytest.approx(2.0, abs=0.03)
    mouse(slider, QEvent.Type.MouseButtonRelease, x)


def test_the_handle_is_drawn_to_the_neutral_value(slider: AmountSlider) -> None:
    slider.setValue(1.0)
    drag(slider, slider.track.handle_x(0) - slider.track.handle_x() + 2)
    assert slider.value() == 0.0


def test_showing_a_value_says_nothing(slider: AmountSlider, heard: Heard) -> None:
    slider.setValue(2.5)
    assert (slider.value(), slider.track.value(), slider.number.value()) == (2.5, 250, 2.5)
    assert not heard


@pytest.mark.parametrize("ask", ["label", "track", "button", "key"])
def test_ways_back(slider: AmountSlider, heard: Heard, ask: str) -> None:
    slider.setValue(2.0)
    ways: dict[str, Callable[[], object]] = {
        "label": lambda: QTest.mouseDClick(slider.label, LEFT),
        "track": lambda: QTest.mouseDClick(slider.track, LEFT, pos=QPoint(round(slider.track.handle_x()), 10)),
        "button": lambda: QTest.mouseClick(slider.back, LEFT),
        "key": lambda: QTest.keyClick(slider.track, Qt.Key.Key_Delete),
    }
    ways[ask]()
    assert slider.value() == 0.0 and heard == [0.0, "released"]


def test_what_is_modified_is_marked(slider: AmountSlider) -> None:
    assert not slider.modified and slider.back.isHidden()
    slider.setValue(-0.5)
    assert slider.modified and slider.back.isVisible()


def test_a_typed_number_may_lie_beyond_the_slider_and_is_told(slider: AmountSlider, heard: Heard) -> None:
    inside = slider.grab().toImage()
    slider.number.selectAll()
    QTest.keyClicks(slider.number, "7.5")
    assert not heard, "not at each digit"
    QTest.keyClick(slider.number, Qt.Key.Key_Return)
    assert heard == [7.5] and slider.beyond
    assert slider.track.value() == 300 and "-3 to 3" in slider.track.toolTip()
    assert slider.grab().toImage() != inside
    slider.setValue(3.0)
    assert not slider.beyond and "beyond" not in slider.track.toolTip()


@pytest.mark.parametrize(
    ("key", "modifiers", "value"),
    [
        (Qt.Key.Key_Right, NONE, 0.1),
        (Qt.Key.Key_Left, NONE, -0.1),
        (Qt.Key.Key_Right, SHIFT, 0.01),
        (Qt.Key.Key_Left, SHIFT, -0.01),
        (Qt.Key.Key_PageUp, NONE, 0.5),
        (Qt.Key.Key_End, NONE, 3.0),
        (Qt.Key.Key_Home, NONE, -3.0),
    ],
)
def test_keys(
    qtbot: QtBot, slider: AmountSlider, heard: Heard, key: Qt.Key, modifiers: Qt.KeyboardModifier, value: float
) -> None:
    with qtbot.waitSignal(slider.released):
        QTest.keyClick(slider.track, key, modifiers)
    assert heard == [value, "released"]


def test_quick_presses_are_one_change(qtbot: QtBot, slider: AmountSlider, heard: Heard) -> None:
    with qtbot.waitSignal(slider.released):
        for _ in range(3):
            QTest.keyClick(slider.track, Qt.Key.Key_Right)
        QTest.keyClick(slider.number, Qt.Key.Key_Up)
    assert heard == [0.1, 0.2, 0.3, 0.4, "released"]


def test_shares_are_shown_and_typed_in_hundredths(qtbot: QtBot) -> None:
    slider = AmountSlider("Hair", (0.0, 1.0), (0.0, 2.0), step=0.05, percent=True)
    qtbot.addWidget(slider)
    slider.setValue(0.66)
    assert slider.number.text() == "66%"
    heard: Heard = []
    slider.value_changed.connect(heard.append)
    slider.number.selectAll()
    QTest.keyClicks(slider.number, "150")
    QTest.keyClick(slider.number, Qt.Key.Key_Return)
    assert heard == [1.5] and slider.number.text() == "150%"
    slider.number.selectAll()
    QTest.keyClicks(slider.number, "900x")
    QTest.keyClick(slider.number, Qt.Key.Key_Return)
    assert slider.value() <= 2.0


@pytest.mark.parametrize(("modifiers", "value"), [(NONE, 0.1), (SHIFT, 0.01)])
def test_keys_of_the_number(slider: AmountSlider, modifiers: Qt.KeyboardModifier, value: float) -> None:
    QTest.keyClick(slider.number, Qt.Key.Key_Up, modifiers)
    assert slider.value() == pytest.approx(value)


def test_a_wheel_scrolls_the_page_unless_the_slider_has_the_keyboard(qtbot: QtBot, slider: AmountSlider, heard: Heard) -> None:
    slider.number.setFocus()
    assert not wheel(slider, 1) and not heard
    slider.track.setFocus()
    qtbot.waitUntil(slider.track.hasFocus)
    with qtbot.waitSignal(slider.released):
        assert wheel(slider, 2)
    assert heard == [0.2, "released"]


@pytest.mark.parametrize(
    ("value", "text"), [(0.0, "0"), (-0.0, "0"), (1.5, "1.5"), (-2.25, "-2.25"), (100.0, "100"), (1000.0, "1000")]
)
def test_numbers_are_short(slider: AmountSlider, value: float, text: str) -> None:
    slider.setValue(value)
    assert slider.number.text() == text


def test_it_has_names_for_those_who_do_not_see_it(slider: AmountSlider) -> None:
    assert slider.track.accessibleName() == "Smile"
    assert "Smile" in slider.number.accessibleName() and "Smile" in slider.back.accessibleName()
    assert all(widget.toolTip() for widget in (slider.track, slider.number, slider.back, slider.label))


def test_a_long_name_is_shortened(slider: AmountSlider) -> None:
    slider.label.setText("a name that somebody gave, which goes on and on and on")
    assert slider.label.shown_text.endswith("…") and slider.width() == 420
