"""What GIMP is offered: procedures for its menu, for scripts, and for batch mode."""

from typing import Any, Callable, List

from gi.repository import Gimp, GLib, GObject

from ..bridge import Trouble
from ..bridge.wishes import edits_of, mix_of, network_of, preset_of, project_path_of
from .pictures import add_layers, add_picture, depth_of
from .working import Work

EDIT, PROJECT, TRANSLATE = "plug-in-latentedit-edit", "plug-in-latentedit-project", "plug-in-latentedit-translate"
MENU = "<Image>/Filters/Latentedit"
Doing = Callable[[Work], None]
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
    if drawables[0].get_image().get_id() != image.get_id():
        return _refused(procedure, "The layer is of another image.", Gimp.PDBStatusType.CALLING_ERROR)
    if image.get_base_type() == Gimp.ImageBaseType.INDEXED:
        return _refused(
            procedure,
            "The image has a palette, in which edits cannot be shown. Convert it first: Image > Mode > RGB.",
            Gimp.PDBStatusType.CALLING_ERROR,
        )
    name, drawable = procedure.get_name(), drawables[0]
    if run_mode == Gimp.RunMode.INTERACTIVE:
        from .dialog import ask

        asked = ask(name, image, drawable, config)
        if asked is not None:
            return procedure.new_return_values(asked, GLib.Error())
    work = Work()
    Gimp.progress_init("latentedit")
    try:
        # What is wrong with the arguments is told before the program is started.
        do = {EDIT: _edit, PROJECT: _project, TRANSLATE: _translate}[name](image, drawable, config)
        do(work)
    except Trouble as trouble:
        status = Gimp.PDBStatusType.CALLING_ERROR if trouble.kind == "usage" else Gimp.PDBStatusType.EXECUTION_ERROR
        return _refused(procedure, " ".join(part for part in (str(trouble), trouble.hint, trouble.details) if part), status)
    finally:
        work.close()
        Gimp.progress_end()
    return procedure.new_return_values(Gimp.PDBStatusType.SUCCESS, GLib.Error())


def _edit(image: Any, drawable: Any, config: Any) -> Doing:
    edits, mix = edits_of(config.get_property("edits")), mix_of(config.get_property("mix"))
    if not edits and mix is None:
        raise Trouble("usage", "No edit is given.", "For example smile=2;age=-1.")
    learn, depth = _learning(config), depth_of(image)

    def do(work: Work) -> None:
        work.open(image, drawable, depth)
        learn(work)
        if edits:
            work.editing.set_texts(edits)
            work.wait()
        if mix is not None:
            work.editing.mix(*mix)
            work.wait()
        add_layers(image, drawable, work.layers(image, drawable), depth)

    return do


def _project(image: Any, drawable: Any, config: Any) -> Doing:
    path, learn = project_path_of(config.get_property("path")), _learning(config)

    def do(work: Work) -> None:
        work.open(image, drawable, depth_of(image))
        learn(work)
        work.save(path)

    return do


def _translate(image: Any, drawable: Any, config: Any) -> Doing:
    network = network_of(config.get_property("network"))

    def do(work: Work) -> None:
        add_picture(image, drawable, work.translate(image, drawable, depth_of(image), network), "translated")

    return do


def _learning(config: Any) -> Doing:
    preset = preset_of(config.get_property("preset"))
    face, seed, steps = (config.get_property(name) for name in ("face", "seed", "steps"))
    return lambda work: work.learn(face, preset, seed, steps)


def _refused(procedure: Any, message: str, status: Any) -> Any:
    return procedure.new_return_values(status, GLib.Error.new_literal(Gimp.PlugIn.error_quark(), message, 0))
