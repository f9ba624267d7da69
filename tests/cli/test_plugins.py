"""What ``latentedit plugins`` refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from latentedit.cli.app import run


@pytest.mark.parametrize(
    "words",
    [["install", "gimp", "--to", ""], ["remove", "gimp", "--to", ""], ["export", "gimp", "-o", ""]],
    ids=lambda words: words[0],
)
def test_an_empty_path_is_not_the_folder_one_is_in(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["plugins", *words]) == 2
    assert capsys.readouterr().err.splitlines() == ["error: An empty path was given.", "hint: Give one."]
    assert not any(tmp_path.iterdir())
