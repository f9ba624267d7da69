"""NVIDIA's zips, and zips of an enemy."""

from __future__ import annotations

import copy
import os
import pickle
import struct
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from latentedit.errors import InputError
from latentedit_training.data import archive
from latentedit_training.data.archive import ArchiveFiles
from latentedit_training.data.opening import open_images

from .pictures import encoded, noise, write_zip

NAMES = [f"00000/img{number:08d}.png" for number in range(3)]
PICTURES = [noise(k, 6, 6) for k in range(3)]
IMAGES = {name: encoded(picture) for name, picture in zip(NAMES, PICTURES, strict=True)}


def test_images_and_classes_come_back(tmp_path: Path) -> None:
    labels = [[name, number] for number, name in zip([4, 0, 1], NAMES, strict=True)]
    images = open_images(write_zip(tmp_path / "a.zip", IMAGES, labels))
    assert torch.equal(images.read([2, 0]), torch.tensor(np.stack([PICTURES[2], PICTURES[0]]).transpose(0, 3, 1, 2).copy()))
    assert images.labels is not None and images.labels.kind == "class" and images.labels.names == ("0", "1", "2", "3", "4")
    assert images.labels.values.tolist() == [4, 0, 1] and images.labels.values.dtype == torch.int64


def test_attributes_come_back(tmp_path: Path) -> None:
    labels = [[name, [0, number / 2]] for number, name in enumerate(NAMES)]
    images = open_images(write_zip(tmp_path / "a.zip", IMAGES, labels[::-1], attribute_names=["hat", "smile"]))
    assert images.labels is not None and images.labels.kind == "attributes" and images.labels.names == ("hat", "smile")
    assert images.labels.values.tolist() == [[0, 0], [0, 0.5], [0, 1]] and images.labels.values.dtype == torch.float32
    unnamed = open_images(write_zip(tmp_path / "b.zip", IMAGES, labels))
    assert unnamed.labels is not None and unnamed.labels.names == ("0", "1")


def test_archives_without_labels(tmp_path: Path) -> None:
    assert open_images(write_zip(tmp_path / "a.zip", IMAGES)).labels is None
    assert open_images(write_zip(tmp_path / "b.zip", IMAGES, None, made_by="us")).labels is None


@pytest.mark.parametrize(
    ("labels", "about", "message"),
    [
        ([[NAMES[0], 1]], {}, "has no label for .*1.png .2 images have none"),
        ([[name, 0] for name in [*NAMES, NAMES[0]]], {}, "an image has two labels"),
        ([[NAMES[0], 0], [NAMES[1], [1.0]], [NAMES[2], 0]], {}, "neither all class numbers"),
        ([[name, -1] for name in NAMES], {}, "a class number is outside"),
        ([[name, 1 << 40] for name in NAMES], {}, "a class number is outside"),
        ([[name, True] for name in NAMES], {}, "neither all class numbers"),
        ([[name, [2.0]] for name in NAMES], {}, "no number in 0 to 1"),
        ([[name, ["x"]] for name in NAMES], {}, "no number in 0 to 1"),
        ([[name, [1.0]] for name in NAMES], {"attribute_names": ["a", "b"]}, "as many numbers"),
        ([[name, [1.0, 0]] for name in NAMES], {"attribute_names": ["a", "a"]}, "a name twice"),
        ([[name, [1.0]] for name in NAMES], {"attribute_names": "a"}, "no list of names"),
        ({"a": 1}, {}, "no list"),
        ([1, 2], {}, "no pair"),
        ([[name, []] for name in NAMES], {}, "as many numbers"),
    ],
)
def test_labels_that_do_not_fit(labels: Any, about: dict[str, Any], message: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=message):
        open_images(write_zip(tmp_path / "a.zip", IMAGES, labels, **about))


@pytest.mark.parametrize("data", [b"{", b"[]", b'{"labels": NaN}', b"\xff"])
def test_label_files_that_are_none(data: bytes, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"labels of .* are damaged"):
        open_images(write_zip(tmp_path / "a.zip", {**IMAGES, "dataset.json": data}))


@pytest.mark.parametrize("name", ["/etc/a.png", "../a.png", "a/../../b.png", "C:a.png", "..\\a.png", "\\\\host\\a.png"])
def test_names_that_lead_out(name: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="leads out of it"):
        ArchiveFiles(write_zip(tmp_path / "a.zip", {name: b"x"}))


def test_links_are_refused(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("a.png")
    link.create_system, link.external_attr = 3, 0o120777 << 16
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as made:
        made.writestr(link, "/etc/passwd")
    with pytest.raises(InputError, match="a link"):
        ArchiveFiles(tmp_path / "a.zip")


def test_two_members_of_a_name_are_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as made:
        made.writestr("a.png", b"1")
        with pytest.warns(UserWarning, match="Duplicate"):
            made.writestr("a.png", b"2")
    with pytest.raises(InputError, match="twice"):
        ArchiveFiles(tmp_path / "a.zip")


def test_bombs_are_refused_before_they_are_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_IMAGE_BYTES", 1 << 20)
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("a.png", bytes(1 << 21))
    assert (tmp_path / "a.zip").stat().st_size < 5000
    with pytest.raises(InputError, match="too large"):
        ArchiveFiles(tmp_path / "a.zip")


def test_a_member_that_holds_more_than_it_declares_is_cut(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("a.png", bytes(1 << 22))
    data = (tmp_path / "a.zip").read_bytes()
    size = struct.pack("<L", 1 << 22)
    (tmp_path / "a.zip").write_bytes(data.replace(size, struct.pack("<L", 100)))
    with pytest.raises(InputError, match=r"a.png in .* cannot be read"):  # its checksum is that of all
        ArchiveFiles(tmp_path / "a.zip").read_bytes(0)


def test_overlapping_members_are_refused(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "a.zip", {"a.png": bytes(5000), "b.png": bytes(10)})
    data = path.read_bytes()
    entry = data.rindex(b"PK\x01\x02")  # of b, which shall cover all of a, too
    sizes = struct.pack("<2L", 5000, 5000)
    path.write_bytes(data[: entry + 20] + sizes + data[entry + 28 :])
    with pytest.raises(InputError, match="overlap"):
        ArchiveFiles(path)


def test_too_many_members_and_swollen_entries_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_zip(tmp_path / "a.zip", IMAGES)
    monkeypatch.setattr(archive, "MAX_MEMBERS", 2)
    with pytest.raises(InputError, match="too many members"):
        ArchiveFiles(path)
    swollen = zipfile.ZipInfo("a.png")
    swollen.extra = struct.pack("<2H", 0x9999, 2000) + bytes(2000)
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as made:
        made.writestr(swollen, b"x")
    with pytest.raises(InputError, match="more beside its name"):
        ArchiveFiles(tmp_path / "b.zip")


def test_encrypted_members_are_refused(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "a.zip", {"a.png": b"x"})
    data = bytearray(path.read_bytes())
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)
    with pytest.raises(InputError, match="in a way that is not read"):
        ArchiveFiles(path)


def test_every_cut_and_many_changes_of_bytes_are_told(tmp_path: Path) -> None:
    labels = [[name, 1] for name in NAMES]
    data = write_zip(tmp_path / "a.zip", IMAGES, labels).read_bytes()
    path = tmp_path / "b.zip"
    random = np.random.default_rng(0)
    damaged = [data[: int(cut)] for cut in random.integers(4, len(data) - 1, 60)]
    for _ in range(150):
        changed = bytearray(data)
        changed[int(random.integers(4, len(data)))] ^= int(random.integers(1, 256))
        damaged.append(bytes(changed))
    told = 0
    for each in damaged:
        path.write_bytes(each)
        try:
            images = open_images(path)
            images.read(range(len(images)))  # a changed name may be that of no image
        except InputError:
            told += 1
    assert told > 150  # some bytes mean nothing: times, permissions


def test_each_process_opens_the_file_for_itself(tmp_path: Path) -> None:
    files = ArchiveFiles(write_zip(tmp_path / "a.zip", IMAGES))
    files.read_bytes(0)
    carried = pickle.dumps(files)  # as torch carries data sets to its workers
    assert carried.count(IMAGES[NAMES[0]]) == 0
    other = copy.copy(files)
    assert other.read_bytes(1) == IMAGES[NAMES[1]]
    child = os.fork()
    if child == 0:
        os._exit(0 if files.read_bytes(2) == IMAGES[NAMES[2]] else 1)
    assert os.waitpid(child, 0)[1] == 0
    assert files.read_bytes(1) == IMAGES[NAMES[1]]
    other.close()
    files.close()
    assert files.read_bytes(0, 4) == IMAGES[NAMES[0]][:4]


def test_what_is_no_archive(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"PK\x03\x04 and nothing more")
    with pytest.raises(InputError, match="no readable zip file"):
        open_images(tmp_path / "a.zip")
    write_zip(tmp_path / "b.zip", {})
    with pytest.raises(InputError, match="There are no images"):
        open_images(tmp_path / "b.zip")
