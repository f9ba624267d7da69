"""What the loop knows of a game."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol

from torch import Tensor, nn

from latentedit_training.data.base import Labels
from latentedit_training.draws import Draws
from latentedit_training.networks.base import ImageShape

Stream = Literal["real", "labelled"]
"""Where images come from: all of them, or only those whose labels are told."""


@dataclass(frozen=True)
class LabelSpace:
    """What is told of images.

    Attributes:
        kind: nothing, a class, or attributes.
        c_dim: how many numbers tell it: a 1 among zeros, or one for each attribute.
        names: of the classes or attributes.
    """

    kind: Literal["none", "class", "attributes"] = "none"
    c_dim: int = 0
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Turn:
    """One network's step.

    Attributes:
        network: whose parameters move.
        reads: the streams that it takes a batch of, each.
    """

    network: str
    reads: tuple[Stream, ...] = ()


@dataclass(frozen=True)
class Batch:
    """Images of one stream.

    Attributes:
        image: ``[N, C, H, W]`` in [-1, 1].
        c: ``[N, c_dim]``, or None.
    """

    image: Tensor
    c: Tensor | None = None


@dataclass(frozen=True)
class Outcome:
    """What a turn comes to.

    Attributes:
        losses: named scalars; their sum is what the turn's network descends.
        figures: scalars without gradients that the game or a reader of the log wants; means over the batch, so that they can be averaged over parts.
    """

    losses: dict[str, Tensor]
    figures: dict[str, Tensor] = field(default_factory=dict)


class Game(Protocol):
    """Networks that learn, in turns. All that it remembers is in the networks' own state and in ``memory``: a checkpoint holds both."""

    networks: Mapping[str, nn.Module]
    memory: dict[str, Tensor]
    """What is remembered besides weights, by name. Its tensors may be replaced by others of the same shape."""
    z_dim: int
    """How many numbers ``g`` draws from."""

    def prepare(self, batch: Batch, draws: Draws) -> None:
        """Called once, before the first step, with the first real images: for what depends on data."""
        ...

    def turns(self, step: int) -> tuple[Turn, ...]:
        """Who moves in this step, in order. The first step is 0."""
        ...

    def places(self, stream: Stream, labels: Labels | None) -> list[int] | None:
        """Which images a stream has, of a set with these labels; None for all."""
        ...

    def play(self, turn: Turn, batches: Mapping[Stream, Batch], draws: Draws) -> Outcome:
        """What the turn's network minimises. Changes nothing."""
        ...

    def moved(self, turn: Turn, figures: Mapping[str, Tensor], batch_size: int) -> None:
        """Called when the turn's network has moved, with the figures of the whole batch."""
        ...

    def latents(self, draws: Draws, purpose: str) -> Tensor:
        """Numbers for ``g`` to draw from, ``[N, z_dim]``."""
        ...


class GameConfig(Protocol):
    """The frozen configuration of a game."""

    @property
    def name(self) -> str: ...

    def set_up(self, image: ImageShape, labels: LabelSpace) -> Game:
        """The game with weights drawn from torch's generator.

        Raises:
            UsageError: the networks do not fit these images or labels.
        """
        ...


class LearningAll:
    """A game whose streams have all images."""

    def places(self, stream: Stream, labels: Labels | None) -> list[int] | None:
        """All."""
        return None


class RememberingNothing(LearningAll):
    """What most games have in common."""

    def prepare(self, batch: Batch, draws: Draws) -> None:
        """Nothing depends on data."""

    def moved(self, turn: Turn, figures: Mapping[str, Tensor], batch_size: int) -> None:
        """Nothing is remembered."""
