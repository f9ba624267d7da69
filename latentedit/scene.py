"""Everything that a picture is made of, as it stood at one moment.

A scene does not change while its session goes on, so that a worker thread can draw it. It loads its generator when it first draws.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from latentedit.edits import DirectionEdit, EditState, FaceEdits
from latentedit.session_face import SessionFace, changes_photo, draw_patch, drawing_mask, face_of

if TYPE_CHECKING:
    from torch import Tensor

    from latentedit.assets import AssetStore
    from latentedit.brush import Brush
    from latentedit.directions import Direction
    from latentedit.dragging import DragConfig, DragStep
    from latentedit.edits import Point, Region
    from latentedit.engine import Engine
    from latentedit.face_latents import Space
    from latentedit.generators import Generator
    from latentedit.images import Patch, Photo
    from latentedit.masks import FaceInSquare, Mask
    from latentedit.perceptual.base import Distance
    from latentedit.projection import ProjectionStep, State
    from latentedit.projection.config import Method, ProjectionConfig
    from latentedit.quick_look import LastMask
    from latentedit.session_directions import OwnDirections

TRIED = "direction that is tried"


@dataclass(frozen=True, eq=False)
class Scene:
    """A photograph, its faces and what is done to them.

    Attributes:
        photo: the photograph.
        faces: what is known about each face.
        state: the edits.
        own: vectors that edits may name beside what ships.
        brushes: painted masks by their regions.
        mask_names: of those that came from files, by their regions.
        engine: draws, in one thread at a time.
        load: returns the generator of the faces' latents.
    """

    photo: Photo
    faces: tuple[SessionFace, ...]
    state: EditState
    own: OwnDirections
    brushes: Mapping[str, Brush]
    mask_names: Mapping[str, str]
    engine: Engine
    load: Callable[[], Generator]

    @cached_property
    def generator(self) -> Generator:
        """The generator, loaded when it is first asked for.

        Raises:
            CheckpointError, UsageError, DeviceError, AssetError: it cannot be loaded, or has other weights than the latents were made for.
        """
        return self.load()

    def with_edits(self, face_index: int, edits: FaceEdits) -> Scene:
        """The same with other edits of one face.

        Raises:
            UsageError: there is no such face.
        """
        return replace(self, state=self.state.with_face(face_index, edits))

    def with_direction(self, direction: Direction) -> Scene:
        """The same where edits may name a direction, whatever else its name means.

        Raises:
            DirectionError: a value of it is out of range.
        """
        from latentedit.own_direction import OwnDirection

        return replace(self, own={**self.own, direction.name: OwnDirection.of(direction)})

    def face(self, index: int) -> SessionFace:
        """One face.

        Raises:
            NoFaceError: there is no such face.
        """
        return face_of(self.faces, index, self.photo)

    def inside(self, face_index: int) -> FaceInSquare:
        """What masks of a face are made of.

        Raises:
            NoFaceError: there is no such face.
        """
        from latentedit.masks import FaceInSquare

        return FaceInSquare(self.face(face_index).regions, self.brushes)

    def edited_latent(self, face_index: int = 0, *, masked: bool = True) -> Tensor:
        """The latent [1, num_ws, w_dim] of a face after its edits, on the generator's device.

        Args:
            masked: whether edits count whose masks confine them to a part of the drawing; the latent is moved as if they did not.

        Raises:
            NoFaceError: there is no such face.
            UsageError: it was not projected.
            DirectionError: an edit names what is unknown.
        """
        latents, edits = self.face(face_index).projected(), self.state.face(face_index)
        if not masked:
            edits = replace(edits, edits=tuple(edit for edit in edits.edits if edit.mask is None))
        return self.engine.edited_latent(self.generator, latents, edits, self.own)

    def drawing(self, face_index: int = 0, *, edited: bool = True, preview: bool = False) -> Tensor:
        """The generator's own drawing of a face [1, 3, R, R] in about [-1, 1], at its size (or its preview's); not to be changed.

        Raises:
            NoFaceError: there is no such face.
            UsageError: it was not projected.
            DirectionError: an edit names an unknown direction.
        """
        edits = self.state.face(face_index) if edited else None
        how: dict[str, Any] = {"preview": preview, "own": self.own, "inside": self.inside(face_index)}
        return self.engine.render_face(self.generator, self.face(face_index).projected(), edits, **how)

    def mask(self, face_index: int) -> Mask:
        """Where :meth:`patch` may change the photograph: [S, S] over the face's square, in [0, 1].

        Raises:
            NoFaceError, UsageError, DirectionError: as :meth:`patch`.
        """
        edited, unedited = self.drawing(face_index), self.drawing(face_index, edited=False)
        return drawing_mask(self.state.face(face_index), self.inside(face_index), edited, unedited)

    def changes_photo(self, face_index: int) -> bool:
        """Whether a face is drawn into the photograph."""
        return changes_photo(self.face(face_index), self.state.face(face_index))

    def patch(self, face_index: int) -> Patch | None:
        """What a face's edits change in the photograph; None when nothing of it lies there.

        Raises:
            NoFaceError: there is no such face.
            UsageError: it was not projected, or a painted mask is not there.
            DirectionError: an edit names an unknown direction.
        """
        known, edits, inside = self.face(face_index), self.state.face(face_index), self.inside(face_index)
        return draw_patch(self.photo, known, edits, inside, self.engine, self.generator, self.own)

    def patches(self) -> list[Patch]:
        """What the edits change in the photograph, face by face; faces without a projection change nothing.

        Raises:
            DirectionError: an edit names an unknown direction.
        """
        changed = [index for index in range(len(self.state.faces)) if self.changes_photo(index)]
        return [patch for patch in map(self.patch, changed) if patch is not None]

    def project(
        self,
        face_index: int = 0,
        *,
        preset: str = "balanced",
        method: Method = "auto",
        space: Space = "w_plus",
        steps: int | None = None,
        seed: int = 0,
        config: ProjectionConfig | None = None,
        store: AssetStore | None = None,
        resume: State | None = None,
        distance: Distance | None = None,
        detail: Distance | None = None,
    ) -> Iterator[ProjectionStep]:
        """Find a face's latent; the arguments are those of :func:`latentedit.projection.project`. Nothing is changed: the session keeps a step of it.

        Raises:
            NoFaceError: there is no such face.
            FaceTooSmallError: it has too few pixels.
            UsageError, InputError, AssetError: see :func:`latentedit.projection.project`.
        """
        from latentedit.faces import require_projectable
        from latentedit.projection import project

        face = self.face(face_index).face
        if self.generator.spec.domain == "face":
            require_projectable(face)
        how: dict[str, Any] = {"preset": preset, "method": method, "space": space, "steps": steps, "seed": seed, "config": config}
        store = store if store is not None else self.engine.store
        return project(self.generator, face, **how, store=store, resume=resume, distance=distance, detail=detail)

    def drag(
        self,
        face_index: int,
        handles: Sequence[Point],
        targets: Sequence[Point],
        *,
        keep: Sequence[Region] = (),
        config: DragConfig | None = None,
        resume: State | None = None,
    ) -> Iterator[DragStep]:
        """Drag points of a face to other places; the arguments are those of :meth:`latentedit.session.Session.drag`. Nothing is changed.

        Raises:
            NoFaceError: there is no such face.
            UsageError: it was not projected, or a point cannot be dragged.
        """
        from latentedit.session_drag import drag_face

        return drag_face(self, face_index, handles, targets, keep=keep, config=config, resume=resume)

    def tried(self, direction: Direction, face_index: int, amount: float, side_px: int) -> NDArray[np.uint8]:
        """A face's own drawing after its edits and a move along a direction that no edit names, made small.

        Returns: [side_px, side_px, 3]; from the generator's preview where that shows all layers that the direction moves.

        Raises:
            NoFaceError, UsageError, DirectionError: as :meth:`drawing`.
        """
        from PIL import Image

        from latentedit.images import to_uint8

        meant = replace(direction, name=TRIED)
        edits = self.state.face(face_index)
        moved = replace(edits, edits=(*edits.edits, DirectionEdit(TRIED, amount)))
        shown = self.generator.spec.preview_num_ws
        preview = shown is None or direction.layers is None or max(direction.layers) < shown
        drawn = self.with_direction(meant).with_edits(face_index, moved).drawing(face_index, preview=preview)
        return np.asarray(Image.fromarray(to_uint8(drawn)).resize((side_px, side_px), Image.Resampling.LANCZOS))

    def preview(self, face_index: int, side_px: int) -> NDArray[np.uint8]:
        """A face's square of the edited photograph, drawn quickly from the generator's preview.

        Returns: [side_px, side_px, 4] sRGB with straight alpha: opaque where the edits may change the photograph.

        Raises:
            NoFaceError, UsageError, DirectionError: as :meth:`patch`.
        """
        return self._look(face_index, self.drawing(face_index, preview=True), side_px, self.face(face_index).last_mask)

    def preview_of(self, face_index: int, w_plus: Tensor, side_px: int) -> NDArray[np.uint8]:
        """As :meth:`preview`, but of another latent [1, num_ws, w_dim] than the edits lead to: what a drag has reached."""
        import torch

        generator, _ = self.engine.drawn_with(self.generator, self.face(face_index).projected())
        with torch.no_grad():
            return self._look(face_index, generator.preview(w_plus), side_px)

    def _look(self, face_index: int, edited: Tensor, side_px: int, last: LastMask | None = None) -> NDArray[np.uint8]:
        from latentedit.quick_look import quick_look

        unedited = self.drawing(face_index, edited=False, preview=True)
        cut = self.face(face_index).square(side_px)
        return quick_look(cut, self.state.face(face_index), self.inside(face_index), edited, unedited, last)
