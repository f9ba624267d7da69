"""Small images of every kind, as bytes."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image


def noise(seed: int, height: int, width: int, channels: int = 3) -> NDArray[np.uint8]:
    """A picture [H, W, C] of random pixels."""
    return np.random.default_rng(seed).integers(0, 256, (height, width, channels), dtype=np.uint8)


def encoded(picture: NDArray[Any], kind: str = "PNG", **options: Any) -> bytes:
    """A file of [H, W, C], or [H, W] of 8 or 16 bits."""
    squeezed = picture[:, :, 0] if picture.ndim == 3 and picture.shape[2] == 1 else picture
    file = io.BytesIO()
    Image.fromarray(squeezed).save(file, kind, **options)
    return file.getvalue()


def write_zip(path: Path, members: dict[str, bytes], labels: Any = None, **about: Any) -> Path:
    """A zip as NVIDIA's tool writes it."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
        if labels is not None or about:
            archive.writestr("dataset.json", json.dumps({"labels": labels, **about}))
    return path
