from __future__ import annotations

import importlib.util
import re

import pytest

from latentedit.assets import CATALOGUE, Asset

NAMES = [
    "mobilestylegan-ffhq",
    "dlib-68-landmarks",
    "dlib-face-descriptor",
    "dlib-cnn-detector",
    "lpips-alexnet",
    "lpips-vgg16",
    "age-gender",
]


def test_the_binding_names_are_all_there() -> None:
    assert sorted(CATALOGUE) == sorted(NAMES)
    assert all(asset.name == name for name, asset in CATALOGUE.items())


@pytest.mark.parametrize("asset", CATALOGUE.values(), ids=lambda asset: asset.name)
def test_every_entry_is_complete(asset: Asset) -> None:
    assert asset.members and asset.purpose and asset.origin and asset.licence
    for member in asset.members:
        assert re.fullmatch(r"[0-9a-f]{64}", member.sha256)
        assert re.fullmatch(r"[0-9a-f]{64}", member.archive.sha256)
        assert member.archive.size_bytes > 0
        assert member.archive.version in member.archive.filename
        assert "/" not in member.filename and "\\" not in member.filename
    assert len({member.filename for member in asset.members}) == len(asset.members)


@pytest.mark.parametrize("asset", [a for a in CATALOGUE.values() if a.converter], ids=lambda asset: asset.name)
def test_converters_exist(asset: Asset) -> None:
    module, _, function = str(asset.converter).partition(":")
    found = importlib.util.find_spec(module)
    assert found is not None and found.origin is not None
    assert callable(getattr(importlib.import_module(module), function))


def test_weights_trained_on_non_commercial_photographs_say_so() -> None:
    for name in ("mobilestylegan-ffhq", "dlib-68-landmarks"):
        assert "non-commercial" in CATALOGUE[name].restrictions
