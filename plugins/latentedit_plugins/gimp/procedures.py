"""What GIMP is offered: procedures for its menu, for scripts, and for batch mode."""

from typing import Any, List

from gi.repository import Gimp, GLib, GObject

from ..bridge import Trouble
from .pictures import add_layers, add_picture, depth_of
from .working import Work

EDIT, PROJECT, TRANSLATE = "plug-in-latentedit-edit", "plug-in-latentedit-project", "plug-in-latentedit-translate"
MENU = "<Image>/Filters/Latentedit"
READ_WRITE = GObject.ParamFlags.READWRITE
WORDS = {
    EDIT: ("_Edit faces…", "Find the faces of the layer, and change them; the result comes as layers with masks"),
    PROJECT: (
        "_Learn a face into a project…",
        "Learn a face of the layer, and write it as a .ledit project for the desktop editor and the command line",
    ),
    TRANSLATE: ("_Translate…", "Put the layer through a network of CycleGAN, pix2pix or AnimeGAN; the result comes as a layer"),
}


class Latentedit(Gimp.PlugIn):
    """The plug-in."""

    def do_query_procedures(self) -> List[str]:
        """Their names."""
        return [EDIT, PROJECT, TRANSLATE]

    def do_set_i18n(self, name: str) -> bool:
        """There are no translations."""
        return False

    def do_create_procedure(self, name: str) -> Any:
        """One procedure with its arguments."""
        procedure = Gimp.ImageProcedure.new(self, name, Gimp.PDBProcType.PLUGIN, run, None)
        procedure.set_image_types("RGB*, GRAY*")
        procedure.set_sensitivity_mask(Gimp.ProcedureSensitivityMask.DRAWABLE)
        label, what = WORDS[name]
        procedure.set_menu_label(label)
        procedure.add_menu_path(MENU)
        procedure.set_documentation(what, what + ". Everything happens on this computer.", name)
        procedure.set_attribution("the latentedit authors", "MIT", "2026")
        if name in (EDIT, PROJECT):
            procedure.add_int_argument("face", "Face", "Which face, from 0, the largest", 0, 999, 0, READ_WRITE)
            procedure.add_string_argument(
                "preset", "Preset", "How thoroughly it is learnt: fast, balanced or best", "balanced", READ_WRITE
            )
            procedure.add_int_argument(
                "steps", "Steps", "How many steps instead of the preset's; 0 for its own", 0, 100000, 0, READ_WRITE
            )
            procedure.add_int_argument("seed", "Seed", "Of what is random", 0, 2147483647, 0, READ_WRITE)
        if name == EDIT:
            procedure.add_string_argument(
                "edits", "Edits", "As on the command line, with semicolons: smile=2;age=-1", "", READ_WRITE
            )
            procedure.add_string_argument("mix", "Mix", "As on the command line: seed:7:fine:0.5", "", READ_WRITE)
        elif name == PROJECT:
            procedure.add_string_argument("path", "Path", "The .ledit file to write", "", READ_WRITE)
        else:
            procedure.add_string_argument("network", "Network", "The file of a network", "", READ_WRITE)
        return procedure


def run(procedure: Any, run_mode: Any, image: Any, drawables: List[Any], config: Any, data: Any) -> Any:
    """Do what is asked for; called by GIMP."""
    if len(drawables) != 1 or not isinstance(drawables[0], Gimp.Layer):
        return _refused(procedure, "Select one layer.", Gimp.PDBStatusType.CALLING_ERROR)
    name, drawable = procedure.get_name(), drawables[0]
    if run_mode == Gimp.RunMode.INTERACTIVE:
        from .dialog import ask

        asked = ask(name, image, drawable, config)
        if asked is not None:
            return procedure.new_return_values(asked, GLib.Error())
    work = Work()
    Gimp.progress_init("latentedit")
    try:
        {EDIT: _edit, PROJECT: _project, TRANSLATE: _translate}[name](work, image, drawable, config)
    except Trouble as trouble:
        status = Gimp.PDBStatusType.CALLING_ERROR if trouble.kind == "usage" else Gimp.PDBStatusType.EXECUTION_ERROR
        return _refused(procedure, " ".join(part for part in (str(trouble), trouble.hint) if part), status)
    finally:
        work.close()
        Gimp.progress_end()
    return procedure.new_return_values(Gimp.PDBStatusType.SUCCESS, GLib.Error())


def _edit(work: Work, image: Any, drawable: Any, config: Any) -> None:
    edits = [text.strip() for text in config.get_property("edits").split(";") if text.strip()]
    mix = config.get_property("mix").strip()
    if not edits and not mix:
        raise Trouble("usage", "No edit is given.", "For example smile=2;age=-1.")
    depth = depth_of(image)
    work.open(image, drawable, depth)
    _learn(work, config)
    if edits:
        work.editing.set_texts(edits)
        work.wait()
    if mix:
        source, layers, amount = _mix_parts(mix)
        work.editing.mix(source, layers, amount)
        work.wait()
    add_layers(image, drawable, work.layers(), depth)


def _project(work: Work, image: Any, drawable: Any, config: Any) -> None:
    path = config.get_property("path")
    if not path.lower().endswith(".ledit"):
        raise Trouble("usage", "Give a path that ends in .ledit.")
    work.open(image, drawable, depth_of(image))
    _learn(work, config)
    work.save(path)


def _translate(work: Work, image: Any, drawable: Any, config: Any) -> None:
    network = config.get_property("network")
    if not network:
        raise Trouble("usage", "Give the file of a network.")
    work.open(image, drawable, depth_of(image))
    add_picture(image, drawable, work.translate(network), "translated")


def _learn(work: Work, config: Any) -> None:
    preset, seed, steps = (config.get_property(name) for name in ("preset", "seed", "steps"))
    work.learn(config.get_property("face"), preset, seed, steps)


def _mix_parts(text: str) -> Any:
    """``seed:7:fine:0.5`` as a source, layers and an amount; the amount may be left out."""
    parts = text.split(":")
    amount = 1.0
    if len(parts) > 3 or (len(parts) == 3 and parts[0] not in ("seed", "face")):
        try:
            amount = float(parts[-1])
            parts = parts[:-1]
        except ValueError:
            pass
    if len(parts) < 2:
        raise Trouble("usage", f"{text} is no mix.", "For example seed:7:fine:0.5.")
    return ":".join(parts[:-1]), parts[-1], amount


def _refused(procedure: Any, message: str, status: Any) -> Any:
    return procedure.new_return_values(status, GLib.Error.new_literal(Gimp.PlugIn.error_quark(), message, 0))
