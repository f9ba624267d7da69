"""The docker in the real Krita, with the toy generator and (slow) the real one."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import latentedit_plugins
from latentedit.assets import AssetStore

from .conftest import Host

pytestmark = [pytest.mark.hosts, pytest.mark.assets]
PLUGINS = Path(latentedit_plugins.__file__).parent


@pytest.fixture(autouse=True)
def weights(fetched: AssetStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """The program in Krita finds the weights that the tests have."""
    monkeypatch.setenv("LATENTEDIT_HOME", str(fetched.root))


def home_with_docker(home: Path, generator: str) -> Path:
    """A home folder in which the docker is installed and switched on."""
    pykrita = home / "data" / "krita" / "pykrita"
    package = pykrita / "latentedit_krita"
    package.mkdir(parents=True)
    for part in ("bridge", "krita"):
        shutil.copytree(PLUGINS / part, package / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(PLUGINS / "krita" / "latentedit_krita.desktop", pykrita)
    (package / "__init__.py").write_text("from .krita import register\n\nregister()\n")
    config = home / "config"
    config.mkdir(parents=True)
    settings = f"\n[latentedit]\ngenerator={generator}\n" if generator else ""
    (config / "kritarc").write_text(f"[python]\nenable_latentedit_krita=true\nenable_latentedit_host=true\n{settings}")
    return home


def check(seen: dict[str, object]) -> None:
    assert seen["faces"] == 1 and seen["again"] == 1
    assert seen["undone"] and seen["as_before"], "one step of undo takes the layers back"
    assert seen["trouble"] == ["died", "The program latentedit was killed by signal 9."]
    assert seen["ended"] == [True, True] and not seen["left"] and seen["folder_gone"]
    assert float(str(seen["changed"])) > 0


def test_a_person_edits_a_face_in_krita(krita: Host, tmp_path: Path) -> None:
    seen = krita.told("krita_docker.py", tmp_path, options=("--window",), home=home_with_docker(tmp_path / "home", "toy"))
    check(seen)
    background, group = seen["tree"]
    assert background[:2] == ["Background", "paintlayer"] and group[1] == "grouplayer"
    assert [masks for _, masks in group[2]] == [["transparencymask"]]
    assert seen["held_up_s"] < 0.5


@pytest.mark.slow
def test_the_real_generator_in_krita(krita: Host, tmp_path: Path) -> None:
    seen = krita.told("krita_docker.py", tmp_path, options=("--window",), home=home_with_docker(tmp_path / "home", ""))
    check(seen)
    assert seen["directions"] == 23
