"""``latentedit morph``, end to end with the toy generator."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from latentedit.cli.app import run
from latentedit.edits import EditState, History
from latentedit.face_latents import FaceLatents
from latentedit.project_file import load_project, save_project

from .editing import SIDE, edit, vector


@pytest.fixture
def two_faces(folder: Path) -> Path:
    """With ``two.ledit``, which has three faces, the first and the last of them projected."""
    project = load_project("photo.ledit")
    (face,) = project.faces
    faces = (face, replace(face, latents=None), replace(face, latents=FaceLatents(vector(5, 1, 8, 16))))
    save_project("two.ledit", replace(project, faces=faces, history=History(EditState.for_faces(3))))
    return folder


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


def frames_of(path: str) -> list[np.ndarray]:
    with Image.open(path) as film:
        frames = []
        for number in range(film.n_frames):
            film.seek(number)
            frames.append(np.asarray(film.convert("RGB")).astype(int))
        return frames


def test_the_face_of_a_project_is_chosen(two_faces: Path, capsys: pytest.CaptureFixture[str]) -> None:
    how = ["--frames", "2", "--size", "32", "--device", "cpu", "--fps", "1"]
    films = {}
    for first, last in (("two.ledit", "photo.ledit"), ("two.ledit#0", "photo.ledit#0"), ("two.ledit#2", "photo.ledit")):
        assert run(["morph", first, last, *how, "-o", "film.webp"]) == 0
        films[first] = frames_of("film.webp")
    assert np.array_equal(films["two.ledit"], films["two.ledit#0"])
    assert np.abs(films["two.ledit#2"][0] - films["two.ledit"][0]).mean() > 2
    assert np.abs(films["two.ledit#2"][1] - films["two.ledit"][0]).mean() < 2  # whose frames are all alike
    for face in ("1", "3"):  # found, but not projected; not found
        assert run(["morph", f"two.ledit#{face}", "photo.ledit", *how, "-o", "x.gif"]) == 2
        assert "Its projected faces: 0, 2." in capsys.readouterr().err
    shutil.copy("photo.ledit", "two.ledit#2")
    assert run(["morph", "two.ledit#2", "photo.ledit", *how, "-o", "film.webp"]) == 0
    assert np.abs(frames_of("film.webp")[0] - films["two.ledit"][0]).mean() < 2


def test_a_face_of_another_project_is_mixed_in(two_faces: Path, capsys: pytest.CaptureFixture[str]) -> None:
    results = {}
    for source in ("two.ledit", "two.ledit#0", "two.ledit#2"):
        edit("photo.ledit", "--mix", f"{source}:all", "-o", "out.png")
        results[source] = Path("out.png").read_bytes()
        edit("photo.ledit", "--mix", f"{source}:all", "-o", "out.ledit")
        edit("out.ledit", "-o", "again.png")
        assert Path("again.png").read_bytes() == results[source]
    assert results["two.ledit"] == results["two.ledit#0"] != results["two.ledit#2"]
    capsys.readouterr()
    assert run(["edit", "photo.ledit", "--mix", "two.ledit#1:all", "-o", "x.png"]) == 2
    assert run(["edit", "photo.ledit", "--mix", "two.ledit#2:all", "-o", "two.ledit"]) == 2
    assert "would overwrite the project to mix with" in capsys.readouterr().err


def test_a_film_of_the_whole_photograph(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    how = ["--sweep", "there/smile.npy=-2:2", "--whole", "--frames", "2", "--fps", "1", "--device", "cpu"]
    for option, size in (([], (SIDE, SIDE)), (["--size", "61"], (61, 61))):
        assert run(["morph", "photo.ledit", *how, *option, "-o", "film.webp"]) == 0
        first, last = frames_of("film.webp")
        assert first.shape[1::-1] == size and np.abs(first - last).max() > 20
        assert b"compositeWithTrainedAlgorithmicMedia" in Path("film.webp").read_bytes()
    edit("photo.ledit", "--set", "there/smile.npy=2", "-o", "end.png")
    assert run(["morph", "photo.ledit", *how, "-o", "film.gif"]) == 0
    with Image.open("end.png") as end:
        assert np.abs(frames_of("film.gif")[-1] - np.asarray(end)).mean() < 8  # of 256 colours
    pytest.importorskip("av")
    assert run(["morph", "photo.ledit", *how, "--size", "60", "-o", "film.mp4"]) == 0


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["photo.ledit", "-o", "x.gif"], 2),
        (["photo.ledit", "photo.ledit", "-o", "x.avi"], 2),
        (["photo.ledit", "photo.ledit", "--size", "64", "-o", "x.gif"], 2),
        (["photo.ledit", "photo.ledit", "--path", "straight", "--size", "16", "-o", "x.gif"], 2),
        (["photo.ledit", "photo.ledit", "--size", "17", "-o", "x.mp4"], 2),
        (["photo.ledit", "--sweep", "there/smile.npy=-1:1", "--whole", "--size", "17", "-o", "x.mp4"], 2),
        (["photo.ledit", "--sweep", "there/smile.npy=-1:1", "--whole", "--size", "121", "-o", "x.gif"], 2),
        (["photo.ledit", "--sweep", "there/smile.npy=-1:1", "--whole", "--path", "slerp", "-o", "x.gif"], 2),
        (["photo.ledit", "--sweep", "nobody=-1:1", "--whole", "-o", "x.gif"], 2),
        (["photo.ledit", "photo.ledit", "--whole", "-o", "x.gif"], 2),
        (["photo.ledit#1", "photo.ledit", "--size", "16", "-o", "x.gif"], 2),
        (["missing.ledit#0", "photo.ledit", "--size", "16", "-o", "x.gif"], 3),
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
