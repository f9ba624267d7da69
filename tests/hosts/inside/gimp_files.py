"""What GIMP sees in layered files: gimp_files.py FILE FOLDER writes each layer and the picture."""

import json
import sys
from pathlib import Path

from gi.repository import Gegl, Gimp, Gio

image = Gimp.file_load(Gimp.RunMode.NONINTERACTIVE, Gio.File.new_for_path(sys.argv[1]))


def told(layers):
    """Lowest first: name, whether it is seen, how it is laid over what is below, and its own layers."""
    return [
        [each.get_name(), each.get_visible(), each.get_mode().value_nick, told(each.get_children()) if each.is_group() else []]
        for each in reversed(layers)
    ]


folder = Path(sys.argv[2])
seen = {"tree": told(image.get_layers()), "size": [image.get_width(), image.get_height()]}
merged = image.flatten()
whole = Gegl.Rectangle.new(0, 0, merged.get_width(), merged.get_height())
(folder / "seen.raw").write_bytes(merged.get_buffer().get(whole, 1.0, "R'G'B' u8", Gegl.AbyssPolicy.NONE))
(folder / "seen.json").write_text(json.dumps(seen))
