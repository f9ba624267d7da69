"""The asset store as the command line uses it: what it fetches shows a progress bar."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from rich.progress import Progress, TaskID

from latentedit.assets import AssetStore, FetchProgress
from latentedit.cli.console import byte_bar


@contextmanager
def open_store() -> Iterator[AssetStore]:
    """The user's store; whatever is fetched through it shows a bar."""
    with ExitStack() as shown:
        yield AssetStore.default(on_progress=_Shown(shown))


class _Shown:
    """One line for each file, on a bar that begins with the first: even an empty one would print a blank line into a log."""

    def __init__(self, shown: ExitStack) -> None:
        self._shown = shown
        self._bar: Progress | None = None
        self._tasks: dict[str, TaskID] = {}

    def __call__(self, progress: FetchProgress) -> None:
        if self._bar is None:
            self._bar = self._shown.enter_context(byte_bar())
        if progress.what not in self._tasks:
            self._tasks[progress.what] = self._bar.add_task(progress.what, total=progress.total_bytes)
        self._bar.update(self._tasks[progress.what], completed=progress.done_bytes)
