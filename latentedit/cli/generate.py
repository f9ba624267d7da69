"""``latentedit generate``: faces from the prior."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import numpy as np
import torch
import typer

from latentedit.cli.console import step_bar
from latentedit.cli.store import open_store
from latentedit.errors import StorageError, UsageError
from latentedit.generators import load_generator, resolve_device
from latentedit.generators.registry import MOBILESTYLEGAN
from latentedit.images import save_image, to_uint8

MAX_SEEDS = 10_000


def generate_command(
    output: Annotated[Path, typer.Option("-o", "--output", help="A picture for a grid, or a folder for one file each.")],
    seeds: Annotated[str, typer.Option(help="Numbers and ranges: 0-15 or 1,4,9.")] = "0-15",
    psi: Annotated[float, typer.Option(help="Truncation: 0 is the average face, 1 the whole variety.")] = 0.7,
    generator: Annotated[str, typer.Option(help="Which generator.")] = MOBILESTYLEGAN,
    device: Annotated[str, typer.Option(help="auto, cpu, cuda or mps.")] = "auto",
) -> None:
    """Draw faces that never were."""
    numbers = parse_seeds(seeds)
    if not output.parent.is_dir():
        raise StorageError(f"The folder {output.parent} does not exist.", hint="Make it first, or choose another.")
    with open_store() as store:
        G = load_generator(generator, device=resolve_device(device), store=store)
    pictures = []
    with step_bar() as bar, torch.no_grad():
        task = bar.add_task("drawing", total=len(numbers))
        for seed in numbers:
            z = torch.randn(1, G.z_dim, generator=torch.Generator().manual_seed(seed)).to(G.device)
            pictures.append(to_uint8(G.synthesis(G.mapping(z, truncation_psi=psi))))
            bar.advance(task)
    if output.suffix:
        save_image(output, grid(pictures))
    else:
        output.mkdir(exist_ok=True)
        for seed, picture in zip(numbers, pictures, strict=True):
            save_image(output / f"seed{seed:04d}.png", picture)


def parse_seeds(text: str) -> list[int]:
    """``"0-3,7"`` -> ``[0, 1, 2, 3, 7]``.

    Raises:
        UsageError: it is no list of numbers and ranges, or a very long one.
    """
    seeds: list[int] = []
    for part in text.split(","):
        first, dash, last = part.strip().partition("-")
        if not first.isdigit() or (dash and not last.isdigit()):
            raise UsageError(f"{text} is no list of seeds.", hint="Write --seeds 0-15 or --seeds 1,4,9.")
        end = int(last) if dash else int(first)
        if end < int(first) or end - int(first) > MAX_SEEDS:
            raise UsageError(f"The range {part} is empty or longer than {MAX_SEEDS}.")
        seeds += range(int(first), end + 1)
    return seeds


def grid(pictures: list[np.ndarray]) -> np.ndarray:
    """Pictures [H, W, 3] of one size side by side, as near to a square as can be; what is left over is black."""
    columns = int(np.ceil(np.sqrt(len(pictures))))
    rows = -(-len(pictures) // columns)
    height, width, _ = pictures[0].shape
    sheet = np.zeros((rows * height, columns * width, 3), dtype=np.uint8)
    for i, picture in enumerate(pictures):
        row, column = divmod(i, columns)
        sheet[row * height : (row + 1) * height, column * width : (column + 1) * width] = picture
    return sheet
