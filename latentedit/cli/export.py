"""``latentedit export``: a project as layers, for painting programs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from latentedit.cli.console import print_json, printable, tell
from latentedit.cli.options import (
    DeviceOption,
    JsonFlag,
    NoMarkFlag,
    is_project,
    refuse_folder,
    require_different,
    require_folder,
    require_photograph_spared,
)
from latentedit.cli.store import open_store
from latentedit.errors import UsageError

if TYPE_CHECKING:
    from latentedit.layers import Layer, LayeredPhoto
    from latentedit.session import Session

SUFFIXES = (".ora", ".png")


def export_command(
    project: Annotated[Path, typer.Argument(metavar="PROJECT.ledit", help="A project.", readable=False)],
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", help="An OpenRaster .ora with all layers, or a .png with one or with all merged."),
    ] = None,
    layer: Annotated[str | None, typer.Option("--layer", help="Which layer, for a .png; see --list.")] = None,
    names: Annotated[bool, typer.Option("--list", help="Print the layers' names, topmost first, and write nothing.")] = False,
    each_edit: Annotated[bool, typer.Option("--each-edit", help="Also a hidden layer for each edit alone.")] = False,
    device: DeviceOption = "auto",
    no_mark: NoMarkFlag = False,
    as_json: JsonFlag = False,
) -> None:
    """Write a project's photograph in layers that GIMP, Krita and others open."""
    refuse_folder(project)
    if not is_project(project):
        raise UsageError(f"{project.name} is not a project.", hint="Make one: latentedit project PHOTO.")
    if names and (output is not None or layer is not None):
        raise UsageError("--list writes nothing.", hint="Leave out -o and --layer, or --list.")
    target = None if names else _checked(project, output, layer)
    if each_edit and target is not None and target.suffix.lower() == ".png" and layer is None:
        raise UsageError(
            "A .png without --layer holds all merged, and no edit alone.", hint="Write an .ora, or choose with --layer."
        )
    with open_store() as store:
        from latentedit.engine import Engine
        from latentedit.generators import resolve_device
        from latentedit.session import Session

        session = Session.open(project, engine=Engine(str(resolve_device(device)), store=store))
        require_photograph_spared(target, session)
        if all(face.latents is None for face in session.faces):
            raise UsageError(f"{project.name} holds no projected face.", hint="Project it first: latentedit project PHOTO.")
        if target is not None and target.suffix.lower() == ".png" and layer is None:
            session.export(target, mark_ai=not no_mark)
            written: list[dict[str, object]] = []
        else:
            written = _layers(session, target, layer, each_edit=each_edit, mark_ai=not no_mark)
    if as_json:
        print_json({"project": str(project), "output": None if target is None else str(target), "layers": written})
    elif target is None:
        for entry in written:
            typer.echo(printable(entry["name"]))
    else:
        tell(f"wrote {target}")


def _checked(project: Path, output: Path | None, layer: str | None) -> Path:
    """The output's path, if it can be written.

    Raises:
        UsageError, StorageError: it cannot.
    """
    if output is None:
        raise UsageError("There is no file to write to.", hint="Name one with -o, or print the layers with --list.")
    require_folder(output)
    require_different({"project": project, "result": output})
    suffix = output.suffix.lower()
    if suffix not in SUFFIXES:
        raise UsageError(
            f"{output.name} is no name for layers.", hint="End it with .ora or .png; latentedit edit writes other kinds."
        )
    if layer is not None and suffix != ".png":
        raise UsageError("--layer writes a .png.", hint="Leave it out: an .ora holds all layers.")
    return output


def _layers(
    session: Session, target: Path | None, wanted: str | None, *, each_edit: bool, mark_ai: bool
) -> list[dict[str, object]]:
    """Write what is asked for; returns what is known of it, topmost layer first.

    Raises:
        UsageError: there is no such layer.
    """
    from latentedit.layers import PHOTOGRAPH, layered

    picture = layered(session.scene, each_edit=each_edit)
    told: list[dict[str, object]] = [
        {
            "name": layer.name,
            "face": layer.face,
            "box": [layer.left, layer.top, layer.left + layer.samples.shape[1], layer.top + layer.samples.shape[0]],
            "visible": layer.visible,
        }
        for layer in reversed(picture.layers)
    ]
    height, width = picture.photograph.shape[:2]
    told.append({"name": PHOTOGRAPH, "face": None, "box": [0, 0, width, height], "visible": True})
    if target is None:
        return told
    if wanted is None:
        from latentedit.openraster import write_openraster

        write_openraster(target, picture, mark_ai=mark_ai)
        return told
    _write_layer(picture, wanted, target, mark_ai=mark_ai)
    return [entry for entry in told if entry["name"] == wanted]


def _write_layer(picture: LayeredPhoto, wanted: str, target: Path, *, mark_ai: bool) -> None:
    from latentedit.atomic_file import replacing
    from latentedit.layers import PHOTOGRAPH
    from latentedit.openraster import layer_png

    known: dict[str, Layer | None] = {PHOTOGRAPH: None} | {layer.name: layer for layer in picture.layers}
    if wanted not in known:
        raise UsageError(f"There is no layer {wanted!r}.", hint=f"The layers: {'; '.join(reversed(known))}.")
    with replacing(target) as file:
        file.write(layer_png(picture, known[wanted], mark_ai=mark_ai))
