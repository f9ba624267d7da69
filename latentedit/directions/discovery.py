"""Methods of discovery by name, with the options that each has: enough to build a form from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from latentedit.directions import examples, ganspace, interfacegan, sefa, stylespace
from latentedit.directions.discovery_step import DiscoveryStep
from latentedit.directions.sampling import ScoredSample
from latentedit.directions.scorers.base import Scorer
from latentedit.generators.base import Generator

OptionKind = Literal["number", "seed", "layers", "attribute", "attributes", "directions", "faces", "name"]


@dataclass(frozen=True)
class Option:
    """One field of a method's configuration.

    Attributes:
        name: of the field.
        kind: what a form asks for. ``attribute``, ``attributes``: names that scorers measure; ``directions``: vectors by name; ``layers``: indices of
            styles, or None for all; ``faces``: latents [N, num_ws, w_dim].
        help: for people.
        required: whether the configuration has no default for it.
    """

    name: str
    kind: OptionKind
    help: str
    required: bool = False


Discover = Callable[[Generator, Sequence[Scorer], Any, Sequence[ScoredSample]], Iterator[DiscoveryStep]]


@dataclass(frozen=True)
class DiscoveryMethod:
    """A way to find directions.

    Attributes:
        config: a frozen dataclass whose fields are the ``options``.
        discover: from a generator, scorers, a configuration and samples drawn before, steps; scorers and samples are only looked at where one of the
            options is an attribute.
    """

    name: str
    summary: str
    config: type
    options: tuple[Option, ...]
    discover: Discover

    @property
    def scored(self) -> bool:
        """Whether it needs scorers, and can use samples that were scored before."""
        return any(option.kind == "attribute" for option in self.options)


def discovery_methods() -> Mapping[str, DiscoveryMethod]:
    """All methods by name."""
    methods = (
        DiscoveryMethod(
            "sefa",
            "What changes the styles most, in closed form from the weights (SeFa)",
            sefa.SefaConfig,
            (_COMPONENTS, Option("layers", "layers", "Whose styles they change, and what they move."), _SEED),
            lambda generator, scorers, config, samples: sefa.discover(generator, config),
        ),
        DiscoveryMethod(
            "ganspace",
            "In what random latents differ most: principal components of W (GANSpace)",
            ganspace.GanspaceConfig,
            (Option("count", "number", "How many random latents; none is drawn."), _COMPONENTS, _LAYERS, _SEED),
            lambda generator, scorers, config, samples: ganspace.discover(generator, config),
        ),
        DiscoveryMethod(
            "interfacegan",
            "Across the boundary between low and high scores of an attribute (InterFaceGAN)",
            interfacegan.InterfaceGanConfig,
            (
                _ATTRIBUTE,
                _COUNT,
                Option("orthogonal_to", "attributes", "Attributes that it shall not change."),
                Option("removed", "directions", "Other directions that are removed from it."),
                _LAYERS,
                _SEED,
            ),
            lambda generator, scorers, config, samples: interfacegan.discover(generator, scorers, config, samples=samples),
        ),
        DiscoveryMethod(
            "stylespace",
            "Single channels of the styles that an attribute responds to (StyleSpace)",
            stylespace.StyleSpaceConfig,
            (
                _ATTRIBUTE,
                _COUNT,
                Option("candidates", "number", "How many channels are tried."),
                Option("faces", "number", "How many faces each is tried on."),
                _COMPONENTS,
                Option("layers", "layers", "Whose channels."),
                _SEED,
            ),
            lambda generator, scorers, config, samples: stylespace.discover(generator, scorers, config, samples=samples),
        ),
        DiscoveryMethod(
            "examples",
            "From one group of a few dozen faces to another that you sorted",
            examples.ExamplesConfig,
            (
                Option("a", "faces", "The faces that it leads away from.", required=True),
                Option("b", "faces", "The faces that it leads to.", required=True),
                _LAYERS,
                Option("name", "name", "What it is called."),
            ),
            lambda generator, scorers, config, samples: examples.discover(generator, config),
        ),
    )
    return {method.name: method for method in methods}


_COMPONENTS = Option("components", "number", "How many directions, at most.")
_LAYERS = Option("layers", "layers", "What they move.")
_SEED = Option("seed", "seed", "Seed of everything random.")
_ATTRIBUTE = Option("attribute", "attribute", "Which score.", required=True)
_COUNT = Option("count", "number", "How many random faces are drawn and scored.")
