"""The docker in the real Krita, with the toy generator and (slow) the real one."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from latentedit.assets import AssetStore
from latentedit.plugin_install.files import plugin_files
from latentedit.plugin_install.hosts import Place
from latentedit.plugin_install.install import install
from latentedit.translators import TranslatorConfig, build_translator

from .conftest import Host

pytestmark = [pytest.mark.hosts, pytest.mark.assets]


@pytest.fixture(autouse=True)
def weights(fetched: AssetStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """The program in Krita finds the weights that the tests have."""
    monkeypatch.setenv("LATENTEDIT_HOME", str(fetched.root))


def home_with_docker(home: Path, generator: str) -> Path:
    """A home folder in which the docker is installed and switched on."""
    config = home / "config"
    config.mkdir(parents=True)
    settings = f"\n[latentedit]\ngenerator={generator}\n" if generator else ""
    (config / "kritarc").write_text(f"[python]\nenable_latentedit_host=true\n{settings}")
    place = Place("krita", "native", home / "data" / "krita" / "pykrita", config / "kritarc")
    install(place, plugin_files("krita", None))
    return home


def check(seen: dict[str, object]) -> None:
    assert seen["faces"] == 1 and seen["again"] == 1
    assert seen["cancelled"] and seen["second"] and seen["first"]
    assert isinstance(seen["selected away"], list) and seen["selected away"][0] == 0 and "selection" in seen["selected away"][1]
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
@pytest.mark.timeout(900)
def test_the_real_generator_in_krita(krita: Host, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LATENTEDIT_HOST_LIMIT", "800")  # a face is learnt: minutes, where the cores are busy
    seen = krita.told("krita_docker.py", tmp_path, options=("--window",), home=home_with_docker(tmp_path / "home", ""))
    check(seen)
    assert seen["directions"] == 23


@pytest.mark.slow
def test_documents_do_not_get_in_each_others_way(krita: Host, tmp_path: Path) -> None:
    seen = krita.told("krita_documents.py", tmp_path, options=("--window",), home=home_with_docker(tmp_path / "home", "toy"))
    assert seen["uncaught"] == []
    assert seen["smallest"][0] <= 240 and seen["smallest"][1] <= 250 and seen["window"] == 720, "it fits a small screen"
    assert seen["sent files left"] == [] and seen["a picture"]
    for what in ("moved", "mirrored", "cropped"):
        assert seen[what] == [0, "changed"], what
    for what in ("moved back", "painted", "again", "mirrored back"):
        assert seen[what] == [1, None], what
    assert seen["lost"] == [True, True, "died"] and seen["other's edits"] == [{"0": ["mix seed:9"]}, True]
    assert seen["kept"] == 1 and seen["last closed"] == [0, False, True] and seen["begin"] == ["Open an image first.", False]
    assert seen["choose"] == [False, True] and seen["asked"]
    assert seen["while learning"] == [False, False], "no other face, and no project"
    assert seen["same face's picture"] and not seen["other face's picture"]
    assert seen["nobody"] == ["No face was found", False, "Look again"]
    assert seen["ended at once"] == "start"


def test_faces_stay_with_their_document_and_insert_sees_what_was_changed(krita: Host, tmp_path: Path) -> None:
    torch.manual_seed(0)
    torch.save(build_translator(TranslatorConfig(base_channels=4, blocks=1)).state_dict(), tmp_path / "translator.pth")
    seen = krita.told("krita_changes.py", tmp_path, options=("--window",), home=home_with_docker(tmp_path / "home", "toy"))
    assert seen["uncaught"] == []
    assert seen["flattened"] == [[1, None], [True, 1], [True, 1], [True, 1], [1, None]]
    for what in ("turned", "layer halved", "merged", "halved", "copied", "nudged"):
        assert seen[what] == [0, "changed"], what
    for what in ("grey", "cmyk", "softened"):
        assert seen[what] == [1, None], what
    found, (left, top, right, bottom), files = seen["selected later"]
    assert found == [1, None] and left >= 180 and top >= 60 and right < 210 and bottom < 90 and files == []
    whole = [1, [0, 0, 96, 96], None]
    assert seen["without a face"] == [True, whole, True, whole, [True, False], [1, [180, 60, 30, 30], None], []]
    assert seen["small window"] == [720, True]
