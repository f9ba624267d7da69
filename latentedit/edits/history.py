"""Undo and redo, as a value: doing something gives a new history and leaves the old one as it was."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field, replace

from latentedit.edits.commands import Command
from latentedit.edits.state import EditState

MAX_ENTRIES = 500
"""How many undos are kept; a state is a few hundred bytes."""


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One undo or redo: what was done, and the state on its far side (before it for undo, after it for
    redo)."""

    label: str
    state: EditState


@dataclass(frozen=True, slots=True)
class History:
    """The present state, and the way back and forth.

    Attributes:
        past: oldest first; the last is what :meth:`undo` takes back.
        future: the last is what :meth:`redo` does again.
    """

    present: EditState
    past: tuple[HistoryEntry, ...] = ()
    future: tuple[HistoryEntry, ...] = ()
    # Not part of what the history is: only whether the next command continues the newest entry.
    open_key: Hashable | None = field(default=None, compare=False, repr=False)

    def do(self, command: Command) -> History:
        """Apply a command. One that changes nothing leaves no trace, and one that continues the newest entry
        (an equal ``merge_key``, with no undo, redo or :meth:`seal` between) becomes part of it.

        Raises:
            UsageError: the command does not fit the present state.
        """
        state = command.apply(self.present)
        if state == self.present:
            return self
        key = command.merge_key
        if self.past and key is not None and key == self.open_key:
            before = self.past[-1].state
            if state == before:  # dragged back to where it began: nothing to undo
                return History(state, self.past[:-1])
            return History(state, (*self.past[:-1], HistoryEntry(command.label, before)), (), key)
        entries = (*self.past, HistoryEntry(command.label, self.present))
        return History(state, entries[-MAX_ENTRIES:], (), key)

    def seal(self) -> History:
        """End the newest entry: the next command starts another (a slider was released)."""
        return replace(self, open_key=None)

    @property
    def can_undo(self) -> bool:
        return bool(self.past)

    @property
    def can_redo(self) -> bool:
        return bool(self.future)

    def step(self, count: int) -> History:
        """Many undos (``count`` negative) or redos at once, as many as there are."""
        history = self
        for _ in range(min(-count, len(self.past))):
            history = history.undo()
        for _ in range(min(count, len(self.future))):
            history = history.redo()
        return history

    def undo(self) -> History:
        """One step back; the same history if there is none."""
        if not self.past:
            return self
        entry = self.past[-1]
        return History(entry.state, self.past[:-1], (*self.future, HistoryEntry(entry.label, self.present)))

    def redo(self) -> History:
        """One step forth; the same history if there is none."""
        if not self.future:
            return self
        entry = self.future[-1]
        return History(entry.state, (*self.past, HistoryEntry(entry.label, self.present)), self.future[:-1])
