"""The drag panel: points set on the photograph are pulled somewhere else, and the face follows."""

from __future__ import annotations

from PyQt6.QtGui import QPalette
from PyQt6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QGroupBox,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from latentedit.edits import Region
from latentedit_gui.canvas import Tool
from latentedit_gui.dialogs.labels import label
from latentedit_gui.dragging import Dragger, DragProgress
from latentedit_gui.icon_set import icon
from latentedit_gui.panels.panel import Panel
from latentedit_gui.panels.region_words import region_title

KEPT: tuple[Region, ...] = ("eyes", "brows", "nose", "mouth", "hair", "neck", "clothes", "background")


class DragPanel(Panel):
    """Sets points with the canvas's drag tool, and drags them."""

    name = "drag"
    icon_name = "drag-points"

    def title(self) -> str:
        return self.tr("Drag")

    def build(self) -> QWidget:
        context = self.context
        self.dragger = Dragger(self.document, context.worker, self)
        page = QWidget()
        self.pick_button = QPushButton(icon("drag-points"), self.tr("&Set points"))
        self.pick_button.setToolTip(self.tr("Click a place of the face, then the place where it is to go"))
        self.pick_button.clicked.connect(lambda: context.set_tool(Tool.DRAG))
        self.clear_button = QPushButton(icon("trash"), self.tr("&Clear"))
        self.clear_button.setToolTip(self.tr("Remove all points"))
        self.clear_button.clicked.connect(self._clear)
        self.count = QLabel()
        self.count.setProperty("role", "quiet")
        self.keep_boxes: dict[Region, QCheckBox] = {}
        kept = QGroupBox(self.tr("Keep as it is"))
        grid = QGridLayout(kept)
        for number, region in enumerate(KEPT):
            box = QCheckBox(region_title(region))
            box.setToolTip(self.tr("This part of the face is not to change while points are dragged"))
            self.keep_boxes[region] = box
            grid.addWidget(box, number // 2, number % 2)
        self.start_button = QPushButton(icon("play", QPalette.ColorRole.HighlightedText), self.tr("&Drag"))
        self.start_button.setProperty("role", "primary")
        self.start_button.setToolTip(self.tr("Pull every point to where its arrow ends"))
        self.start_button.clicked.connect(self.start)
        self.keep_button = QPushButton(self.tr("&Keep this"))
        self.keep_button.setToolTip(self.tr("Stop here, and keep what has been reached"))
        self.keep_button.clicked.connect(self._keep)
        self.cancel_button = QPushButton(self.tr("C&ancel"))
        self.cancel_button.setToolTip(self.tr("Stop, and leave the face as it was"))
        self.cancel_button.clicked.connect(self.dragger.cancel)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setMaximumHeight(6)
        self.bar.setAccessibleName(self.tr("Progress of the drag"))
        self.status = label("", "quiet")

        picking = QHBoxLayout()
        picking.addWidget(self.pick_button, 1)
        picking.addWidget(self.clear_button)
        running = QHBoxLayout()
        running.addWidget(self.start_button, 1)
        running.addWidget(self.keep_button, 1)
        running.addWidget(self.cancel_button)
        layout = QVBoxLayout(page)
        layout.setSpacing(12)
        layout.addWidget(
            label(
                self.tr("Pull a point of the face somewhere else, and the rest follows: a corner of the mouth, a brow, the chin.")
            )
        )
        layout.addLayout(picking)
        layout.addWidget(self.count)
        layout.addWidget(kept)
        layout.addLayout(running)
        layout.addWidget(self.bar)
        layout.addWidget(self.status)
        layout.addStretch(1)

        context.canvas.drag_points_changed.connect(self._update)
        self.document.selected.connect(self._update)
        for moved in (self.dragger.started, self.dragger.finished, self.dragger.stopped):
            moved.connect(self._update)
        self.dragger.advanced.connect(self._on_advanced)
        self.dragger.finished.connect(self._on_finished)
        self.dragger.stopped.connect(self._on_stopped)
        self.dragger.failed.connect(context.show_error)
        self._update()
        return page

    def start(self) -> None:
        """Drag the points that are set."""
        keep = [region for region, box in self.keep_boxes.items() if box.isChecked()]
        self.status.setText("")
        self.dragger.begin(self.context.canvas.drag_points, keep)

    def _keep(self) -> None:
        self.dragger.keep()
        self.status.setText(self.tr("Kept."))

    def _clear(self) -> None:
        self.context.canvas.set_drag_points(())
        self._update()

    def _update(self, *_: object) -> None:
        points, working = len(self.context.canvas.drag_points), self.dragger.working
        self.count.setText(self._count_words(points))
        self.start_button.setEnabled(bool(points) and not working)
        self.pick_button.setEnabled(not working)
        self.clear_button.setEnabled(bool(points) and not working)
        for widget in (self.keep_button, self.cancel_button, self.bar):
            widget.setVisible(working)

    def _on_advanced(self, progress: DragProgress) -> None:
        step = progress.step
        self.bar.setRange(0, step.max_steps)
        self.bar.setValue(step.step)
        self.status.setText(self.tr("{} pixels of the photograph to go").format(round(progress.to_go_px)))
        self.context.canvas.set_drag_progress(progress.points)
        known = self.document.known_face
        if progress.look is not None and known is not None:
            self.context.canvas.set_preview(progress.drag.face, progress.look, known.face.quad)

    def _on_finished(self, arrived: bool) -> None:
        self.context.canvas.set_drag_progress(())
        self.context.canvas.set_drag_points(())
        self.status.setText(
            self.tr("Done.") if arrived else self.tr("As far as it would go. Fewer kept parts, or a shorter way, may help.")
        )
        self._update()

    def _on_stopped(self) -> None:
        self.context.canvas.set_drag_progress(())
        self.context.renderer.composite()

    def _count_words(self, points: int) -> str:
        if points > 1:
            return self.tr("%n points are set.", "", points)
        return self.tr("One point is set.") if points else self.tr("No point is set yet.")
