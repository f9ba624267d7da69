"""What a user installs: the built wheel, in an environment that has never seen the repository."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[1]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(1200),  # it downloads torch
    pytest.mark.skipif(not (REPOSITORY / ".git").exists(), reason="needs the repository's history to know what is tracked"),
]


def run(*command: str | Path, cwd: Path) -> str:
    # Without PYTHONPATH, which may name the repository.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from what git tracks, so that a file that was never added is missed here and not by users."""
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    run("git", "clone", "--quiet", "--no-hardlinks", REPOSITORY, source, cwd=folder)
    run(sys.executable, "-m", "build", "--wheel", "--outdir", folder, source, cwd=folder)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of a new environment that holds the wheel and what it needs."""
    folder = tmp_path_factory.mktemp("environment") / "venv"
    run(sys.executable, "-m", "venv", folder, cwd=folder.parent)
    python = folder / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    constraints = REPOSITORY / "constraints.txt"
    run(python, "-m", "pip", "install", "--quiet", "--no-cache-dir", "-c", constraints, wheel, cwd=folder)
    return python


def tracked_in_gui(suffix: str) -> list[str]:
    """Files of the window's package, seen from it."""
    names = run("git", "ls-files", f"gui/latentedit_gui/**{suffix}", cwd=REPOSITORY).split()
    return [name.removeprefix("gui/latentedit_gui/") for name in names]


def test_the_wheel_holds_the_package_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    tops = {name.partition("/")[0] for name in names}
    assert tops == {"latentedit", "latentedit_gui", "latentedit-0.1.0.dist-info"}
    assert {"latentedit/py.typed", "latentedit_gui/py.typed"} <= set(names)
    assert any(name.endswith("/THIRD_PARTY.md") for name in names)
    shipped = {name for name in names if name.endswith(".safetensors")}
    tracked = run("git", "ls-files", "latentedit/**.safetensors", cwd=REPOSITORY).split()
    assert shipped == set(tracked) and shipped, "the default directions and the preview head travel with the code"
    for suffix in (".svg", ".ts"):
        drawn = {f"latentedit_gui/{name}" for name in tracked_in_gui(suffix)}
        assert drawn == {name for name in names if name.endswith(suffix)} and drawn, "the window's icons and languages"


def test_the_wheel_works_in_a_clean_environment(python: Path, tmp_path: Path) -> None:
    place = run(python, "-c", "import latentedit; print(latentedit.__file__)", cwd=tmp_path)
    assert Path(place.strip()).is_relative_to(python.parents[1]), "the repository's own copy was imported"
    command = python.with_name("latentedit")
    assert "0.1.0" in run(command, "--version", cwd=tmp_path)
    picture = tmp_path / "toy.png"
    run(command, "generate", "--generator", "toy", "--seeds", "0-1", "-o", picture, cwd=tmp_path)
    assert picture.stat().st_size > 0
