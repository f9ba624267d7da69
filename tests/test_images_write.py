"""Edited photographs come back in their own kind: what the edit does not visibly change keeps its stored values."""

from __future__ import annotations

import errno
import io
import os
import struct
import zlib
from pathlib import Path
from xml.etree import ElementTree

import imagecodecs
import numpy as np
import photographs
import pytest
import tifffile
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from numpy.typing import NDArray
from PIL import Image, JpegImagePlugin, PngImagePlugin, TiffImagePlugin

from latentedit.errors import StorageError, UsageError
from latentedit.image_io import ifd, png_writer, xmp
from latentedit.image_io.colour import ColourSpace
from latentedit.image_io.metadata import Metadata
from latentedit.image_io.native import decode, from_array
from latentedit.images import Patch, Photo, apply_patches, open_photo, save_image, write_edited

_EDITED = b"digitalsourcetype/compositeWithTrainedAlgorithmicMedia"
BOX = (9, 7, 41, 30)
INNER = (slice(10, 25), slice(14, 34))
"""The rows and columns that the patch really changes."""


def _patch(amount: float = 0.15, coverage: bool = False) -> Patch:
    left, top, right, bottom = BOX
    delta = np.zeros((bottom - top, right - left, 3), np.float32)
    delta[INNER[0].start - top : INNER[0].stop - top, INNER[1].start - left : INNER[1].stop - left] = [
        amount,
        -amount,
        amount / 2,
    ]
    return Patch(BOX, delta, (delta != 0).any(axis=2).astype(np.float32) if coverage else None)


def _outside() -> NDArray[np.bool_]:
    mask = np.ones((photographs.HEIGHT, photographs.WIDTH), bool)
    mask[INNER] = False
    return mask


def _stored(path: Path) -> tuple[str, NDArray[np.generic]]:
    """Mode and stored samples by other readers than the engine's."""
    data = path.read_bytes()
    if data[:4] == b"\x89PNG" and data[24] == 16:
        return "16", np.asarray(imagecodecs.png_decode(data))
    if data[:2] in (b"II", b"MM"):
        with tifffile.TiffFile(io.BytesIO(data)) as file:
            page = file.pages.first
            # White may be zero in a fax; what is seen counts.
            pixels = page.asarray()
            if int(page.photometric) == 0:
                pixels = ~pixels if pixels.dtype == bool else np.iinfo(pixels.dtype).max - pixels
            return f"{int(page.photometric) or 1}-{page.bitspersample}-{page.samplesperpixel}", pixels
    with Image.open(path) as image:
        indices = image.mode == "P"
        return image.mode, np.asarray(image.convert("RGBA") if indices else image)


@pytest.mark.parametrize("coverage", [False, True])
@pytest.mark.parametrize("label", photographs.LOSSLESS)
def test_lossless_kinds_keep_every_other_sample(label: str, coverage: bool, tmp_path: Path) -> None:
    source = photographs.make(tmp_path, label)
    target = tmp_path / f"edited{source.suffix}"
    photo, patch = open_photo(source), _patch(coverage=coverage)
    write_edited(photo, [patch], target)
    (old_mode, old), (new_mode, new) = _stored(source), _stored(target)
    assert (new_mode, new.dtype, new.shape) == (old_mode, old.dtype, old.shape)
    assert np.array_equal(new[_outside()], old[_outside()])
    again = open_photo(target)
    error = np.abs(again.rgb_uint8.astype(int) - apply_patches(photo, [patch]))[INNER]
    if label in ("png-1", "tiff-1"):
        return  # so small a change may well leave every bit as it was
    if label.endswith(("-L", "-LA", "-L-big-endian")):
        # Without colour only the lightness can follow: (0.299 - 0.587 + 0.114 / 2) * 0.15 of it, if it is to be seen.
        assert np.any(new[INNER] != old[INNER])
    elif "RGBA" in label:
        assert np.median(error) <= 1  # where there is little opacity, little can be seen to change
    elif "icc" in label:
        assert np.median(error) <= 3  # some colours lie outside sRGB
    else:
        assert error.max() <= (3 if "CMYK" in label or label in ("gif", "png-P", "tiff-P") else 1)
    if source.suffix not in (".gif", ".bmp"):
        assert _EDITED in target.read_bytes()


@pytest.mark.parametrize("label", [n for n in photographs.LOSSLESS if not n.startswith(("tiff-16-RGB", "png-16-RGB"))])
def test_the_rest_of_the_file_is_kept(label: str, tmp_path: Path) -> None:
    source = photographs.make(tmp_path, label)
    target = tmp_path / f"edited{source.suffix}"
    write_edited(open_photo(source), [_patch()], target)
    with Image.open(source) as old, Image.open(target) as new:
        assert new.mode == old.mode
        assert new.info.get("icc_profile") == old.info.get("icc_profile")
        assert new.info.get("transparency") == old.info.get("transparency")
        if old.info.get("dpi"):
            assert new.info["dpi"] == pytest.approx(old.info["dpi"], abs=0.01)


@pytest.mark.parametrize("label", photographs.LOSSY)
def test_lossy_kinds_move_only_a_little_elsewhere(label: str, tmp_path: Path) -> None:
    source = photographs.make(tmp_path, label)
    target = tmp_path / f"edited{source.suffix}"
    photo, patch = open_photo(source), _patch()
    write_edited(photo, [patch], target)
    again = open_photo(target)
    far = np.ones((photographs.HEIGHT, photographs.WIDTH), bool)
    far[:32, :48] = False  # whole coding blocks around the edit
    assert np.abs(again.rgb_uint8.astype(int) - photo.rgb_uint8)[far].mean() <= 1
    if label not in ("jpeg-L", "jpeg-RGB-icc"):
        assert np.abs(again.rgb_uint8.astype(int) - apply_patches(photo, [patch]))[INNER].mean() <= 6
    assert _EDITED in target.read_bytes()
    with Image.open(source) as old, Image.open(target) as new:
        assert (new.mode, new.size) == (old.mode, old.size)
        assert new.info.get("icc_profile") == old.info.get("icc_profile")
        assert new.info.get("dpi") == old.info.get("dpi")
        assert new.info.get("comment") == old.info.get("comment")
        assert new.info.get("progressive") == old.info.get("progressive")
        if isinstance(old, JpegImagePlugin.JpegImageFile) and isinstance(new, JpegImagePlugin.JpegImageFile):
            old_layers = [(layer[1:3], old.quantization[layer[3]]) for layer in old.layer]
            assert [(layer[1:3], new.quantization[layer[3]]) for layer in new.layer] == old_layers


@pytest.mark.parametrize("label", photographs.ALL)
def test_no_visible_change_returns_the_original_bytes(label: str, tmp_path: Path) -> None:
    source = photographs.make(tmp_path, label)
    photo = open_photo(source)
    for patches in ([], [_patch(0.0)], [_patch(0.001)]):
        target = tmp_path / f"same{source.suffix}"
        write_edited(photo, patches, target)
        assert target.read_bytes() == photo.data


@pytest.mark.parametrize("suffix", ["jpg", "png", "tif", "webp", "bmp", "gif", "avif"])
@pytest.mark.parametrize("label", ["png-1", "png-P", "png-16-RGBA", "png-key", "tiff-16-CMYK", "jpeg-CMYK-icc", "tiff-RGB-icc"])
def test_other_kinds_look_the_same(label: str, suffix: str, tmp_path: Path) -> None:
    photo, patch = open_photo(photographs.make(tmp_path, label)), _patch()
    write_edited(photo, [patch], tmp_path / f"out.{suffix}")
    if label in ("png-1", "png-P"):
        # These cannot show the new colours exactly in their own kind either.
        own = tmp_path / "own.png"
        write_edited(photo, [patch], own)
        expected = open_photo(own).rgb_uint8
    else:
        expected = apply_patches(photo, [patch])
    difference = np.abs(open_photo(tmp_path / f"out.{suffix}").rgb_uint8.astype(int) - expected)
    assert difference.mean() <= (8 if suffix in ("jpg", "avif", "gif") else 2)


@pytest.mark.parametrize("label", ["png-1", "tiff-1"])
def test_bits_can_be_switched(label: str, tmp_path: Path) -> None:
    source = photographs.make(tmp_path, label)
    target = tmp_path / f"b{source.suffix}"
    for value in (1, -1):
        delta = np.full((10, 13, 3), value, np.float32)
        write_edited(open_photo(source), [Patch((5, 20, 18, 30), delta)], target)
        shown = open_photo(target).rgb_uint8
        assert (shown[20:30, 5:18] == (255 if value == 1 else 0)).all()
        shown_elsewhere, before = shown.copy(), open_photo(source).rgb_uint8.copy()
        shown_elsewhere[20:30, 5:18] = before[20:30, 5:18] = 0
        assert np.array_equal(shown_elsewhere, before)


@pytest.mark.parametrize("suffix", ["jpg", "png", "tif", "webp"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_turned_photographs_are_edited_where_they_are_looked_at(orientation: int, suffix: str, tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "Maker"
    image, source = Image.fromarray(photographs.picture()), tmp_path / f"a.{suffix}"
    options = {"quality": 98, "subsampling": 0} if suffix == "jpg" else {"lossless": True} if suffix == "webp" else {}
    image.save(source, exif=exif.tobytes(), **options)
    photo, patch = open_photo(source), _patch()
    own, other = tmp_path / f"own.{suffix}", tmp_path / ("other.png" if suffix != "png" else "other.tif")
    for target in (own, other):
        write_edited(photo, [patch], target)
        again = open_photo(target)
        assert (again.width, again.height) == (photo.width, photo.height)
        error = np.abs(again.rgb_uint8.astype(int) - apply_patches(photo, [patch]))
        assert error.mean() <= 1.5 if suffix == "jpg" and target == own else error.max() <= 1
        with Image.open(target) as written:
            assert written.getexif()[0x010F] == "Maker"
    with Image.open(own) as written:
        # Pillow turns TIFF files by itself, and says the size after that.
        assert written.size == ((photo.width, photo.height) if suffix == "tif" else image.size)
    assert open_photo(own).orientation == orientation
    assert open_photo(other).orientation == 1


def test_the_old_face_does_not_stay_in_the_thumbnail(tmp_path: Path) -> None:
    thumbnail = b"\xff\xd8OLD FACE\xff\xd9"
    first = ifd.Directory("<").with_entry(ifd.ORIENTATION, ifd.SHORT, 1)
    block = bytearray(ifd.exif_block(first))
    second_at = len(block)
    block[8 + 2 + 12 : 8 + 2 + 12 + 4] = second_at.to_bytes(4, "little")
    second = ifd.Directory("<").with_entry(513, ifd.LONG, second_at + 2 + 24 + 4).with_entry(514, ifd.LONG, len(thumbnail))
    block += ifd.serialise(second, second_at) + thumbnail
    source = tmp_path / "a.jpg"
    Image.fromarray(photographs.picture()).save(source, exif=b"Exif\0\0" + bytes(block))
    assert thumbnail in source.read_bytes()
    write_edited(open_photo(source), [_patch()], tmp_path / "b.jpg")
    assert b"OLD FACE" not in (tmp_path / "b.jpg").read_bytes()


_PACKET = (
    b'<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
    b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="uuid:1" '
    b'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:e="http://iptc.org/std/Iptc4xmpExt/2008-02-29/" '
    b'dc:format="image/jpeg" e:DigitalSourceType="http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture">'
    b"<dc:title>A title</dc:title></rdf:Description></rdf:RDF></x:xmpmeta>" + b" " * 200 + b'<?xpacket end="w"?>'
)


@pytest.mark.parametrize("suffix", ["jpg", "png", "tif", "webp", "avif"])
def test_the_mark_is_merged_into_what_the_packet_says(suffix: str, tmp_path: Path) -> None:
    source, target = tmp_path / f"a.{suffix}", tmp_path / f"b.{suffix}"
    image = Image.fromarray(photographs.picture())
    if suffix == "png":
        info = PngImagePlugin.PngInfo()
        info.add_itxt("XML:com.adobe.xmp", _PACKET.decode())
        image.save(source, pnginfo=info)
    elif suffix == "tif":
        image.save(source, tiffinfo={700: _PACKET})
    else:
        image.save(source, xmp=_PACKET)
    photo = open_photo(source)
    write_edited(photo, [_patch()], target)
    said = _said(target)
    assert [v for v in said if v.startswith("http://cv.iptc.org")] == [xmp.EDITED]
    assert "A title" in said and "image/jpeg" in said
    write_edited(photo, [_patch()], target, mark_ai=False)
    assert xmp.EDITED not in _said(target)
    assert "A title" in _said(target)


def _said(path: Path) -> list[str]:
    """All values in the file's XMP packet, found by Pillow."""
    with Image.open(path) as image:
        packet = image.tag_v2[700] if isinstance(image, TiffImagePlugin.TiffImageFile) else image.info["xmp"]
    tree = ElementTree.fromstring(packet.decode().lstrip("\ufeff").rstrip("\0"))
    return [value for node in tree.iter() for value in (*node.attrib.values(), node.text or "")]


@given(st.one_of(st.none(), st.binary(max_size=80), st.sampled_from([_PACKET, _PACKET[:300], b"<a/>", _PACKET + b"\0"])))
def test_marked_packets_are_well_formed_and_say_it_once(packet: bytes | None) -> None:
    merged = xmp.marked(packet, xmp.EDITED)
    assert merged.count(_EDITED) == 1
    ElementTree.fromstring(merged.decode().lstrip("\ufeff"))
    assert xmp.marked(merged, xmp.GENERATED).count(b"digitalsourcetype/") == 1


@settings(deadline=None)
@given(st.sampled_from([(1, False), (3, False), (1, True), (3, True)]), st.sampled_from([np.uint8, np.uint16]), st.data())
def test_png_samples_survive_our_encoder(layout: tuple[int, bool], dtype: type, data: st.DataObject) -> None:
    colours, alpha = layout
    shape = (*data.draw(st.tuples(st.integers(1, 9), st.integers(1, 9))), colours + alpha)
    samples = data.draw(arrays.arrays(dtype, shape))
    native = from_array(samples, "grey" if colours == 1 else "rgb", alpha, ColourSpace("rgb", int(np.iinfo(dtype).max)))
    decoded = np.asarray(imagecodecs.png_decode(png_writer.encode(native, Metadata())))
    assert decoded.dtype == dtype and np.array_equal(decoded.reshape(shape), samples)


@pytest.mark.parametrize("bits", [1, 2, 4])
def test_png_palettes_of_few_bits_keep_them(bits: int, tmp_path: Path) -> None:
    image = Image.fromarray(photographs.picture()).quantize(2**bits)
    image.save(tmp_path / "a.png", bits=bits)
    write_edited(open_photo(tmp_path / "a.png"), [_patch(0.6)], tmp_path / "b.png")
    old, new = (tmp_path / "a.png").read_bytes(), (tmp_path / "b.png").read_bytes()
    assert old[24] == new[24] == bits
    assert np.array_equal(_stored(tmp_path / "a.png")[1][_outside()], _stored(tmp_path / "b.png")[1][_outside()])


def _raw_png(bits: int, colour_type: int, rows: list[bytes], key: bytes) -> bytes:
    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    head = struct.pack(">IIBBBBB", photographs.WIDTH, photographs.HEIGHT, bits, colour_type, 0, 0, 0)
    body = zlib.compress(b"".join(b"\0" + row for row in rows))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"tRNS", key) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def test_a_transparent_colour_of_16_bits_stays_one(tmp_path: Path) -> None:
    deep = photographs.deep_picture(3)
    key = deep[20, 20].astype(">u2").tobytes()
    (tmp_path / "a.png").write_bytes(_raw_png(16, 2, [row.astype(">u2").tobytes() for row in deep], key))
    photo = open_photo(tmp_path / "a.png")
    assert (photo.rgb_uint8[20, 20] == 255).all() and (photo.rgb_uint8[20, 21] < 255).any()
    write_edited(photo, [_patch()], tmp_path / "b.png")
    data = (tmp_path / "b.png").read_bytes()
    assert data[25] == 2 and b"tRNS" + key in data
    assert (open_photo(tmp_path / "b.png").rgb_uint8[20, 20] == 255).all()


@pytest.mark.parametrize("bits", [2, 4])
def test_grey_of_few_bits_keeps_them_and_its_transparent_level(bits: int, tmp_path: Path) -> None:
    levels = photographs.picture()[..., 0] >> (8 - bits)
    spread = np.unpackbits(levels[..., None], axis=2)[..., 8 - bits :].reshape(photographs.HEIGHT, -1)
    rows = [row.tobytes() for row in np.packbits(spread, axis=1)]
    (tmp_path / "a.png").write_bytes(_raw_png(bits, 0, rows, struct.pack(">H", int(levels[0, 0]))))
    photo = open_photo(tmp_path / "a.png")
    scale = 255 // (2**bits - 1)
    expected = np.where(levels == levels[0, 0], 255, levels * scale)
    assert np.array_equal(photo.rgb_uint8[..., 0], expected)
    patch = Patch(BOX, np.full((BOX[3] - BOX[1], BOX[2] - BOX[0], 3), 0.4, np.float32))
    write_edited(photo, [patch], tmp_path / "b.png")
    error = np.abs(open_photo(tmp_path / "b.png").rgb_uint8.astype(int) - apply_patches(photo, [patch]))
    assert (tmp_path / "b.png").read_bytes()[24] == bits
    assert error.max() <= 1.5 * scale
    # No visible pixel may be written as the level that stands for transparency.
    to_key = Patch(
        (0, 0, 64, 48), np.repeat((int(levels[0, 0]) * scale / 255 - photo.rgb_uint8[..., :1] / 255).astype(np.float32), 3, 2)
    )
    write_edited(photo, [to_key], tmp_path / "c.png")
    drawn = decode((tmp_path / "c.png").read_bytes(), "PNG", "c").block((0, 0, 64, 48))[..., 0]
    assert np.array_equal(drawn == levels[0, 0] * scale, levels == levels[0, 0])


def test_depth_below_8_bits_survives_under_the_edit(tmp_path: Path) -> None:
    source = photographs.make(tmp_path, "tiff-16-RGB")
    write_edited(open_photo(source), [_patch(0.1)], tmp_path / "b.tif")
    difference = _stored(tmp_path / "b.tif")[1].astype(int) - _stored(source)[1].astype(int)
    assert np.allclose(difference[INNER], np.array([0.1, -0.1, 0.05]) * 65535, atol=2)


def test_inks_follow_the_profile_and_stay_close_for_small_changes(tmp_path: Path) -> None:
    photo = open_photo(photographs.make(tmp_path, "jpeg-CMYK-icc"))
    assert photo.rgb_uint8.std() > 10
    native = decode(photo.data, "JPEG", "inks")
    assert native.space.profile is not None and native.space.invertible
    samples = native.block((0, 0, photographs.WIDTH, photographs.HEIGHT))
    colour = native.to_srgb(samples).astype(np.float32) / 255
    again = np.rint(native.space.from_srgb(colour, samples)).astype(np.uint8)
    assert np.abs(native.to_srgb(again).astype(int) - native.to_srgb(samples)).mean() <= 4


def test_overlapping_patches_are_applied_in_order() -> None:
    photo = Photo.from_bytes(photographs.LOSSLESS["png-RGB"][1](), "a.png")
    both = apply_patches(photo, [_patch(0.05), _patch(0.05)])
    once = apply_patches(photo, [_patch(0.1)])
    assert np.abs(both.astype(int) - once).max() <= 1
    replaced = apply_patches(photo, [_patch(0.05), _patch(0.1, coverage=True)])
    assert np.abs(replaced.astype(int) - once).max() <= 1


def test_a_picture_too_large_for_the_kind_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as raised:
        save_image(tmp_path / "a.webp", np.zeros((1, 16384, 3), np.uint8))
    assert raised.value.hint and not list(tmp_path.iterdir())


def test_patches_must_fit() -> None:
    with pytest.raises(ValueError, match="does not fit"):
        Patch((0, 0, 4, 4), np.zeros((4, 5, 3), np.float32))
    with pytest.raises(ValueError, match="coverage"):
        Patch((0, 0, 4, 4), np.zeros((4, 4, 3), np.float32), np.zeros((4, 5), np.float32))
    photo = Photo.from_bytes(photographs.LOSSLESS["png-RGB"][1](), "a.png")
    with pytest.raises(ValueError, match="outside"):
        apply_patches(photo, [Patch((60, 0, 70, 4), np.ones((4, 10, 3), np.float32))])


def test_what_cannot_be_written_is_told_and_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    photo = open_photo(photographs.make(tmp_path, "jpeg-RGB"))
    with pytest.raises(StorageError) as missing:
        write_edited(photo, [_patch()], tmp_path / "none" / "a.jpg")
    with pytest.raises(UsageError):
        write_edited(photo, [_patch()], tmp_path / "a.xyz")
    old = tmp_path / "old.jpg"
    old.write_bytes(b"old")

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageError) as room:
        write_edited(photo, [_patch()], old)
    assert missing.value.hint and room.value.hint
    assert old.read_bytes() == b"old"
    assert {p.name for p in tmp_path.iterdir()} == {"jpeg-RGB.jpg", "old.jpg"}
