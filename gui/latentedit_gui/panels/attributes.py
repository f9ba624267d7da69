"""The panel of sliders: what can be changed about a face, in groups, to be searched, starred and reset."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from PyQt6.QtCore import QTimer
from PyQt6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from latentedit.edits import DirectionEdit
from latentedit.errors import LatentEditError, UsageError
from latentedit_gui.icon_set import icon
from latentedit_gui.panels.attributes_edits import reset_command
from latentedit_gui.panels.attributes_group import AttributeGroup
from latentedit_gui.panels.attributes_row import AttributeRow
from latentedit_gui.panels.direction_words import Group, group_title
from latentedit_gui.panels.panel import Panel
from latentedit_gui.widgets.scrolling import scrolling
from latentedit_gui.widgets.search_field import SearchField, found
from latentedit_gui.worker import Urgency

if TYPE_CHECKING:
    from latentedit_gui.panels.attributes_catalogue import Attribute, Catalogue

OPEN_AT_FIRST = (Group.EXPRESSION, Group.PEOPLE, Group.OWN)


class AttributesPanel(Panel):
    """Sliders of all directions that the photograph's generator has."""

    name: ClassVar[str] = "attributes"
    icon_name: ClassVar[str] = "attributes"

    def title(self) -> str:
        return self.tr("Attributes")

    def build(self) -> QWidget:
        self._catalogue: Catalogue | None = None
        self._groups: list[AttributeGroup] = []
        self._idle = QTimer(self)
        self._idle.setInterval(0)
        self._idle.timeout.connect(self._make_one)
        self.search = SearchField(self.tr("Find an attribute"))
        self.search.textChanged.connect(self._filter)
        self.filters = QButtonGroup(self)
        self.all_button = self._filter_button(self.tr("&All"), self.tr("Show all attributes."))
        self.favourites_button = self._filter_button(self.tr("Favo&urites"), self.tr("Show the attributes with a star."))
        self.changed_button = self._filter_button(self.tr("&Changed"), self.tr("Show the attributes that change this face."))
        self.all_button.setChecked(True)
        self.filters.buttonClicked.connect(lambda _: self._filter())
        self.reset_button = QToolButton()
        self.reset_button.setAccessibleName(self.tr("Reset all attributes"))
        self.reset_button.setIcon(icon("reset"))
        self.reset_button.setToolTip(self.tr("Take back all attributes of this face."))
        self.reset_button.clicked.connect(self.reset_all)
        self._nothing = QLabel()
        self._nothing.setProperty("role", "quiet")
        self._nothing.setWordWrap(True)
        self._nothing.hide()
        page = QWidget()
        page.setProperty("role", "page")
        self._list = QVBoxLayout(page)
        self._list.setContentsMargins(6, 0, 6, 8)
        self._list.setSpacing(0)
        self._list.addWidget(self._nothing)
        self._list.addStretch(1)
        scroll = scrolling(page)
        line = QHBoxLayout()
        line.setSpacing(2)
        for button in (self.all_button, self.favourites_button, self.changed_button):
            line.addWidget(button)
        line.addStretch(1)
        line.addWidget(self.reset_button)
        head = QVBoxLayout()
        head.setContentsMargins(8, 8, 8, 4)
        head.addWidget(self.search)
        head.addLayout(line)
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(head)
        layout.addWidget(scroll, 1)
        for signal in (self.document.opened, self.document.projected):
            signal.connect(self.reload)
        for signal in (self.document.selected, self.document.state_changed):
            signal.connect(self._on_state)
        self.reload()
        self._on_state()
        return content

    def _filter_button(self, text: str, tip: str) -> QToolButton:
        button = QToolButton()
        button.setText(text)
        button.setToolTip(tip)
        button.setCheckable(True)
        self.filters.addButton(button)
        return button

    # What there is

    @property
    def rows(self) -> list[AttributeRow]:
        """The rows that were made so far."""
        return [row for group in self._groups for row in group.rows]

    def row(self, name: str) -> AttributeRow:
        """The row of a direction, made if it was not.

        Raises:
            KeyError: there is none.
        """
        for group in self._groups:
            if name in group.names:
                return group.row(name)
        raise KeyError(name)

    def reload(self) -> None:
        """Look again which directions there are; sliders that were there stay as they are."""
        session = self.document.session
        if session is None:
            return
        from latentedit_gui.panels.attributes_catalogue import read_catalogue

        # Files are read for this, and a generator's file that is not imported is loaded.
        job = self.context.worker.call(lambda: read_catalogue(session), Urgency.COMPOSITE, key="attributes")
        job.finished.connect(self._on_catalogue)
        job.failed.connect(self._on_failed)

    def _on_failed(self, error: Exception) -> None:
        self.context.show_error(error)

    def _on_catalogue(self, catalogue: Catalogue) -> None:
        if self._catalogue is not None and self._catalogue.key == catalogue.key:
            return
        expanded = {group.group: group.expanded for group in self._groups}
        for group in self._groups:
            self._list.removeWidget(group)
            group.hide()
            group.deleteLater()
        self._catalogue, self._groups = catalogue, []
        for each in Group:
            attributes = [attribute for attribute in catalogue.attributes if attribute.group is each]
            if attributes:
                self._add_group(each, attributes, catalogue, expanded.get(each, each in OPEN_AT_FIRST))
        self._filter()
        self._idle.start()

    def _make_one(self) -> None:
        """Make the rows of folded groups one by one, so that a search need not make all of them at once."""
        if not any(group.make_one() for group in self._groups):
            self._idle.stop()

    def _add_group(self, group: Group, attributes: Sequence[Attribute], catalogue: Catalogue, expanded: bool) -> None:
        def make(attribute: Attribute) -> AttributeRow:
            row = AttributeRow(self.context, attribute, catalogue.layer_resolutions, self._painted_region)
            row.set_starred(attribute.name in self.context.settings.favourites)
            row.starred.connect(self._on_starred)
            return row

        made = AttributeGroup(group, group_title(group), attributes, make)
        made.open_when_unfiltered(expanded)
        self._groups.append(made)
        self._list.insertWidget(self._list.count() - 1, made)

    def _painted_region(self) -> str | None:
        """What is painted on the canvas, made known to the session."""
        session, pixels = self.document.session, self.context.canvas.painted_mask
        if session is None:
            return None
        from latentedit.brush import Brush

        try:
            if pixels is None or not pixels.any():
                raise UsageError(
                    self.tr("Nothing is painted over this face yet."),
                    hint=self.tr("Take the brush, and paint where it may change."),
                )
            return session.add_brush(Brush(pixels))
        except LatentEditError as error:
            self.context.show_error(error)
            return None

    # Which of it is shown

    def _filter(self) -> None:
        words = self.search.text()
        favourites = self.context.settings.favourites
        changed = self._changed_names() if self.changed_button.isChecked() else None

        def wanted(attribute: Attribute) -> bool:
            if self.favourites_button.isChecked() and attribute.name not in favourites:
                return False
            if changed is not None and attribute.name not in changed:
                return False
            return found(words, attribute.label, attribute.name, attribute.effect, group_title(attribute.group))

        everything = self.all_button.isChecked() and not words.strip()
        shown = sum([group.show_only(None if everything else wanted) for group in self._groups])
        self._nothing.setText(self._nothing_text())
        self._nothing.setVisible(not shown and self._catalogue is not None)

    def _nothing_text(self) -> str:
        if self._catalogue is not None and not self._catalogue.attributes:
            return self.tr("There are no attributes for what draws this photograph yet. Discover some, or import them.")
        if self.search.text().strip():
            return self.tr("Nothing is called “{}”.").format(self.search.text().strip())
        if self.favourites_button.isChecked():
            return self.tr("Give an attribute a star to find it here.")
        return self.tr("No attribute changes this face yet.")

    def _changed_names(self) -> set[str]:
        edits = self.document.edits
        stack = () if edits is None else edits.edits
        return {edit.name for edit in stack if isinstance(edit, DirectionEdit) and edit.amount != 0}

    def _on_state(self) -> None:
        changed = self._changed_names()
        self.reset_button.setEnabled(bool(changed))
        if self._catalogue is not None and not changed <= {name for group in self._groups for name in group.names}:
            self.reload()  # another panel has made a direction, and an edit of it
        if self.changed_button.isChecked():
            self._filter()

    def _on_starred(self, name: str, on: bool) -> None:
        others = [known for known in self.context.settings.favourites if known != name]
        self.context.settings.favourites = tuple([*others, name] if on else others)
        self.row(name).set_starred(on)
        if self.favourites_button.isChecked():
            self._filter()

    # Changing

    def reset_all(self) -> None:
        """Take back all attributes of the face, as one undo."""
        edits = self.document.edits
        if edits is not None:
            self.document.seal()
            self.document.do(reset_command(self.document.face, edits, self.tr("Reset all attributes")))
