"""The user's own directions: kept whole, found again, and never mistaken for others."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from latentedit.directions import Direction, DirectionLibrary, default_directions
from latentedit.directions.formats.pack_file import write_pack
from latentedit.directions.library import check_name
from latentedit.errors import DirectionError, StorageError, UsageError
from latentedit.generators import generator_entries
from latentedit.generators.toy import toy_spec

SPEC, OTHER = toy_spec(), toy_spec(seed=1)
FACES = generator_entries()["mobilestylegan-ffhq"].spec()
GRIN = Direction("grin", torch.arange(16).float(), (1, 3), (-2.0, 3.0), "grins", "made up", "CC0", "a tooth")


@pytest.fixture
def library(tmp_path: Path) -> DirectionLibrary:
    return DirectionLibrary(tmp_path / "directions")


def assert_same(one: Direction | None, other: Direction) -> None:
    assert one is not None and torch.equal(one.vector, other.vector)
    for key in ("name", "layers", "default_range", "effect", "provenance", "licence", "unit"):
        assert getattr(one, key) == getattr(other, key)


def test_what_is_added_is_found(library: DirectionLibrary) -> None:
    assert library.all(SPEC) == {} and library.get("grin", SPEC) is None
    path = library.add(GRIN, SPEC)
    assert path == library.folder(SPEC) / "grin.safetensors" and path.is_file()
    assert_same(library.get("grin", SPEC), GRIN)
    assert list(library.all(SPEC)) == ["grin"]
    assert_same(library.all(SPEC)["grin"], GRIN)
    assert library.all(OTHER) == {}
    library.remove("grin", SPEC)
    assert library.all(SPEC) == {} and not path.exists()


def test_the_default_library_lies_where_the_user_wants_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LATENTEDIT_HOME", str(tmp_path))
    assert DirectionLibrary.default().root == tmp_path / "directions"
    monkeypatch.delenv("LATENTEDIT_HOME")
    monkeypatch.setattr("platformdirs.user_data_dir", lambda name, appauthor: str(tmp_path / name))
    assert DirectionLibrary.default().root == tmp_path / "latentedit" / "directions"


def test_nothing_is_replaced_by_accident(library: DirectionLibrary) -> None:
    library.add(GRIN, SPEC)
    changed = replace(GRIN, vector=torch.ones(16))
    with pytest.raises(UsageError, match="grin already"):
        library.add(changed, SPEC)
    assert_same(library.get("grin", SPEC), GRIN)
    library.add(changed, SPEC, replace=True)
    assert_same(library.get("grin", SPEC), changed)


def test_names_that_are_one_file_on_some_systems_are_one(library: DirectionLibrary) -> None:
    library.add(replace(GRIN, name="Gr\u00e4n"), SPEC)
    for same in ("gr\u00e4n", "GRA\u0308N", "Gra\u0308n"):
        with pytest.raises(UsageError, match="already"):
            library.add(replace(GRIN, name=same), SPEC)
        with pytest.raises(UsageError, match="case or accents"):
            library.add(replace(GRIN, name=same), SPEC, replace=True)
        assert library.get(same, SPEC) is not None
    assert len(list(library.folder(SPEC).iterdir())) == 1


@pytest.mark.parametrize("name", default_directions(FACES))
def test_shipped_names_are_taken(name: str, library: DirectionLibrary) -> None:
    for spelled in (name, name.upper()):
        for overwrite in (False, True):
            with pytest.raises(UsageError, match=f"{name} ships with"):
                library.add(Direction(spelled, torch.ones(512)), FACES, replace=overwrite)
    with pytest.raises(UsageError, match="ships with"):
        library.remove(name, FACES)


@pytest.mark.parametrize(
    "name",
    [
        "",
        " ",
        " a",
        "a ",
        "a/b",
        "a\\b",
        "..",
        ".a",
        "-a",
        "a:b",
        "a\nb",
        "a\0b",
        "a*",
        "con",
        "COM1",
        "nul.x",
        "a.",
        "x" * 201,
        "\U0001f600" * 51,
    ],
)
def test_names_that_are_no_names(name: str, library: DirectionLibrary) -> None:
    with pytest.raises(UsageError) as caught:
        library.add(replace(GRIN, name=name), SPEC)
    assert caught.value.hint
    assert not library.root.exists()


@given(st.text(min_size=1, max_size=60))
def test_every_other_name_is_kept(tmp_path_factory: pytest.TempPathFactory, name: str) -> None:
    library = DirectionLibrary(tmp_path_factory.mktemp("library"))
    try:
        check_name(name)
    except UsageError:
        return
    path = library.add(replace(GRIN, name=name), SPEC)
    assert path.parent == library.folder(SPEC)
    assert_same(library.get(name, SPEC), replace(GRIN, name=name))
    assert list(library.all(SPEC)) == [name] == list(library.names(SPEC))


def test_several_are_added_all_or_none(library: DirectionLibrary) -> None:
    library.add(replace(GRIN, name="b"), SPEC)
    for names in (["a", "b"], ["a", "a"], ["a", "A"], ["a", "c/d"]):
        with pytest.raises(UsageError):
            library.add_all([replace(GRIN, name=name) for name in names], SPEC)
    with pytest.raises(DirectionError):
        library.add_all([replace(GRIN, name="wide", vector=torch.ones(17))], SPEC)
    assert library.names(SPEC) == ("b",)
    library.add_all([replace(GRIN, name=f"pca_{i}") for i in (10, 2, 1)], SPEC)
    assert library.names(SPEC) == ("b", "pca_1", "pca_2", "pca_10")


def test_what_does_not_fit_is_not_kept(library: DirectionLibrary) -> None:
    for wrong in (
        replace(GRIN, vector=torch.ones(9, 16)),
        replace(GRIN, layers=(8,)),
        replace(GRIN, vector=torch.full((16,), torch.inf)),
    ):
        with pytest.raises(DirectionError):
            library.add(wrong, SPEC)
    assert library.all(SPEC) == {}


def test_what_cannot_be_used_is_left_out_and_told(library: DirectionLibrary) -> None:
    folder = library.add(GRIN, SPEC).parent
    whole = (folder / "grin.safetensors").read_bytes()
    (folder / "cut.safetensors").write_bytes(whole[:-1])
    (folder / "empty.safetensors").write_bytes(b"")
    (folder / "renamed.safetensors").write_bytes(whole)
    (folder / "notes.txt").write_text("mine")
    (folder / "folder.safetensors").mkdir()
    write_pack(folder / "other.safetensors", [replace(GRIN, name="other")], OTHER)
    write_pack(folder / "two.safetensors", [replace(GRIN, name="two"), GRIN], SPEC)
    assert list(library.all(SPEC)) == ["grin"]
    skipped = library.skipped(SPEC)
    assert skipped.keys() == {"cut", "empty", "renamed", "other", "two"}
    assert "another generator" in skipped["other"] and all(name in why for name, why in skipped.items())
    with pytest.raises(DirectionError, match=r"cut\.safetensors"):
        library.get("cut", SPEC)
    for name in skipped:
        library.remove(name, SPEC)
    assert library.skipped(SPEC) == {} and (folder / "notes.txt").is_file()


def test_folders_of_generators_are_told_apart_by_their_weights(library: DirectionLibrary) -> None:
    assert library.folder(SPEC) != library.folder(replace(SPEC, weights_hash="ab" * 32))
    for name in ("../../etc", "/home/me/my model.pkl", "", "\u00e4", "a" * 500):
        folder = library.folder(replace(SPEC, name=name))
        assert folder.parent == library.root and len(folder.name) < 100 and folder.name.isascii()


def test_a_library_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    library = DirectionLibrary(tmp_path / "file" / "directions")
    with pytest.raises(StorageError):
        library.add(GRIN, SPEC)
    assert library.all(SPEC) == {} and library.names(SPEC) == ()
    with pytest.raises(UsageError, match="no own direction"):
        library.remove("grin", SPEC)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_kill_leaves_the_old_or_the_new(library: DirectionLibrary) -> None:
    path = library.add(GRIN, SPEC)
    old = path.read_bytes()
    child = os.fork()
    if child == 0:
        from latentedit import atomic_file

        atomic_file.os.fsync = lambda descriptor: os.kill(os.getpid(), 9)  # in the middle of the writing
        library.add(replace(GRIN, vector=torch.ones(16)), SPEC, replace=True)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -9
    assert path.read_bytes() == old
    assert list(library.all(SPEC)) == ["grin"] and library.skipped(SPEC) == {}
