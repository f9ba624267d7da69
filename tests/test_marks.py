"""Written files say that a trained model made or changed them, read from their bytes; where a kind cannot, people are told."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import photographs
import pytest
from PIL import Image

from latentedit.animation import XMP_UUID, write_animation
from latentedit.image_io import gif_blocks, jpeg_blocks, metadata, xmp
from latentedit.image_io.kinds import kind_of
from latentedit.images import Patch, open_photo, save_image, write_edited
from latentedit.writing_notes import notes_on

MARKED = ["jpg", "png", "tif", "webp", "avif", "gif"]
PATCH = Patch((9, 7, 41, 30), np.full((23, 32, 3), 0.2, np.float32))
WANTED = {xmp.EDITED: b"compositeWithTrainedAlgorithmicMedia<", xmp.GENERATED: b"/trainedAlgorithmicMedia<"}


def packet(path: Path) -> bytes:
    """The XMP packet that the file carries."""
    data = path.read_bytes()
    found = metadata.read(data, kind_of(data, path.name), path.name).xmp or b""
    assert found in data  # not compressed: other programs look for it in the bytes
    return found


@pytest.mark.parametrize("target", MARKED)
@pytest.mark.parametrize("source", [*MARKED, "bmp"])
def test_edited_photographs_say_so(source: str, target: str, tmp_path: Path) -> None:
    path = tmp_path / f"a.{source}"
    Image.fromarray(photographs.picture()).save(path)
    photo = open_photo(path)
    assert write_edited(photo, [PATCH], tmp_path / f"b.{target}")
    assert WANTED[xmp.EDITED] in packet(tmp_path / f"b.{target}")
    assert write_edited(photo, [PATCH], tmp_path / f"c.{target}", mark_ai=False)
    assert b"TrainedAlgorithmicMedia" not in (tmp_path / f"c.{target}").read_bytes()
    assert not any("mark" in note for note in notes_on(tmp_path / f"b.{target}", photo))


@pytest.mark.parametrize("kind", MARKED)
def test_drawings_say_so(kind: str, tmp_path: Path) -> None:
    path = tmp_path / f"a.{kind}"
    for source_type, said in WANTED.items():
        save_image(path, photographs.picture(), mark_ai=True, source_type=source_type)
        assert said in packet(path)
    save_image(path, photographs.picture())
    assert b"AlgorithmicMedia" not in path.read_bytes()


def test_a_bitmap_cannot_say_so_and_people_are_told(tmp_path: Path) -> None:
    save_image(tmp_path / "a.bmp", photographs.picture(), mark_ai=True)
    assert b"AlgorithmicMedia" not in (tmp_path / "a.bmp").read_bytes()
    assert len(notes_on(tmp_path / "a.bmp")) == 1 and not notes_on(tmp_path / "a.bmp", mark_ai=False)


def test_what_a_gif_said_before_stays(tmp_path: Path) -> None:
    Image.fromarray(photographs.picture()).save(tmp_path / "plain.gif")
    title = xmp.marked(None, xmp.GENERATED).replace(b"<rdf:RDF", b'<rdf:RDF title="A title"')
    (tmp_path / "a.gif").write_bytes(gif_blocks.with_xmp((tmp_path / "plain.gif").read_bytes(), title))
    photo = open_photo(tmp_path / "a.gif")
    write_edited(photo, [PATCH], tmp_path / "b.gif")
    assert b"A title" in packet(tmp_path / "b.gif") and WANTED[xmp.EDITED] in packet(tmp_path / "b.gif")
    write_edited(photo, [PATCH], tmp_path / "b.gif", mark_ai=False)
    assert packet(tmp_path / "b.gif") == title


@pytest.mark.parametrize(("options", "notes"), [({"quality": 85}, 1), ({"lossless": True}, 0)])
def test_that_all_of_a_photograph_is_coded_again_is_told(options: dict[str, object], notes: int, tmp_path: Path) -> None:
    Image.fromarray(photographs.picture()).save(tmp_path / "a.webp", **options)
    photo = open_photo(tmp_path / "a.webp")
    write_edited(photo, [PATCH], tmp_path / "b.webp")
    kept = np.ones((photographs.HEIGHT, photographs.WIDTH), bool)
    kept[7:30, 9:41] = False
    assert np.array_equal(open_photo(tmp_path / "b.webp").rgb_uint8[kept], photo.rgb_uint8[kept]) == (not notes)
    assert len(notes_on(tmp_path / "b.webp", photo)) == notes
    assert not notes_on(tmp_path / "b.png", photo) and not notes_on(tmp_path / "b.webp")
    assert not write_edited(photo, [], tmp_path / "c.webp")  # the photograph's own bytes


def test_that_blocks_of_a_jpeg_cannot_be_kept_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Image.fromarray(photographs.picture()).save(tmp_path / "a.jpg")
    photo = open_photo(tmp_path / "a.jpg")
    monkeypatch.setattr(jpeg_blocks, "jpegio", object())
    assert not notes_on(tmp_path / "b.jpg", photo)
    monkeypatch.setattr(jpeg_blocks, "jpegio", None)
    assert "pyjpegio" in notes_on(tmp_path / "b.jpg", photo)[0] and not notes_on(tmp_path / "b.png", photo)


def frames() -> Iterator[np.ndarray]:
    return (np.roll(photographs.picture(), 4 * i, axis=1) for i in range(3))


@pytest.mark.parametrize("source_type", list(WANTED))
@pytest.mark.parametrize("kind", ["gif", "webp"])
def test_films_say_so(kind: str, source_type: str, tmp_path: Path) -> None:
    path = tmp_path / f"a.{kind}"
    write_animation(path, frames(), fps=10, source_type=source_type)
    assert WANTED[source_type] in packet(path)
    write_animation(path, frames(), fps=10, mark_ai=False)
    assert b"AlgorithmicMedia" not in path.read_bytes()


@pytest.mark.parametrize("source_type", list(WANTED))
def test_videos_say_so_in_a_box_of_their_own(source_type: str, tmp_path: Path) -> None:
    av = pytest.importorskip("av")
    path = tmp_path / "a.mp4"
    write_animation(path, frames(), fps=10, source_type=source_type)
    box = boxes(path.read_bytes())[b"uuid"]
    assert box.startswith(XMP_UUID) and WANTED[source_type] in box
    with av.open(path) as container:
        assert source_type in container.metadata["comment"]
        assert len(list(container.decode(video=0))) == 3
    write_animation(path, frames(), fps=10, mark_ai=False)
    assert b"uuid" not in boxes(path.read_bytes()) and b"AlgorithmicMedia" not in path.read_bytes()


def boxes(data: bytes) -> dict[bytes, bytes]:
    """The outermost boxes of an ISO media file: their contents by their kinds."""
    found, position = {}, 0
    while position < len(data):
        length, kind = struct.unpack_from(">I4s", data, position)
        found[kind] = data[position + 8 : position + length]
        position += length
    assert position == len(data)
    return found
