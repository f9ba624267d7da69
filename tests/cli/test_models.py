"""Checkpoints become generators of the user's own, and everything knows them from then on."""

from __future__ import annotations

import json
import os
import pickle
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from generators.test_vectors import BESIDE
from generators.tiny import CARD, TINY, random_weights
from PIL import Image
from safetensors.torch import load_file, save_file

from latentedit.checkpoints.safetensors_file import texts_of_safetensors
from latentedit.cli.app import run
from latentedit.errors import LatentEditError
from latentedit.generators import load_generator
from latentedit.generators.architectures import build
from latentedit.generators.native_file import write_native


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    home = tmp_path / "home"
    monkeypatch.setenv("LATENTEDIT_HOME", str(home))
    monkeypatch.chdir(tmp_path)
    return home


def checkpoint(path: Path, name: str = "stylegan2", seed: int = 0) -> Path:
    """A file of our own format; foreign ones are tested with their vectors."""
    found = random_weights(TINY[name](), seed)
    write_native(path, build(found, CARD), found.config, CARD)
    return path


def document(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> Any:
    capsys.readouterr()
    assert run([*arguments, "--json"]) == code
    return json.loads(capsys.readouterr().out)


def test_an_imported_generator_is_known_by_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = checkpoint(tmp_path / "some.safetensors")
    told = document(capsys, "models", "import", str(path), "--name", "mine", "--licence", "CC0")
    assert (told["name"], told["licence"], told["img_resolution"]) == ("mine", "CC0", 32)
    assert "mine" in [entry["name"] for entry in document(capsys, "models", "list")]
    facts = document(capsys, "models", "info", "mine")
    assert facts["weights_hash"] == CARD.weights_hash and facts["licence"] == "CC0"
    by_name, by_path = load_generator("mine"), load_generator(path)
    z = torch.randn(1, 12, generator=torch.Generator().manual_seed(0))
    assert torch.equal(by_name.synthesis(by_name.mapping(z)), by_path.synthesis(by_path.mapping(z)))
    assert document(capsys, "models", "remove", "mine") == {"removed": "mine"}
    assert run(["models", "info", "mine"]) == 2


def test_exporting_and_importing_again_changes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    checkpoint(tmp_path / "a.safetensors")
    assert run(["models", "import", "a.safetensors", "--name", "mine"]) == 0
    assert run(["models", "export", "mine", "-o", "b.safetensors"]) == 0
    assert run(["models", "export", "b.safetensors", "-o", "c.safetensors"]) == 0
    assert texts_of_safetensors(tmp_path / "b.safetensors") == texts_of_safetensors(tmp_path / "c.safetensors")
    a, b = load_generator("a.safetensors"), load_generator("b.safetensors")
    assert isinstance(a, torch.nn.Module) and isinstance(b, torch.nn.Module)
    for (name, mine), (other, theirs) in zip(a.state_dict().items(), b.state_dict().items(), strict=True):
        assert name == other and torch.equal(mine, theirs)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["models", "import", "missing.pkl", "--name", "mine"], 3),
        (["models", "import", "text.pkl", "--name", "mine"], 3),
        (["models", "import", "a.safetensors", "--name", "../mine"], 2),
        (["models", "import", "a.safetensors", "--name", "toy"], 2),
        (["models", "import", "a.safetensors", "--name", "taken"], 2),
        (["models", "import", "a.safetensors", "--name", "mine", "--resolution", "64"], 2),
        (["models", "import", "a.safetensors", "--name", "mine", "--domain", "cats"], 2),
        (["models", "export", "toy", "-o", "toy.safetensors"], 2),
        (["models", "export", "taken", "-o", "taken.pt"], 2),
        (["models", "remove", "missing"], 2),
        (["generate", "--generator", "taken", "--class", "1", "-o", "x.png"], 2),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else str(value),
)
def test_what_cannot_be_is_told_in_one_line(
    tmp_path: Path, arguments: list[str], code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    checkpoint(tmp_path / "a.safetensors")
    (tmp_path / "text.pkl").write_text("no generator")
    assert run(["models", "import", "a.safetensors", "--name", "taken"]) == 0
    capsys.readouterr()
    assert run(arguments) == code
    shown = capsys.readouterr().err
    assert shown.startswith("error: ") and "Traceback" not in shown
    assert run(["models", "info", "taken"]) == 0


def test_classes_can_be_chosen(tmp_path: Path) -> None:
    checkpoint(tmp_path / "c.safetensors", "stylegan2 with classes")
    pictures = {}
    for label in ("0", "1", None):
        chosen = [] if label is None else ["--class", label]
        assert run(["generate", "--generator", "c.safetensors", "--seeds", "4", *chosen, "-o", "out.png"]) == 0
        pictures[label] = np.asarray(Image.open("out.png"))
    assert not np.array_equal(pictures["0"], pictures["1"])
    assert run(["generate", "--generator", "c.safetensors", "--class", "3", "-o", "out.png"]) == 2


@pytest.mark.assets
def test_a_photograph_of_anything_is_projected_edited_and_reopened(
    tmp_path: Path, fetched: object, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("LATENTEDIT_HOME")  # the distances' weights are the user's
    checkpoint(tmp_path / "any.safetensors")
    rows, columns = np.mgrid[0:80, 0:120]
    Image.fromarray(np.stack([rows * 3, columns * 2, rows + columns], axis=2).astype(np.uint8)).save("photo.png")
    figures = document(
        capsys,
        "project",
        "photo.png",
        "--generator",
        "any.safetensors",
        "--preset",
        "fast",
        "--steps",
        "4",
        "--square",
        "10,5,64",
    )
    (face,) = figures["faces"]
    assert face["box"] == [10, 5, 74, 69] and "identity_distance" not in face
    assert run(["edit", "photo.ledit", "--mix", "seed:1:all", "--mode", "replace", "-o", "edited.png"]) == 0
    before, after = (np.asarray(Image.open(name).convert("RGB")) for name in ("photo.png", "edited.png"))
    changed = (before != after).any(axis=2)
    assert changed[20:50, 25:60].any() and not changed[:5].any() and not changed[:, :10].any() and not changed[69:].any()
    assert run(["edit", "photo.ledit", "--mix", "seed:1:all", "--mask", "eyes", "-o", "x.png"]) == 2
    assert run(["project", "photo.png", "--generator", "any.safetensors", "--square", "60,0,64", "-o", "y.ledit"]) == 2
    assert run(["project", "photo.png", "--generator", "any.safetensors", "--square", "all", "-o", "y.ledit"]) == 2


@pytest.mark.parametrize("protocol", range(6))
def test_a_hostile_checkpoint_is_refused_by_the_name_that_it_asks_for(
    protocol: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    class Hostile:
        def __reduce__(self) -> Any:
            return os.system, ("touch WAS_RUN",)

    (tmp_path / "g.pkl").write_bytes(pickle.dumps({"G_ema": Hostile()}, protocol))
    for arguments in (
        ["models", "import", "g.pkl", "--name", "mine"],
        ["models", "info", "g.pkl"],
        ["generate", "--generator", "g.pkl", "-o", "x.png"],
    ):
        assert run(arguments) == 3
        shown = capsys.readouterr().err
        assert "system" in shown and "nothing of it was run" in shown and shown.count("\n") <= 4
    with pytest.raises(LatentEditError):
        load_generator("g.pkl")
    assert not (tmp_path / "WAS_RUN").exists()


@pytest.mark.parametrize("change", ["nothing", "weights", "checksum"])
def test_info_tells_whether_a_file_holds_what_was_written(
    change: str, own_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    checkpoint(tmp_path / "a.safetensors")
    assert run(["models", "import", "a.safetensors", "--name", "mine"]) == 0
    path = own_home / "models" / "mine.safetensors"
    tensors, texts = load_file(path), texts_of_safetensors(path)
    if change == "weights":
        tensors["w_avg"] = tensors["w_avg"] + 1
    if change == "checksum":
        del texts["content_sha256"]
    save_file(tensors, path, texts)
    expected = {"nothing": "verified", "weights": "changed", "checksum": "not verified"}[change]
    for which in ("mine", str(path)):
        facts = document(capsys, "models", "info", which)
        assert facts["content"] == expected and facts["name"] == which
        assert (facts["weights_hash"] == CARD.weights_hash) == (change != "weights")
    assert document(capsys, "models", "info", "toy")["content"] is None
    capsys.readouterr()
    assert run(["models", "import", str(path), "--name", "again"]) == 0
    assert ("cannot be verified" in capsys.readouterr().err) == (change == "checksum")
    assert run(["models", "info", "again"]) == 0
    assert ("not verified" in capsys.readouterr().out) == (change == "checksum")


@pytest.mark.parametrize("name", ["sg2ada_cond32.pkl", "tf_sg1_32.pkl", "rosinality_sg1_running.model", "lucidrains_32.pt"])
def test_foreign_checkpoints_are_imported_whole(
    name: str, shared_data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Under another name, too: what they are is told by what is in them."""
    (tmp_path / "anything").write_bytes((shared_data / "checkpoints" / name).read_bytes())
    for beside in (shared_data / "checkpoints").glob(f"{Path(name).stem}.config.json"):
        (tmp_path / "anything.config.json").write_bytes(beside.read_bytes())
    told = ["--resolution", "32"] if "rosinality_sg1" in name else []
    if told:
        assert run(["models", "import", "anything", "--name", "mine"]) == 3
        assert "--resolution" in capsys.readouterr().err
    assert document(capsys, "models", "import", "anything", "--name", "mine", *told)["img_resolution"] == 32
    assert run(["generate", "--generator", "mine", "--seeds", "0-3", "-o", "faces.png"]) == 0
    with Image.open("faces.png") as faces:
        assert faces.size == (64, 64)
    a, b = load_generator("anything", img_resolution=32 if told else None), load_generator("mine")
    w_plus = a.mapping(torch.zeros(1, a.z_dim) + 0.1, torch.eye(a.c_dim)[:1] if a.c_dim else None)
    assert torch.equal(a.synthesis(w_plus), b.synthesis(w_plus))


def test_translators_are_told_as_such(shared_data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for path in sorted((shared_data / "checkpoints").glob("*2pix_*.pth")) + sorted(
        (shared_data / "checkpoints").glob("cyclegan_*.pth")
    ):
        assert run(["models", "info", str(path)]) == 3
        assert "load_translator" in capsys.readouterr().err


def test_the_list_tells_what_generators_are(tmp_path: Path, capsys: pytest.CaptureFixture[str], own_home: Path) -> None:
    checkpoint(tmp_path / "a.safetensors", "stylegan2 with classes")
    assert run(["models", "import", "a.safetensors", "--name", "mine"]) == 0
    (own_home / "models" / "broken.safetensors").write_bytes(b"nothing")
    listed = {entry["name"]: entry for entry in document(capsys, "models", "list")}
    mine = listed["mine"]
    assert [mine[key] for key in ("architecture", "img_resolution", "c_dim", "domain")] == ["stylegan2", 32, 3, "image"]
    assert listed["broken"]["architecture"] == "damaged"
    assert run(["models", "list"]) == 0 and "stylegan2" in capsys.readouterr().out


@pytest.mark.parametrize("averaged", [True, False])
def test_a_copy_that_is_only_trained_is_told(averaged: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = BESIDE / "genforce_sg2_32.pth"
    if not path.exists():
        pytest.skip("needs the shared data")
    states = torch.load(path, weights_only=True)  # noqa: TID251  # a file of our own tests
    torch.save(states if averaged else {"generator": states["generator"]}, tmp_path / "g.pth")
    assert run(["models", "import", "g.pth", "--name", "mine"]) == 0
    assert ("only the copy" in capsys.readouterr().err) == (not averaged)


@pytest.mark.parametrize("told", [True, False])
def test_an_assumed_factor_is_told(told: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    if not (BESIDE / "lucidrains_32.pt").exists():
        pytest.skip("needs the shared data")
    for suffix in (".pt", *((".config.json",) if told else ())):
        (tmp_path / f"g{suffix}").write_bytes((BESIDE / f"lucidrains_32{suffix}").read_bytes())
    assert run(["models", "import", "g.pt", "--name", "mine"]) == 0
    assert ("lr_mlp is taken" in capsys.readouterr().err) == (not told)


@pytest.mark.parametrize(
    ("given", "code", "said"),
    [("folder", 3, "a folder"), ("pipe", 3, "no regular file"), ("https://example.org/g.pkl", 2, "not an address")],
)
def test_what_is_no_file_is_told(given: str, code: int, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    assert run(["models", "import", given, "--name", "mine"]) == code
    assert said in capsys.readouterr().err
    (tmp_path / "g.pkl").write_bytes(b"<html>")
    assert run(["models", "import", "g.pkl", "--name", "mine"]) == 3
    told = capsys.readouterr().err
    assert "g.pkl" in told and "web site" in told


def test_a_refusal_names_the_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = random_weights(TINY["stylegan2"]())
    generator = build(found, CARD)
    generator.w_avg.fill_(float("nan"))
    write_native(tmp_path / "broken.safetensors", generator, found.config, CARD)
    assert run(["models", "info", "broken.safetensors"]) == 3
    told = capsys.readouterr().err
    assert "broken.safetensors" in told and "not finite" in told
