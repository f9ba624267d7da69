"""A layer without a face, of 16 bits, with a mask and a selection, through a network in GIMP: gimp_translate.py NETWORK FOLDER."""

import json
import sys
from pathlib import Path

from gi.repository import Gegl, Gimp

network, folder = sys.argv[1], Path(sys.argv[2])
SIDE = 64
image = Gimp.Image.new_with_precision(SIDE, SIDE, Gimp.ImageBaseType.RGB, Gimp.Precision.U16_NON_LINEAR)
layer = Gimp.Layer.new(image, "plain", SIDE, SIDE, Gimp.ImageType.RGBA_IMAGE, 100.0, Gimp.LayerMode.NORMAL)
image.insert_layer(layer, None, 0)
whole = Gegl.Rectangle.new(0, 0, SIDE, SIDE)
ramp = b"".join(bytes([4 * x, 4 * y, 128, 255]) for y in range(SIDE) for x in range(SIDE))
layer.get_buffer().set(whole, "R'G'B'A u8", ramp)
layer.get_buffer().flush()
mask = layer.create_mask(Gimp.AddMaskType.WHITE)
layer.add_mask(mask)
mask.get_buffer().set(Gegl.Rectangle.new(0, 0, 16, SIDE), "Y u8", bytes(16 * SIDE))
mask.get_buffer().flush()
image.select_rectangle(Gimp.ChannelOps.REPLACE, 0, 0, SIDE, 32)

procedure = Gimp.get_pdb().lookup_procedure("plug-in-latentedit-translate")
config = procedure.create_config()
config.set_property("run-mode", Gimp.RunMode.NONINTERACTIVE)
config.set_property("image", image)
config.set_core_object_array("drawables", [layer])
config.set_property("network", network)
values = procedure.run(config)
seen = {"status": values.index(0).value_nick, "error": Gimp.get_pdb().get_last_error()}
top = image.get_layers()[0]
seen["layers"] = [each.get_name() for each in image.get_layers()]
seen["masked still"] = layer.get_mask() is not None
(folder / "translated.raw").write_bytes(top.get_buffer().get(whole, 1.0, "R'G'B'A u16", Gegl.AbyssPolicy.NONE))
(folder / "seen.json").write_text(json.dumps(seen), encoding="utf-8")
