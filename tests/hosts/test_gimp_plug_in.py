"""The plug-in in the real GIMP 3, with the toy generator and (slow) the real one."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from PIL import Image

from latentedit.assets import AssetStore
from latentedit.plugin_install.files import plugin_files
from latentedit.plugin_install.hosts import Place
from latentedit.plugin_install.install import install
from latentedit.requested_mixes import apply_mixes, parse_mix
from latentedit.session import Session
from latentedit.translators import TranslatorConfig, build_translator

from .conftest import PHOTOGRAPH, Host

pytestmark = [pytest.mark.hosts, pytest.mark.assets]


@pytest.fixture
def home(fetched: AssetStore, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A home folder with the plug-in; the program in GIMP finds the weights that the tests have."""
    monkeypatch.setenv("LATENTEDIT_HOME", str(fetched.root))
    return with_plug_in(tmp_path / "home")


def with_plug_in(home: Path) -> Path:
    """A home folder in which the plug-in is installed."""
    install(Place("gimp", "native", home / ".config" / "GIMP" / "3.0" / "plug-ins"), plugin_files("gimp", None))
    return home


def raw(path: Path) -> NDArray[np.int16]:
    return np.fromfile(path, np.uint8).reshape(512, 512, 3).astype(np.int16)


def test_a_script_edits_faces_in_gimp(gimp: Host, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LATENTEDIT_GENERATOR", "toy")
    seen = gimp.told("gimp_edit.py", tmp_path, home=home)
    assert seen["edit"] == ["success", ""] == seen["selected"] == seen["deep"]
    group, background = seen["tree"]
    assert (group[0] == "latentedit: face 1" and background[0].startswith("astronaut")) or background[0] == "Background"
    ((name, _, masked, _),) = group[3]
    assert name == "face 0: mix seed:7 1" and masked
    with Image.open(PHOTOGRAPH) as photograph:
        before = np.asarray(photograph.convert("RGB"), np.int16)
    session = Session.open(tmp_path / "face.ledit")
    (left, top), (right, bottom) = session.face(0).face.quad.min(axis=0), session.face(0).face.quad.max(axis=0)
    changed = np.abs(raw(tmp_path / "edited.raw") - before).max(axis=2) > 2
    rows, columns = np.nonzero(changed)
    assert (
        changed.any()
        and columns.min() >= left - 2
        and columns.max() <= right + 2
        and rows.min() >= top - 2
        and rows.max() <= bottom + 2
    )
    apply_mixes(session, [0], [parse_mix("seed:7:all:1")])
    # The same projection, drawn by the engine itself; layers and masks have 8 bits each.
    assert np.abs(raw(tmp_path / "edited.raw") - session.render_uint8()).max() <= 2
    within = np.abs(raw(tmp_path / "selected.raw") - before).max(axis=2) > 2
    assert within.any() and not within[:, :180].any() and not within[:, 240:].any()
    assert seen["deep precision"] == "u16-non-linear"
    assert np.abs(raw(tmp_path / "deep.raw") - raw(tmp_path / "edited.raw")).mean() < 1
    assert seen["project"] == ["success", ""]
    assert seen["no such face"][0] == "execution-error" and "no face 7" in seen["no such face"][1]
    assert seen["nobody selected"][0] == "execution-error"
    assert seen["no edit"][0] == "calling-error" and "smile=2" in seen["no edit"][1]
    assert seen["no such direction"][0] != "success" and "unheard_of" in seen["no such direction"][1]


def test_arguments_are_checked_before_the_program_starts_also_when_gimp_remembers_the_plug_in(gimp: Host, tmp_path: Path) -> None:
    """At its second start GIMP reads the procedures from its pluginrc, and tells empty texts as None."""
    home = with_plug_in(tmp_path / "home")
    for start in ("first", "second"):
        seen = gimp.told("gimp_arguments.py", tmp_path, home=home)
        for case, words in {
            "no edits": "No edit is given.",
            "only edits": "smile is no edit.",
            "only a mix": "seed:7:fine:nan is no mix",
            "no path": "ends in .ledit",
            "no network": "Give the file of a network.",
            "no such preset": "There is no preset nope.",
            "indexed": "Image > Mode > RGB",
            "layer of another image": "The layer is of another image.",
            "too far": "must be a number from -1000 to 1000",
            "mixed too far": "must be a number from -2 to 2",
            "layers that go down": "9-2 names no layers",
            "very many edits": "too many edits",
        }.items():
            assert seen[case][0] == "calling-error" and words in seen[case][1], (start, case, seen[case])


def test_a_layer_is_translated_within_its_mask_and_the_selection(
    gimp: Host, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There is no face in it, and none of the weights that faces need are there."""
    monkeypatch.setenv("LATENTEDIT_HOME", str(tmp_path / "none"))
    network = tmp_path / "translator.pth"
    torch.manual_seed(0)
    torch.save(build_translator(TranslatorConfig(base_channels=4, blocks=1)).state_dict(), network)
    seen = gimp.told("gimp_translate.py", tmp_path, home=with_plug_in(tmp_path / "home"), given=network)
    assert seen["status"] == "success", seen["error"]
    assert seen["layers"] == ["translated", "plain"] and seen["masked still"]
    drawn = np.fromfile(tmp_path / "translated.raw", np.uint16).reshape(64, 64, 4)
    shown = np.zeros((64, 64), bool)
    shown[:32, 16:] = True
    assert np.array_equal(drawn[..., 3], np.where(shown, 65535, 0))
    assert (drawn[..., :3][shown] % 257).any()


def test_a_person_uses_the_dialog(gimp: Host, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LATENTEDIT_GENERATOR", "toy")
    seen = gimp.told("gimp_dialog.py", tmp_path, home=home, options=("--screen",))
    assert seen["seen before it is learnt"]
    assert "layers" in seen["refused"] and not seen["again after a refusal"] and seen["learnt after a refusal"]
    assert seen["faces"] == 1 and seen["preview"] and seen["status"] == "success" and not seen["running"]
    assert seen["layers"][0] == "latentedit: face 1"
    left, top, right, bottom = seen["part"]
    assert left >= 180 and top >= 60 and right < 210 and bottom < 90, "the selection was made after the face was learnt"


def test_the_dialog_says_what_is_in_the_way(gimp: Host, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LATENTEDIT_GENERATOR", "toy")
    seen = gimp.told("gimp_dialog_troubles.py", tmp_path, home=home, options=("--screen",))
    assert seen["raised"] == [] and seen["status"] == "cancel"
    assert seen["no face"] == ["No face was found. A selection must hold the middle of a face.", True] and seen["faces"] == 1
    assert seen["no sliders"] == [True, False, False]
    for case, words in {
        "files lost": "GIMP could not add the layers.",
        "deep": "GIMP could not add the layers.",  # and not that the picture was changed
        "moved": "The layer was moved since its faces were found.",
        "mirrored": "The picture under face 1 was changed since it was found.",
        "larger": "The image was cropped, scaled or turned since its faces were found.",
        "scaled": "The layer was cropped, scaled or turned since its faces were found.",
        "closed": "The image was closed.",
    }.items():
        trouble, told, layers = seen["insert"][case]
        assert trouble == words and told.startswith(words), (case, seen["insert"][case])
        assert len(layers) == (0 if case == "closed" else 1), (case, layers)
    assert not seen["insert can be pressed"]


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_the_dialog_with_the_real_generator(gimp: Host, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LATENTEDIT_HOST_LIMIT", "800")  # a face is learnt: minutes, where the cores are busy
    seen = gimp.told("gimp_dialog.py", tmp_path, home=home, options=("--screen",))
    assert seen["directions"] == 23 and seen["status"] == "success" and seen["layers"][0] == "latentedit: face 1"
