"""What the window remembers: written, read back by another process's object, and safe against whatever is in the file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PyQt6.QtCore import QByteArray, QSettings

from latentedit_gui.export_request import ExportKind, ExportOptions
from latentedit_gui.settings import AUTOSAVE_S, MAX_RECENT, REST_MS, Settings


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "settings.ini"


VALUES: dict[str, list[Any]] = {
    "geometry": [QByteArray(bytes(range(256)))],
    "state": [QByteArray(b"\0\xff")],
    "theme": ["dark", "system"],
    "language": ["de", "zh_CN", None],
    "first_run_done": [True, False],
    "favourites": [("smile",), ("smile", "age, older", "Augen öffnen"), ()],
    "preset": ["fast", "best"],
    "device": ["cpu", "cuda"],
    "rest_ms": [350],
    "autosave_s": [10],
    "export": [ExportOptions(ExportKind.ORA, mark_ai=False, each_edit=True), ExportOptions(quality=42), ExportOptions()],
}


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in VALUES.items() for value in values])
def test_what_is_set_is_there_at_the_next_start(file: Path, name: str, value: Any) -> None:
    settings = Settings(file)
    setattr(settings, name, value)
    settings.sync()
    assert getattr(Settings(file), name) == value


@pytest.mark.parametrize("name", VALUES)
def test_nothing_is_needed(file: Path, name: str) -> None:
    usual = getattr(Settings(file), name)
    setattr(Settings(file), name, usual)
    assert getattr(Settings(file), name) == usual
    assert usual in (QByteArray(), "system", None, False, (), "balanced", "auto", 200, 20, ExportOptions())


@pytest.mark.parametrize("rubbish", ["", "no such thing", "-5", "99999999999", ["a", "b"], QByteArray(b"\xff"), True, 1.5])
def test_rubbish_in_the_file_is_not_believed(file: Path, rubbish: Any) -> None:
    stored = QSettings(str(file), QSettings.Format.IniFormat)
    keys = "window/geometry window/state window/theme window/first_run_done files/recent editing/favourites editing/preset "
    keys += "editing/device editing/rest_ms editing/autosave_s export/kind export/mark_ai export/quality files/folder_open"
    for key in keys.split():
        stored.setValue(key, rubbish)
    stored.sync()
    settings = Settings(file)
    assert settings.theme == "system" and settings.preset == "balanced" and settings.device == "auto"
    assert AUTOSAVE_S[0] <= settings.autosave_s <= AUTOSAVE_S[1] and REST_MS[0] <= settings.rest_ms <= REST_MS[1]
    assert isinstance(settings.geometry, QByteArray) and isinstance(settings.first_run_done, bool)
    assert all(isinstance(path, Path) for path in settings.recent) and all(isinstance(name, str) for name in settings.favourites)
    assert settings.export.kind is None and isinstance(settings.export.mark_ai, bool)
    assert settings.last_folder("open").is_dir()


def test_recent_files_are_ten_without_doubles_newest_first(file: Path, tmp_path: Path) -> None:
    settings = Settings(file)
    paths = [tmp_path / f"{number}.jpg" for number in range(MAX_RECENT + 3)]
    for path in (*paths, paths[5]):
        path.touch()
        settings.add_recent(path)
    expected = [paths[5], *(path for path in reversed(paths) if path != paths[5])][:MAX_RECENT]
    assert list(Settings(file).recent) == expected


def test_recent_files_that_are_gone_come_last_and_come_back(file: Path, tmp_path: Path) -> None:
    settings = Settings(file)
    older, newer = tmp_path / "older.jpg", tmp_path / "newer.jpg"
    for path in (older, newer):
        path.touch()
        settings.add_recent(path)
    newer.unlink()
    assert settings.recent == (older, newer)
    newer.touch()
    assert settings.recent == (newer, older)


def test_recent_files_can_be_forgotten(file: Path, tmp_path: Path) -> None:
    settings = Settings(file)
    for name in ("a", "b"):
        settings.add_recent(tmp_path / name)
    settings.forget_recent(tmp_path / "a")
    assert settings.recent == (tmp_path / "b",)
    settings.forget_recent()
    assert settings.recent == ()


def test_folders_are_remembered_for_each_use_while_they_are_there(file: Path, tmp_path: Path) -> None:
    settings = Settings(file)
    opened, saved = tmp_path / "in", tmp_path / "out"
    for folder in (opened, saved):
        folder.mkdir()
    settings.set_last_folder("open", opened)
    settings.set_last_folder("save", saved)
    assert (settings.last_folder("open"), settings.last_folder("save")) == (opened, saved)
    opened.rmdir()
    assert settings.last_folder("open") == Path.home()
