"""The small picture of a face, as large as there is room for."""

from pathlib import Path
from typing import Any, Dict, Optional, Tuple

from PyQt5.QtCore import QSize, Qt
from PyQt5.QtGui import QImage, QPainter, QPaintEvent, QPixmap
from PyQt5.QtWidgets import QSizePolicy, QWidget

from ..bridge import Editing

WISHED_PX, LEAST_PX = 256, 128


class SmallPicture(QWidget):
    """A picture in its proportions, or words where there is none."""

    def __init__(self) -> None:
        super().__init__()
        self.words = ""
        self.pixmap: Optional[QPixmap] = None
        self._shown: Optional[Tuple[Editing, int]] = None
        self.setMinimumSize(LEAST_PX, LEAST_PX)
        policy = QSizePolicy(QSizePolicy.Expanding, QSizePolicy.Preferred)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        """What is nice, but not needed."""
        return QSize(WISHED_PX, WISHED_PX)

    def show_editing(self, editing: Editing) -> None:
        """Show the newest picture of the face that is meant, and never that of another face or document."""
        face = (editing, editing.face)
        image = None if editing.preview is None else image_of(editing.preview)
        if image is not None:
            self.pixmap, self._shown, self.words = QPixmap.fromImage(image), face, ""
        elif editing.preview is None or self._shown != face:
            # Where only the file is gone already, a newer one of the face is on its way: until it comes, the old one stays.
            self.pixmap, self._shown = None, None
            self.words = "This face is not learnt yet." if not editing.doing and not editing.learnt else ""
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it in the middle."""
        painter = QPainter(self)
        if self.pixmap is None:
            painter.setPen(self.palette().windowText().color())
            painter.drawText(self.rect(), int(Qt.AlignCenter | Qt.TextWordWrap), self.words)
            return
        ratio = self.devicePixelRatioF()
        room = QSize(round(self.width() * ratio), round(self.height() * ratio))
        scaled = self.pixmap.scaled(room, Qt.KeepAspectRatio, Qt.SmoothTransformation)
        scaled.setDevicePixelRatio(ratio)
        painter.drawPixmap(
            round((self.width() - scaled.width() / ratio) / 2), round((self.height() - scaled.height() / ratio) / 2), scaled
        )


def image_of(picture: Dict[str, Any]) -> Optional[QImage]:
    """The picture that the program has drawn; None where its file is gone."""
    if picture["format"] != "raw":
        image = QImage(picture["path"])
        return None if image.isNull() else image
    try:
        data = Path(picture["path"]).read_bytes()
    except OSError:
        return None
    image = QImage(data, picture["width"], picture["height"], 4 * picture["width"], QImage.Format_RGBA8888).copy()
    # What is transparent shows the image as it is; that lies in the colours too.
    return image.convertToFormat(QImage.Format_RGBX8888)
