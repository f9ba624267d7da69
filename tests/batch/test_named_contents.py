"""What a batch's edits name counts by what is in it, and is looked at before the work."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from toy_batch import CONFIG, SIDE, edited, files_in, other_edit, run, statuses, steps_of, write_photo

from latentedit.batch import BatchStep
from latentedit.batch.config import settings_of
from latentedit.directions import Direction, DirectionLibrary
from latentedit.edits.names import edit_words
from latentedit.errors import LatentEditError
from latentedit.generators.toy import toy_spec
from latentedit.project_file import load_project, save_project
from latentedit.requested_crosses import Parent
from latentedit.requested_edits import Assignment
from latentedit.requested_mixes import Mix
from latentedit.requested_variations import Variation
from latentedit.session import Session


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """With two photographs in ``in``."""
    for name in ("a.png", "b.jpg"):
        write_photo(tmp_path / "in" / name)
    return tmp_path


def phases(steps: list[BatchStep], name: str) -> set[str]:
    return {step.phase for step in steps if step.item.name == name}


def test_what_edits_name_counts_by_what_is_in_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A repainted mask, another file behind FILE:PICK, a replaced own direction: all is done again; the same again is not."""
    monkeypatch.setenv("LATENTEDIT_HOME", str(folder / "home"))
    mask, pack = folder / "mask.png", folder / "pack.pt"

    def write(seed: int, white: int) -> None:
        random = torch.Generator().manual_seed(seed)
        torch.save({"one": torch.randn(16, generator=random), "two": torch.randn(16, generator=random)}, pack)
        pixels = np.zeros((SIDE, SIDE), np.uint8)
        pixels[20:white, 20:white] = 255
        Image.fromarray(pixels).save(mask)
        own = Direction("mine", torch.randn(16, generator=random))
        DirectionLibrary.default().add(own, toy_spec(), replace=True)

    write(0, 80)
    edits = (Assignment("mine", 1.0), Assignment(f"{pack}:two", 1.0), Assignment("mine", 1.0, str(mask)))
    for number, edit in enumerate(edits):
        config = replace(CONFIG, edits=(edit,))
        out = folder / str(number)
        (out / "in").mkdir(parents=True)
        write_photo(out / "in" / "a.png")
        write(0, 80)
        run(out, config)
        assert phases(list(steps_of(out, config, resume=True)), "a.png") == {"unchanged"}
        write(*((0, 60) if edit.region else (1, 80)))
        assert "unchanged" not in phases(list(steps_of(out, config, resume=True)), "a.png")


def test_a_kept_project_is_never_older_than_its_picture(folder: Path) -> None:
    run(folder, replace(CONFIG, keep_projects=True))
    run(folder, other_edit(), resume=True)
    run(folder, replace(other_edit(), keep_projects=True), resume=True)
    (edit,) = load_project(folder / "out" / "a.ledit").state.faces[0].edits
    assert edit.key[1] == "seed:6"


def test_a_kind_may_be_written_with_its_dot(folder: Path) -> None:
    run(folder, replace(CONFIG, format=".png"))
    assert "b.png" in files_in(folder / "out")


@pytest.mark.parametrize("source", ["in/a.png", "other.ledit", "nobody.ledit"])
def test_a_source_that_cannot_be_mixed_with_is_told_before_the_work(source: str, folder: Path) -> None:
    project = Session.open(folder / "in" / "a.png", generator="toy", device="cpu").to_project()
    save_project(folder / "other.ledit", project)  # without a projected face
    with pytest.raises(LatentEditError):
        next(steps_of(folder, replace(CONFIG, mixes=(Mix(str(folder / source), "all", 1.0),))))
    assert not (folder / "out").exists()


def test_crosses_and_variations_are_done_and_count(folder: Path) -> None:
    parents, varied = (Parent("seed:9", 0.5),), (Variation(4, 0.0, 0.5, 1.0, "hair"),)
    config = replace(CONFIG, edits=(), mixes=(), parents=parents, variations=varied, keep_projects=True)
    assert set(statuses(run(folder, config)).values()) == {"done"}
    stack = load_project(folder / "out" / "a.ledit").state.faces[0].edits
    assert [edit_words(edit) for edit in stack] == ["mix seed:9 0.333333", "variation 4 0/0.5/1 on hair"]
    assert not edited(folder, config)
    for other in (replace(config, parents=(Parent("seed:9", 1.0),)), replace(config, variations=())):
        assert edited(folder, other) == {"a.png", "b.jpg"}
        run(folder, config, resume=True)


def test_what_is_not_asked_for_is_not_in_the_settings(folder: Path) -> None:
    """Else batches of older versions would be done again."""
    config = replace(CONFIG, edits=(Assignment("no-such", 1.0, "mouth"),))
    settings = settings_of(config, toy_spec())
    assert not {"parents", "variations"} & set(settings) and set(settings["edits"][0]) == {"name", "amount", "region"}
    limited = replace(config, edits=(Assignment("no-such", 1.0, "mouth", "0-3"),))
    assert settings_of(limited, toy_spec())["edits"][0]["layers"] == "0-3"
