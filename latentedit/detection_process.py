"""Finding faces in a process of its own.

dlib keeps Python's lock while it looks, for most of a second in a large photograph: a window in the same process would stand still.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
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

WAIT_S = 0.02


class FaceFinder:
    """Keeps the process, from the first search until :meth:`close`."""

    def __init__(self) -> None:
        self._pool: ProcessPoolExecutor | None = None

    def steps(self, photo: Photo, store: AssetStore | None = None) -> Iterator[list[Face] | None]:
        """Find the faces of a photograph as :func:`latentedit.faces.find_faces` does.

        Yields: None while the process looks, then the faces. To cancel, stop iterating.

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
            found = self._submit(memory.name, pixels.shape, landmarks, cnn)
            while not found.done():
                yield None
                _wait(found)
            yield faces_of(photo, found.result())
        except BrokenProcessPool:
            # Killed for want of memory, say: a window that stands still is better than one that finds nothing.
            self.close()
            yield find_faces(photo, store=store)
        finally:
            memory.close()
            memory.unlink()

    def close(self) -> None:
        """End the process, whatever it is at."""
        pool, self._pool = self._pool, None
        if pool is not None:
            # Its own way to end waits until the search is done, which nobody wants any more.
            processes = list((pool._processes or {}).values())
            pool.shutdown(wait=False, cancel_futures=True)
            for process in processes:
                process.terminate()
            for process in processes:
                process.join()
            pool.shutdown(wait=True)

    def _submit(self, *arguments: Any) -> Future[list[FoundFace]]:
        if self._pool is None:
            # Not a fork: this process has threads that hold locks.
            self._pool = ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn"))
        return self._pool.submit(_search, *arguments)


def _wait(found: Future[list[FoundFace]]) -> None:
    from concurrent.futures import wait

    wait([found], WAIT_S)


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
