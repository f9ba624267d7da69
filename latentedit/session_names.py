"""What the edits of a session may name beside what ships: directions and latents of its own, painted masks."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from latentedit.edits import History
from latentedit.edits.edit import BRUSH
from latentedit.session_faces import SessionFaces

if TYPE_CHECKING:
    from latentedit.brush import Brush
    from latentedit.directions import Direction


class SessionNames(SessionFaces):
    """What a :class:`~latentedit.session.Session` knows by name."""

    # Directions

    @property
    def own_directions(self) -> Mapping[str, Direction]:
        """The directions that only this session knows, by the names under which edits refer to them."""
        return {name: known.direction for name, known in self._own.items()}

    def add_direction(self, direction: Direction) -> str:
        """Make a direction known to this session, which its project then holds as soon as an edit names it.

        Returns:
            the name under which edits refer to it: its own, or that with a number where its own means another direction.

        Raises:
            DirectionError: it does not fit the generator, or a value of it is out of range.
            UsageError: there are too many.
            CheckpointError, DeviceError, AssetError: the generator cannot be loaded.
        """
        from latentedit.session_directions import has_room, with_direction, without_forgotten_drags

        if not has_room(self._own, direction):
            self._own = without_forgotten_drags(self._own, self._history)
        name, self._own = with_direction(self._own, direction, self.engine, self.generator.spec)
        return name

    def add_latent(self, path: str | Path, face: int | None = None) -> str:
        """Make a face of another project known to this session, to mix with.

        Args:
            face: its index; the first that is projected if None.

        Returns:
            the source under which :class:`~latentedit.edits.SetMix` refers to it.

        Raises:
            ProjectFileError, UsageError: the project cannot be read, or holds no projected face, or not that one.
            CheckpointError: it was made with another generator.
        """
        from latentedit.project_file import GeneratorIdentity, load_project
        from latentedit.session_latents import latent_of_project

        identity = GeneratorIdentity.of(self.generator.spec)
        latent = latent_of_project(load_project(path), Path(path), identity, face)
        return self.add_direction(latent.direction)

    # Painted masks

    def add_brush(self, brush: Brush) -> str:
        """Make a painted mask known to this session, which its project then holds as soon as an edit names it.

        Returns:
            the region under which :class:`~latentedit.edits.EditMask` and :class:`~latentedit.edits.Compositing` refer to it.

        Raises:
            UsageError: edits and their history name too many already.
        """
        from latentedit.project_brushes import with_brush

        self._brushes = with_brush(self._brushes, brush, self._history)
        return brush.region

    def brush(self, region: str) -> Brush:
        """A painted mask by its region.

        Raises:
            UsageError: it is not known.
        """
        from latentedit.brush import known_brush

        return known_brush(self._brushes, region)

    def _set_history(self, history: History) -> None:
        # Before anything changes: edits that name what nobody painted could be neither drawn nor saved.
        for region in sorted(region for face in history.present.faces for region in face.regions if region.startswith(BRUSH)):
            self.brush(region)
        super()._set_history(history)
