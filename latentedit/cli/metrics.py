"""``latentedit metrics``: two sets of images in figures."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from latentedit.cli.console import print_json, print_table, step_bar
from latentedit.cli.laboratory import laboratory
from latentedit.cli.options import DeviceOption, JsonFlag, SeedOption


def metrics_command(
    real: Annotated[Path, typer.Argument(metavar="REAL", help="A folder or zip of images, or an idx file.", readable=False)],
    fake: Annotated[Path, typer.Argument(metavar="FAKE", help="Generated images, likewise.", readable=False)],
    extractor: Annotated[
        str, typer.Option(help="vgg16, mnist, fashion-mnist, or the file of FID's Inception network.")
    ] = "vgg16",
    metrics: Annotated[str, typer.Option(help="fid, kid, is, pr, prd, ms-ssim, with commas; or all.")] = "all",
    max_images: Annotated[int | None, typer.Option(min=5, help="Of each set, chosen at random.")] = None,
    seed: SeedOption = 0,
    device: DeviceOption = "auto",
    as_json: JsonFlag = False,
) -> None:
    """Compare generated images with real ones."""
    steps = laboratory("metrics.commands").measured(
        real, fake, extractor=extractor, metrics=metrics, device=device, seed=seed, max_images=max_images
    )
    figures: list[dict[str, Any]] = []
    with step_bar() as bar:
        task = bar.add_task("images", total=None)
        for step in steps:
            bar.update(task, total=step.total, completed=step.done)
            figures = [figure.to_json() for figure in step.figures]
    if as_json:
        print_json({"real": str(real), "fake": str(fake), "seed": seed, "figures": figures})
        return
    rows = [(f["name"], f"{f['value']:.4g}", f["n_real"], f["n_fake"], f["extractor"], f["note"]) for f in figures]
    print_table("latentedit metrics", ("figure", "value", "real", "fake", "by", "note"), rows)
