"""Runs in GIMP and calls version_plug_in.py, which GIMP starts as a process of its own: gimp_plug_in.py PHOTOGRAPH FOLDER."""

import json
import sys
from pathlib import Path

import gi

gi.require_version("Gimp", "3.0")
from gi.repository import Gimp  # noqa: E402

procedure = Gimp.get_pdb().lookup_procedure("latentedit-test-version")
values = procedure.run(procedure.create_config())
assert values.index(0) == Gimp.PDBStatusType.SUCCESS, Gimp.get_pdb().get_last_error()
(Path(sys.argv[2]) / "seen.json").write_text(json.dumps({"version": values.index(1)}))
