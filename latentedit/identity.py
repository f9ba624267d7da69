"""Is it still the same person? The distance between the faces of two aligned pictures.

The measure is dlib's own face descriptor (King, "High quality face recognition with deep metric learning", 2017): 128 numbers,
of which two photographs of one person are usually less than 0.6 apart. It judges; it has no gradient. For a loss see
:mod:`latentedit.identity_loss`, and mind that a judge that was in the loss is no longer fair.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

import numpy as np
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor

from latentedit.errors import ResourceError
from latentedit.images import to_uint8

if TYPE_CHECKING:
    from latentedit.assets import AssetStore

__all__ = ["FaceDescriptor", "face_box", "identity_distance"]

_DETECTION_PX = 512
"""The detector's smallest face is 80 px; an aligned face fills half the square, so this is ample and fast."""
_CENTRAL_BOX = (0.2, 0.3, 0.8, 0.9)
"""Left, top, right, bottom of the box that dlib's detector gives for a typical aligned face, as shares of the side."""

Box = tuple[int, int, int, int]


@dataclass(frozen=True, eq=False)
class FaceDescriptor:
    """dlib's detector, 68 landmarks and recognition network, loaded once; make it with :meth:`load`."""

    detector: Any
    predictor: Any
    recogniser: Any

    @classmethod
    def load(cls, store: AssetStore | None = None) -> FaceDescriptor:
        """Load the networks from the store, fetching them when they are not there.

        Raises:
            AssetError: the weights are not available.
            ResourceError: dlib is not installed.
        """
        dlib = _import_dlib()
        if store is None:
            from latentedit.assets import AssetStore  # only who has no store needs the default one

            store = AssetStore.default()
        landmarks = store.path("dlib-68-landmarks", "shape_predictor_68_face_landmarks.dat")
        descriptor = store.path("dlib-face-descriptor", "dlib_face_recognition_resnet_model_v1.dat")
        return cls(
            dlib.get_frontal_face_detector(),
            dlib.shape_predictor(str(landmarks)),
            dlib.face_recognition_model_v1(str(descriptor)),
        )

    def landmarks(self, image: Tensor) -> NDArray[np.float64]:
        """The 68 points (iBUG scheme) of the face in an aligned image [1, 3, H, H] in [-1, 1].

        Returns:
            [68, 2] in pixels of ``image``, whole numbers at pixel centres. Where the detector sees no face the points are
            fitted inside a fixed central box: a drawn face may be too odd for the detector and must still be judged.
        """
        return _points(self._shape(image))

    def descriptor(self, image: Tensor) -> NDArray[np.float64]:
        """The 128 numbers of the face in an aligned image [1, 3, H, H] in [-1, 1]."""
        found = self._shape(image)
        return np.array(self.recogniser.compute_face_descriptor(to_uint8(image), found), dtype=np.float64)

    def distance(self, image_a: Tensor, image_b: Tensor) -> float:
        """Euclidean distance of the descriptors of two aligned images; 0 for the same, below 0.6 usually one person."""
        return float(np.linalg.norm(self.descriptor(image_a) - self.descriptor(image_b)))

    def _shape(self, image: Tensor) -> Any:
        left, top, right, bottom = face_box(image, self.detector)
        return self.predictor(to_uint8(image), _import_dlib().rectangle(left, top, right, bottom))


def identity_distance(image_a: Tensor, image_b: Tensor, *, store: AssetStore | None = None) -> float:
    """How far two faces are from being one person's, by dlib's descriptor.

    Loads the networks anew; for more than a few pairs keep a :class:`FaceDescriptor`.

    Args:
        image_a, image_b: FFHQ-aligned crops [1, 3, H, H] in [-1, 1]; their sizes may differ.

    Returns:
        Euclidean distance of the two 128-number descriptors.

    Raises:
        ValueError: another shape.
        AssetError: the weights are not available.
    """
    return FaceDescriptor.load(store).distance(image_a, image_b)


def face_box(image: Tensor, detector: Any) -> Box:
    """The box of the face in an aligned image, in its pixels: left, top, right, bottom.

    Args:
        image: [1, 3, H, H] in [-1, 1].
        detector: dlib's frontal face detector.

    Raises:
        ValueError: not one square image.
    """
    if image.ndim != 4 or image.shape[0] != 1 or image.shape[2] != image.shape[3]:
        raise ValueError(f"expected one aligned image [1, 3, H, H], got {list(image.shape)}")
    size = image.shape[-1]
    small = F.interpolate(
        image.detach().float(),
        size=(_DETECTION_PX, _DETECTION_PX),
        mode="bilinear",
        antialias=True,
        align_corners=False,
    )
    found = [(r.left(), r.top(), r.right(), r.bottom()) for r in detector(to_uint8(small), 0)]
    if not found:
        left, top, right, bottom = (round(share * (size - 1)) for share in _CENTRAL_BOX)
        return left, top, right, bottom
    expected: Box = tuple(round(share * _DETECTION_PX) for share in _CENTRAL_BOX)  # type: ignore[assignment]
    best = max(found, key=lambda box: _overlap(box, expected))  # not a bystander's
    left, top, right, bottom = (round((edge + 0.5) * size / _DETECTION_PX - 0.5) for edge in best)
    return left, top, right, bottom


def _overlap(a: Box, b: Box) -> int:
    width = min(a[2], b[2]) - max(a[0], b[0])
    height = min(a[3], b[3]) - max(a[1], b[1])
    return max(width, 0) * max(height, 0)


def _points(shape: Any) -> NDArray[np.float64]:
    return np.array([(part.x, part.y) for part in shape.parts()], dtype=np.float64)


def _import_dlib() -> Any:
    try:
        return import_module("dlib")  # heavy, untyped, and only this measure needs it
    except ImportError as error:
        raise ResourceError("dlib is not installed.", hint="Install it with: pip install dlib-bin") from error
