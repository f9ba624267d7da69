"""What ``discover`` does with directions that were found: measure their ranges, and what they do to other faces."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from latentedit.cli.console import step_bar, tell
from latentedit.errors import ResourceError

if TYPE_CHECKING:
    from latentedit.assets import AssetStore
    from latentedit.directions.calibration import Descriptor
    from latentedit.directions.discovery_step import Finding
    from latentedit.directions.effects import Effect
    from latentedit.directions.sampling import ScoredSample
    from latentedit.directions.scorers import Scorer
    from latentedit.generators import Generator

FIRST_MEASURED_SEED = 1_000_000
"""Faces that effects are measured on are others than those that were sampled."""
SPREAD_SEED, SPREAD_FACES = 3_000_000, 64
"""How far random faces differ, where no samples tell."""


@dataclass(frozen=True, eq=False)
class Search:
    """What was looked for.

    Attributes:
        attribute: the score; empty when the method needs none.
        scorers: what measures it.
        samples: the faces that it was found from.
    """

    attribute: str = ""
    scorers: Sequence[Scorer] = ()
    samples: Sequence[ScoredSample] = ()


@dataclass(frozen=True, eq=False)
class Tried:
    """A finding with its measured range, what its direction does from end to end by score, and the deviations of the scores."""

    finding: Finding
    effects: Mapping[str, Effect] = field(default_factory=dict)
    spread: Mapping[str, float] = field(default_factory=dict)


def try_all(
    G: Generator, findings: Sequence[Finding], search: Search, store: AssetStore, *, trial: int, measure: int
) -> list[Tried]:
    """Measure ranges, and then effects.

    Args:
        trial: on how many faces ranges and the score that was looked for are tried; 0 leaves the method's guess, and tries nothing.
        measure: on how many every score is measured; 0 for that which was looked for alone.
    """
    ranged = with_ranges(G, findings, trial, store) if trial else list(findings)
    scorers, faces = [scorer for scorer in search.scorers if search.attribute in scorer.names], trial
    if measure:
        from latentedit.directions.scorers import load_scorers

        known = load_scorers(store)
        scorers = known + [own for own in scorers if not any(search.attribute in each.names for each in known)]
        faces = measure
    if not scorers or not faces:
        return [Tried(finding) for finding in ranged]
    spread = spread_of(G, scorers, search.samples)
    return [effects_of(G, finding, search.attribute, scorers, spread, faces) for finding in ranged]


def with_ranges(G: Generator, findings: Sequence[Finding], faces: int, store: AssetStore) -> Sequence[Finding]:
    """The findings with ranges measured on random faces; told by lengths alone where nothing tells persons apart."""
    from latentedit.directions.calibration import CALIBRATION_SEED, calibrate

    done: Sequence[Finding] = ()
    with step_bar() as bar:
        task = bar.add_task("measuring ranges", total=None)
        for step in calibrate(G, findings, descriptor_or_none(G, store), faces=faces, seed=CALIBRATION_SEED):
            bar.update(task, total=step.total, completed=step.number)
            done = step.findings
    return done


def descriptor_or_none(G: Generator, store: AssetStore) -> Descriptor | None:
    """What tells persons apart, for a generator of faces; None, and a line about it, where it cannot be had."""
    from latentedit.directions.calibration import descriptor_for

    try:
        return descriptor_for(G, store)
    except ResourceError as error:
        tell(f"ranges are set without looking at likeness: {error}")
        return None


def spread_of(G: Generator, scorers: Sequence[Scorer], samples: Sequence[ScoredSample]) -> dict[str, float]:
    """The standard deviation of every score over random faces: the samples, or others where those were scored for less."""
    from latentedit.directions.sampling import score_samples
    from latentedit.directions.strength import deviations

    spread = deviations(samples)
    if all(name in spread for scorer in scorers for name in scorer.names):
        return spread
    drawn = []
    with step_bar() as bar:
        task = bar.add_task("measuring how faces differ", total=SPREAD_FACES)
        for sample in score_samples(G, scorers, count=SPREAD_FACES, seed=SPREAD_SEED):
            drawn.append(sample)
            bar.update(task, completed=sample.number)
    return {**deviations(drawn), **spread}


def effects_of(
    G: Generator, finding: Finding, attribute: str, scorers: Sequence[Scorer], spread: Mapping[str, float], faces: int
) -> Tried:
    """The finding with what its direction does to other faces."""
    from latentedit.directions.effects import measure_effects
    from latentedit.directions.strength import with_effects

    effects: Mapping[str, Effect] = {}
    seeds = range(FIRST_MEASURED_SEED, FIRST_MEASURED_SEED + faces)
    with step_bar() as bar:
        task = bar.add_task(f"measuring {finding.direction.name}", total=faces)
        for step in measure_effects(G, scorers, finding.direction, seeds=seeds):
            bar.update(task, completed=step.number)
            effects = step.effects
    direction = with_effects(finding.direction, attribute, effects, spread)
    return Tried(replace(finding, direction=direction), effects, spread)
