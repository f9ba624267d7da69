"""The style sheet: what of the look a palette cannot say."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

CONTROLS = Path(__file__).parent / "icons" / "controls"
"""Small drawings inside controls, in two tones: style sheets can only name files."""


@dataclass(frozen=True)
class Colours:
    """All colours of one look, as ``#rrggbb``.

    Attributes:
        window, panel, field: behind everything, behind a group, behind what can be typed in.
        button, hover, pressed: a button at rest, under the pointer, held.
        line, strong_line: between things; around what can be used.
        text, quiet_text, faint_text: what is read, what explains it, what cannot be used now.
        accent, accent_text: what is chosen or has the keyboard, and text on it.
        warning, danger: text that warns, text of what went wrong.
        canvas: around the photograph.
    """

    window: str
    panel: str
    field: str
    button: str
    hover: str
    pressed: str
    line: str
    strong_line: str
    text: str
    quiet_text: str
    faint_text: str
    accent: str
    accent_text: str
    warning: str
    danger: str
    canvas: str


def style_sheet(colours: Colours) -> str:
    """The style sheet of the whole application.

    Widgets say what they are by properties: ``role`` is ``heading``, ``title``, ``quiet``, ``warning`` or ``danger`` for labels,
    ``card`` for frames, ``primary`` for the button that a dialog is about.
    """
    c = colours
    on_field, on_accent = tone(c.text), tone(c.accent_text)
    return f"""
QToolTip {{ color: {c.text}; background: {c.panel}; border: 1px solid {c.line}; padding: 4px 6px; }}

QLabel[role="title"] {{ font-size: 20px; font-weight: 600; }}
QLabel[role="heading"] {{ font-weight: 600; }}
QLabel:focus {{ background: {c.hover}; border-radius: 3px; }}
QLabel[role="quiet"] {{ color: {c.quiet_text}; }}
QLabel[role="warning"] {{ color: {c.warning}; }}
QLabel[role="danger"] {{ color: {c.danger}; }}
QFrame[role="card"] {{ background: {c.panel}; border: 1px solid {c.line}; border-radius: 6px; }}
QMessageBox QLabel#qt_msgbox_label {{ font-weight: 600; }}
QMessageBox QLabel {{ min-width: 340px; }}
QDialogButtonBox {{ dialogbuttonbox-buttons-have-icons: 0; }}

QPushButton {{
    background: {c.button}; border: 1px solid {c.line}; border-radius: 5px; padding: 5px 14px; min-height: 18px;
}}
QPushButton:hover {{ background: {c.hover}; border-color: {c.strong_line}; }}
QPushButton:pressed, QPushButton:checked {{ background: {c.pressed}; }}
QPushButton:focus {{ border-color: {c.accent}; }}
QPushButton:disabled {{ color: {c.faint_text}; }}
QPushButton[role="primary"] {{ background: {c.accent}; color: {c.accent_text}; border-color: {c.accent}; font-weight: 600; }}
QPushButton[role="primary"]:hover, QPushButton[role="primary"]:focus {{ border-color: {c.text}; }}
QPushButton[role="primary"]:pressed {{ background: {c.pressed}; color: {c.text}; }}
QPushButton[role="primary"]:disabled {{ background: {c.button}; color: {c.faint_text}; border-color: {c.line}; }}

QToolButton {{ background: transparent; border: 1px solid transparent; border-radius: 5px; padding: 4px; }}
QToolButton:hover {{ background: {c.hover}; border-color: {c.line}; }}
QToolButton:pressed, QToolButton:checked {{ background: {c.pressed}; border-color: {c.line}; }}
QToolButton:focus {{ border-color: {c.accent}; }}
QLineEdit QToolButton {{ padding: 0; border: none; background: transparent; }}
QToolButton[popupMode="1"], QToolButton[popupMode="2"] {{ padding-right: 16px; }}

QLineEdit, QPlainTextEdit, QTextEdit, QTextBrowser, QAbstractSpinBox {{
    background: {c.field}; border: 1px solid {c.line}; border-radius: 5px; padding: 4px 6px;
    selection-background-color: {c.accent}; selection-color: {c.accent_text};
}}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QTextBrowser:focus, QAbstractSpinBox:focus {{ border-color: {c.accent}; }}
QAbstractItemView {{
    background: {c.field}; border: 1px solid {c.line}; border-radius: 5px; outline: none;
    selection-background-color: {c.accent}; selection-color: {c.accent_text};
}}
QAbstractItemView:focus {{ border-color: {c.accent}; }}
QTreeView::item, QListView::item {{ min-height: 22px; padding: 0 6px; }}
QHeaderView::section {{
    background: {c.window}; color: {c.quiet_text}; border: none; border-bottom: 1px solid {c.line}; padding: 4px 6px;
}}

QComboBox {{
    background: {c.button}; border: 1px solid {c.line}; border-radius: 5px; padding: 4px 4px 4px 8px;
    min-height: 18px; min-width: 72px;
}}
QComboBox:hover {{ background: {c.hover}; border-color: {c.strong_line}; }}
QComboBox:focus {{ border-color: {c.accent}; }}
QComboBox:disabled {{ color: {c.faint_text}; }}
QComboBox QAbstractItemView {{
    background: {c.field}; color: {c.text}; border: 1px solid {c.line};
    selection-background-color: {c.accent}; selection-color: {c.accent_text};
}}
QComboBox QAbstractItemView::item:selected {{ background: {c.accent}; color: {c.accent_text}; }}
QComboBox::drop-down {{ border: none; width: 22px; }}
QComboBox::down-arrow, QPushButton::menu-indicator {{ image: url({drawing("down", on_field)}); width: 12px; height: 12px; }}
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {{ border: none; background: transparent; width: 18px; }}
QAbstractSpinBox::up-button:hover, QAbstractSpinBox::down-button:hover {{ background: {c.hover}; border-radius: 3px; }}
QAbstractSpinBox::up-arrow {{ image: url({drawing("up", on_field)}); width: 11px; height: 11px; }}
QAbstractSpinBox::down-arrow {{ image: url({drawing("down", on_field)}); width: 11px; height: 11px; }}

QCheckBox, QRadioButton {{ spacing: 8px; padding: 2px; }}
QCheckBox:focus, QRadioButton:focus {{ background: {c.hover}; border-radius: 3px; }}
QCheckBox::indicator, QRadioButton::indicator, QAbstractItemView::indicator, QGroupBox::indicator {{
    width: 15px; height: 15px; background: {c.field}; border: 1px solid {c.strong_line}; border-radius: 4px;
}}
QRadioButton::indicator {{ border-radius: 8px; }}
QCheckBox::indicator:hover, QRadioButton::indicator:hover, QAbstractItemView::indicator:hover {{ border-color: {c.accent}; }}
QCheckBox::indicator:checked, QRadioButton::indicator:checked, QAbstractItemView::indicator:checked, QGroupBox::indicator:checked {{
    background: {c.accent}; border-color: {c.accent};
}}
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked, QGroupBox::indicator:checked {{
    image: url({drawing("check", on_accent)});
}}
QRadioButton::indicator:checked {{ image: url({drawing("dot", on_accent)}); }}
QCheckBox::indicator:indeterminate, QAbstractItemView::indicator:indeterminate {{
    background: {c.accent}; border-color: {c.accent}; image: url({drawing("dash", on_accent)});
}}
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled {{ background: {c.window}; border-color: {c.line}; }}
QCheckBox:disabled, QRadioButton:disabled {{ color: {c.faint_text}; }}

QSlider {{ min-height: 22px; }}
QSlider:vertical {{ min-height: 0; min-width: 22px; }}
QSlider::groove:horizontal {{ height: 4px; border-radius: 2px; background: {c.line}; }}
QSlider::groove:vertical {{ width: 4px; border-radius: 2px; background: {c.line}; }}
QSlider::handle {{ background: {c.text}; border: 2px solid {c.window}; border-radius: 9px; }}
QSlider::handle:horizontal {{ width: 14px; margin: -7px 0; }}
QSlider::handle:vertical {{ height: 14px; margin: 0 -7px; }}
QSlider::handle:hover, QSlider::handle:focus {{ background: {c.accent}; }}
QSlider::handle:disabled {{ background: {c.faint_text}; }}

QProgressBar {{
    background: {c.field}; border: 1px solid {c.line}; border-radius: 5px; min-height: 8px; max-height: 8px; text-align: center;
}}
QProgressBar::chunk {{ background: {c.accent}; border-radius: 4px; }}

QScrollArea, QScrollArea > QWidget > QWidget[role="page"] {{ background: transparent; border: none; }}
QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 0; }}
QScrollBar::handle {{ background: {c.line}; border-radius: 4px; margin: 2px; }}
QScrollBar::handle:vertical {{ min-height: 32px; }}
QScrollBar::handle:horizontal {{ min-width: 32px; }}
QScrollBar::handle:disabled {{ background: transparent; }} /* nothing to scroll */
QScrollBar::handle:hover {{ background: {c.strong_line}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}

QMenu {{ background: {c.panel}; border: 1px solid {c.line}; padding: 4px; }}
QMenu::item {{ padding: 5px 24px 5px 12px; border-radius: 4px; }}
QMenu::item:selected {{ background: {c.accent}; color: {c.accent_text}; }}
QMenu::item:disabled {{ color: {c.faint_text}; background: transparent; }}
QMenu::separator {{ height: 1px; background: {c.line}; margin: 4px 8px; }}
QMenu::icon {{ padding-left: 8px; }}
QMenuBar {{ background: {c.window}; }}
QMenuBar::item {{ padding: 5px 9px; border-radius: 4px; }}
QMenuBar::item:selected {{ background: {c.hover}; }}

QToolBar {{ background: {c.window}; border: none; border-bottom: 1px solid {c.line}; spacing: 2px; padding: 3px 6px; }}
QToolBar:left, QToolBar:right {{ border-bottom: none; }}
QToolBar::separator {{ background: {c.line}; width: 1px; height: 1px; margin: 5px; }}
QStatusBar {{ background: {c.window}; border-top: 1px solid {c.line}; color: {c.quiet_text}; }}
QStatusBar::item {{ border: none; }}
QStatusBar QLabel {{ padding: 2px 8px; }}
QMainWindow::separator {{ background: {c.window}; width: 5px; height: 5px; }}
QMainWindow::separator:hover {{ background: {c.accent}; }}
QDockWidget {{ font-weight: 600; }}
QDockWidget::title {{ background: {c.window}; padding: 6px 8px; }}
QTabBar::tab {{
    background: transparent; color: {c.quiet_text}; border: none; border-bottom: 2px solid transparent; padding: 6px 10px;
}}
QTabBar::tab:right {{ border-bottom: none; border-left: 2px solid transparent; padding: 6px; }}
QTabBar::tab:right:selected {{ border-left-color: {c.accent}; background: {c.panel}; }}
QTabBar {{ background: {c.window}; qproperty-drawBase: 0; }}
QTabBar::tab:hover {{ color: {c.text}; }}
QTabBar::tab:selected {{ color: {c.text}; border-bottom-color: {c.accent}; }}
QTabBar::tab:selected:focus {{ background: {c.hover}; }}
QTabWidget::pane {{ border: none; border-top: 1px solid {c.line}; }}
QSplitter::handle {{ background: {c.window}; }}
QSplitter::handle:hover {{ background: {c.accent}; }}
QGraphicsView {{ background: {c.canvas}; border: none; border-radius: 0; }}
"""


def tone(colour: str) -> str:
    """Which of the two tones of a control's drawing is like this colour, ``#rrggbb``: ``white`` or ``black``."""
    return "white" if int(colour[3:5], 16) > 127 else "black"  # green is most of what is seen as brightness


def drawing(name: str, tone: str) -> str:
    """The path of a control's drawing, as a style sheet wants it: with slashes everywhere, in quotes because of blanks."""
    return f'"{(CONTROLS / f"{name}-{tone}.svg").as_posix()}"'
