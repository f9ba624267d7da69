"""The first start: nothing without consent, and the truth about what is fetched."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from assets.fake_index import FakeIndex
from assets.packages import Converter, make_catalogue, usual_files
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from latentedit.assets import CATALOGUE, AssetStore
from latentedit.assets.downloads import NEEDED, downloads, fetch
from latentedit.errors import AssetUnreachableError, Cancelled
from latentedit_gui.catalogue_words import CatalogueWords
from latentedit_gui.dialogs.first_run import FirstRunDialog

NAMES = ("first", "second")


@pytest.fixture
def index() -> Iterator[FakeIndex]:
    with FakeIndex(usual_files()) as index:
        yield index


@pytest.fixture
def store(index: FakeIndex, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AssetStore:
    monkeypatch.setitem(sys.modules, "tiny_converter", Converter().module)
    return AssetStore(tmp_path / "store", make_catalogue(), settings=index.settings)


@pytest.fixture
def dialog(store: AssetStore, qtbot: QtBot) -> FirstRunDialog:
    """Shown, and fetching in this thread when it asks to."""
    dialog = FirstRunDialog(downloads(store, NAMES), store.root)
    qtbot.addWidget(dialog)

    def work() -> None:
        try:
            for step in fetch(store, NAMES):
                dialog.show_step(step)
        except AssetUnreachableError as error:
            dialog.show_failure(error)
        else:
            dialog.show_done()

    dialog.fetch_requested.connect(work)
    dialog.show()
    return dialog


def said(dialog: FirstRunDialog) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(QLabel) if label.isVisible())


def test_all_that_is_needed_is_told_before_anything_is_fetched(tmp_path: Path, qtbot: QtBot) -> None:
    store = AssetStore(tmp_path)
    dialog = FirstRunDialog(downloads(store), store.root)
    qtbot.addWidget(dialog)
    dialog.show()
    text = said(dialog)
    for name in NEEDED:
        asset = CATALOGUE[name]
        assert asset.origin in text and asset.licence in text
        assert CatalogueWords().limits(asset) in text and CatalogueWords().purpose(asset) in text
    size = sum({member.archive: member.archive.size_bytes for name in NEEDED for member in CATALOGUE[name].members}.values())
    assert f"{round(size / 1e6)} MB" in text
    assert str(tmp_path) in text
    assert "never leave this computer" in text


def test_only_what_is_missing_is_asked_for_and_shared_files_count_once(tmp_path: Path) -> None:
    store = AssetStore(tmp_path)
    dlib = [download for download in downloads(store) if any(asset.name.startswith("dlib") for asset in download.assets)]
    assert len(dlib) == 1 and len(dlib[0].assets) == 3 and len(dlib[0].archives) == 1
    folder = store.folder("dlib-cnn-detector")
    folder.mkdir(parents=True)
    (folder / "mmod_human_face_detector.dat").touch()
    assert "dlib-cnn-detector" not in [asset.name for download in downloads(store) for asset in download.assets]


@pytest.mark.parametrize("asset", CATALOGUE.values(), ids=CATALOGUE)
def test_every_limit_of_the_catalogue_is_told_in_the_users_words(qapp: object, asset: object) -> None:
    from latentedit.assets import Asset

    assert isinstance(asset, Asset)
    words = CatalogueWords()
    assert words.purpose(asset) != asset.purpose, "add it to CatalogueWords, so that it can be translated"
    if asset.restrictions:
        assert words.limits(asset) not in ("", asset.restrictions), "add it to CatalogueWords, so that it can be translated"


def test_nothing_is_fetched_without_consent(dialog: FirstRunDialog, index: FakeIndex, qtbot: QtBot) -> None:
    with qtbot.waitSignal(dialog.offline_chosen):
        qtbot.mouseClick(dialog.offline_button, Qt.MouseButton.LeftButton)
    assert not dialog.isVisible() and not index.downloads


def test_escape_is_no_consent(dialog: FirstRunDialog, index: FakeIndex, qtbot: QtBot) -> None:
    with qtbot.waitSignal(dialog.offline_chosen):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible() and not index.downloads


def test_consent_fetches_everything_and_makes_it_ready(dialog: FirstRunDialog, store: AssetStore, qtbot: QtBot) -> None:
    with qtbot.waitSignal(dialog.accepted):
        qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert all(store.status(name) == "present" for name in NAMES)
    assert (store.folder("first") / "converted.safetensors").is_file()
    assert downloads(store, NAMES) == ()


def test_progress_grows_to_the_whole(store: AssetStore) -> None:
    steps = list(fetch(store, NAMES))
    done = [step.done_bytes for step in steps]
    total = sum(download.size_bytes for download in downloads(AssetStore(store.root / "empty", store.catalogue), NAMES))
    assert done == sorted(done) and done[-1] == total
    assert {step.total_bytes for step in steps} == {total}
    assert len({step.done_bytes for step in steps}) > 3


def test_a_failure_is_told_and_can_be_tried_again(
    dialog: FirstRunDialog, index: FakeIndex, store: AssetStore, qtbot: QtBot
) -> None:
    index.cut_after = 1000
    qtbot.mouseClick(dialog.fetch_button, Qt.MouseButton.LeftButton)
    assert dialog.isVisible() and dialog.status.property("role") == "danger"
    assert "broke off" in dialog.status.text() and "Try again" in dialog.hint.text()
    assert dialog.fetch_button.isVisible() and "ry again" in dialog.fetch_button.text()
    with qtbot.waitSignal(dialog.accepted):
        qtbot.mouseClick(dialog.fetch_button, Qt.MouseButton.LeftButton)
    assert all(store.status(name) == "present" for name in NAMES)


@pytest.fixture
def waiting(store: AssetStore, qtbot: QtBot) -> FirstRunDialog:
    """Shown, with consent given, and a worker that has not answered yet."""
    dialog = FirstRunDialog(downloads(store, NAMES), store.root)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.mouseClick(dialog.fetch_button, Qt.MouseButton.LeftButton)
    return dialog


def test_a_download_can_be_stopped_and_continued(waiting: FirstRunDialog, qtbot: QtBot) -> None:
    assert waiting.bar.isVisible() and not waiting.fetch_button.isVisible()
    with qtbot.waitSignal(waiting.stop_requested):
        qtbot.mouseClick(waiting.stop_button, Qt.MouseButton.LeftButton)
    waiting.show_failure(Cancelled("stopped"))
    assert "kept" in waiting.status.text() and waiting.status.property("role") == ""
    with qtbot.waitSignal(waiting.fetch_requested):
        qtbot.mouseClick(waiting.fetch_button, Qt.MouseButton.LeftButton)


def test_closing_while_it_fetches_stops_it(waiting: FirstRunDialog, qtbot: QtBot) -> None:
    with qtbot.waitSignals([waiting.stop_requested, waiting.offline_chosen]):
        waiting.close()
    assert not waiting.isVisible()
