"""One group of attributes, whose rows are made when they are first seen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PyQt6.QtWidgets import QWidget

from latentedit_gui.panels.attributes_row import AttributeRow
from latentedit_gui.widgets.collapsible_group import CollapsibleGroup

if TYPE_CHECKING:
    from latentedit_gui.panels.attributes_catalogue import Attribute
    from latentedit_gui.panels.direction_words import Group


class AttributeGroup(CollapsibleGroup):
    """A heading and rows. While a filter is on, the group shows what it lets through; afterwards it is folded as a person left it."""

    def __init__(
        self,
        group: Group,
        title: str,
        attributes: Sequence[Attribute],
        make: Callable[[Attribute], AttributeRow],
        parent: QWidget | None = None,
    ) -> None:
        """
        Args:
            make: makes a row.
        """
        super().__init__(title, expanded=False, parent=parent)
        self.group = group
        self._attributes = {attribute.name: attribute for attribute in attributes}
        self._make = make
        self._rows: dict[str, AttributeRow] = {}
        self._wanted: Callable[[Attribute], bool] | None = None
        self._left_open = False
        self.expanded_changed.connect(self._on_expanded)

    @property
    def names(self) -> tuple[str, ...]:
        """Of its directions."""
        return tuple(self._attributes)

    @property
    def rows(self) -> list[AttributeRow]:
        """Those that were made."""
        return [self._rows[name] for name in self._attributes if name in self._rows]

    def row(self, name: str) -> AttributeRow:
        """The row of a direction, made if it was not."""
        if name not in self._rows:
            self._rows[name] = row = self._make(self._attributes[name])
            before = sum(known in self._rows for known in list(self._attributes)[: list(self._attributes).index(name)])
            self.body.insertWidget(before, row)
        return self._rows[name]

    def make_one(self) -> bool:
        """Make a row that was not made yet; whether there was one."""
        name = next((name for name in self._attributes if name not in self._rows), None)
        if name is not None:
            self.row(name).setVisible(self._wanted is None or self._wanted(self._attributes[name]))
        return name is not None

    def open_when_unfiltered(self, expanded: bool) -> None:
        """Whether it is unfolded while no filter is on."""
        self._left_open = expanded

    def show_only(self, wanted: Callable[[Attribute], bool] | None) -> int:
        """Show the rows of what is wanted, or where that is None all, folded as a person left them.

        Returns:
            how many there are, seen or folded.
        """
        self._wanted = wanted
        names = {name for name, attribute in self._attributes.items() if wanted is None or wanted(attribute)}
        self.setVisible(bool(names))
        self.set_expanded(self._left_open if wanted is None else bool(names))
        self._show_rows(names)
        return len(names)

    def _show_rows(self, names: set[str]) -> None:
        for name in self._attributes:
            if name in names and self.expanded:
                self.row(name).show()
            elif name in self._rows:
                self._rows[name].setVisible(name in names)

    def _on_expanded(self, expanded: bool) -> None:
        if self._wanted is None:
            self._left_open = expanded
        wanted = self._wanted
        self._show_rows({name for name, each in self._attributes.items() if wanted is None or wanted(each)})
