"""What is seen: the photograph, what lies over it, before and after."""

from __future__ import annotations

import gc
import weakref

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageFilter
from PyQt6.QtCore import QPointF
from PyQt6.QtGui import QColor, QPalette
from PyQt6.QtWidgets import QGraphicsItem
from pytestqt.qtbot import QtBot
from shapes import square, waves

from latentedit.alignment import quad_to_square
from latentedit_gui.canvas import Canvas, pyramid
from latentedit_gui.canvas.photo_item import fitting_level
from latentedit_gui.canvas.pyramid import Pyramid
from latentedit_gui.pixels import rgb_of, rgba_of

from .conftest import HEIGHT, WIDTH
from .hands import exposed, photo_pixels

Pixels = NDArray[np.uint8]


@pytest.mark.parametrize("pushed", [(0, 0), (37, -21), (-50, 60)])
def test_at_actual_size_the_view_is_the_photograph(canvas: Canvas, photo: Pixels, pushed: tuple[int, int]) -> None:
    canvas.actual_size()
    canvas.pan_by(QPointF(*pushed))
    np.testing.assert_array_equal(photo_pixels(canvas), photo[exposed(canvas)])


def test_enlarged_pixels_are_squares(canvas: Canvas, photo: Pixels) -> None:
    canvas.set_zoom(8.0)
    view = photo_pixels(canvas)
    left, top = round(-canvas.placement.left), round(-canvas.placement.top)
    y, x = np.mgrid[: view.shape[0], : view.shape[1]]
    np.testing.assert_array_equal(view, photo[(y + top) // 8, (x + left) // 8])


@pytest.mark.parametrize("zoom", [0.6, 0.5, 0.3, 0.2])
def test_small_it_is_the_mean_of_its_pixels(canvas: Canvas, zoom: float) -> None:
    photo = waves(HEIGHT + 1, WIDTH + 3)  # odd sides: the last halvings stand for fewer pixels
    canvas.show_photo(photo)
    canvas.set_zoom(zoom)
    placed = canvas.placement
    left, top = placed.left, placed.top
    right, bottom = left + photo.shape[1] * zoom, top + photo.shape[0] * zoom
    inner = np.s_[max(int(top) + 2, 0) : int(bottom) - 2, max(int(left) + 2, 0) : int(right) - 2]
    view = photo_pixels(canvas)
    box = tuple((n - o) / zoom for n, o in zip((inner[1].start, inner[0].start), (left, top), strict=True))
    shown = view[inner]
    size = (shown.shape[1], shown.shape[0])
    part = (*box, min(box[0] + size[0] / zoom, photo.shape[1]), min(box[1] + size[1] / zoom, photo.shape[0]))
    expected = np.asarray(Image.fromarray(photo).resize(size, Image.Resampling.BOX, box=part)).astype(float)
    assert np.abs(shown - expected).mean() < 6
    # Qt rounds down between pixels.
    assert np.abs((shown - expected).mean(axis=(0, 1))).max() < 1.5


@pytest.mark.parametrize(("scale", "level"), [(4, 0), (1, 0), (0.51, 0), (0.5, 1), (0.26, 1), (0.25, 2), (0.001, 4)])
def test_the_halving_never_has_fewer_pixels_than_the_screen(scale: float, level: int) -> None:
    assert fitting_level(scale, 5) == level


@pytest.mark.parametrize("size", [(64, 64), (65, 129), (700, 30), (1, 1)])
def test_halvings_are_means(size: tuple[int, int]) -> None:
    height, width = size
    pixels = waves(height, width)
    levels = pyramid(pixels).images
    for level, image in enumerate(levels):
        assert (image.width(), image.height()) == (-(-width // 2**level), -(-height // 2**level))
        np.testing.assert_allclose(rgb_of(image).mean(axis=(0, 1)), pixels.mean(axis=(0, 1)), atol=4)
    if height > 64:
        whole = pixels[: height // 2 * 2, : width // 2 * 2].astype(float)
        means = whole.reshape(height // 2, 2, width // 2, 2, 3).mean(axis=(1, 3))
        assert np.abs(rgb_of(levels[1])[: height // 2, : width // 2] - means).max() <= 0.51


def test_halvings_of_drawings_weigh_colours_by_their_alpha() -> None:
    pixels = np.zeros((128, 128, 4), dtype=np.uint8)
    pixels[:, ::2] = 240, 120, 60, 255  # every other column is transparent and black
    red, green, blue, alpha = rgba_of(pyramid(pixels).images[1])[30, 30].tolist()
    assert abs(alpha - 128) <= 1 and np.abs(np.subtract((red, green, blue), (240, 120, 60))).max() <= 2


def test_a_draft_becomes_the_photograph_without_a_jump(canvas: Canvas, photo: Pixels, qtbot: QtBot) -> None:
    canvas.show_draft(np.ascontiguousarray(waves(HEIGHT, WIDTH)[::8, ::8]), (WIDTH, HEIGHT))
    canvas.set_zoom(1.0)
    canvas.pan_by(QPointF(12, 9))
    before = canvas.placement
    coarse = photo_pixels(canvas).astype(float)
    assert np.abs(coarse - waves(HEIGHT, WIDTH)[exposed(canvas)]).mean() < 40
    with qtbot.assertNotEmitted(canvas.zoom_changed):
        canvas.show_photo(pyramid(photo))
    assert canvas.placement == before and not canvas.fits
    np.testing.assert_array_equal(photo_pixels(canvas), photo[exposed(canvas)])


def test_another_photograph_is_fitted_and_bare(canvas: Canvas, photo: Pixels) -> None:
    canvas.set_parts([((0, 0, 200, 200), np.zeros((200, 200, 3), dtype=np.uint8))])
    canvas.set_zoom(5.0)
    canvas.show_photo(photo[::-1])
    assert canvas.fits
    canvas.actual_size()
    np.testing.assert_array_equal(photo_pixels(canvas), photo[::-1][exposed(canvas)])


def test_parts_lie_where_their_boxes_say(canvas: Canvas, photo: Pixels) -> None:
    canvas.actual_size()
    edited = photo.copy()
    edited[180:300, 200:320] = 255 - edited[180:300, 200:320]
    edited[100:150, 350:420] = (10, 200, 30)
    canvas.set_parts(
        [((200, 180, 320, 300), edited[180:300, 200:320]), ((350, 100, 420, 150), pyramid(edited[100:150, 350:420]))]
    )
    np.testing.assert_array_equal(photo_pixels(canvas), edited[exposed(canvas)])
    canvas.set_parts([])
    np.testing.assert_array_equal(photo_pixels(canvas), photo[exposed(canvas)])


def test_a_part_of_another_size_is_refused_and_changes_nothing(canvas: Canvas) -> None:
    canvas.set_parts([((0, 0, 640, 480), np.zeros((480, 640, 3), dtype=np.uint8))])
    before = photo_pixels(canvas)
    with pytest.raises(ValueError, match="does not fit"):
        canvas.set_parts([((0, 0, 10, 10), np.zeros((10, 11, 3), dtype=np.uint8))])
    np.testing.assert_array_equal(photo_pixels(canvas), before)


TILTED = np.array([[240.0, 150], [215, 330], [420, 350], [390, 170]])
"""A square in perspective."""


@pytest.mark.parametrize("quad", [square(320, 240, 80, 0.0), square(330, 230, 75, 0.5), square(300, 250, 90, -2.0), TILTED])
@pytest.mark.parametrize("zoom", [1.0, 0.8, 2.0])
def test_a_preview_lies_where_the_engine_would_put_it(
    canvas: Canvas, photo: Pixels, quad: NDArray[np.float64], zoom: float
) -> None:
    size = 96
    rgba = np.dstack([waves(size, size), np.full((size, size), 255, dtype=np.uint8)])
    canvas.set_zoom(zoom)
    plain = photo_pixels(canvas)
    canvas.set_preview(0, rgba, quad)
    view = photo_pixels(canvas)
    # The engine's homography from the view's pixels into the square, drawn by Pillow, which counts from pixels' edges.
    placed = canvas.placement
    to_square = quad_to_square(quad, size) @ np.array(
        [[1 / zoom, 0, -placed.left / zoom - 0.5], [0, 1 / zoom, -placed.top / zoom - 0.5], [0, 0, 1]]
    )
    to_square /= to_square[2, 2]
    shape = (view.shape[1], view.shape[0])

    def warped(picture: Pixels) -> Pixels:
        drawn = Image.fromarray(picture).transform(
            shape, Image.Transform.PERSPECTIVE, tuple(to_square.ravel()[:8].tolist()), Image.Resampling.BILINEAR
        )
        return np.asarray(drawn)

    border = np.zeros((size, size), dtype=np.uint8)
    border[2:-2, 2:-2] = 255
    inside = warped(border) == 255
    assert inside.sum() > 2000
    assert np.abs(view[inside].astype(int) - warped(rgba[..., :3])[inside]).mean() < 2.5
    outside = warped(np.full((size, size), 255, dtype=np.uint8)) == 0
    outside = np.asarray(Image.fromarray(outside.astype(np.uint8)).filter(ImageFilter.MinFilter(7))) == 1
    np.testing.assert_array_equal(view[outside], plain[outside])


def test_a_preview_is_cut_at_the_photographs_edge_and_mixed_by_its_alpha(canvas: Canvas, photo: Pixels) -> None:
    canvas.fit()
    around = photo_pixels(canvas)[2, 2]
    rgba = np.zeros((64, 64, 4), dtype=np.uint8)
    rgba[..., :3], rgba[..., 3] = 255, 51
    canvas.set_preview(0, rgba, square(WIDTH / 2, HEIGHT / 2, 4 * WIDTH, 0.3))
    np.testing.assert_array_equal(photo_pixels(canvas)[2, 2], around)
    canvas.actual_size()
    expected = photo[exposed(canvas)] * 0.8 + 255 * 0.2
    assert np.abs(photo_pixels(canvas) - expected).max() <= 2


def test_a_faces_new_preview_replaces_its_last_and_parts_replace_all(canvas: Canvas, photo: Pixels) -> None:
    canvas.actual_size()
    everywhere = square(WIDTH / 2, HEIGHT / 2, WIDTH, 0)
    for grey in (40, 90):
        canvas.set_preview(3, np.dstack([np.full((32, 32, 3), grey, np.uint8), np.full((32, 32), 255, np.uint8)]), everywhere)
        assert (photo_pixels(canvas) == grey).all()
    canvas.set_parts([])
    np.testing.assert_array_equal(photo_pixels(canvas), photo[exposed(canvas)])


@pytest.mark.parametrize(("window", "lightness"), [("#202020", (20, 80)), ("#f0f0f0", (160, 230))])
def test_the_background_is_a_neutral_grey_of_the_theme(canvas: Canvas, window: str, lightness: tuple[int, int]) -> None:
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Window, QColor(window))
    canvas.setPalette(palette)
    red, green, blue = photo_pixels(canvas)[3, 3].tolist()
    assert red == green == blue and lightness[0] < red < lightness[1]


def test_what_is_replaced_is_let_go(canvas: Canvas, photo: Pixels) -> None:
    kept: list[weakref.ref[Pyramid] | weakref.ref[QGraphicsItem]] = []
    for _ in range(3):
        picture = pyramid(photo)
        canvas.show_photo(picture)
        part = pyramid(photo[:100, :100])
        canvas.set_parts([((0, 0, 100, 100), part)])
        kept += [weakref.ref(picture), weakref.ref(part)]
        canvas.set_preview(0, np.zeros((64, 64, 4), dtype=np.uint8), square(50, 50, 20, 0))
        canvas.grab()
        scene = canvas.scene()
        assert scene is not None and len(scene.items()) == 4
        del picture, part
    canvas.show_photo(None)
    gc.collect()
    assert [ref() for ref in kept] == [None] * len(kept)
    assert len(scene.items()) == 1
