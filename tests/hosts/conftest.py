"""Files that run inside Krita and GIMP, from the tests outside."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
INSIDE = Path(__file__).parent / "inside"
PHOTOGRAPH = REPOSITORY / "examples" / "astronaut.png"


class Host:
    """One of the scripts that run a file inside a program.

    The program's home folder is kept, since to fill a new one takes Krita nine seconds.
    """

    def __init__(self, script: str, home: Path) -> None:
        self.home = home
        self.command = REPOSITORY / "scripts" / script
        ready = subprocess.run([self.command, "--ready"], capture_output=True, text=True, check=False)
        if ready.returncode == 4:
            pytest.skip(ready.stderr.strip())
        assert ready.returncode == 0, ready.stderr

    def run(
        self, file: Path, *arguments: str | Path, options: tuple[str, ...] = (), home: Path | None = None
    ) -> subprocess.CompletedProcess[str]:
        """What running the file gave. `home` is another home folder, with other plug-ins."""
        environment = os.environ | {"LATENTEDIT_HOST_HOME": str(home or self.home)}
        command = [self.command, *options, file, *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=False, env=environment)

    def told(
        self, name: str, folder: Path, *, options: tuple[str, ...] = (), home: Path | None = None, given: Path = PHOTOGRAPH
    ) -> dict[str, Any]:
        """What inside/NAME saw: it is given the photograph or another file, and a folder, and writes seen.json there."""
        run = self.run(INSIDE / name, given, folder, options=options, home=home)
        assert run.returncode == 0, run.stdout + run.stderr
        seen: dict[str, Any] = json.loads((folder / "seen.json").read_text(encoding="utf-8"))
        return seen


@pytest.fixture(scope="session")
def krita(tmp_path_factory: pytest.TempPathFactory) -> Host:
    """Krita, where it is installed."""
    return Host("krita-host", tmp_path_factory.mktemp("krita"))


@pytest.fixture(scope="session")
def gimp(tmp_path_factory: pytest.TempPathFactory) -> Host:
    """GIMP, where its folder was made."""
    return Host("gimp-host", tmp_path_factory.mktemp("gimp"))
