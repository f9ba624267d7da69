"""Keeping, checking, copying and converting what was fetched."""

from __future__ import annotations

import dataclasses
import shutil
import sys
import types
from pathlib import Path

import pytest
import torch
from safetensors.torch import load
from torch import Tensor

from latentedit.assets import AssetStore
from latentedit.assets.index import IndexSettings
from latentedit.errors import AssetError, AssetHashError, AssetUnreachableError, CheckpointError, UsageError

from .packages import MORE_WEIGHTS, WEIGHTS, IndexServer


class Converter:
    """Stands for the module that an asset's ``converter`` names."""

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


@pytest.fixture
def converter(monkeypatch: pytest.MonkeyPatch) -> Converter:
    made = Converter()
    monkeypatch.setitem(sys.modules, "tiny_converter", made.module)
    return made


def test_an_offline_store_does_not_fetch_and_names_the_folder_to_copy(store: AssetStore, index: IndexServer) -> None:
    with pytest.raises(AssetUnreachableError) as caught:
        dataclasses.replace(store, offline=True).ensure("first")
    assert str(store.root) in caught.value.hint
    assert index.requests == []


def test_a_copied_store_works_offline(store: AssetStore, converter: Converter, tmp_path: Path) -> None:
    store.ensure("first")
    store.converted("first")
    shutil.copytree(store.root, tmp_path / "usb stick")
    shutil.rmtree(store.root)
    copied = AssetStore(
        tmp_path / "usb stick", store.catalogue, offline=True, settings=IndexSettings(("http://127.0.0.1:9/simple/",))
    )
    assert copied.path("first", "first.dat").read_bytes() == WEIGHTS
    copied.verify("first")
    copied.converted("first")
    assert len(converter.calls) == 1, "the converted file was copied too"


@pytest.mark.parametrize("damage", ["flipped", "truncated", "removed"])
def test_verify_finds_damage_and_the_fix_works(store: AssetStore, damage: str) -> None:
    path = store.path("first", "first.dat")
    if damage == "flipped":
        path.write_bytes(bytes([WEIGHTS[0] ^ 1]) + WEIGHTS[1:])
    elif damage == "truncated":
        path.write_bytes(WEIGHTS[:-1])
    else:
        path.unlink()
    with pytest.raises(AssetHashError) as caught:
        store.verify("first")
    assert str(path) in str(caught.value)
    assert "latentedit assets fetch" in caught.value.hint and "first" in caught.value.hint
    store.remove("first")
    store.ensure("first")
    store.verify("first")


def test_remove_takes_one_asset_only(store: AssetStore, converter: Converter) -> None:
    store.ensure("first")
    store.ensure("second")
    converted = store.converted("first")
    store.remove("first")
    assert store.status("first") == "missing" and not converted.exists()
    assert store.path("second", "second.dat").read_bytes() == MORE_WEIGHTS
    store.remove("first")  # again, with nothing there


def test_unknown_names_are_wrong_usage_that_lists_the_known(store: AssetStore) -> None:
    with pytest.raises(UsageError) as caught:
        store.ensure("third")
    assert "first" in caught.value.hint and "second" in caught.value.hint
    with pytest.raises(UsageError, match=r"second\.dat"):
        store.path("first", "second.dat")
    with pytest.raises(UsageError, match="convert"):
        store.converted("second")


def test_the_conversion_gets_the_members_and_is_done_once(store: AssetStore, converter: Converter) -> None:
    path = store.converted("first")
    assert load(path.read_bytes())["weight"].tolist() == [[0.0, 3.0], [1.0, 4.0], [2.0, 5.0]]
    assert store.converted("first") == path
    assert [set(call) for call in converter.calls] == [{"first.dat"}]
    assert not list(store.root.glob("**/*.tmp"))


def test_a_new_converter_version_converts_again(store: AssetStore, converter: Converter) -> None:
    store.converted("first")
    converter.module.CONVERTER_VERSION = "2"  # type: ignore[attr-defined]
    store.converted("first")
    store.converted("first")
    assert len(converter.calls) == 2


def test_other_member_hashes_convert_again(store: AssetStore, converter: Converter) -> None:
    store.converted("first")
    asset = store.catalogue["first"]
    renewed = dataclasses.replace(asset, members=(dataclasses.replace(asset.members[0], sha256="0" * 64),))
    dataclasses.replace(store, catalogue={"first": renewed}).converted("first")
    assert len(converter.calls) == 2


@pytest.mark.parametrize("kept", [0, 4, 60, -1], ids=["empty", "in the length", "in the header", "in the data"])
def test_a_truncated_conversion_is_redone(store: AssetStore, converter: Converter, kept: int) -> None:
    path = store.converted("first")
    whole = load(path.read_bytes())["weight"]  # not load_file, whose tensors would be mapped from the file that shrinks
    path.write_bytes(path.read_bytes()[:kept])
    assert torch.equal(load(store.converted("first").read_bytes())["weight"], whole)
    assert len(converter.calls) == 2


def test_damaged_weights_show_when_they_are_converted(store: AssetStore, converter: Converter) -> None:
    store.path("first", "first.dat").write_bytes(b"x" * len(WEIGHTS))
    with pytest.raises(AssetError) as caught:
        store.converted("first")
    assert "latentedit assets fetch" in caught.value.hint
    assert not list(store.root.glob("**/*.safetensors"))


def test_the_default_store_is_where_the_variable_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LATENTEDIT_HOME", str(tmp_path / "home"))
    assert AssetStore.default().root == tmp_path / "home"
    assert AssetStore.default(offline=True).offline
    monkeypatch.delenv("LATENTEDIT_HOME")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    assert AssetStore.default().root.name == "latentedit"
