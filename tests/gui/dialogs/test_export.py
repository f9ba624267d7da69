"""Export: the right file with the right content, and never over the photograph."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PyQt6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from latentedit.edits import Compositing, EditState, History, SetCompositing
from latentedit.engine import Engine
from latentedit.face_latents import FaceLatents
from latentedit.generators.toy import ToyGenerator
from latentedit.images import Photo
from latentedit.project_file import GeneratorIdentity, Project, ProjectFace
from latentedit.session import Session
from latentedit_gui.dialogs.export import ExportDialog
from latentedit_gui.export_request import ExportKind, ExportOptions, ExportRequest, ExportSubject, write_export

SIDE = 96


@pytest.fixture
def photo_path(tmp_path: Path) -> Path:
    path = tmp_path / "Anna & Bob.JPG"
    pixels = np.random.default_rng(0).integers(90, 160, (SIDE, SIDE, 3), dtype=np.uint8)
    Image.fromarray(pixels).save(path, quality=95)
    return path


@pytest.fixture
def subject(photo_path: Path) -> ExportSubject:
    return ExportSubject(photo_path.name, photo_path, ExportKind.JPEG, (0, 2))


@pytest.fixture
def dialog(subject: ExportSubject, tmp_path: Path, qtbot: QtBot) -> ExportDialog:
    dialog = ExportDialog(subject, ExportOptions(), tmp_path)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def choose(dialog: ExportDialog, kind: ExportKind) -> None:
    dialog.kind.setCurrentIndex(dialog.kind.findData(kind))


def type_name(dialog: ExportDialog, name: str, qtbot: QtBot) -> None:
    dialog.name.selectAll()
    qtbot.keyClick(dialog.name, Qt.Key.Key_Delete)
    qtbot.keyClicks(dialog.name, name)


def test_return_at_once_exports_the_photographs_own_kind_beside_it(dialog: ExportDialog, photo_path: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(dialog.accepted):
        qtbot.keyClick(dialog.name, Qt.Key.Key_Return)
    assert dialog.request == ExportRequest(photo_path.parent / "Anna & Bob edited.jpg", ExportKind.JPEG)
    assert dialog.request.mark_ai, "saying so is the default"


@pytest.mark.parametrize("kind", list(ExportKind))
def test_the_kind_and_the_ending_go_together(dialog: ExportDialog, kind: ExportKind, qtbot: QtBot) -> None:
    choose(dialog, kind)
    assert dialog.request.path.suffix == kind.suffix and dialog.request.kind is kind
    for suffix in kind.value:
        choose(dialog, next(other for other in ExportKind if other is not kind))
        type_name(dialog, f"mine{suffix.upper()}", qtbot)
        assert dialog.request.kind is kind and dialog.request.path.name == f"mine{suffix.upper()}"


def test_a_name_without_an_ending_gets_one(dialog: ExportDialog, qtbot: QtBot) -> None:
    choose(dialog, ExportKind.TIFF)
    type_name(dialog, "St. Moritz", qtbot)
    assert dialog.request.path.name == "St. Moritz.tif"


def test_the_photograph_is_never_overwritten(dialog: ExportDialog, photo_path: Path, tmp_path: Path, qtbot: QtBot) -> None:
    link = tmp_path / "link"
    link.symlink_to(tmp_path, target_is_directory=True)
    for folder in (tmp_path, link):
        dialog.folder.setText(str(folder))
        type_name(dialog, photo_path.name, qtbot)
        assert not dialog.export_button.isEnabled() and "never overwritten" in dialog.message.text()
        with qtbot.assertNotEmitted(dialog.accepted):
            qtbot.keyClick(dialog.name, Qt.Key.Key_Return)
            dialog.accept()
    type_name(dialog, "other.jpg", qtbot)
    assert dialog.export_button.isEnabled() and not dialog.message.text()


def test_another_file_is_replaced_only_after_saying_so(dialog: ExportDialog, tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "old.jpg").touch()
    type_name(dialog, "old.jpg", qtbot)
    assert dialog.export_button.isEnabled() and dialog.export_button.text() == "&Replace"
    assert "replaced" in dialog.message.text()
    type_name(dialog, "new.jpg", qtbot)
    assert dialog.export_button.text() == "&Export"


@pytest.mark.parametrize("name", ["", "  ", ".jpg", "a/b.jpg", "..\\c.jpg", "what?.jpg", "folder.jpg"])
def test_what_cannot_be_a_name_is_refused(dialog: ExportDialog, tmp_path: Path, name: str, qtbot: QtBot) -> None:
    (tmp_path / "folder.jpg").mkdir()
    type_name(dialog, name, qtbot)
    assert not dialog.export_button.isEnabled() and dialog.message.text()


def test_a_folder_must_be_there(dialog: ExportDialog, tmp_path: Path) -> None:
    for folder in (str(tmp_path / "nowhere"), ""):
        dialog.folder.setText(folder)
        assert not dialog.export_button.isEnabled() and "folder" in dialog.message.text()


def test_a_face_alone(dialog: ExportDialog) -> None:
    dialog.area.setCurrentIndex(2)
    assert dialog.request.face == 2 and dialog.request.path.name == "Anna & Bob face 3.jpg"
    choose(dialog, ExportKind.ORA)
    assert dialog.request.face is None, "layers are of the whole photograph"
    dialog.area.setCurrentIndex(1)
    assert dialog.request.face == 0 and dialog.request.kind is not ExportKind.ORA


def test_layers_of_each_edit_are_for_openraster_alone(dialog: ExportDialog, qtbot: QtBot) -> None:
    assert not dialog.each_edit.isVisible()
    choose(dialog, ExportKind.ORA)
    assert dialog.each_edit.isVisible()
    dialog.each_edit.setChecked(True)
    assert dialog.request.each_edit
    choose(dialog, ExportKind.PNG)
    assert not dialog.request.each_edit


def test_the_last_export_is_offered_again(subject: ExportSubject, tmp_path: Path, qtbot: QtBot) -> None:
    options = ExportOptions(ExportKind.ORA, mark_ai=False, each_edit=True)
    dialog = ExportDialog(subject, options, tmp_path)
    qtbot.addWidget(dialog)
    assert dialog.request.options == options


# What is written


@pytest.fixture
def session(photo_path: Path, toy: ToyGenerator) -> Session:
    """A face in the middle that the toy generator has learnt, and that its drawing replaces."""
    photo = Photo.from_bytes(photo_path.read_bytes(), photo_path.name)
    corners = np.array([[0, 0], [0, 1], [1, 1], [1, 0]]) * 64.0 + 16
    landmarks = np.random.default_rng(0).uniform(30, 60, (68, 2))
    spec = toy.spec
    latents = FaceLatents(np.random.default_rng(0).standard_normal((1, spec.num_ws, spec.w_dim)).astype(np.float32))
    history = History(EditState.for_faces(1)).do(SetCompositing(0, Compositing(mode="replace")))
    face = ProjectFace((20, 20, 70, 70), landmarks, corners, latents)
    project = Project(photo.name, photo.data, GeneratorIdentity.of(spec), (face,), history)
    return Session.from_project(project, engine=Engine("cpu"))


@pytest.mark.parametrize("kind", list(ExportKind))
def test_the_request_is_written(session: Session, tmp_path: Path, kind: ExportKind) -> None:
    path = tmp_path / f"out{kind.suffix}"
    write_export(session.scene, ExportRequest(path, kind, each_edit=True))
    data = path.read_bytes()
    if kind is ExportKind.ORA:
        assert b"image/openraster" in data
    else:
        with Image.open(path) as image:
            assert (image.format, image.size) == (kind.name, (SIDE, SIDE))
    assert b"rainedAlgorithmicMedia" in data


def test_the_mark_is_left_out_when_it_is_not_wanted(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "out.png"
    write_export(session.scene, ExportRequest(path, ExportKind.PNG, mark_ai=False))
    assert b"rainedAlgorithmicMedia" not in path.read_bytes()


def test_a_face_is_written_at_the_generators_size(session: Session, tmp_path: Path, toy: ToyGenerator) -> None:
    path = tmp_path / "face.png"
    write_export(session.scene, ExportRequest(path, ExportKind.PNG, face=0))
    with Image.open(path) as image:
        assert image.size == (toy.spec.img_resolution,) * 2


def test_a_subject_offers_the_faces_that_were_learnt(session: Session) -> None:
    subject = ExportSubject.of(session)
    assert subject.faces == (0,) and subject.kind is ExportKind.JPEG and subject.path is None


def test_a_quality_is_a_choice_that_is_said_and_kept(dialog: ExportDialog, qtbot: QtBot) -> None:
    assert dialog.request.quality is None and dialog.quality.isVisible() and not dialog.quality.isEnabled()
    assert "stays exactly" in dialog.about_kind.text()
    qtbot.mouseClick(dialog.choose_quality, Qt.MouseButton.LeftButton, pos=QPoint(8, dialog.choose_quality.height() // 2))
    dialog.quality.selectAll()
    qtbot.keyClicks(dialog.quality, "42")
    assert dialog.request.quality == 42 and dialog.request.options.quality == 42
    assert "encoded anew" in dialog.about_kind.text()
    choose(dialog, ExportKind.PNG)
    assert dialog.request.quality is None and not dialog.quality.isVisible() and "encoded anew" not in dialog.about_kind.text()


def test_the_chosen_quality_is_written(session: Session, tmp_path: Path) -> None:
    sizes = []
    for kind in (ExportKind.JPEG, ExportKind.WEBP):
        for face in (None, 0):
            for quality in (5, 100):
                path = tmp_path / f"out{quality}{kind.suffix}"
                assert write_export(session.scene, ExportRequest(path, kind, face, quality=quality)) == ()
                sizes.append(path.stat().st_size)
            assert sizes[-2] < sizes[-1] * 0.8, (kind, face)
