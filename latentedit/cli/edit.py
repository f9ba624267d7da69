"""``latentedit edit``: change a face and write the photograph."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast, get_args

import typer

from latentedit.cli.console import print_json, tell
from latentedit.cli.dragging import drags_by_face, parse_drag, parse_regions, run_drags
from latentedit.cli.options import (
    DeviceOption,
    JsonFlag,
    NoMarkFlag,
    PresetOption,
    SeedOption,
    SquareOption,
    chosen_faces,
    is_project,
    parse_square,
    refuse_folder,
    require_different,
    require_folder,
    require_photograph_spared,
    require_picture,
    require_spared,
)
from latentedit.cli.projecting import opened, run_projection
from latentedit.cli.store import open_store
from latentedit.defaults import DEFAULT_GENERATOR
from latentedit.edits import CompositingMode, Region
from latentedit.edits.edit import MAX_FEATHER, face_of
from latentedit.errors import UsageError
from latentedit.kept_projection import forget_progress
from latentedit.requested_edits import apply_edits, parse_assignment, require_known
from latentedit.requested_masks import MASK_HELP, PaintedMasks, apply_masking, parse_masking
from latentedit.requested_mixes import Mix, apply_mixes, parse_mix
from latentedit.session_crop import write_crop

if TYPE_CHECKING:
    from latentedit.session import Session

MODES = get_args(CompositingMode)
SET_HELP = (
    "NAME=AMOUNT, FILE=AMOUNT or FILE:PICK=AMOUNT, as often as you like; NAME=AMOUNT:LAYERS only those: coarse, middle, fine, or numbers as "
    f"0-3,7; NAME=AMOUNT@REGION (last) only there: {', '.join(get_args(Region))}, or a mask's FILE as for --mask."
)
MIX_HELP = "SOURCE:LAYERS[:AMOUNT]. SOURCE: seed:N, face:N, or a .ledit; LAYERS: all, coarse, middle, fine, or numbers as 0-3,7."
MODE_HELP = "residual: add what changed; seamless: the drawing in the colours around it; replace: the drawing itself. The project's own, or residual."


def edit_command(
    source: Annotated[
        Path, typer.Argument(metavar="INPUT", help="A .ledit project, or a photograph (projected first).", readable=False)
    ],
    output: Annotated[Path | None, typer.Option("-o", "--output", help="A picture, or a .ledit project.")] = None,
    settings: Annotated[list[str] | None, typer.Option("--set", help=SET_HELP)] = None,
    mixes: Annotated[list[str] | None, typer.Option("--mix", help=MIX_HELP)] = None,
    drags: Annotated[
        list[str] | None,
        typer.Option(
            "--drag", help="X,Y:X2,Y2 in the photograph's pixels: drag what is there. Points of one face move together."
        ),
    ] = None,
    drag_keep: Annotated[
        list[str] | None, typer.Option(help=f"A part of the face that no drag is to move: {', '.join(get_args(Region))}.")
    ] = None,
    face: Annotated[str, typer.Option(help="largest, all, or a number from 0.")] = "all",
    mode: Annotated[str | None, typer.Option(help=MODE_HELP)] = None,
    mask: Annotated[str | None, typer.Option("--mask", help=MASK_HELP)] = None,
    invert_mask: Annotated[bool, typer.Option("--invert-mask", help="Everything but that.")] = False,
    feather: Annotated[
        float | None, typer.Option(help="Softness of the mask's edge, a share of the face's square.", min=0, max=MAX_FEATHER)
    ] = None,
    square: SquareOption = None,
    crop: Annotated[bool, typer.Option("--crop", help="Write the face alone at the generator's size.")] = False,
    preset: PresetOption = "balanced",
    seed: SeedOption = 0,
    device: DeviceOption = "auto",
    generator: Annotated[str | None, typer.Option(help=f"Which generator, for a photograph; {DEFAULT_GENERATOR}.")] = None,
    no_mark: NoMarkFlag = False,
    as_json: JsonFlag = False,
) -> None:
    """Change faces along directions, for example --set smile=2 --set age=-3."""
    refuse_folder(source)
    target = output or source.with_name(f"{source.stem}-edited.png")
    require_folder(target)
    if not is_project(target):
        require_picture(target)
    elif crop:
        raise UsageError("A project has no --crop.", hint="Name a picture with -o.")
    require_different({"input": source, "result": target})
    if is_project(source) and generator is not None:
        raise UsageError("A project keeps the generator that it was made with.", hint="Leave --generator out.")
    frame = parse_square(square)
    if is_project(source) and frame is not None:
        raise UsageError("A project keeps the squares that it was made with.", hint="Leave --square out.")
    if mode is not None and mode not in MODES:
        raise UsageError(f"There is no mode {mode}.", hint=f"Choose {', '.join(MODES[:-1])} or {MODES[-1]}.")
    edits = [parse_assignment(text) for text in settings or ()]
    masking = parse_masking(mask, invert_mask, feather)
    parsed_mixes = [parse_mix(text) for text in mixes or ()]
    named = [("direction", edit.name) for edit in edits] + [("project to mix with", mix.source) for mix in parsed_mixes]
    require_spared(target, [*named, *(("mask", edit.region) for edit in edits), ("mask", masking.region)])
    parsed_drags, kept = [parse_drag(text) for text in drags or ()], parse_regions(drag_keep or ())
    if kept and not parsed_drags:
        raise UsageError("--drag-keep is for drags, and there is none.", hint="Give --drag X,Y:X2,Y2 as well.")
    with open_store() as store:
        from latentedit.projection import preset_config

        session = opened(source, generator or DEFAULT_GENERATOR, device, store, frame)
        require_photograph_spared(target, session)
        preset_config(preset)  # refuses an unknown one before the work, and where a project needs none
        indices = [i for i in chosen_faces(session, face) if _is_projected(session, i) or not is_project(source)]
        if not indices:
            what = f"has no projection of face {face}" if face.isdecimal() else "holds no projected face"
            raise UsageError(f"{source.name} {what}.", hint="Project it first: latentedit project PHOTO.")
        if crop and len(indices) > 1:
            raise UsageError(f"--crop writes one face, and there are {len(indices)}.", hint="Choose one: --face largest.")
        require_known(edits, parsed_mixes, session.generator, own=session.own_directions)
        require_faces(session, indices, parsed_mixes)
        masks = PaintedMasks(session)
        for wanted in edits:
            masks.require_for_edits(indices, wanted.region)
        masks.require_for_photo(indices, masking)
        dragged = drags_by_face(session, indices, parsed_drags, kept)  # refuses what cannot be dragged before the work
        for index in indices:
            if not _is_projected(session, index):
                run_projection(
                    session, index, target, preset=preset, method="auto", space="w_plus", steps=None, seed=seed, store=store
                )
        names = apply_edits(session, indices, edits, cast("CompositingMode | None", mode), masks)
        apply_mixes(session, indices, parsed_mixes)
        reached = run_drags(session, dragged, kept)
        apply_masking(session, indices, masking, masks)
        write(session, indices, target, crop=crop, mark_ai=not no_mark)
        forget_progress(target)
    if is_project(target):
        tell_new_names([wanted.name for wanted in edits], names)
    drawn_by = session.state.face(indices[0]).compositing.mode
    if as_json:
        print_json(
            {
                "input": str(source),
                "output": str(target),
                "faces": indices,
                "edits": {wanted.name: wanted.amount for wanted in edits},
                "mixes": mixes or [],
                "drags": reached,
                "mode": drawn_by,
                "mask": mask,
            }
        )
    else:
        tell(f"wrote {target}")


def require_faces(session: Session, indices: list[int], mixes: list[Mix]) -> None:
    """Fail before the work where a mix names a face that will not be projected.

    Raises:
        NoFaceError: there is no such face.
        UsageError: it is neither projected nor among those that are edited.
    """
    for mix in mixes:
        index = face_of(mix.source)
        if index is not None and session.face(index).latents is None and index not in indices:
            raise UsageError(f"Face {index} is not projected.", hint="Edit it as well: --face all.")


def tell_new_names(given: list[str], names: list[str]) -> None:
    """Say which directions have another name in the project than one would think, for the next edit of it."""
    for name_or_path, name in dict.fromkeys(zip(given, names, strict=True)):
        if name not in (name_or_path, Path(name_or_path).stem):
            tell(f"{name_or_path} is called {name} in the project")


def write(session: Session, indices: list[int], target: Path, *, crop: bool, mark_ai: bool) -> None:
    """The project, the photograph, or the first face alone."""
    if is_project(target):
        session.save(target)
    elif not crop:
        session.export(target, mark_ai=mark_ai)
    else:
        write_crop(session, indices[0], target, mark_ai=mark_ai)


def _is_projected(session: Session, index: int) -> bool:
    return session.face(index).latents is not None
