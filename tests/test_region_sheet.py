"""Sheets of the parts of a face."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from latentedit.captioned_grid import CAPTION_PX, captioned_grid
from latentedit.edits import EditMask
from latentedit.errors import UsageError
from latentedit.faces import Face
from latentedit.images import Photo
from latentedit.masks import FaceInSquare, edit_mask
from latentedit.region_sheet import COLUMNS, PARTS, PICTURE_PX, TINTED, region_pictures, region_sheet, tinted
from latentedit.session_face import SessionFace


@pytest.fixture
def known() -> SessionFace:
    """A face of noise, with landmarks somewhere in the middle of it."""
    import io

    pixels = np.random.default_rng(0).integers(0, 256, (120, 120, 3), dtype=np.uint8)
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "PNG")
    photo = Photo.from_bytes(file.getvalue(), "noise.png")
    landmarks = np.random.default_rng(1).uniform(40, 80, (68, 2))
    quad = np.array([[0, 0], [0, 1], [1, 1], [1, 0]]) * 100.0 + 10
    return SessionFace(Face(0, (30, 30, 90, 90), landmarks, quad, photo))


def test_every_part_is_shown_where_an_edit_on_it_may_change_the_face(known: SessionFace) -> None:
    shown = dict(region_pictures(known, 64))
    assert tuple(shown) == PARTS
    for region, picture in shown.items():
        mask = edit_mask(EditMask(region), FaceInSquare(known.regions), 64)
        colourful = picture.max(axis=2).astype(int) - picture.min(axis=2)
        assert (colourful[mask < 0.002] <= 1).all()
        assert (colourful[mask > 0.5] > 60).all()


def test_the_sheet_has_a_place_for_each_part(known: SessionFace) -> None:
    assert region_sheet(known).shape == (3 * (PICTURE_PX + CAPTION_PX), COLUMNS * PICTURE_PX, 3)


def test_what_is_outside_keeps_its_lightness_and_what_is_inside_shows_through() -> None:
    picture = np.dstack([np.tile(np.linspace(0, 255, 32), (32, 1))] * 3).astype(np.uint8)
    mask = np.zeros((32, 32), dtype=np.float32)
    mask[16:] = 1
    over = tinted(picture, mask)
    assert np.abs(over[:16].astype(int) - picture[:16]).max() <= 1
    red = over[16:, :, 0].astype(int)
    assert (np.diff(red, axis=1) >= 0).all()
    assert np.ptp(red) == pytest.approx(255 * (1 - TINTED), abs=2)


def test_a_square_that_was_chosen_has_no_parts(known: SessionFace) -> None:
    framed = SessionFace(Face(0, known.face.box, None, known.face.quad, known.face.photo))
    with pytest.raises(UsageError, match="parts of a face"):
        region_sheet(framed)


@pytest.mark.parametrize("caption", ["smile", "", "a" * 300, "ä ö \N{GREEK SMALL LETTER ALPHA}"])
def test_captions_stay_above_their_pictures(caption: str) -> None:
    picture = np.zeros((48, 48, 3), np.uint8)
    sheet = captioned_grid([(caption, picture), ("", picture), ("", picture)], 2)
    assert sheet.shape == (2 * (48 + CAPTION_PX), 96, 3)
    assert (sheet[:CAPTION_PX, 48:] == 255).all()
    assert (sheet[CAPTION_PX : CAPTION_PX + 48] == 0).all()
    assert (sheet[:CAPTION_PX, :48] < 255).any() == bool(caption)
