"""Recipes, overrides and JSON: what is written is what is meant, and what is wrong is named."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st
from toy_runs import GAMES, toy_config, toy_tree

from latentedit.errors import UsageError
from latentedit_training.config_text import config_from_json, config_from_tree, config_to_json, overridden, tree_of
from latentedit_training.recipes import read_recipe, recipe_names


@pytest.mark.parametrize("game", GAMES)
def test_json_holds_everything(game: str) -> None:
    config = toy_config("seed=7", "optimizers.g.beta2=0.9", game=game)
    assert config_from_json(config_to_json(config)) == config
    assert config_from_tree(tree_of(config)) == config


def test_configurations_cannot_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        toy_config().steps = 3  # type: ignore[misc]


@pytest.mark.parametrize("name", recipe_names())
def test_every_recipe_is_valid_and_says_where_it_comes_from(name: str) -> None:
    config = config_from_tree(read_recipe(name))
    assert config.title and any(character.isdigit() for character in config.source)


@pytest.mark.parametrize(
    ("assignment", "path", "value"),
    [
        ("steps=12", ("steps",), 12),
        ("optimizers.g.lr=1e-3", ("optimizers", "g", "lr"), 1e-3),
        ("game.loss=hinge", ("game", "loss"), "hinge"),
        ("game.discriminator.width = 9", ("game", "discriminator", "width"), 9),
        ("images.flip=false", ("images", "flip"), False),
        ("ema=none", ("ema",), None),
        ("ema.networks=['g']", ("ema", "networks"), ["g"]),
        ("title=two words", ("title",), "two words"),
    ],
)
def test_overrides_reach_their_place(assignment: str, path: tuple[str, ...], value: object) -> None:
    tree = overridden(toy_tree(), [assignment])
    assert config_from_tree(tree) != config_from_tree(toy_tree())
    found = tree
    for part in path:
        found = found[part]
    assert found == value


def test_a_number_goes_into_a_list() -> None:
    config = toy_config("game.penalties=[{name='r1'}, {name='r2'}]", "game.penalties.1.weight=3.0")
    assert [penalty.weight for penalty in config.game.penalties] == [10.0, 3.0]  # type: ignore[union-attr]


def test_overriding_leaves_the_recipe_alone() -> None:
    tree = toy_tree()
    overridden(tree, ["game.loss=hinge", "optimizers.g.lr=1.0"])
    assert tree == toy_tree()


@pytest.mark.parametrize(
    ("assignment", "message"),
    [
        ("game.weight=inf", "game.weight"),
        ("optimizers.g.lr=nan", "optimizers.g.lr"),
        ("steps=0", "steps: input should be greater than or equal to 1"),
        ("steps=many", "steps: input should be a valid integer"),
        ("steps=1.5", "steps"),
        ("stepz=3", "stepz is no setting; did you mean steps"),
        ("game.discriminator.widht=3", "game.discriminator.widht is no setting; did you mean width"),
        ("game.loss=hing", "game.loss"),
        ("game.generator.name=stylegan9", "game.generator"),
        ("optimizers.g.lr='fast'", "optimizers.g.lr"),
        ("optimizers.g.beta1=1.0", "optimizers.g.beta1: input should be less than 1"),
        ("images.channels=2", "images.channels"),
        ("images.flip=1", "images.flip"),
        ("game.penalties=[{weight=1.0}]", "game.penalties.0.name is missing"),
        ("=3", "no KEY=VALUE"),
        ("steps", "no KEY=VALUE"),
        ("game.penalties.0.weight=1.0", "game.penalties"),
        ("steps.more=1", "steps"),
    ],
)
def test_what_is_wrong_is_named(assignment: str, message: str) -> None:
    with pytest.raises(UsageError) as raised:
        toy_config(assignment)
    assert message in str(raised.value) and "\n" not in str(raised.value) and raised.value.hint


@given(text=st.text(max_size=30))
def test_no_text_is_a_bug(text: str) -> None:
    try:
        toy_config(text)
    except UsageError as error:
        assert error.hint
