"""Killed while a person edits: the next start offers what was done, whole, to within the interval of the autosave."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from PyQt6.QtCore import QTimer
from PyQt6.QtWidgets import QApplication, QRadioButton
from pytestqt.qtbot import QtBot
from toy_sessions import toy_engine

from latentedit.edits import DirectionEdit
from latentedit.project_file import Project, load_project
from latentedit_gui.dialogs.recovery_dialog import RecoveryDialog
from latentedit_gui.main_window import MainWindow
from latentedit_gui.recovery import LOCK, PROJECT, RecoverySlot, left_behind
from latentedit_gui.settings import AUTOSAVE_S, Settings
from latentedit_gui.theme import Theme

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="has no SIGKILL")

INTERVAL_S = AUTOSAVE_S[0]
WRITING_S = 2.0
"""What may pass, on a busy machine, from the autosave's tick until the file is there."""


@dataclass
class Told:
    """What the killed window had said: when which edit was done, and which was saved last."""

    edits: dict[int, float] = field(default_factory=dict)
    saved: int = 0
    killed_at: float = 0.0


@pytest.fixture
def recovery(tmp_path: Path) -> Path:
    return tmp_path / "recovery"


@pytest.fixture
def autosaving(settings: Settings) -> Settings:
    """Autosaves as often as it can be set."""
    settings.autosave_s = 0
    assert settings.autosave_s == INTERVAL_S
    settings.sync()
    return settings


def killed(project: Path, recovery: Path, folder: Path, *how: str, edits: int, then_s: float) -> Told:
    """Run a window that edits, kill it so many seconds after so many edits, and read what it told."""
    repository, told = Path(__file__).parents[2], Told()
    program = Path(__file__).parent / "editing_until_killed.py"
    paths = [str(repository), str(repository / "gui"), str(repository / "tests")]
    process = subprocess.Popen(
        [sys.executable, program, project, recovery, folder / "settings.ini", *how],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
    )
    assert process.stdout is not None
    try:
        with process.stdout:
            for line in process.stdout:
                note(told, line)
                if len(told.edits) >= edits:
                    break
            time.sleep(then_s)
            told.killed_at = time.time()
            os.kill(process.pid, signal.SIGKILL)
            for line in process.stdout:
                note(told, line)
    finally:
        process.kill()  # also when this test is given up
    assert process.wait() == -signal.SIGKILL
    return told


def note(told: Told, line: str) -> None:
    what, number, when = line.split()
    if what == "edit":
        told.edits[int(number)] = float(when)
    else:
        told.saved = int(number)


def number_in(project: Project) -> int:
    """Which edit of the killed window was its last."""
    edits = project.history.present.face(0).edits
    return round(edits[0].amount * 100) if edits and isinstance(edits[0], DirectionEdit) else 0


@pytest.fixture
def next_start(
    qtbot: QtBot, qapp: QApplication, autosaving: Settings, recovery: Path, projected_path: Path
) -> Iterator[MainWindow]:
    window = MainWindow(autosaving, toy_engine(), Theme(qapp), generator="toy", weights=(), recovery=recovery)
    window.show()
    qtbot.waitExposed(window)
    yield window
    window.document.open(None)
    window.close()
    window.deleteLater()


def accept_what_is_offered(qapp: QApplication) -> None:
    """Press Continue in the dialog, which opens the newest."""
    (dialog,) = [widget for widget in qapp.topLevelWidgets() if isinstance(widget, RecoveryDialog)]
    dialog.continue_button.click()


def test_of_several_projects_the_chosen_one_is_opened_and_the_others_stay(
    qtbot: QtBot, qapp: QApplication, next_start: MainWindow, projected_path: Path, recovery: Path
) -> None:
    for number, name in enumerate(("old", "middle", "new")):
        slot = RecoverySlot(recovery)
        slot.writer(replace(load_project(projected_path), photo_name=f"{name}.png"), None)()
        crashed = shutil.copytree(slot.folder, recovery / name, ignore=shutil.ignore_patterns(LOCK))
        slot.close()
        os.utime(crashed / PROJECT, (1_000_000 + number,) * 2)

    def choose() -> None:
        (dialog,) = [widget for widget in qapp.topLevelWidgets() if isinstance(widget, RecoveryDialog)]
        buttons = {button.accessibleName(): button for button in dialog.findChildren(QRadioButton)}
        assert len(buttons) == 9 and buttons["new.png: Recover"].isChecked()
        buttons["middle.png: Recover"].click()
        buttons["old.png: Discard"].click()
        dialog.continue_button.click()

    QTimer.singleShot(0, choose)
    next_start.recovering.offer()
    session = next_start.document.session
    assert session is not None and session.photo.name == "middle.png" and next_start.isWindowModified()
    qtbot.waitUntil(lambda: not (recovery / "middle").exists(), timeout=10_000)
    assert not (recovery / "old").exists()
    (kept,) = left_behind(recovery)
    assert kept.photo == "new.png"
    kept.discard()


def check_a_kill(
    qtbot: QtBot, qapp: QApplication, window: MainWindow, project: Path, recovery: Path, tmp_path: Path, after_s: float
) -> None:
    """Kill an editing window so many seconds after its first autosave is due, and start again."""
    before = load_project(project)
    told = killed(project, recovery, tmp_path, edits=1, then_s=INTERVAL_S + after_s)
    QTimer.singleShot(0, lambda: accept_what_is_offered(qapp))
    window.recovering.offer()
    session = window.document.session
    assert session is not None and window.isWindowModified() and session.path == project
    newest = number_in(session.to_project())
    owed = [number for number, when in told.edits.items() if when < told.killed_at - INTERVAL_S - WRITING_S]
    assert max(owed, default=0) <= newest <= max(told.edits)
    assert newest > 0
    assert len(session.history.past) == newest, "each of the edits can be undone"
    for _ in range(newest):
        window.document.undo()
    assert (session.render_uint8() == session.photo.rgb_uint8).all()
    assert session.to_project().photo_data == before.photo_data
    assert number_in(load_project(project)) == 0, "the project's own file is as it was saved"
    # What was recovered is this window's now, and offered no more once that has it.
    qtbot.waitUntil(lambda: len(list(recovery.iterdir())) == 1, timeout=10000)
    assert left_behind(recovery) == ()


@pytest.mark.timeout(120)
def test_after_a_kill_the_next_start_has_the_edits(
    qtbot: QtBot, qapp: QApplication, next_start: MainWindow, projected_path: Path, recovery: Path, tmp_path: Path
) -> None:
    check_a_kill(qtbot, qapp, next_start, projected_path, recovery, tmp_path, WRITING_S)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(10))
def test_after_a_kill_at_any_moment_the_next_start_has_the_edits(
    qtbot: QtBot, qapp: QApplication, next_start: MainWindow, projected_path: Path, recovery: Path, tmp_path: Path, seed: int
) -> None:
    after_s = random.Random(seed).uniform(0.3, INTERVAL_S + 1)
    check_a_kill(qtbot, qapp, next_start, projected_path, recovery, tmp_path, after_s)


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(1, 10))])
def test_killed_while_saving_the_project_is_the_old_or_the_new_one(
    autosaving: Settings, projected_path: Path, recovery: Path, tmp_path: Path, seed: int
) -> None:
    before = load_project(projected_path)
    draw = random.Random(seed)
    told = killed(projected_path, recovery, tmp_path, "save", edits=draw.randint(2, 8), then_s=draw.uniform(0, 0.05))
    found = load_project(projected_path)
    # One more may have been written whole before it could be told.
    assert told.saved <= number_in(found) <= max(told.edits) + 1
    assert found.photo_data == before.photo_data and len(found.faces) == len(before.faces)
    for leftover in left_behind(recovery):
        leftover.discard()
