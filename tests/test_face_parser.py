"""The network that tells the parts of a face, on drawings and on photographs."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from shapes import portrait

from latentedit.alignment import apply_homography, crop_quad, quad_to_square
from latentedit.assets import AssetStore
from latentedit.errors import UsageError
from latentedit.face_parser import PARTS, face_parser, parse_face, parts_of_drawing, parts_of_picture
from latentedit.faces import find_faces
from latentedit.images import open_photo
from latentedit.regions import FaceRegions

EXAMPLE = Path(__file__).resolve().parent.parent / "examples" / "astronaut.png"


@pytest.mark.parametrize("size", [32, 128, 200, 1024])
def test_parts_of_a_drawing_of_any_size(size: int) -> None:
    image = torch.rand(2, 3, size, size, generator=torch.Generator().manual_seed(0)) * 2 - 1
    likely = parse_face(image)
    assert likely.shape == (2, len(PARTS), 128, 128)
    torch.testing.assert_close(likely.sum(dim=1), torch.ones(2, 128, 128))
    torch.testing.assert_close(likely[1:], parse_face(image[1:]))
    parts = parts_of_drawing(image[:1], 64)
    assert set(parts) == set(PARTS) and all(part.shape == (64, 64) for part in parts.values())
    np.testing.assert_allclose(sum(parts.values()), 1, atol=1e-6)


def test_the_same_picture_gives_the_same_parts() -> None:
    first, again = (parts_of_picture(portrait(256)) for _ in range(2))
    assert all(np.array_equal(first[part], again[part]) for part in PARTS)
    assert face_parser() is face_parser() and not any(p.requires_grad for p in face_parser().parameters())


def test_a_square_that_is_no_face_has_no_parts() -> None:
    with pytest.raises(UsageError, match="face that was found"):
        _ = FaceRegions(None, portrait).seen


@pytest.mark.assets
def test_a_photograph(fetched: AssetStore) -> None:
    """Places were told by eye: nose and chin, neck, hair around, the collar of the suit, the wall."""
    photo = open_photo(EXAMPLE)
    (face, *_) = find_faces(photo, store=fetched)
    parts = parts_of_picture(crop_quad(photo.rgb_uint8, face.quad, 256))
    assert face.landmarks is not None
    points = apply_homography(quad_to_square(face.quad), face.landmarks)
    brows, chin, jaw = points[17:27].mean(axis=0), points[8], points[0]
    up = brows - chin

    def told(place: np.ndarray) -> str:
        x, y = (place * 256).astype(int)
        return max(PARTS, key=lambda part: parts[part][y, x])

    assert told(points[27]) == told(points[30]) == told(chin + 0.1 * up) == "skin"
    assert told(chin - 0.05 * up) == "neck"
    assert told(brows + 0.6 * up) == told(jaw + 0.45 * up - [0.06, 0]) == "hair"
    assert told(np.array([0.04, 0.3])) == told(np.array([0.96, 0.4])) == "background"
    assert told(np.array([0.2, 0.95])) == "clothes"
