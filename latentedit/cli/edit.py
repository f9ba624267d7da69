"""``latentedit edit``: change a face and write the photograph."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from latentedit.cli.beside import keep_beside, opened_beside, project_beside
from latentedit.cli.console import print_json, tell
from latentedit.cli.dragging import parse_drag, parse_regions
from latentedit.cli.edit_facts import face_edit_facts
from latentedit.cli.edit_options import (
    MODES,
    CrossOption,
    DragOption,
    EditPresetOption,
    KeepOption,
    MixOption,
    ModeOption,
    MoveOption,
    NoProjectFlag,
    OffOption,
    OnOption,
    RedoOption,
    RemoveOption,
    ResetFlag,
    SetOption,
    UndoOption,
    VaryOption,
)
from latentedit.cli.edit_request import Editing, EditRequest
from latentedit.cli.options import (
    DeviceOption,
    JsonFlag,
    NoMarkFlag,
    QualityOption,
    ResolutionOption,
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
from latentedit.cli.projecting import engine_for, opened, run_projection
from latentedit.cli.store import open_store
from latentedit.cli.writing import tell_notes
from latentedit.defaults import DEFAULT_GENERATOR
from latentedit.edits import CompositingMode
from latentedit.edits.edit import MAX_FEATHER, MAX_SEED
from latentedit.errors import UsageError
from latentedit.face_crop import write_crop
from latentedit.kept_projection import forget_progress
from latentedit.requested_changes import Changes, parse_move
from latentedit.requested_crosses import parse_parent
from latentedit.requested_edits import parse_assignment
from latentedit.requested_masks import MASK_HELP, parse_masking
from latentedit.requested_mixes import parse_mix
from latentedit.requested_variations import parse_variation

if TYPE_CHECKING:
    from latentedit.session import Session

DEFAULT_PRESET = "balanced"


def edit_command(
    source: Annotated[
        Path, typer.Argument(metavar="INPUT", help="A .ledit project, or a photograph (projected first).", readable=False)
    ],
    output: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", help="A picture, or a .ledit project; NAME-edited in the photograph's own kind by default."
        ),
    ] = None,
    undo: UndoOption = 0,
    redo: RedoOption = 0,
    reset: ResetFlag = False,
    remove: RemoveOption = None,
    off: OffOption = None,
    on: OnOption = None,
    move: MoveOption = None,
    settings: SetOption = None,
    mixes: MixOption = None,
    crosses: CrossOption = None,
    variations: VaryOption = None,
    drags: DragOption = None,
    drag_keep: KeepOption = None,
    face: Annotated[str, typer.Option(help="largest, all, or a number from 0.")] = "all",
    mode: ModeOption = None,
    mask: Annotated[str | None, typer.Option("--mask", help=MASK_HELP)] = None,
    invert_mask: Annotated[bool, typer.Option("--invert-mask", help="Everything but that.")] = False,
    feather: Annotated[
        float | None, typer.Option(help="Softness of the mask's edge, a share of the face's square.", min=0, max=MAX_FEATHER)
    ] = None,
    square: SquareOption = None,
    crop: Annotated[bool, typer.Option("--crop", help="Write the face alone at the generator's size.")] = False,
    preset: EditPresetOption = None,
    seed: Annotated[int | None, typer.Option(help="Seed of the projection; 0, as for the preset.", min=0, max=MAX_SEED)] = None,
    device: DeviceOption = "auto",
    generator: Annotated[str | None, typer.Option(help=f"Which generator, for a photograph; {DEFAULT_GENERATOR}.")] = None,
    resolution: ResolutionOption = None,
    no_project: NoProjectFlag = False,
    no_mark: NoMarkFlag = False,
    quality: QualityOption = None,
    as_json: JsonFlag = False,
) -> None:
    """Change faces along directions, for example --set smile=2 --set age=-3.

    A photograph's projection is kept beside it, in PHOTO.ledit, and used by the next edit of the same photograph, without the edits in there.
    """
    refuse_folder(source)
    target = output or default_result(source)
    require_folder(target)
    if not is_project(target):
        require_picture(target, quality)
    elif quality is not None:
        raise UsageError("A project has no --quality: it loses nothing.", hint="Name a .jpg, .webp or .avif with -o.")
    elif crop:
        raise UsageError("A project has no --crop.", hint="Name a picture with -o.")
    require_different({"input": source, "result": target})
    if is_project(source) and (generator is not None or resolution is not None):
        raise UsageError("A project keeps the generator that it was made with.", hint="Leave --generator and --resolution out.")
    frame = parse_square(square)
    if is_project(source) and frame is not None:
        raise UsageError("A project keeps the squares that it was made with.", hint="Leave --square out.")
    if mode is not None and mode not in MODES:
        raise UsageError(f"There is no mode {mode}.", hint=f"Choose {', '.join(MODES[:-1])} or {MODES[-1]}.")
    moves = tuple(parse_move(text) for text in move or ())
    request = EditRequest(
        Changes(undo, redo, reset, tuple(remove or ()), tuple(off or ()), tuple(on or ()), moves),
        [parse_assignment(text) for text in settings or ()],
        cast("CompositingMode | None", mode),
        [parse_mix(text) for text in mixes or ()],
        [parse_parent(text) for text in crosses or ()],
        [parse_variation(text) for text in variations or ()],
        [parse_drag(text) for text in drags or ()],
        parse_regions(drag_keep or ()),
        parse_masking(mask, invert_mask, feather),
    )
    require_spared(target, request.files())
    if request.kept and not request.drags:
        raise UsageError("--drag-keep is for drags, and there is none.", hint="Give --drag X,Y:X2,Y2 as well.")
    if not (is_project(source) or is_project(target) or crop or request.changes_photographs):
        raise UsageError(
            f"Nothing is to be done to {source.name}.", hint="Say what: --set smile=2; or keep its projection: -o NAME.ledit."
        )
    with open_store() as store:
        from latentedit.projection import preset_config

        preset_config(preset or DEFAULT_PRESET)  # refuses an unknown one before the work, and where a project needs none
        name = generator or DEFAULT_GENERATOR
        takes_beside = not (is_project(source) or no_project or frame is not None)
        engine = engine_for(name, resolution, device, store)
        session = opened_beside(source, name, engine, preset=preset, seed=seed) if takes_beside else None
        found_beside = session is not None
        session = session or opened(source, name, engine, store, frame)
        require_photograph_spared(target, session)
        indices = [i for i in chosen_faces(session, face) if _is_projected(session, i) or not is_project(source)]
        if not indices:
            raise _nothing_projected(source, face)
        if crop and len(indices) > 1:
            raise UsageError(f"--crop writes one face, and there are {len(indices)}.", hint="Choose one: --face largest.")
        editing = Editing(session, indices, request)
        editing.begin()
        new = [index for index in indices if not _is_projected(session, index)]
        latents_in = project_beside(source) if found_beside and len(new) < len(indices) else None
        if latents_in is not None:
            tell(f"using the projection in {latents_in}, not its edits")
        for index in new:
            run_projection(
                session,
                index,
                target,
                preset=preset or DEFAULT_PRESET,
                method="auto",
                space="w_plus",
                steps=None,
                seed=seed or 0,
                store=store,
            )
        if new and takes_beside and not is_project(target) and not session.takes_squares:
            latents_in = keep_beside(session, source) or latents_in
        reached = editing.finish()
        write(session, indices, target, crop=crop, mark_ai=not no_mark, quality=quality)
        forget_progress(target)
    if is_project(target):
        editing.tell_new_names()
    if as_json:
        print_json(
            {
                "input": str(source),
                "output": str(target),
                "project": None if latents_in is None else str(latents_in),
                "faces": indices,
                "edits": {wanted.name: wanted.amount for wanted in request.edits},
                "mixes": mixes or [],
                "drags": reached,
                "mode": session.state.face(indices[0]).compositing.mode,
                "mask": mask,
                "stacks": [
                    {"face": index, **face_edit_facts(session.state.face(index), session.mask_names)} for index in indices
                ],
            }
        )
    else:
        tell(f"wrote {target}")


def default_result(source: Path) -> Path:
    """``photo-edited.jpg`` beside ``photo.jpg``: in the kind of the photograph, also of the one in a project; PNG where that cannot be written."""
    from latentedit.batch.inputs import BatchItem
    from latentedit.batch.naming import result_suffix

    return source.with_name(f"{source.stem}-edited{result_suffix(BatchItem(source, source.name), None)}")


def write(session: Session, indices: list[int], target: Path, *, crop: bool, mark_ai: bool, quality: int | None) -> None:
    """The project, the photograph, or the first face alone."""
    if is_project(target):
        session.save(target)
    elif not crop:
        if session.export(target, mark_ai=mark_ai, quality=quality):
            tell_notes(target, session.photo, mark_ai=mark_ai, quality=quality)
    else:
        write_crop(session.scene, indices[0], target, mark_ai=mark_ai, quality=quality)
        tell_notes(target, mark_ai=mark_ai)


def _nothing_projected(source: Path, face: str) -> UsageError:
    """The error for a project of which no chosen face is projected."""
    numbered = face.isdecimal()
    what = f"has no projection of face {face}" if numbered else "holds no projected face"
    which = f" --face {face}" if numbered else ""
    return UsageError(f"{source.name} {what}.", hint=f"Project it first: latentedit project {source.name}{which} -o NAME.ledit.")


def _is_projected(session: Session, index: int) -> bool:
    return session.face(index).latents is not None
