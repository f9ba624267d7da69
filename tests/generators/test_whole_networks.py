"""A network is read whole or refused: every tensor of it counts, and nothing in it is left aside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from generators.test_vectors import BESIDE, NAMES
from generators.vectors import Vector
from latentedit.checkpoints.allowed_names import CLASS_NAME
from latentedit.checkpoints.foreign import read_contents
from latentedit.errors import CheckpointError
from latentedit.generators.architectures import build
from latentedit.generators.card import Card
from latentedit.generators.formats.found import Source
from latentedit.generators.formats.tensorflow import PARTS
from latentedit.generators.opening import MAX_BYTES, _wanted_part, generator_in

CARD = Card("g", "image", "hash")
OPTIONAL = {
    "the mean latent is measured where a file has none": r"(.*[./])?(w_avg|latent_avg|dlatent_avg)",
    "a network that does not tell how far it has grown is done": r"(.*[./])?lod",
    "gradients only are filtered by it": r".*\.weight_flip",
    "the layer does not change the sampling rate": r"synthesis\.b\d+\.(conv1|torgb)\.resample_filter|synthesis\.b4\.resample_filter",
    "a layer of a resolution that was not trained": r"generator\.(progression|to_rgb)\.[4-8]\..*",
    "the other networks of a training": r"(?!SE|GE)[A-Z]\w*\..*",
}
"""What may be missing, and why."""
STATES = ("g_ema", "g_running", "generator_smooth", "GAN")


@cache
def whole(name: str) -> tuple[Path, int, Any]:
    """A checkpoint, its resolution, and what is read of it."""
    vector = Vector.load(BESIDE, name)
    return vector.checkpoint, vector.arrays["image"].shape[-1], read_contents(vector.checkpoint, MAX_BYTES, _wanted_part).tree


def opens(name: str) -> None:
    path, resolution, tree = whole(name)
    build(generator_in(Source(tree, path, resolution)), CARD)


Place = tuple[dict[str, Any], str, str]
"""Where a tensor is: the dictionary that holds it, its key there, and its name within the network."""


def places(tree: Any) -> Iterator[Place]:
    """All tensors of the network that is read."""
    if isinstance(tree, list):
        yield from variables(tree[-1])
    elif isinstance(tree.get("G_ema"), dict) and CLASS_NAME in tree["G_ema"]:
        yield from attributes(tree["G_ema"], "")
    else:
        state = next((tree[key] for key in STATES if key in tree), tree)
        yield from ((state, key, key) for key, value in state.items() if isinstance(value, np.ndarray))


def attributes(module: dict[str, Any], path: str) -> Iterator[Place]:
    for group in ("_parameters", "_buffers"):
        yield from ((module[group], key, path + key) for key, value in module[group].items() if value is not None)
    for key, child in module["_modules"].items():
        yield from attributes(child, f"{path}{key}.")


def variables(network: dict[str, Any], path: str = "") -> Iterator[Place]:
    named = dict(network["variables"])
    network["variables"] = [[key, value] for key, value in named.items()]
    for number, (key, _) in enumerate(network["variables"]):
        yield network, str(number), path + key
    for part in PARTS if not path else ():
        yield from variables(network["components"][part], f"{part}/")


class Changed:
    """A network without one of its tensors, or with one more, for as long as it lasts."""

    def __init__(self, place: Place, stray: str | None = None) -> None:
        self.owner, self.key, _ = place
        self.stray = stray
        self.before: Any = None

    def __enter__(self) -> None:
        if "variables" in self.owner:
            self.before = self.owner["variables"]
            extra = [[self.stray, np.zeros(3, np.float32)]] if self.stray else []
            kept = [entry for n, entry in enumerate(self.before) if self.stray or n != int(self.key)]
            self.owner["variables"] = kept + extra
        elif self.stray:
            self.owner[self.stray] = np.zeros(3, np.float32)
        else:
            self.before = dict(self.owner)
            del self.owner[self.key]

    def __exit__(self, *_: object) -> None:
        if "variables" in self.owner:
            self.owner["variables"] = self.before
        elif self.stray:
            del self.owner[self.stray]
        else:
            self.owner.update(self.before)


def is_optional(tensor: str) -> bool:
    return any(re.fullmatch(pattern, tensor) for pattern in OPTIONAL.values())


@pytest.mark.parametrize("name", NAMES)
def test_without_any_of_its_tensors_it_is_refused(name: str) -> None:
    opens(name)
    accepted, unnamed = [], []
    for place in list(places(whole(name)[2])):
        with Changed(place):
            try:
                opens(name)
                accepted.append(place[2])
            except CheckpointError as error:
                assert "\n" not in str(error) and error.exit_code == 3
                if not re.search(r"lacks|has a part|do not fit|damaged|no generator of a known kind", str(error)):
                    unnamed.append((place[2], str(error)))
    assert [tensor for tensor in accepted if not is_optional(tensor)] == []
    assert unnamed == []


@pytest.mark.parametrize("name", NAMES)
def test_with_one_tensor_more_it_is_refused(name: str) -> None:
    """Beside each layer's own, so that wherever it stands it is seen."""
    owners = {id(owner): (owner, key, tensor) for owner, key, tensor in places(whole(name)[2]) if not is_optional(tensor)}
    separator = "/" if name.startswith("tf_") else "."
    for owner, key, tensor in owners.values():
        beside, dot, _ = (owner["variables"][int(key)][0] if "variables" in owner else key).rpartition(separator)
        with Changed((owner, key, tensor), f"{beside}{dot}attention"), pytest.raises(CheckpointError, match="attention"):
            opens(name)
