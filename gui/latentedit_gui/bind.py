"""Ties a widget to what it edits: it shows what the document holds, and what a person sets becomes a command."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, Protocol, TypeVar

from PyQt6.QtCore import QObject, QSignalBlocker, pyqtBoundSignal

from latentedit.edits import Command, FaceEdits, History
from latentedit_gui.document import Document

Value = TypeVar("Value")


class ValueWidget(Protocol[Value]):
    """A widget with one value, such as a spin box."""

    def value(self) -> Value: ...
    def setValue(self, value: Value) -> None: ...


class Binding(QObject, Generic[Value]):
    """A widget that follows the face that is meant, and changes it."""

    def __init__(
        self,
        document: Document,
        widget: QObject,
        changed: pyqtBoundSignal,
        show: Callable[[Value], None],
        read: Callable[[FaceEdits], Value],
        command: Callable[[int, Value], Command],
        released: pyqtBoundSignal | None = None,
    ) -> None:
        """
        Args:
            changed: of the widget, with the new value.
            show: makes the widget show a value.
            read: the value in the edits of a face.
            command: what sets it, of the face with this index.
            released: of the widget, when a person lets it go: then the undo ends.
        """
        super().__init__(widget)
        self._document, self._widget = document, widget
        self._show, self._read, self._command = show, read, command
        self._made: History | None = None
        changed.connect(self._on_changed)
        if released is not None:
            released.connect(self._on_released)
        for signal in (document.opened, document.selected, document.state_changed, document.projected):
            signal.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show what the document holds."""
        edits = self._document.edits
        with QSignalBlocker(self._widget):
            self._show(self._read(FaceEdits() if edits is None else edits))

    def _on_changed(self, value: Value) -> None:
        if not self._document.editable:
            return
        if not self._document.do(self._command(self._document.face, value)):
            self.refresh()  # refused: show what is so
        session = self._document.session
        self._made = None if session is None else session.history

    def _on_released(self) -> None:
        """End the undo, unless it is another widget's by now: keys are let go some time after they were pressed."""
        session = self._document.session
        if session is not None and session.history is self._made:
            self._document.seal()


def bind(
    document: Document,
    widget: ValueWidget[Value],
    read: Callable[[FaceEdits], Value],
    command: Callable[[int, Value], Command],
    *,
    changed: pyqtBoundSignal,
    released: pyqtBoundSignal | None = None,
) -> Binding[Value]:
    """Tie a widget with ``value`` and ``setValue`` to a value of the face that is meant; the binding lives as long as the widget."""
    assert isinstance(widget, QObject)
    return Binding(document, widget, changed, widget.setValue, read, command, released)
