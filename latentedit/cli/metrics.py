"""``latentedit metrics``: how good generated images are, in figures."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from latentedit.cli.console import print_json, print_table, step_bar, tell
from latentedit.cli.laboratory import laboratory
from latentedit.cli.options import DeviceOption, JsonFlag, SeedOption
from latentedit.errors import UsageError


def metrics_command(
    real: Annotated[
        Path,
        typer.Argument(metavar="REAL", help="Real images: a folder, a zip, an idx file, or MNIST's folder.", readable=False),
    ],
    fake: Annotated[
        Path,
        typer.Argument(
            metavar="FAKE", help="Generated images, likewise; or a training run's folder or checkpoint.", readable=False
        ),
    ],
    extractor: Annotated[
        str,
        typer.Option(metavar="NAME|FILE", help="vgg16, mnist, fashion-mnist, or the file of FID's Inception network."),
    ] = "vgg16",
    metrics: Annotated[
        str, typer.Option(help="fid, kid, is, pr, prd, ms-ssim, with commas; or all. Of a run also ppl, triangles.")
    ] = "all",
    resolution: Annotated[
        int | None, typer.Option(min=8, max=4096, help="Width and height that all images are resized to first.")
    ] = None,
    max_images: Annotated[int | None, typer.Option(min=5, help="Images of each set at most, chosen by chance.")] = None,
    n_real: Annotated[int | None, typer.Option(min=5, help="Real images at most, instead of --max-images.")] = None,
    n_fake: Annotated[int | None, typer.Option(min=5, help="Generated images at most, likewise.")] = None,
    seed: SeedOption = 0,
    device: DeviceOption = "auto",
    as_json: JsonFlag = False,
) -> None:
    """Compare generated images with real ones."""
    steps = laboratory("metrics.commands").measured(
        real,
        fake,
        extractor=extractor,
        metrics=metrics,
        resolution=resolution,
        device=device,
        seed=seed,
        n_real=max_images if n_real is None else n_real,
        n_fake=max_images if n_fake is None else n_fake,
    )
    report: dict[str, Any] = {}
    with step_bar() as bar:
        task = bar.add_task("real", total=None)
        for step in steps:
            bar.update(task, description=step.doing, total=step.total, completed=step.done)
            if step.report is not None:
                report = step.report.to_json()
    if not report["figures"]:
        why = "; ".join(f"{entry['metric']}: {entry['why']}" for entry in report["left_out"])
        raise UsageError(f"Nothing can be measured ({why}).", hint="Ask for other metrics, or take another extractor.")
    if as_json:
        print_json({"real": str(real), "fake": str(fake), **report})
        return
    for entry in report["left_out"]:
        tell(f"{entry['metric']} is left out: {entry['why']}")
    by = {f"by {f['extractor']}; {f['resizer']}": None for f in report["figures"] if f["extractor"]}
    columns = ("figure", "value", "real", "fake", "note")
    rows = [(f["name"], _told(f["value"]), f["n_real"], f["n_fake"], f["note"]) for f in report["figures"]]
    print_table("; ".join(by) or "of the pixels", columns, rows)


def _told(value: float | None) -> str:
    return "none" if value is None else f"{value:.4g}"
