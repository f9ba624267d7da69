"""What scripts ask for as texts: read, or refused at once and clearly."""

from __future__ import annotations

from pathlib import Path

import pytest

from latentedit.edits import edit, state
from latentedit.requested_mixes import parse_mix
from latentedit.serve import protocol
from latentedit_plugins.bridge import Trouble, wishes
from latentedit_plugins.bridge.wishes import edits_of, mix_of, network_of, preset_of, project_path_of


def test_nothing_may_be_none_as_gimp_tells_an_empty_default() -> None:
    assert edits_of(None) == edits_of("") == edits_of(" ; ") == []
    assert mix_of(None) is mix_of(" ") is None
    assert preset_of(None) == "balanced"


@pytest.mark.parametrize("text", ["seed:7:fine:0.5", "seed:7:all", "face:1:0-3,7:1", "seed:7:fine:-1e-1"])
def test_a_mix_is_what_the_command_line_takes_it_for(text: str) -> None:
    expected = parse_mix(text)
    assert mix_of(text) == (expected.source, expected.layers, expected.amount)


def test_a_mix_may_be_with_a_projects_face(tmp_path: Path) -> None:
    project = tmp_path / "a:b.ledit"
    project.touch()
    assert mix_of(f"{project}:fine:0.5") == (str(project), "fine", 0.5)
    assert mix_of(f"{project}#1:0-3") == (f"{project}#1", "0-3", 1.0)


@pytest.mark.parametrize(
    "text",
    [
        "x",
        "seed:7",
        "seed:7:fine:nan",
        "seed:7:fine:inf",
        "seed:7:fine:",
        "seed:7:fine:0.5:1",
        "seed:x:fine",
        "/absent.ledit:all",
    ],
)
def test_what_is_no_mix_is_refused(text: str) -> None:
    with pytest.raises(Trouble) as refused:
        mix_of(text)
    assert refused.value.kind == "usage" and "seed:7:fine:0.5" in refused.value.hint


@pytest.mark.parametrize("text", ["smile", "=2", "smile=nan", "smile=inf", "smile=2;age", "smile=:0-7"])
def test_what_is_no_edit_is_refused(text: str) -> None:
    with pytest.raises(Trouble, match="is no edit"):
        edits_of(text)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("smile=1e308", "amount of smile must be a number from -1000 to 1000, not 1e"),
        ("age=1;smile=-1000.5@mouth", "amount of smile must be"),
        ("smile=2:9-2", "9-2 names no layers"),
        ("smile=2:all", "all names no layers"),
        ("smile=2:x@mouth", "x names no layers"),
        (";".join(["smile=1"] * 200_000), "too many edits: 200000"),
        ("smile=1@" + "ü" * 200_000, "edits are too long"),
    ],
    ids=lambda text: text[:20],
)
def test_what_the_program_would_refuse_after_learning_is_refused_first(text: str, told: str) -> None:
    with pytest.raises(Trouble, match=told) as refused:
        edits_of(text)
    assert refused.value.kind == "usage" and len(str(refused.value)) < 300


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("seed:7:all:1e9", "amount of a mix must be a number from -2 to 2"),
        ("seed:7:all:-2.5", "amount of a mix must be"),
        ("seed:7:9-2:1", "9-2 names no layers"),
        ("seed:7:0,9-2", "0,9-2 names no layers"),
        ("seed:9999999999999999999:all", "too large"),
        ("seed:7:" + ",".join(["1"] * 600_000), "too long"),
        ("x" * 5000 + ".ledit:all", "There is no x"),
    ],
    ids=lambda text: text[:20],
)
def test_a_mix_that_the_program_would_refuse_after_learning_is_refused_first(text: str, told: str) -> None:
    with pytest.raises(Trouble, match=told) as refused:
        mix_of(text)
    assert refused.value.kind == "usage" and len(str(refused.value)) < 300


def test_the_limits_are_the_programs_and_may_be_reached() -> None:
    assert (wishes.MAX_AMOUNT, wishes.MAX_MIX, wishes.MAX_SEED) == (edit.MAX_AMOUNT, edit.MAX_MIX, edit.MAX_SEED)
    assert wishes.MAX_EDITS == state.MAX_EDITS and wishes.MAX_SENT == protocol.MAX_LINE_BYTES
    assert edits_of("smile=1000;smile=-1000:2-2,0") == ["smile=1000", "smile=-1000:2-2,0"]
    assert mix_of(f"seed:{edit.MAX_SEED}:0-17:-2") == (f"seed:{edit.MAX_SEED}", "0-17", -2.0)
    assert len(edits_of("smile=1;" * wishes.MAX_EDITS)) == wishes.MAX_EDITS


def test_edits_are_texts_of_the_command_line() -> None:
    assert edits_of("smile=2:0-7@mouth; age=-1@a=b.png") == ["smile=2:0-7@mouth", "age=-1@a=b.png"]


def test_files_and_names_are_looked_for_first(tmp_path: Path) -> None:
    (tmp_path / "net.pth").touch()
    (tmp_path / "folder.ledit").mkdir()
    assert network_of(str(tmp_path / "net.pth")) and project_path_of(str(tmp_path / "a.ledit"))
    for refused, words in (
        (lambda: preset_of("nope"), "no preset nope"),
        (lambda: network_of(None), "Give the file"),
        (lambda: network_of(str(tmp_path / "absent.pth")), "There is no file"),
        (lambda: project_path_of(None), "ends in .ledit"),
        (lambda: project_path_of(str(tmp_path / "a.txt")), "ends in .ledit"),
        (lambda: project_path_of(str(tmp_path / "absent" / "a.ledit")), "There is no folder"),
        (lambda: project_path_of("x" * 5000 + "/a.ledit"), "There is no folder"),
        (lambda: project_path_of(str(tmp_path / "folder.ledit")), "is a folder"),
    ):
        with pytest.raises(Trouble, match=words):
            refused()
