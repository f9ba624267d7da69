from __future__ import annotations

import struct
import zlib
from pathlib import Path

import numpy as np
import pytest

from latentedit.errors import InputError
from latentedit_training.data.olivetti import MAX_BYTES, read_matrix
from latentedit_training.data.opening import open_images
from latentedit_training.networks.base import ImageShape


def element(kind: int, data: bytes) -> bytes:
    return struct.pack("<2I", kind, len(data)) + data + bytes(-len(data) % 8)


def matrix(values: np.ndarray, name: bytes = b"faces", *, kind: int = 2, rows: int | None = None, flags: int = 9) -> bytes:
    size = struct.pack("<2i", values.shape[0] if rows is None else rows, values.shape[1])
    return element(
        14,
        element(6, struct.pack("<2I", flags, 0)) + element(5, size) + element(1, name) + element(kind, values.tobytes("F")),
    )


def packed(data: bytes) -> bytes:
    squeezed = zlib.compress(data)
    return struct.pack("<2I", 15, len(squeezed)) + squeezed


def file(*elements: bytes) -> bytes:
    return b"MATLAB 5.0 MAT-file, made by a test".ljust(124) + b"\x00\x01IM" + b"".join(elements)


FACES = np.random.default_rng(0).integers(0, 256, (4096, 400), dtype=np.uint8)


@pytest.mark.parametrize("compressed", [False, True])
def test_columns_are_pictures_stored_by_columns(compressed: bool, tmp_path: Path) -> None:
    other, faces = matrix(FACES[:3, :3], b"other"), matrix(FACES)
    elements = [packed(other), packed(faces)] if compressed else [other, faces]
    (tmp_path / "faces.mat").write_bytes(file(*elements))
    images = open_images(tmp_path / "faces.mat")
    assert images.shape == ImageShape(1, 64, 64) and len(images) == 400
    picture = images.read([17])[0, 0]
    assert picture[5, 9] == FACES[9 * 64 + 5, 17] and picture[63, 0] == FACES[63, 17]
    assert images.labels is not None and images.labels.values[[0, 9, 10, 399]].tolist() == [0, 0, 1, 39]
    assert images.labels.names[39] == "person 40"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (file(), "no matrix faces"),
        (file(matrix(FACES[:2, :2], b"other")), "no matrix faces"),
        (file(matrix(FACES))[:3000], "beyond its end"),
        (file(packed(matrix(FACES))[:-20]), "beyond its end"),
        (file(struct.pack("<2I", 15, 8) + b"notzlib!"), "incorrect header|Error"),
        (file(matrix(FACES, rows=1 << 30)), "another size"),
        (file(matrix(FACES, rows=-4096)), "another size"),
        (file(matrix(FACES, kind=9)), "not stored in unsigned bytes"),
        (file(matrix(FACES, flags=9 | 0x800)), "not stored in unsigned bytes"),
        (file(element(14, b"")), "incomplete"),
        (file(element(14, element(6, b"") + element(5, bytes(8)) + element(1, b"faces") + element(2, b""))), "4 bytes"),
        (file(packed(bytes(MAX_BYTES + 8))), "too large or truncated"),
        (file(struct.pack("<2I", 2 | 100 << 16, 0)), "small element"),
        (file()[:126] + b"XX" + matrix(FACES), "order of bytes"),
        (file(matrix(FACES[:64])), "its faces are"),
    ],
)
def test_hostile_files(data: bytes, message: str, tmp_path: Path) -> None:
    (tmp_path / "faces.mat").write_bytes(data)
    with pytest.raises(InputError, match=message):
        open_images(tmp_path / "faces.mat")


def test_what_is_no_such_file(tmp_path: Path) -> None:
    (tmp_path / "a.mat").write_bytes(b"\x89HDF\r\n")
    with pytest.raises(InputError, match="does not begin as one"):
        read_matrix(tmp_path / "a.mat", "faces")
    with pytest.raises(InputError, match="cannot be read"):
        read_matrix(tmp_path / "b.mat", "faces")


def test_the_real_faces(shared_data: Path) -> None:
    images = open_images(shared_data / "olivetti" / "olivettifaces.mat")
    pictures = images.read(range(400)).float()
    assert images.labels is not None and len(pictures) == 400
    # Upright faces are nearly alike left and right, and not above and below; pictures of one person are nearer than those of two.
    across = (pictures - pictures.flip(3)).abs().mean()
    assert across < 0.8 * (pictures - pictures.flip(2)).abs().mean()
    means = pictures.view(40, 10, -1).mean(dim=1)
    within = (pictures.view(40, 10, -1) - means[:, None]).square().mean()
    between = (means - means.mean(dim=0)).square().mean()
    assert between > within
