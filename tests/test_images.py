"""Photographs of every kind are read as what they look like; whatever cannot be read is one clear error."""

from __future__ import annotations

import io
import os
import struct
import warnings
import zlib
from pathlib import Path

import numpy as np
import photographs
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms, ImageFile

from latentedit.errors import PhotoError, UsageError
from latentedit.image_io.orientation import stored, stored_box, swaps_sides, upright
from latentedit.images import Photo, open_photo, save_image, to_image, to_uint8


@pytest.mark.parametrize("label", photographs.ALL)
def test_every_kind_looks_as_pillow_shows_it(label: str, tmp_path: Path) -> None:
    photo = open_photo(photographs.make(tmp_path, label))
    assert photo.rgb_uint8.shape == (photographs.HEIGHT, photographs.WIDTH, 3) == (photo.height, photo.width, 3)
    assert photo.rgb_uint8.dtype == np.uint8
    expected = _reference(photo.data)
    difference = np.abs(photo.rgb_uint8.astype(int) - expected)
    # The reference of deep samples goes through 8 bits, which shows where the profile is steep.
    assert difference.max() <= (20 if label == "tiff-16-RGB-icc" else 2)
    assert difference.mean() <= 0.6


def _reference(data: bytes) -> np.ndarray:
    """Decoded by Pillow alone, flattened on white, converted by ImageCms."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        image = Image.open(io.BytesIO(data))
        try:
            image.load()
        except OSError:
            image = Image.new("RGB", (1, 1))
    deep = _deep_reference(data)
    if deep is not None:
        return deep
    icc = image.info.get("icc_profile")
    if icc:
        source, target = ImageCms.ImageCmsProfile(io.BytesIO(icc)), ImageCms.createProfile("sRGB")
        converted = ImageCms.profileToProfile(image, source, target, outputMode="RGB")
        assert converted is not None
        return np.asarray(converted).astype(int)
    if image.mode in ("RGBA", "LA") or "transparency" in image.info:
        image = image.convert("RGBA")
        white = Image.new("RGBA", image.size, "white")
        return np.asarray(Image.alpha_composite(white, image).convert("RGB")).astype(int)
    return np.asarray(image.convert("RGB")).astype(int)


def _deep_reference(data: bytes) -> np.ndarray | None:
    """The known samples of the 16-bit files, reduced to 8 bits by division."""
    for label, (_, maker) in photographs.ALL.items():
        if "-16-" not in label or maker() != data:
            continue
        channels = {"L": 1, "LA": 2, "RGB": 3, "RGBA": 4, "CMYK": 4}[label.split("-")[2]]
        share = photographs.deep_picture(channels).reshape(photographs.HEIGHT, photographs.WIDTH, channels) / 65535
        if "icc" in label:
            eight = Image.fromarray(np.rint(share * 255).astype(np.uint8))
            profile = ImageCms.ImageCmsProfile(io.BytesIO(photographs.wide_gamut_profile()))
            seen = ImageCms.profileToProfile(eight, profile, ImageCms.createProfile("sRGB"), outputMode="RGB")
            assert seen is not None
            return np.asarray(seen).astype(int)
        if "CMYK" in label:
            share = (1 - share[..., :3]) * (1 - share[..., 3:])
        elif channels in (2, 4):
            share = share[..., :-1] * share[..., -1:] + (1 - share[..., -1:])
        return np.broadcast_to(np.rint(share * 255).astype(int), (photographs.HEIGHT, photographs.WIDTH, 3))
    return None


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "WEBP"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_orientation_is_honoured(kind: str, orientation: int, tmp_path: Path) -> None:
    image = Image.fromarray(photographs.picture())
    exif = Image.Exif()
    exif[0x0112] = orientation
    buffer = io.BytesIO()
    options = {"lossless": True} if kind == "WEBP" else {"subsampling": 0, "quality": 98} if kind == "JPEG" else {}
    image.save(buffer, kind, exif=exif.tobytes(), **options)
    photo = Photo.from_bytes(buffer.getvalue(), "turned")
    table = {2: 0, 3: 3, 4: 1, 5: 5, 6: 4, 7: 6, 8: 2}  # Pillow's Transpose numbers, as ImageOps.exif_transpose uses them
    expected = image if orientation == 1 else image.transpose(Image.Transpose(table[orientation]))
    assert (photo.width, photo.height) == expected.size
    assert np.abs(photo.rgb_uint8.astype(int) - np.asarray(expected)).max() <= (6 if kind == "JPEG" else 0)


@given(st.integers(1, 8), st.integers(1, 7), st.integers(1, 7), st.data())
def test_stored_boxes_hold_what_upright_boxes_show(orientation: int, height: int, width: int, data: st.DataObject) -> None:
    samples = np.arange(height * width).reshape(height, width)
    shown = upright(samples, orientation)
    assert np.array_equal(stored(shown, orientation), samples)
    assert (shown.shape != samples.shape) <= swaps_sides(orientation)
    left, top = data.draw(st.integers(0, shown.shape[1] - 1)), data.draw(st.integers(0, shown.shape[0] - 1))
    right, bottom = data.draw(st.integers(left + 1, shown.shape[1])), data.draw(st.integers(top + 1, shown.shape[0]))
    x0, y0, x1, y1 = stored_box((left, top, right, bottom), orientation, (width, height))
    assert np.array_equal(upright(samples[y0:y1, x0:x1], orientation), shown[top:bottom, left:right])


def test_images_and_bytes_are_each_others_inverse() -> None:
    values = np.arange(256, dtype=np.uint8).repeat(3).reshape(16, 16, 3)
    image = to_image(values)
    assert image.shape == (1, 3, 16, 16) and image.dtype == torch.float32
    assert image.min() == -1 and image.max() == 1
    assert np.array_equal(to_uint8(image), values)


@given(st.floats(-3, 3, width=32))
def test_bytes_are_rounded_to_nearest_and_clamped(value: float) -> None:
    result = int(to_uint8(torch.full((1, 3, 1, 1), value))[0, 0, 0])
    assert abs(result - min(max((value + 1) * 127.5, 0), 255)) <= 0.5 + 1e-4


@pytest.mark.parametrize("suffix", ["png", "tif", "bmp", "webp"])
def test_saved_images_come_back(suffix: str, tmp_path: Path) -> None:
    save_image(tmp_path / f"a.{suffix}", photographs.picture(), mark_ai=True)
    photo = open_photo(tmp_path / f"a.{suffix}")
    assert np.array_equal(photo.rgb_uint8, photographs.picture())
    assert (b"digitalsourcetype/trainedAlgorithmicMedia" in photo.data) == (suffix != "bmp")


def test_a_suffix_must_name_a_kind(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as raised:
        save_image(tmp_path / "a.txt", photographs.picture())
    assert raised.value.hint and not list(tmp_path.iterdir())


def _bad_files() -> dict[str, bytes]:
    jpeg, png = photographs.ALL["jpeg-RGB"][1](), photographs.ALL["png-RGB"][1]()
    tiff, deep = photographs.ALL["tiff-RGB"][1](), photographs.ALL["png-16-RGB"][1]()
    bomb = struct.pack(">IIBBBBB", 60000, 60000, 8, 2, 0, 0, 0)
    declared = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + b"IHDR" + bomb + struct.pack(">I", zlib.crc32(b"IHDR" + bomb))
    return {
        "empty.jpg": b"",
        "text.jpg": b"this is no photograph\n" * 20,
        "cut.jpg": jpeg[: len(jpeg) * 2 // 3],
        "header-only.jpg": jpeg[:30],
        "cut-in-a-length.jpg": jpeg[:23],
        "cut.png": png[: len(png) // 2],
        "cut-deep.png": deep[: len(deep) // 2],
        "cut.tif": tiff[: len(tiff) // 2],
        "bomb.png": declared + b"\0\0\0\0IEND\xaeB`\x82",
        "cut.webp": photographs.ALL["webp-RGB"][1]()[:60],
        "noise.gif": b"GIF89a" + bytes(range(200)),
        "noise.tif": b"II*\0" + bytes(range(255)),
        "heic.jpg": b"\0\0\0\x18ftypheic\0\0\0\0heicmif1",
        "pdf.jpg": b"%PDF-1.4 and so on",
    }


@pytest.mark.parametrize("name", _bad_files())
def test_bad_files_are_one_clear_error(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(_bad_files()[name])
    with pytest.raises(PhotoError) as raised:
        open_photo(tmp_path / name)
    assert name in str(raised.value) and "\n" not in str(raised.value)
    assert "unpack" not in str(raised.value)  # what Python says of a broken structure means nothing to a reader
    assert raised.value.hint


@given(st.sampled_from(sorted(photographs.ALL)), st.data())
def test_damage_anywhere_is_survived(label: str, data: st.DataObject) -> None:
    """Whatever a byte is changed to, there is a picture or a PhotoError."""
    content = bytearray(photographs.ALL[label][1]())
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, min(len(content), 600) - 1))] = data.draw(st.integers(0, 255))
    try:
        shown = Photo.from_bytes(bytes(content), "damaged").rgb_uint8
    except PhotoError as error:
        assert error.hint
    else:
        assert shown.ndim == 3


def test_missing_files_and_folders_are_told(tmp_path: Path) -> None:
    for path in (tmp_path / "none.jpg", tmp_path, Path(os.devnull)):
        with pytest.raises(PhotoError) as raised:
            open_photo(path)
        assert raised.value.hint


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may read everything")
def test_a_file_without_permission_is_told(tmp_path: Path) -> None:
    path = photographs.make(tmp_path, "jpeg-L")
    path.chmod(0)
    with pytest.raises(PhotoError):
        open_photo(path)


def test_pillows_global_state_is_left_alone(tmp_path: Path) -> None:
    before = Image.MAX_IMAGE_PIXELS, ImageFile.LOAD_TRUNCATED_IMAGES, ImageFile.MAXBLOCK
    with pytest.raises(PhotoError):
        Photo.from_bytes(_bad_files()["bomb.png"], "bomb.png")
    open_photo(photographs.make(tmp_path, "jpeg-progressive"))
    assert before == (Image.MAX_IMAGE_PIXELS, ImageFile.LOAD_TRUNCATED_IMAGES, ImageFile.MAXBLOCK)
