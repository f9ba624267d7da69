"""Everything that menus, tool bars and keys can do: made once, put together in one place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from PyQt6.QtCore import QObject
from PyQt6.QtGui import QAction, QActionGroup, QKeySequence
from PyQt6.QtWidgets import QMenu, QMenuBar, QToolBar, QWidget

from latentedit_gui.icon_set import icon

Need = Literal["nothing", "photo", "chosen", "face", "undo", "redo"]
"""What must be there for an action to be of use."""

Standard = QKeySequence.StandardKey


@dataclass(frozen=True)
class Spec:
    """One action.

    Attributes:
        name: for handlers and tests; never shown.
        text: in menus, with a mnemonic.
        tip: what it does, for tooltips.
        keys: shortcuts.
        icon: of the icon set; "" for none.
        need: when it can be used.
        checkable: whether it is on or off.
    """

    name: str
    text: str
    tip: str
    keys: tuple[str | Standard, ...] = ()
    icon: str = ""
    need: Need = "nothing"
    checkable: bool = False


SEPARATOR = ""
MENUS: dict[str, tuple[str, ...]] = {
    "file": ("open", "recent", SEPARATOR, "save", "save-as", "export", SEPARATOR, "close", "quit"),
    "edit": ("undo", "redo", SEPARATOR, "copy", "paste", SEPARATOR, "reset-face", SEPARATOR, "preferences"),
    "view": (
        "zoom-in",
        "zoom-out",
        "fit",
        "zoom-face",
        "actual-size",
        SEPARATOR,
        "split",
        "before",
        "outlines",
        SEPARATOR,
        "next-area",
        "last-area",
        "panels",
    ),
    "tools": ("select", "hand", "brush", "eraser", "drag", SEPARATOR, "clear-mask", SEPARATOR, "prepare-face", "find-faces"),
    "help": ("shortcuts", "about"),
}
TOP_BAR = (
    "open",
    "save",
    "export",
    SEPARATOR,
    "undo",
    "redo",
    SEPARATOR,
    "fit",
    "zoom-face",
    "actual-size",
    SEPARATOR,
    "split",
    "before",
)
SIDE_BAR = ("select", "hand", "brush", "eraser", "drag")


def _sequences(keys: tuple[str | Standard, ...]) -> list[QKeySequence]:
    """The platform's keys, each once; some platforms have none for what others have one for."""
    texts = dict.fromkeys(QKeySequence(key).toString() for key in keys)
    return [QKeySequence(text) for text in texts if text]


class Actions(QObject):
    """The window's actions by name."""

    def __init__(self, window: QWidget, handlers: dict[str, Callable[..., object]]) -> None:
        """
        Args:
            handlers: what each action does; of checkable ones called with whether they are on.
        """
        super().__init__(window)
        self._window = window
        self._actions: dict[str, QAction] = {}
        self._needs: dict[str, Need] = {}
        for spec in self._specs():
            action = QAction(spec.text, window)
            action.setObjectName(spec.name)
            action.setShortcuts(_sequences(spec.keys))
            keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            action.setToolTip(f"{spec.tip} ({keys})" if keys else spec.tip)
            action.setStatusTip(spec.tip)
            action.setCheckable(spec.checkable)
            if spec.icon:
                action.setIcon(icon(spec.icon))
            (action.toggled if spec.checkable else action.triggered).connect(handlers[spec.name])
            window.addAction(action)
            self._actions[spec.name], self._needs[spec.name] = action, spec.need
        tools = QActionGroup(window)
        for name in SIDE_BAR:
            tools.addAction(self._actions[name])
        self._actions["select"].setChecked(True)

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    @property
    def names(self) -> tuple[str, ...]:
        """Of all actions."""
        return tuple(self._actions)

    def enable(self, have: set[Need]) -> None:
        """Switch on what can be used now."""
        for name, action in self._actions.items():
            action.setEnabled(self._needs[name] == "nothing" or self._needs[name] in have)

    def fill_menus(self, bar: QMenuBar, submenus: dict[str, QMenu]) -> None:
        """Build the menus; ``submenus`` stand where their names are."""
        titles = {
            "file": self.tr("&File"),
            "edit": self.tr("&Edit"),
            "view": self.tr("&View"),
            "tools": self.tr("&Tools"),
            "help": self.tr("&Help"),
        }
        for name, entries in MENUS.items():
            menu = bar.addMenu(titles[name])
            assert menu is not None
            menu.setToolTipsVisible(True)
            for entry in entries:
                if entry == SEPARATOR:
                    menu.addSeparator()
                elif entry in submenus:
                    menu.addMenu(submenus[entry])
                else:
                    menu.addAction(self._actions[entry])

    def fill_bar(self, bar: QToolBar, entries: tuple[str, ...]) -> None:
        """Put actions on a tool bar."""
        for entry in entries:
            if entry == SEPARATOR:
                bar.addSeparator()
            else:
                bar.addAction(self._actions[entry])

    def _specs(self) -> tuple[Spec, ...]:
        return (
            Spec("open", self.tr("&Open…"), self.tr("Open a photograph or a project"), (Standard.Open,), "open"),
            Spec(
                "save",
                self.tr("&Save project"),
                self.tr("Save the photograph with all edits, to go on later"),
                (Standard.Save,),
                "save",
                "photo",
            ),
            Spec(
                "save-as",
                self.tr("Save project &as…"),
                self.tr("Save the project under another name"),
                (Standard.SaveAs,),
                "",
                "photo",
            ),
            Spec(
                "export", self.tr("&Export…"), self.tr("Write the edited photograph as a picture"), ("Ctrl+E",), "export", "photo"
            ),
            Spec("close", self.tr("&Close"), self.tr("Close the photograph"), (Standard.Close, "Ctrl+W"), "", "photo"),
            Spec("quit", self.tr("&Quit"), self.tr("End latentedit"), (Standard.Quit, "Ctrl+Q")),
            Spec("undo", self.tr("&Undo"), self.tr("Take the last change back"), (Standard.Undo,), "undo", "undo"),
            Spec("redo", self.tr("&Redo"), self.tr("Do again what was taken back"), (Standard.Redo, "Ctrl+Y"), "redo", "redo"),
            Spec(
                "copy",
                self.tr("&Copy picture"),
                self.tr("Copy the edited photograph to the clipboard"),
                (Standard.Copy,),
                "copy",
                "photo",
            ),
            Spec(
                "paste",
                self.tr("&Paste picture"),
                self.tr("Open the picture that is on the clipboard"),
                (Standard.Paste,),
                "paste",
            ),
            Spec(
                "reset-face",
                self.tr("Reset &face"),
                self.tr("Take back everything that was done to this face"),
                ("Ctrl+Shift+R",),
                "reset",
                "face",
            ),
            Spec(
                "preferences", self.tr("Pr&eferences…"), self.tr("Language, look, how faces are learnt"), ("Ctrl+,",), "settings"
            ),
            Spec("zoom-in", self.tr("Zoom &in"), self.tr("See it larger"), (Standard.ZoomIn, "Ctrl+="), "zoom-in", "photo"),
            Spec("zoom-out", self.tr("Zoom &out"), self.tr("See more of it"), (Standard.ZoomOut,), "zoom-out", "photo"),
            Spec("fit", self.tr("&Fit"), self.tr("See the whole photograph"), ("Ctrl+0",), "fit", "photo"),
            Spec(
                "zoom-face",
                self.tr("&Zoom to face"),
                self.tr("See the chosen face as large as fits"),
                ("Ctrl+2",),
                "zoom-in",
                "chosen",
            ),
            Spec(
                "actual-size",
                self.tr("&Actual size"),
                self.tr("One pixel of the photograph on one of the screen"),
                ("Ctrl+1",),
                "actual-size",
                "photo",
            ),
            Spec(
                "split",
                self.tr("&Before and after"),
                self.tr("Before on the left of a line, after on its right"),
                ("Y",),
                "before-after",
                "photo",
                True,
            ),
            Spec("before", self.tr("&Show before"), self.tr("The photograph as it was"), ("\\",), "eye", "photo", True),
            Spec(
                "outlines", self.tr("Out&lines of faces"), self.tr("Show where the faces are"), ("Ctrl+H",), "face", "photo", True
            ),
            Spec("next-area", self.tr("&Next area"), self.tr("Bring the keyboard to the next panel, or the photograph"), ("F6",)),
            Spec(
                "last-area",
                self.tr("P&revious area"),
                self.tr("Bring the keyboard to the panel before, or the photograph"),
                ("Shift+F6",),
            ),
            Spec("select", self.tr("&Select"), self.tr("Click a face to edit it"), ("V",), "select", "nothing", True),
            Spec("hand", self.tr("&Hand"), self.tr("Move the photograph"), ("H",), "hand", "nothing", True),
            Spec("brush", self.tr("&Brush"), self.tr("Paint where the face may change"), ("B",), "brush", "face", True),
            Spec("eraser", self.tr("&Eraser"), self.tr("Take away from what was painted"), ("E",), "eraser", "face", True),
            Spec(
                "drag",
                self.tr("&Drag points"),
                self.tr("Pull a point of the face somewhere else"),
                ("D",),
                "drag-points",
                "face",
                True,
            ),
            Spec(
                "clear-mask",
                self.tr("&Clear what was painted"),
                self.tr("Let the whole face change again"),
                ("Ctrl+Shift+B",),
                "trash",
                "face",
            ),
            Spec(
                "prepare-face",
                self.tr("&Learn this face again"),
                self.tr("Look for the face anew; its edits stay"),
                (),
                "face",
                "photo",
            ),
            Spec(
                "find-faces",
                self.tr("&Find faces again"),
                self.tr("Forget the faces and their edits, and look for them anew"),
                (),
                "search",
                "photo",
            ),
            Spec(
                "shortcuts",
                self.tr("&Keyboard shortcuts"),
                self.tr("All keys, to search"),
                (Standard.HelpContents, "Ctrl+/"),
                "keyboard",
            ),
            Spec(
                "about",
                self.tr("&About latentedit"),
                self.tr("Version, licences, and what the weights may be used for"),
                (),
                "info",
            ),
        )
