"""``--resolution``: checkpoints that do not tell how large their images are, from the photograph to the project that is opened later."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from generators.test_vectors import BESIDE
from PIL import Image

from latentedit.cli.app import run
from latentedit.engine import Engine
from latentedit.errors import CheckpointError
from latentedit.generators.opening import open_generator
from latentedit.project_file import GeneratorIdentity

UNTOLD = BESIDE / "rosinality_sg1_running.model"
FAST = ["--preset", "fast", "--steps", "2", "--square", "10,5,64"]
TOLD = ["--generator", "untold.model", "--resolution", "32"]

pytestmark = pytest.mark.skipif(not UNTOLD.exists(), reason="needs the shared data")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A photograph, and a checkpoint that does not tell, under a relative path."""
    monkeypatch.chdir(tmp_path)
    rows, columns = np.mgrid[0:80, 0:120]
    Image.fromarray(np.stack([rows * 3, columns * 2, rows + columns], axis=2).astype(np.uint8)).save("photo.png")
    shutil.copy(UNTOLD, "untold.model")
    return tmp_path


@pytest.fixture
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LATENTEDIT_HOME", str(tmp_path / "home"))


def document(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    capsys.readouterr()
    assert run([*arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


@pytest.mark.parametrize(
    "arguments",
    [
        ["project", "photo.png"],
        ["edit", "photo.png", "--mix", "seed:1:all"],
        ["batch", "photo.png", "-o", "results", "--mix", "seed:1:all"],
        ["generate", "-o", "x.png"],
        ["directions", "discover", "sefa", "--sheet", "x.png"],
        ["directions", "list"],
        ["models", "info"],
    ],
    ids=lambda arguments: " ".join(arguments[:2]),
)
@pytest.mark.usefixtures("own_home")
def test_what_is_not_told_is_asked_for_by_the_options_name(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    where = ["untold.model"] if arguments[0] == "models" else ["--generator", "untold.model"]
    assert run([*arguments, *where]) == 3
    assert "--resolution" in capsys.readouterr().err
    assert run([*arguments, *where, "--resolution", "48"]) == 3
    assert "none of 48" in capsys.readouterr().err
    known = ["toy"] if arguments[0] == "models" else ["--generator", "toy"]
    assert run([*arguments, *known, "--resolution", "32"]) == 2
    assert "--resolution" in capsys.readouterr().err and not Path("x.png").exists()


@pytest.mark.usefixtures("own_home")
def test_directions_are_found_and_kept_for_the_resolution(capsys: pytest.CaptureFixture[str]) -> None:
    discovering = ["directions", "discover", "sefa", "--components", "1", "--trial", "0", "--name", "found"]
    assert run([*discovering, *TOLD]) == 0
    assert [entry["name"] for entry in document(capsys, "directions", "list", *TOLD)] == ["found"]
    assert document(capsys, "directions", "list", *TOLD[:3], "64") == []
    assert run(["directions", "remove", "found", *TOLD]) == 0


@pytest.mark.usefixtures("own_home")
def test_a_project_knows_how_its_generator_is_opened() -> None:
    small, large = (GeneratorIdentity.of(open_generator(Path("untold.model"), px)[0].spec) for px in (32, 64))
    engine = Engine()
    assert [engine.generator_of(identity).img_resolution for identity in (small, large)] == [32, 64]
    assert engine.generator_of(small) is engine.generator_of(small)
    told = Engine()
    told.tell_resolution("untold.model", 32)
    assert told.generator_of(GeneratorIdentity.of(told.spec("untold.model"))) is told.generator("untold.model")
    with pytest.raises(CheckpointError, match="other weights"):
        engine.generator_of(replace(small, weights_hash="00" * 32))


@pytest.mark.usefixtures("own_home")
def test_a_file_that_tells_another_resolution_than_the_project_is_another() -> None:
    path = BESIDE / "rosinality_sg2_train32.pt"
    identity = GeneratorIdentity.of(open_generator(path)[0].spec)
    with pytest.raises(CheckpointError, match="other weights"):
        Engine().generator_of(replace(identity, img_resolution=128))


@pytest.mark.assets
def test_photographs_are_projected_edited_and_opened_later(fetched: object, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["project", "photo.png", *TOLD, *FAST]) == 0
    drawing = ["--mix", "seed:1:all", "--mode", "replace"]
    assert run(["edit", "photo.ledit", *drawing, "-o", "later.png"]) == 0
    assert run(["edit", "photo.ledit", *drawing, "--resolution", "32", "-o", "x.png"]) == 2
    assert document(capsys, "info", "photo.ledit")["generator"]["img_resolution"] == 32
    before, after = (np.asarray(Image.open(name).convert("RGB")) for name in ("photo.png", "later.png"))
    assert not np.array_equal(before, after)
    edited = ["edit", "photo.png", *TOLD, "--preset", "fast", "--square", "10,5,64", "-o", "e.png"]
    assert run([*edited, *drawing]) == 0
    for resolution, code in (("32", 0), ("64", 2)):
        again = ["project", "photo.png", *TOLD[:3], resolution, "--preset", "fast", "--steps", "2", "--keep-edits"]
        assert run(again) == code
    Path("untold.model").rename("moved.model")
    capsys.readouterr()
    assert run(["edit", "photo.ledit", *drawing, "-o", "x.png"]) == 3
    told = capsys.readouterr().err
    assert "not there" in told and "models import" in told


@pytest.mark.slow
@pytest.mark.assets
def test_a_batch_is_told_it_once(fetched: object, capsys: pytest.CaptureFixture[str]) -> None:
    batch = ["batch", "photo.png", *TOLD, "--preset", "fast", "--steps", "2", "--mix", "seed:1:all", "--keep-projects"]
    assert document(capsys, *batch, "-o", "results")["done"] == 1
    assert document(capsys, *batch, "-o", "results", "--resume")["skipped"] == 1
    assert document(capsys, "info", "results/photo.ledit")["generator"]["img_resolution"] == 32
