"""scripts/gimp-host: a file runs in the real GIMP 3, and a plug-in there can start latentedit."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from PIL import Image

import latentedit

from .conftest import INSIDE, PHOTOGRAPH, Host

pytestmark = pytest.mark.hosts


def test_a_masked_layer_is_added_to_the_photograph(gimp: Host, tmp_path: Path) -> None:
    seen = gimp.told("gimp_layers.py", tmp_path)
    assert seen["tree"] == [["Edits", ["Face 1"]], "Background"]
    with Image.open(PHOTOGRAPH) as before, Image.open(tmp_path / "after.png") as after:
        assert after.getpixel((175, 150)) == (255, 0, 0)
        # The left half of the layer is masked.
        assert after.getpixel((125, 150)) == before.convert("RGB").getpixel((125, 150))


def test_a_plug_in_starts_the_program(gimp: Host, tmp_path: Path) -> None:
    home = tmp_path / "home"
    plug_in = (
        home / ".config" / "GIMP" / "3.0" / "plug-ins" / "version_plug_in" / "version_plug_in.py"
    )  # GIMP wants a folder of the same name
    plug_in.parent.mkdir(parents=True)
    shutil.copy(INSIDE / plug_in.name, plug_in)
    assert os.access(plug_in, os.X_OK)
    assert gimp.told("gimp_plug_in.py", tmp_path, home=home)["version"] == f"latentedit {latentedit.__version__}"


def test_an_error_inside_is_told_outside(gimp: Host, tmp_path: Path) -> None:
    file = tmp_path / "fails.py"
    file.write_text("import sys\nfrom gi.repository import Gimp\nraise ValueError(sys.argv[1] + Gimp.version()[0])\n")
    run = gimp.run(file, "GIMP ")
    assert run.returncode == 1
    assert "ValueError: GIMP 3" in run.stdout + run.stderr


def test_dialogs_have_a_screen_when_they_are_given_one(gimp: Host, tmp_path: Path) -> None:
    file = tmp_path / "dialogs.py"
    file.write_text(
        "import gi, sys\ngi.require_version('Gtk', '3.0')\nfrom gi.repository import Gtk\nsys.exit(0 if Gtk.init_check([])[0] else 5)\n"
    )
    assert gimp.run(file).returncode == 5
    assert gimp.run(file, options=("--screen",)).returncode == 0
