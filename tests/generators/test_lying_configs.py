"""Our own files whose configuration lies are refused, or drawn; nothing else comes of them, neither when they are opened nor when they draw."""

from __future__ import annotations

import copy
import json
import math
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
import torch

from generators.tiny import CARD, TINY, random_weights
from latentedit.errors import CheckpointError
from latentedit.generators.architectures import architecture_of, build, spec_of
from latentedit.generators.config_json import from_json, to_json
from latentedit.generators.native_file import spec_from_texts

LIES: tuple[Any, ...] = (-1, 0, 1, 2, 5, 7, 10**6, 2**31, 0.5, -1.0, 1e308, math.nan, "x", None, True, False, [], [0], [-1, -1])


def entries(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where anything is in a configuration; of lists the first two elements."""
    if path and not isinstance(value, dict):
        yield path
    for key in value if isinstance(value, dict) else range(min(len(value), 2)) if isinstance(value, list) else ():
        yield from entries(value[key], (*path, key))


def with_lie(config: dict[str, Any], path: tuple[Any, ...], lie: Any) -> str:
    changed = copy.deepcopy(config)
    inner = changed
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = lie
    return json.dumps(changed)


@pytest.mark.parametrize("name", TINY)
def test_a_lie_is_refused_or_drawn(name: str) -> None:
    found = random_weights(TINY[name]())
    known = build(found, CARD)
    # Its average is known, so that nothing is measured again for each lie.
    found = replace(found, tensors={**found.tensors, "w_avg": known.w_avg, "w_std": known.w_std})
    config = json.loads(to_json(found.config))
    refused = 0
    for path in entries(config):
        for lie in LIES:
            try:
                changed = from_json(architecture_of(found.config).config, with_lie(config, path, lie))
                generator = build(replace(found, config=changed), CARD)
            except CheckpointError as error:
                assert "\n" not in str(error)
                refused += 1
                continue
            labels = torch.eye(generator.c_dim)[:1] if generator.c_dim else None
            with torch.no_grad():
                generator.synthesis(generator.mapping(torch.ones(1, generator.z_dim), labels))
    assert refused > 50


@pytest.mark.parametrize("channels", [0, 2, 5, 12])
def test_images_of_other_channels_are_refused(channels: int) -> None:
    with pytest.raises(CheckpointError, match=f"images of {channels} channels") as told:
        spec_of(replace(TINY["stylegan2"](), img_channels=channels), CARD)
    assert told.value.exit_code == 3


@pytest.mark.parametrize("domain", ["../x", "", "faces"])
def test_a_made_up_domain_is_refused(domain: str) -> None:
    config = TINY["stylegan2"]()
    texts = {"latentedit_generator": "1", "architecture": "stylegan2", "config": to_json(config)}
    assert spec_from_texts({**texts, "card": to_json(CARD)}).domain == CARD.domain
    with pytest.raises(CheckpointError, match="domain"):
        spec_from_texts({**texts, "card": to_json(replace(CARD, domain=domain))})
