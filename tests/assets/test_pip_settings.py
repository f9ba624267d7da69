"""pip's settings."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from latentedit.assets.pip_settings import DEFAULT_INDEX, IndexSettings, read_settings


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home without pip settings, on a machine whose own are out of sight."""
    monkeypatch.setattr(Path, "home", staticmethod(lambda: tmp_path))
    monkeypatch.setattr("sys.prefix", str(tmp_path / "environment"))
    monkeypatch.setattr("latentedit.assets.pip_settings.ETC", tmp_path / "etc")
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


def test_a_named_file_takes_the_place_of_the_users(home: Path) -> None:
    write_config(home / "config/pip/pip.conf", "[global]\ncert = /user.pem\n")
    write_config(home / "environment/pip.conf", "[global]\nextra-index-url = https://environment.example\n")
    named = write_config(home / "named.conf", "[global]\nindex-url = https://named.example\n")
    settings = read_settings(variables(home, PIP_CONFIG_FILE=str(named)))
    assert settings.certificate is None
    assert settings.index_urls == ("https://named.example", "https://environment.example")
    assert read_settings(variables(home, PIP_CONFIG_FILE=str(home / "missing"))).certificate == "/user.pem"


def test_the_null_device_means_no_files_at_all(home: Path) -> None:
    for place in ("xdg/pip", "config/pip", ".pip", "environment"):
        write_config(home / place / "pip.conf", "[global]\nindex-url = https://file.example\ntrusted-host = file.example\n")
    settings = read_settings(variables(home, PIP_CONFIG_FILE=os.devnull, PIP_FIND_LINKS="/folder"))
    assert settings == IndexSettings((DEFAULT_INDEX,), find_links=("/folder",))


def test_the_download_section_wins_over_the_global_one_of_any_file(home: Path) -> None:
    write_config(
        home / "xdg/pip/pip.conf", "[download]\nindex-url = https://download.example\ncert =\n[install]\ncert = /no.pem\n"
    )
    write_config(home / "config/pip/pip.conf", "[global]\nindex-url = https://global.example\n--cert = /global.pem\n")
    settings = read_settings(variables(home))
    assert settings.index_urls == ("https://download.example",)
    assert settings.certificate == "/global.pem", "what is set to nothing is not set"


@pytest.mark.parametrize(
    ("word", "without"), [("1", True), ("yes", True), ("True", True), ("0", False), ("off", False), ("", False)]
)
def test_no_index_means_the_folders_alone(home: Path, word: str, without: bool) -> None:
    more = {"PIP_EXTRA_INDEX_URL": "https://extra.example", "PIP_FIND_LINKS": "/folder"}
    by_variable = read_settings(variables(home, PIP_NO_INDEX=word, **more))
    write_config(home / "config/pip/pip.conf", f"[global]\nno-index = {word}\n")
    by_file = read_settings(variables(home, **more))
    assert by_variable == by_file
    assert by_file.index_urls == (() if without else (DEFAULT_INDEX, "https://extra.example"))
    assert by_file.find_links == ("/folder",)


def test_a_variable_can_bring_the_index_back(home: Path) -> None:
    write_config(home / "config/pip/pip.conf", "[global]\nno-index = true\n")
    assert read_settings(variables(home)).index_urls == ()
    assert read_settings(variables(home, PIP_NO_INDEX="false")).index_urls == (DEFAULT_INDEX,)


def test_trusted_hosts_are_split_at_white_space(home: Path) -> None:
    write_config(home / "config/pip/pip.conf", "[global]\ntrusted-host =\n    a.example\n    b.example:8080\n")
    assert read_settings(variables(home)).trusted_hosts == ("a.example", "b.example:8080")
    assert read_settings(variables(home, PIP_TRUSTED_HOST="c.example")).trusted_hosts == ("c.example",)


def test_a_broken_file_does_not_hide_the_others(home: Path) -> None:
    write_config(home / "config/pip/pip.conf", "no section at all")
    named = write_config(home / "named.conf", "[global]\nindex-url = https://named.example\n")
    assert read_settings(variables(home, PIP_CONFIG_FILE=str(named))).index_urls[0] == "https://named.example"


def test_without_any_index_it_is_the_public_one(home: Path) -> None:
    named = write_config(home / "named.conf", "[global]\nindex-url =\nextra-index-url =\n")
    assert read_settings(variables(home, PIP_CONFIG_FILE=str(named))).index_urls == (DEFAULT_INDEX,)
