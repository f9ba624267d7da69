"""The row of one attribute: star, slider, and on demand what else may be asked of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

from PyQt6.QtCore import QPoint, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QAction
from PyQt6.QtWidgets import QMenu, QToolButton, QVBoxLayout, QWidget

from latentedit.edits import EditMask
from latentedit_gui.bind import bind
from latentedit_gui.icon_set import icon
from latentedit_gui.panels.attributes_edits import AttributeEdits
from latentedit_gui.panels.attributes_limits import Limits
from latentedit_gui.panels.direction_words import label_of
from latentedit_gui.panels.region_words import region_title
from latentedit_gui.widgets.amount_slider import BARE, AmountSlider

if TYPE_CHECKING:
    from latentedit.edits import Command
    from latentedit_gui.context import Context
    from latentedit_gui.panels.attributes_catalogue import Attribute

Value = TypeVar("Value")
BEYOND = 3.0
ICON = QSize(14, 14)


class AttributeRow(QWidget):
    """A slider that is tied to the document.

    Signals:
        starred(name, on): a person made it a favourite, or not any more.
    """

    starred = pyqtSignal(str, bool)

    def __init__(
        self,
        context: Context,
        attribute: Attribute,
        layer_resolutions: Sequence[int],
        painted: Callable[[], str | None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.attribute = attribute
        self._document = context.document
        self._edits = AttributeEdits(context, attribute)
        self._layer_resolutions, self._painted = layer_resolutions, painted
        self._limits: Limits | None = None
        self.slider = AmountSlider(attribute.label, attribute.span, _beyond(attribute.span))
        self.slider.set_tip(self._tip())
        self.star = QToolButton()
        self.star.setCheckable(True)
        self.star.setIconSize(ICON)
        self.star.setStyleSheet(BARE)
        self.star.clicked.connect(lambda on: self.starred.emit(self.attribute.name, on))
        self.more = QToolButton()
        self.more.setText("⋯")
        self.more.setCheckable(True)
        self.more.setStyleSheet(BARE)
        self.more.setToolTip(self.tr("Where in the face, which layers, on and off."))
        self.more.setAccessibleName(self.tr("More about {}").format(attribute.label))
        self.more.clicked.connect(self.show_limits)
        self.slider.add_before(self.star)
        self.slider.add_after(self.more)
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(0)
        self._lines.addWidget(self.slider)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._show_menu)
        bind(
            self._document,
            self.slider,
            self._edits.amount,
            self._edits.set_amount,
            changed=self.slider.value_changed,
            released=self.slider.released,
        )
        for signal in (self._document.opened, self._document.selected, self._document.state_changed, self._document.projected):
            signal.connect(self.refresh)
        self.set_starred(False)
        self.refresh()

    @property
    def changed(self) -> bool:
        """Whether the face is moved along it."""
        return self.slider.modified

    @property
    def limits(self) -> Limits | None:
        """The lower part; None before it is first asked for."""
        return self._limits

    def set_starred(self, on: bool) -> None:
        """Show whether it is a favourite."""
        self.star.setChecked(on)
        self.star.setIcon(icon("star-filled" if on else "star"))
        text = self.tr("Remove {} from the favourites") if on else self.tr("Make {} a favourite")
        self.star.setToolTip(text.format(self.attribute.label))
        self.star.setAccessibleName(text.format(self.attribute.label))

    def show_limits(self, on: bool) -> None:
        """Show the lower part, or fold it away."""
        self.more.setChecked(on)
        if on and self._limits is None:
            self._limits = limits = Limits(self.attribute, self._layer_resolutions, self._painted, self)
            limits.enabled_changed.connect(lambda enabled: self._do(self._edits.set_enabled, enabled))
            limits.layers_changed.connect(lambda layers: self._do(self._edits.set_layers, layers))
            limits.mask_changed.connect(self._on_mask)
            limits.removed.connect(self.remove)
            limits.released.connect(self._document.seal)
            self._lines.addWidget(limits)
        if self._limits is not None:
            self._limits.setVisible(on)
            self.refresh()

    def refresh(self) -> None:
        """Show whether the edit is on, and what else the document holds in the lower part."""
        edit = self._edits.meant(self._document.edits)
        self.slider.label.setEnabled(edit is None or edit.enabled)
        if self._limits is not None and self._limits.isVisibleTo(self):
            self._limits.show_edit(edit, self._edits.usual_mask, self._edits.parts_known)

    def remove(self) -> None:
        """Take the edit out of the stack."""
        self._document.seal()
        if self._document.editable:
            self._document.do(self._edits.remove(self._document.face))

    def _on_mask(self, mask: EditMask | None) -> None:
        self._do(self._edits.set_mask, mask)

    def _do(self, command: Callable[[int, Value], Command], value: Value) -> None:
        if self._document.editable and not self._document.do(command(self._document.face, value)):
            self.refresh()  # refused: show what is so

    def _show_menu(self, at: QPoint) -> None:
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.mapToGlobal(at))

    def menu(self) -> QMenu:
        """A new menu of what may be done with it; the caller's to delete."""
        menu = QMenu(self)
        edit = self._edits.meant(self._document.edits)
        self._add(menu, self.tr("&Reset"), self.slider.reset, self.slider.modified)
        on = self._add(menu, self.tr("&On"), self._switch, edit is not None)
        on.setCheckable(True)
        on.setChecked(edit is None or edit.enabled)
        self._add(menu, self.tr("Re&move from the edits"), self.remove, edit is not None)
        menu.addSeparator()
        self._add(menu, self.tr("&Favourite"), self.star.click).setCheckable(True)
        more = self._add(menu, self.tr("&Where and which layers"), self.more.click)
        more.setCheckable(True)
        more.setChecked(self.more.isChecked())
        return menu

    def _add(self, menu: QMenu, text: str, slot: Callable[[], object], enabled: bool = True) -> QAction:
        action = menu.addAction(text)
        assert action is not None
        action.setEnabled(enabled)
        action.triggered.connect(lambda: slot())
        return action

    def _switch(self) -> None:
        edit = self._edits.meant(self._document.edits)
        self._do(self._edits.set_enabled, edit is not None and not edit.enabled)

    def _tip(self) -> str:
        told = self.attribute
        low, high = (f"{end:g}" for end in told.span)
        lines = [told.effect or told.label]
        if told.also:
            also = ", ".join(f"{label_of(name)} {change:+.1f}" for name, change in told.also)
            lines.append(self.tr("Over its whole range it also changes: {}.").format(also))
            lines.append(self.tr("(1 is as much as faces usually differ.)"))
        lines.append(self.tr("Range: {} to {}; larger numbers can be typed.").format(low, high))
        if told.region:
            lines.append(self.tr("Changes only this part of the face: {}.").format(region_title(told.region)))
        return "\n".join(lines)


def _beyond(span: tuple[float, float]) -> tuple[float, float]:
    """As far as a typed number may go: beyond it no face is left."""
    return BEYOND * span[0], BEYOND * span[1]
