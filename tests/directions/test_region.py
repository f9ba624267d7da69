"""The part of the face that a direction is about, in its file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import torch
from safetensors import safe_open
from safetensors.torch import load_file, save_file

from latentedit.directions import Direction
from latentedit.directions.formats.pack_file import read_pack, write_pack
from latentedit.directions.loading import find_direction
from latentedit.errors import DirectionError
from latentedit.generators.toy import toy_spec


def test_a_region_is_kept_in_the_file(tmp_path: Path) -> None:
    path, spec = tmp_path / "pack.safetensors", toy_spec()
    write_pack(path, [Direction("blond", torch.ones(16), region="hair"), Direction("tall", torch.ones(16))], spec)
    assert [one.region for one in read_pack(path).directions] == ["hair", ""]
    assert find_direction(f"{path}:blond", spec).region == "hair"


@pytest.mark.parametrize("region", ["elbow", "", 3, None, "brush:" + "0" * 64])
def test_a_region_that_there_is_not_is_told(region: object, tmp_path: Path) -> None:
    path = tmp_path / "pack.safetensors"
    write_pack(path, [Direction("blond", torch.ones(16), region="hair")], toy_spec())
    with safe_open(path, "pt") as file:
        texts = file.metadata()
    facts = json.loads(texts["directions"])
    facts["blond"]["region"] = region
    save_file(load_file(path), path, {**texts, "directions": json.dumps(facts)})
    with pytest.raises(DirectionError, match="damaged"):
        read_pack(path)
