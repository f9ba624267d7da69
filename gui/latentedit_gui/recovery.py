"""What a crash leaves of unsaved work: each running window keeps its project in a folder of its own, which the next start finds.

A window's folder holds a lock, which the system takes away when the process dies, however it dies; ``about.json``, and ``project.ledit``.
"""

from __future__ import annotations

import contextlib
import json
import secrets
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout
from PyQt6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PyQt6.QtGui import QImage, QImageReader

from latentedit.atomic_file import replacing, storage_error
from latentedit.defaults import PROJECT_SUFFIX
from latentedit.errors import LatentEditError
from latentedit.project_file import Project, load_project, save_project

LOCK, ABOUT, PROJECT = "lock", "about.json", f"project{PROJECT_SUFFIX}"
_MAX_ABOUT_BYTES = 1 << 16


def recovery_root() -> Path:
    """Where the platform keeps the state of programs."""
    import platformdirs

    return Path(platformdirs.user_state_dir("latentedit", appauthor=False)) / "recovery"


class RecoverySlot:
    """The folder of one running window. Made and closed in the window's thread; only what :meth:`writer` gives may run in another."""

    def __init__(self, root: Path | None = None) -> None:
        """
        Args:
            root: where the folders of all windows are; the platform's place if None.

        Raises:
            StorageError: the folder cannot be made.
        """
        self.folder = (recovery_root() if root is None else root) / secrets.token_hex(8)
        try:
            self.folder.mkdir(parents=True)
            self._lock = FileLock(self.folder / LOCK, thread_local=False)
            self._lock.acquire(blocking=False)
        except OSError as error:
            raise storage_error(self.folder, error) from error

    def writer(self, project: Project, path: Path | None) -> Callable[[], None]:
        """What writes a project down, for the worker; a kill at any moment leaves the one before, or this one.

        Args:
            project: the session's, as it is now.
            path: the project's own file; None when it was never saved.

        The returned function raises StorageError when the disk is full or gone.
        """
        about = {"photo": project.photo_name, "project": None if path is None else str(path)}

        def write() -> None:
            # Before the project: without it the project could not be named, while it alone is nothing to recover.
            with replacing(self.folder / ABOUT) as file:
                file.write(json.dumps(about).encode())
            save_project(self.folder / PROJECT, project)

        return write

    def clear(self) -> None:
        """Nothing is unsaved: forget what was written."""
        for name in (PROJECT, ABOUT):
            with contextlib.suppress(OSError):
                (self.folder / name).unlink()

    def close(self) -> None:
        """The window ends as it should: leave nothing behind."""
        self.clear()
        self._lock.release()
        shutil.rmtree(self.folder, ignore_errors=True)


@dataclass(frozen=True, eq=False)
class Leftover:
    """What one crashed window left. It is this process's until :meth:`release` or :meth:`discard`: no other start offers it meanwhile.

    Attributes:
        photo: the photograph's name.
        path: the project's own file; None when it was never saved.
        time: when it was written, in local time.
        project: the file that holds it.
    """

    photo: str
    path: Path | None
    time: datetime
    project: Path
    _lock: FileLock

    def small_photo(self, side: int) -> QImage:
        """The photograph, at most so many pixels wide and high; null where Qt cannot read it, or the project cannot be read."""
        try:
            data = QByteArray(load_project(self.project).photo_data)
        except LatentEditError:
            return QImage()
        buffer = QBuffer(data)
        buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        reader = QImageReader(buffer)
        reader.setAutoTransform(True)
        reader.setScaledSize(reader.size().scaled(side, side, Qt.AspectRatioMode.KeepAspectRatio))
        return reader.read()

    def release(self) -> None:
        """Leave it for the next start."""
        self._lock.release()

    def discard(self) -> None:
        """Remove it; also after it was recovered and is in the new window's own folder."""
        (self.project.parent / PROJECT).unlink(missing_ok=True)
        self._lock.release()
        shutil.rmtree(self.project.parent, ignore_errors=True)


def left_behind(root: Path | None = None) -> tuple[Leftover, ...]:
    """What crashed windows left, newest first; folders with nothing in them are removed."""
    root = recovery_root() if root is None else root
    found = [leftover for folder in _folders(root) if (leftover := _taken(folder)) is not None]
    return tuple(sorted(found, key=lambda each: each.time, reverse=True))


def _folders(root: Path) -> list[Path]:
    try:
        return [folder for folder in root.iterdir() if folder.is_dir() and not folder.is_symlink()]
    except OSError:  # there was never a window
        return []


def _taken(folder: Path) -> Leftover | None:
    """What is in a folder, if its window is gone; None when it runs, or left nothing."""
    lock = FileLock(folder / LOCK, thread_local=False)
    try:
        lock.acquire(blocking=False)
    except (Timeout, OSError):
        return None
    project = folder / PROJECT
    try:
        time = datetime.fromtimestamp(project.stat().st_mtime)
    except OSError:
        lock.release()
        shutil.rmtree(folder, ignore_errors=True)
        return None
    photo, path = _about(folder / ABOUT)
    return Leftover(photo, path, time, project, lock)


def _about(file: Path) -> tuple[str, Path | None]:
    """The photograph's name and the project's path; ("", None) when they cannot be read."""
    try:
        with file.open("rb") as opened:
            told = json.loads(opened.read(_MAX_ABOUT_BYTES))
    except (OSError, ValueError, RecursionError):
        return "", None
    if not isinstance(told, dict):
        return "", None
    photo, path = told.get("photo"), told.get("project")
    return photo if isinstance(photo, str) else "", Path(path) if isinstance(path, str) and path else None
