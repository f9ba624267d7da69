"""The edits of a session: what stands, the way back and forth, and who is told of a change."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from contextlib import contextmanager

from psygnal import Signal

from latentedit.edits import Command, EditState, History
from latentedit.edits.commands import Become


class EventedHistory:
    """A :class:`~latentedit.edits.History` that tells listeners what changes.

    Signals, each emitted after the change:
        state_changed(state, before): the edits are others.
        history_changed(): what undo and redo would do is something else.
    """

    state_changed = Signal(EditState, EditState)
    history_changed = Signal()

    def __init__(self) -> None:
        self._history = History(EditState())

    @property
    def state(self) -> EditState:
        """The edits as they stand."""
        return self._history.present

    @property
    def history(self) -> History:
        """The edits with the way back and forth."""
        return self._history

    def do(self, command: Command) -> EditState:
        """Apply a command; commands with the same merge key become one undo until :meth:`seal`.

        Raises:
            UsageError: it does not fit the state, or names a painted mask that is not there.
        """
        self._set_history(self._history.do(command))
        return self.state

    @contextmanager
    def as_one(self, merge_key: Hashable | None = None) -> Iterator[None]:
        """What is done to the edits in this block is one undo, called as its last command; all of it is taken back where an error leaves the block.

        Args:
            merge_key: blocks of the same key become one undo until :meth:`seal`.
        """
        before = self._history
        try:
            yield
        except BaseException:
            self._set_history(before)
            raise
        reached = self._history
        label = reached.past[-1].label if reached.past else ""
        self._set_history(before.do(Become(label, reached.present, merge_key)))

    def seal(self) -> None:
        """End the newest undo: the next command starts another (a slider was released)."""
        self._history = self._history.seal()

    def undo(self) -> EditState:
        """One step back, if there is one."""
        self._set_history(self._history.undo())
        return self.state

    def redo(self) -> EditState:
        """One step forth, if there is one."""
        self._set_history(self._history.redo())
        return self.state

    def step(self, count: int) -> EditState:
        """Many undos (``count`` negative) or redos as one change, as many as there are."""
        self._set_history(self._history.step(count))
        return self.state

    def _set_history(self, history: History) -> None:
        before, self._history = self._history, history
        self._tell_history(before)

    def _tell_history(self, before: History) -> None:
        history = self._history
        if history.present != before.present:
            self.state_changed.emit(history.present, before.present)
        if history != before:
            self.history_changed.emit()
