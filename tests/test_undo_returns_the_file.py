"""An amount of 0, and an edit that is undone, give the photograph's own file back, byte for byte."""

import io
from pathlib import Path

import numpy as np
import photographs
import pytest
from PIL import Image

from latentedit.edits import SetMix
from latentedit.faces import Face
from latentedit.generators.toy import ToyGenerator
from latentedit.session import Session

KINDS = ["jpeg-RGB", "jpeg-progressive", "jpeg-L", "jpeg-CMYK", "png-RGB", "png-16-RGB", "png-16-RGBA", "png-P", "png-key"]
KINDS += ["tiff-RGB", "tiff-16-RGB", "tiff-16-RGBA", "tiff-16-CMYK", "webp-RGB", "webp-lossy", "avif", "bmp-RGB", "gif"]


def turned(folder: Path, orientation: int) -> Path:
    exif, data = Image.Exif(), io.BytesIO()
    exif[0x0112] = orientation
    Image.fromarray(photographs.picture()).save(data, "JPEG", quality=90, exif=exif)
    path = folder / f"turned-{orientation}.jpg"
    path.write_bytes(data.getvalue())
    return path


@pytest.mark.parametrize("kind", [*KINDS, 1, 3, 6, 8])
def test_undo_returns_the_file(kind: str | int, toy: ToyGenerator, tmp_path: Path) -> None:
    path = turned(tmp_path, kind) if isinstance(kind, int) else photographs.make(tmp_path, kind)
    session = Session.open(path, generator=toy)
    quad = np.array([[0, 0], [0, 1], [1, 1], [1, 0]]) * 30.0 + [8, 6]
    session.set_faces([Face(0, (10, 8, 30, 28), np.random.default_rng(0).uniform(12, 30, (68, 2)), quad, session.photo)])
    list(session.project(0, steps=2))
    out = tmp_path / f"out{path.suffix}"

    def written() -> bytes:
        session.export(out)
        return out.read_bytes()

    original = path.read_bytes()
    session.do(SetMix(0, "seed:3", 0.0))
    assert written() == original
    session.seal()
    session.do(SetMix(0, "seed:3", 1.0))
    assert written() != original
    session.undo()
    assert written() == original
    assert np.array_equal(session.render_uint8(), session.photo.rgb_uint8)
