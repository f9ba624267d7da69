"""What a command line asks to be done to faces: read, looked at before the work, and done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from latentedit.cli.console import tell
from latentedit.cli.dragging import FaceDrag, PointDrag, drags_by_face, run_drags
from latentedit.edits import CompositingMode, Region
from latentedit.requested_changes import Changes, apply_changes
from latentedit.requested_crosses import Parent, apply_crosses
from latentedit.requested_edits import Assignment, apply_edits, beyond_range, require_known
from latentedit.requested_masks import Masking, PaintedMasks, apply_masking
from latentedit.requested_mixes import Mix, apply_mixes, require_faces
from latentedit.requested_variations import Variation, apply_variations

if TYPE_CHECKING:
    from latentedit.session import Session


@dataclass(frozen=True)
class EditRequest:
    """All that is asked for, in the order in which it is done."""

    changes: Changes = field(default_factory=Changes)
    edits: Sequence[Assignment] = ()
    mode: CompositingMode | None = None
    mixes: Sequence[Mix] = ()
    parents: Sequence[Parent] = ()
    variations: Sequence[Variation] = ()
    drags: Sequence[PointDrag] = ()
    kept: tuple[Region, ...] = ()
    masking: Masking = field(default_factory=Masking)

    @property
    def changes_photographs(self) -> bool:
        """Whether a photograph without edits may come out other than it went in."""
        asked = self.edits or self.mixes or self.parents or self.variations or self.drags
        return bool(asked) or self.mode not in (None, "residual") or self.changes not in (Changes(), Changes(reset=True))

    def files(self) -> list[tuple[str, str | None]]:
        """What is named that may be a file, and what it is."""
        sources = [mix.source for mix in self.all_mixes()]
        named = [("direction", wanted.name) for wanted in self.edits] + [("project to mix with", source) for source in sources]
        return [*named, *(("mask", region) for region in (*self.regions(), self.masking.region))]

    def regions(self) -> list[str | None]:
        """Where edits are to be."""
        return [*(wanted.region for wanted in self.edits), *(wanted.region for wanted in self.variations)]

    def all_mixes(self) -> list[Mix]:
        """The mixes, and those that crosses will be."""
        return [*self.mixes, *(parent.as_mix() for parent in self.parents)]


class Editing:
    """A request on faces of a session.

    What needs no latents is done at once (:meth:`begin`), the rest when they are there (:meth:`finish`); what can fail does so in the first.
    """

    def __init__(self, session: Session, indices: Sequence[int], request: EditRequest) -> None:
        self._session, self._indices, self._request = session, list(indices), request
        self._masks = PaintedMasks(session)
        self._drags: list[FaceDrag] = []
        self._names: list[str] = []

    def begin(self) -> None:
        """Look at everything, do what needs no latents, and tell amounts that faces may not bear.

        Raises:
            LatentEditError: something cannot be done.
        """
        session, indices, request, masks = self._session, self._indices, self._request, self._masks
        require_known(request.edits, request.all_mixes(), session.generator.spec, own=session.own_directions)
        require_faces(session, indices, request.all_mixes())
        for region in request.regions():
            masks.require_for_edits(indices, region)
        masks.require_for_photo(indices, request.masking)
        self._drags = drags_by_face(session, indices, request.drags, request.kept)
        apply_changes(session, indices, request.changes)
        self._names = apply_edits(session, indices, request.edits, request.mode, masks)
        for line in beyond_range(session, request.edits, self._names):
            tell(line)

    def finish(self) -> list[dict[str, object]]:
        """Do the rest.

        Returns:
            what became of the drags, as :func:`~latentedit.cli.dragging.run_drags` tells it.

        Raises:
            UsageError: a point cannot be dragged.
        """
        session, indices, request = self._session, self._indices, self._request
        mixed = apply_mixes(session, indices, request.mixes)
        crossed = apply_crosses(session, indices, request.parents)
        self._names += [f"mix {source}" for source in (*mixed, *crossed)]
        apply_variations(session, indices, request.variations, self._masks)
        reached = run_drags(session, self._drags, request.kept)
        apply_masking(session, indices, request.masking, self._masks)
        return reached

    def tell_new_names(self) -> None:
        """Say which directions and sources have another name in the project than one would think, for the next edit of it."""
        request = self._request
        given = [wanted.name for wanted in request.edits] + [mix.source for mix in request.all_mixes()]
        for name_or_path, name in dict.fromkeys(zip(given, self._names, strict=True)):
            if name not in (name_or_path, Path(name_or_path).stem, f"mix {name_or_path}"):
                tell(f"{name_or_path} is called {name} in the project")
