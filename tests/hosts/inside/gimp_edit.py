"""The plug-in in GIMP, as a script uses it: a mix with layers and masks, a selection, 16 bits, a project, and what is refused."""

import json
import sys
from pathlib import Path

from gi.repository import Gegl, Gimp, Gio

photograph, folder = sys.argv[1], Path(sys.argv[2])
seen = {}


def call(name, image, layer, **arguments):
    procedure = Gimp.get_pdb().lookup_procedure("plug-in-latentedit-" + name)
    config = procedure.create_config()
    config.set_property("run-mode", Gimp.RunMode.NONINTERACTIVE)
    config.set_property("image", image)
    config.set_core_object_array("drawables", [layer])
    for key, value in arguments.items():
        config.set_property(key, value)
    values = procedure.run(config)
    error = Gimp.get_pdb().get_last_error() if values.index(0) != Gimp.PDBStatusType.SUCCESS else ""
    return [values.index(0).value_nick, error]


def load():
    return Gimp.file_load(Gimp.RunMode.NONINTERACTIVE, Gio.File.new_for_path(photograph))


def tree(layers):
    told = []
    for layer in layers:
        inside = tree(layer.get_children()) if layer.is_group() else []
        mask = layer.get_mask()
        told.append([layer.get_name(), list(layer.get_offsets())[1:], mask is not None, inside])
    return told


def flat(image, name):
    copy = image.duplicate()
    merged = copy.flatten()
    whole = Gegl.Rectangle.new(0, 0, merged.get_width(), merged.get_height())
    (folder / name).write_bytes(merged.get_buffer().get(whole, 1.0, "R'G'B' u8", Gegl.AbyssPolicy.NONE))
    copy.delete()


how = {"preset": "fast", "steps": 4, "mix": "seed:7:all:1"}
image = load()
layer = image.get_layers()[0]
seen["edit"] = call("edit", image, layer, **how)
seen["tree"] = tree(image.get_layers())
flat(image, "edited.raw")
seen["project"] = call("project", image, layer, preset="fast", steps=4, path=str(folder / "face.ledit"))
seen["no such face"] = call("edit", image, layer, face=7, **how)
seen["no edit"] = call("edit", image, layer, preset="fast", steps=4)
seen["no such direction"] = call("edit", image, layer, preset="fast", steps=4, edits="unheard_of=2")

selected = load()
selected.select_rectangle(Gimp.ChannelOps.REPLACE, 180, 60, 60, 200)
seen["selected"] = call("edit", selected, selected.get_layers()[0], **how)
flat(selected, "selected.raw")
selected.select_rectangle(Gimp.ChannelOps.REPLACE, 0, 400, 50, 50)
seen["nobody selected"] = call("edit", selected, selected.get_layers()[0], **how)

deep = load()
deep.convert_precision(Gimp.Precision.U16_NON_LINEAR)
seen["deep"] = call("edit", deep, deep.get_layers()[0], **how)
seen["deep tree"] = tree(deep.get_layers())
seen["deep precision"] = deep.get_precision().value_nick
flat(deep, "deep.raw")
(folder / "seen.json").write_text(json.dumps(seen), encoding="utf-8")
