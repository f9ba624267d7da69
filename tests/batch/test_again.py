"""Batches with the toy generator that are run again: what is done anew, and what stays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from toy_batch import CONFIG, NAMES, edited, files_in, other_edit, run, statuses, write_photo

from latentedit.batch import BatchConfig
from latentedit.batch.config import settings_hash, settings_of
from latentedit.generators.registry import generator_entries
from latentedit.generators.toy import toy_spec
from latentedit.requested_crosses import Parent
from latentedit.requested_edits import Assignment
from latentedit.requested_masks import Masking
from latentedit.requested_mixes import Mix
from latentedit.requested_variations import Variation


def test_nothing_is_done_twice(folder: Path) -> None:
    run(folder)
    before = files_in(folder / "out")
    assert edited(folder) == set()
    assert files_in(folder / "out") == before


def change_bytes(folder: Path) -> None:
    write_photo(folder / "in" / "b.jpg", side=90)


def remove_result(folder: Path) -> None:
    (folder / "out" / "b.jpg").unlink()


def add_photo(folder: Path) -> None:
    (folder / "in" / "b.jpg").rename(folder / "in" / "new.jpg")


@pytest.mark.parametrize("change", [change_bytes, remove_result, add_photo])
def test_only_what_is_missing_or_of_other_bytes_is_done_again(folder: Path, change: Callable[[Path], None]) -> None:
    run(folder)
    change(folder)
    assert edited(folder) == ({"new.jpg"} if change is add_photo else {"b.jpg"})
    assert edited(folder) == set()


def test_what_failed_is_tried_again(folder: Path) -> None:
    data = (folder / "in" / "b.jpg").read_bytes()
    (folder / "in" / "b.jpg").write_bytes(b"")
    assert statuses(run(folder))["b.jpg"] == "failed"
    assert (folder / "out" / ".latentedit-batch").is_dir()
    (folder / "in" / "b.jpg").write_bytes(data)
    assert edited(folder) == {"b.jpg"}
    assert not (folder / "out" / ".latentedit-batch").exists()


def test_a_result_that_was_retouched_stays(folder: Path) -> None:
    run(folder)
    (folder / "out" / "b.jpg").write_bytes(b"retouched")
    assert edited(folder) == set() and (folder / "out" / "b.jpg").read_bytes() == b"retouched"


OTHERWISE: tuple[dict[str, Any], ...] = (
    {"mixes": ()},
    {"mode": "replace"},
    {"masking": Masking("hair")},
    {"masking": Masking("hair", inverted=True)},
    {"masking": Masking(feather=0.1)},
    {"mark_ai": False},
    {"parents": (Parent("seed:1"),)},
    {"variations": (Variation(1, 0.0, 0.5, 0.5),)},
    {"face": "largest"},
    {"seed": 1},
    {"steps": 3},
    {"preset": "balanced"},
    {"face": "largest", "crop": True},
    {"format": "png"},
    {"suffix": "-x"},
    {"generator": "mobilestylegan-ffhq"},
)


def test_settings_are_told_apart() -> None:
    """Whatever decides the result is in the hash; what does not (where projects are kept) is not."""
    configs = [CONFIG, *(replace(CONFIG, **change) for change in OTHERWISE)]
    marks = [settings_hash(settings_of(config, generator_entries()[config.generator].spec())) for config in configs]
    assert len(set(marks)) == len(marks)
    assert {field.name for field in fields(BatchConfig)} == {name for change in OTHERWISE for name in change} | {
        "edits",
        "keep_projects",
        "resolution",  # told by the hash of the generator (tests/generators/test_identity.py)
    }
    assert settings_hash(settings_of(replace(CONFIG, keep_projects=True), toy_spec())) == marks[0]


def test_settings_that_older_versions_knew_are_hashed_as_they_were() -> None:
    """Or their batches would be projected again."""
    known = {"projection", "face", "edits", "mixes", "mode", "crop", "format", "suffix"}
    assert settings_of(CONFIG, toy_spec()).keys() == known
    assert settings_of(replace(CONFIG, masking=Masking("hair"), mark_ai=False), toy_spec()).keys() == known | {"mask", "mark_ai"}


def test_the_face_of_a_project_is_a_setting(folder: Path) -> None:
    run(folder, replace(CONFIG, keep_projects=True))
    project = folder / "out" / "a.ledit"
    named = [settings_of(replace(CONFIG, mixes=(Mix(f"{project}{face}", "all", 1.0),)), toy_spec()) for face in ("", "#0", "#1")]
    assert len({settings_hash(settings) for settings in named}) == 3
    assert named[0]["mixes"][0].keys() == {"name", "sha256", "layers", "amount"}


def test_all_is_done_again_with_other_settings(folder: Path) -> None:
    run(folder)
    config = replace(CONFIG, mode="replace", format="png")
    assert edited(folder, config) == set(NAMES)
    assert edited(folder, config) == set()


def test_a_direction_file_with_other_content_is_another_setting(folder: Path) -> None:

    def settings(seed: int) -> BatchConfig:
        np.save(folder / "grin.npy", np.random.default_rng(seed).standard_normal(16).astype(np.float32))
        return replace(CONFIG, edits=(Assignment(str(folder / "grin.npy"), 2.0),))

    run(folder, settings(0))
    assert edited(folder, settings(0)) == set()
    assert edited(folder, settings(1)) == set(NAMES)


def test_results_do_not_depend_on_what_was_there(folder: Path) -> None:
    run(folder)
    first = files_in(folder / "out")
    run(folder, other_edit(), resume=True)
    assert files_in(folder / "out") != first
    run(folder, resume=True)
    assert files_in(folder / "out") == first
