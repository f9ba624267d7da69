"""What the worker does to find directions, step by step."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from latentedit.assets import AssetStore
from latentedit.defaults import DEFAULT_PSI
from latentedit.directions import Direction, DirectionLibrary, examples
from latentedit.directions.calibration import CALIBRATION_SEED, calibrate, descriptor_for
from latentedit.directions.discovery import DiscoveryMethod
from latentedit.directions.discovery_step import DiscoveryStep
from latentedit.directions.scorers import load_scorers
from latentedit.directions.sheet import direction_rows, seed_pictures
from latentedit.errors import ResourceError
from latentedit.generators import Generator, GeneratorSpec
from latentedit.requested_layers import layers_of
from latentedit.scene import Scene

TRIED_SEED = 1
"""The face that a direction is tried on where no face of a photograph is open."""

Load = Callable[[], Generator]


@dataclass(frozen=True, eq=False)
class Progress:
    """A step, and what the directions are for."""

    spec: GeneratorSpec
    step: DiscoveryStep


@dataclass(frozen=True, eq=False)
class Strip:
    """A direction's pictures [S, S, 3] at the lower end of its range, at nothing and at the upper end."""

    number: int
    pictures: tuple[Any, ...]


def faces_of_seeds(load: Load, seeds: Sequence[int]) -> Iterator[tuple[int, Any]]:
    """Each seed with its picture."""
    yield from zip(seeds, seed_pictures(load(), seeds, truncation_psi=DEFAULT_PSI), strict=True)


def sorted_faces(load: Load, a: Sequence[int], b: Sequence[int], store: AssetStore | None) -> Iterator[Progress]:
    """The direction from one group of seeds to the other."""
    generator = load()
    config = examples.of_seeds(generator, a, b, truncation_psi=DEFAULT_PSI)
    yield from _with_ranges(generator, examples.discover(generator, config), store)


def searched(
    load: Load, method: DiscoveryMethod, values: Mapping[str, Any], store: AssetStore | None, *, measure: bool
) -> Iterator[Progress]:
    """What a method finds.

    Args:
        values: of its options; layers as text.
        measure: whether to measure how far each direction may go.
    """
    generator = load()
    values = {**values, "layers": layers_of(values["layers"], generator.spec.layer_resolutions)}
    scorers = load_scorers(store or AssetStore.default(), [values["attribute"]]) if method.scored else []
    steps = method.discover(generator, scorers, method.config(**values), ())
    if measure:
        yield from _with_ranges(generator, steps, store)
    else:
        yield from (Progress(generator.spec, step) for step in steps)


def _with_ranges(generator: Generator, steps: Iterator[DiscoveryStep], store: AssetStore | None) -> Iterator[Progress]:
    """What was found with measured ranges; the findings stand in the last step alone."""
    found: DiscoveryStep | None = None
    for step in steps:
        found = step
        yield Progress(generator.spec, replace(step, findings=()))
    if found is None or not found.findings:
        return
    try:
        descriptor = descriptor_for(generator, store)
    except ResourceError:  # how far styles move tells it, too
        descriptor = None
    for step in calibrate(generator, found.findings, descriptor, seed=CALIBRATION_SEED):
        yield Progress(generator.spec, step)


def strips(load: Load, scene: Scene | None, face: int, directions: Sequence[Direction], side_px: int) -> Iterator[Strip]:
    """Each direction tried: on a face of a photograph, or else on a random one."""
    if scene is not None:
        for number, direction in enumerate(directions):
            low, high = direction.default_range
            yield Strip(number, tuple(scene.tried(direction, face, amount, side_px) for amount in (low, 0.0, high)))
        return
    rows = direction_rows(load(), directions, (TRIED_SEED,), truncation_psi=DEFAULT_PSI)
    yield from (Strip(number, row.groups[0]) for number, row in enumerate(rows))


def keep(direction: Direction, name: str, spec: GeneratorSpec) -> Direction:
    """Put a direction into the user's library, under a name."""
    named = replace(direction, name=name)
    DirectionLibrary.default().add(named, spec)
    return named
