"""Durations in a person's words."""

from __future__ import annotations

from PyQt6.QtCore import QCoreApplication


def time_left(seconds: float) -> str:
    """``about 2 minutes left``; rounded so that it does not flicker."""

    def words(text: str, number: int = -1) -> str:
        return QCoreApplication.translate("TimeLeft", text, "", number)

    if seconds < 3:
        return words("almost done")
    if seconds < 55:
        return words("about %n second(s) left", max(round(seconds / 5) * 5, 5))
    return words("about %n minute(s) left", max(round(seconds / 60), 1))
