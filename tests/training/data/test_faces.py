from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from safetensors.numpy import load

from latentedit.errors import InputError, UsageError
from latentedit.generators.toy import ToyGenerator
from latentedit.images import to_uint8
from latentedit_training.data.faces import LATENTS_NAME, degrees, draw_faces
from latentedit_training.data.opening import open_images
from latentedit_training.networks.base import ImageShape


class Colours:
    """Mean red and green; pictures in which red is weak cannot be scored."""

    names = ("red", "green")

    def score(self, rgb_uint8: np.ndarray) -> dict[str, float]:
        red, green, _ = (float(mean) for mean in rgb_uint8.mean(axis=(0, 1)))
        return {"red": red, "green": green} if red > 110 else {}


def members(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_latents_scores_and_labels_are_those_of_the_pictures(toy: ToyGenerator, tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    steps = list(draw_faces(toy, path=path, count=9, size=32, seed=3, scorers=[Colours()]))
    assert steps[-1].finished and [step.number for step in steps[:9]] == list(range(1, 10))
    found = members(path)
    latents = load(found[LATENTS_NAME])
    images = open_images(path)
    assert images.shape == ImageShape(3, 32, 32) and images.labels is not None and images.labels.names == ("red", "green")
    for number in range(9):
        w = torch.tensor(latents["w"][number]).expand(1, toy.num_ws, -1)
        picture = images.read([number])[0].permute(1, 2, 0).numpy()
        assert np.array_equal(picture, to_uint8(toy.synthesis(w)))
        assert latents["scores"][number] == pytest.approx(list(Colours().score(picture).values()), rel=1e-6)
    reds = latents["scores"][:, 0]
    assert (reds > 110).all() and images.labels.values[:, 0].argsort().tolist() == reds.argsort().tolist()
    about = json.loads(found["dataset.json"])
    assert about["generator"] == "toy" and about["weights_hash"] == toy.spec.weights_hash and about["licence"] == "MIT"
    assert about["seed"] == 3 and set(about["versions"]) == {"latentedit", "torch", "pillow"}


def test_seeds_draw_what_they_drew(toy: ToyGenerator, tmp_path: Path) -> None:
    for name, seed, count in (("a", 3, 4), ("b", 3, 4), ("c", 4, 4), ("d", 3, 6)):
        list(draw_faces(toy, path=tmp_path / f"{name}.zip", count=count, size=16, seed=seed))
    a, c, d = (members(tmp_path / f"{name}.zip") for name in "acd")
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    pictures = [name for name in a if name.endswith(".png")]
    assert len({a[name] for name in pictures} | {c[name] for name in pictures}) == 8
    assert all(a[name] == d[name] for name in pictures), "a larger set does not begin as the smaller one"


def test_drawings_say_that_a_model_made_them(toy: ToyGenerator, tmp_path: Path) -> None:
    list(draw_faces(toy, path=tmp_path / "a.zip", count=1, size=16, seed=0))
    png = members(tmp_path / "a.zip")["00000/img00000000.png"]
    assert b"trainedAlgorithmicMedia" in png and Image.open(io.BytesIO(png)).size == (16, 16)


def test_sets_without_scores_have_no_labels(toy: ToyGenerator, tmp_path: Path) -> None:
    list(draw_faces(toy, path=tmp_path / "a.zip", count=2, size=16, seed=0))
    assert open_images(tmp_path / "a.zip").labels is None
    assert load(members(tmp_path / "a.zip")[LATENTS_NAME])["w"].shape == (2, toy.w_dim)


def test_some_of_the_scores_can_be_chosen(toy: ToyGenerator, tmp_path: Path) -> None:
    list(draw_faces(toy, path=tmp_path / "a.zip", count=2, size=16, seed=0, scorers=[Colours()], attributes=["green"]))
    labels = open_images(tmp_path / "a.zip").labels
    assert labels is not None and labels.names == ("green",)
    with pytest.raises(UsageError, match="Nothing measures blue"):
        draw_faces(toy, path=tmp_path / "b.zip", count=2, size=16, seed=0, scorers=[Colours()], attributes=["blue"])


def test_faces_that_nobody_can_score_end_it(toy: ToyGenerator, tmp_path: Path) -> None:
    class Blind:
        names = ("smile",)

        def score(self, rgb_uint8: np.ndarray) -> dict[str, float]:
            return {}

    with pytest.raises(InputError, match="None of 20 faces could be scored for smile"):
        list(draw_faces(toy, path=tmp_path / "a.zip", count=2, size=16, seed=0, scorers=[Blind()]))


def test_degrees() -> None:
    assert degrees("age", np.array([30.0, 10.0, 20.0, 20.0])).tolist() == [0.875, 0.125, 0.5, 0.5]
    assert degrees("gender", np.array([0.0, np.log(3), -1000.0])) == pytest.approx([0.5, 0.75, 0.0])


@pytest.mark.parametrize(("count", "size", "seed"), [(0, 16, 0), (1, 4, 0), (1, 16, -1), (1, 16, 2**63)])
def test_sets_that_cannot_be(count: int, size: int, seed: int, toy: ToyGenerator, tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        draw_faces(toy, path=tmp_path / "a.zip", count=count, size=size, seed=seed)
