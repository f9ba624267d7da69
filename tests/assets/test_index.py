"""pip's settings."""

from __future__ import annotations

from pathlib import Path

import pytest

from latentedit.assets.index import DEFAULT_INDEX, read_settings


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home without pip settings, on a machine whose own are out of sight."""
    monkeypatch.setattr(Path, "home", staticmethod(lambda: tmp_path))
    monkeypatch.setattr("sys.prefix", str(tmp_path / "environment"))
    return tmp_path


def variables(home: Path, **more: str) -> dict[str, str]:
    return {"XDG_CONFIG_DIRS": str(home / "xdg"), "XDG_CONFIG_HOME": str(home / "config"), **more}


def write_config(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_variables_win_over_files(home: Path) -> None:
    write_config(home / "config/pip/pip.conf", "[global]\nindex-url = https://file.example/simple\ncert = /file.pem\n")
    settings = read_settings(variables(home, PIP_INDEX_URL="https://variable.example/simple"))
    assert settings.index_urls[0] == "https://variable.example/simple"
    assert settings.certificate == "/file.pem"


def test_lists_are_split_at_white_space(home: Path) -> None:
    named = write_config(
        home / "named.conf",
        "[global]\nextra-index-url =\n    https://a.example/simple\n    https://b.example/simple\nfind-links = /one /two\n",
    )
    settings = read_settings(variables(home, PIP_CONFIG_FILE=str(named)))
    assert settings.index_urls[1:] == ("https://a.example/simple", "https://b.example/simple")
    assert settings.find_links == ("/one", "/two")


def test_the_users_file_wins_over_the_systems_and_the_named_over_both(home: Path) -> None:
    write_config(home / "xdg/pip/pip.conf", "[global]\nindex-url = https://system.example\n")
    write_config(home / "config/pip/pip.conf", "[global]\nindex_url = https://user.example\n")
    assert read_settings(variables(home)).index_urls[0] == "https://user.example"
    named = write_config(home / "named.conf", "[global]\nindex-url = https://named.example\n")
    assert read_settings(variables(home, PIP_CONFIG_FILE=str(named))).index_urls[0] == "https://named.example"


def test_a_broken_file_does_not_hide_the_others(home: Path) -> None:
    write_config(home / "config/pip/pip.conf", "no section at all")
    named = write_config(home / "named.conf", "[global]\nindex-url = https://named.example\n")
    assert read_settings(variables(home, PIP_CONFIG_FILE=str(named))).index_urls[0] == "https://named.example"


def test_without_any_index_it_is_the_public_one(home: Path) -> None:
    named = write_config(home / "named.conf", "[global]\nindex-url =\nextra-index-url =\n")
    assert read_settings(variables(home, PIP_CONFIG_FILE=str(named))).index_urls == (DEFAULT_INDEX,)
