"""What the worker does for a batch, and what the window must know before."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from latentedit.batch import BatchConfig, BatchItem, BatchStep, LocalEngine, Workbench, find_items, run_batch
from latentedit.directions import DirectionLibrary, default_directions
from latentedit.engine import Engine

Range = tuple[float, float]


@dataclass(frozen=True)
class Order:
    """A batch as it was asked for.

    Attributes:
        inputs: files and folders.
        output: the folder for the results.
        recursive: whether folders' folders count.
        resume: whether to go on where an earlier run stopped.
    """

    config: BatchConfig
    inputs: tuple[Path, ...]
    output: Path
    recursive: bool = False
    resume: bool = False


def known_directions(engine: Engine, generator: str) -> dict[str, Range]:
    """The directions that photographs to come can have, with the amounts that they bear."""
    spec = engine.spec(generator)
    found = {**default_directions(spec), **DirectionLibrary.default().all(spec)}
    return {name: direction.default_range for name, direction in found.items()}


def run(order: Order, bench: Callable[[], Workbench]) -> Iterator[Sequence[BatchItem] | BatchStep]:
    """First what it is about, then every step.

    The first step does nothing else: a batch that was cancelled just now leaves the folder before this one enters it.
    """
    items = find_items(order.inputs, order.output, recursive=order.recursive)
    yield items
    yield from run_batch(order.config, items, order.output, LocalEngine(bench()), resume=order.resume)
