"""The loop: one for all games, on one process or many, from any checkpoint on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace

import torch
from torch import Tensor, nn

from latentedit.errors import UsageError
from latentedit_training.config import TrainConfig
from latentedit_training.data.base import ImageSet
from latentedit_training.data.label_vectors import label_vectors
from latentedit_training.data.remembered import remembered
from latentedit_training.data.stream import ImageStream
from latentedit_training.draws import Draws, seed_for
from latentedit_training.errors import DivergedError
from latentedit_training.games.base import Batch, Game, LabelSpace, Outcome, Stream, Turn
from latentedit_training.processes import Processes

_CHECK_EVERY = 16
"""Steps between two looks at whether losses are finite, where a look makes a GPU wait."""


@dataclass(frozen=True)
class TrainStep:
    """A step that is done.

    Attributes:
        step: its number, from 1.
        total: how many there will be.
        images_seen: real images that the networks have seen.
        losses: scalars by name, on the networks' device.
        figures: other scalars: balance, mean logits.
    """

    step: int
    total: int
    images_seen: int
    losses: Mapping[str, Tensor]
    figures: Mapping[str, Tensor]


class Training:
    """A game, its optimisers and averages, and how far they are.

    Args:
        config: all that is told.
        images: what is learnt; of the shape that ``config.images`` says.
        device: where networks are.

    Raises:
        UsageError: configuration, images and networks do not fit each other.
    """

    def __init__(self, config: TrainConfig, images: ImageSet, *, device: torch.device) -> None:
        self.config = config
        self.processes = Processes(device, config.precision)
        self.device = self.processes.device
        self.images = images
        self.labels = label_space(config, images)
        self.remembered = remembered(
            images, with_labels=self.labels.kind != "none", seed=seed_for(config.seed, "remembered labels")
        )
        if config.precision == "fp16" and self.device.type == "cpu":
            raise UsageError("A CPU does not compute in fp16.", hint="Set precision=bf16, or precision=no.")
        with _seeded(seed_for(config.seed, "weights"), self.device):
            self.game: Game = config.game.set_up(images.shape, self.labels)
        _require_same_names(config, self.game)
        for network in self.game.networks.values():
            network.to(self.device).train()
            self.processes.same_everywhere([*network.parameters(), *network.buffers()])
        self.averages = {
            name: config.ema.of(self.game.networks[name])
            for name in (config.ema.networks if config.ema else ())
            if config.ema and name in self.game.networks  # a classifier that learns alone has no generator
        }
        self.optimizers = {
            name: config.optimizers[name].build([p for p in network.parameters() if p.requires_grad])
            for name, network in self.game.networks.items()
        }
        self.learning = {
            name: [p for p in network.parameters() if p.requires_grad] for name, network in self.game.networks.items()
        }
        self.streams = {name: self._stream(name, images) for name in self._stream_names()}
        self.pieces = self.processes.part(config.batch_size, config.accumulate)
        self.scaler: torch.amp.GradScaler | None = self.processes.accelerator.scaler
        self.step = 0
        self.images_seen = 0
        self.between_steps = True
        """Whether all networks have had their turn: what may be stored."""

    def steps(self) -> Iterator[TrainStep]:
        """Train, a step at a time, to the configured end. To stop is to stop iterating; what is done stays in this object.

        Raises:
            DivergedError: a loss is no finite number.
            InputError: an image cannot be read.
        """
        if self.step == 0:
            self._prepare()
        while self.step < self.config.steps:
            self.between_steps = False
            losses: dict[str, Tensor] = {}
            figures: dict[str, Tensor] = {}
            seen_before = self.images_seen
            for number, turn in enumerate(self.game.turns(self.step)):
                outcome = self._take_turn(turn, number)
                losses |= outcome.losses
                figures |= outcome.figures
            self.step += 1
            self._average_weights(self.images_seen - seen_before)
            self.between_steps = True
            yield TrainStep(self.step, self.config.steps, self.images_seen, losses, figures)

    def drawing_network(self) -> nn.Module | None:
        """What pictures are drawn with: the generator's average where there is one, else the generator; None for a game without one."""
        return self.averages["g"].network if "g" in self.averages else self.game.networks.get("g")

    def sample_labels(self, count: int, *, seed: int) -> Tensor | None:
        """Labels ``[count, c_dim]`` to draw with: those of images that a seed chooses; None where the run is told none."""
        if self.labels.kind == "none" or self.images.labels is None:
            return None
        chosen = torch.randint(len(self.images), (count,), generator=torch.Generator().manual_seed(seed))
        return label_vectors(self.images.labels, chosen.tolist()).to(self.device)

    def _take_turn(self, turn: Turn, number: int) -> Outcome:
        name, config = turn.network, self.config
        network, optimizer = self.game.networks[name], self.optimizers[name]
        for other, parameters in self.learning.items():
            for parameter in parameters:
                parameter.requires_grad_(other == name)
        for group in optimizer.param_groups:
            group["lr"] = config.optimizers[name].lr_at(self.step, config.steps)
        optimizer.zero_grad(set_to_none=True)
        first, last = self.pieces[0][0], self.pieces[-1][1]
        batches = {stream: self.streams[stream].next_batch(first, last) for stream in turn.reads}
        seed = seed_for(config.seed, "turn", self.step, number)
        outcomes: list[Outcome] = []
        for start, stop in self.pieces:
            draws = Draws(seed, self.step, start, stop, config.batch_size, self.device)
            piece = {stream: _slice(batch, start - first, stop - first) for stream, batch in batches.items()}
            # Layers draw from torch's own generator: dropout, noise. It is theirs for this piece only.
            with _seeded(seed_for(seed, "layers", start), self.device), self.processes.autocast():
                outcome = self.game.play(turn, piece, draws)
            total = torch.stack([loss.float() for loss in outcome.losses.values()]).sum() / len(self.pieces)
            torch.autograd.backward(total if self.scaler is None else self.scaler.scale(total))
            outcomes.append(outcome)
        losses = self.processes.means(_means([outcome.losses for outcome in outcomes]))
        looks = self.device.type == "cpu" or self.step % _CHECK_EVERY == 0
        if looks:
            self._require_finite(losses)
        self.processes.average_gradients(network)
        if looks and self.scaler is None:  # which looks itself, and leaves such a step out
            self._require_finite_gradients(name)
        if self.scaler is None:
            optimizer.step()
        else:
            self.scaler.step(optimizer)
            self.scaler.update()
        if name == "d":
            self.images_seen += config.batch_size
        figures = self.processes.means(_means([outcome.figures for outcome in outcomes]))
        self.game.moved(turn, figures, config.batch_size)
        return Outcome(losses, figures)

    def _prepare(self) -> None:
        stream = self.streams["real"] if "real" in self.streams else next(iter(self.streams.values()))
        seed = seed_for(self.config.seed, "prepare")
        batch = stream.next_batch(0, self.config.batch_size)  # of all processes: what they take from it must be the same
        stream.position = 0
        draws = Draws(seed, 0, 0, self.config.batch_size, self.config.batch_size, self.device)
        with _seeded(seed, self.device):
            self.game.prepare(batch, draws)
        for average in self.averages.values():
            average.start()

    def _average_weights(self, images: int) -> None:
        for average in self.averages.values():
            average.update(self.images_seen, images)

    def _require_finite(self, losses: Mapping[str, Tensor]) -> None:
        names = list(losses)
        finite = torch.isfinite(torch.stack([losses[name].float() for name in names]))
        if bool(finite.all()):
            return
        bad = [name for name, good in zip(names, finite.tolist(), strict=True) if not good]
        raise DivergedError(
            f"Training has diverged in step {self.step + 1}: {', '.join(bad)} is no finite number{self._first_bad_weight()}.",
            hint="Go on from a checkpoint with a smaller learning rate (--resume optimizers.d.lr=…), or with a penalty.",
        )

    def _require_finite_gradients(self, name: str) -> None:
        gradients = [p.grad for p in self.learning[name] if p.grad is not None]
        if gradients and not bool(torch.isfinite(torch.stack(torch._foreach_norm(gradients))).all()):
            raise DivergedError(
                f"Training has diverged in step {self.step + 1}: a gradient of {name} is no finite number{self._first_bad_weight()}.",
                hint="Go on from a checkpoint with a smaller learning rate (--resume optimizers.d.lr=…), or with a penalty.",
            )

    def _first_bad_weight(self) -> str:
        for name, network in self.game.networks.items():
            for key, parameter in network.named_parameters():
                if not bool(torch.isfinite(parameter).all()):
                    return f"; the first such weight is {name}.{key}"
        return ""

    def _stream_names(self) -> tuple[Stream, ...]:
        named = {stream for turn in self.game.turns(0) for stream in turn.reads}
        return tuple(sorted(named))

    def _stream(self, name: Stream, images: ImageSet) -> ImageStream:
        config = self.config
        return ImageStream(
            images,
            places=self.game.places(name, images.labels),
            batch_size=config.batch_size,
            flip=config.images.flip,
            with_labels=self.labels.kind != "none",
            seed=seed_for(config.seed, "stream", name),
            workers=config.images.workers,
            device=self.device,
        )


def label_space(config: TrainConfig, images: ImageSet) -> LabelSpace:
    """What a run is told of its images.

    Raises:
        UsageError: labels are wanted that the images do not have.
    """
    wanted = config.images.labels
    if wanted == "none":
        return LabelSpace()
    if images.labels is None or images.labels.kind != wanted:
        has = "none" if images.labels is None else f"of the kind {images.labels.kind}"
        raise UsageError(
            f"The run wants labels ({wanted}), and the images have {has}.", hint="Set images.labels to what they have."
        )
    return LabelSpace(wanted, len(images.labels.names), images.labels.names)


def _require_same_names(config: TrainConfig, game: Game) -> None:
    """Refuse optimisers of networks that there are not, or networks without one.

    Raises:
        UsageError: so it is.
    """
    known = {*game.networks, "g", "d"}
    for where, names in (("optimizers", config.optimizers), ("ema.networks", config.ema.networks if config.ema else ())):
        unknown = [name for name in names if name not in known]
        if unknown:
            raise UsageError(
                f"{where} names {unknown[0]!r}, and no network is called so.", hint=f"Use {', '.join(sorted(known))}."
            )
    missing = [name for name in game.networks if name not in config.optimizers]
    if missing:
        raise UsageError(f"optimizers.{missing[0]} is missing.", hint=f"Set optimizers.{missing[0]}.lr, for example to 2e-4.")


def _slice(batch: Batch, start: int, stop: int) -> Batch:
    return replace(batch, image=batch.image[start:stop], c=None if batch.c is None else batch.c[start:stop])


def _means(parts: list[dict[str, Tensor]]) -> dict[str, Tensor]:
    return {name: torch.stack([part[name].detach().float() for part in parts]).mean() for name in parts[0]}


@contextmanager
def _seeded(seed: int, device: torch.device) -> Iterator[None]:
    """Lend torch's generators to a block, seeded, and give them back as they were.

    (``torch.manual_seed`` would also note, for GPUs that may be found later, who called it: a millisecond each time.)
    """
    generators = [torch.default_generator]
    if device.type == "cuda":
        generators.append(torch.cuda.default_generators[device.index or 0])
    elif device.type == "mps":
        generators.append(torch.mps._get_default_mps_generator())
    states = [generator.get_state() for generator in generators]
    try:
        for generator in generators:
            generator.manual_seed(seed)
        yield
    finally:
        for generator, state in zip(generators, states, strict=True):
            generator.set_state(state)
