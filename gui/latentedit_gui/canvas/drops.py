"""What of a drop (or of the clipboard) is a photograph."""

from __future__ import annotations

from pathlib import Path

from PyQt6.QtCore import QMimeData
from PyQt6.QtGui import QImage


def dropped_files(data: QMimeData) -> list[Path]:
    """The local files; whether they are photographs shows when they are opened."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


def dropped_image(data: QMimeData) -> QImage | None:
    """A picture that comes without a file, as from a browser."""
    image = data.imageData() if data.hasImage() else None
    return image if isinstance(image, QImage) and not image.isNull() else None
