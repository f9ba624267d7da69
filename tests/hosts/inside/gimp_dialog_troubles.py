"""The dialog in GIMP where something is in the way: no face in the selection, an image that is changed or closed meanwhile, files that are gone."""

import json
import sys
import traceback
from pathlib import Path

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("GimpUi", "3.0")
from gi.repository import Gimp, GimpUi, Gio, GLib, Gtk  # noqa: E402

photograph, folder = sys.argv[1], Path(sys.argv[2])
(installed,) = Path.home().glob(".config/GIMP/3.*/plug-ins/latentedit")
sys.path.insert(0, str(installed))
from latentedit_gimp.gimp.dialog import EditDialog  # noqa: E402

GimpUi.init("latentedit")
image = Gimp.file_load(Gimp.RunMode.NONINTERACTIVE, Gio.File.new_for_path(photograph))
layer = image.get_layers()[0]
image.select_rectangle(Gimp.ChannelOps.REPLACE, 0, 400, 50, 50)
dialog = EditDialog(image, layer)
editing = dialog.editing
seen = {"insert": {}, "raised": []}
sys.excepthook = lambda *raised: seen["raised"].append("".join(traceback.format_exception(*raised)))


def person():
    """A step at a time, whenever nothing is being done."""
    try:
        if editing.doing or dialog.bridge.busy or (not editing.opened and editing.trouble is None):
            return True
        steps.pop(0)()
    except Exception:
        seen["raised"].append(traceback.format_exc())
        Gtk.main_quit()
        return False
    return bool(steps)


def no_face():
    seen["no face"] = [dialog.words.get_text(), dialog.again_button.get_visible()]
    Gimp.Selection.none(image)
    dialog.again_button.clicked()


def found():
    seen["faces"] = len(editing.faces)
    seen["no sliders"] = [widget.get_visible() for widget in (dialog.no_sliders, dialog.search, dialog.list)]
    editing.learn("fast", 0, 2)


def mix():
    dialog.seed.set_value(7)
    dialog.share.set_value(1.0)
    dialog.band.set_active_id("all")
    dialog._on_mix()


def insert_after(name, change):
    def do():
        change()
        dialog.dialog.response(Gtk.ResponseType.APPLY)

    def look():
        layers = [one.get_name() for one in image.get_layers()] if image.is_valid() else []
        seen["insert"][name] = [str(editing.trouble), dialog.words.get_text(), layers]

    steps.extend([do, look])


def lose_files():
    real = editing.layers

    def lost(how, then, selection):
        def drawn(told):
            Path(told["layers"][-1]["mask"]["path"]).unlink()
            then(told)

        editing.layers = real
        real(how, drawn, selection)

    editing.layers = lost


def deep():
    image.convert_precision(Gimp.Precision.FLOAT_LINEAR)
    lose_files()


steps = [no_face, found, mix]
insert_after("files lost", lose_files)
insert_after("deep", deep)
insert_after("moved", lambda: layer.set_offsets(10, 0))
insert_after("mirrored", lambda: (layer.set_offsets(0, 0), image.flip(Gimp.OrientationType.HORIZONTAL)))
insert_after("larger", lambda: (image.flip(Gimp.OrientationType.HORIZONTAL), image.resize(600, 600, 0, 0)))
insert_after("scaled", lambda: (image.resize(512, 512, 0, 0), layer.scale(256, 256, False)))
insert_after("closed", image.delete)
steps.append(lambda: seen.update({"insert can be pressed": dialog.insert_button.get_sensitive()}))
steps.append(lambda: dialog.dialog.response(Gtk.ResponseType.CANCEL))
GLib.timeout_add(200, person)
seen["status"] = dialog.run().value_nick
(folder / "seen.json").write_text(json.dumps(seen), encoding="utf-8")
