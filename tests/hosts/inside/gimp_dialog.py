"""The dialog in GIMP, used as a person does: learn, slide or mix, insert; and a picture of it."""

import json
import sys
from pathlib import Path

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("Gdk", "3.0")
gi.require_version("GimpUi", "3.0")
from gi.repository import Gdk, Gegl, Gimp, GimpUi, Gio, GLib, Gtk  # noqa: E402

photograph, folder = sys.argv[1], Path(sys.argv[2])
(installed,) = Path.home().glob(".config/GIMP/3.*/plug-ins/latentedit")
sys.path.insert(0, str(installed))
from latentedit_gimp.gimp.dialog import EditDialog  # noqa: E402

GimpUi.init("latentedit")
image = Gimp.file_load(Gimp.RunMode.NONINTERACTIVE, Gio.File.new_for_path(photograph))
dialog = EditDialog(image, image.get_layers()[0])
editing = dialog.editing
seen = {}


def person():
    """A step at a time, whenever nothing is being done."""
    if editing.trouble is not None and steps[0] is not refused:
        raise SystemExit(str(editing.trouble))
    if editing.doing or dialog.bridge.busy or not editing.opened:
        return True
    step = steps.pop(0)
    step()
    return bool(steps)


def learn():
    # A hint beside the pointer, which is in the middle of the screen at first, would be a black box in the picture.
    Gdk.Display.get_default().get_default_seat().get_pointer().warp(Gdk.Screen.get_default(), 1279, 1023)
    seen["faces"] = len(editing.faces)
    seen["seen before it is learnt"] = dialog.preview.get_pixbuf() is not None
    dialog.preset.set_active_id("fast")
    dialog.learn_button.clicked()


def change():
    if dialog._scales:
        dialog._scales["smile"].set_value(2.0)
        editing.set_amount("smile", 2.0, False)
    else:
        dialog.seed.set_value(7)
        dialog.share.set_value(1.0)
        dialog.band.set_active_id("all")
        dialog._on_mix()


def look():
    window = dialog.dialog.get_window()
    Gdk.pixbuf_get_from_window(window, 0, 0, window.get_width(), window.get_height()).savev(
        str(folder / "dialog.png"), "png", [], []
    )
    seen["preview"] = dialog.preview.get_pixbuf() is not None
    seen["directions"] = len(dialog._scales)


def ask_wrongly():
    editing.mix("seed:7", "90-99", 1.0)


def refused():
    seen["refused"] = dialog.words.get_text()
    seen["again after a refusal"] = dialog.again_button.get_visible()
    seen["learnt after a refusal"] = editing.learnt and any(editing.edits.values())
    editing.undo()
    editing.redo()


def wait():
    pass


def select():
    image.select_rectangle(Gimp.ChannelOps.REPLACE, 180, 60, 30, 30)


def seen_part():
    """Left, top, right, bottom of what can be seen of the layers of the face."""
    (layer,) = image.get_layers()[0].get_children()
    _, left, top = layer.get_offsets()
    width, height = layer.get_width(), layer.get_height()
    mask = layer.get_mask().get_buffer().get(Gegl.Rectangle.new(0, 0, width, height), 1.0, "Y u8", Gegl.AbyssPolicy.NONE)
    places = [place for place, share in enumerate(mask) if share]
    columns, rows = [left + place % width for place in places], [top + place // width for place in places]
    return [min(columns), min(rows), max(columns), max(rows)] if places else None


steps = [learn, change, ask_wrongly, refused, wait, look, select, lambda: dialog.dialog.response(Gtk.ResponseType.APPLY)]
GLib.timeout_add(300, person)
seen["status"] = dialog.run().value_nick
seen["layers"] = [layer.get_name() for layer in image.get_layers()]
seen["part"] = seen_part()
seen["running"] = dialog.bridge.running
(folder / "seen.json").write_text(json.dumps(seen), encoding="utf-8")
