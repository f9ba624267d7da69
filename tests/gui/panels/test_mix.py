from __future__ import annotations

from pathlib import Path

import pytest
from PyQt6.QtCore import QPoint, Qt
from PyQt6.QtGui import QImage
from PyQt6.QtTest import QTest
from pytestqt.qtbot import QtBot
from toy_sessions import toy_session, write_photo

from latentedit.edits import FaceEdits, MixEdit, PutEdit, SetMix
from latentedit.engine import Engine
from latentedit.errors import NoFaceError, ProjectFileError
from latentedit.generators.toy import ToyGenerator
from latentedit.requested_crosses import Parent, apply_crosses
from latentedit.session import Session
from latentedit_gui.context import Context
from latentedit_gui.document import Document
from latentedit_gui.panels.history_words import label_words
from latentedit_gui.panels.mix import MixPanel
from latentedit_gui.panels.mix_bands import Bands
from latentedit_gui.panels.mix_edits import source_words
from latentedit_gui.worker import Worker

LEFT = Qt.MouseButton.LeftButton
BANDS = {"coarse": (0, 1, 2, 3), "middle": (4, 5, 6, 7)}
"""Of the toy generator, which has no fine layers."""


@pytest.fixture
def panel(qtbot: QtBot, context: Context, opened: Document) -> MixPanel:
    """With the generator's bands known."""
    panel = MixPanel(context)
    qtbot.addWidget(panel)
    panel.resize(320, 800)
    panel.show()
    qtbot.waitUntil(lambda: panel.bands is not None)
    return panel


def bands_of(panel: MixPanel) -> Bands:
    assert panel.bands is not None
    return panel.bands


def edits_of(document: Document) -> FaceEdits:
    edits = document.edits
    assert edits is not None
    return edits


def session_of(document: Document) -> Session:
    assert document.session is not None
    return document.session


def other_project(folder: Path, *, projected: bool, generator: ToyGenerator | None = None) -> Path:
    """Of another photograph than the one that is open, since its faces are learnt otherwise."""
    folder.mkdir()
    session = toy_session(write_photo(folder / "other.png"), Engine(), projected=False)
    if projected:
        if generator is not None:
            session = Session(session.photo, generator=generator, engine=Engine())
            session.set_faces([known.face for known in toy_session(folder / "other.png", projected=False).faces])
        list(session.project(1, steps=6, seed=42))
    return session.save(folder / "other.ledit")


def drag_to_end(slider: object) -> None:
    from latentedit_gui.widgets.amount_slider import AmountSlider

    assert isinstance(slider, AmountSlider)
    track = slider.track
    start = QPoint(round(track.handle_x()), track.height() // 2)
    QTest.mousePress(track, LEFT, pos=start)
    for x in (start.x() + 10, start.x() + 20, track.width() + 50):
        QTest.mouseMove(track, QPoint(x, start.y()))
    QTest.mouseRelease(track, LEFT, pos=QPoint(track.width() + 50, start.y()))


def test_the_photographs_other_faces_are_offered(panel: MixPanel, opened: Document) -> None:
    assert list(panel.sources.thumbnails) == ["face:1"] and panel.source is None
    assert bands_of(panel).isHidden()
    opened.select(1)
    assert list(panel.sources.thumbnails) == ["face:0"]


def test_a_face_is_chosen_and_its_bands_show_what_they_give(qtbot: QtBot, panel: MixPanel, opened: Document) -> None:
    QTest.mouseClick(panel.sources.thumbnails["face:1"], LEFT)
    bands = bands_of(panel)
    assert panel.source == "face:1" and bands.isVisible() and list(bands.sliders) == list(BANDS)
    qtbot.waitUntil(lambda: not any(each.image.isNull() for each in bands.thumbnails.values()))
    qtbot.waitUntil(lambda: not panel.sources.thumbnails["face:1"].image.isNull())
    images = [bands.thumbnails[name].image for name in bands.thumbnails]
    assert images[0] != images[1] and panel.sources.thumbnails["face:1"].image not in images
    assert not edits_of(opened).edits, "looking changes nothing"


def test_a_drag_mixes_a_band_as_one_undo(panel: MixPanel, opened: Document) -> None:
    session = session_of(opened)
    before = session.render_uint8()
    panel.choose("face:1")
    drag_to_end(bands_of(panel).sliders["middle"])
    assert edits_of(opened).edits == (MixEdit("face:1", 1.0, BANDS["middle"]),)
    assert bands_of(panel).thumbnails["middle"].isChecked() and not bands_of(panel).thumbnails["coarse"].isChecked()
    assert (session.render_uint8() != before).any() and len(session.history.past) == 1
    opened.undo()
    assert bands_of(panel).sliders["middle"].value() == 0.0 and (session.render_uint8() == before).all()
    assert not bands_of(panel).thumbnails["middle"].isChecked()


def test_a_click_takes_a_band_and_gives_it_back(panel: MixPanel, opened: Document) -> None:
    panel.choose("seed:5")
    thumbnail = bands_of(panel).thumbnails["coarse"]
    QTest.mouseClick(thumbnail, LEFT)
    assert edits_of(opened).edits == (MixEdit("seed:5", 1.0, BANDS["coarse"]),) and thumbnail.isChecked()
    QTest.mouseClick(thumbnail, LEFT)
    assert not edits_of(opened).drawn().edits and not thumbnail.isChecked()
    assert len(session_of(opened).history.past) == 2


def test_the_dice_give_random_faces(panel: MixPanel) -> None:
    for _ in range(2):
        QTest.mouseClick(panel.sources.dice_button, LEFT)
    seeds = [source for source in panel.sources.thumbnails if source.startswith("seed:")]
    assert panel.source == seeds[-1] and panel.sources.thumbnails[seeds[-1]].isChecked()


def test_a_person_that_does_not_exist_is_found_again_by_the_number(panel: MixPanel, opened: Document) -> None:
    number = panel.sources.number
    QTest.mouseClick(panel.sources.dice_button, LEFT)
    assert panel.source == f"seed:{number.value()}", "the field tells what the dice gave"
    number.selectAll()
    before = panel.source
    QTest.keyClicks(number, "123456")
    assert panel.source == before, "not a face for each digit"
    QTest.keyClick(number, Qt.Key.Key_Return)
    assert panel.source == "seed:123456" and panel.sources.thumbnails["seed:123456"].isChecked()
    drag_to_end(bands_of(panel).sliders["coarse"])
    assert edits_of(opened).edits == (MixEdit("seed:123456", 1.0, BANDS["coarse"]),)
    assert "123456" in label_words(session_of(opened).history.past[-1].label)
    opened.undo()
    panel.choose("face:1")
    QTest.keyClick(number, Qt.Key.Key_Return)
    assert panel.source == "seed:123456", "the number that is there can be taken again"
    panel.choose(f"seed:{2**62}")
    assert number.value() == 123456 and panel.source == f"seed:{2**62}"


def test_pictures_of_bands_follow_the_other_edits(qtbot: QtBot, panel: MixPanel, opened: Document) -> None:
    panel.choose("seed:5")
    thumbnail = bands_of(panel).thumbnails["coarse"]
    qtbot.waitUntil(lambda: not thumbnail.image.isNull())
    before = QImage(thumbnail.image)
    opened.do(SetMix(0, "seed:8", 0.9, BANDS["middle"]))
    qtbot.waitUntil(lambda: thumbnail.image != before)


def test_what_a_project_is_mixed_with_is_shown(panel: MixPanel, opened: Document) -> None:
    opened.do(PutEdit(0, MixEdit("seed:77", 0.25, BANDS["coarse"])))
    assert panel.source == "seed:77" and bands_of(panel).sliders["coarse"].value() == 0.25
    opened.undo()
    assert panel.source is None


def test_layer_by_layer(panel: MixPanel, opened: Document) -> None:
    panel.choose("seed:5")
    bands = bands_of(panel)
    QTest.mouseClick(bands.layers_group.header, LEFT)
    for layer in (0, 1, 2, 3, 4, 6):
        QTest.mouseClick(bands.chooser.cell(layer), LEFT)
    assert not edits_of(opened).edits
    drag_to_end(bands.layers_slider)
    assert edits_of(opened).edits == (MixEdit("seed:5", 1.0, (5, 7)),)
    QTest.mouseClick(bands.chooser.cell(0), LEFT)
    assert edits_of(opened).edits == (MixEdit("seed:5", 1.0, (0, 5, 7)),) and bands.layers_slider.value() == 1.0
    opened.undo()
    assert bands.chooser.layers() == (5, 7)
    panel.choose("seed:6")
    assert bands.chooser.layers() is None and bands.layers_slider.value() == 0.0
    panel.choose("seed:5")
    assert bands.chooser.layers() == (5, 7) and bands.layers_slider.value() == 1.0


def test_a_blend_is_what_a_cross_gives(panel: MixPanel, opened: Document) -> None:
    session = session_of(opened)
    for source in ("seed:1", "seed:2"):
        panel.choose(source)
    panel.blend.set_expanded(True)
    for source, weight in (("seed:1", "1"), ("seed:2", "0.5")):
        number = panel.blend.sliders[source].number
        number.selectAll()
        QTest.keyClicks(number, weight)
        QTest.keyClick(number, Qt.Key.Key_Return)
    apply_crosses(session, [1], [Parent("seed:1"), Parent("seed:2", 0.5)])
    assert session.state.face(0) == session.state.face(1)
    assert len(session.history.past) == 3
    opened.undo()
    opened.undo()
    weights = {source: slider.value() for source, slider in panel.blend.sliders.items()}
    assert weights == {"face:1": 0.0, "seed:1": 1.0, "seed:2": 0.0}


def test_a_drag_of_a_weight_is_one_undo(panel: MixPanel, opened: Document) -> None:
    panel.choose("seed:1")
    panel.blend.set_expanded(True)
    drag_to_end(panel.blend.sliders["seed:1"])
    assert panel.blend.sliders["seed:1"].value() == 2.0 and len(session_of(opened).history.past) == 1
    opened.undo()
    assert not edits_of(opened).edits


def test_a_face_of_a_project(qtbot: QtBot, panel: MixPanel, opened: Document, tmp_path: Path) -> None:
    session = session_of(opened)
    with qtbot.waitSignal(panel.sources.finder.found) as told:
        panel.sources.open_path(other_project(tmp_path / "b", projected=True))
    assert told.args == ["latent:other#1"] and panel.source == "latent:other#1"
    before = session.render_uint8()
    QTest.mouseClick(bands_of(panel).thumbnails["coarse"], LEFT)
    assert (session.render_uint8() != before).any()
    saved = session.save(tmp_path / "mixed.ledit")
    assert (Session.open(saved, engine=Engine()).render_uint8() == session.render_uint8()).all()


def test_a_face_that_is_learnt_first(qtbot: QtBot, panel: MixPanel, opened: Document, tmp_path: Path) -> None:
    shares: list[float] = []
    panel.sources.finder.progressed.connect(shares.append)
    with qtbot.waitSignal(panel.sources.finder.candidates):
        panel.sources.open_path(other_project(tmp_path / "b", projected=False))
    first, second = panel.sources.candidates
    assert not first.image.isNull() and first.image != second.image and first.isVisible()
    with qtbot.waitSignal(panel.sources.finder.found, timeout=60_000):
        QTest.mouseClick(second, LEFT)
        assert panel.sources._waiting.isVisible() and not panel.sources.candidates
    assert shares[-1] == 1.0 and sorted(shares) == shares
    assert panel.source == "latent:other#1" and panel.sources._waiting.isHidden()
    QTest.mouseClick(bands_of(panel).thumbnails["coarse"], LEFT)
    session_of(opened).render_uint8()


def test_learning_is_cancelled_at_once(qtbot: QtBot, panel: MixPanel, worker: Worker, tmp_path: Path) -> None:
    with qtbot.waitSignal(panel.sources.finder.candidates):
        panel.sources.open_path(other_project(tmp_path / "b", projected=False))
    told: list[str] = []
    panel.sources.finder.found.connect(told.append)
    with qtbot.waitSignal(panel.sources.finder.progressed):
        QTest.mouseClick(panel.sources.candidates[0], LEFT)
    QTest.mouseClick(panel.sources._cancel, LEFT)
    assert not panel.sources.finder.busy and panel.sources._waiting.isHidden()
    qtbot.wait(100)
    assert not told and panel.source is None


def test_another_photograph_forgets_what_was_looked_for(qtbot: QtBot, panel: MixPanel, opened: Document, tmp_path: Path) -> None:
    with qtbot.waitSignal(panel.sources.finder.candidates):
        panel.sources.open_path(other_project(tmp_path / "b", projected=False))
    QTest.mouseClick(panel.sources.candidates[0], LEFT)
    panel.choose("seed:4")
    path = session_of(opened).photo.path
    assert path is not None
    opened.open(toy_session(path, Engine()))
    assert not panel.sources.finder.busy and list(panel.sources.thumbnails) == ["face:1"] and panel.source is None


@pytest.mark.parametrize(("kind", "error"), [("nobody", NoFaceError), ("damaged", ProjectFileError)])
def test_what_cannot_be_mixed_with_is_told(
    qtbot: QtBot, panel: MixPanel, errors: list[Exception], tmp_path: Path, kind: str, error: type[Exception]
) -> None:
    if kind == "nobody":
        path = write_photo(tmp_path / "nobody.png")
    else:
        path = tmp_path / "damaged.ledit"
        path.write_bytes(b"PK\x03\x04 and nothing more")
    with qtbot.waitSignal(panel.sources.finder.failed, timeout=60_000):
        panel.sources.open_path(path)
    assert [type(told) for told in errors] == [error] and panel.sources._waiting.isHidden()


def test_a_project_of_another_generator_is_told(qtbot: QtBot, panel: MixPanel, errors: list[Exception], tmp_path: Path) -> None:
    with qtbot.waitSignal(panel.sources.finder.failed, timeout=60_000):
        panel.sources.open_path(other_project(tmp_path / "b", projected=True, generator=ToyGenerator(seed=3)))
    assert len(errors) == 1 and "generator" in str(errors[0])


@pytest.mark.parametrize(("source", "words"), [("seed:7", "Random 7"), ("face:1", "Face 2"), ("latent:me", "me")])
def test_sources_have_names(source: str, words: str) -> None:
    assert source_words(source) == words
