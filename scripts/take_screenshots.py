"""Take the pictures of the window for README.md and docs/gui.md: take_screenshots.py PROJECT FOLDER. scripts/screenshots brings a screen."""

from __future__ import annotations

import argparse
import shutil
import tempfile
import time
from pathlib import Path

from PIL import Image
from PyQt6.QtCore import QPoint, QPointF, Qt
from PyQt6.QtTest import QTest

from latentedit.assets import AssetStore
from latentedit.edits import EditMask, SetAmount, SetMask, SetMix, SetVariation
from latentedit.engine import Engine
from latentedit.image_io import xmp
from latentedit_gui.app import make_application
from latentedit_gui.garbage import GarbageCollector
from latentedit_gui.main_window import MainWindow
from latentedit_gui.panels.discover_samples import SampleButton
from latentedit_gui.pixels import rgb_of
from latentedit_gui.settings import Settings
from latentedit_gui.theme import ThemeChoice, apply_theme

SIZE = (1440, 900)
MOST_BYTES = 250_000
QUALITIES = (92, 88, 84, 80, 75, 70)
QUIET_S = 0.6
"""Longer than anything rests before it is drawn."""
DRAGGED = (((0.42, 0.70), (0.37, 0.65)), ((0.63, 0.70), (0.68, 0.65)), ((0.36, 0.405), (0.36, 0.355)))
"""From where to where on the face's square: the corners of the mouth, a brow."""
GLASSES, NO_GLASSES = (2, 9, 11, 12, 16, 23), (0, 1, 3, 4, 6, 8)
"""Seeds of drawn faces."""
MIXED = "seed:23"
FINE = tuple(range(10, 22))
SOURCES = ("seed:7", "seed:12", MIXED, "seed:41")


class Photographer:
    """One window, driven and photographed."""

    def __init__(self, window: MainWindow, folder: Path) -> None:
        self.window, self._folder = window, folder
        self._busy = True
        window.worker.busy_changed.connect(self._on_busy)
        window.worker.call(lambda: None)  # ends what began before anybody listened

    def _on_busy(self, busy: bool) -> None:
        self._busy = busy

    def rest(self, limit_s: float = 180.0) -> None:
        """Wait until nothing is drawn any more.

        Raises:
            TimeoutError: something still was after ``limit_s``.
        """
        began = last = time.monotonic()
        while time.monotonic() - last < QUIET_S:
            QTest.qWait(20)
            if self._busy or self.window.renderer.drawing:
                last = time.monotonic()
            if time.monotonic() - began > limit_s:
                raise TimeoutError("the window is still at work")

    def take(self, name: str) -> None:
        """Photograph the window as it is on the screen, once it rests."""
        self.rest()
        screen = self.window.screen()
        assert screen is not None
        # The root window below ours, which also has what lies over ours.
        shown = self.window.geometry()
        grabbed = screen.grabWindow(0, shown.x(), shown.y(), shown.width(), shown.height())
        path = self._folder / f"gui-{name}.jpg"
        pixels = Image.fromarray(rgb_of(grabbed.toImage()))
        for quality in QUALITIES:
            pixels.save(path, quality=quality, optimize=True, progressive=True, xmp=xmp.marked(None, xmp.EDITED))
            if path.stat().st_size <= MOST_BYTES:
                print(f"{path}: {path.stat().st_size // 1000} KB")
                return
        raise SystemExit(f"error: {path} is larger than {MOST_BYTES} bytes.")

    def open(self, path: Path) -> None:
        """Open a project, as it was saved."""
        self.window.document.open(None)  # nothing to ask about
        self.window.files.open_path(path)
        self.rest()

    def look(self, choice: ThemeChoice) -> None:
        """Dark or light."""
        self.window.settings.theme = choice
        self.window.apply_settings()

    def switch(self, action: str, on: bool = True) -> None:
        """An action that can be on or off."""
        self.window.actions_by_name[action].setChecked(on)

    def set(self, **amounts: float) -> None:
        """Move sliders, each one undo."""
        document = self.window.document
        for name, amount in amounts.items():
            document.do(SetAmount(document.face, name, amount))
            document.seal()

    def on_face(self, across: float, down: float) -> QPoint:
        """Where a place of the chosen face's square is on the canvas."""
        known = self.window.document.known_face
        assert known is not None
        top_left, bottom_left, _, top_right = known.face.quad
        at = top_left + across * (top_right - top_left) + down * (bottom_left - top_left)
        x, y = self.window.canvas.placement.to_view(at).tolist()
        return QPoint(round(x), round(y))

    def zoom_to_face(self, zoom: float, place: tuple[float, float] = (0.5, 0.5)) -> None:
        """See the chosen face larger, with this place of its square in the middle."""
        canvas = self.window.canvas
        canvas.set_zoom(zoom)
        port = canvas.viewport()
        assert port is not None
        canvas.pan_by(QPointF(port.rect().center() - self.on_face(*place)))

    def pull(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        """Drag the mouse between two places of the chosen face's square."""
        port, first, last = self.window.canvas.viewport(), self.on_face(*start), self.on_face(*end)
        QTest.mousePress(port, Qt.MouseButton.LeftButton, pos=first)
        QTest.mouseMove(port, (first + last) / 2)
        QTest.mouseMove(port, last)
        QTest.mouseRelease(port, Qt.MouseButton.LeftButton, pos=last)


def start(at: Photographer, project: Path) -> None:
    """What is seen first."""
    at.window.files.remember(project)
    at.take("start")


def editing(at: Photographer, project: Path) -> None:
    """Sliders, and the photograph before and after."""
    at.open(project)
    at.set(age=3.0, smile=-1.0, hair_lightness=1.0)
    at.window.show_panel("attributes")
    at.zoom_to_face(1.9, (0.5, 0.75))
    at.switch("split")
    at.take("editing")
    at.switch("split", False)
    at.window.canvas.fit()


def mix(at: Photographer, project: Path) -> None:
    """A second face, and what of it comes into the first."""
    at.open(project)
    at.window.show_panel("mix")
    panel = at.window.panel("mix")
    for source in SOURCES:
        panel.choose(source)
    panel.choose(MIXED)
    at.rest()
    at.window.document.do(SetMix(0, MIXED, 0.8, FINE))
    at.take("mix")


def variations(at: Photographer, project: Path) -> None:
    """Nine neighbours of the face."""
    at.open(project)
    at.window.show_panel("variations")
    at.rest()
    at.window.document.do(SetVariation(0, 4, 0.3, 0.3, 0.3))
    at.take("variations")


def drag(at: Photographer, project: Path) -> None:
    """Points that are to go somewhere else."""
    at.open(project)
    at.window.show_panel("drag")
    at.switch("drag")
    at.zoom_to_face(2.9)
    for start, end in DRAGGED:
        at.pull(start, end)
    at.take("drag")
    at.switch("select")
    at.window.canvas.set_drag_points(())
    at.window.canvas.fit()


def light(at: Photographer, project: Path) -> None:
    """The light look, with a stack of edits and their history."""
    at.open(project)
    at.look("light")
    at.set(smile=-1.6, brows_raised=1.5, hair_redness=2.0)
    document = at.window.document
    assert document.edits is not None
    document.do(SetMask(0, document.edits.edits[1].key, EditMask("brows")))
    at.window.show_panel("attributes")
    at.take("light")
    at.look("dark")


def discover(at: Photographer, project: Path) -> None:
    """Faces to sort into two groups."""
    at.open(project)
    at.window.show_panel("discover")
    at.rest()
    for button in at.window.panel("discover").findChildren(SampleButton):
        button.put("B" if button.seed in GLASSES else "A" if button.seed in NO_GLASSES else "")
    at.take("discover")


SCENES = {scene.__name__: scene for scene in (start, editing, mix, variations, drag, light, discover)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("project", type=Path, help="of a photograph with one face that can be edited")
    parser.add_argument("folder", type=Path, help="where to write the pictures")
    parser.add_argument("scenes", nargs="*", choices=[[], *SCENES], help="only these pictures")
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        project = Path(shutil.copy(arguments.project, folder))
        settings = Settings(folder / "settings.ini")
        settings.theme, settings.first_run_done = "dark", True
        settings.favourites = ("smile", "age")
        app = make_application(["latentedit"], settings)
        engine = Engine(store=AssetStore.default())
        window = MainWindow(settings, engine, apply_theme(app, settings.theme), recovery=folder / "recovery")
        garbage = GarbageCollector(app)
        window.resize(*SIZE)
        window.show()
        at = Photographer(window, arguments.folder)
        try:
            for scene in arguments.scenes or SCENES:
                SCENES[scene](at, project)
        finally:
            window.document.open(None)
            window.close()
            garbage.stop()


if __name__ == "__main__":
    main()
