"""Drawing with interruptions; and what is in a set that is done."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from filelock import FileLock

from latentedit.errors import UsageError
from latentedit_training.claimed_folder import LOCK_NAME
from latentedit_training.data.drawn_set import Example, SetContents, draw_set, image_name, parts_folder
from latentedit_training.data.opening import open_images

from .pictures import encoded, noise

TESTS = Path(__file__).parents[2]
PLAN = {"kind": "noise", "count": 23, "size": 4, "seed": 1}


def draw(number: int) -> Example:
    return Example(encoded(noise(number, 4, 4)), number / 22)


def sum_up(facts: Sequence[Any]) -> SetContents:
    return SetContents(["share"], [[value] for value in facts], {"more.bin": b"more"})


def run(path: Path, plan: dict[str, Any] = PLAN, *, resume: bool = False, until: int | None = None) -> list[int]:
    """Draw, and stop after some steps; returns the numbers of the steps."""
    return [step.number for step in islice(draw_set(path, plan, draw, sum_up, resume=resume, part_images=5), until)]


@pytest.fixture
def whole(tmp_path: Path) -> bytes:
    assert run(tmp_path / "whole.zip")[-3:] == [23, 23, 23]
    return (tmp_path / "whole.zip").read_bytes()


def test_a_set_is_read_as_it_was_drawn(whole: bytes, tmp_path: Path) -> None:
    images = open_images(tmp_path / "whole.zip")
    assert len(images) == 23 and images.labels is not None and images.labels.names == ("share",)
    assert (images.read([7])[0].numpy() == noise(7, 4, 4).transpose(2, 0, 1)).all()
    assert np.allclose(images.labels.values[:, 0].numpy(), np.arange(23) / 22)
    with zipfile.ZipFile(tmp_path / "whole.zip") as archive:
        about = json.loads(archive.read("dataset.json"))
        assert archive.read("more.bin") == b"more"
    assert {key: about[key] for key in PLAN} == PLAN
    assert not parts_folder(tmp_path / "whole.zip").exists()


@pytest.mark.parametrize("until", [1, 5, 6, 12, 23, 24])
def test_interruptions_leave_no_trace(until: int, whole: bytes, tmp_path: Path) -> None:
    path = tmp_path / "cut.zip"
    run(path, until=until)
    run(path, until=until, resume=True)
    first = run(path, resume=True)[0]
    assert path.read_bytes() == whole
    assert until < 6 or first > 1, "parts that were there were drawn again"
    assert sorted(found.name for found in tmp_path.iterdir()) == ["cut.zip", "whole.zip"]


def test_a_damaged_part_is_drawn_again(whole: bytes, tmp_path: Path) -> None:
    path = tmp_path / "cut.zip"
    run(path, until=17)
    parts = sorted(parts_folder(path).glob("*.zip"))
    assert len(parts) == 3
    parts[0].write_bytes(parts[0].read_bytes()[:-40])
    changed = bytearray(parts[1].read_bytes())
    changed[60] ^= 1
    parts[1].write_bytes(changed)
    run(path, resume=True)
    assert path.read_bytes() == whole


def test_what_is_there_is_not_overwritten(whole: bytes, tmp_path: Path) -> None:
    path = tmp_path / "whole.zip"
    with pytest.raises(UsageError, match=r"whole.zip is there already"):
        run(path)
    with pytest.raises(UsageError, match="is another set"):
        run(path, {**PLAN, "seed": 2}, resume=True)
    assert run(path, resume=True) == [23] and path.read_bytes() == whole
    other = tmp_path / "other.zip"
    run(other, until=7)
    with pytest.raises(UsageError, match=r"other.zip.parts is there already"):
        run(other)
    with pytest.raises(UsageError, match="beginning of another set"):
        run(other, {**PLAN, "seed": 2}, resume=True)
    (tmp_path / "text.zip").write_text("no set")
    with pytest.raises(UsageError, match="is another set"):
        run(tmp_path / "text.zip", resume=True)


def test_two_processes_do_not_draw_the_same(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    run(path, until=7)
    with FileLock(parts_folder(path) / LOCK_NAME), pytest.raises(UsageError, match="Another process"):
        run(path, resume=True)


def test_folders_hold_a_thousand() -> None:
    assert [image_name(number) for number in (0, 999, 1000)] == [
        "00000/img00000000.png",
        "00000/img00000999.png",
        "00001/img00001000.png",
    ]


@pytest.mark.skipif(os.name != "posix", reason="needs fork and SIGKILL")
@pytest.mark.slow
@pytest.mark.parametrize(("kills", "seed"), [(2, 0), (12, 1)])
def test_a_killed_drawing_goes_on(kills: int, seed: int, tmp_path: Path) -> None:
    folders = [TESTS / "survival", TESTS, TESTS.parent, TESTS.parent / "training"]
    done = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("kill_drawing.py")), str(tmp_path), str(kills), str(seed)],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(map(str, folders)), "OMP_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=200,
    )
    print(done.stdout)
    assert done.returncode == 0, done.stderr
