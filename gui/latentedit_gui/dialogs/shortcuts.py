"""All keyboard shortcuts, to look up; made from the window's own actions, so that it is never out of date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QAction, QKeySequence
from PyQt6.QtWidgets import (
    QDialog,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QMenuBar,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from latentedit_gui.dialogs.labels import close_button, label
from latentedit_gui.icon_set import icon


@dataclass(frozen=True)
class Shortcut:
    """One line: what is done, by which keys (as the platform writes them), and in which menu it is; "" for none."""

    name: str
    keys: tuple[str, ...]
    group: str = ""


def shortcuts_of(window: QWidget) -> tuple[Shortcut, ...]:
    """The shortcuts of a window's actions: those in menus in the menus' order, then the others by name."""
    found: dict[QAction, Shortcut] = {}
    for bar in window.findChildren(QMenuBar):
        for action in bar.actions():
            menu = action.menu()
            if isinstance(menu, QMenu):
                _collect(menu, _plain(action.text()), found)
    others = [action for action in window.findChildren(QAction) if action not in found and action.shortcuts()]
    known = [*found.values(), *sorted((_shortcut(action, "") for action in others), key=lambda each: each.name.casefold())]
    return tuple(dict.fromkeys(known))


def _collect(menu: QMenu, group: str, found: dict[QAction, Shortcut]) -> None:
    for action in menu.actions():
        inner = action.menu()
        if isinstance(inner, QMenu):
            _collect(inner, group, found)
        elif action.shortcuts():
            found.setdefault(action, _shortcut(action, group))


def _shortcut(action: QAction, group: str) -> Shortcut:
    keys = tuple(keys.toString(QKeySequence.SequenceFormat.NativeText) for keys in action.shortcuts())
    return Shortcut(_plain(action.text()), keys, group)


def _plain(text: str) -> str:
    """A menu's text without the marks of its mnemonic and the dots."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&").rstrip(".…")


class ShortcutsDialog(QDialog):
    """The list, with a field that filters it by name or key."""

    def __init__(self, shortcuts: Sequence[Shortcut], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        self.resize(520, 560)
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search by name or key"))
        self.search.setAccessibleName(self.tr("Search shortcuts"))
        self.search.setToolTip(self.tr("Type a part of a name, or a key such as Ctrl"))
        self.search.setClearButtonEnabled(True)
        self.search.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.textChanged.connect(self._filter)

        self.tree = QTreeWidget()
        self.tree.setHeaderLabels([self.tr("Action"), self.tr("Keys")])
        self.tree.setRootIsDecorated(False)
        self.tree.setItemsExpandable(False)
        self.tree.setIndentation(12)
        self.tree.setAccessibleName(self.tr("Shortcuts"))
        self.tree.setToolTip(self.tr("What can be done from the keyboard"))
        header = self.tree.header()
        assert header is not None
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        header.setStretchLastSection(False)
        self._fill(shortcuts)

        self.nothing = label(self.tr("No shortcut is called that."), "quiet")
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.nothing.hide()
        buttons = close_button(self, self.tr("Back to the photograph"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 12)
        layout.setSpacing(10)
        parts: tuple[QWidget | QLabel, ...] = (self.search, self.tree, self.nothing, buttons)
        for part in parts:
            layout.addWidget(part)

    @property
    def shown(self) -> tuple[str, ...]:
        """The names that the filter leaves."""
        return tuple(item.text(0) for _, items in self._groups() for item in items if not item.isHidden())

    def _fill(self, shortcuts: Sequence[Shortcut]) -> None:
        for group in dict.fromkeys(shortcut.group for shortcut in shortcuts):
            head = QTreeWidgetItem(self.tree, [group or self.tr("Elsewhere")])
            head.setFlags(Qt.ItemFlag.ItemIsEnabled)
            head.setFirstColumnSpanned(True)
            font = head.font(0)
            font.setBold(True)
            head.setFont(0, font)
            for shortcut in shortcuts:
                if shortcut.group == group:
                    QTreeWidgetItem(head, [shortcut.name, self.tr(" or ").join(shortcut.keys)])
        self.tree.expandAll()

    def _groups(self) -> list[tuple[QTreeWidgetItem, list[QTreeWidgetItem]]]:
        heads = [head for index in range(self.tree.topLevelItemCount()) if (head := self.tree.topLevelItem(index)) is not None]
        return [(head, [item for index in range(head.childCount()) if (item := head.child(index)) is not None]) for head in heads]

    def _filter(self, text: str) -> None:
        wanted = text.casefold().split()
        for head, items in self._groups():
            for item in items:
                said = f"{item.text(0)} {item.text(1)}".casefold()
                item.setHidden(not all(word in said for word in wanted))
            head.setHidden(all(item.isHidden() for item in items))
        self.nothing.setVisible(not self.shown)
