"""Where the command line writes: results to standard output, everything else to standard error."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterable
from typing import Any

from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    Progress,
    ProgressColumn,
    TaskID,
    TaskProgressColumn,
    TextColumn,
    TimeRemainingColumn,
)
from rich.table import Table
from rich.text import Text

COLUMN_WIDTH = 10
"""What columns beside that of the names have at least, in characters; a terminal that is narrower breaks lines itself."""
output = Console()
errors = Console(stderr=True)


def print_json(document: Any) -> None:
    """One JSON document on standard output; with escapes, if it holds what that cannot encode (also names of files that are no Unicode)."""
    text = json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False)
    try:
        text.encode(getattr(sys.stdout, "encoding", None) or "utf-8")
    except UnicodeEncodeError:
        text = json.dumps(document, indent=2, allow_nan=False)
    print(text)


def tell(message: object, *, style: str | None = None) -> None:
    """One line on standard error, whatever is in it, and however long."""
    errors.print(printable(message), style=style, markup=False, highlight=False, soft_wrap=True)


def printable(text: object) -> str:
    """What a terminal can show of a text that may come from the name of a file."""
    return "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in str(text))


def print_table(title: str, columns: Iterable[str], rows: Iterable[Iterable[object]]) -> None:
    """A table on standard output. The first column, of names that are typed or read by scripts, is never broken or cut, however narrow the terminal."""
    cells = [[Text(printable(cell)) for cell in row] for row in rows]
    table = Table(title=Text(printable(title)), title_justify="left")
    names = max((row[0].cell_len for row in cells), default=0)
    for number, column in enumerate(columns):
        if number == 0:
            table.add_column(column, no_wrap=True, min_width=names)
        else:
            table.add_column(column, overflow="fold")
    for row in cells:
        table.add_row(*row)
    room = names + COLUMN_WIDTH * len(table.columns)
    wide = output if output.width >= room else Console(width=room, file=output.file)
    wide.print(table)


class ProgressLines(Progress):
    """What a log or a pipe gets in place of a bar: a line every few seconds, none for work that is done before the first is due."""

    EVERY_S = 10.0

    def __init__(self, *, console: Console) -> None:
        super().__init__(console=console, disable=True)
        self._due = time.monotonic() + self.EVERY_S

    def update(self, task_id: TaskID, **changes: Any) -> None:
        """As of :class:`Progress`."""
        super().update(task_id, **changes)
        self._tell(task_id)

    def advance(self, task_id: TaskID, advance: float = 1) -> None:
        """As of :class:`Progress`."""
        super().advance(task_id, advance)
        self._tell(task_id)

    def _tell(self, task_id: TaskID) -> None:
        now = time.monotonic()
        if now < self._due:
            return
        self._due = now + self.EVERY_S
        task = self._tasks[task_id]
        share = f": {task.percentage:.0f}%" if task.total else ""
        self.console.print(f"{task.description}{share}", markup=False, highlight=False, soft_wrap=True)


def step_bar() -> Progress:
    """A progress bar on standard error for work that is counted in steps; to be entered."""
    return _bar(BarColumn(), TaskProgressColumn(), TimeRemainingColumn())


def byte_bar() -> Progress:
    """A progress bar on standard error for downloads; to be entered."""
    return _bar(BarColumn(), DownloadColumn(), TimeRemainingColumn())


def _bar(*columns: ProgressColumn) -> Progress:
    if not errors.is_terminal:
        return ProgressLines(console=errors)
    return Progress(TextColumn("{task.description}", markup=False), *columns, console=errors, transient=True)
