"""What the study of losses comes to: a table, a CSV, and plots."""

from __future__ import annotations

import csv
import io
import itertools
import math
import random
import statistics
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from PIL import Image

from latentedit.atomic_file import replacing
from latentedit_training.study.jobs import SAMPLES_NAME
from latentedit_training.study.lucic_losses import LUCIC_LOSSES

Result = Mapping[str, Any]
PAPER_FID: Mapping[str, Mapping[str, tuple[float, float]]] = {
    "mnist": {
        "mm": (9.8, 0.9),
        "ns": (6.8, 0.5),
        "lsgan": (7.8, 0.6),
        "wgan": (6.7, 0.4),
        "wgan-gp": (20.3, 5.0),
        "dragan": (7.6, 0.4),
        "began": (13.1, 1.0),
    },
    "fashion-mnist": {
        "mm": (29.6, 1.6),
        "ns": (26.5, 1.6),
        "lsgan": (30.7, 2.2),
        "wgan": (21.5, 1.6),
        "wgan-gp": (24.5, 2.1),
        "dragan": (27.7, 1.2),
        "began": (22.9, 0.9),
    },
}
"""The paper's best FIDs after its search, by Inception's features: their order can be compared with ours, not their values."""
FIELDS = (
    "data",
    "loss",
    "name",
    "seed",
    "fid",
    "precision",
    "recall",
    "f8",
    "f1_8",
    "kimg",
    "step",
    "diverged",
    "n_real",
    "n_fake",
    "extractor",
)


def grouped(results: Sequence[Result]) -> dict[tuple[str, str], list[Result]]:
    """Results by dataset and loss, in the order of the paper's table."""
    order = list(LUCIC_LOSSES)
    found: dict[tuple[str, str], list[Result]] = {}
    for result in sorted(results, key=lambda r: (r["group"][0], order.index(r["group"][1]), r["name"])):
        found.setdefault((result["group"][0], result["group"][1]), []).append(result)
    return found


def markdown_table(results: Sequence[Result]) -> str:
    """Mean and deviation over runs of each loss, with the best and the paper's best beside them."""
    lines = [
        "| data | loss | runs | FID | best | precision | recall | F8 | F1/8 | paper's best FID (Inception) |",
        "|-|-|-|-|-|-|-|-|-|-|",
    ]
    for (data, loss), runs in grouped(results).items():
        finite = [run for run in runs if math.isfinite(run["fid"])]
        lost = len(runs) - len(finite)
        if finite:
            columns = [
                _spread([run["fid"] for run in finite], 1),
                f"{min(run['fid'] for run in finite):.1f}",
                *(_spread([run[key] for run in finite], 2) for key in ("precision", "recall", "f8", "f1_8")),
            ]
        else:
            columns = ["-"] * 6
        paper = PAPER_FID.get(data, {}).get(loss)
        told = f"{paper[0]} ± {paper[1]}" if paper else ""
        count = f"{len(runs)}" + (f" ({lost} diverged)" if lost else "")
        lines.append(f"| {data} | {LUCIC_LOSSES[loss].title} | {count} | {' | '.join(columns)} | {told} |")
    return "\n".join(lines) + "\n"


def csv_text(results: Sequence[Result]) -> str:
    """A line for each run."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(FIELDS)
    for (data, loss), runs in grouped(results).items():
        for run in runs:
            seed = next((s.partition("=")[2] for s in reversed(run["settings"]) if s.startswith("seed=")), "")
            row = {**run, "data": data, "loss": loss, "seed": seed, "diverged": "yes" if run["diverged"] else ""}
            writer.writerow([f"{row[f]:.6g}" if isinstance(row.get(f), float) else row.get(f, "") for f in FIELDS])
    return text.getvalue()


def write_report(results: Sequence[Result], out: Path) -> list[Path]:
    """Write table, CSV and plots into a folder.

    Raises:
        StorageError: a file cannot be written.
    """
    texts = {"table.md": markdown_table(results), "runs.csv": csv_text(results)}
    figures = {"fid-over-images.png": _over_images, "fid-over-seeds.png": _over_seeds, "precision-recall.png": _precision_recall}
    if any("draw-" in result["name"] for result in results):
        figures["fid-over-search.png"] = _over_search
    written: list[Path] = []
    for name, text in texts.items():
        with replacing(out / name) as file:
            file.write(text.encode())
        written.append(out / name)
    datas = sorted({result["group"][0] for result in results})
    for name, draw in figures.items():
        figure = Figure(figsize=(6.4 * len(datas), 4.4), layout="constrained")
        for index, data in enumerate(datas):
            axes = figure.add_subplot(1, len(datas), index + 1)
            axes.set_title(data)
            draw(axes, {loss: runs for (of, loss), runs in grouped(results).items() if of == data})
        written.append(_write(figure, out / name))
    return [*written, _write(_samples(results, datas, out), out / "samples.png")]


def _write(figure: Figure, path: Path) -> Path:
    with io.BytesIO() as encoded:
        figure.savefig(encoded, format="png", dpi=100)
        with replacing(path) as file:
            file.write(encoded.getvalue())
    return path


def _samples(results: Sequence[Result], datas: Sequence[str], out: Path) -> Figure:
    """What the first run of each loss draws: the first two rows of its pictures."""
    runs = grouped(results)
    losses = [loss for loss in LUCIC_LOSSES if any((data, loss) in runs for data in datas)]
    figure = Figure(figsize=(3.2 * len(datas), 0.95 * len(losses)), layout="constrained")
    for (row, loss), (column, data) in itertools.product(enumerate(losses), enumerate(datas)):
        path = next((out / run["name"] / SAMPLES_NAME for run in runs.get((data, loss), ())), None)
        axes = figure.add_subplot(len(losses), len(datas), row * len(datas) + column + 1)
        axes.set_axis_off()
        axes.set_title(f"{LUCIC_LOSSES[loss].title}, {data}", fontsize=8)
        if path is not None and path.is_file():
            with Image.open(path) as grid:
                axes.imshow(grid.convert("L").crop((0, 0, grid.width, grid.height // 4)), cmap="gray", vmin=0, vmax=255)
    return figure


def _over_images(axes: Axes, losses: Mapping[str, Sequence[Result]]) -> None:
    """The middle run of each loss, and the range of all."""
    for number, (loss, runs) in enumerate(losses.items()):
        curves = [[*((p["kimg"], p["fid"]) for p in run["points"]), (run.get("kimg", math.nan), run["fid"])] for run in runs]
        length = min(len(curve) for curve in curves)
        kimg = [curves[0][index][0] for index in range(length)]
        values = [[curve[index][1] for curve in curves] for index in range(length)]
        colour = f"C{number}"
        axes.plot(kimg, [statistics.median(v) for v in values], color=colour, label=LUCIC_LOSSES[loss].title, marker=".")
        axes.fill_between(kimg, [min(v) for v in values], [max(v) for v in values], color=colour, alpha=0.15, linewidth=0)
    axes.set(xlabel="thousands of real images seen", ylabel="FID", yscale="log")
    axes.legend(fontsize=7)


def _over_seeds(axes: Axes, losses: Mapping[str, Sequence[Result]]) -> None:
    axes.boxplot([[run["fid"] for run in runs if math.isfinite(run["fid"])] for runs in losses.values()])
    axes.set_xticks(range(1, len(losses) + 1), [LUCIC_LOSSES[loss].title for loss in losses], rotation=30, ha="right", fontsize=7)
    axes.set(ylabel="FID of each run", yscale="log")


def _precision_recall(axes: Axes, losses: Mapping[str, Sequence[Result]]) -> None:
    for loss, runs in losses.items():
        finite = [run for run in runs if math.isfinite(run["fid"])]
        axes.scatter(
            [run["recall"] for run in finite], [run["precision"] for run in finite], label=LUCIC_LOSSES[loss].title, s=18
        )
    axes.set(xlabel="recall (k = 3)", ylabel="precision (k = 3)", xlim=(0, 1), ylim=(0, 1))
    axes.legend(fontsize=7)


def _over_search(axes: Axes, losses: Mapping[str, Sequence[Result]], *, resamples: int = 500) -> None:
    """The best FID to be expected of a search of so many draws (the paper's figure 4), by resampling the draws that were made."""
    chance = random.Random(0)
    for loss, runs in losses.items():
        fids = [run["fid"] for run in runs if math.isfinite(run["fid"])]
        if not fids:
            continue
        budgets = range(1, len(runs) + 1)
        best = [statistics.mean(min(chance.choices(fids, k=budget)) for _ in range(resamples)) for budget in budgets]
        axes.plot(list(budgets), best, label=LUCIC_LOSSES[loss].title)
    axes.set(xlabel="draws of the search", ylabel="best FID to be expected", yscale="log")
    axes.legend(fontsize=7)


def _spread(values: Sequence[float], digits: int) -> str:
    deviation = statistics.stdev(values) if len(values) > 1 else 0.0
    return f"{statistics.mean(values):.{digits}f} ± {deviation:.{digits}f}"
