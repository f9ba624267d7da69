from __future__ import annotations

import numpy as np
import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtGui import QImage
from PyQt6.QtTest import QTest
from pytestqt.qtbot import QtBot

from latentedit.edits import DirectionEdit, FaceEdits, PutEdit, SetAmount, SetMix, VariationEdit
from latentedit.session import Session
from latentedit_gui.context import Context
from latentedit_gui.document import Document
from latentedit_gui.panels.thumbnails import REST_MS
from latentedit_gui.panels.variations import COUNT, VariationsPanel
from latentedit_gui.worker import Job, Urgency, Worker

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def panel(qtbot: QtBot, context: Context, opened: Document) -> VariationsPanel:
    """With its pictures there."""
    panel = VariationsPanel(context)
    qtbot.addWidget(panel)
    panel.resize(320, 700)
    panel.show()
    wait_for_pictures(qtbot, panel)
    return panel


def wait_for_pictures(qtbot: QtBot, panel: VariationsPanel) -> None:
    with qtbot.waitSignal(panel.drawn.drawn, check_params_cb=lambda key, image: key == COUNT - 1):
        pass


def pictures(panel: VariationsPanel) -> list[QImage]:
    return [thumbnail.image for thumbnail in panel.thumbnails]


def thumbnail_jobs(worker: Worker) -> list[Job]:
    return [job for job in worker.findChildren(Job) if job.running and job.urgency is Urgency.THUMBNAIL]


def edits_of(document: Document) -> FaceEdits:
    edits = document.edits
    assert edits is not None
    return edits


def session_of(document: Document) -> Session:
    assert document.session is not None
    return document.session


def type_number(panel: VariationsPanel, slider: int, text: str) -> None:
    number = panel.sliders[slider].number
    number.selectAll()
    QTest.keyClicks(number, text)
    QTest.keyClick(number, Qt.Key.Key_Return)


def test_each_seed_has_its_own_picture(panel: VariationsPanel) -> None:
    images = pictures(panel)
    assert all(not image.isNull() for image in images)
    assert all(images[0] != image for image in images[1:])


def test_a_thumbnail_shows_what_a_click_makes_of_the_face(panel: VariationsPanel, opened: Document) -> None:
    session = session_of(opened)
    before = session.render_uint8()
    QTest.mouseClick(panel.thumbnails[2], LEFT)
    assert edits_of(opened).edits == (VariationEdit(panel.seeds[2], 0.3, 0.3, 0.3),)
    assert (session.render_uint8() != before).any()
    drawn = np.asarray(session.render_face(0, preview=True))
    picture = panel.thumbnails[2].image
    middle = picture.pixelColor(8, 8)
    assert (middle.red(), middle.green(), middle.blue()) == tuple(drawn[8, 8])
    opened.undo()
    assert (session.render_uint8() == before).all() and not panel.thumbnails[2].isChecked()


def test_another_click_replaces_and_the_same_takes_back(panel: VariationsPanel, opened: Document) -> None:
    opened.do(SetAmount(0, "smile", 1.0))
    smile = DirectionEdit("smile", 1.0)
    QTest.mouseClick(panel.thumbnails[0], LEFT)
    QTest.mouseClick(panel.thumbnails[4], LEFT)
    assert edits_of(opened).edits == (smile, VariationEdit(panel.seeds[4], 0.3, 0.3, 0.3))
    assert [thumbnail.isChecked() for thumbnail in panel.thumbnails].index(True) == 4
    opened.undo()
    assert edits_of(opened).edits[1].label == f"variation {panel.seeds[0]}" and panel.thumbnails[0].isChecked()
    QTest.mouseClick(panel.thumbnails[0], LEFT)
    assert edits_of(opened).edits == (smile,)


def test_what_is_kept_stays_under_the_next(panel: VariationsPanel, opened: Document) -> None:
    assert not panel.keep_button.isEnabled()
    QTest.mouseClick(panel.thumbnails[0], LEFT)
    kept = edits_of(opened).edits
    QTest.mouseClick(panel.keep_button, LEFT)
    assert not any(thumbnail.isChecked() for thumbnail in panel.thumbnails)
    QTest.mouseClick(panel.thumbnails[1], LEFT)
    assert edits_of(opened).edits[:1] == kept and len(edits_of(opened).edits) == 2
    QTest.mouseClick(panel.off_button, LEFT)
    assert edits_of(opened).edits == kept


def test_more_draws_other_seeds_but_for_what_is_locked_or_clicked(qtbot: QtBot, panel: VariationsPanel) -> None:
    QTest.mouseClick(panel.locks[3], LEFT)
    QTest.mouseClick(panel.thumbnails[5], LEFT)
    before, images = list(panel.seeds), pictures(panel)
    QTest.mouseClick(panel.more_button, LEFT)
    same = [place for place in range(COUNT) if panel.seeds[place] == before[place]]
    assert same == [3, 5] and len(set(panel.seeds)) == COUNT
    wait_for_pictures(qtbot, panel)
    assert [place for place in range(COUNT) if pictures(panel)[place] == images[place]] == [3, 5]


def test_strengths_change_what_was_clicked_as_one_undo(panel: VariationsPanel, opened: Document) -> None:
    QTest.mouseClick(panel.thumbnails[0], LEFT)
    track = panel.sliders[1].track
    for _ in range(3):
        QTest.keyPress(track, Qt.Key.Key_Right)
    QTest.keyRelease(track, Qt.Key.Key_Right)
    assert edits_of(opened).edits == (VariationEdit(panel.seeds[0], 0.3, 0.45, 0.3),)
    opened.undo()
    assert edits_of(opened).edits == (VariationEdit(panel.seeds[0], 0.3, 0.3, 0.3),)
    assert panel.sliders[1].value() == 0.3


def test_strengths_change_the_pictures_while_nothing_is_clicked(qtbot: QtBot, panel: VariationsPanel, opened: Document) -> None:
    before = pictures(panel)
    type_number(panel, 0, "90")
    wait_for_pictures(qtbot, panel)
    assert all(image != old for image, old in zip(pictures(panel), before, strict=True))
    assert not edits_of(opened).edits
    QTest.mouseClick(panel.thumbnails[0], LEFT)
    assert edits_of(opened).edits == (VariationEdit(panel.seeds[0], 0.9, 0.3, 0.3),)


def test_a_variation_from_elsewhere_is_shown(panel: VariationsPanel, opened: Document) -> None:
    opened.do(PutEdit(0, VariationEdit(123_456, 0.1, 0.2, 0.5)))
    assert panel.seeds[0] == 123_456 and panel.thumbnails[0].isChecked()
    assert panel.strengths == (0.1, 0.2, 0.5)


def test_pictures_follow_the_edits(qtbot: QtBot, panel: VariationsPanel, opened: Document) -> None:
    before = pictures(panel)
    opened.do(SetMix(0, "seed:99", 0.8))
    wait_for_pictures(qtbot, panel)
    assert all(image != old for image, old in zip(pictures(panel), before, strict=True))


def test_nothing_is_drawn_while_it_is_hidden(qtbot: QtBot, panel: VariationsPanel, opened: Document, worker: Worker) -> None:
    panel.hide()
    told: list[object] = []
    panel.drawn.drawn.connect(lambda key, image: told.append(key))
    opened.do(SetMix(0, "seed:99", 0.8))
    qtbot.wait(2 * REST_MS)
    assert not told and not thumbnail_jobs(worker)
    panel.show()
    wait_for_pictures(qtbot, panel)
    panel.hide()
    told.clear()
    panel.show()
    qtbot.wait(2 * REST_MS)
    assert not told and not thumbnail_jobs(worker), "what is up to date is not drawn again"


def test_hiding_cancels_what_was_begun(qtbot: QtBot, panel: VariationsPanel, opened: Document, worker: Worker) -> None:
    with qtbot.waitSignal(panel.drawn.drawn):
        panel.draw_more()
    panel.hide()
    assert not thumbnail_jobs(worker)
    panel.show()
    wait_for_pictures(qtbot, panel)


def test_other_faces_have_other_pictures(qtbot: QtBot, panel: VariationsPanel, opened: Document) -> None:
    before = pictures(panel)
    opened.select(1)
    assert all(image.isNull() for image in pictures(panel)), "not those of the face before"
    wait_for_pictures(qtbot, panel)
    assert all(image != old for image, old in zip(pictures(panel), before, strict=True))


def test_it_fits_beside_a_photograph(panel: VariationsPanel) -> None:
    assert panel.width() == 320
    assert all(0 <= each.mapTo(panel, each.rect().topRight()).x() < 320 for each in (*panel.thumbnails, panel.off_button))
