"""Work in a process beside this one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from latentedit.image_io import jpeg_blocks
from latentedit.images import Patch, open_photo, write_edited
from latentedit.side_process import SideProcess


@pytest.fixture
def side() -> Iterator[SideProcess]:
    side = SideProcess()
    yield side
    side.close()


def kill_itself(survivor: int) -> int:
    """The first time, in another process than the survivor."""
    if os.getpid() != survivor:
        os.kill(os.getpid(), signal.SIGKILL)
    return os.getpid()


def test_another_process_answers_and_remains(side: SideProcess) -> None:
    first, second = side.call(os.getpid), side.call(os.getpid)
    assert first == second != os.getpid()
    *waiting, third = side.steps(os.getpid)
    assert third == first and set(waiting) <= {None}


def test_what_a_function_raises_is_raised_here(side: SideProcess) -> None:
    with pytest.raises(FileNotFoundError):
        side.call(os.stat, "/nothing/here")
    with pytest.raises(FileNotFoundError):
        list(side.steps(os.stat, "/nothing/here"))


def test_what_a_killed_process_did_not_do_is_done_here(side: SideProcess) -> None:
    assert side.call(kill_itself, os.getpid()) == os.getpid()
    assert side.call(os.getpid) != os.getpid()


def test_the_process_ends_when_this_one_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(
        textwrap.dedent("""
        import os, time
        from latentedit.side_process import SideProcess

        if __name__ == "__main__":
            print(SideProcess().call(os.getpid), flush=True)
            time.sleep(60)
        """)
    )
    with subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        parent.kill()
    end = time.monotonic() + 10
    while Path(f"/proc/{child}").exists() and "Z" not in Path(f"/proc/{child}/stat").read_text().split()[2]:
        assert time.monotonic() < end, "the process outlives its parent"
        time.sleep(0.05)


@pytest.mark.skipif(not jpeg_blocks.keeps_blocks(), reason="pyjpegio is not there for this Python")
def test_a_jpeg_written_beside_is_the_same(side: SideProcess, tmp_path: Path) -> None:
    Image.effect_noise((64, 48), 50).convert("RGB").save(tmp_path / "photo.jpg")
    photo = open_photo(tmp_path / "photo.jpg")
    patch = Patch((8, 8, 24, 24), np.full((16, 16, 3), 0.2, np.float32), np.ones((16, 16), np.float32))
    assert write_edited(photo, [patch], tmp_path / "here.jpg")
    assert write_edited(photo, [patch], tmp_path / "beside.jpg", call=side.call)
    assert (tmp_path / "here.jpg").read_bytes() == (tmp_path / "beside.jpg").read_bytes() != photo.data


def test_what_the_process_imports_is_quick(side: SideProcess) -> None:
    """torch would take seconds, and hundreds of megabytes."""
    code = "import sys, latentedit.image_io.jpeg_blocks, latentedit.face_finder; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
