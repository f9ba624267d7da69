"""The asset store as the command line uses it: with a progress bar, and offline when that was asked for."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from rich.progress import Progress, TaskID

from latentedit.assets import AssetStore, FetchProgress
from latentedit.cli.console import byte_bar


@contextmanager
def open_store() -> Iterator[AssetStore]:
    """The user's store; whatever is fetched through it shows a bar."""
    with byte_bar() as bar:
        yield AssetStore.default(offline=os.environ.get("LATENTEDIT_OFFLINE") == "1", on_progress=_Shown(bar))


class _Shown:
    """Keeps one line of the bar per file."""

    def __init__(self, bar: Progress) -> None:
        self._bar = bar
        self._tasks: dict[str, TaskID] = {}

    def __call__(self, progress: FetchProgress) -> None:
        if progress.what not in self._tasks:
            self._tasks[progress.what] = self._bar.add_task(progress.what, total=progress.total_bytes)
        self._bar.update(self._tasks[progress.what], completed=progress.done_bytes)
