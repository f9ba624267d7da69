"""``latentedit directions`` with the user's own, and edits and films along them, end to end with the toy generator."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from PIL import Image
from projects import face, numbers

from latentedit.cli.app import run
from latentedit.cli.importing import parse_range
from latentedit.directions import Direction, DirectionLibrary
from latentedit.edits import EditState, History
from latentedit.engine import Engine
from latentedit.errors import UsageError
from latentedit.face_latents import FaceLatents
from latentedit.generators.toy import toy_spec
from latentedit.images import open_photo
from latentedit.project_file import GeneratorIdentity, Project, load_project, save_project
from latentedit.session import Session

TOY = ["--generator", "toy"]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the commands run: with ``grin.npy``, ``pca.npz`` of five components, and ``photo.ledit``, whose one face is projected."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LATENTEDIT_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("LATENTEDIT_OFFLINE", "1")
    np.save(tmp_path / "grin.npy", numbers(1, 1, 16))
    np.savez(tmp_path / "pca.npz", comp=np.eye(16, dtype=np.float32)[:5, None], std=np.arange(5, dtype=np.float32) + 1)
    Image.fromarray(np.full((120, 120, 3), 120, np.uint8)).save(tmp_path / "photo.png")
    photo = open_photo(tmp_path / "photo.png")
    known = face(0, FaceLatents(numbers(0, 1, 8, 16)))
    history = History(EditState.for_faces(1))
    save_project(tmp_path / "photo.ledit", Project(photo.name, photo.data, GeneratorIdentity.of(toy_spec()), (known,), history))
    return tmp_path


def directions(*words: str, code: int = 0) -> None:
    assert run(["directions", *words]) == code


def listed(capsys: pytest.CaptureFixture[str]) -> dict[str, dict[str, Any]]:
    capsys.readouterr()
    directions("list", *TOY, "--json")
    return {about["name"]: about for about in json.loads(capsys.readouterr().out)}


def pixels(path: str) -> NDArray[np.uint8]:
    with Image.open(path) as picture:
        return np.asarray(picture.convert("RGB"))


@pytest.mark.parametrize("region", ["", "mouth"])
def test_the_list_tells_what_a_direction_is_confined_to(folder: Path, region: str, capsys: pytest.CaptureFixture[str]) -> None:
    kept = Direction("mine", torch.from_numpy(numbers(1, 16)), region=region)
    DirectionLibrary.default().add(kept, toy_spec())
    directions("list", *TOY)
    told = capsys.readouterr().out
    assert "changes only" in told
    assert ("mouth" in told) == bool(region)


def test_an_imported_direction_is_listed_shown_and_removed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    about = ["--range", "-2:3.5", "--licence", "CC0", "--effect", "grins", "--layers", "0-2,5"]
    directions("import", "grin.npy", "--name", "grin", *TOY, *about)
    known = listed(capsys)["grin"]
    assert known == {
        "name": "grin",
        "origin": "own",
        "effect": "grins",
        "range": [-2.0, 3.5],
        "unit": known["unit"],
        "shape": [16],
        "layers": [0, 1, 2, 5],
        "region": None,
        "provenance": "grin.npy",
        "licence": "CC0",
        "measured": None,
    }
    for command in ("show", "info"):
        directions(command, "grin", *TOY, "--json")
        assert json.loads(capsys.readouterr().out) == known
    directions("show", "grin", *TOY)
    told = capsys.readouterr().out
    assert "0-2, 5" in told and "-2 to 3.5" in told and "CC0" in told
    directions("list", *TOY)
    assert "grins" in capsys.readouterr().out
    directions("show", "grin", code=2)  # of another generator
    directions("remove", "grin", *TOY, "--json")
    assert json.loads(capsys.readouterr().out) == {"generator": "toy", "removed": "grin"}
    assert listed(capsys) == {}
    directions("remove", "grin", *TOY, code=2)


def test_importing_some_of_a_file(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    directions("import", "pca.npz", "--name", "pca", *TOY, code=2)
    assert "--pick all" in capsys.readouterr().err
    directions("import", "pca.npz", "--name", "third", "--pick", "3", *TOY)
    directions("import", "pca.npz", "--name", "fourth", "--pick", "pca_4", *TOY)
    directions("import", "pca.npz", "--name", "some", "--pick", "1-2,5,1", *TOY)
    directions("import", "pca.npz", "--pick", "all", *TOY, "--json")
    document = json.loads(capsys.readouterr().out)
    assert [entry["name"] for entry in document["imported"]] == [f"pca_{i}" for i in range(1, 6)]
    assert all(Path(entry["path"]).is_file() for entry in document["imported"])
    assert list(listed(capsys)) == ["fourth", *(f"pca_{i}" for i in range(1, 6)), "some_1", "some_2", "some_5", "third"]
    third = DirectionLibrary.default().get("third", toy_spec())
    assert third is not None and float(third.vector[2]) == 3.0 and third.unit.startswith("a standard deviation")


def test_a_file_is_shown_without_being_imported(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    directions("show", "pca.npz:3", *TOY, "--json")
    known = json.loads(capsys.readouterr().out)
    assert (known["name"], known["origin"], known["shape"], known["layers"]) == ("pca_3", "file", [16], "all")
    directions("show", "grin.npy", *TOY)
    assert "grin.npy" in capsys.readouterr().out and listed(capsys) == {}
    directions("show", "pca.npz", *TOY, code=2)
    directions("show", "nothing", *TOY, code=2)
    assert "hint: " in capsys.readouterr().err


def test_names_are_whole_on_a_narrow_terminal(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    name = "a smile of which I am particularly fond, found on the second of May"
    directions("import", "grin.npy", "--name", name, "--effect", "grins " * 30, *TOY)
    monkeypatch.setenv("COLUMNS", "40")
    directions("list", *TOY)
    assert name in capsys.readouterr().out


def test_what_is_there_is_replaced_only_when_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    directions("import", "grin.npy", "--name", "grin", *TOY)
    directions("import", "pca.npz", "--name", "grin", "--pick", "1", *TOY, code=2)
    assert "--replace" in capsys.readouterr().err
    assert listed(capsys)["grin"]["provenance"] == "grin.npy"
    directions("import", "pca.npz", "--name", "grin", "--pick", "1", "--replace", *TOY)
    assert listed(capsys)["grin"]["provenance"].startswith("pca.npz")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["missing.npy"], 3),
        ([""], 3),
        (["."], 3),
        (["photo.png"], 3),
        (["photo.ledit"], 3),
        (["grin.npy", "--name", "a/b"], 2),
        (["grin.npy", "--name", ""], 2),
        (["grin.npy", "--pick", "2"], 2),
        (["grin.npy", "--layers", "8"], 2),
        (["grin.npy", "--layers", "some"], 2),
        (["grin.npy", "--range", "1"], 2),
        (["grin.npy", "--range", "3:-3"], 2),
        (["grin.npy", "--range", "0:inf"], 2),
        (["grin.npy", "--licence", "x" * 5000], 3),
        (["pca.npz", "--pick", "0-3"], 2),
        (["pca.npz", "--pick", "4-9"], 2),
        (["pca.npz", "--pick", "smile"], 2),
        (["grin.npy", "--generator", "nobody"], 2),
        (["grin.npy", "--generator", "mobilestylegan-ffhq"], 3),
    ],
)
def test_what_cannot_be_imported_is_told(words: list[str], code: int, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    directions("import", *TOY, *words, code=code)
    lines = capsys.readouterr().err.splitlines()
    assert lines[0].startswith("error: ") and len(lines) == 2 and lines[1].startswith("hint: ")
    assert not (folder / "home" / "directions").exists()


def test_ranges() -> None:
    assert parse_range("-3:3") == (-3.0, 3.0)
    for wrong in ("", ":", "1", "1:1", "1:2:3", "nan:1", "a:b"):
        with pytest.raises(UsageError):
            parse_range(wrong)


def test_a_damaged_file_is_told_and_the_others_are_listed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    directions("import", "grin.npy", "--name", "grin", *TOY)
    path = DirectionLibrary.default().folder(toy_spec()) / "cut.safetensors"
    path.write_bytes(b"cut")
    directions("list", *TOY, "--json")
    shown = capsys.readouterr()
    assert [about["name"] for about in json.loads(shown.out)] == ["grin"]
    assert "left out: cut.safetensors" in shown.err
    directions("show", "cut", *TOY, code=3)
    directions("remove", "cut", *TOY)
    assert not path.exists()


def test_an_own_direction_travels_in_the_project(folder: Path) -> None:
    directions("import", "grin.npy", "--name", "my grin", "--licence", "CC0", *TOY)
    assert run(["edit", "photo.ledit", "--set", "my grin=2", "-o", "new.ledit", "--device", "cpu"]) == 0
    assert run(["edit", "photo.ledit", "--set", "grin.npy=2", "-o", "file.png", "--device", "cpu"]) == 0
    directions("remove", "my grin", *TOY)
    Path("grin.npy").unlink()
    assert run(["edit", "new.ledit", "-o", "again.png", "--device", "cpu"]) == 0
    assert np.array_equal(pixels("again.png"), pixels("file.png"))
    assert not np.array_equal(pixels("again.png"), pixels("photo.png"))
    (own,) = load_project("new.ledit").directions
    assert (own.name, own.licence) == ("my grin", "CC0") and own.unit.startswith("a step of length")
    session = Session.open("new.ledit", engine=Engine())
    assert session.own_directions["my grin"].unit == own.unit
    assert run(["edit", "photo.ledit", "--set", "my grin=2", "-o", "x.png", "--device", "cpu"]) == 2


def test_one_of_a_file_is_edited_by_its_number(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["edit", "photo.ledit", "--set", "pca.npz:3=2", "-o", "new.ledit", "--device", "cpu"]) == 0
    assert "pca.npz:3 is called pca_3 in the project" in capsys.readouterr().err
    (entry,) = load_project("new.ledit").state.faces[0].edits
    assert (entry.name, entry.amount) == ("pca_3", 2.0)
    assert run(["edit", "new.ledit", "--set", "pca.npz:pca_3=1@mouth", "-o", "more.ledit", "--device", "cpu"]) == 0
    assert [entry.name for entry in load_project("more.ledit").state.faces[0].edits] == [
        "pca_3",
        "pca_3",
    ]  # everywhere, and on the mouth
    assert run(["edit", "photo.ledit", "--set", "pca.npz=2", "-o", "x.png", "--device", "cpu"]) == 2
    assert "holds 5 directions" in capsys.readouterr().err


def test_films_along_own_directions_and_one_of_a_file(folder: Path) -> None:
    directions("import", "grin.npy", "--name", "grin", *TOY)
    for sweep in ("grin=-3:3", "pca.npz:2=-1:1"):
        words = ["photo.ledit", "--sweep", sweep, "--frames", "3", "--size", "16", "--device", "cpu", "-o", "film.gif"]
        assert run(["morph", *words]) == 0
        with Image.open("film.gif") as film:
            assert film.n_frames == 3
        Path("film.gif").unlink()
