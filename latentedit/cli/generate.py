"""``latentedit generate``: faces from the prior."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import numpy as np
import typer
from numpy.typing import NDArray

from latentedit.cli.console import print_json, step_bar, tell
from latentedit.cli.options import (
    DeviceOption,
    JsonFlag,
    NoMarkFlag,
    ResolutionOption,
    require_file,
    require_folder,
    require_parent,
    require_picture,
)
from latentedit.cli.store import open_store
from latentedit.cli.writing import tell_notes
from latentedit.defaults import DEFAULT_GENERATOR, DEFAULT_PSI
from latentedit.edits.edit import MAX_SEED
from latentedit.edits.state import MAX_PSI
from latentedit.errors import CheckpointError, UsageError

if TYPE_CHECKING:
    from latentedit.generators import Generator

MAX_SEEDS = 10_000
MAX_GRID = 400
"""Twenty by twenty faces of 1024 px are 1.2 GB of pixels."""


def generate_command(
    output: Annotated[Path, typer.Option("-o", "--output", help="A picture for a grid, or a folder for one file each.")],
    seeds: Annotated[str, typer.Option(help="Numbers and ranges: 0-15 or 1,4,9.")] = "0-15",
    psi: Annotated[float, typer.Option(help="Truncation: 0 is the average face, 1 the whole variety.")] = DEFAULT_PSI,
    generator: Annotated[str, typer.Option(help="Which generator.")] = DEFAULT_GENERATOR,
    label: Annotated[
        int | None,
        typer.Option("--class", help="Which class, of a generator with classes; chosen by the seed when left out.", min=0),
    ] = None,
    truncation_layers: Annotated[
        int | None,
        typer.Option(
            help="How many of the first layers --psi truncates; 8 for StyleGAN1 and all otherwise when left out.", min=0
        ),
    ] = None,
    resolution: ResolutionOption = None,
    device: DeviceOption = "auto",
    no_mark: NoMarkFlag = False,
    as_json: JsonFlag = False,
) -> None:
    """Draw faces that never were."""
    from latentedit.generators import load_generator, resolve_device
    from latentedit.generators.prior import usual_cutoff
    from latentedit.generators.rgb import in_colour
    from latentedit.images import save_image

    numbers = parse_seeds(seeds)
    if not abs(psi) <= MAX_PSI:  # nor is NaN
        raise UsageError(f"The truncation psi must be a number from -{MAX_PSI:g} to {MAX_PSI:g}.")
    if resolution is not None:
        require_file(generator)
    one_file = bool(output.suffix)
    require_folder(output) if one_file else require_parent(output)
    if one_file:
        require_picture(output)
        if len(numbers) > MAX_GRID:
            raise UsageError(f"A grid holds at most {MAX_GRID} faces.", hint="Name a folder instead of a file: -o FOLDER.")
    with open_store() as store:
        G = in_colour(load_generator(generator, resolve_device(device), resolution, store=store))
    cutoff = usual_cutoff(G.spec) if truncation_layers is None else truncation_layers
    if cutoff is not None and cutoff > G.num_ws:
        raise UsageError(f"{generator} has {G.num_ws} layers, not {cutoff}.", hint=f"Give --truncation-layers 0 to {G.num_ws}.")
    if not one_file:
        output.mkdir(exist_ok=True)
    pictures = []
    with step_bar() as bar:
        task = bar.add_task("drawing", total=len(numbers))
        for seed in numbers:
            picture = drawn(G, seed, psi, label, cutoff)
            if one_file:
                pictures.append(picture)
            else:
                save_image(output / file_name(seed), picture, mark_ai=not no_mark)
            bar.advance(task)
    if one_file:
        save_image(output, grid(pictures), mark_ai=not no_mark)
        tell_notes(output, mark_ai=not no_mark)
    if as_json:
        print_json({"output": str(output), "generator": generator, "psi": psi, "seeds": numbers})
    else:
        tell(f"wrote {output}" if one_file else told_files(output, numbers))


def file_name(seed: int) -> str:
    """What the picture of a seed is called in a folder."""
    return f"seed{seed:04d}.png"


def told_files(folder: Path, seeds: list[int]) -> str:
    """Where the pictures of seeds went."""
    names = [file_name(seed) for seed in sorted(set(seeds))]
    return f"wrote {folder / names[0]}" + (f" to {names[-1]} ({len(names)} pictures)" if names[1:] else "")


def drawn(G: Generator, seed: int, psi: float, label: int | None = None, cutoff: int | None = None) -> NDArray[np.uint8]:
    """The face of one seed, [R, R, 3], of a class where there are classes, truncated in the first ``cutoff`` layers, in all when None.

    Raises:
        UsageError: there is no such class.
        CheckpointError: what is drawn is not finite.
    """
    import torch

    from latentedit.generators.prior import random_face
    from latentedit.images import is_finite, to_uint8

    with torch.no_grad():
        image = G.synthesis(random_face(G, seed, truncation_psi=psi, truncation_cutoff=cutoff, label=label))
    if not is_finite(image):
        raise CheckpointError(
            f"The generator draws nothing finite for the seed {seed}.", hint="Its weights are damaged, or --psi is too large."
        )
    return to_uint8(image)


def parse_seeds(text: str) -> list[int]:
    """``"0-3,7"`` -> ``[0, 1, 2, 3, 7]``.

    Raises:
        UsageError: it is no list of numbers and ranges, or a very long one.
    """
    seeds: list[int] = []
    for part in text.split(","):
        first, dash, last = part.strip().partition("-")
        if not _is_number(first) or (dash and not _is_number(last)):
            raise UsageError(f"{text} is no list of seeds.", hint="Write --seeds 0-15 or --seeds 1,4,9.")
        end = int(last) if dash else int(first)
        if end > MAX_SEED:
            raise UsageError(f"The seed {end} is too large.", hint=f"Seeds are numbers up to {MAX_SEED}.")
        if end < int(first):
            raise UsageError(f"The range {part} is empty.")
        if len(seeds) + end - int(first) >= MAX_SEEDS:
            raise UsageError(f"At most {MAX_SEEDS} faces are drawn at once.")
        seeds += range(int(first), end + 1)
    return seeds


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 30


def grid(pictures: list[NDArray[np.uint8]]) -> NDArray[np.uint8]:
    """Pictures [H, W, 3] of one size side by side, as near to a square as can be; what is left over is black."""
    columns = int(np.ceil(np.sqrt(len(pictures))))
    rows = -(-len(pictures) // columns)
    height, width, _ = pictures[0].shape
    sheet = np.zeros((rows * height, columns * width, 3), dtype=np.uint8)
    for i, picture in enumerate(pictures):
        row, column = divmod(i, columns)
        sheet[row * height : (row + 1) * height, column * width : (column + 1) * width] = picture
    return sheet
