"""Amounts that a direction is not meant for."""

from __future__ import annotations

from typing import Protocol


class Ranged(Protocol):
    """A direction, shipped or own."""

    @property
    def name(self) -> str: ...
    @property
    def default_range(self) -> tuple[float, float]: ...


def out_of_range(direction: Ranged, amount: float) -> str | None:
    """One line for people when ``amount`` lies outside the direction's default range; None when it does not.

    It is no error: faces differ in how far they bear it.
    """
    low, high = direction.default_range
    if low <= amount <= high:
        return None
    return f"{direction.name}={amount:g} is outside its range, {low:g} to {high:g}: the face may fall apart"
