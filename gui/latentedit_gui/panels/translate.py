"""The translate panel: an image-to-image network (CycleGAN, pix2pix, AnimeGANv2) draws the photograph or a face anew."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PyQt6.QtGui import QPalette
from PyQt6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from latentedit.errors import LatentEditError
from latentedit.image_io import xmp
from latentedit.images import apply_patches, save_image
from latentedit.scene import Scene
from latentedit.translating import translate_pixels
from latentedit_gui.canvas import FaceView
from latentedit_gui.dialogs.labels import label
from latentedit_gui.icon_set import icon
from latentedit_gui.panels.panel import Panel
from latentedit_gui.worker import Job, Urgency

FACE_PX = 512


class TranslatePanel(Panel):
    """Chooses a network's file, translates, shows and saves."""

    name = "translate"
    icon_name = "translate"

    def title(self) -> str:
        return self.tr("Translate")

    def missing(self) -> str:
        return "" if self.document.session is not None else self.tr("Open a photograph first.")

    def build(self) -> QWidget:
        page = QWidget()
        self._file: Path | None = None
        self._job: Job | None = None
        self.result: NDArray[np.uint8] | None = None
        self.choose_button = QPushButton(icon("folder"), self.tr("&Choose a network…"))
        self.choose_button.setToolTip(self.tr("A file such as latest_net_G.pth; nothing in it is run"))
        self.choose_button.clicked.connect(self._ask_file)
        self.file_words = label(self.tr("No network is chosen."), "quiet")
        self.area = QComboBox()
        self.area.addItem(self.tr("This face"), "face")
        self.area.addItem(self.tr("The whole photograph"), "photo")
        self.area.setToolTip(self.tr("What is drawn anew, with its edits"))
        self.area.setAccessibleName(self.tr("What is translated"))
        self.start_button = QPushButton(icon("play", QPalette.ColorRole.HighlightedText), self.tr("&Translate"))
        self.start_button.setProperty("role", "primary")
        self.start_button.setToolTip(self.tr("Draw it with this network"))
        self.start_button.clicked.connect(self.start)
        self.cancel_button = QPushButton(self.tr("C&ancel"))
        self.cancel_button.setToolTip(self.tr("Stop"))
        self.cancel_button.clicked.connect(self._cancel)
        self.view = FaceView()
        self.save_button = QPushButton(icon("export"), self.tr("&Save the result…"))
        self.save_button.setToolTip(self.tr("Write it as a picture, marked as made with AI"))
        self.save_button.clicked.connect(self._ask_save)
        running = QHBoxLayout()
        running.addWidget(self.start_button, 1)
        running.addWidget(self.cancel_button)
        layout = QVBoxLayout(page)
        layout.setSpacing(12)
        layout.addWidget(label(self.tr("Networks of CycleGAN, pix2pix and AnimeGANv2 draw a picture in another manner.")))
        layout.addWidget(self.choose_button)
        layout.addWidget(self.file_words)
        layout.addWidget(self.area)
        layout.addLayout(running)
        layout.addWidget(self.view, 1)
        layout.addWidget(self.save_button)
        self.document.opened.connect(self._forget)
        self._update()
        return page

    def choose(self, path: Path) -> None:
        """Take a network's file."""
        self._file = path
        self.file_words.setText(path.name)
        self._update()

    def start(self) -> None:
        """Translate what is chosen, in the worker."""
        session, file = self.document.session, self._file
        if session is None or file is None:
            return
        face = self.document.face if self.area.currentData() == "face" else None
        scene, device = session.scene, self.context.engine.device
        self.result = None
        self._job = job = self.context.worker.submit(
            lambda: ((source, result) for source in [_picture(scene, face)] for result in translate_pixels(file, source, device)),
            Urgency.COMPOSITE,
            key="translate",
        )
        job.finished.connect(self._on_finished)
        job.failed.connect(self.context.show_error)
        job.ended.connect(self._update)
        self._update()

    def _on_finished(self, pair: Any) -> None:
        source, self.result = pair
        self.view.set_before(source)
        self.view.set_after(self.result)

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _forget(self) -> None:
        self._cancel()
        self.result = None
        self.view.set_before(None)
        self.view.set_after(None)
        self._update()

    def _update(self) -> None:
        working = self._job is not None and self._job.running
        self.start_button.setEnabled(self._file is not None and not working)
        self.cancel_button.setVisible(working)
        self.save_button.setEnabled(self.result is not None)

    def _ask_file(self) -> None:
        folder = self.context.settings.last_folder("open")
        name, _ = QFileDialog.getOpenFileName(
            self, self.tr("Choose a network"), str(folder), self.tr("Networks (*.pth *.pt *.safetensors)")
        )
        if name:
            self.choose(Path(name))

    def _ask_save(self) -> None:
        session = self.document.session
        if session is None or self.result is None:
            return
        folder = self.context.settings.last_folder("export")
        usual = folder / f"{Path(session.photo.name).stem}-translated.png"
        name, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save the result"), str(usual), self.tr("Pictures (*.png *.jpg *.webp *.tif)")
        )
        if name:
            self.save(Path(name))

    def save(self, path: Path) -> None:
        """Write the result."""
        if self.result is None:
            return
        try:
            save_image(path, self.result, mark_ai=True, source_type=xmp.EDITED)
        except LatentEditError as error:
            self.context.show_error(error)


def _picture(scene: Scene, face: int | None) -> NDArray[np.uint8]:
    """What is to be translated, with its edits: a face's square, or all."""
    from latentedit.alignment import crop_quad

    whole = apply_patches(scene.photo, scene.patches())
    if face is None or face < 0:
        return whole
    return crop_quad(whole, scene.face(face).face.quad, FACE_PX)
