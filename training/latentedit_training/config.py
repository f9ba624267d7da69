"""All that a training run is told, frozen, checked against its types, and stored with every checkpoint."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field
from pydantic.dataclasses import dataclass
from torch import nn

from latentedit_training.ema import Ema
from latentedit_training.games.registry import AnyGame
from latentedit_training.optimizer_config import OptimizerConfig
from latentedit_training.strictness import STRICT

Count = Annotated[int, Field(ge=1)]
Share = Annotated[float, Field(ge=0, le=1)]


@dataclass(frozen=True, config=STRICT)
class ImagesConfig:
    """What images are learnt, and in what form.

    Attributes:
        resolution: height and width, pixels.
        channels: 1 for grey, 3 for colour.
        flip: mirror each image or not, at random.
        labels: what is told of each image: nothing, its class, or its attributes.
        workers: processes that read ahead; 0 reads in the loop, which is fastest where all images are in memory.
    """

    resolution: Annotated[int, Field(ge=4, le=4096)]
    channels: Literal[1, 3] = 3
    flip: bool = False
    labels: Literal["none", "class", "attributes"] = "none"
    workers: Annotated[int, Field(ge=0, le=64)] = 0


@dataclass(frozen=True, config=STRICT)
class EmaConfig:
    """Averages of weights, which draw better pictures than the weights themselves.

    Attributes:
        networks: which have one: ``g``, ``d``.
        half_life_kimg: thousands of images after which a weight counts half.
        ramp: at most this share of the images seen so far is the half-life; None for no ramp.
        beta: in place of half-life and ramp, how much of the average stays in each step.
    """

    networks: tuple[str, ...] = ("g",)
    half_life_kimg: Annotated[float, Field(gt=0)] = 10.0
    ramp: Annotated[float, Field(gt=0)] | None = 0.05
    beta: Annotated[float, Field(ge=0, lt=1)] | None = None

    def of(self, network: nn.Module) -> Ema:
        """The average of a network."""
        if self.beta is not None:
            return Ema(network, beta=self.beta)
        return Ema(network, half_life_images=1000 * self.half_life_kimg, ramp=self.ramp)


@dataclass(frozen=True, config=STRICT)
class LogConfig:
    """How often what is written, in steps; 0 for never.

    Attributes:
        losses: lines in the log and in TensorBoard.
        grid: a picture of samples.
        checkpoint: a file from which training goes on.
        keep: how many checkpoints stay.
        samples: how many pictures a grid has.
    """

    losses: Annotated[int, Field(ge=0)] = 50
    grid: Annotated[int, Field(ge=0)] = 1000
    checkpoint: Annotated[int, Field(ge=0)] = 1000
    keep: Count = 2
    samples: Annotated[int, Field(ge=1, le=1024)] = 64


@dataclass(frozen=True, config=STRICT)
class TrainConfig:
    """One training run.

    Attributes:
        title: what it makes, in a few words.
        source: the paper, and where in it.
        images: what is learnt.
        game: who plays, towards what.
        optimizers: one for each network of the game.
        steps: rounds of the game.
        batch_size: real images of one turn, over all processes.
        accumulate: pieces that a batch is cut into where it does not fit into memory.
        precision: ``no`` for float32; ``bf16`` and ``fp16`` compute in half precision where that is safe.
        ema: averaged weights; None for none.
        log: how often what is written.
        seed: of everything that is drawn.
    """

    title: str
    source: str
    images: ImagesConfig
    game: AnyGame
    optimizers: dict[str, OptimizerConfig]
    steps: Count
    batch_size: Count = 64
    accumulate: Count = 1
    precision: Literal["no", "bf16", "fp16"] = "no"
    ema: EmaConfig | None = None
    log: LogConfig = LogConfig()
    seed: Annotated[int, Field(ge=0, lt=2**63)] = 0
