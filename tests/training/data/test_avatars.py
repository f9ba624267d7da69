"""Avatars: their labels are what is drawn."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytest.importorskip("dicebear", reason="needs latentedit[avatars]")
pytest.importorskip("dicebear_styles", reason="needs latentedit[avatars]")
pytest.importorskip("resvg_py", reason="needs latentedit[avatars]")

from latentedit.errors import UsageError
from latentedit_training.data import avatar_style
from latentedit_training.data.avatar_style import LICENCES, STYLES, AvatarStyle, grouped, load_style
from latentedit_training.data.avatars import attributes_of, draw_avatars, drawing, rasterised, seeded
from latentedit_training.data.opening import open_images

MANY_STYLES = [pytest.param(name, marks=() if name in STYLES[:2] else pytest.mark.slow) for name in STYLES]
PLACING = ("Rotate", "TranslateX", "TranslateY", "Scale")


def placing(chosen: dict[str, Any]) -> dict[str, Any]:
    """What was chosen of turns and places."""
    return {name: value for name, value in chosen.items() if name.endswith(PLACING)}


@pytest.fixture(scope="module")
def pixel_art() -> AvatarStyle:
    return load_style("pixel-art")


def told(style: AvatarStyle, options: dict[str, Any]) -> set[str]:
    svg, chosen = drawing(style, options)
    return set(attributes_of(style, svg, chosen))


@pytest.mark.parametrize("name", MANY_STYLES)
def test_every_style_has_a_free_licence_and_labels(name: str) -> None:
    style = load_style(name)
    assert style.licence in LICENCES and style.credit and len(style.attributes) == len(set(style.attributes)) > 20
    held = set().union(*(told(style, seeded(style, seed, 0.5)) for seed in range(12)))
    assert held <= set(style.attributes) and len(held) > 10


@pytest.mark.parametrize("name", MANY_STYLES)
def test_an_avatar_of_what_its_labels_tell_is_the_same_avatar(name: str) -> None:
    """What is drawn from the chosen variants and colours by their names, with another seed for what is not told."""
    style, compared = load_style(name), 0
    for seed in range(3):
        svg, chosen = drawing(style, seeded(style, seed, 0.5))
        labels = attributes_of(style, svg, chosen)
        options: dict[str, Any] = {"seed": "another"}
        for part in style.parts:
            variant = chosen.get(f"{part.name}Variant")
            assert (part.name in labels) == (part.optional and variant is not None)
            options[f"{part.name}Probability"] = 0 if variant is None else 100
            options |= {} if variant is None else {f"{part.name}Variant": variant}
        for colour, values in style.colours.items():
            held = [value for value in values if f"{colour}_colour={value}" in labels]
            assert len(held) <= 1
            options |= {f"{colour}Color": held} if held else {}
        again, redrawn = drawing(style, options)
        if placing(redrawn) == placing(chosen):  # some styles turn or move parts by a little, which no label tells
            compared += 1
            assert np.array_equal(rasterised(again, 48), rasterised(svg, 48))
    assert compared, "all avatars were placed otherwise"


def test_parts_are_labelled_when_they_are_there(pixel_art: AvatarStyle) -> None:
    base = {"seed": "x", "hatProbability": 0, "glassesProbability": 0, "hairVariant": "long03"}
    bare, with_glasses = told(pixel_art, base), told(pixel_art, {**base, "glassesProbability": 100, "glassesVariant": "dark02"})
    assert {"glasses", "glasses=dark"} <= with_glasses - bare
    assert not any(name.startswith(("glasses", "hat")) for name in bare)
    assert "hair=long" in bare and "hair=short" not in bare


def test_colours_are_labelled_when_they_are_seen(pixel_art: AvatarStyle) -> None:
    skins = pixel_art.colours["skin"]
    options = {"seed": "x", "skinColor": [skins[2]], "glassesProbability": 0, "hatProbability": 0}
    found = {name for name in told(pixel_art, options) if name.startswith(("skin_colour", "glasses_colour", "hat_colour"))}
    assert found == {f"skin_colour={skins[2]}"}
    seen = rasterised(drawing(pixel_art, options)[0], 64).reshape(-1, 3).astype(int)
    assert (np.abs(seen - [int(skins[2][k : k + 2], 16) for k in (0, 2, 4)]).sum(axis=1) == 0).any()


def test_a_part_changes_the_picture(pixel_art: AvatarStyle) -> None:
    base = {"seed": "x", "hatProbability": 0, "glassesProbability": 0, "beardProbability": 0, "accessoriesProbability": 0}
    bare = rasterised(drawing(pixel_art, base)[0], 32)
    for part in ("hat", "glasses", "beard", "accessories"):
        assert (rasterised(drawing(pixel_art, {**base, f"{part}Probability": 100})[0], 32) != bare).any()
    assert (bare[0, 0] == 255).all(), "the background is white"


def test_a_set_of_avatars(pixel_art: AvatarStyle, tmp_path: Path) -> None:
    for name in ("a", "b"):
        list(draw_avatars(path=tmp_path / f"{name}.zip", count=40, size=24, seed=7))
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    images = open_images(tmp_path / "a.zip")
    assert len(images) == 40 and images.labels is not None and images.labels.names == pixel_art.attributes
    assert set(images.labels.values.unique().tolist()) == {0.0, 1.0}
    glasses = float(images.labels.values[:, images.labels.names.index("glasses")].mean())
    assert 0.1 < glasses < 0.55  # of a chance of 0.3
    assert len({each.numpy().tobytes() for each in images.read(range(40))}) == 40
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        about = json.loads(archive.read("dataset.json"))
    assert about["licence"] == "CC0 1.0" and about["style"] == "pixel-art" and "DiceBear" in about["credit"]
    assert {"dicebear-core", "dicebear-styles", "resvg-py"} <= set(about["versions"])


def test_what_cannot_be_drawn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UsageError, match="no style identicon"):
        draw_avatars(path=tmp_path / "a.zip", count=1, size=16, seed=0, style="identicon")
    with pytest.raises(UsageError, match="2 is no chance"):
        draw_avatars(path=tmp_path / "a.zip", count=1, size=16, seed=0, presence=2)
    monkeypatch.setattr(avatar_style, "STYLES", ("avataaars",))
    with pytest.raises(UsageError, match="under Free for personal"):
        load_style("avataaars")


def test_variants_are_grouped_by_their_names() -> None:
    assert grouped(["long01", "long02", "short01"]) == {"long01": "long", "long02": "long", "short01": "short"}
    assert grouped(["variant01", "variant02"]) == {"variant01": "variant01", "variant02": "variant02"}
    assert grouped(["7", "a1"]) == {"7": "7", "a1": "a"}
