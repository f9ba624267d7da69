"""What a session knows about one face, and what its edits change in the photograph."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from latentedit.errors import UsageError
from latentedit.face_choice import no_such_face

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from torch import Tensor

    from latentedit.edits import FaceEdits
    from latentedit.engine import Engine, OwnDirections
    from latentedit.face_latents import FaceLatents
    from latentedit.faces import Face
    from latentedit.generators import Generator
    from latentedit.images import Patch, Photo
    from latentedit.masks import FaceInSquare, Mask
    from latentedit.project_file import ProjectFace
    from latentedit.quick_look import LastMask
    from latentedit.regions import FaceRegions


@dataclass(frozen=True, eq=False)
class SessionFace:
    """A face of the photograph with what is known about it.

    Attributes:
        face: where it is.
        latents: what its projection found; None before.
        report: how the projection went, JSON values.
    """

    face: Face
    latents: FaceLatents | None = None
    report: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def of_project(cls, stored: ProjectFace, index: int, photo: Photo) -> SessionFace:
        """A face as a project file holds it."""
        from latentedit.faces import Face

        return cls(Face(index, stored.box, stored.landmarks, stored.quad, photo), stored.latents, stored.report)

    def to_project(self) -> ProjectFace:
        """The face as a project file holds it."""
        from latentedit.project_file import ProjectFace

        return ProjectFace(self.face.box, self.face.landmarks, self.face.quad, self.latents, self.report)

    @cached_property
    def regions(self) -> FaceRegions:
        """The parts of the face in its aligned square."""
        from latentedit.alignment import apply_homography, quad_to_square
        from latentedit.regions import FaceRegions

        face = self.face
        landmarks = None if face.landmarks is None else apply_homography(quad_to_square(face.quad), face.landmarks)
        return FaceRegions(landmarks, self.square)

    @cached_property
    def _squares(self) -> dict[int, NDArray[np.uint8]]:
        return {}

    @cached_property
    def last_mask(self) -> LastMask:
        """What quick looks at this face remember."""
        from latentedit.quick_look import LastMask

        return LastMask()

    def square(self, side_px: int) -> NDArray[np.uint8]:
        """The aligned square of the photograph [side_px, side_px, 3], cut once; not to be changed."""
        from latentedit.alignment import crop_quad

        if side_px not in self._squares:
            self._squares[side_px] = crop_quad(self.face.photo.rgb_uint8, self.face.quad, side_px)
        return self._squares[side_px]

    def projected(self) -> FaceLatents:
        """The latents.

        Raises:
            UsageError: it is not projected yet.
        """
        if self.latents is None:
            raise UsageError(
                f"Face {self.face.index} is not projected yet.",
                hint=f"Project it first: latentedit project PHOTO --face {self.face.index}.",
            )
        return self.latents


def face_of(faces: Sequence[SessionFace], index: int, photo: Photo) -> SessionFace:
    """One of a photograph's faces.

    Raises:
        NoFaceError: there is no such face.
    """
    if not 0 <= index < len(faces):
        raise no_such_face(index, photo.name, len(faces))
    return faces[index]


def changes_photo(known: SessionFace, edits: FaceEdits) -> bool:
    """Whether a face is drawn into the photograph; one that replaces the photograph's is so without edits, too."""
    return known.latents is not None and (edits.changes_drawing or edits.compositing.mode != "residual")


def draw_patch(
    photo: Photo,
    known: SessionFace,
    edits: FaceEdits,
    inside: FaceInSquare,
    engine: Engine,
    generator: Generator,
    own: OwnDirections,
) -> Patch | None:
    """What a face's edits change in the photograph; None when the face lies wholly outside of it.

    Args:
        inside: what masks are made of.
        own: the session's own directions.

    Raises:
        UsageError: the face is not projected, or a painted mask is not there.
        DirectionError: an edit names an unknown direction.
    """
    from latentedit.compose import in_photo, paste

    latents = known.projected()
    if not in_photo(photo, known.face.quad):
        return None
    edited = engine.render_face(generator, latents, edits, own=own, inside=inside)
    unedited = engine.render_face(generator, latents)
    return paste(
        photo, known.face.quad, drawing_mask(edits, inside, edited, unedited), edited, unedited, mode=edits.compositing.mode
    )


def drawing_mask(edits: FaceEdits, inside: FaceInSquare, edited: Tensor, unedited: Tensor) -> Mask:
    """Where the drawing of these edits may change the photograph, [S, S].

    Args:
        edited, unedited: the drawing with and without them, [1, 3, R, R] in [-1, 1].

    Raises:
        UsageError: a painted mask is not there.
    """
    from latentedit.masks import compositing_mask

    places = dict.fromkeys(edit.mask for edit in edits.edits if edit.active and edit.mask is not None)
    return compositing_mask(edits.compositing, inside, drawings=(edited, unedited), places=places)
