"""``latentedit morph``, end to end with the toy generator."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from latentedit.cli.app import run

from .editing import edit


def test_a_film_of_two_projects(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit("photo.ledit", "--mix", "seed:3:all", "-o", "other.ledit")
    words = ["photo.ledit", "other.ledit", "--frames", "4", "--size", "16", "--device", "cpu"]
    assert run(["morph", *words, "-o", "film.gif"]) == 0
    with Image.open("film.gif") as film:
        assert film.n_frames == 4 and film.size == (16, 16)
    assert (
        run(["morph", "photo.ledit", "--sweep", "there/smile.npy=-2:2", "--frames", "3", "--size", "16", "-o", "film.webp"]) == 0
    )
    capsys.readouterr()


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["photo.ledit", "-o", "x.gif"], 2),
        (["photo.ledit", "photo.ledit", "-o", "x.avi"], 2),
        (["photo.ledit", "photo.ledit", "--size", "64", "-o", "x.gif"], 2),
        (["photo.ledit", "photo.ledit", "--path", "straight", "--size", "16", "-o", "x.gif"], 2),
        (["photo.ledit", "photo.ledit", "--fps", "0", "--size", "16", "-o", "x.gif"], 2),
        (["photo.ledit", "--sweep", "smile=1", "-o", "x.gif"], 2),
        (["photo.ledit", "--sweep", "nobody=1:2", "-o", "x.gif"], 2),
        (["photo.ledit", "photo.png", "-o", "x.gif"], 2),
        (["photo.ledit", "missing.ledit", "-o", "x.gif"], 3),
    ],
)
def test_wrong_films(words: list[str], code: int, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["morph", *words, "--device", "cpu"]) == code
    assert len(capsys.readouterr().err.splitlines()) <= 2
    assert not list(folder.glob("x.*"))
