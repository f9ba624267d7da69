"""The plug-in's procedures with one argument given and with wrong ones: all of it is answered before the program is started."""

import json
import sys
from pathlib import Path

from gi.repository import Gimp, Gio

photograph, folder = sys.argv[1], Path(sys.argv[2])
image = Gimp.file_load(Gimp.RunMode.NONINTERACTIVE, Gio.File.new_for_path(photograph))


def call(name, image, layers=None, **arguments):
    procedure = Gimp.get_pdb().lookup_procedure("plug-in-latentedit-" + name)
    config = procedure.create_config()
    config.set_property("run-mode", Gimp.RunMode.NONINTERACTIVE)
    config.set_property("image", image)
    config.set_core_object_array("drawables", layers or image.get_layers()[:1])
    for key, value in arguments.items():
        config.set_property(key, value)
    values = procedure.run(config)
    return [values.index(0).value_nick, Gimp.get_pdb().get_last_error()]


seen = {
    "no edits": call("edit", image),
    "only edits": call("edit", image, edits="smile"),
    "only a mix": call("edit", image, mix="seed:7:fine:nan"),
    "no path": call("project", image),
    "no network": call("translate", image),
    "no such preset": call("edit", image, edits="smile=2", preset="nope"),
    "too far": call("edit", image, edits="smile=1e308"),
    "mixed too far": call("edit", image, mix="seed:7:all:1e9"),
    "layers that go down": call("edit", image, mix="seed:7:9-2:1"),
    "very many edits": call("edit", image, edits=";".join(["smile=1"] * 200_000)),
}
indexed = image.duplicate()
indexed.convert_indexed(Gimp.ConvertDitherType.NONE, Gimp.ConvertPaletteType.GENERATE, 16, False, False, "")
seen["indexed"] = call("edit", indexed, edits="smile=2")
other = image.duplicate()
seen["layer of another image"] = call("edit", image, other.get_layers()[:1], edits="smile=2")
(folder / "seen.json").write_text(json.dumps(seen), encoding="utf-8")
