"""scripts/krita-host: a file runs in the real Krita, with and without its window."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

import latentedit

from .conftest import PHOTOGRAPH, Host

pytestmark = pytest.mark.hosts


def test_layers_are_added_to_the_photograph(krita: Host, tmp_path: Path) -> None:
    seen = krita.told("krita_layers.py", tmp_path)
    assert seen["windows"] == 0
    assert seen["tree"] == ["Background", ["Edits", ["Face 1"]]]
    assert seen["program"] == f"latentedit {latentedit.__version__}"
    with Image.open(PHOTOGRAPH) as before, Image.open(tmp_path / "after.png") as after:
        assert after.convert("RGB").getpixel((150, 150)) == (255, 0, 0)
        assert after.convert("RGB").getpixel((10, 10)) == before.convert("RGB").getpixel((10, 10))


def test_a_group_is_one_step_of_undo_in_the_window(krita: Host, tmp_path: Path) -> None:
    seen = krita.told("krita_undo.py", tmp_path, options=("--window",))
    assert seen["added"] == ["Background", ["Edits", ["Face 1"]]]
    assert seen["undone"] == ["Background"]
    assert seen["redone"] == seen["added"]


def test_an_error_inside_is_told_outside(krita: Host, tmp_path: Path) -> None:
    file = tmp_path / "fails.py"
    file.write_text("import sys\nfrom krita import Krita\nraise ValueError(sys.argv[1] + Krita.instance().version()[0])\n")
    run = krita.run(file, "Krita ")
    assert run.returncode == 1
    assert "ValueError: Krita 5" in run.stderr
