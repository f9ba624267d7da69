"""What the study of few labels comes to."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

from matplotlib.figure import Figure

from latentedit.atomic_file import replacing
from latentedit_training.study.few_labels import read_curve, run_name, summary

PAPER_PERCENT = (0.93, 0.065)
"""Salimans et al., 2016, table 1: 93 ± 6.5 errors in 10,000 from 100 labels."""


def few_labels_table(out: Path, draws: Sequence[int]) -> str:
    """Test errors of each draw, with mean and deviation, beside the paper's."""
    lines = [
        "| learnt from | " + " | ".join(f"draw {draw}" for draw in draws) + " | mean ± deviation | paper |",
        "|-|" + "-|" * (len(draws) + 2),
    ]
    for name, told in summary(out, draws).items():
        errors = [f"{error:.2f} %" for error in told["errors_percent"]]
        errors += ["-"] * (len(draws) - len(errors))
        paper = f"{PAPER_PERCENT[0]} ± {PAPER_PERCENT[1]:.2f} %" if name == "semi-supervised" else ""
        lines.append(f"| {name} | {' | '.join(errors)} | {told['mean']:.2f} ± {told['deviation']:.2f} % | {paper} |")
    return "\n".join(lines) + "\n"


def write_few_labels_report(out: Path, draws: Sequence[int]) -> list[Path]:
    """Write ``table.md`` and ``test-error.png`` into a folder.

    Raises:
        StorageError: a file cannot be written.
    """
    figure = Figure(figsize=(6.4, 4.4), layout="constrained")
    axes = figure.add_subplot()
    for number, draw in enumerate(draws):
        for alone, style in ((False, "-"), (True, ":")):
            curve = read_curve(out / run_name(draw, alone=alone))
            label = f"draw {draw}, {'labels only' if alone else 'semi-supervised'}"
            axes.plot([p.step for p in curve], [p.error_percent for p in curve], style, color=f"C{number}", label=label)
    axes.axhline(PAPER_PERCENT[0], color="grey", linewidth=0.8, label="paper")
    axes.set(xlabel="steps", ylabel="test error, percent", yscale="log")
    axes.legend(fontsize=7)
    with io.BytesIO() as encoded, replacing(out / "test-error.png") as file:
        figure.savefig(encoded, format="png", dpi=100)
        file.write(encoded.getvalue())
    with replacing(out / "table.md") as file:
        file.write(few_labels_table(out, draws).encode())
    return [out / "table.md", out / "test-error.png"]
