"""Where the latentedit program is: the host's own Python has neither it nor torch, so it is another program on this machine."""

import json
import os
from pathlib import Path
from typing import Dict, Iterator, List, Mapping, Optional, Sequence, Tuple

Command = Tuple[str, ...]

PROGRAM = "latentedit"
VARIABLE = "LATENTEDIT_PROGRAM"
"""Of the environment: a path that goes before all else."""
RECORD = "program.json"
"""Written beside an installed plug-in: the program that installed it."""

_FOREIGN = (
    "PYTHONHOME", "PYTHONPATH", "PYTHONSTARTUP", "PYTHONEXECUTABLE", "PYTHONNOUSERSITE", "__PYVENV_LAUNCHER__",
    "LD_LIBRARY_PATH", "LD_PRELOAD", "DYLD_LIBRARY_PATH", "DYLD_FRAMEWORK_PATH", "DYLD_INSERT_LIBRARIES",
    "QT_PLUGIN_PATH", "QT_QPA_PLATFORM_PLUGIN_PATH", "GI_TYPELIB_PATH",
)  # fmt: skip
"""What hosts set for their own Python and libraries, with which another Python does not start."""


class ProgramMissing(Exception):
    """No program was found.

    Attributes:
        looked: where, in order.
    """

    hint = "Install it with: pip install latentedit."

    def __init__(self, looked: Sequence[str]) -> None:
        super().__init__("The program latentedit was not found.")
        self.looked = tuple(looked)


def find_program(
    chosen: str = "",
    *,
    beside: Optional[Path] = None,
    environ: Optional[Mapping[str, str]] = None,
    home: Optional[Path] = None,
    windows: bool = os.name == "nt",
) -> Command:
    """The command that starts latentedit, without arguments.

    Looked for in this order: what a person has chosen, ``LATENTEDIT_PROGRAM``, the program that installed the plug-in, PATH, and the places where
    pip, pipx, uv and conda put programs.

    Args:
        chosen: a path; empty for none. When it is given, nothing else is looked at.
        beside: the folder with the record of the program that installed the plug-in.
        environ, home, windows: the machine's, unless a test says otherwise.

    Raises:
        ProgramMissing: none of them is there.
    """
    environ = os.environ if environ is None else environ
    home = Path.home() if home is None else home
    looked: List[str] = []
    if chosen:
        found = _in_place(Path(chosen).expanduser(), windows)
        if found is None:
            raise ProgramMissing([chosen])
        return (str(found),)
    for command in _commands(environ, beside, home, windows):
        looked.append(command[0])
        if _is_program(Path(command[0])):
            return command
    raise ProgramMissing(looked)


def clean_environment(environ: Mapping[str, str]) -> Dict[str, str]:
    """The environment for the program: less what the host has set for its own Python and libraries, and with what it had set aside (``NAME_ORIG``)."""
    clean = {name: value for name, value in environ.items() if name not in _FOREIGN}
    for name in _FOREIGN:
        if environ.get(name + "_ORIG"):
            clean[name] = environ[name + "_ORIG"]
    clean["PYTHONIOENCODING"] = "utf-8"
    return clean


def _commands(environ: Mapping[str, str], beside: Optional[Path], home: Path, windows: bool) -> Iterator[Command]:
    named = environ.get(VARIABLE)
    if named:
        yield (named,)
    recorded = _recorded(beside)
    if recorded:
        yield recorded
    names = [PROGRAM + ".exe", PROGRAM + ".cmd", PROGRAM] if windows else [PROGRAM]
    for folder in environ.get("PATH", "").split(";" if windows else ":"):
        for name in names if folder else ():
            yield (str(Path(folder) / name),)
    for folder in _usual_folders(environ, home, windows):
        yield (str(folder / names[0]),)


def _recorded(beside: Optional[Path]) -> Optional[Command]:
    """What the installer wrote; None for nothing, or nothing that can be understood."""
    if beside is None:
        return None
    try:
        command = json.loads((beside / RECORD).read_text(encoding="utf-8"))["command"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    valid = isinstance(command, list) and command and all(isinstance(part, str) and part for part in command)
    return tuple(command) if valid else None


def _usual_folders(environ: Mapping[str, str], home: Path, windows: bool) -> Iterator[Path]:
    """Where package managers put programs, whether or not PATH names it: programs started from a dock or menu often know a short PATH only."""
    programs = "Scripts" if windows else "bin"
    yield home / ".local" / "bin"
    for tool in (home / ".local" / "share" / "pipx" / "venvs", home / ".local" / "pipx" / "venvs", home / "pipx" / "venvs"):
        yield tool / PROGRAM / programs
    yield home / ".local" / "share" / "uv" / "tools" / PROGRAM / programs
    if windows:
        for variable, below in (("APPDATA", "Python"), ("LOCALAPPDATA", "Programs/Python")):
            if environ.get(variable):
                for version in _newest_first(Path(environ[variable]) / below, "Python3*"):
                    yield version / programs
        if environ.get("APPDATA"):
            yield Path(environ["APPDATA"]) / "uv" / "tools" / PROGRAM / programs
    else:
        for version in _newest_first(home / "Library" / "Python", "3.*"):
            yield version / programs
        for prefix in ("/opt/homebrew", "/usr/local", "/usr"):
            yield Path(prefix) / programs
    for conda in ("miniforge3", "mambaforge", "miniconda3", "anaconda3", ".conda", "micromamba"):
        yield home / conda / "envs" / PROGRAM / programs
        yield home / conda / programs
    for project in (home / PROGRAM, home / "src" / PROGRAM):
        for environment in (".venv", "venv"):
            yield project / environment / programs


def _newest_first(folder: Path, pattern: str) -> List[Path]:
    def version(path: Path) -> Tuple[int, ...]:
        return tuple(int(digits) for digits in "".join(c if c.isdigit() else " " for c in path.name).split())

    return sorted(folder.glob(pattern), key=version, reverse=True) if folder.is_dir() else []


def _in_place(chosen: Path, windows: bool) -> Optional[Path]:
    """The program that a person means by a path: itself, or what lies in a folder or in a virtual environment there."""
    name = PROGRAM + ".exe" if windows else PROGRAM
    folder = "Scripts" if windows else "bin"
    for path in (chosen, chosen / name, chosen / folder / name, chosen / ".venv" / folder / name):
        if _is_program(path):
            return path
    return None


def _is_program(path: Path) -> bool:
    return path.is_file() and os.access(str(path), os.X_OK)
