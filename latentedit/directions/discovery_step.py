"""What every method of discovery yields after each of its steps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from latentedit.directions.direction import Direction
from latentedit.directions.sampling import ScoredSample

LICENCE = "your own; found on faces of {generator}, whose restrictions apply"


@dataclass(frozen=True, eq=False)
class Finding:
    """A direction, and what its method measured about it, by name."""

    direction: Direction
    measures: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class DiscoveryStep:
    """One step of a discovery. To cancel, stop iterating.

    Attributes:
        number: how many steps are done, from 1 to ``total``.
        total: how many there will be.
        phase: what is being done, for people.
        sample: the face that this step drew and scored, if that is what it did; handed back as ``samples``, it need not be drawn again.
        findings: what was found, best first; empty before the last step.
    """

    number: int
    total: int
    phase: str
    sample: ScoredSample | None = None
    findings: tuple[Finding, ...] = ()


def licence_of(generator_name: str) -> str:
    """What may be done with a direction that was found on a generator's faces."""
    return LICENCE.format(generator=generator_name)
