"""``data``: drawn sets by command."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from latentedit.cli.app import run


@pytest.fixture(autouse=True)
def offline(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LATENTEDIT_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("LATENTEDIT_OFFLINE", "1")
    monkeypatch.chdir(tmp_path)


def faces(*more: str, output: str = "a.zip") -> int:
    return run(["data", "faces", "-o", output, "--count", "5", "--size", "16", "--generator", "toy", *more])


def test_faces(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert faces("--attributes", "none", "--json") == 0
    expected = {"output": "a.zip", "kind": "faces", "generator": "toy", "count": 5, "size": 16, "seed": 0}
    assert json.loads(capsys.readouterr().out) == expected
    from latentedit_training.data.opening import open_images

    assert open_images("a.zip").read(range(5)).shape == (5, 3, 16, 16)


def test_an_own_scorer_gives_the_labels(tmp_path: Path) -> None:
    code = (
        "class Red:\n    names = ('red',)\n    def score(self, picture):\n        return {'red': float(picture[..., 0].mean())}\n"
    )
    (tmp_path / "own.py").write_text(code)
    assert faces("--attributes", "red", "--scorer", "own.py:Red") == 0
    from latentedit_training.data.opening import open_images

    labels = open_images("a.zip").labels
    assert labels is not None and labels.names == ("red",) and len(set(labels.values[:, 0].tolist())) > 1


def test_nothing_is_overwritten_and_a_set_goes_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert faces("--attributes", "none") == 0
    before = (tmp_path / "a.zip").read_bytes()
    assert faces("--attributes", "none") == 2
    assert "--resume" in capsys.readouterr().err
    assert faces("--attributes", "none", "--resume") == 0 and (tmp_path / "a.zip").read_bytes() == before
    assert faces("--attributes", "none", "--resume", "--seed", "1") == 2
    assert "another set" in capsys.readouterr().err


def test_an_interrupt_tells_how_to_go_on(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    from latentedit_training.data import faces as drawer

    drawn, calls = drawer._drawn, iter(range(100))

    def interrupted(*arguments: object) -> object:
        if next(calls) == 3:
            raise KeyboardInterrupt
        return drawn(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(drawer, "_drawn", interrupted)
    assert faces("--attributes", "none") == 130
    told = capsys.readouterr().err
    assert "Stopped after 3 of 5 images" in told and "--resume" in told
    assert faces("--attributes", "none", "--resume") == 0


@pytest.mark.parametrize(
    ("options", "code", "message"),
    [
        (["--attributes", "beauty"], 2, "no attribute beauty"),
        (["--attributes", "age,age"], 2, "named twice"),
        (["--psi", "nan"], 2, "truncation"),
        (["--attributes", "smile"], 4, "dlib-68-landmarks"),
        (["--resolution", "64"], 2, "tells its resolution itself"),
    ],
)
def test_what_cannot_be_done_is_told(options: list[str], code: int, message: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert faces(*options) == code
    assert message in capsys.readouterr().err


def test_names_of_the_zip_are_checked_first(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert faces(output="a.tar") == 2
    assert faces(output="nowhere/a.zip") == 4
    (tmp_path / "x.zip").mkdir()
    assert faces(output="x.zip") == 4
    assert "is a folder" in capsys.readouterr().err


def test_avatars(capsys: pytest.CaptureFixture[str]) -> None:
    for package in ("dicebear", "dicebear_styles", "resvg_py"):
        pytest.importorskip(package, reason="needs latentedit[avatars]")
    assert run(["data", "avatars", "-o", "a.zip", "--count", "3", "--size", "16", "--style", "toon-head"]) == 0
    assert "wrote a.zip: 3 images of 16 px" in capsys.readouterr().err
    assert run(["data", "avatars", "-o", "b.zip", "--style", "x"]) == 2
    assert "pixel-art, lorelei" in capsys.readouterr().err
