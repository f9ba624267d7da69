from __future__ import annotations

import gzip
import struct
import tracemalloc
from pathlib import Path

import numpy as np
import pytest
import torch

from latentedit.errors import InputError
from latentedit_training.data.idx import read_idx
from latentedit_training.data.opening import open_images
from latentedit_training.networks.base import ImageShape


def idx(array: np.ndarray) -> bytes:
    head = bytes([0, 0, 8, array.ndim]) + struct.pack(f">{array.ndim}I", *array.shape)
    return head + array.astype(np.uint8).tobytes()


IMAGES = np.random.default_rng(0).integers(0, 256, (5, 7, 6), dtype=np.uint8)
LABELS = np.array([3, 0, 1, 3, 2])


@pytest.mark.parametrize("packed", [False, True])
def test_images_and_the_labels_beside_them(packed: bool, tmp_path: Path) -> None:
    end = ".gz" if packed else ""
    for name, array in {"t10k-images-idx3-ubyte": IMAGES, "t10k-labels-idx1-ubyte": LABELS}.items():
        (tmp_path / f"{name}{end}").write_bytes(gzip.compress(idx(array)) if packed else idx(array))
    path = tmp_path / f"t10k-images-idx3-ubyte{end}"
    images = open_images(path)
    assert images.shape == ImageShape(1, 7, 6) and len(images) == 5
    assert torch.equal(images.read([4, 0])[:, 0], torch.tensor(IMAGES[[4, 0]]))
    assert images.labels is not None and images.labels.values.tolist() == LABELS.tolist()
    assert open_images(path, labels="none").labels is None
    told = open_images(path, labels=tmp_path / f"t10k-labels-idx1-ubyte{end}").labels
    assert told is not None and told.names == ("0", "1", "2", "3")
    assert open_images(path, resolution=14, channels=3).read([1]).shape == (1, 3, 14, 14)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "does not begin"),
        (bytes([0, 0, 8]), "does not begin"),
        (bytes([0, 0, 13, 3]) + bytes(12), "does not begin"),  # floats
        (bytes([0, 0, 8, 200]) + bytes(800), "does not begin"),
        (bytes([0, 0, 8, 3, 0, 0]), "truncated"),
        (idx(IMAGES)[:-1], "not in it"),
        (idx(IMAGES) + b"x", "not in it"),
        (bytes([0, 0, 8, 3]) + b"\xff" * 12, "not in it"),
        (bytes([0, 0, 8, 3]) + struct.pack(">3I", 60000, 28, 28), "not in it"),
    ],
)
def test_hostile_files(data: bytes, message: str, tmp_path: Path) -> None:
    path = tmp_path / "images"
    path.write_bytes(data)
    with pytest.raises(InputError, match=message):
        read_idx(path)
    if len(data) > 3:
        path.write_bytes(gzip.compress(data))
        with pytest.raises(InputError, match="no good idx file"):
            read_idx(path)


@pytest.mark.parametrize("packed", [False, True])
def test_nothing_is_allocated_for_what_is_not_there(packed: bool, tmp_path: Path) -> None:
    data = bytes([0, 0, 8, 3]) + struct.pack(">3I", 1000, 100, 100) + bytes(20_000)
    (tmp_path / "images").write_bytes(gzip.compress(data + np.random.default_rng(0).bytes(20_000)) if packed else data)
    tracemalloc.start()
    try:
        with pytest.raises(InputError, match=r"truncated|not in it"):
            read_idx(tmp_path / "images")
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 3_000_000  # of 10 MB that are declared


def test_damaged_gzip_and_other_mistakes(tmp_path: Path) -> None:
    path = tmp_path / "images.gz"
    path.write_bytes(gzip.compress(idx(IMAGES))[:-9])
    with pytest.raises(InputError, match="cannot be unpacked"):
        read_idx(path)
    (tmp_path / "labels").write_bytes(idx(LABELS))
    with pytest.raises(InputError, match="holds no images"):
        open_images(tmp_path / "labels")
    (tmp_path / "images").write_bytes(idx(IMAGES[:3]))
    with pytest.raises(InputError, match=r"labels \[5\] images, not 3"):
        open_images(tmp_path / "images", labels=tmp_path / "labels")


def test_the_real_files(shared_data: Path) -> None:
    digits = open_images(shared_data / "mnist")
    assert len(digits) == 60_000 and digits.shape == ImageShape(1, 28, 28)
    assert digits.labels is not None and digits.labels.values[:10].tolist() == [5, 0, 4, 1, 9, 2, 1, 3, 1, 4]
    assert abs(float(digits.read(range(60_000)).float().mean()) / 255 - 0.1307) < 1e-4  # as everybody's normalisation has it
    test = open_images(shared_data / "fashion-mnist" / "t10k-images-idx3-ubyte.gz")
    assert len(test) == 10_000 and test.labels is not None and test.labels.values.bincount().tolist() == [1000] * 10
