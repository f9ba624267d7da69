"""What scripts ask for as texts: read, or refused at once and clearly."""

from __future__ import annotations

from pathlib import Path

import pytest

from latentedit.requested_mixes import parse_mix
from latentedit_plugins.bridge import Trouble
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


def test_edits_are_texts_of_the_command_line() -> None:
    assert edits_of("smile=2:0-7@mouth; age=-1@a=b.png") == ["smile=2:0-7@mouth", "age=-1@a=b.png"]


def test_files_and_names_are_looked_for_first(tmp_path: Path) -> None:
    (tmp_path / "net.pth").touch()
    assert network_of(str(tmp_path / "net.pth")) and project_path_of(str(tmp_path / "a.ledit"))
    for refused, words in (
        (lambda: preset_of("nope"), "no preset nope"),
        (lambda: network_of(None), "Give the file"),
        (lambda: network_of(str(tmp_path / "absent.pth")), "There is no file"),
        (lambda: project_path_of(None), "ends in .ledit"),
        (lambda: project_path_of(str(tmp_path / "a.txt")), "ends in .ledit"),
        (lambda: project_path_of(str(tmp_path / "absent" / "a.ledit")), "There is no folder"),
    ):
        with pytest.raises(Trouble, match=words):
            refused()
