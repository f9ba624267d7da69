"""Durations in a person's words."""

from __future__ import annotations

from PyQt6.QtCore import QCoreApplication

translate = QCoreApplication.translate


def time_left(seconds: float) -> str:
    """``about 2 minutes left``; rounded so that it does not flicker."""
    if seconds < 3:
        return translate("TimeLeft", "almost done")
    if seconds < 55:
        return translate("TimeLeft", "about %n second(s) left", "", max(round(seconds / 5) * 5, 5))
    return translate("TimeLeft", "about %n minute(s) left", "", max(round(seconds / 60), 1))
