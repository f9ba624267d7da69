"""Figures that say what they depend on: without that, two of them cannot be compared (clean-fid shows by how much: Parmar et al., 2022)."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from latentedit.checked_json import finite_json


@dataclass(frozen=True)
class Figure:
    """A number, and all that it depends on.

    Attributes:
        name: of the figure.
        value: the number.
        n_real: real images that went in.
        n_fake: generated ones.
        extractor: by whose features; empty for figures on the images themselves.
        resizer: how images were brought to its size.
        note: what else must be known.
    """

    name: str
    value: float
    n_real: int
    n_fake: int
    extractor: str
    resizer: str
    note: str = ""

    def to_json(self) -> dict[str, Any]:
        """As a document holds it; null for what is no number."""
        document: dict[str, Any] = finite_json(asdict(self))
        return document


@dataclass(frozen=True)
class LeftOut:
    """A metric that was asked for and could not be had, and why."""

    metric: str
    why: str


@dataclass(frozen=True)
class MetricReport:
    """What came of a comparison.

    Attributes:
        figures: all numbers.
        left_out: what there is no number for.
        seed: of the choice of images, subsets, clusterings and pairs.
    """

    figures: tuple[Figure, ...]
    left_out: tuple[LeftOut, ...]
    seed: int

    def value(self, name: str) -> float:
        """The figure of a name.

        Raises:
            KeyError: there is none.
        """
        for figure in self.figures:
            if figure.name == name:
                return figure.value
        raise KeyError(name)

    def joined(self, other: MetricReport) -> MetricReport:
        """With the figures of another report of the same seed."""
        return MetricReport((*self.figures, *other.figures), (*self.left_out, *other.left_out), self.seed)

    def to_json(self) -> dict[str, Any]:
        """As a document holds it."""
        return {
            "seed": self.seed,
            "figures": [figure.to_json() for figure in self.figures],
            "left_out": [asdict(entry) for entry in self.left_out],
        }
