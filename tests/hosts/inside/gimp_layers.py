"""Runs in GIMP: gimp_layers.py PHOTOGRAPH FOLDER."""

import json
import sys
from pathlib import Path

import gi

gi.require_version("Gimp", "3.0")
gi.require_version("Gegl", "0.4")
from gi.repository import Gegl, Gimp, Gio  # noqa: E402

photograph, folder = sys.argv[1], Path(sys.argv[2])
image = Gimp.file_load(Gimp.RunMode.NONINTERACTIVE, Gio.File.new_for_path(photograph))
image.undo_group_start()
group = Gimp.GroupLayer.new(image, "Edits")
image.insert_layer(group, None, 0)
layer = Gimp.Layer.new(image, "Face 1", 100, 100, Gimp.ImageType.RGBA_IMAGE, 100, Gimp.LayerMode.NORMAL)
image.insert_layer(layer, group, 0)
layer.set_offsets(100, 100)


def fill(drawable, left, width, encoding, pixel):
    """The same pixel in a column of the drawable."""
    buffer = drawable.get_buffer()
    buffer.set(Gegl.Rectangle.new(left, 0, width, 100), encoding, pixel * (width * 100))
    buffer.flush()
    drawable.update(left, 0, width, 100)


fill(layer, 0, 100, "R'G'B'A u8", bytes([255, 0, 0, 255]))
mask = layer.create_mask(Gimp.AddMaskType.WHITE)
layer.add_mask(mask)
fill(mask, 0, 50, "Y u8", bytes([0]))
image.undo_group_end()
tree = [
    [node.get_name(), [child.get_name() for child in node.get_children()]] if node.is_group() else node.get_name()
    for node in image.get_layers()
]
flat = image.duplicate()
flat.flatten()
Gimp.file_save(Gimp.RunMode.NONINTERACTIVE, flat, Gio.File.new_for_path(str(folder / "after.png")), None)
(folder / "seen.json").write_text(json.dumps({"tree": tree}))
