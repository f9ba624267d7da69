"""The first start: what is to be downloaded, from where, under which terms; nothing is fetched before the user agrees."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PyQt6.QtCore import QLocale, Qt, pyqtSignal
from PyQt6.QtGui import QCloseEvent
from PyQt6.QtWidgets import QDialog, QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from latentedit.assets.downloads import Download, FetchStep
from latentedit.errors import Cancelled
from latentedit_gui.catalogue_words import CatalogueWords
from latentedit_gui.dialogs.labels import IconLabel, card, label
from latentedit_gui.error_words import error_words
from latentedit_gui.widgets.scrolling import scrolling


class FirstRunDialog(QDialog):
    """Asks, shows the progress, and what went wrong.

    It fetches nothing itself: whoever opens it runs :func:`latentedit.assets.downloads.fetch` in the worker when it is asked to, and calls
    :meth:`show_step`, :meth:`show_failure` and :meth:`show_done`.

    Signals:
        fetch_requested(): the user agreed, or tries again.
        stop_requested(): the fetch is to stop; call :meth:`show_failure` with :class:`~latentedit.errors.Cancelled` then.
        offline_chosen(): go on without; what needs the weights will say so.
    """

    fetch_requested = pyqtSignal()
    stop_requested = pyqtSignal()
    offline_chosen = pyqtSignal()

    def __init__(self, downloads: Sequence[Download], folder: Path, parent: QWidget | None = None) -> None:
        """
        Args:
            downloads: what is missing; see :func:`latentedit.assets.downloads.downloads`.
            folder: where it will be kept.
        """
        super().__init__(parent)
        self._words = CatalogueWords()
        self._fetching = False
        total = self._size(sum(download.size_bytes for download in downloads))
        self.setWindowTitle(self.tr("Welcome to latentedit"))
        self.resize(620, 680)

        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(IconLabel("face", 44), alignment=Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(6)
        words.addWidget(label(self.tr("Before the first photograph"), "title"))
        words.addWidget(
            label(
                self.tr("latentedit needs trained networks that are not part of the program: {} to download, once.").format(total)
            )
        )
        head.addLayout(words, 1)

        private = QHBoxLayout()
        private.setSpacing(10)
        private.addWidget(IconLabel("lock", 20), alignment=Qt.AlignmentFlag.AlignTop)
        private.addWidget(
            label(self.tr("Your photographs never leave this computer. Everything is computed here, without an account.")), 1
        )

        page = QWidget()
        entries = QVBoxLayout(page)
        entries.setContentsMargins(0, 0, 8, 0)
        entries.setSpacing(8)
        for download in downloads:
            entries.addWidget(self._entry(download))
        entries.addStretch(1)
        where = label(
            self.tr("From the Python package index that this computer is set up for (usually pypi.org). Kept in {}.").format(
                folder
            ),
            "quiet",
            selectable=True,
        )

        self.status = label("")
        self.status.setAccessibleName(self.tr("Progress"))
        self.hint = label("", "quiet", selectable=True)
        self.bar = QProgressBar()
        self.bar.setRange(0, 1000)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Progress of the download"))
        for part in (self.status, self.hint, self.bar):
            part.hide()

        self.fetch_button = QPushButton(self.tr("&Agree and download"))
        self.fetch_button.setProperty("role", "primary")
        self.fetch_button.setDefault(True)
        self.fetch_button.setToolTip(self.tr("Download the networks under the terms listed here"))
        self.fetch_button.clicked.connect(self._start)
        self.stop_button = QPushButton(self.tr("&Stop"))
        self.stop_button.setToolTip(self.tr("Stop the download; it goes on later where it stopped"))
        self.stop_button.clicked.connect(self._stop)
        self.stop_button.hide()
        self.offline_button = QPushButton(self.tr("&Not now"))
        self.offline_button.setToolTip(self.tr("Look around without; faces cannot be edited until the networks are here"))
        self.offline_button.clicked.connect(self._go_offline)
        buttons = QHBoxLayout()
        buttons.addWidget(self.offline_button)
        buttons.addStretch(1)
        buttons.addWidget(self.stop_button)
        buttons.addWidget(self.fetch_button)

        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 18)
        layout.setSpacing(14)
        layout.addLayout(head)
        layout.addLayout(private)
        layout.addWidget(scrolling(page), 1)
        for widget in (where, self.status, self.hint, self.bar):
            layout.addWidget(widget)
        layout.addLayout(buttons)
        self.fetch_button.setFocus()

    def show_step(self, step: FetchStep) -> None:
        """Show how far it is."""
        share = step.done_bytes / step.total_bytes if step.total_bytes else 1.0
        self.bar.setValue(round(1000 * share))
        if step.preparing:
            self.status.setText(self.tr("Making everything ready"))
        else:
            done, total = self._size(step.done_bytes), self._size(step.total_bytes)
            self.status.setText(self.tr("Downloading: {} of {}").format(done, total))

    def show_failure(self, error: BaseException) -> None:
        """Show why it stopped, and offer to try again."""
        self._set_fetching(False)
        if isinstance(error, Cancelled):
            self._say(self.tr("Stopped. What was downloaded is kept."), "")
            self.fetch_button.setText(self.tr("&Continue the download"))
            return
        said = error_words(error)
        self._say(said.headline, "danger", " ".join(part for part in (said.advice, said.details) if part))
        self.fetch_button.setText(self.tr("&Try again"))

    def show_done(self) -> None:
        """All is here: close."""
        self._set_fetching(False)
        self.accept()

    def reject(self) -> None:
        """Escape and the window's cross: stop what is running, and go on without."""
        if self._fetching:
            self.stop_requested.emit()
        self.offline_chosen.emit()
        super().reject()

    def closeEvent(self, event: QCloseEvent | None) -> None:
        if event is not None:
            event.ignore()  # reject() closes it
        self.reject()

    def _entry(self, download: Download) -> QWidget:
        """One download: what it is for, how large, whose, and what it may be used for."""
        purposes = label("\n".join(dict.fromkeys(self._words.purpose(asset) for asset in download.assets)), "heading")
        size = label(self._size(download.size_bytes), "quiet")
        size.setWordWrap(False)
        top = QWidget()
        row = QHBoxLayout(top)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(purposes, 1)
        row.addWidget(size, alignment=Qt.AlignmentFlag.AlignTop)
        origins = "; ".join(dict.fromkeys(asset.origin for asset in download.assets))
        licences = "; ".join(dict.fromkeys(asset.licence for asset in download.assets))
        facts = [self.tr("From: {}").format(origins), self.tr("Licence: {}").format(licences)]
        facts += [self.tr("Limits: {}").format(text) for text in self._limits(download)]
        return card(top, *(label(fact, "quiet") for fact in facts))

    def _limits(self, download: Download) -> tuple[str, ...]:
        return tuple(dict.fromkeys(text for asset in download.assets if (text := self._words.limits(asset))))

    def _start(self) -> None:
        self._set_fetching(True)
        self.bar.setValue(0)
        self._say(self.tr("Connecting"), "")
        self.fetch_requested.emit()

    def _stop(self) -> None:
        self.stop_button.setEnabled(False)
        self.status.setText(self.tr("Stopping"))
        self.stop_requested.emit()

    def _go_offline(self) -> None:
        self.reject()

    def _set_fetching(self, fetching: bool) -> None:
        self._fetching = fetching
        self.bar.setVisible(fetching)
        self.stop_button.setVisible(fetching)
        self.stop_button.setEnabled(True)
        self.fetch_button.setVisible(not fetching)
        self.offline_button.setEnabled(not fetching)
        (self.stop_button if fetching else self.fetch_button).setFocus()

    def _say(self, text: str, role: str, hint: str = "") -> None:
        self.status.setText(text)
        self.status.setProperty("role", role)
        style = self.status.style()
        assert style is not None
        style.polish(self.status)
        self.status.setVisible(bool(text))
        self.hint.setText(hint)
        self.hint.setVisible(bool(hint))

    @staticmethod
    def _size(size_bytes: int) -> str:
        """Megabytes of a million bytes, as download pages count."""
        return QLocale().formattedDataSize(
            size_bytes, 0 if size_bytes >= 10_000_000 else 1, QLocale.DataSizeFormat.DataSizeSIFormat
        )
