"""docs/gui.md says what is so: its keys are the actions' keys, its pictures and pages are there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from latentedit_gui.dialogs.shortcuts import shortcuts_of
from latentedit_gui.main_window import MainWindow

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "gui.md"
MAX_PICTURE_BYTES = 250_000


def table_of_keys() -> dict[str, set[str]]:
    rows = re.search(r"^\| What \| Keys \|\n\| --- \| --- \|\n((?:\|.*\n)+)", PAGE.read_text("utf-8"), re.MULTILINE)
    assert rows is not None
    cells = [line.strip("|").split(" | ") for line in rows[1].splitlines()]
    return {what.strip(): set(keys.strip().split(" or ")) for what, keys in cells}


def test_the_table_has_all_shortcuts_and_no_others(window: MainWindow) -> None:
    assert sorted(table_of_keys()) == sorted(shortcut.name for shortcut in shortcuts_of(window))


def test_the_keys_are_those_of_the_actions(window: MainWindow) -> None:
    table = table_of_keys()
    for spec in window.actions_by_name._specs():
        ours = {keys for keys in spec.keys if isinstance(keys, str)}
        action = window.actions_by_name[spec.name]
        name = action.text().replace("&", "").rstrip("…")
        told = table.get(name, set())
        assert ours <= told, name
        if len(ours) == len(spec.keys):  # none that each platform decides
            assert told == ours, name
        elif told:
            assert told & {keys.toString() for keys in action.shortcuts()}, name


def test_no_shortcut_is_empty_or_there_twice(window: MainWindow) -> None:
    for shortcut in shortcuts_of(window):
        assert all(shortcut.keys) and len(set(shortcut.keys)) == len(shortcut.keys), shortcut


@pytest.mark.parametrize("page", ["docs/gui.md", "README.md"])
def test_pictures_and_pages_are_there(page: str) -> None:
    path = ROOT / page
    links = {link for link in re.findall(r"\]\(([^)#]+)\)", path.read_text("utf-8")) if "://" not in link}
    assert any("gui-" in link for link in links)
    for link in links:
        assert (path.parent / link).exists(), link


@pytest.mark.parametrize("picture", sorted((ROOT / "docs" / "pictures").glob("gui-*")), ids=lambda path: path.name)
def test_pictures_are_small_and_shown(picture: Path) -> None:
    assert picture.stat().st_size <= MAX_PICTURE_BYTES
    assert picture.name in PAGE.read_text("utf-8") + (ROOT / "README.md").read_text("utf-8")
