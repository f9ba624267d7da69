"""What a process loads once for all photographs: the generator, the face detector, and the networks that judge."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from latentedit.assets import AssetStore
    from latentedit.detection import Detector
    from latentedit.engine import Engine
    from latentedit.faces import Face
    from latentedit.images import Photo
    from latentedit.report import Judges


class Workbench:
    """Everything is loaded when it is first asked for."""

    def __init__(self, device: str = "cpu", store: AssetStore | None = None, *, engine: Engine | None = None) -> None:
        """
        Args:
            device: ``cpu``, ``cuda``, ``mps`` or ``auto``.
            store: where weights are kept; the user's own if None.
            engine: draws, with its own device and store instead of these two; a new one, made when needed, if None.
        """
        self.device = device if engine is None else engine.device
        self._store = store if engine is None else engine.store
        self._given = engine

    @cached_property
    def store(self) -> AssetStore:
        """Where weights are kept."""
        from latentedit.assets import AssetStore

        return self._store if self._store is not None else AssetStore.default()

    @cached_property
    def engine(self) -> Engine:
        """Draws, and keeps the generators.

        Raises:
            DeviceError, UsageError: the device is not there.
        """
        if self._given is not None:
            return self._given
        from latentedit.engine import Engine
        from latentedit.generators import resolve_device

        return Engine(str(resolve_device(self.device)), store=self.store)

    @cached_property
    def judges(self) -> Judges:
        """Measure projections; the first two are also what projections go by.

        Raises:
            AssetError: the weights are not available.
        """
        from latentedit.generators import resolve_device
        from latentedit.report import Judges

        return Judges.load(self.store, resolve_device(self.device))

    def find_faces(self, photo: Photo) -> list[Face]:
        """All faces of a photograph, largest first.

        Raises:
            PhotoError, AssetError: the photograph or the models cannot be read.
        """
        from latentedit.faces import find_faces

        return find_faces(photo, detector=self._detector)

    @cached_property
    def _detector(self) -> Detector:
        from latentedit.faces import load_detector

        return load_detector(self.store)
