"""Each recipe trains, as it is but for its length and the sizes of its networks."""

from __future__ import annotations

import itertools
import json
from typing import Any

import pytest
import torch

from latentedit_training.config_text import config_from_tree
from latentedit_training.data.arrays import ArrayImages
from latentedit_training.data.base import Labels
from latentedit_training.recipes import read_recipe, recipe_names
from latentedit_training.training import Training

SMALL = {
    "width": 4,
    "z_dim": 10,
    "channel_base": 64,
    "channel_max": 8,
    "blocks": 1,
    "shared_dim": 4,
    "embedding": 8,
    "reference_size": 4,
}


def small(tree: dict[str, Any]) -> dict[str, Any]:
    """The recipe with networks of few channels and four images of a turn."""
    tree = json.loads(json.dumps(tree))
    for name in ("generator", "discriminator", "classifier"):
        network = tree["game"].get(name)
        if network is not None:
            network |= {key: value for key, value in SMALL.items() if key in fields_of(name, network["name"])}
            widths = fields_of(name, network["name"]).get("widths", ())
            if widths is None:  # of the paper's tables, by the images' size
                widths = (4,) * (4 if tree["images"]["resolution"] == 32 else 5)
            if widths:
                network["widths"] = [4] * len(widths)
    return {**tree, "batch_size": 4, "steps": 2, "accumulate": 1}


def fields_of(role: str, name: str) -> dict[str, Any]:
    from latentedit_training.networks import registry

    classes = (
        (*registry.GENERATORS,)
        if role == "generator"
        else (*registry.DISCRIMINATORS, *registry.AUTOENCODERS, registry.AnyClassifier)
    )
    chosen = next(cls for cls in classes if cls().name == name)
    return {**vars(chosen())}


def images(tree: dict[str, Any]) -> ArrayImages:
    side, channels = tree["images"]["resolution"], tree["images"].get("channels", 3)
    random = torch.Generator().manual_seed(0)
    image_uint8 = torch.randint(256, (200, channels, side, side), generator=random, dtype=torch.uint8)
    kind = tree["images"].get("labels", "none")
    names = tuple(str(number) for number in range(10))
    if kind == "class":
        return ArrayImages(image_uint8, Labels("class", names, torch.arange(200) % 10))
    if kind == "attributes":
        return ArrayImages(image_uint8, Labels("attributes", names, torch.rand(200, 10, generator=random).round()))
    return ArrayImages(image_uint8)


@pytest.mark.parametrize("name", recipe_names())
def test_a_recipe_trains(name: str) -> None:
    tree = small(read_recipe(name))
    if tree["game"].get("warm_up_steps"):
        tree["game"]["warm_up_turns"] = 2
    training = Training(config_from_tree(tree), images(tree), device=torch.device("cpu"))
    before = {key: value.clone() for net in training.game.networks.values() for key, value in net.named_parameters()}
    steps = list(itertools.islice(training.steps(), 2))
    assert len(steps) == 2 and all(torch.isfinite(value) for step in steps for value in step.losses.values())
    after = {key: value for net in training.game.networks.values() for key, value in net.named_parameters()}
    assert any(not torch.equal(value, after[key]) for key, value in before.items())
    network = training.drawing_network()
    assert network is not None
    z = torch.zeros(2, training.game.z_dim)
    with torch.no_grad():
        drawn = network.eval()(z, training.sample_labels(2, seed=0))
    assert drawn.shape[1:] == (tree["images"].get("channels", 3), *[tree["images"]["resolution"]] * 2)
