"""``latentedit directions try``: what directions do to a face of one's own, on one sheet."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from latentedit.cli.beside import opened_beside, project_beside
from latentedit.cli.console import print_json, step_bar, tell
from latentedit.cli.options import (
    DeviceOption,
    JsonFlag,
    NoMarkFlag,
    chosen_faces,
    is_project,
    refuse_folder,
    require_different,
    require_folder,
    require_one_face,
    require_photograph_spared,
    require_picture,
    require_spared,
)
from latentedit.cli.store import open_store
from latentedit.defaults import DEFAULT_GENERATOR
from latentedit.errors import UsageError

if TYPE_CHECKING:
    from latentedit.assets import AssetStore
    from latentedit.direction_trials import Trial
    from latentedit.session import Session

AMOUNTS_HELP = "How many for each direction, from one end of its range to the other; an odd number has 0 in the middle."


def try_command(
    source: Annotated[
        Path,
        typer.Argument(
            metavar="PROJECT.ledit|PHOTO", help="A project, or a photograph with its project beside it.", readable=False
        ),
    ],
    output: Annotated[Path, typer.Option("-o", "--output", metavar="SHEET.png", help="Where the sheet goes.")],
    names: Annotated[list[str] | None, typer.Argument(metavar="[NAME|FILE]...", help="Which; all that ship by default.")] = None,
    amounts: Annotated[int, typer.Option("--amounts", metavar="N", help=AMOUNTS_HELP, min=2, max=99)] = 5,
    face: Annotated[str, typer.Option(help="Whose: largest, or a number from 0.")] = "largest",
    generator: Annotated[str, typer.Option("--generator", help="Of a photograph's project.")] = DEFAULT_GENERATOR,
    device: DeviceOption = "auto",
    no_mark: NoMarkFlag = False,
    as_json: JsonFlag = False,
) -> None:
    """Draw your own face at amounts over the ranges of directions, a row for each, on top of the edits that it has."""
    from latentedit.direction_trials import trial_sheet
    from latentedit.image_io import xmp
    from latentedit.images import save_image

    refuse_folder(source)
    require_one_face(face, "A sheet shows one face.")
    require_folder(output)
    require_picture(output)
    require_different({"input": source, "sheet": output})
    require_spared(output, [("direction", name) for name in names or ()])
    with open_store() as store:
        session = _opened(source, generator, device, store)
        require_photograph_spared(output, session)
        (index,) = chosen_faces(session, face)
        trials = _tried(session, index, names or [], amounts)
        save_image(output, trial_sheet(trials), mark_ai=not no_mark, source_type=xmp.EDITED)
    if as_json:
        rows: dict[str, list[float]] = {}
        for trial in trials:
            rows.setdefault(trial.name, []).append(trial.amount)
        print_json({"input": str(source), "output": str(output), "face": index, "directions": rows})
    else:
        tell(f"wrote {output}")


def _opened(source: Path, generator: str, device: str, store: AssetStore) -> Session:
    """The project, or that beside the photograph.

    Raises:
        UsageError: there is none beside it, of this photograph.
    """
    from latentedit.engine import Engine
    from latentedit.generators import resolve_device
    from latentedit.images import open_photo
    from latentedit.session import Session

    engine = Engine(str(resolve_device(device)), store=store)
    if is_project(source):
        return Session.open(source, engine=engine)
    open_photo(source)  # tells whether it is a photograph at all
    session = opened_beside(source, generator, engine, preset=None, seed=None)
    if session is None:
        raise UsageError(f"{source.name} is not projected yet.", hint=f"Project it first: latentedit project {source}")
    tell(f"using the projection in {project_beside(source)}, not its edits")
    return session


def _tried(session: Session, index: int, names: list[str], amounts: int) -> list[Trial]:
    from latentedit.direction_trials import try_directions

    trials = []
    with step_bar() as bar:
        task = bar.add_task("drawing", total=None)
        for trial in try_directions(session, index, names, amounts=amounts):
            trials.append(trial)
            bar.update(task, description=f"drawing {trial.name}", total=trial.num_trials, completed=trial.number + 1)
    return trials
