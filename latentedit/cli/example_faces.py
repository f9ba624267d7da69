"""The faces that ``discover examples`` compares: seeds, projects, folders of projects, or a file of labels."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from latentedit.cli.generate import parse_seeds
from latentedit.cli.options import is_project
from latentedit.defaults import PROJECT_SUFFIX
from latentedit.edits.edit import MAX_SEED
from latentedit.errors import CheckpointError, InputError, ProjectFileError, UsageError

if TYPE_CHECKING:
    from torch import Tensor

    from latentedit.generators import Generator

Example = int | Path
"""A seed, or a project."""
MAX_LABEL_BYTES = 1 << 20
HINT = "Write seeds (1,4,9-12), a .ledit file, or a folder of them."


def parse_group(text: str) -> list[Example]:
    """What ``--a`` or ``--b`` names: ``"1,4,7"``, ``"face.ledit"`` or ``"FOLDER"``.

    Raises:
        UsageError: it is none of these, or the folder holds no projects.
    """
    path = Path(text)
    if text and path.is_dir():
        found: list[Example] = [*sorted(path.glob(f"*{PROJECT_SUFFIX}"))]
        if not found:
            raise UsageError(f"The folder {path} holds no projects.", hint=HINT)
        return found
    if is_project(path):
        return [_project(path)]
    try:
        return [*parse_seeds(text)]
    except UsageError as error:
        raise UsageError(f"{text} names no faces.", hint=HINT) from error


def read_labels(path: Path) -> tuple[list[Example], list[Example]]:
    """Two groups from a file whose lines are ``SEED A``, ``FILE.ledit B``... (a comma, a tab or spaces between; # begins a comment).

    Raises:
        InputError: it cannot be read, or a line is none of these.
    """
    try:
        with path.open("rb") as file:
            text = file.read(MAX_LABEL_BYTES).decode("utf-8-sig")  # some editors of Windows begin with a mark
    except FileNotFoundError as error:
        raise InputError(f"There is no file {path}.", hint="Check the spelling and the folder.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path} cannot be read as text.", hint="Its lines are: SEED A or FILE.ledit B.") from error
    groups: dict[str, list[Example]] = {"A": [], "B": []}
    for number, line in enumerate(text.splitlines(), start=1):
        words = line.partition("#")[0].replace(",", " ").replace("\t", " ").strip()
        if not words:
            continue
        what, _, label = words.rpartition(" ")
        if label.upper() not in groups or not what.strip():
            raise InputError(
                f"{path.name}, line {number}: {line.strip()[:60]} is no label.", hint="Write: SEED A or FILE.ledit B."
            )
        groups[label.upper()].append(_labelled(what.strip(), path, number))
    for label, group in groups.items():
        if not group:
            raise InputError(f"{path.name} labels no face {label}.", hint="Write: SEED A or FILE.ledit B, of both some.")
    return groups["A"], groups["B"]


def _labelled(what: str, labels: Path, number: int) -> Example:
    if what.isascii() and what.isdecimal() and len(what) < 20 and int(what) <= MAX_SEED:
        return int(what)
    if is_project(Path(what)):
        return _project(labels.parent / what)
    raise InputError(
        f"{labels.name}, line {number}: {what[:60]} is no seed and no project.", hint="Write: SEED A or FILE.ledit B."
    )


def _project(path: Path) -> Path:
    if not path.is_file():
        raise UsageError(f"There is no project {path}.", hint=HINT)
    return path


def latents_of(examples: Sequence[Example], generator: Generator, psi: float) -> Tensor:
    """The latents [N, num_ws, w_dim] of seeds and of projects' first projected faces.

    Raises:
        ProjectFileError: a project cannot be read.
        UsageError: a project holds no projected face.
        CheckpointError: a project was made with another generator.
    """
    import torch

    from latentedit.generators.prior import random_face

    latents = []
    for example in examples:
        if isinstance(example, int):
            latents.append(random_face(generator, example, truncation_psi=psi))
        else:
            latents.append(_first_face(example, generator))
    return torch.cat(latents)


def _first_face(path: Path, generator: Generator) -> Tensor:
    import torch

    from latentedit.project_file import load_project

    try:
        project = load_project(path)
    except ProjectFileError as error:  # of many, which
        raise ProjectFileError(f"{path.name}: {error}", hint=error.hint) from error
    found = next((face.latents for face in project.faces if face.latents is not None), None)
    if found is None or project.generator is None:
        raise UsageError(f"{path.name} holds no projected face.", hint="Project it first: latentedit project PHOTO.")
    if project.generator.weights_hash != generator.spec.weights_hash:
        raise CheckpointError(
            f"{path.name} was made with the generator {project.generator.name}, not {generator.spec.name}.",
            hint="Choose that with --generator, or project the photograph again.",
        )
    return torch.tensor(found.w_plus).to(generator.device)
