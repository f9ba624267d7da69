"""Scorers as options name them, and scored samples that outlive the run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from latentedit.cli.console import print_json, print_table, tell
from latentedit.cli.options import JsonFlag
from latentedit.errors import UsageError

if TYPE_CHECKING:
    from torch import Tensor

    from latentedit.assets import AssetStore
    from latentedit.directions.samples_file import SamplesOrigin
    from latentedit.directions.sampling import ScoredSample
    from latentedit.directions.scorers import Scorer
    from latentedit.generators import GeneratorSpec

SAVE_EVERY = 100


def attributes_command(as_json: JsonFlag = False) -> None:
    """What faces can be scored for, when directions are looked for."""
    from latentedit.directions.scorers import attribute_effects

    effects = attribute_effects()
    if as_json:
        print_json([{"name": name, "effect": effect} for name, effect in effects.items()])
    else:
        print_table("Attributes", ("name", "more of it"), effects.items())


def more_scorers(own: Sequence[str] | None, blendshapes: Path | None, closing: ExitStack) -> list[Scorer]:
    """The scorers that are not registered: those that the user named."""
    from latentedit.directions.scorers.blendshapes import BlendshapeScorer
    from latentedit.directions.scorers.own import load_own_scorer

    scorers = [load_own_scorer(name) for name in own or ()]
    if blendshapes is not None:
        model = BlendshapeScorer(blendshapes)
        closing.callback(model.close)
        scorers.append(model)
    return scorers


def attributes_of(more: Iterable[Scorer]) -> set[str]:
    """All that can be measured."""
    from latentedit.directions.scorers import attribute_effects

    return {*attribute_effects(), *(name for scorer in more for name in scorer.names)}


def prepared(
    store: AssetStore, more: Sequence[Scorer], needed: Sequence[str], path: Path | None, spec: GeneratorSpec, seed: int
) -> tuple[list[Scorer], SamplesKeeper]:
    """The scorers of the attributes that are needed, and the samples so far. Samples that are kept are scored for all that can be measured, so
    that other directions can be found from them.

    Raises:
        UsageError: an attribute is unknown, or the samples in the file are others.
        InputError: the file of samples is damaged.
        ResourceError: a scorer that is needed cannot be had.
    """
    from latentedit.directions.samples_file import SamplesOrigin
    from latentedit.directions.scorers import load_scorers

    scorers = load_scorers(store, needed, more=more, others=path is not None)
    measured = [name for scorer in scorers for name in scorer.names]
    return scorers, SamplesKeeper(path, measured, SamplesOrigin.of(spec, seed), needed)


def vector_of(name: str, spec: GeneratorSpec) -> Tensor:
    """The vector [w_dim] of a direction that is to be removed from another: one that ships, an own one, or a file.

    Raises:
        UsageError: there is none of that name, or it has a vector for each layer.
        DirectionError: the file holds no direction that fits.
    """
    from latentedit.directions.loading import find_direction
    from latentedit.directions.scorers import attribute_effects

    try:
        vector = find_direction(name, spec).vector
    except UsageError as error:
        hint = f"{error.hint} Attributes: {', '.join(attribute_effects())}."
        raise UsageError(f"There is neither an attribute nor a direction {name}.", hint=hint) from error
    if vector.ndim != 1:
        raise UsageError(f"{name} has a vector for each layer.", hint="Only directions with one for all can be removed.")
    return vector


class SamplesKeeper:
    """Scored samples that survive the run, in a file."""

    def __init__(self, path: Path | None, attributes: Sequence[str], origin: SamplesOrigin, needed: Sequence[str]) -> None:
        """Read what the file has.

        Args:
            path: None keeps samples in memory only.
            attributes: all that new samples are scored for.
            needed: those that the old ones must have been scored for.

        Raises:
            InputError, UsageError: the samples in the file cannot be continued.
        """
        from latentedit.directions.samples_file import load_samples

        self._path, self._attributes, self._origin = path, list(attributes), origin
        self.samples: list[ScoredSample] = []
        self._unsaved = 0
        if path is not None and path.is_file():
            self.samples, known = load_samples(path, needed, origin)
            self._attributes = list(dict.fromkeys([*known, *attributes]))

    def add(self, sample: ScoredSample) -> None:
        """One more; the file is written now and then."""
        self.samples.append(sample)
        self._unsaved += 1
        if self._unsaved >= SAVE_EVERY:
            self.save()

    def save(self) -> None:
        """Write what the file does not have yet."""
        from latentedit.directions.samples_file import save_samples

        if self._path is not None and self._unsaved:
            save_samples(self._path, self.samples, self._attributes, self._origin)
            self._unsaved = 0

    @contextmanager
    def saving(self) -> Iterator[None]:
        """Write what is unsaved when the block ends, also when it is interrupted."""
        try:
            yield
        finally:
            self.save()
            if self._path is not None and self.samples:
                tell(f"{len(self.samples)} scored faces are in {self._path}")
