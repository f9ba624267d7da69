"""A hundred megapixels are read, edited and written within the memory of a small computer."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

_SCRIPT = """
import resource, sys
import numpy as np
from latentedit.images import Patch, open_photo, write_edited
photo = open_photo(sys.argv[1])
write_edited(photo, [Patch((3000, 2000, 4500, 3500), np.full((1500, 1500, 3), 0.1, np.float32))], sys.argv[2])
print(photo.width * photo.height, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="peak memory is counted in other units elsewhere")
def test_a_hundred_megapixels_need_less_than_2_gib(tmp_path: Path) -> None:
    Image.linear_gradient("L").resize((11600, 8700)).convert("RGB").save(tmp_path / "a.jpg", quality=90)
    command = [sys.executable, "-c", _SCRIPT, str(tmp_path / "a.jpg"), str(tmp_path / "b.jpg")]
    result = subprocess.run(command, capture_output=True, text=True, check=True, cwd=Path(__file__).parents[1])
    pixels, kib = map(int, result.stdout.split())
    assert pixels == 11600 * 8700
    assert kib < 2 * 2**20
    assert (tmp_path / "b.jpg").read_bytes() != (tmp_path / "a.jpg").read_bytes()
