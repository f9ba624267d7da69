"""The dialogs: the faces of a layer with their sliders, and simple questions for a file."""

import random
from pathlib import Path
from typing import Any, Callable, Dict, List, Optional

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("GimpUi", "3.0")
from gi.repository import GdkPixbuf, Gimp, GimpUi, GLib, Gtk  # noqa: E402

from ..bridge import Editing, Trouble, paths_in  # noqa: E402
from ..bridge.own_files import OwnFiles  # noqa: E402
from .pictures import add_layers, depth_of, placement_of, require_there, write_files, write_selection  # noqa: E402
from .placement import Placement  # noqa: E402
from .working import CLOSE_S, make_bridge  # noqa: E402

PRESETS = (("fast", "Quick look"), ("balanced", "Good likeness"), ("best", "Best likeness, slow"))
BANDS = (("coarse", "Pose and shape"), ("middle", "Features"), ("fine", "Colours and skin"), ("all", "Everything"))
DOING = {
    "starting": "Starting latentedit…",
    "fetching": "Downloading…",
    "opening": "Sending the layer…",
    "looking": "Looking for faces…",
    "learning": "Learning the face…",
    "drawing": "Drawing at full size…",
}
POLL_MS = 30
PREVIEW_PX = 256
MAX_SEED = 2**31 - 1


def ask(name: str, image: Any, drawable: Any, config: Any) -> Optional[Any]:
    """Let a person say what is to be done.

    Returns: GIMP's status when all of it is done; None when the configuration now says what to do.
    """
    GimpUi.init("latentedit")
    if name.endswith("-edit"):
        return EditDialog(image, drawable).run()
    saving = name.endswith("-project")
    chooser = Gtk.FileChooserDialog(
        title="Where is the project to be written?" if saving else "Choose a network's file",
        action=Gtk.FileChooserAction.SAVE if saving else Gtk.FileChooserAction.OPEN,
    )
    chooser.add_buttons("_Cancel", Gtk.ResponseType.CANCEL, "_Save" if saving else "_Open", Gtk.ResponseType.OK)
    if saving:
        chooser.set_do_overwrite_confirmation(True)
        chooser.set_current_name(Path(drawable.get_name()).stem + ".ledit")
    answer, path = chooser.run(), chooser.get_filename()
    chooser.destroy()
    if answer != Gtk.ResponseType.OK or not path:
        return Gimp.PDBStatusType.CANCEL
    if saving and not path.lower().endswith(".ledit"):
        path += ".ledit"
    config.set_property("path" if saving else "network", path)
    return None


class EditDialog:
    """Sliders beside a small picture; the layers come when it is closed with Insert."""

    def __init__(self, image: Any, drawable: Any) -> None:
        self._image, self._drawable, self._depth = image, drawable, depth_of(image)
        self.bridge = make_bridge()
        self.editing = Editing(self.bridge, self._show, PREVIEW_PX)
        self._scales: Dict[str, Any] = {}
        self._known: List[str] = []
        self._held = ""
        self._showing = False
        self._sent: Optional[Placement] = None
        self.dialog = GimpUi.Dialog(title="Edit faces")
        self.dialog.add_button("_Cancel", Gtk.ResponseType.CANCEL)
        self.insert_button = self.dialog.add_button("_Insert as layers", Gtk.ResponseType.APPLY)
        self.dialog.set_default_size(720, 560)
        self.dialog.connect("response", self._on_response)
        content = self.dialog.get_content_area()
        columns = Gtk.Box(orientation=Gtk.Orientation.HORIZONTAL, spacing=12, margin=12)
        columns.pack_start(self._left(), False, False, 0)
        columns.pack_start(self._right(), True, True, 0)
        content.pack_start(columns, True, True, 0)
        self._status = Gimp.PDBStatusType.CANCEL
        self._timer = GLib.timeout_add(POLL_MS, self._poll)

    def run(self) -> Any:
        """Show it until it is closed; returns GIMP's status."""
        self.dialog.show_all()
        self.begin()
        self._show()
        Gtk.main()
        GLib.source_remove(self._timer)
        self.bridge.close(CLOSE_S)
        self.dialog.destroy()
        return self._status

    def begin(self) -> None:
        """Send the layer, and look for its faces."""

        def send() -> None:
            folder = Path(self.bridge.hello["folder"])
            try:
                picture, selection = write_files(self._image, self._drawable, self._depth, folder)
            except Trouble as trouble:
                self._tell(trouble)
                return
            self._sent = placement_of(self._image, self._drawable)
            self.editing.open(picture, selection, paths_in(picture, selection or {}))

        self.editing.start(send)
        self._send = send

    # Parts

    def _left(self) -> Any:
        column = Gtk.Box(orientation=Gtk.Orientation.VERTICAL, spacing=8)
        self.faces = Gtk.ComboBoxText()
        self.faces.connect("changed", self._on_face)
        self.preview = Gtk.Image()
        self.preview.set_size_request(PREVIEW_PX, PREVIEW_PX)
        self.preset = _combo(PRESETS, "balanced")
        self.learn_button = _button("Learn this face", lambda: self.editing.learn(self.preset.get_active_id()))
        self.bar = Gtk.ProgressBar(show_text=True)
        self.stop_button = _button("Stop", self.editing.cancel)
        self.fetch_button = _button("Download", lambda: self.editing.fetch(self._send))
        self.again_button = _button("Try again", self.begin)
        self.words = Gtk.Label(wrap=True, xalign=0.0, max_width_chars=36, selectable=True)
        self.details = Gtk.Label(wrap=True, xalign=0.0, max_width_chars=36, selectable=True)
        self.more = Gtk.Expander(label="Details")
        self.more.add(self.details)
        for widget in (self.faces, self.preview, self.preset, self.learn_button, self.bar, self.stop_button):
            column.pack_start(widget, False, False, 0)
        for widget in (self.words, self.more, self.fetch_button, self.again_button):
            column.pack_start(widget, False, False, 0)
        return column

    def _right(self) -> Any:
        column = Gtk.Box(orientation=Gtk.Orientation.VERTICAL, spacing=6)
        self.sliders = Gtk.Box(orientation=Gtk.Orientation.VERTICAL, spacing=6)
        self.search = Gtk.SearchEntry(placeholder_text="Search")
        self.search.connect("search-changed", lambda _: self._filter())
        self._grid = Gtk.Grid(column_spacing=8, row_spacing=2)
        self.list = area = Gtk.ScrolledWindow(hscrollbar_policy=Gtk.PolicyType.NEVER, vexpand=True)
        area.add(self._grid)
        self.seed = Gtk.SpinButton.new_with_range(0, MAX_SEED, 1)
        self.band = _combo(BANDS, "fine")
        dice = _button("Dice", lambda: self.seed.set_value(random.randrange(MAX_SEED)))
        self.share = Gtk.SpinButton.new_with_range(0.0, 1.0, 0.05)
        self.share.set_value(0.5)
        self.share.set_tooltip_text("How much of the person is mixed in: 0 nothing, 1 all of it")
        mix = _button("Mix in", self._on_mix)
        self.undo, self.redo = _button("Undo", self.editing.undo), _button("Redo", self.editing.redo)
        self.reset = _button("Reset", self.editing.reset)
        self.no_sliders = Gtk.Label(
            label="There are no sliders for this generator. Mixing works.", wrap=True, xalign=0.0, yalign=0.0, vexpand=True
        )
        self.sliders.pack_start(self.search, False, False, 0)
        self.sliders.pack_start(self.no_sliders, True, True, 0)
        self.sliders.pack_start(area, True, True, 0)
        self.sliders.pack_start(_line(Gtk.Label(label="Person"), self.seed, dice, self.band, self.share, mix), False, False, 0)
        column.pack_start(self.sliders, True, True, 0)
        # Not among the sliders: what was done to one face can be taken back while another is looked at.
        column.pack_start(_line(self.undo, self.redo, self.reset), False, False, 0)
        return column

    # Showing

    def _show(self) -> None:
        editing, self._showing = self.editing, True
        working = bool(editing.doing)
        self._show_faces()
        self._make_scales()
        for name, scale in self._scales.items():
            if scale.get_value() != editing.amount(name) and name != self._held:
                scale.set_value(editing.amount(name))
        self._show_preview()
        self.bar.set_visible(working)
        self.bar.set_text(DOING.get(editing.doing, ""))
        if editing.progress is not None:
            self.bar.set_fraction(editing.progress)
        elif working:
            self.bar.pulse()
        ready = editing.opened and not working
        for widget in (self.preset, self.learn_button):
            widget.set_visible(ready and bool(editing.faces) and not editing.learnt)
        self.stop_button.set_visible(editing.doing in ("learning", "fetching"))
        self.fetch_button.set_visible(bool(editing.missing) and not working)
        # It begins from the layer; while a face is known, that would throw away what was learnt and done.
        nothing = editing.trouble is not None or editing.opened
        self.again_button.set_visible(nothing and not editing.faces and not working)
        self.more.set_visible(editing.trouble is not None and bool(editing.trouble.details))
        self.details.set_text("" if editing.trouble is None else editing.trouble.details)
        none_there = editing.opened and not editing.directions
        self.no_sliders.set_visible(none_there)
        for widget in (self.search, self.list):
            widget.set_visible(not none_there)
        self.sliders.set_sensitive(editing.learnt and not working)
        self.undo.set_sensitive(editing.can_undo and not working)
        self.redo.set_sensitive(editing.can_redo and not working)
        self.reset.set_sensitive(editing.learnt and not working)
        closed = editing.trouble is not None and editing.trouble.kind == "closed"
        self.insert_button.set_sensitive(ready and any(editing.edits.values()) and not closed)
        self.words.set_text(self._message())
        self._showing = False

    def _message(self) -> str:
        editing = self.editing
        if editing.trouble is not None:
            return "\n".join(part for part in (str(editing.trouble), editing.trouble.hint) if part)
        if editing.missing and not editing.doing:
            lines = ["These have to be downloaded once:"]
            for one in editing.missing:
                lines.append(
                    "{} ({:.0f} MB, {}) {}".format(one["purpose"], one["bytes"] / 1e6, one["licence"], one["restrictions"])
                )
            return "\n".join(lines)
        if editing.opened and not editing.faces and not editing.doing:
            return "No face was found. A selection must hold the middle of a face."
        return " ".join(editing.notes)

    def _show_faces(self) -> None:
        wanted = [str(face["index"]) for face in self.editing.faces]
        if [row[1] for row in self.faces.get_model()] != wanted:
            self.faces.remove_all()
            for index in wanted:
                self.faces.append(index, f"Face {int(index) + 1}")
        self.faces.set_active_id(str(self.editing.face))

    def _make_scales(self) -> None:
        names = [direction["name"] for direction in self.editing.directions]
        if names == self._known:
            return
        self._known = names
        for child in self._grid.get_children():
            self._grid.remove(child)
        self._scales = {}
        for row, direction in enumerate(self.editing.directions):
            label = Gtk.Label(label=direction["label"].capitalize(), xalign=0.0)
            scale = Gtk.Scale.new_with_range(Gtk.Orientation.HORIZONTAL, direction["range"][0], direction["range"][1], 0.1)
            scale.set_hexpand(True)
            scale.set_value_pos(Gtk.PositionType.RIGHT)
            scale.add_mark(0.0, Gtk.PositionType.BOTTOM, None)
            scale.set_tooltip_text(direction["effect"])
            scale.connect("value-changed", self._on_scale, direction["name"])
            scale.connect("button-press-event", self._on_hold, direction["name"])
            scale.connect("button-release-event", self._on_let_go, direction["name"])
            self._grid.attach(label, 0, row, 1, 1)
            self._grid.attach(scale, 1, row, 1, 1)
            self._scales[direction["name"]] = scale
        self._grid.show_all()
        self._filter()

    def _filter(self) -> None:
        text = self.search.get_text().lower()
        for row, direction in enumerate(self.editing.directions):
            for column in (0, 1):
                self._grid.get_child_at(column, row).set_visible(text in direction["label"].lower())

    def _show_preview(self) -> None:
        picture = self.editing.preview
        if picture is None:
            self.preview.clear()
            return
        try:
            if picture["format"] == "raw":
                data = GLib.Bytes.new(Path(picture["path"]).read_bytes())
                width, height = picture["width"], picture["height"]
                pixels = GdkPixbuf.Pixbuf.new_from_bytes(data, GdkPixbuf.Colorspace.RGB, True, 8, width, height, width * 4)
                self.preview.set_from_pixbuf(_without_alpha(pixels))
            else:
                self.preview.set_from_pixbuf(GdkPixbuf.Pixbuf.new_from_file_at_size(picture["path"], PREVIEW_PX, PREVIEW_PX))
        except (OSError, GLib.Error):
            self.preview.clear()  # a newer one is on its way

    # Doing

    def _poll(self) -> bool:
        self.bridge.poll()
        if self.editing.doing and self.editing.progress is None:
            self.bar.pulse()
        return True

    def _on_face(self, combo: Any) -> None:
        if not self._showing and combo.get_active_id() is not None:
            self.editing.choose(int(combo.get_active_id()))

    def _on_scale(self, scale: Any, name: str) -> None:
        if not self._showing:
            self.editing.set_amount(name, scale.get_value(), True)

    def _on_hold(self, scale: Any, event: Any, name: str) -> bool:
        self._held = name
        return False

    def _on_mix(self) -> None:
        share = round(self.share.get_value(), 2)
        self.editing.mix(f"seed:{self.seed.get_value_as_int()}", self.band.get_active_id(), share)

    def _on_let_go(self, scale: Any, event: Any, name: str) -> bool:
        self._held = ""
        self.editing.set_amount(name, scale.get_value(), False)
        return False

    def _on_response(self, dialog: Any, answer: Any) -> None:
        if answer != Gtk.ResponseType.APPLY:
            Gtk.main_quit()
            return

        if not self._fits():
            return
        try:
            selection = write_selection(self._image, self._drawable, Path(self.bridge.hello["folder"]))
        except Trouble as trouble:
            self._tell(trouble)
            return
        self.editing.layers("raw", self._insert, selection)

    def _insert(self, told: Dict[str, Any]) -> None:
        """Put what was drawn into the image, and close the dialog."""
        if not self._fits():
            OwnFiles([layer[part]["path"] for layer in told["layers"] for part in ("picture", "mask")]).remove()
            return
        try:
            add_layers(self._image, self._drawable, told["layers"], self._depth)
        except Trouble as trouble:
            self._tell(trouble)
            return
        self._status = Gimp.PDBStatusType.SUCCESS
        Gtk.main_quit()

    def _fits(self) -> bool:
        """Whether what is drawn belongs where it was; if it does not, a person is told."""
        editing = self.editing
        boxes = {face["index"]: face["box"] for face in editing.faces if editing.edits.get(face["index"])}
        try:
            require_there(self._image, self._drawable)
            now = placement_of(self._image, self._drawable)
            change = "" if self._sent is None else self._sent.change(now, boxes)
            if change:
                raise Trouble("changed", change, "Undo that, then insert again.")
        except Trouble as trouble:
            self._tell(trouble)
            return False
        return True

    def _tell(self, trouble: Trouble) -> None:
        self.editing.trouble = trouble
        self._show()


def _without_alpha(pixels: Any) -> Any:
    """What is transparent shows the layer as it is; that lies in the colours too."""
    data = bytearray(pixels.get_pixels())
    data[3::4] = b"\xff" * (len(data) // 4)
    whole = GLib.Bytes.new(bytes(data))
    return GdkPixbuf.Pixbuf.new_from_bytes(
        whole, GdkPixbuf.Colorspace.RGB, True, 8, pixels.get_width(), pixels.get_height(), pixels.get_rowstride()
    )


def _combo(rows: Any, active: str) -> Any:
    combo = Gtk.ComboBoxText()
    for name, words in rows:
        combo.append(name, words)
    combo.set_active_id(active)
    return combo


def _button(label: str, do: Callable[[], Any]) -> Any:
    button = Gtk.Button(label=label)
    button.connect("clicked", lambda _: do())
    return button


def _line(*widgets: Any) -> Any:
    line = Gtk.Box(orientation=Gtk.Orientation.HORIZONTAL, spacing=6)
    for widget in widgets:
        line.pack_start(widget, True, True, 0)
    return line
