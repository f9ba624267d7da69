"""The icons: one visual language, in the palette's colours at any size."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np
import pytest
from numpy.typing import NDArray
from PyQt6.QtCore import QSize
from PyQt6.QtGui import QColor, QIcon, QImage, QPalette, QPixmap
from PyQt6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from latentedit_gui.icon_set import APP_PX, FOLDER, app_icon, icon, icon_names, icon_pixmap
from latentedit_gui.pixels import rgba_of

ASKED_FOR = [
    "open",
    "save",
    "export",
    "copy",
    "paste",
    "undo",
    "redo",
    "zoom-in",
    "zoom-out",
    "fit",
    "actual-size",
    "before-after",
    "hand",
    "select",
    "brush",
    "eraser",
    "drag-points",
    "attributes",
    "mix",
    "variations",
    "translate",
    "discover",
    "history",
    "layers",
    "face",
    "models",
    "batch",
    "reset",
    "star",
    "star-filled",
    "search",
    "dice",
    "plus",
    "minus",
    "trash",
    "eye",
    "eye-off",
    "play",
    "stop",
    "settings",
    "warning",
    "info",
    "lock",
    "download",
    "grip",
    "folder",
]
names = pytest.mark.parametrize("name", icon_names())


def rgba(pixmap: QPixmap) -> NDArray[np.uint8]:
    """[H, W, 4] of a picture."""
    image = pixmap.toImage().convertToFormat(QImage.Format.Format_RGBA8888)
    bits = image.constBits()
    assert bits is not None
    flat = np.frombuffer(bits.asarray(image.sizeInBytes()), np.uint8)
    return flat.reshape(image.height(), image.bytesPerLine() // 4, 4)[:, : image.width()].copy()


@pytest.fixture
def palette(qapp: QApplication) -> Iterator[QPalette]:
    before = qapp.palette()
    yield QPalette(before)
    qapp.setPalette(before)


def test_every_icon_that_the_window_asks_for_is_there() -> None:
    assert set(ASKED_FOR) <= set(icon_names())


@names
def test_icons_speak_one_language(name: str) -> None:
    text = (FOLDER / f"{name}.svg").read_text(encoding="utf-8")
    head = text[: text.index(">")]
    for said in ('viewBox="0 0 24 24"', 'stroke="currentColor"', 'stroke-width="1.75"', 'stroke-linecap="round"', 'fill="none"'):
        assert said in head
    assert not re.findall(r"#[0-9a-f]{3,6}", text), "a colour of its own would not follow the palette"


@names
def test_an_icon_is_drawn_in_the_middle_and_not_cut_off(qapp: QApplication, name: str) -> None:
    alpha = rgba(icon_pixmap(name, 24, QColor("black"), 4.0))[..., 3]
    assert alpha.shape == (96, 96)
    rows, columns = np.nonzero(alpha)
    assert rows.size
    for near, far in ((rows.min(), rows.max()), (columns.min(), columns.max())):
        assert near >= 4 and far <= 91, "it touches the edge"
        assert abs(near + far - 95) <= 16, "it hangs to one side"


def test_no_two_icons_are_the_same(qapp: QApplication) -> None:
    drawn = {rgba(icon_pixmap(name, 24, QColor("black"))).tobytes() for name in icon_names()}
    assert len(drawn) == len(icon_names())


@pytest.mark.parametrize("ratio", [1.0, 1.25, 2.0, 3.0])
def test_an_icon_has_the_pixels_of_the_screen(qapp: QApplication, ratio: float) -> None:
    pixmap = icon("undo").pixmap(QSize(16, 16), ratio)
    assert (pixmap.width(), pixmap.devicePixelRatio()) == (round(16 * ratio), ratio)
    assert set(np.unique(rgba(pixmap)[..., 3])) - {0}, "it is empty"


def test_an_icon_of_no_size_is_empty_and_no_fault(qapp: QApplication) -> None:
    assert icon("undo").pixmap(QSize(0, 0)).isNull()
    assert icon("undo").pixmap(QSize(16, 0)).isNull()
    assert icon_pixmap("undo", 0, QColor("red")).isNull()


def test_an_icon_follows_the_palette_that_comes_later(qapp: QApplication, palette: QPalette, qtbot: QtBot) -> None:
    button = QToolButton()
    qtbot.addWidget(button)
    button.setIcon(icon("star-filled"))
    for colour in ("#123456", "#fedcba"):
        palette.setColor(QPalette.ColorRole.ButtonText, QColor(colour))
        qapp.setPalette(palette)
        middle = button.icon().pixmap(QSize(32, 32)).toImage().pixelColor(16, 16)
        assert middle == QColor(colour)


def test_what_is_disabled_or_chosen_has_the_palettes_colour_for_it(qapp: QApplication, palette: QPalette) -> None:
    palette.setColor(QPalette.ColorGroup.Disabled, QPalette.ColorRole.ButtonText, QColor("#445566"))
    palette.setColor(QPalette.ColorRole.HighlightedText, QColor("#aabbcc"))
    qapp.setPalette(palette)
    for mode, colour in ((QIcon.Mode.Disabled, "#445566"), (QIcon.Mode.Selected, "#aabbcc")):
        assert icon("star-filled").pixmap(QSize(32, 32), mode).toImage().pixelColor(16, 16) == QColor(colour)


def test_an_icon_on_the_accent_has_the_colour_of_text_there(qapp: QApplication, palette: QPalette, qtbot: QtBot) -> None:
    palette.setColor(QPalette.ColorRole.HighlightedText, QColor("#aabbcc"))
    qapp.setPalette(palette)
    button = QToolButton()
    qtbot.addWidget(button)
    button.setIcon(icon("star-filled", QPalette.ColorRole.HighlightedText))
    assert button.icon().pixmap(QSize(32, 32)).toImage().pixelColor(16, 16) == QColor("#aabbcc")


@pytest.mark.parametrize("name", ["nothing", "../icons/undo", "", "undo.svg", "controls/check-white"])
def test_there_is_no_other_icon(name: str) -> None:
    with pytest.raises(KeyError, match="there is no icon"):
        icon(name)


@pytest.mark.parametrize("size", [QSize(0, 0), QSize(0, 16), QSize(16, 0)])
def test_no_pixels_are_no_picture(size: QSize) -> None:
    assert icon("undo").pixmap(size).isNull()
    assert icon_pixmap("undo", 0, QColor("white")).isNull()


@pytest.mark.parametrize("size", APP_PX)
def test_the_programs_icon_stands_out_on_light_and_dark_bars(qapp: QApplication, size: int) -> None:
    made = app_icon()
    assert {each.width() for each in made.availableSizes()} == set(APP_PX)
    drawn = rgba_of(made.pixmap(QSize(size, size)).toImage())
    assert drawn.shape == (size, size, 4) and drawn[0, 0, 3] < 60  # rounded
    rgb, opaque = drawn[..., :3].astype(float), drawn[..., 3] > 250
    assert opaque.mean() > 0.7
    light = rgb[opaque] @ (0.2126, 0.7152, 0.0722)
    ground, face = np.quantile(light, 0.2), np.quantile(light, 0.97)
    assert face - ground > 110, "the face is seen on its ground"
    assert 60 < ground < 160, "and the ground on white and on black"
