"""``train``, ``study``, ``metrics``: what they print, write, refuse, and how they end."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import torch
from PIL import Image
from toy_runs import toy_images

from latentedit.cli.app import run

RECIPE = """
title = "toy"
source = "tests, 2026"
steps = 4
batch_size = 4
[images]
resolution = 8
channels = 1
[game]
name = "adversarial"
[game.generator]
name = "mlp"
width = 6
z_dim = 4
[game.discriminator]
name = "mlp"
width = 6
[optimizers.g]
lr = 0.01
[optimizers.d]
lr = 0.01
[log]
losses = 1
grid = 2
checkpoint = 2
samples = 4
"""


@pytest.fixture
def recipe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A recipe and a folder of pictures, in the current folder."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "toy.toml").write_text(RECIPE)
    folder = tmp_path / "pictures"
    folder.mkdir()
    for index, image in enumerate(toy_images(12).read(range(12))):
        Image.fromarray(image[0].numpy()).save(folder / f"{index:02d}.png")
    return tmp_path / "toy.toml"


def test_a_recipe_trains_and_writes(recipe: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["train", "toy.toml", "--data", "pictures", "--out", "out", "steps=3", "--json", "--device", "cpu"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["step"] == 3 and set(told["losses"]) == {"d", "g"} and told["kimg"] == pytest.approx(0.012)
    assert json.loads((recipe.parent / "out" / "config.json").read_text())["steps"] == 3
    names = {path.name for path in (recipe.parent / "out").iterdir()}
    assert {"log.jsonl", "tensorboard", "samples-000000002.png", "checkpoint-000000003.safetensors"} <= names
    with Image.open("out/samples-000000003.png") as grid:
        assert grid.size == (16, 16) and grid.mode == "L"


def test_a_run_goes_on_with_its_own_settings(recipe: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["train", "toy.toml", "--data", "pictures", "--out", "out", "--device", "cpu"]
    assert run([*arguments, "seed=3"]) == 0
    assert run(arguments) == 2
    assert "holds a training run" in capsys.readouterr().err
    assert run([*arguments, "--resume", "steps=6"]) == 0
    config = json.loads(Path("out/config.json").read_text())
    assert config["steps"] == 6 and config["seed"] == 3
    steps = [json.loads(line)["step"] for line in Path("out/log.jsonl").read_text().splitlines()]
    assert steps == [1, 2, 3, 4, 5, 6]


def test_a_run_goes_on_only_as_what_it_was(recipe: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["--data", "pictures", "--out", "out", "--device", "cpu", "--resume"]
    assert run(["train", "toy.toml", *arguments, "seed=3", "batch_size=2"]) == 0
    Path("other.toml").write_text(RECIPE.replace('title = "toy"', 'title = "another"'))
    assert run(["train", "other.toml", *arguments, "steps=6"]) == 2
    assert "another recipe: toy" in capsys.readouterr().err
    Path("pictures/00.png").unlink()
    assert run(["train", "toy.toml", *arguments, "steps=5"]) == 0
    told = capsys.readouterr().err
    assert "Going on from step 4." in told and "began with 12 images, and these are 11" in told
    newest = Path("out/checkpoint-000000005.safetensors")
    newest.write_bytes(newest.read_bytes()[:-9])
    assert run(["train", "toy.toml", *arguments, "steps=6"]) == 0
    told = capsys.readouterr().err
    assert f"{newest.name} cannot be read" in told and "Going on from step 4." in told
    for path in Path("out").glob("checkpoint-*"):
        path.unlink()
    assert run(["train", "toy.toml", *arguments, "steps=1"]) == 0, "its own settings, though no checkpoint was written yet"
    config = json.loads(Path("out/config.json").read_text())
    assert config["seed"] == 3 and config["batch_size"] == 2


def test_labels_that_no_one_asks_for_are_not_read(recipe: Path) -> None:
    Path("pictures/dataset.json").write_text('{"labels": [["00.png", 1]]}')
    assert run(["train", "toy.toml", "--data", "pictures", "--out", "out", "--device", "cpu"]) == 0


def test_what_may_not_be_meant_is_told(recipe: Path, capsys: pytest.CaptureFixture[str]) -> None:
    recipe.write_text(RECIPE.replace('name = "mlp"\nwidth = 6\n[opt', 'name = "dcgan"\nwidth = 4\n[opt'))
    penalties = "game.penalties=[{name='wgan-gp'}]"
    assert run(["train", "toy.toml", "--data", "pictures", "--out", "out", "--device", "cpu", "steps=1", penalties]) == 0
    assert "Batch normalisation lets images depend on each other" in capsys.readouterr().err


def test_a_run_is_drawn_and_measured(recipe: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["train", "toy.toml", "--data", "pictures", "--out", "out", "--device", "cpu"]) == 0
    assert run(["data", "samples", "out", "-o", "a.zip", "--count", "12", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["count"] == 12
    for fake in ("out", "out/checkpoint-000000004.safetensors", "a.zip"):
        assert run(["metrics", "pictures", fake, "--extractor", "mnist", "--metrics", "fid", "--json"]) == 0
        (figure,) = json.loads(capsys.readouterr().out)["figures"]
        assert figure["n_real"] == figure["n_fake"] == 12 and figure["value"] > 0
    assert run(["models", "import", "out/checkpoint-000000004.safetensors", "--name", "mine"]) != 0
    assert "checkpoint of a training run" in capsys.readouterr().err
    assert run(["data", "samples", "pictures", "-o", "b.zip"]) == 3
    assert "has no checkpoint" in capsys.readouterr().err
    assert run(["metrics", "pictures", "pictures", "--metrics", "ppl"]) == 2
    assert "has only images" in capsys.readouterr().err


def test_triangles_are_learnt_and_measured(recipe: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["data", "polygons", "-o", "triangles.zip", "--count", "20"]) == 0
    arguments = ["toy.toml", "--data", "triangles.zip", "--out", "out", "images.resolution=28", "--device", "cpu"]
    assert run(["train", *arguments]) == 0
    capsys.readouterr()
    assert run(["metrics", "triangles.zip", "out", "--metrics", "triangles", "--n-fake", "5", "--json"]) == 0
    figures = json.loads(capsys.readouterr().out)["figures"]
    assert [figure["name"] for figure in figures] == ["triangles precision", "triangles recall", "triangles f1"]


def test_recipes_and_settings_are_shown(recipe: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["train", "--list", "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert {"mnist-100-labels", "lucic", "wgan-gp-64", "jin-anime-64"} <= {entry["name"] for entry in listed}
    assert all(entry["title"] and entry["source"] for entry in listed)
    assert run(["train", "--list"]) == 0
    assert "began-64" in capsys.readouterr().out
    assert run(["train", "toy.toml", "--show", "optimizers.g.lr=0.5"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown["optimizers"]["g"]["lr"] == 0.5 and shown["log"]["keep"] == 2


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["train"], 2, "Which recipe?"),
        (["train", "nothing", "--data", "pictures", "--out", "out"], 2, "no recipe 'nothing'"),
        (["train", "toy.toml", "--out", "out"], 2, "--data and --out"),
        (["train", "toy.toml", "--data", "pictures", "--out", "out", "stepz=3"], 2, "did you mean steps"),
        (["train", "toy.toml", "--data", "pictures", "--out", "out", "images.labels='class'"], 3, ""),
        (["train", "toy.toml", "--data", "missing", "--out", "out"], 3, "missing"),
        (["train", "toy.toml", "--data", "toy.toml", "--out", "out"], 3, ""),
        (["train", "toy.toml", "--data", "pictures", "--out", "out", "game.generator.name=infogam"], 2, "game.generator"),
        (["metrics", "pictures", "missing", "--extractor", "mnist"], 3, "missing"),
        (["metrics", "pictures", "pictures", "--extractor", "oracle"], 2, "no extractor 'oracle'"),
        (["metrics", "pictures", "pictures", "--extractor", "mnist", "--metrics", "fid,beauty"], 2, "no metric 'beauty'"),
        (["study", "lucic", "-o", "out"], 2, "No images are named"),
        (["study", "lucic", "--mnist", "pictures", "-o", "out"], 3, "no test images"),
        (["study", "few-labels", "--mnist", "pictures", "-o", "out", "--draws", "a"], 2, "no numbers"),
    ],
)
def test_what_cannot_be_done_is_said(
    arguments: list[str], code: int, message: str, recipe: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(arguments) == code
    told = capsys.readouterr().err
    assert told.startswith("error: ") and message in told and "Traceback" not in told
    assert not Path("out").exists() or not list(Path("out").glob("*.safetensors"))


def test_metrics_tell_what_they_depend_on(recipe: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["metrics", "pictures", "pictures", "--extractor", "mnist", "--json", "--device", "cpu"]) == 0
    told = json.loads(capsys.readouterr().out)
    figures = {figure["name"]: figure for figure in told["figures"]}
    assert abs(figures["fid"]["value"]) < 1e-6 and figures["fid"]["n_real"] == 12 and "biased" in figures["fid"]["note"]
    assert figures["precision"]["value"] == figures["recall"]["value"] == 1
    assert all(figure["extractor"].startswith("latentedit-mnist") for name, figure in figures.items() if name != "ms-ssim")
    assert all(figure["resizer"] for figure in told["figures"])
    assert run(["metrics", "pictures", "pictures", "--extractor", "mnist", "--metrics", "fid"]) == 0
    assert "fid" in capsys.readouterr().out


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_saves_and_says_so(sent: signal.Signals, recipe: Path) -> None:
    command = [sys.executable, "-W", "ignore", "-c", "from latentedit.cli import main; main()"]
    arguments = [
        "train",
        "toy.toml",
        "--data",
        "pictures",
        "--out",
        "out",
        "steps=1000000",
        "log.checkpoint=0",
        "log.grid=0",
        "--device",
        "cpu",
    ]
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    process = subprocess.Popen([*command, *arguments], env=environment, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    log = Path("out/log.jsonl")
    deadline = time.monotonic() + 200
    while not (log.exists() and log.stat().st_size) and time.monotonic() < deadline and process.poll() is None:
        time.sleep(0.05)
    process.send_signal(sent)
    _, told = process.communicate(timeout=100)
    assert process.returncode == 130, told
    assert "a checkpoint is in out" in told and "Traceback" not in told
    assert len(list(Path("out").glob("checkpoint-*.safetensors"))) == 1


def test_nothing_global_stays_behind(recipe: Path) -> None:
    before = signal.getsignal(signal.SIGINT)
    threads = torch.get_num_threads()
    assert run(["train", "toy.toml", "--data", "pictures", "--out", "out", "--device", "cpu"]) == 0
    assert signal.getsignal(signal.SIGINT) is before and torch.get_num_threads() == threads
