"""A generator against a discriminator, with everything that papers add to that."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Literal

import torch
from pydantic import Field
from pydantic.dataclasses import dataclass
from torch import Tensor, nn

from latentedit.errors import UsageError
from latentedit_training.augment.choice import AnyAugment, Augment
from latentedit_training.draws import Draws
from latentedit_training.games.base import Batch, LabelSpace, LearningAll, Outcome, Stream, Turn
from latentedit_training.games.path_length import PathLengthConfig
from latentedit_training.games.penalties import PenaltyConfig
from latentedit_training.games.prior import Prior, latents
from latentedit_training.networks.base import ImageShape, Judgement, StyledNetwork
from latentedit_training.networks.biggan import SharedEmbedding
from latentedit_training.networks.progressive_growth import Growth, GrowthSchedule, fade_real, growth_at, last_stage
from latentedit_training.networks.registry import AnyDiscriminator, AnyGenerator
from latentedit_training.objectives.adversarial import ADVERSARIAL_LOSSES, AdversarialName
from latentedit_training.objectives.conditional import attribute_loss, class_loss
from latentedit_training.objectives.feature_matching import feature_matching_loss
from latentedit_training.objectives.minimax import discriminator_loss as smoothed_discriminator_loss
from latentedit_training.regularizers.historical_averaging import historical_penalty, update_averages
from latentedit_training.regularizers.orthogonal import orthogonal_penalty
from latentedit_training.regularizers.weight_clipping import clip_weights
from latentedit_training.strictness import STRICT

_Weight = Annotated[float, Field(ge=0)]
_Count = Annotated[int, Field(ge=0)]
_PATH_LENGTH = "path length"
_SMOOTHABLE = ("minimax", "non-saturating")


@dataclass(frozen=True, config=STRICT)
class AdversarialConfig:
    """The game of a generator and a discriminator.

    Attributes:
        generator: a network and its options.
        discriminator: a network and its options.
        loss: the two-player loss.
        prior: what the generator draws from.
        discriminator_turns: of each step (n_critic).
        warm_up_turns: of each of the first ``warm_up_steps`` steps, and of every ``warm_up_every``-th (0 for none), as WGAN has it.
        generator_batch: generated images in the generator's turn, in batches (SN-GAN: 2).
        weight: of the two-player loss; ``labels`` for as much as there are labels, whose losses are summed (Jin et al.).
        real_label: the probability asked of real images; below 1 is one-sided label smoothing.
        penalties: on the discriminator's gradient.
        clip: the largest weight of the discriminator; None for any.
        label_weight: of the labels' loss in both turns (AC-GAN, Jin et al.), where the discriminator reads labels.
        generator_label_weight: the same for the generator; None for the same weight.
        label_fakes: whether the discriminator's labels' loss is also of generated images (Odena et al., 2017, eq. 3), or of real ones alone (Jin et al.).
        feature_matching: weight of matching the discriminator's features.
        matching_only: whether the generator has no other loss.
        historical_averaging: weight of staying near the past, for both.
        orthogonal: weight of keeping the generator's filters apart.
        augment: what the discriminator sees.
        growth: when networks that grow do so (ProGAN); None for grown ones.
        path_length: how evenly a generator with styles answers to them (StyleGAN2); None for no matter.
    """

    generator: AnyGenerator
    discriminator: AnyDiscriminator
    name: Literal["adversarial"] = "adversarial"
    loss: AdversarialName = "non-saturating"
    prior: Prior = "normal"
    discriminator_turns: Annotated[int, Field(ge=1)] = 1
    warm_up_turns: Annotated[int, Field(ge=1)] = 100
    warm_up_steps: _Count = 0
    warm_up_every: _Count = 0
    generator_batch: Annotated[int, Field(ge=1)] = 1
    weight: _Weight | Literal["labels"] = 1.0
    real_label: Annotated[float, Field(gt=0.5, le=1)] = 1.0
    penalties: tuple[PenaltyConfig, ...] = ()
    clip: Annotated[float, Field(gt=0)] | None = None
    label_weight: _Weight = 0.0
    generator_label_weight: _Weight | None = None
    label_fakes: bool = False
    feature_matching: _Weight = 0.0
    matching_only: bool = False
    historical_averaging: _Weight = 0.0
    orthogonal: _Weight = 0.0
    augment: AnyAugment | None = None
    growth: GrowthSchedule | None = None
    path_length: PathLengthConfig | None = None

    def set_up(self, image: ImageShape, labels: LabelSpace) -> AdversarialGame:
        """See :class:`latentedit_training.games.base.GameConfig`."""
        if self.real_label < 1 and self.loss not in _SMOOTHABLE:
            raise UsageError(f"game.real_label is for the losses {' and '.join(_SMOOTHABLE)}.", hint="Leave it at 1.0.")
        if (self.label_weight or self.weight == "labels") and labels.kind == "none":
            raise UsageError(
                "game.label_weight and game.weight=labels need labels.",
                hint="Set images.labels=class or images.labels=attributes.",
            )
        if self.matching_only and not self.feature_matching:
            raise UsageError("With game.matching_only the generator has no loss.", hint="Set game.feature_matching=1.0.")
        game = AdversarialGame(self, image, labels)
        if self.growth is not None and not all(hasattr(network, "set_growth") for network in game.networks.values()):
            raise UsageError("game.growth needs networks that grow.", hint="Use the ones named progan.")
        if self.path_length is not None and not isinstance(game.g, StyledNetwork):
            raise UsageError("game.path_length needs a generator with styles.", hint="Use the one named stylegan2.")
        return game


class AdversarialGame(LearningAll):
    """``g`` draws, ``d`` judges. Memory: the averages of historical averaging, and what the augmentation remembers."""

    def __init__(self, config: AdversarialConfig, image: ImageShape, labels: LabelSpace) -> None:
        self.config = config
        self.image, self.labels = image, labels
        self.loss = ADVERSARIAL_LOSSES[config.loss]
        self.g = config.generator.build(image, labels.c_dim)
        self.d = config.discriminator.build(image, labels.c_dim)
        self.networks: Mapping[str, nn.Module] = {"g": self.g, "d": self.d}
        self.z_dim: int = config.generator.z_dim
        self.weight = float(labels.c_dim) if config.weight == "labels" else config.weight
        self.augment: Augment | None = config.augment.build() if config.augment else None
        self.memory: dict[str, Tensor] = dict(self.augment.memory()) if self.augment else {}
        if config.growth is not None:
            self.memory["images"] = torch.zeros((), dtype=torch.int64)
        if config.path_length is not None:
            self.memory[_PATH_LENGTH] = torch.zeros(())
        if config.historical_averaging:
            for name, network in self.networks.items():
                self.memory |= {f"past.{name}.{key}": p.detach().clone() for key, p in network.named_parameters()}
                self.memory[f"past.{name}"] = torch.ones((), dtype=torch.int64)

    def prepare(self, batch: Batch, draws: Draws) -> None:
        """Networks that normalise by a reference batch take theirs."""
        with torch.no_grad():
            z = self.latents(draws, "reference")
            take_reference(self.g, z, batch.c)
            take_reference(self.d, batch.image, batch.c)
        self._grow()

    def turns(self, step: int) -> tuple[Turn, ...]:
        """The discriminator's, then the generator's. Labels for the generator are those of real images."""
        config = self.config
        warm = step < config.warm_up_steps or (config.warm_up_every and step and step % config.warm_up_every == 0)
        number = config.warm_up_turns if warm else config.discriminator_turns
        needs_real = self.labels.kind != "none" or self.loss.compares or config.feature_matching > 0
        return (*[Turn("d", ("real",))] * number, Turn("g", ("real",) if needs_real else ()))

    def play(self, turn: Turn, batches: Mapping[Stream, Batch], draws: Draws) -> Outcome:
        """See :class:`latentedit_training.games.base.Game`."""
        real = batches.get("real")
        if self.config.growth is not None:
            growth = self._growth_now()
            real = None if real is None else replace(real, image=fade_real(real.image, growth))
        if turn.network == "g":
            return self._generator_turn(real, draws)
        assert real is not None
        return self._discriminator_turn(real, draws)

    def latents(self, draws: Draws, purpose: str) -> Tensor:
        """See :class:`latentedit_training.games.base.Game`."""
        return latents(self.config.prior, draws, purpose, self.z_dim)

    def generate(self, z: Tensor, c: Tensor | None, draws: Draws, purpose: str) -> Tensor:
        """What ``g`` draws while it learns: images of latents ``[N, z_dim]``, of one batch or of several, one after the other."""
        if not isinstance(self.g, StyledNetwork):
            image: Tensor = self.g(z, c)
            return image
        size = draws.stop - draws.start
        drawn: list[Tensor] = []
        for number, own_z in enumerate(torch.split(z, size)):
            own_c = None if c is None else c[number * size : (number + 1) * size]
            w_plus = self.g.w_plus(own_z, own_c, draws, f"{purpose} {number}")
            drawn.append(self.g.drawn(w_plus, draws, f"{purpose} {number}"))
        return torch.cat(drawn)

    def judge(self, image: Tensor, c: Tensor | None, draws: Draws, purpose: str) -> Judgement:
        """What ``d`` says of images, augmented where that is configured."""
        if self.augment is not None:
            image = self.augment.apply(image, draws, purpose, self.memory)
        judgement: Judgement = self.d(image, c)
        return judgement

    def _discriminator_turn(self, real: Batch, draws: Draws) -> Outcome:
        config, c = self.config, real.c
        with torch.no_grad():
            fake = self.generate(self.latents(draws, "z"), c, draws, "fake")
        of_real = self.judge(real.image, c, draws, "augment real")
        of_fake = self.judge(fake, c, draws, "augment fake")
        if config.real_label < 1:
            loss = smoothed_discriminator_loss(of_real.logits, of_fake.logits, real_label=config.real_label)
        else:
            loss = self.loss.discriminator(of_real.logits, of_fake.logits)
        losses = {"d": self.weight * loss}
        if config.label_weight:
            losses["d labels"] = config.label_weight * self._label_loss(of_real, c)
            if config.label_fakes:
                losses["d labels of fakes"] = config.label_weight * self._label_loss(of_fake, c)

        def critic(image: Tensor) -> Tensor:
            return self.judge(image, c, draws, "augment penalty").logits

        for penalty in config.penalties:
            if penalty.due(draws.step):
                losses[penalty.name] = penalty.penalty(critic, real.image, fake, draws)
        if config.historical_averaging:
            losses["d past"] = config.historical_averaging * self._past_penalty("d")
        figures = {
            "real": of_real.logits.detach().mean(),
            "fake": of_fake.logits.detach().mean(),
            "real sign": of_real.logits.detach().sign().mean(),
        }
        return Outcome(losses, figures)

    def _generator_turn(self, real: Batch | None, draws: Draws) -> Outcome:
        config = self.config
        z = torch.cat([self.latents(draws, f"z {part}") for part in range(config.generator_batch)])
        c = None if real is None or real.c is None else real.c.repeat(config.generator_batch, 1)
        fake = self.generate(z, c, draws, "fake")
        of_fake = self.judge(fake, c, draws, "augment fake")
        of_real = None
        if real is not None and (self.loss.compares or config.feature_matching):
            with torch.no_grad():
                of_real = self.judge(real.image, real.c, draws, "augment real")
        losses: dict[str, Tensor] = {}
        if not config.matching_only:
            compared = of_real.logits.repeat(config.generator_batch) if of_real is not None else of_fake.logits
            losses["g"] = self.weight * self.loss.generator(compared, of_fake.logits)
        label_weight = config.label_weight if config.generator_label_weight is None else config.generator_label_weight
        if label_weight:
            losses["g labels"] = label_weight * self._label_loss(of_fake, c)
        if config.feature_matching and of_real is not None:
            losses["g features"] = config.feature_matching * feature_matching_loss(of_real.features, of_fake.features)
        if config.historical_averaging:
            losses["g past"] = config.historical_averaging * self._past_penalty("g")
        if config.orthogonal:
            losses["g orthogonal"] = config.orthogonal * orthogonal_penalty(self.g, except_in=(SharedEmbedding,))
        figures: dict[str, Tensor] = {}
        if config.path_length is not None and isinstance(self.g, StyledNetwork) and config.path_length.due(draws.step):
            c = None if real is None else real.c
            lengths = config.path_length.lengths(self.g, self.latents(draws, "path length z"), c, draws)
            losses["g path length"] = config.path_length.penalty(lengths, self.memory[_PATH_LENGTH])
            figures[_PATH_LENGTH] = lengths.detach().mean()
        return Outcome(losses, figures)

    def moved(self, turn: Turn, figures: Mapping[str, Tensor], batch_size: int) -> None:
        """Weights are clipped, averages updated, the augmentation adapts."""
        if turn.network == "d":
            if self.config.growth is not None:
                self.memory["images"] = self.memory["images"] + batch_size
                self._grow()
            if self.config.clip is not None:
                clip_weights(self.d, self.config.clip)
            if self.augment is not None:
                self.memory |= self.augment.next_memory(self.memory, figures["real sign"], batch_size)
        if self.config.path_length is not None and _PATH_LENGTH in figures:
            self.memory[_PATH_LENGTH] = self.memory[_PATH_LENGTH].lerp(figures[_PATH_LENGTH], self.config.path_length.decay)
        if self.config.historical_averaging:
            count = self.memory[f"past.{turn.network}"]
            update_averages(self.networks[turn.network].parameters(), self._past(turn.network), int(count))
            self.memory[f"past.{turn.network}"] = count + 1

    def _growth_now(self) -> Growth:
        assert self.config.growth is not None
        return growth_at(int(self.memory["images"]) / 1000, self.config.growth, last_stage(self.image))

    def _grow(self) -> None:
        """How far networks have grown is a buffer of theirs, so that averages and checkpoints have it too."""
        if self.config.growth is not None:
            for network in (self.g, self.d):
                network.set_growth(self._growth_now())  # type: ignore[operator]

    def _label_loss(self, judgement: Judgement, c: Tensor | None) -> Tensor:
        if judgement.label_logits is None or c is None:
            raise UsageError(
                "game.label_weight needs a discriminator that reads labels.",
                hint="Set game.discriminator.conditioning=auxiliary.",
            )
        loss = class_loss if self.labels.kind == "class" else attribute_loss
        return loss(judgement.label_logits, c)

    def _past(self, name: str) -> list[Tensor]:
        return [self.memory[f"past.{name}.{key}"] for key, _ in self.networks[name].named_parameters()]

    def _past_penalty(self, name: str) -> Tensor:
        return historical_penalty(self.networks[name].parameters(), self._past(name))


def take_reference(network: nn.Module, inputs: Tensor, c: Tensor | None) -> None:
    """Give a network that has a ``take_reference`` what it shall remember of its first inputs."""
    take = getattr(network, "take_reference", None)
    if take is not None:
        take(inputs, c)
