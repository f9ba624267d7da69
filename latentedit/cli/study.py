"""``latentedit study``: many training runs, and what they come to."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from latentedit.cli.console import printable, step_bar, tell
from latentedit.cli.interrupts import ended_by_interrupt
from latentedit.cli.laboratory import laboratory
from latentedit.cli.options import DeviceOption
from latentedit.errors import Cancelled, UsageError

app = typer.Typer(help="Training studies: tables and plots.", no_args_is_help=True, rich_markup_mode=None)
OutOption = Annotated[
    Path, typer.Option("--out", "-o", metavar="DIR", help="A folder for runs, table and plots; an interrupted study goes on.")
]
MnistOption = Annotated[Path | None, typer.Option("--mnist", metavar="DIR", help="MNIST's four idx files.")]


@app.command("lucic")
def lucic_command(
    out: OutOption,
    mnist: MnistOption = None,
    fashion: Annotated[Path | None, typer.Option("--fashion", metavar="DIR", help="Fashion-MNIST's four idx files.")] = None,
    losses: Annotated[str | None, typer.Option(help="Names with commas, or all; the paper's seven if not given.")] = None,
    seeds: Annotated[int, typer.Option(min=1, help="Runs of each loss.")] = 3,
    kimg: Annotated[float, typer.Option(min=0.064, help="Thousands of real images that each discriminator sees.")] = 1200.0,
    width: Annotated[int, typer.Option(min=2, help="Channels of the first layer; 64 in the paper. Rates grow as it falls.")] = 64,
    search: Annotated[int, typer.Option(min=0, help="Draws of the paper's random search, in place of defaults.")] = 0,
    engine: Annotated[str, typer.Option(help="local or ray.")] = "local",
    workers: Annotated[int, typer.Option(min=1, help="Runs at once.")] = 1,
    address: Annotated[str | None, typer.Option(help="Of a Ray cluster; without it one is started here.")] = None,
) -> None:
    """Compare losses on one architecture, with equal budgets (Lucic et al., 2018)."""
    if mnist is None and fashion is None:
        raise UsageError("No images are named.", hint="Give --mnist DIR, --fashion DIR, or both.")
    study = laboratory("study.commands")
    folders = {"mnist": mnist, "fashion-mnist": fashion}
    jobs = study.lucic_jobs_of(
        {name: path for name, path in folders.items() if path is not None},
        out=out,
        losses=losses,
        seeds=seeds,
        kimg=kimg,
        width=width,
        search=search,
    )
    with step_bar() as bar:
        task = bar.add_task("runs", total=len(jobs))
        for number, result in enumerate(study.results_of(jobs, engine=engine, workers=workers, address=address), start=1):
            bar.update(task, completed=number, description=printable(f"{result['name']}: FID {result['fid']:.1f}"))
    for path in study.report_lucic(jobs, out):
        tell(f"wrote {path}")
    typer.echo(study.lucic_table(jobs))


@app.command("few-labels")
def few_labels_command(
    mnist: Annotated[Path, typer.Option("--mnist", metavar="DIR", help="MNIST's four idx files.")],
    out: OutOption,
    draws: Annotated[str, typer.Option(help="Seeds of the labelled images, with commas.")] = "0,1,2",
    overrides: Annotated[
        list[str] | None, typer.Argument(metavar="[KEY=VALUE]...", help="Settings that differ from the recipe's.")
    ] = None,
    device: DeviceOption = "auto",
) -> None:
    """Learn MNIST from a hundred labels, with a generator and without (Salimans et al., 2016)."""
    study = laboratory("study.commands")
    steps = study.few_labels_steps(mnist, out=out, draws=draws, overrides=overrides or [], device=device)
    with step_bar() as bar, ended_by_interrupt() as ended, closing(steps):
        task = bar.add_task("runs", total=None)
        for step in steps:
            told = "" if step.point is None else f"; {step.point.error_percent:.2f} % wrong"
            bar.update(task, total=step.total, completed=step.step, description=f"{step.run}{told}")
            if ended():
                raise Cancelled(f"Stopped in {step.run} after step {step.step}; the same command goes on.")
    for path in study.report_few_labels(out, draws):
        tell(f"wrote {path}")
    typer.echo(study.few_labels_table(out, draws))
