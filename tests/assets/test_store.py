"""Keeping, checking, copying and converting what was fetched."""

from __future__ import annotations

import dataclasses
import os
import shutil
import threading
import time
from pathlib import Path

import pytest
import torch
from safetensors.torch import load
from torch import Tensor

from latentedit.assets import AssetStore
from latentedit.assets.pip_settings import IndexSettings
from latentedit.errors import AssetHashError, AssetUnreachableError, StorageError, UsageError

from .fake_index import FakeIndex
from .packages import SDIST, WEIGHTS, Converter

NOWHERE = IndexSettings(("http://127.0.0.1:9/simple/",))
DAMAGES = ["flipped", "flipped, same time", "truncated", "longer", "removed"]


def damage(path: Path, how: str) -> None:
    """Spoil a file in place."""
    content, before = path.read_bytes(), path.stat()
    if how == "removed":
        path.unlink()
    elif how == "truncated":
        path.write_bytes(content[:-1])
    elif how == "longer":
        path.write_bytes(content + b"x")
    else:
        path.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
        if how == "flipped, same time":
            os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def weight(path: Path) -> Tensor:
    return load(path.read_bytes())["weight"]  # not load_file, whose tensors would be mapped from a file that is damaged later


def test_an_offline_store_does_not_fetch_and_names_the_folder_to_copy(store: AssetStore, index: FakeIndex) -> None:
    with pytest.raises(AssetUnreachableError, match="not on this machine") as caught:
        dataclasses.replace(store, offline=True).ensure("first")
    assert str(store.root) in caught.value.hint
    assert index.downloads == []


def test_a_copied_store_works_offline(store: AssetStore, converter: Converter, tmp_path: Path) -> None:
    store.ensure("first")
    store.converted("first")
    shutil.copytree(store.root, tmp_path / "usb stick")
    shutil.rmtree(store.root)
    copied = AssetStore(tmp_path / "usb stick", store.catalogue, offline=True, settings=NOWHERE)
    assert copied.path("first", "first.dat").read_bytes() == WEIGHTS
    copied.verify("first")
    copied.converted("first")
    assert len(converter.calls) == 1, "the converted file was copied too"


@pytest.mark.parametrize("how", DAMAGES)
def test_a_damaged_file_is_fetched_again_when_it_is_used(store: AssetStore, index: FakeIndex, how: str) -> None:
    store.path("first", "first.dat")
    damage(store.path("first", "first.dat"), how)
    assert store.path("first", "first.dat").read_bytes() == WEIGHTS
    assert [name for name, _ in index.downloads] == [SDIST, SDIST]
    store.path("first", "first.dat")
    assert len(index.downloads) == 2, "a repaired file is as good as a new one"


def test_a_repair_mends_what_else_is_damaged_of_the_same_archive(store: AssetStore, index: FakeIndex) -> None:
    store.ensure("second")
    first, second = (store.folder(name) / f"{name}.dat" for name in ("first", "second"))
    damage(first, "flipped")
    damage(second, "truncated")
    store.ensure("second")
    downloads = list(index.downloads)
    assert store.path("first", "first.dat").read_bytes() == WEIGHTS
    assert index.downloads == downloads


@pytest.mark.parametrize("how", ["flipped", "flipped, same time", "truncated"])
def test_a_damaged_file_is_not_used_offline(store: AssetStore, how: str) -> None:
    damage(store.path("first", "first.dat"), how)
    with pytest.raises(AssetUnreachableError, match="damaged") as caught:
        dataclasses.replace(store, offline=True).path("first", "first.dat")
    assert "latentedit assets fetch first" in caught.value.hint and caught.value.exit_code == 4


def test_a_damaged_file_is_not_used_when_the_index_is_gone(store: AssetStore) -> None:
    damage(store.path("first", "first.dat"), "flipped")
    with pytest.raises(AssetUnreachableError) as caught:
        dataclasses.replace(store, settings=NOWHERE).path("first", "first.dat")
    assert caught.value.hint


def test_a_folder_in_the_place_of_a_file_is_said(store: AssetStore) -> None:
    damage(store.path("first", "first.dat"), "removed")
    (store.folder("first") / "first.dat").mkdir()
    with pytest.raises(StorageError, match=r"first\.dat is a folder"):
        store.path("first", "first.dat")


@pytest.mark.parametrize("how", DAMAGES)
def test_verify_finds_damage_and_the_fix_works(store: AssetStore, how: str) -> None:
    path = store.path("first", "first.dat")
    damage(path, how)
    with pytest.raises(AssetHashError) as caught:
        store.verify("first")
    assert str(path) in str(caught.value)
    assert "latentedit assets fetch first" in caught.value.hint
    store.ensure("first")
    store.verify("first")


def test_verify_reads_again_what_this_process_has_hashed(store: AssetStore, monkeypatch: pytest.MonkeyPatch) -> None:
    store.ensure("first")
    monkeypatch.setattr("latentedit.assets.checksum.TICK_NS", 0)  # the file is new, and shall count as old
    store.ensure("first")
    # As if bits had decayed on the disk, which changes neither the size nor the times.
    monkeypatch.setattr("latentedit.assets.checksum.hash_file", lambda path: "0" * 64)
    store.ensure("first")
    with pytest.raises(AssetHashError, match="damaged"):
        store.verify("first")


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
    assert weight(path).tolist() == [[0.0, 3.0], [1.0, 4.0], [2.0, 5.0]]
    assert store.converted("first") == path
    assert [set(call) for call in converter.calls] == [{"first.dat"}]
    assert not list(store.root.glob("**/*.tmp"))


def test_two_conversions_at_once_are_one(store: AssetStore, converter: Converter, monkeypatch: pytest.MonkeyPatch) -> None:
    convert = converter.convert

    def slowly(members: dict[str, Path]) -> tuple[dict[str, Tensor], dict[str, str]]:
        time.sleep(0.3)
        return convert(members)

    monkeypatch.setattr(converter.module, "convert", slowly)
    store.ensure("first")
    threads = [threading.Thread(target=store.converted, args=("first",)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(converter.calls) == 1


def test_a_new_converter_version_converts_again(store: AssetStore, converter: Converter) -> None:
    store.converted("first")
    converter.module.CONVERTER_VERSION = "2"  # type: ignore[attr-defined]
    store.converted("first")
    store.converted("first")
    assert len(converter.calls) == 2


def test_other_member_hashes_convert_again(store: AssetStore, converter: Converter) -> None:
    """A newer catalogue with other files must not be served what the older one's were converted to."""
    store.converted("first")
    asset = store.catalogue["first"]
    renewed = dataclasses.replace(asset, members=(dataclasses.replace(asset.members[0], sha256="0" * 64),))
    with pytest.raises(AssetUnreachableError, match="damaged"):
        AssetStore(store.root, {"first": renewed}, offline=True).converted("first")


@pytest.mark.parametrize("how", DAMAGES)
def test_a_damaged_conversion_is_redone(store: AssetStore, converter: Converter, how: str) -> None:
    path = store.converted("first")
    whole = weight(path)
    store.converted("first")
    damage(path, how)
    offline = dataclasses.replace(store, offline=True)
    assert torch.equal(weight(offline.converted("first")), whole)
    offline.converted("first")
    assert len(converter.calls) == 2


@pytest.mark.parametrize("kept", [0, 4, 60], ids=["empty", "in the length", "in the header"])
def test_a_conversion_cut_short_is_redone(store: AssetStore, converter: Converter, kept: int) -> None:
    path = store.converted("first")
    whole = weight(path)
    path.write_bytes(path.read_bytes()[:kept])
    assert torch.equal(weight(store.converted("first")), whole)


@pytest.mark.parametrize("note", [None, b"", b"\xff", b"[]", b'{"sha256": 3}'], ids=str)
def test_a_conversion_without_its_note_is_redone(store: AssetStore, converter: Converter, note: bytes | None) -> None:
    path = store.converted("first")
    beside = path.with_suffix(".json")
    if note is None:
        beside.unlink()
    else:
        beside.write_bytes(note)
    store.converted("first")
    store.converted("first")
    assert len(converter.calls) == 2


def test_a_conversion_needs_its_files_no_more(store: AssetStore, converter: Converter) -> None:
    path = store.converted("first")
    damage(store.folder("first") / "first.dat", "flipped")
    assert dataclasses.replace(store, offline=True).converted("first") == path
    assert len(converter.calls) == 1


def test_damaged_files_are_fetched_again_before_they_are_converted(store: AssetStore, converter: Converter) -> None:
    damage(store.path("first", "first.dat"), "flipped")
    with pytest.raises(AssetUnreachableError, match="damaged"):
        dataclasses.replace(store, offline=True).converted("first")
    assert not list(store.root.glob("**/*.safetensors")) and not converter.calls
    store.converted("first")
    store.verify("first")


def test_verify_checks_the_conversion_too(store: AssetStore, converter: Converter) -> None:
    path = store.converted("first")
    store.verify("first")
    damage(path, "flipped")
    with pytest.raises(AssetHashError, match=r"converted\.safetensors is damaged"):
        store.verify("first")
    path.with_suffix(".json").unlink()
    store.verify("first")  # without the note it is not damaged but unknown, and will be made again


def test_a_conversion_that_cannot_be_written_is_said(store: AssetStore, converter: Converter) -> None:
    store.ensure("first")
    (store.folder("first") / "converted.safetensors").mkdir()
    with pytest.raises(StorageError, match="is a folder") as caught:
        store.converted("first")
    assert "LATENTEDIT_HOME" in caught.value.hint


def test_the_default_store_is_where_the_variable_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LATENTEDIT_HOME", str(tmp_path / "home"))
    assert AssetStore.default().root == tmp_path / "home"
    monkeypatch.delenv("LATENTEDIT_OFFLINE", raising=False)
    assert AssetStore.default(offline=True).offline and not AssetStore.default().offline
    monkeypatch.setenv("LATENTEDIT_OFFLINE", "1")
    assert AssetStore.default().offline
    monkeypatch.delenv("LATENTEDIT_HOME")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    assert AssetStore.default().root.name == "latentedit"
