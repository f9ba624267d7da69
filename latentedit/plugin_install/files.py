"""What an installed plug-in is made of: the files of ``latentedit_plugins`` that a host needs, under the names that it expects."""

from __future__ import annotations

import importlib.util
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath

from latentedit import __version__
from latentedit.errors import ResourceError
from latentedit.plugin_install.hosts import HostName

PACKAGE = "latentedit_plugins"
RECORD = "program.json"
"""Read by the bridge: what to start."""
KRITA_NAME = "latentedit_krita"
GIMP_NAME = "latentedit"
_KRITA_START = '"""Installed by latentedit; `latentedit plugins install krita` replaces it."""\n\nfrom .krita import register\n\nregister()\n'
_LEFT_OUT = ("__pycache__",)
_TIMESTAMP = (1980, 1, 1, 0, 0, 0)

Files = Mapping[PurePosixPath, bytes]
"""Contents by their paths below the host's plug-in folder."""


def sources() -> Path:
    """The folder of the plug-ins' code.

    Raises:
        ResourceError: this latentedit came without.
    """
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise ResourceError(
            "This latentedit has no plug-ins.", hint="Install it again: pip install --force-reinstall latentedit."
        )
    return Path(spec.submodule_search_locations[0])


def plugin_files(host: HostName, command: Sequence[str] | None, source: Path | None = None) -> Files:
    """All files of a plug-in.

    Args:
        command: what starts latentedit from within the host; None to let the plug-in look for it.
        source: the folder of the plug-ins' code.

    Raises:
        ResourceError: this latentedit has no plug-in for that host.
    """
    source = sources() if source is None else source
    if not (source / host / "__init__.py").is_file():
        raise ResourceError(
            f"This latentedit has no plug-in for {host}.", hint="Use `latentedit export`, which writes .ora files."
        )
    package = PurePosixPath(KRITA_NAME) if host == "krita" else PurePosixPath(GIMP_NAME) / "latentedit_gimp"
    files = {package / "bridge" / path: data for path, data in _tree(source / "bridge")}
    for path, data in _tree(source / host):
        if host == "krita" and path.suffix == ".desktop":
            files[PurePosixPath(path.name)] = data
        elif host == "krita" and path.name == "Manual.html":
            files[package / path.name] = data
        elif host == "gimp" and path.name == f"{GIMP_NAME}.py":
            files[PurePosixPath(GIMP_NAME) / path.name] = data
        else:
            files[package / host / path] = data
    files[package / "__init__.py"] = _KRITA_START.encode() if host == "krita" else b'"""Installed by latentedit."""\n'
    record = {"version": __version__, **({} if command is None else {"command": list(command)})}
    files[package / RECORD] = json.dumps(record).encode()
    return files


def is_program(path: PurePosixPath) -> bool:
    """Whether a file must be executable: GIMP starts its plug-ins."""
    return path == PurePosixPath(GIMP_NAME) / f"{GIMP_NAME}.py"


def zipped(files: Files) -> bytes:
    """The files as a zip: Krita's importer takes it, and GIMP's folder can be unpacked by hand. Equal files are equal zips."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(files):
            info = zipfile.ZipInfo(str(path), _TIMESTAMP)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = (0o100755 if is_program(path) else 0o100644) << 16
            archive.writestr(info, files[path])
    return buffer.getvalue()


def _tree(folder: Path) -> list[tuple[PurePosixPath, bytes]]:
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and not set(path.parts) & set(_LEFT_OUT))
    return [(PurePosixPath(path.relative_to(folder).as_posix()), path.read_bytes()) for path in paths]
