"""The plug-ins in their hosts' folders, on each system."""

from __future__ import annotations

import ast
import io
import json
import zipfile
from pathlib import Path, PurePosixPath

import pytest
from typer.testing import CliRunner

import latentedit
from latentedit.cli.app import app
from latentedit.errors import StorageError
from latentedit.plugin_install.files import GIMP_NAME, KRITA_NAME, plugin_files, sources, zipped
from latentedit.plugin_install.hosts import HostName, Place, places
from latentedit.plugin_install.install import command_for, hints, install, installed_version, remove, started_program
from latentedit.plugin_install.kritarc import is_enabled, set_enabled


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Code of plug-ins for both hosts."""
    folder = tmp_path / "source"
    for name, text in {
        "bridge/__init__.py": "",
        "bridge/pipes.py": "1",
        "krita/__init__.py": "",
        "krita/latentedit_krita.desktop": "[Desktop Entry]",
        "krita/Manual.html": "<html>",
        "krita/__pycache__/old.pyc": "x",
        "gimp/__init__.py": "",
        "gimp/latentedit.py": "#!/usr/bin/env python3",
    }.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder


PLACES: list[tuple[HostName, str, str, str, dict[str, str]]] = [
    ("krita", "linux", ".local/share/krita", "native", {}),
    ("krita", "linux", "data/krita", "native", {"XDG_DATA_HOME": "{home}/data"}),
    ("krita", "linux", ".var/app/org.kde.krita/data/krita", "flatpak", {}),
    ("krita", "linux", "snap/krita/current/.local/share/krita", "snap", {}),
    ("krita", "darwin", "Library/Application Support/krita", "native", {}),
    ("krita", "win32", "AppData/Roaming/krita", "native", {}),
    ("krita", "win32", "AppData/Local/Packages/1234.Krita_x/LocalCache/Roaming/krita", "store", {}),
    ("gimp", "linux", ".config/GIMP/3.0", "native", {}),
    ("gimp", "linux", ".config/GIMP/3.2", "native", {}),
    ("gimp", "linux", ".var/app/org.gimp.GIMP/config/GIMP/3.0", "flatpak", {}),
    ("gimp", "darwin", "Library/Application Support/GIMP/3.0", "native", {}),
    ("gimp", "win32", "AppData/Roaming/GIMP/3.0", "native", {}),
]


@pytest.mark.parametrize(("host", "platform", "folder", "packed", "environ"), PLACES)
def test_hosts_are_found(
    tmp_path: Path, host: HostName, platform: str, folder: str, packed: str, environ: dict[str, str]
) -> None:
    environ = {name: value.format(home=tmp_path) for name, value in environ.items()}
    assert places(host, environ, tmp_path, platform) == ()
    (tmp_path / folder).mkdir(parents=True)
    (found,) = places(host, environ, tmp_path, platform)
    assert found.packed == packed and found.folder.parent == tmp_path / folder
    assert (found.settings is not None) == (host == "krita")


def test_the_gimp_of_before_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / ".config/GIMP/2.10").mkdir(parents=True)
    assert places("gimp", {}, tmp_path, "linux") == ()


@pytest.mark.parametrize("host", ["krita", "gimp"])
def test_what_is_installed_is_whole_and_goes_again(tmp_path: Path, source: Path, host: HostName) -> None:
    folder = tmp_path / "host"
    (folder / "other").mkdir(parents=True)
    (folder / "other" / "kept.py").write_text("")
    place = Place(host, "native", folder, tmp_path / "kritarc" if host == "krita" else None)
    assert installed_version(place) is None
    install(place, plugin_files(host, ["/bin/latentedit"], source))
    assert installed_version(place) == latentedit.__version__ and started_program(place) == "/bin/latentedit"
    name = KRITA_NAME if host == "krita" else GIMP_NAME
    stale = folder / name / "stale.py"
    stale.write_text("of an older version")
    install(place, plugin_files(host, None, source))
    assert not stale.exists() and started_program(place) is None
    if host == "gimp":
        assert (folder / "latentedit" / "latentedit.py").stat().st_mode & 0o111
        assert (folder / "latentedit" / "latentedit_gimp" / "bridge" / "pipes.py").read_text() == "1"
    else:
        assert is_enabled(tmp_path / "kritarc", KRITA_NAME)
        assert not list(folder.rglob("*.pyc"))
    assert remove(place) and not remove(place)
    assert [path.name for path in folder.iterdir()] == ["other"]
    assert host == "gimp" or not is_enabled(tmp_path / "kritarc", KRITA_NAME)


@pytest.mark.parametrize("host", ["krita", "gimp"])
def test_a_plug_in_that_is_a_link_is_removed_and_what_it_points_at_stays(tmp_path: Path, source: Path, host: HostName) -> None:
    place = Place(host, "", tmp_path / "host")
    install(place, plugin_files(host, None, source))
    linked = place.folder / (KRITA_NAME if host == "krita" else GIMP_NAME)
    own = linked.rename(tmp_path / "own")
    linked.symlink_to(own)
    assert remove(place) and not remove(place)
    assert list(place.folder.iterdir()) == [] and any(own.iterdir())


def test_a_plug_in_that_cannot_be_removed_keeps_its_description(
    tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = Place("krita", "", tmp_path / "host")
    install(place, plugin_files("krita", None, source))

    def fails(path: Path) -> None:
        raise OSError("it is in use")

    monkeypatch.setattr("latentedit.plugin_install.install.shutil.rmtree", fails)
    with pytest.raises(StorageError, match=r"\(it is in use\)"):
        remove(place)
    assert (place.folder / f"{KRITA_NAME}.desktop").exists()


def test_what_stood_there_stays_when_there_is_no_room(tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = Place("gimp", "native", tmp_path / "host")
    install(place, plugin_files("gimp", ["old"], source))
    real = Path.rename

    def fails(self: Path, target: Path) -> Path:
        if target == place.folder / GIMP_NAME and self.name.startswith("."):
            raise OSError(28, "No space left on device")
        return real(self, target)

    monkeypatch.setattr(Path, "rename", fails)
    with pytest.raises(StorageError):
        install(place, plugin_files("gimp", ["new"], source))
    assert started_program(place) == "old" and [path.name for path in place.folder.iterdir()] == [GIMP_NAME]


SETTINGS = [
    b"",
    b"[python]\n",
    b"[MainWindow]\nx=1\n\n[python]\nenable_other=true\n\n[theme]\nTheme=Krita dark\n",
    b"[theme]\r\nTheme=\xe4\r\n",
    b"[theme]\nno end",
    b"[python]\nenable_latentedit_krita=false\nenable_other=true\n",
]


@pytest.mark.parametrize("before", SETTINGS)
def test_one_line_of_kritas_settings_is_changed(tmp_path: Path, before: bytes) -> None:
    path = tmp_path / "kritarc"
    path.write_bytes(before)
    set_enabled(path, KRITA_NAME, True)
    once = path.read_bytes()
    assert is_enabled(path, KRITA_NAME) and once.count(b"enable_latentedit_krita") == 1
    set_enabled(path, KRITA_NAME, True)
    assert path.read_bytes() == once
    for line in before.replace(b"=false", b"=true").splitlines():
        assert line in once.splitlines()
    set_enabled(path, KRITA_NAME, False)
    assert not is_enabled(path, KRITA_NAME) and b"latentedit" not in path.read_bytes()


def test_settings_that_cannot_be_read_stay_as_they_are(tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As after Krita was started by root: the file is there, and only who may read it knows what is in it."""
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)
    place = Place("krita", "native", tmp_path / ".local/share/krita/pykrita", tmp_path / ".config/kritarc")
    assert place.settings is not None
    install(place, plugin_files("krita", ["old"], source))
    settings = b"[theme]\nTheme=Krita dark\n[python]\nenable_latentedit_krita=true\n"
    place.settings.write_bytes(settings)
    real = Path.read_bytes

    def refused(self: Path) -> bytes:
        if self == place.settings:
            raise PermissionError(13, "Permission denied")
        return real(self)

    monkeypatch.setattr(Path, "read_bytes", refused)
    for do in (lambda: install(place, plugin_files("krita", ["new"], source)), lambda: remove(place)):
        with pytest.raises(StorageError, match=r"kritarc, cannot be read \(Permission denied\)"):
            do()
    told = json.loads(CliRunner().invoke(app, ["plugins", "status", "--json"], catch_exceptions=False).stdout)
    assert told["places"][0]["enabled"] is None
    monkeypatch.undo()
    assert place.settings.read_bytes() == settings and started_program(place) == "old"


def test_a_sandbox_starts_the_program_outside_and_says_what_that_takes(tmp_path: Path) -> None:
    flatpak = Place("krita", "flatpak", tmp_path)
    assert command_for(flatpak, ["/bin/latentedit"])[:2] == ("/usr/bin/flatpak-spawn", "--host")
    assert any("flatpak override" in hint for hint in hints(flatpak))
    assert any("Snap" in hint for hint in hints(Place("krita", "snap", tmp_path)))


def test_where_krita_keeps_its_settings_is_not_known_a_person_switches_the_docker_on(tmp_path: Path) -> None:
    assert any("Python Plugin Manager" in hint for hint in hints(Place("krita", "", tmp_path)))
    assert len(hints(Place("krita", "native", tmp_path, tmp_path / "kritarc"))) == len(hints(Place("gimp", "", tmp_path))) == 1


def test_the_status_does_not_break_paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deep = tmp_path / ("a long name of a folder " * 4).strip()
    monkeypatch.setenv("HOME", str(deep))
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)
    (deep / ".local/share/krita").mkdir(parents=True)
    lines = CliRunner().invoke(app, ["plugins", "status"], catch_exceptions=False).stdout.splitlines()
    assert lines[0] == "krita (native)" and f"  folder: {deep / '.local/share/krita/pykrita'}" in lines


def test_zips_are_what_the_importers_want(source: Path) -> None:
    krita = zipped(plugin_files("krita", None, source))
    assert krita == zipped(plugin_files("krita", None, source))
    with zipfile.ZipFile(io.BytesIO(krita)) as archive:
        names = archive.namelist()
    assert (
        "latentedit_krita.desktop" in names
        and "latentedit_krita/Manual.html" in names
        and "latentedit_krita/__init__.py" in names
    )
    with zipfile.ZipFile(io.BytesIO(zipped(plugin_files("gimp", None, source)))) as archive:
        assert archive.getinfo("latentedit/latentedit.py").external_attr >> 16 & 0o111


def test_the_description_names_the_package() -> None:
    files = plugin_files("krita", None)
    description = files[PurePosixPath("latentedit_krita.desktop")].decode()
    assert f"X-KDE-Library={KRITA_NAME}" in description and "ServiceTypes=Krita/PythonPlugin" in description


@pytest.mark.parametrize("path", sorted(sources().rglob("*.py")), ids=lambda path: path.name)
def test_plug_ins_are_written_for_old_pythons_and_import_neither_torch_nor_us(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"), feature_version=(3, 8))
    absolute = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    absolute |= {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.level == 0}
    assert not {name.split(".")[0] for name in absolute} & {
        "torch",
        "numpy",
        "latentedit",
        "latentedit_gui",
        "latentedit_plugins",
        "PyQt6",
    }


def test_the_commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)
    runner = CliRunner()
    (tmp_path / ".local/share/krita").mkdir(parents=True)
    assert runner.invoke(app, ["plugins", "install", "krita"], catch_exceptions=False).exit_code == 0
    told = json.loads(runner.invoke(app, ["plugins", "status", "--json"]).stdout)
    (place,) = told["places"]
    assert place["installed"] == told["version"] and place["enabled"] and "latentedit" in place["program"]
    assert runner.invoke(app, ["plugins", "export", "krita", "-o", str(tmp_path / "k.zip")]).exit_code == 0
    assert zipfile.is_zipfile(tmp_path / "k.zip")
    removed = runner.invoke(app, ["plugins", "remove", "krita"])
    assert removed.exit_code == 0 and removed.stdout.startswith("removed from ")
    named = runner.invoke(app, ["plugins", "install", "krita", "--to", str(tmp_path / "other")])
    assert named.exit_code == 0 and "Python Plugin Manager" in named.stderr
    assert json.loads(runner.invoke(app, ["plugins", "status", "--json"]).stdout)["places"][0]["installed"] is None
