"""What the window remembers between two starts, typed: a settings file can hold anything, also what somebody wrote into it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal, TypeVar, get_args

from PyQt6.QtCore import QByteArray, QSettings

from latentedit.image_io.quality import MAX_QUALITY
from latentedit_gui.export_request import ExportKind, ExportOptions
from latentedit_gui.theme import THEME_CHOICES, ThemeChoice

Preset = Literal["fast", "balanced", "best"]
Device = Literal["auto", "cpu", "cuda", "mps"]
FolderUse = Literal["open", "save", "export"]
PRESETS: tuple[Preset, ...] = get_args(Preset)
DEVICES: tuple[Device, ...] = get_args(Device)
_Choice = TypeVar("_Choice", bound=str)

MAX_RECENT = 10
AUTOSAVE_S = (5, 30)
"""Least and most seconds between two autosaves: nobody is to lose more than half a minute."""
REST_MS = (50, 2000)
"""Least and most milliseconds that a slider rests before the whole photograph is drawn."""


class Settings:
    """The user's settings, kept where the platform keeps them, or in a given file."""

    def __init__(self, file: Path | None = None) -> None:
        """
        Args:
            file: an ini file to use in the place of the platform's.
        """
        if file is None:
            self._stored = QSettings("latentedit", "latentedit")
        else:
            self._stored = QSettings(str(file), QSettings.Format.IniFormat)

    def sync(self) -> None:
        """Write now what was changed; else it is written when the program is idle or ends."""
        self._stored.sync()

    # The window

    @property
    def geometry(self) -> QByteArray:
        """What ``saveGeometry`` gave; empty before the first time."""
        return self._bytes("window/geometry")

    @geometry.setter
    def geometry(self, value: QByteArray) -> None:
        self._stored.setValue("window/geometry", value)

    @property
    def state(self) -> QByteArray:
        """What ``saveState`` gave: where panels and tool bars are; empty before the first time."""
        return self._bytes("window/state")

    @state.setter
    def state(self, value: QByteArray) -> None:
        self._stored.setValue("window/state", value)

    @property
    def theme(self) -> ThemeChoice:
        """The look that was chosen."""
        return self._one_of("window/theme", THEME_CHOICES, "system")

    @theme.setter
    def theme(self, value: ThemeChoice) -> None:
        self._stored.setValue("window/theme", value)

    @property
    def language(self) -> str | None:
        """A language such as ``de``; None for the system's."""
        return self._text("window/language") or None

    @language.setter
    def language(self, value: str | None) -> None:
        self._stored.setValue("window/language", value or "")

    @property
    def first_run_done(self) -> bool:
        """Whether the user has seen what is downloaded, and decided."""
        return self._flag("window/first_run_done", False)

    @first_run_done.setter
    def first_run_done(self, value: bool) -> None:
        self._stored.setValue("window/first_run_done", value)

    # Files

    @property
    def recent(self) -> tuple[Path, ...]:
        """The files opened last, newest first, those that are there before those that are not; at most ten."""
        known = [Path(text) for text in self._texts("files/recent")]
        return tuple(sorted(known, key=lambda path: not path.exists()))  # a stable sort

    def add_recent(self, path: Path) -> None:
        """Put a file in front, once."""
        path = path.absolute()
        others = [known for known in (Path(text) for text in self._texts("files/recent")) if known != path]
        self._stored.setValue("files/recent", [str(known) for known in (path, *others)][:MAX_RECENT])

    def forget_recent(self, path: Path | None = None) -> None:
        """Forget a file, or all of them."""
        kept = [] if path is None else [text for text in self._texts("files/recent") if Path(text) != path.absolute()]
        self._stored.setValue("files/recent", kept)

    def last_folder(self, use: FolderUse) -> Path:
        """The folder that was used last for this; the user's own when it is gone."""
        folder = Path(self._text(f"files/folder_{use}") or Path.home())
        return folder if folder.is_dir() else Path.home()

    def set_last_folder(self, use: FolderUse, folder: Path) -> None:
        """Remember a folder."""
        self._stored.setValue(f"files/folder_{use}", str(folder))

    # Editing

    @property
    def favourites(self) -> tuple[str, ...]:
        """Names of the attributes that were starred, in that order."""
        return tuple(dict.fromkeys(self._texts("editing/favourites")))

    @favourites.setter
    def favourites(self, value: Sequence[str]) -> None:
        self._stored.setValue("editing/favourites", list(dict.fromkeys(value)))

    @property
    def preset(self) -> Preset:
        """How thoroughly faces are learnt."""
        return self._one_of("editing/preset", PRESETS, "balanced")

    @preset.setter
    def preset(self, value: Preset) -> None:
        self._stored.setValue("editing/preset", value)

    @property
    def device(self) -> Device:
        """What computes."""
        return self._one_of("editing/device", DEVICES, "auto")

    @device.setter
    def device(self, value: Device) -> None:
        self._stored.setValue("editing/device", value)

    @property
    def rest_ms(self) -> int:
        """How long a slider rests before the whole photograph is drawn, in milliseconds."""
        return self._number("editing/rest_ms", REST_MS, 200)

    @rest_ms.setter
    def rest_ms(self, value: int) -> None:
        self._stored.setValue("editing/rest_ms", value)

    @property
    def autosave_s(self) -> int:
        """Seconds between two autosaves."""
        return self._number("editing/autosave_s", AUTOSAVE_S, 20)

    @autosave_s.setter
    def autosave_s(self, value: int) -> None:
        self._stored.setValue("editing/autosave_s", value)

    @property
    def export(self) -> ExportOptions:
        """How the last export was done."""
        name = self._text("export/kind")
        kind = next((each for each in ExportKind if each.name == name), None)
        usual = ExportOptions()
        return ExportOptions(
            kind=kind,
            mark_ai=self._flag("export/mark_ai", usual.mark_ai),
            each_edit=self._flag("export/each_edit", usual.each_edit),
            quality=self._number("export/quality", (0, MAX_QUALITY), 0) or None,
        )

    @export.setter
    def export(self, value: ExportOptions) -> None:
        self._stored.setValue("export/kind", value.kind.name if value.kind else "")
        self._stored.setValue("export/mark_ai", value.mark_ai)
        self._stored.setValue("export/each_edit", value.each_edit)
        self._stored.setValue("export/quality", value.quality or 0)

    # Reading what may be anything

    def _text(self, key: str) -> str:
        value = self._stored.value(key)
        return value if isinstance(value, str) else ""

    def _texts(self, key: str) -> list[str]:
        """A list; an ini file gives a list of one as a text, and an empty one as nothing."""
        value = self._stored.value(key)
        if isinstance(value, str):
            return [value] if value else []
        return [each for each in value if isinstance(each, str) and each] if isinstance(value, list) else []

    def _flag(self, key: str, otherwise: bool) -> bool:
        value = self._stored.value(key)
        if isinstance(value, bool):
            return value
        return {"true": True, "false": False}.get(value.lower(), otherwise) if isinstance(value, str) else otherwise

    def _number(self, key: str, limits: tuple[int, int], otherwise: int) -> int:
        value = self._stored.value(key)
        try:
            number = int(value) if isinstance(value, int | str) else otherwise
        except ValueError:
            number = otherwise
        return min(max(number, limits[0]), limits[1])

    def _bytes(self, key: str) -> QByteArray:
        value = self._stored.value(key)
        return value if isinstance(value, QByteArray) else QByteArray()

    def _one_of(self, key: str, allowed: tuple[_Choice, ...], otherwise: _Choice) -> _Choice:
        value = self._text(key)
        return next((each for each in allowed if each == value), otherwise)
