"""Running a method of discovery: its options, its progress, the axes that it finds."""

from __future__ import annotations

from collections.abc import Callable

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QCheckBox, QComboBox, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from latentedit.directions.discovery import discovery_methods
from latentedit_gui.context import Context
from latentedit_gui.panels.discover_form import MethodForm
from latentedit_gui.panels.discover_run import Load, Results
from latentedit_gui.panels.discover_work import searched


class SearchTab(QWidget):
    """A method, its options, and what it has found.

    Signals:
        kept(name): a direction was kept.
    """

    kept = pyqtSignal(str)

    def __init__(self, context: Context, load: Callable[[], Load], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._load = context, load
        self._method = QComboBox()
        self._method.setAccessibleName(self.tr("How to search"))
        self._method.setToolTip(self.tr("Where directions are looked for."))
        self._method.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._about = QLabel()
        self._about.setWordWrap(True)
        self._about.setProperty("role", "quiet")
        self._forms = QStackedWidget()
        methods = discovery_methods()
        for name, (title, _) in self._words().items():
            self._method.addItem(title, name)
            self._forms.addWidget(MethodForm(methods[name]))
        self._method.currentIndexChanged.connect(self._show_method)
        self._measure = QCheckBox(self.tr("Measure how far each may go"))
        self._measure.setToolTip(
            self.tr("Tries each direction on a dozen faces, so that all sliders go equally far. Takes longer.")
        )
        self._measure.setChecked(True)
        self._start = QPushButton(self.tr("&Search"))
        self._start.setProperty("role", "primary")
        self._start.setToolTip(self.tr("Begin to look for directions."))
        self._start.clicked.connect(self._search)
        self.results = Results(context, load)
        self.results.kept.connect(self.kept)
        self.results.running_changed.connect(lambda running: self._start.setDisabled(running))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        for widget in (self._method, self._about, self._forms, self._measure, self._start, self.results):
            layout.addWidget(widget)
        layout.addStretch()
        self._show_method()

    def _words(self) -> dict[str, tuple[str, str]]:
        """Methods by name: what they are called, and what they do."""
        return {
            "sefa": (
                self.tr("Strongest changes"),
                self.tr("What the model itself can change most. Takes a moment. (SeFa)"),
            ),
            "ganspace": (
                self.tr("How faces differ most"),
                self.tr("In what random faces differ most from each other. Takes seconds. (GANSpace)"),
            ),
            "interfacegan": (
                self.tr("By an attribute"),
                self.tr(
                    "Draws random faces, measures an attribute on each, and finds what it depends on. Takes minutes. (InterFaceGAN)"
                ),
            ),
            "stylespace": (
                self.tr("Single switches of an attribute"),
                self.tr("Finds single switches of the model that an attribute responds to. Takes many minutes. (StyleSpace)"),
            ),
        }

    def _show_method(self) -> None:
        name = self._method.currentData()
        self._about.setText(self._words()[name][1])
        self._forms.setCurrentIndex(self._method.currentIndex())
        for index in range(self._forms.count()):  # as high as the shown one needs
            form = self._forms.widget(index)
            if form is not None:
                form.setVisible(index == self._forms.currentIndex())
        current = self._forms.currentWidget()
        if current is not None:
            self._forms.setFixedHeight(current.sizeHint().height())

    def reset(self) -> None:
        """Another generator: what was found is not for it."""
        self.results.clear()

    def _search(self) -> None:
        form = self._forms.currentWidget()
        assert isinstance(form, MethodForm)
        method, values, measure = form.method, form.values(), self._measure.isChecked()
        load, store = self._load(), self._context.engine.store
        name = str(values.get("attribute", ""))
        self.results.run(lambda: searched(load, method, values, store, measure=measure), name)
