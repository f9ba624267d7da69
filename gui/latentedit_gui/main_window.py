"""The window: canvas in the middle, panels around it, and what its menus do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from PyQt6.QtCore import QByteArray, Qt
from PyQt6.QtGui import QCloseEvent, QKeyEvent
from PyQt6.QtWidgets import (
    QDockWidget,
    QMainWindow,
    QMenu,
    QStackedWidget,
    QTabWidget,
    QToolBar,
    QVBoxLayout,
    QWidget,
)

from latentedit.assets import AssetStore
from latentedit.assets.downloads import NEEDED
from latentedit.edits import ResetFace, SetCompositing
from latentedit.edits.edit import BRUSH
from latentedit.engine import Engine
from latentedit.errors import LatentEditError
from latentedit.side_process import SideProcess
from latentedit_gui.actions import SIDE_BAR, TOP_BAR, Actions, Need
from latentedit_gui.areas import go_to_area
from latentedit_gui.canvas import Canvas, Tool
from latentedit_gui.context import Context
from latentedit_gui.dialogs.error import show_error
from latentedit_gui.document import Document
from latentedit_gui.error_words import error_words
from latentedit_gui.files import Files
from latentedit_gui.guide import Guide
from latentedit_gui.handover import Handover
from latentedit_gui.notice import Notice
from latentedit_gui.opening import Opener
from latentedit_gui.panels import LEFT, PANELS
from latentedit_gui.panels.attributes import AttributesPanel
from latentedit_gui.panels.batch import BatchPanel
from latentedit_gui.panels.discover import DiscoverPanel
from latentedit_gui.panels.models import ModelsPanel
from latentedit_gui.panels.panel import Panel, held
from latentedit_gui.progress_cards import ProgressCards
from latentedit_gui.projecting import Projector
from latentedit_gui.recovering import Recovering
from latentedit_gui.recovery import RecoverySlot
from latentedit_gui.renderer import Renderer
from latentedit_gui.saving import Autosave, Saver
from latentedit_gui.settings import Settings
from latentedit_gui.stage import Stage
from latentedit_gui.start_page import StartPage
from latentedit_gui.status import StatusLine
from latentedit_gui.theme import Theme
from latentedit_gui.weights import Weights
from latentedit_gui.worker import Worker

TOOLS = {"select": Tool.SELECT, "hand": Tool.HAND, "brush": Tool.BRUSH, "eraser": Tool.ERASER, "drag": Tool.DRAG}
LEFT_CHARACTERS, RIGHT_CHARACTERS = 43, 60
"""How wide the panels are at first, in characters of the window's font."""
LAYOUT_VERSION = 1
"""Raised when docks change so much that an old arrangement would hide some."""


class MainWindow(QMainWindow):
    """One editor. :meth:`close` ends its thread; nothing goes on behind it."""

    def __init__(
        self,
        settings: Settings,
        engine: Engine,
        theme: Theme,
        *,
        generator: str | None = None,
        weights: Sequence[str] = NEEDED,
        recovery: Path | None = None,
        side: SideProcess | None = None,
    ) -> None:
        """
        Args:
            settings: what is remembered.
            engine: draws; its store has the weights.
            theme: the application's look.
            generator: what new photographs are drawn with, by name or path; the default one if None.
            weights: what must be there for that.
            recovery: where unsaved work is kept; the platform's place if None.
            side: where faces are looked for, ended with the window; a new one if None.
        """
        super().__init__()
        self.settings, self.theme = settings, theme
        self.handover: Handover | None = None
        """What a window in another language is to go on with, once this one is closed."""
        self.worker = Worker(self)
        self._side = SideProcess() if side is None else side
        self.document = Document(self)
        self.renderer = Renderer(self.document, self.worker, self)
        self.projector = Projector(self.document, self.worker, self)
        self.opener = Opener(self.worker, engine, self._side, self)
        self.saver = Saver(self.document, self.worker, self)
        self.slot = RecoverySlot(recovery)
        self.autosave = Autosave(self.document, self.worker, self.slot, self)
        if generator is not None:
            self.opener.generator = generator

        self.canvas = Canvas()
        self.start_page = StartPage()
        self.notice = Notice()
        self.status = StatusLine()
        self.setStatusBar(self.status)
        self._middle = QStackedWidget()
        self._middle.addWidget(self.start_page)
        self._middle.addWidget(self.canvas)
        self.cards = ProgressCards(self._middle)
        central = QWidget()
        column = QVBoxLayout(central)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.notice)
        column.addWidget(self._middle, 1)
        self.setCentralWidget(central)
        self.weights = Weights(AssetStore.default(), self.worker, self, weights, self._decided)
        self.stage = Stage(self.document, self.renderer, self.projector, self.canvas, self)
        self.files = Files(self)
        self.recovering = Recovering(self)
        self.guide = Guide(self)

        self.context = Context(
            document=self.document,
            worker=self.worker,
            renderer=self.renderer,
            canvas=self.canvas,
            engine=engine,
            settings=settings,
            show_error=self.show_error,
            open_path=self.files.open_path,
            project_face=self.guide.learn_again,
            set_tool=self.take_tool,
        )
        self.actions_by_name = Actions(self, self._handlers())
        self.actions_by_name["outlines"].setChecked(True)
        self.docks = self._make_docks()
        self._make_bars()
        self._connect()
        self.apply_settings()
        self.files.show_recent()
        self._arrange()
        self._update()

    # Putting it together

    def _handlers(self) -> dict[str, Callable[..., object]]:
        files, canvas = self.files, self.canvas
        tools = {name: lambda on, tool=tool: self.stage.set_tool(tool) if on else None for name, tool in TOOLS.items()}
        return {
            **tools,
            "open": files.ask_open,
            "save": files.save,
            "save-as": files.save_as,
            "export": files.export,
            "close": files.close_document,
            "quit": self.close,
            "undo": self.document.undo,
            "redo": self.document.redo,
            "copy": self.saver.copy,
            "paste": files.paste,
            "reset-face": self._reset_face,
            "preferences": files.preferences,
            "zoom-in": canvas.zoom_in,
            "zoom-out": canvas.zoom_out,
            "fit": canvas.fit,
            "zoom-face": self.stage.show_face,
            "actual-size": canvas.actual_size,
            "split": canvas.set_split,
            "before": canvas.hold_before,
            "outlines": canvas.set_outlines_visible,
            "next-area": lambda: go_to_area(self._areas, 1),
            "last-area": lambda: go_to_area(self._areas, -1),
            "clear-mask": self._clear_mask,
            "prepare-face": lambda: self.guide.learn_again(self.document.face),
            "find-faces": self.guide.find_faces_again,
            "shortcuts": files.shortcuts,
            "about": files.about,
        }

    def _make_docks(self) -> dict[str, QDockWidget]:
        self.setDockOptions(QMainWindow.DockOption.AnimatedDocks | QMainWindow.DockOption.AllowTabbedDocks)
        self.setTabPosition(Qt.DockWidgetArea.RightDockWidgetArea, QTabWidget.TabPosition.East)
        self.setTabPosition(Qt.DockWidgetArea.LeftDockWidgetArea, QTabWidget.TabPosition.West)
        docks: dict[str, QDockWidget] = {}
        for kind in PANELS:
            panel: Panel = kind(self.context)
            dock = QDockWidget(panel.title())
            dock.setObjectName(f"dock-{panel.name}")
            dock.setWidget(held(panel))
            toggle = dock.toggleViewAction()
            assert toggle is not None
            toggle.setToolTip(self.tr("Show or hide this panel"))
            # Docks behind others are moved out of sight, not hidden: their panels would go on drawing.
            dock.visibilityChanged.connect(panel.setVisible)
            docks[panel.name] = dock
        return docks

    @property
    def _areas(self) -> list[QWidget]:
        return [self._middle, *(dock.widget() or dock for dock in self.docks.values())]

    def panel(self, name: str) -> Panel:
        """A panel by its name."""
        panel = self.docks[name].findChild(Panel)
        assert panel is not None
        return panel

    @property
    def batch_running(self) -> bool:
        """Whether the batch panel works on photographs."""
        batch = self.panel("batch")
        return isinstance(batch, BatchPanel) and batch.running

    def show_panel(self, name: str) -> None:
        """Bring a panel to the front."""
        self.docks[name].show()
        self.docks[name].raise_()

    def _arrange(self) -> None:
        """Docks as they were left, or as they come."""
        first: dict[Qt.DockWidgetArea, QDockWidget] = {}
        for name, dock in self.docks.items():
            area = Qt.DockWidgetArea.LeftDockWidgetArea if name in LEFT else Qt.DockWidgetArea.RightDockWidgetArea
            self.addDockWidget(area, dock)
            if area in first and area == Qt.DockWidgetArea.RightDockWidgetArea:
                self.tabifyDockWidget(first[area], dock)
            first.setdefault(area, dock)
        self.resize(1360, 860)
        right = first.get(Qt.DockWidgetArea.RightDockWidgetArea)
        if right is not None:
            right.raise_()
        self._size_docks()
        self._usual = self.saveState(LAYOUT_VERSION)
        if not self.settings.geometry.isEmpty():
            self.restoreGeometry(self.settings.geometry)
        if not self.settings.state.isEmpty():
            self.restoreState(self.settings.state, LAYOUT_VERSION)

    def _size_docks(self) -> None:
        left = [self.docks[name] for name in LEFT]
        others = [dock for name, dock in self.docks.items() if name not in LEFT]
        character = self.fontMetrics().averageCharWidth()
        self.resizeDocks(others[:1], [RIGHT_CHARACTERS * character], Qt.Orientation.Horizontal)
        self.resizeDocks(left, [LEFT_CHARACTERS * character] * len(left), Qt.Orientation.Horizontal)
        self.resizeDocks(left, [3, 2], Qt.Orientation.Vertical)

    def reset_panels(self) -> None:
        """Put all panels where they were at first, as wide as they were."""
        self.restoreState(self._usual, LAYOUT_VERSION)
        self._size_docks()

    def _make_bars(self) -> None:
        self.recent_menu = QMenu(self.tr("Open &recent"), self)
        panels = QMenu(self.tr("&Panels"), self)
        for dock in self.docks.values():
            panels.addAction(dock.toggleViewAction())
        panels.addSeparator()
        panels.addAction(self.tr("&As they came"), self.reset_panels)
        menus = self.menuBar()
        assert menus is not None
        self.actions_by_name.fill_menus(menus, {"recent": self.recent_menu, "panels": panels})
        top = QToolBar(self.tr("Main tools"))
        top.setObjectName("bar-top")
        top.setMovable(False)
        self.actions_by_name.fill_bar(top, TOP_BAR)
        side = QToolBar(self.tr("Tools on the photograph"))
        side.setObjectName("bar-side")
        self.actions_by_name.fill_bar(side, SIDE_BAR)
        self.addToolBar(Qt.ToolBarArea.TopToolBarArea, top)
        self.addToolBar(Qt.ToolBarArea.LeftToolBarArea, side)

    def _connect(self) -> None:
        document, canvas, start = self.document, self.canvas, self.start_page
        for changed in (document.opened, document.selected, document.faces_changed, document.projected):
            changed.connect(self._update)
        document.history_changed.connect(self._update)
        document.modified_changed.connect(self._update_title)
        document.refused.connect(self._say_error)
        self.renderer.failed.connect(self._say_error)
        self.renderer.drawing_changed.connect(self.status.show_drawing)
        self.notice.said.connect(self.status.tell)
        canvas.zoom_changed.connect(lambda scale: self.status.show_open(document.session, scale))
        for source in (canvas, start):
            source.files_dropped.connect(self.files.open_dropped)
            source.image_dropped.connect(self.files.open_image)
        self._connect_panels()
        start.open_clicked.connect(self.files.ask_open)
        start.paste_clicked.connect(self.files.paste)
        start.path_chosen.connect(self.files.open_path)

    def _connect_panels(self) -> None:
        """What panels have to tell each other."""
        models, discover, batch = self.panel("models"), self.panel("discover"), self.panel("batch")
        attributes = self.panel("attributes")
        assert isinstance(models, ModelsPanel) and isinstance(discover, DiscoverPanel)
        assert isinstance(batch, BatchPanel) and isinstance(attributes, AttributesPanel)
        models.chosen_changed.connect(self.opener.use_generator)
        models.chosen_changed.connect(discover.use_generator)
        models.chosen_changed.connect(batch.use_generator)
        discover.kept.connect(attributes.reload)

    def apply_settings(self) -> None:
        """Take what the preferences say."""
        self.renderer.set_rest_ms(self.settings.rest_ms)
        self.autosave.set_interval_s(self.settings.autosave_s)
        self.theme.choose(self.settings.theme)

    # What is told

    def show_error(self, error: Exception) -> None:
        """Tell of what a person asked for and cannot have."""
        show_error(self, error)

    def _say_error(self, error: Exception) -> None:
        """Tell of it in the line above the canvas: the work goes on."""
        if isinstance(error, LatentEditError):
            self.notice.say(error_words(error).line)
        else:
            self.show_error(error)

    def _update(self, *_: object) -> None:
        session = self.document.session
        have: set[Need] = set()
        if session is not None:
            have.add("photo")
            if self.document.known_face is not None:
                have.add("chosen")
            if self.document.editable:
                have.add("face")
            if session.history.can_undo:
                have.add("undo")
            if session.history.can_redo:
                have.add("redo")
        self.status.show_open(session, self.canvas.zoom)
        self.actions_by_name.enable(have)
        self._middle.setCurrentWidget(self.start_page if session is None else self.canvas)
        self._update_title()

    def _update_title(self) -> None:
        name = self.document.title
        self.setWindowTitle(self.tr("{}[*] - latentedit").format(name) if name else "latentedit[*]")
        self.setWindowModified(self.document.modified)

    def _decided(self) -> None:
        self.settings.first_run_done = True

    # Faces and tools

    def take_tool(self, tool: Tool) -> None:
        """Take a tool in hand, as its button does."""
        name = next(name for name, each in TOOLS.items() if each is tool)
        self.actions_by_name[name].setChecked(True)

    def _reset_face(self) -> None:
        self.document.do(ResetFace(self.document.face))

    def _clear_mask(self) -> None:
        edits = self.document.edits
        if edits is not None and (edits.compositing.region or "").startswith(BRUSH):
            self.document.do(SetCompositing(self.document.face, replace(edits.compositing, region=None, inverted=False)))

    # Qt

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Escape gives up what was begun last."""
        assert event is not None
        if event.key() == Qt.Key.Key_Escape:
            self.cards.keyPressEvent(event)
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent | None) -> None:
        """Ask about what is not saved; then end everything."""
        assert event is not None
        if not self.files.may_quit():
            event.ignore()
            return
        self.settings.geometry, self.settings.state = QByteArray(self.saveGeometry()), QByteArray(self.saveState(LAYOUT_VERSION))
        self.settings.sync()
        self.autosave.stop()
        self.worker.stop()
        self._side.close()
        self.slot.close()
        event.accept()
