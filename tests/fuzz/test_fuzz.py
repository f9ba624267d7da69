"""A few hundred damaged files at every run; ``scripts/fuzz.py`` tries ten thousand, with memory and time bounded."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from fuzz.seeds import SENTINEL, seeds
from fuzz.trial import Fuzzer, try_file
from latentedit.engine import Engine
from latentedit.errors import DirectionError

COUNT = 264
SLOWEST_S = 10.0


@pytest.fixture(scope="module")
def fuzzer() -> Fuzzer:
    return Fuzzer(seeds(), seed=0)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LATENTEDIT_HOME", str(tmp_path / "home"))
    return tmp_path


def test_sound_files_are_accepted_and_hostile_ones_refused(fuzzer: Fuzzer, folder: Path) -> None:
    engine, path = Engine(), folder / "file"
    for name, data in fuzzer.sound.items():
        path.write_bytes(data)
        # Of the projects, two hold no photograph, or have other weights' latents: they load, and cannot be drawn.
        expected = "refused" if "hostile" in name or name in ("ledit-full", "ledit-directions") else "accepted"
        assert (name, try_file(path, engine)) == (name, expected)
    (folder / SENTINEL).touch()
    with pytest.raises(AssertionError, match="was run"):
        try_file(path, engine)


def test_damaged_files_give_a_right_result_or_a_clean_error(fuzzer: Fuzzer, folder: Path) -> None:
    engine, path = Engine(), folder / "file"
    outcomes = []
    for number in range(COUNT):
        name, data = fuzzer.file(number)
        path.write_bytes(data)
        start = time.monotonic()
        try:
            outcomes.append(try_file(path, engine))
        except Exception as error:
            pytest.fail(f"file {number}, of {name}: {type(error).__name__}: {error}")
        assert time.monotonic() - start < SLOWEST_S, f"file {number}, of {name}, is slow"
    # A fuzzer whose files are all refused, or all accepted, tries nothing.
    assert 0.05 < outcomes.count("accepted") / COUNT < 0.6


def test_the_same_number_is_the_same_file(fuzzer: Fuzzer) -> None:
    for number in range(40):
        assert fuzzer.file(number) == fuzzer.file(number)
        name, data = fuzzer.file(number)
        assert name in fuzzer.sound and isinstance(data, bytes)
    assert len({fuzzer.file(number)[1] for number in range(100)}) > 80


def test_a_finding_is_seen(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(path: Path) -> None:
        raise DirectionError("two\nlines")

    monkeypatch.setattr("fuzz.trial.read_directions", broken)
    (folder / "file").write_bytes(b"")
    with pytest.raises(AssertionError, match="one line"):
        try_file(folder / "file", Engine())
