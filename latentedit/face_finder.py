"""Finding faces in a process of its own: dlib keeps Python's lock while it looks, for most of a second in a large photograph."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures.process import BrokenProcessPool
from functools import cache
from multiprocessing.shared_memory import SharedMemory
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from latentedit.face_search import FoundFace, search_faces

if TYPE_CHECKING:
    from latentedit.assets import AssetStore
    from latentedit.faces import Face
    from latentedit.images import Photo
    from latentedit.side_process import SideProcess


def find_faces_apart(photo: Photo, side: SideProcess, store: AssetStore | None = None) -> Iterator[list[Face] | None]:
    """Find the faces of a photograph as :func:`latentedit.faces.find_faces` does, in another process.

    Yields: None while it looks, then the faces. To cancel, stop iterating.

    Raises:
        PhotoError, AssetError: as there.
    """
    from latentedit.assets import AssetStore
    from latentedit.faces import CNN_ASSET, CNN_MEMBER, LANDMARKS_ASSET, LANDMARKS_MEMBER, faces_of, find_faces

    store = AssetStore.default() if store is None else store
    landmarks = store.path(LANDMARKS_ASSET, LANDMARKS_MEMBER)
    cnn = store.path(CNN_ASSET, CNN_MEMBER) if store.status(CNN_ASSET) == "present" else None
    pixels = photo.rgb_uint8
    memory = SharedMemory(create=True, size=pixels.nbytes)
    try:
        np.ndarray(pixels.shape, np.uint8, memory.buf)[:] = pixels
        for found in side.steps(_search, memory.name, pixels.shape, landmarks, cnn):
            yield None if found is None else faces_of(photo, found)
    except BrokenProcessPool:
        # A window that stands still is better than one that finds nothing.
        yield find_faces(photo, store=store)
    finally:
        memory.close()
        memory.unlink()


def _search(name: str, shape: tuple[int, int, int], landmarks: Path, cnn: Path | None) -> list[FoundFace]:
    """In the process: search a picture that lies in shared memory."""
    memory = SharedMemory(name=name)
    try:
        pixels = np.ndarray(shape, np.uint8, memory.buf).copy()
    finally:
        memory.close()
    return search_faces(pixels, _detector(landmarks, cnn))


@cache
def _detector(landmarks: Path, cnn: Path | None) -> Any:
    from latentedit.detection import Detector

    return Detector(landmarks, lambda: cnn)
