"""Weights that must be there before a face can be found or drawn: asked for once, fetched in the worker."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PyQt6.QtCore import QObject
from PyQt6.QtWidgets import QWidget

from latentedit.assets import AssetStore
from latentedit.assets.downloads import NEEDED, downloads, fetch
from latentedit.errors import Cancelled
from latentedit_gui.dialogs.first_run import FirstRunDialog
from latentedit_gui.worker import Job, Urgency, Worker


class Weights(QObject):
    """Stands before what needs weights."""

    def __init__(
        self,
        store: AssetStore,
        worker: Worker,
        window: QWidget,
        names: Sequence[str] = NEEDED,
        on_decided: Callable[[], None] = lambda: None,
    ) -> None:
        """
        Args:
            names: what must be there.
            on_decided: called once a person has decided, either way.
        """
        super().__init__(window)
        self._store, self._worker, self._window, self.names = store, worker, window, tuple(names)
        self._on_decided = on_decided
        self._dialog: FirstRunDialog | None = None
        self._job: Job | None = None

    @property
    def missing(self) -> bool:
        """Whether something must be downloaded first."""
        return bool(downloads(self._store, self.names))

    def with_them(self, then: Callable[[], None]) -> None:
        """Go on when all is there: at once, or after a person agreed and it was fetched; never, if they did not."""
        wanted = downloads(self._store, self.names)
        if not wanted:
            then()
            return
        if self._dialog is not None:
            self._dialog.raise_()
            return
        dialog = FirstRunDialog(wanted, self._store.root, self._window)
        self._dialog = dialog
        dialog.fetch_requested.connect(self._fetch)
        dialog.stop_requested.connect(self._stop)
        dialog.accepted.connect(then)
        dialog.finished.connect(self._on_closed)
        dialog.open()

    def _fetch(self) -> None:
        assert self._dialog is not None
        self._job = job = self._worker.submit(lambda: fetch(self._store, self.names), Urgency.TASK)
        job.stepped.connect(self._dialog.show_step)
        job.failed.connect(self._dialog.show_failure)
        job.finished.connect(self._dialog.show_done)

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
        if self._dialog is not None:
            self._dialog.show_failure(Cancelled("Stopped."))

    def _on_closed(self) -> None:
        dialog, self._dialog = self._dialog, None
        if dialog is not None:
            dialog.deleteLater()
        self._on_decided()
