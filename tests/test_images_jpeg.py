"""An edited JPEG keeps every block that the edit does not touch, exactly; Pillow's decoder is the judge."""

from __future__ import annotations

import io
import platform
import sys
import tempfile
from pathlib import Path
from typing import Any

import imagecodecs
import numpy as np
import photographs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image, JpegImagePlugin

from latentedit.image_io import jpeg_blocks
from latentedit.images import Patch, apply_patches, open_photo, write_edited

# The same condition as in pyproject.toml: where there is a wheel, it must be installed.
_HAS_WHEEL = sys.version_info < (3, 14) and platform.machine() in ("x86_64", "AMD64", "arm64")
needs_coefficients = pytest.mark.skipif(not _HAS_WHEEL, reason="pyjpegio has no wheel for this Python")


def _samples(data: bytes) -> NDArray[np.int16]:
    with Image.open(io.BytesIO(data)) as image:
        return np.atleast_3d(np.asarray(image, np.int16))


def _rewritten(original: bytes, new: NDArray[np.integer[Any]]) -> bytes:
    with Image.open(io.BytesIO(original)) as image:
        drawn = Image.frombytes(image.mode, image.size, new.astype(np.uint8).tobytes())
    result = jpeg_blocks.redraw(original, drawn, "photo.jpg")
    assert result is not None
    return result


def _textured(height: int, width: int, seed: int) -> NDArray[np.uint8]:
    """Shapes, noise and clipped extremes: what rounding likes least."""
    random = np.random.default_rng(seed)
    coarse = random.integers(-60, 316, (height // 6 + 1, width // 6 + 1, 3)).repeat(6, 0).repeat(6, 1)[:height, :width]
    return (coarse + random.normal(0, 12, coarse.shape)).clip(0, 255).astype(np.uint8)


def _encoded(picture: NDArray[np.uint8], mode: str, **options: Any) -> bytes:
    buffer = io.BytesIO()
    Image.fromarray(picture).convert(mode).save(buffer, "JPEG", **options)
    return buffer.getvalue()


def _as_ycck(data: bytes) -> bytes:
    """Inks whose first three components are said to be luma and chroma: no writer at hand makes them, but a marker tells."""
    at = data.index(b"\xff\xee\x00\x0eAdobe") + 15
    assert data[at] == 0
    return data[:at] + b"\x02" + data[at + 1 :]


def _untouched(box: tuple[int, int, int, int], unit: tuple[int, int], shape: tuple[int, ...]) -> NDArray[np.bool_]:
    """Pixels outside the coding units (width, height) that a box touches, and outside the one beside them for smoothing."""
    left, top, right, bottom = box
    bleeds = (unit[0] > 8, unit[1] > 8)
    mask = np.ones(shape[:2], bool)
    rows = slice(max(top // unit[1] * unit[1] - bleeds[1], 0), -(-bottom // unit[1]) * unit[1] + bleeds[1])
    columns = slice(max(left // unit[0] * unit[0] - bleeds[0], 0), -(-right // unit[0]) * unit[0] + bleeds[0])
    mask[rows, columns] = False
    return mask


_UNITS = {0: (8, 8), 1: (16, 8), 2: (16, 16)}


@needs_coefficients
@settings(deadline=None, max_examples=60)
@given(data=st.data())
def test_only_the_touched_blocks_change(data: st.DataObject) -> None:
    height, width = data.draw(st.integers(1, 70), "height"), data.draw(st.integers(1, 70), "width")
    mode = data.draw(st.sampled_from(["L", "RGB", "CMYK", "YCCK", "stored RGB"]))
    subsampling = data.draw(st.sampled_from([0, 1, 2])) if mode == "RGB" else 0
    options: dict[str, Any] = {"quality": data.draw(st.sampled_from([35, 80, 93, 100])), "progressive": data.draw(st.booleans())}
    options |= {"keep_rgb": True} if mode == "stored RGB" else {}
    picture = _textured(height, width, data.draw(st.integers(0, 99)))
    stored = {"stored RGB": "RGB", "YCCK": "CMYK"}.get(mode, mode)
    original = _encoded(picture, stored, subsampling=subsampling, **options)
    if mode == "YCCK":
        original = _as_ycck(original)
    left, top = data.draw(st.integers(0, width - 1)), data.draw(st.integers(0, height - 1))
    box = (left, top, data.draw(st.integers(left + 1, width)), data.draw(st.integers(top + 1, height)))
    old = _samples(original)
    new = old.copy()
    new[box[1] : box[3], box[0] : box[2]] += data.draw(st.sampled_from([-255, -40, 3, 90, 255]))
    result = _rewritten(original, new.clip(0, 255))
    mask = _untouched(box, _UNITS[subsampling], old.shape)
    assert np.array_equal(_samples(result)[mask], old[mask])
    with Image.open(io.BytesIO(original)) as before, Image.open(io.BytesIO(result)) as after:
        assert isinstance(before, JpegImagePlugin.JpegImageFile) and isinstance(after, JpegImagePlugin.JpegImageFile)
        assert (after.layer, after.quantization, after.mode) == (before.layer, before.quantization, before.mode)
        assert after.info.get("progressive") == before.info.get("progressive")
        assert after.info.get("adobe_transform") == before.info.get("adobe_transform")


@needs_coefficients
@pytest.mark.parametrize("mode", ["L", "RGB", "CMYK", "YCCK", "stored RGB"])
def test_the_new_samples_are_what_was_asked_for(mode: str) -> None:
    """As close as the old ones were to what was encoded, in every way of coding colours."""
    smooth = np.asarray(Image.fromarray(photographs.picture()).resize((120, 90), Image.Resampling.BICUBIC))
    stored = {"stored RGB": "RGB", "YCCK": "CMYK"}.get(mode, mode)
    options: dict[str, Any] = {"keep_rgb": True} if mode == "stored RGB" else {}
    original = _encoded(smooth, stored, quality=95, subsampling=0, **options)
    if mode == "YCCK":
        original = _as_ycck(original)
    old = _samples(original)
    wanted = old.copy()
    y, x = np.mgrid[:90, :120]
    bump = 25 * np.exp(-((x - 61) ** 2 + (y - 43) ** 2) / 300)
    wanted = (old + (bump[..., None] * np.array([1, -0.6, 0.4, 0.2])[: old.shape[2]]).round()).clip(1, 254).astype(np.int16)
    inside = np.s_[20:70, 35:90]
    wanted = np.where(_mask(inside, old.shape), wanted, old)
    error = np.abs(_samples(_rewritten(original, wanted)) - wanted)[inside]
    assert np.abs(wanted - old)[inside].mean() > 4
    assert error.mean() < 1


def _mask(inside: tuple[slice, slice], shape: tuple[int, ...]) -> NDArray[np.bool_]:
    mask = np.zeros((*shape[:2], 1), bool)
    mask[inside] = True
    return mask


@needs_coefficients
def test_the_last_columns_are_as_close_as_the_others() -> None:
    """The cut-off part of the last blocks must not pull at the part that is seen."""
    original = _encoded(np.full((33, 33, 3), 90, np.uint8), "RGB", quality=50)
    moved = _samples(_rewritten(original, _samples(original) + 60)) - _samples(original)
    assert np.abs(moved - 60).max() <= 2


@needs_coefficients
def test_texture_finds_codes_in_a_file_that_had_none() -> None:
    """Optimised Huffman tables of a flat picture know hardly any symbol."""
    original = _encoded(np.full((64, 64, 3), 90, np.uint8), "L", quality=98, optimize=True)
    wanted = _samples(_encoded(_textured(64, 64, 1), "L", quality=98))
    assert np.abs(_samples(_rewritten(original, wanted)) - wanted).mean() < 0.5


@needs_coefficients
@pytest.mark.parametrize(("sampling", "unit"), [("440", (8, 16)), ("411", (32, 8)), ("422", (16, 8))])
def test_rare_ways_of_sampling_are_kept(sampling: str, unit: tuple[int, int]) -> None:
    original = bytes(imagecodecs.jpeg8_encode(_textured(67, 93, 4), level=90, subsampling=sampling))
    old = _samples(original)
    new = old.copy()
    new[20:40, 40:60] += 30
    result = _rewritten(original, new.clip(0, 255))
    mask = _untouched((40, 20, 60, 40), unit, old.shape)
    assert np.array_equal(_samples(result)[mask], old[mask])
    assert np.abs(_samples(result)[20:40, 40:60] - old[20:40, 40:60]).mean() > 15
    with Image.open(io.BytesIO(original)) as before, Image.open(io.BytesIO(result)) as after:
        assert isinstance(before, JpegImagePlugin.JpegImageFile) and isinstance(after, JpegImagePlugin.JpegImageFile)
        assert after.layer == before.layer


@needs_coefficients
@pytest.mark.parametrize("label", [n for n in photographs.LOSSY if n.startswith("jpeg")])
def test_written_photographs_keep_their_untouched_blocks(label: str, tmp_path: Path) -> None:
    source, target = photographs.make(tmp_path, label), tmp_path / "edited.jpg"
    photo, patch = open_photo(source), Patch((17, 17, 31, 31), np.full((14, 14, 3), 0.2, np.float32))
    write_edited(photo, [patch], target)
    mask = _untouched(patch.box, (16, 16), (photo.height, photo.width))
    old, new = _samples(photo.data), _samples(target.read_bytes())
    assert np.array_equal(new[mask], old[mask]) and not np.array_equal(new, old)


@pytest.mark.parametrize("reason", ["no library", "library fails", "no room"])
def test_where_coefficients_cannot_be_had_all_is_encoded_again(
    reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError("no room") if reason == "no room" else RuntimeError("not read")

    if reason == "no library":
        monkeypatch.setattr(jpeg_blocks, "jpegio", None)
    else:
        monkeypatch.setattr(jpeg_blocks, "add_to_blocks", fail)
    photo = open_photo(photographs.make(tmp_path, "jpeg-RGB-444"))
    patch = Patch((17, 17, 31, 31), np.full((14, 14, 3), 0.2, np.float32))
    write_edited(photo, [patch], tmp_path / "b.jpg")
    assert np.abs(open_photo(tmp_path / "b.jpg").rgb_uint8.astype(int) - apply_patches(photo, [patch])).mean() < 1


def test_ratios_of_sampling_that_are_not_whole_are_left_to_the_encoder() -> None:
    original = bytearray(photographs.ALL["jpeg-RGB-444"][1]())
    frame = original.index(b"\xff\xc0")
    for component, factors in enumerate((0x31, 0x21, 0x21)):
        original[frame + 11 + 3 * component] = factors
    new = Image.new("RGB", (photographs.WIDTH, photographs.HEIGHT))
    assert jpeg_blocks.redraw(bytes(original), new, "a.jpg") is None


@needs_coefficients
def test_nothing_is_left_in_the_temporary_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    original = photographs.ALL["jpeg-RGB"][1]()
    assert _rewritten(original, 255 - _samples(original)) != original
    assert not list(tmp_path.iterdir())
