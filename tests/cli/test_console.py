"""Progress where nobody sees a bar: lines in a log."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from latentedit.cli import console
from latentedit.cli.console import ProgressLines


def log_of(monkeypatch: pytest.MonkeyPatch, seconds: list[float], *, total: float | None) -> str:
    """What a log holds after one step at each of these times."""
    clock = iter([0.0, *seconds])
    monkeypatch.setattr(console.time, "monotonic", lambda: next(clock))
    log = io.StringIO()
    with ProgressLines(console=Console(file=log, width=20)) as progress:
        # Rich's own clock, which is read for the speed, is another one.
        task = progress.add_task("projecting [face] 0 of a very long name", total=total)
        for _ in seconds:
            progress.advance(task)
    return log.getvalue()


def test_a_log_gets_a_line_every_ten_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    log = log_of(monkeypatch, [1.0, 9.0, 11.0, 12.0, 20.0, 22.0], total=8)
    assert log.splitlines() == [
        "projecting [face] 0 of a very long name: 38%",
        "projecting [face] 0 of a very long name: 75%",
    ]


def test_a_log_says_nothing_of_short_work(monkeypatch: pytest.MonkeyPatch) -> None:
    assert log_of(monkeypatch, [1.0, 2.0, 3.0], total=3) == ""


def test_work_of_unknown_length_has_no_share(monkeypatch: pytest.MonkeyPatch) -> None:
    assert log_of(monkeypatch, [11.0], total=None) == "projecting [face] 0 of a very long name\n"


def test_what_looks_like_markup_is_text(capsys: pytest.CaptureFixture[str]) -> None:
    console.print_table("names", ["name"], [["portrait [final].jpg"], ["smile [/s]"]])
    told = capsys.readouterr().out
    assert "portrait [final].jpg" in told and "smile [/s]" in told
