"""Folders of images of all kinds; what is wrong with them is told before anything is decoded."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from latentedit.errors import InputError, UsageError
from latentedit_training.data.checking import check_images
from latentedit_training.data.folder import FolderFiles, natural_key
from latentedit_training.data.opening import open_images
from latentedit_training.networks.base import ImageShape

from .pictures import encoded, noise


def test_names_sort_naturally() -> None:
    names = ["img10.png", "img2.png", "Img1.png", "a/3.png", "a/20.png", "2.png", "10.png"]
    expected = ["2.png", "10.png", "a/3.png", "a/20.png", "Img1.png", "img2.png", "img10.png"]
    assert sorted(names, key=natural_key) == expected


def test_images_come_back(tmp_path: Path) -> None:
    pictures = [noise(k, 9, 9) for k in range(12)]
    for number, picture in enumerate(pictures):
        (tmp_path / f"{number}.png").write_bytes(encoded(picture))
    (tmp_path / "notes.txt").write_text("no image")
    (tmp_path / ".hidden.png").write_bytes(b"not looked at")
    images = open_images(tmp_path)
    assert images.shape == ImageShape(3, 9, 9) and len(images) == 12 and images.labels is None
    assert torch.equal(images.read([11, 0]), torch.tensor(np.stack([pictures[11], pictures[0]]).transpose(0, 3, 1, 2).copy()))


def test_subfolders_are_classes(tmp_path: Path) -> None:
    for name in ("dog/1.png", "cat/2.png", "dog/deep/3.png"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(encoded(noise(0, 4, 4)))
    labels = open_images(tmp_path, labels="folders").labels
    assert labels is not None and labels.kind == "class" and labels.names == ("cat", "dog")
    assert labels.values.tolist() == [0, 1, 1]
    assert open_images(tmp_path).labels is None
    required = open_images(tmp_path, labels="class").labels
    assert required is not None and required.names == ("cat", "dog")
    with pytest.raises(InputError, match="has no labels, not attributes"):
        open_images(tmp_path, labels="attributes")
    (tmp_path / "stray.png").write_bytes(encoded(noise(0, 4, 4)))
    with pytest.raises(InputError, match=r"stray\.png lies in no subfolder"):
        open_images(tmp_path, labels="folders")


def test_a_label_file_in_the_folder_counts(tmp_path: Path) -> None:
    for name in ("a.png", "b.png"):
        (tmp_path / name).write_bytes(encoded(noise(0, 4, 4)))
    (tmp_path / "dataset.json").write_text(json.dumps({"labels": [["b.png", 0], ["a.png", 2]]}))
    labels = open_images(tmp_path).labels
    assert labels is not None and labels.values.tolist() == [2, 0] and labels.names == ("0", "1", "2")
    assert open_images(tmp_path, labels="none").labels is None
    assert open_images(tmp_path, labels="class").labels is not None
    with pytest.raises(InputError, match="labels of the kind class, not attributes"):
        open_images(tmp_path, labels="attributes")
    (tmp_path / "other.json").write_text(json.dumps({"labels": [["b.png", [0.5]], ["a.png", [1]]]}))
    other = open_images(tmp_path, labels=tmp_path / "other.json").labels
    assert other is not None and other.kind == "attributes" and other.values.tolist() == [[1], [0.5]]


def test_every_kind_of_picture_is_read_as_it_looks(tmp_path: Path) -> None:
    grey = noise(0, 8, 8, 1)
    colour = np.full((8, 8, 3), (200, 40, 90), np.uint8)
    see_through = np.concatenate([colour, np.zeros((8, 8, 1), np.uint8)], axis=2)
    deep = (grey[:, :, 0].astype(np.uint16)) * 257
    palette = Image.fromarray(colour).quantize(4)
    palette.save(tmp_path / "d.png")
    for name, data in {"a.png": encoded(grey), "b.png": encoded(see_through), "c.png": encoded(deep)}.items():
        (tmp_path / name).write_bytes(data)
    images = open_images(tmp_path)
    assert images.shape == ImageShape(3, 8, 8)
    a, b, c, d = images.read(range(4)).numpy()
    assert (a == grey[:, :, 0]).all() and (b == 255).all() and (c == grey[:, :, 0]).all()
    assert (d == colour.transpose(2, 0, 1)).all()
    report = check_images(FolderFiles.find(tmp_path))
    assert (report.count, report.grey, report.transparent, report.turned) == (4, 2, 1, 0)
    with pytest.raises(InputError, match=r"1 of 4 images in .* may be transparent"):
        open_images(tmp_path, transparent="refuse")


def test_turned_photographs_are_upright(tmp_path: Path) -> None:
    upright = np.zeros((16, 32, 3), np.uint8)
    upright[:, 16:] = 255  # the right half is bright
    exif = Image.Exif()
    exif[0x0112] = 6  # stored turned to the left; to be turned to the right
    Image.fromarray(np.ascontiguousarray(np.rot90(upright))).save(tmp_path / "a.png", exif=exif)
    images = open_images(tmp_path)
    assert images.shape == ImageShape(1 if images.shape.channels == 1 else 3, 16, 32)
    assert (images.read([0])[0] == torch.tensor(upright.transpose(2, 0, 1).copy())).all()
    assert check_images(FolderFiles.find(tmp_path)).turned == 1


def test_grey_sets_are_grey_unless_told(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(encoded(noise(0, 8, 8, 1)))
    (tmp_path / "b.tif").write_bytes(encoded(noise(1, 8, 8, 1), "TIFF"))
    assert open_images(tmp_path).shape == ImageShape(1, 8, 8)
    assert open_images(tmp_path, channels=3).read([0]).shape == (1, 3, 8, 8)


def test_sizes_that_differ_need_a_resolution(tmp_path: Path) -> None:
    for number, (height, width) in enumerate([(8, 8), (8, 8), (9, 17)]):
        (tmp_path / f"{number}.png").write_bytes(encoded(noise(0, height, width)))
    with pytest.raises(InputError, match=r"differ in size\. 3 images: 2 of 8 x 8, 1 of 17 x 9 ") as caught:
        open_images(tmp_path)
    assert "resolution" in caught.value.hint
    images = open_images(tmp_path, resolution=5)
    assert images.read([0, 2]).shape == (2, 3, 5, 5)


def test_all_bad_files_are_counted_before_training_starts(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(encoded(noise(0, 8, 8)))
    (tmp_path / "b.png").write_bytes(b"")
    (tmp_path / "c.jpg").write_bytes(b"%PDF-1.7 and more")
    with pytest.raises(InputError, match=r"2 of 3 images in .* cannot be read. The first: b.png is empty"):
        open_images(tmp_path, resolution=8)
    assert [name for name, _ in check_images(FolderFiles.find(tmp_path)).problems] == ["b.png", "c.jpg"]


def test_large_files_are_told_by_their_heads(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(encoded(noise(0, 300, 400), "JPEG", quality=95))
    exif = Image.Exif()
    exif[0x010E] = "x" * 60_000  # the size comes after the first 64 KiB
    comment = b"\xff\xfe\xff\xff" + b"y" * 65533
    late = encoded(noise(0, 300, 400), "JPEG", exif=exif)
    (tmp_path / "b.jpg").write_bytes(late[:2] + comment + late[2:])
    assert (tmp_path / "a.jpg").stat().st_size > 1 << 16
    report = check_images(FolderFiles.find(tmp_path))
    assert report.sizes == {(400, 300): 2} and not report.problems


def test_what_vanishes_or_is_damaged_is_told_when_it_is_read(tmp_path: Path) -> None:
    whole = encoded(noise(0, 64, 64))
    (tmp_path / "a.png").write_bytes(whole)
    (tmp_path / "b.png").write_bytes(whole[: len(whole) // 2])
    images = open_images(tmp_path)
    with pytest.raises(InputError, match=r"b\.png"):
        images.read([1])
    (tmp_path / "a.png").unlink()
    with pytest.raises(InputError, match=r"a\.png cannot be read"):
        images.read([0])


def test_requests_that_cannot_be(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="There are no images"):
        open_images(tmp_path, labels="folders")
    with pytest.raises(InputError, match="nowhere cannot be read"):
        open_images(tmp_path / "nowhere")
    with pytest.raises(UsageError, match="0 pixels"):
        open_images(tmp_path, resolution=0)
    with pytest.raises(UsageError, match="4 channels"):
        open_images(tmp_path, channels=4)
    (tmp_path / "text.txt").write_text("hello")
    with pytest.raises(InputError, match="no set of images"):
        open_images(tmp_path / "text.txt")
    with pytest.raises(UsageError, match="no subfolders"):
        open_images(tmp_path / "text.txt", labels="folders")
