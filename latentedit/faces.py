"""The faces of a photograph: found, measured, and cut out in the FFHQ way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from torch import Tensor

from latentedit.alignment import crop_quad, quad_side
from latentedit.detection import Detector
from latentedit.errors import AssetError, FaceTooSmallError, NoFaceError, StorageError, UsageError
from latentedit.face_choice import no_such_face
from latentedit.face_search import MIN_PHOTO_SIDE_PX, FoundFace, search_faces
from latentedit.image_io.orientation import Box
from latentedit.images import Photo, to_image

if TYPE_CHECKING:
    from latentedit.assets import AssetStore

MIN_QUAD_SIDE_PX = 96
"""Smallest side of the quad that is worth projecting.

The side is about four times the distance of the eyes, which are then 24 pixels apart. Below that a pixel
of error in the landmarks turns and shifts the square visibly, and nearly all of what the generator draws would be
invented.
"""

LANDMARKS_ASSET = "dlib-68-landmarks"
LANDMARKS_MEMBER = "shape_predictor_68_face_landmarks.dat"
CNN_ASSET = "dlib-cnn-detector"
CNN_MEMBER = "mmod_human_face_detector.dat"


@dataclass(frozen=True, eq=False)
class Face:
    """One face of a photograph, or the part of it that a generator of other things looks at (see :func:`framed`).

    Attributes:
        index: place in the list of faces, 0 for the largest.
        box: where the detector saw it: left, top, right, bottom in upright pixels, cut to the photograph.
        landmarks: the 68 iBUG points, [68, 2] float64 in upright pixels (whole numbers are pixel centres); None of what was framed.
        quad: the FFHQ square, [4, 2] float64: top left, bottom left, bottom right, top right. It may
            reach outside.
        photo: the photograph.
    """

    index: int
    box: Box
    landmarks: NDArray[np.float64] | None
    quad: NDArray[np.float64]
    photo: Photo = field(repr=False)

    def crop(self, size: int) -> Tensor:
        """Cut the face out as FFHQ does: image [1, 3, size, size] in [-1, 1]."""
        return to_image(crop_quad(self.photo.rgb_uint8, self.quad, size))

    @property
    def side_px(self) -> float:
        """How many pixels of the photograph the square's side has."""
        return quad_side(self.quad)


def find_faces(photo: Photo, *, detector: Detector | None = None, store: AssetStore | None = None) -> list[Face]:
    """Find all faces, largest first.

    Faces that lie on their side or on their head are found too, beside upright ones only large ones. Where the quick
    detector is sure of none, the slow one is asked (see :mod:`latentedit.detection`). The same photograph gives the same list.

    Args:
        photo: the photograph.
        detector: loaded models, for finding faces in many photographs; made from ``store`` when None.
        store: where the models come from; the user's own store when None.

    Returns:
        The faces, possibly none (see :func:`select_faces`).

    Raises:
        PhotoError: the photograph's samples cannot be decoded.
        AssetError: the landmark model is not there and cannot be fetched.
    """
    if detector is None:
        detector = load_detector(store)
    return faces_of(photo, search_faces(photo.rgb_uint8, detector))


def faces_of(photo: Photo, found: Sequence[FoundFace]) -> list[Face]:
    """What was found in a photograph, as its faces."""
    return [Face(index, each.box, each.landmarks, each.quad, photo) for index, each in enumerate(found)]


@dataclass(frozen=True)
class Frame:
    """A square of a photograph: left and top of its first pixel, and how many pixels its side has."""

    left: int
    top: int
    side: int


def framed(photo: Photo, frame: Frame | None = None) -> Face:
    """A square of the photograph in the place of a face: for generators that draw other things, and for faces that no detector finds.

    Args:
        frame: which; the largest in the middle when None.

    Raises:
        UsageError: it is too small, or does not lie in the photograph.
    """
    width, height = photo.size
    if frame is None:
        side = min(width, height)
        frame = Frame((width - side) // 2, (height - side) // 2, side)
    left, top, right, bottom = frame.left, frame.top, frame.left + frame.side, frame.top + frame.side
    if frame.side < MIN_PHOTO_SIDE_PX or min(left, top) < 0 or right > width or bottom > height:
        raise UsageError(
            f"The square {frame.left},{frame.top},{frame.side} does not lie in {photo.name}, or is below {MIN_PHOTO_SIDE_PX} pixels.",
            hint=f"The photograph has {width} x {height} pixels: give left, top and side within them.",
        )
    # From edge to edge: whole numbers are the middles of pixels.
    x0, y0, x1, y1 = left - 0.5, top - 0.5, right - 0.5, bottom - 0.5
    quad = np.array([[x0, y0], [x0, y1], [x1, y1], [x1, y0]], dtype=np.float64)
    return Face(0, (left, top, right, bottom), None, quad, photo)


def load_detector(store: AssetStore | None = None) -> Detector:
    """Load dlib's models from the store.

    The neural detector is taken from the store only when a photograph needs it, and done without where it cannot be had.

    Raises:
        AssetError: the landmark model is not there and cannot be fetched.
    """
    if store is None:
        from latentedit.assets import AssetStore  # only a caller without a store needs it

        store = AssetStore.default()
    landmarks = store.path(LANDMARKS_ASSET, LANDMARKS_MEMBER)
    return Detector(landmarks, lambda: _path_or_none(store, CNN_ASSET, CNN_MEMBER))


def _path_or_none(store: AssetStore, asset: str, member: str) -> Path | None:
    try:
        return store.path(asset, member)
    except (AssetError, StorageError):
        return None


def select_faces(faces: list[Face], which: str = "largest") -> list[Face]:
    """Choose among the faces of a photograph.

    Args:
        faces: what :func:`find_faces` gave.
        which: ``largest``, ``all``, or an index as text, 0 for the largest.

    Raises:
        NoFaceError: there are none, or not as many.
        UsageError: ``which`` is none of these.
    """
    text = which.strip().lower()
    if text not in ("largest", "all") and not text.isdecimal():
        raise UsageError(f"There is no face called {which!r}.", hint="Say largest, all, or a number: 0 is the largest.")
    if not faces:
        raise NoFaceError(
            "No face was found in the photograph.",
            hint="Use a photograph that shows both eyes and the mouth, or crop it closer to the face.",
        )
    if text == "all":
        return list(faces)
    index = 0 if text == "largest" else int(text)
    if index >= len(faces):
        raise no_such_face(index, faces[0].photo.name, len(faces))
    return [faces[index]]


def require_projectable(face: Face) -> Face:
    """Give the face back, or say that it has too few pixels to be projected.

    Raises:
        FaceTooSmallError: the quad's side is below ``MIN_QUAD_SIDE_PX``.
    """
    if face.side_px < MIN_QUAD_SIDE_PX:
        raise FaceTooSmallError(
            f"Face {face.index} of {face.photo.name} is too small: its square is {face.side_px:.0f} pixels wide, "
            f"and at least {MIN_QUAD_SIDE_PX} are needed.",
            hint="Use a photograph with more pixels, or choose a larger face with --face.",
        )
    return face
