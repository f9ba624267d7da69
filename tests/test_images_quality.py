"""A chosen quality: all is coded anew, and what the file carries besides stays."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import photographs
import pytest
from PIL import Image, JpegImagePlugin

from latentedit.errors import UsageError
from latentedit.image_io import webp
from latentedit.images import Patch, open_photo, save_image, write_edited

BOX = (9, 7, 41, 30)


def patch() -> Patch:
    return Patch(BOX, np.full((BOX[3] - BOX[1], BOX[2] - BOX[0], 3), 0.2, np.float32))


@pytest.mark.parametrize("label", photographs.LOSSY)
@pytest.mark.parametrize("patches", [[], [patch()]], ids=["untouched", "edited"])
def test_the_file_shrinks_with_the_quality_and_keeps_what_it_carries(label: str, patches: list[Patch], tmp_path: Path) -> None:
    source = photographs.make(tmp_path, label)
    sizes = []
    for quality in (10, 60, 100):
        target = tmp_path / f"{quality}{source.suffix}"
        assert write_edited(open_photo(source), patches, target, quality=quality), "it is another file"
        sizes.append(target.stat().st_size)
        with Image.open(source) as old, Image.open(target) as new:
            assert (new.mode, new.size) == (old.mode, old.size)
            for name in ("icc_profile", "dpi", "comment"):
                assert new.info.get(name) == old.info.get(name)
            if isinstance(old, JpegImagePlugin.JpegImageFile) and isinstance(new, JpegImagePlugin.JpegImageFile):
                assert [layer[1:3] for layer in new.layer] == [layer[1:3] for layer in old.layer]
                scratch = tmp_path / "scratch.jpg"
                Image.new("RGB", (8, 8)).save(scratch, quality=quality)
                with Image.open(scratch) as usual:
                    assert isinstance(usual, JpegImagePlugin.JpegImageFile)
                    assert new.quantization[0] == usual.quantization[0]
    assert sizes == sorted(sizes) and sizes[0] < sizes[2]


@pytest.mark.parametrize("label", ["webp-RGB", "png-RGB"])
def test_a_photograph_without_loss_becomes_a_webp_with_loss(label: str, tmp_path: Path) -> None:
    source = photographs.make(tmp_path, label)
    write_edited(open_photo(source), [patch()], tmp_path / "out.webp", quality=70)
    data = (tmp_path / "out.webp").read_bytes()
    known = webp.quality_of(data)
    assert not webp.is_lossless(data) and known is not None and abs(known - 70) <= 4


@pytest.mark.parametrize(("quality", "suffix"), [(0, ".jpg"), (101, ".webp"), (-5, ".avif"), (80, ".png"), (80, ".tif")])
def test_what_is_no_quality_is_told_before_anything_is_written(quality: int, suffix: str, tmp_path: Path) -> None:
    photo = open_photo(photographs.make(tmp_path, "png-RGB"))
    target = tmp_path / f"out{suffix}"
    with pytest.raises(UsageError, match=r"from 1 to 100|no quality") as told:
        write_edited(photo, [patch()], target, quality=quality)
    assert told.value.hint
    with pytest.raises(UsageError, match=r"from 1 to 100|no quality"):
        save_image(target, photo.rgb_uint8, quality=quality)
    assert not target.exists()
