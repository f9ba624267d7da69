"""A classifier that learns from few labels, many images, and a generator's failures (Salimans et al., 2016, section 5)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

import torch
from pydantic import Field
from pydantic.dataclasses import dataclass
from torch import Tensor, nn

from latentedit.errors import UsageError
from latentedit_training.data.base import Labels
from latentedit_training.data.label_vectors import few_of_each_class
from latentedit_training.draws import Draws
from latentedit_training.games.adversarial import take_reference
from latentedit_training.games.base import Batch, LabelSpace, Outcome, RememberingNothing, Stream, Turn
from latentedit_training.games.prior import Prior, latents
from latentedit_training.networks.base import ImageShape, Judgement
from latentedit_training.networks.registry import AnyClassifier, AnyGenerator
from latentedit_training.objectives import semi_supervised
from latentedit_training.objectives.feature_matching import feature_matching_loss
from latentedit_training.strictness import STRICT


@dataclass(frozen=True, config=STRICT)
class SemiSupervisedConfig:
    """The game of a classifier and a generator that matches its features.

    Attributes:
        generator: a network and its options.
        classifier: a network and its options; it gives the logits of the classes.
        labelled: images whose class is told, as many of each class.
        labelled_seed: which.
        prior: what the generator draws from.
        norm: of the features' differences.
        unlabelled_weight: of the loss of images without labels.
        alone: leave out the generator and all images without labels: the baseline that the method is measured against.
    """

    generator: AnyGenerator
    classifier: AnyClassifier
    name: Literal["semi-supervised"] = "semi-supervised"
    labelled: Annotated[int, Field(ge=1)] = 100
    labelled_seed: Annotated[int, Field(ge=0)] = 0
    prior: Prior = "unit"
    norm: Literal["squared", "absolute"] = "squared"
    unlabelled_weight: Annotated[float, Field(ge=0)] = 1.0
    alone: bool = False

    def set_up(self, image: ImageShape, labels: LabelSpace) -> SemiSupervisedGame:
        """See :class:`latentedit_training.games.base.GameConfig`."""
        if labels.kind != "class":
            raise UsageError("This game learns classes, and the images have none.", hint="Set images.labels=class.")
        if self.labelled % labels.c_dim:
            hint = f"Take a multiple of {labels.c_dim}."
            raise UsageError(f"{self.labelled} labelled images are not as many of each of {labels.c_dim} classes.", hint=hint)
        return SemiSupervisedGame(self, image, labels)


class SemiSupervisedGame(RememberingNothing):
    """``d`` classifies, ``g`` draws. Nothing is remembered besides weights."""

    def __init__(self, config: SemiSupervisedConfig, image: ImageShape, labels: LabelSpace) -> None:
        self.config = config
        self.g = config.generator.build(image, 0)
        self.d = config.classifier.build(image, labels.c_dim)
        self.networks: Mapping[str, nn.Module] = {"d": self.d} if config.alone else {"g": self.g, "d": self.d}
        self.memory: dict[str, Tensor] = {}
        self.z_dim: int = config.generator.z_dim

    def prepare(self, batch: Batch, draws: Draws) -> None:
        """Weight normalisation takes its scales from the first images."""
        with torch.no_grad():
            take_reference(self.g, self.latents(draws, "reference"), None)
            take_reference(self.d, batch.image, None)

    def places(self, stream: Stream, labels: Labels | None) -> list[int] | None:
        """As many images of each class are labelled."""
        if stream != "labelled" or labels is None:
            return None
        return few_of_each_class(labels, self.config.labelled, self.config.labelled_seed)

    def turns(self, step: int) -> tuple[Turn, ...]:
        """The classifier's, then the generator's."""
        if self.config.alone:
            return (Turn("d", ("labelled",)),)
        return Turn("d", ("real", "labelled")), Turn("g", ("real",))

    def play(self, turn: Turn, batches: Mapping[Stream, Batch], draws: Draws) -> Outcome:
        """See :class:`latentedit_training.games.base.Game`."""
        if turn.network == "g":
            fake = self.g(self.latents(draws, "z"), None)
            matched: Judgement = self.d(fake, None)
            with torch.no_grad():
                real: Judgement = self.d(batches["real"].image, None)
            return Outcome({"g features": feature_matching_loss(real.features, matched.features, norm=self.config.norm)})
        labelled = batches["labelled"]
        assert labelled.c is not None
        classes = labelled.c.argmax(1)
        if self.config.alone:
            logits = self._class_logits(labelled.image)
            return Outcome({"labelled": semi_supervised.supervised_loss(logits, classes)}, _accuracy(logits, classes))
        with torch.no_grad():
            fake = self.g(self.latents(draws, "z"), None)
        unlabelled = batches["real"].image
        # At once: a classifier without batch normalisation judges each image by itself, and one large product is faster than three.
        together = self._class_logits(torch.cat([labelled.image, unlabelled, fake]))
        of_labelled, of_unlabelled, of_fake = torch.split(together, [len(classes), len(unlabelled), len(fake)])
        losses = {
            "labelled": semi_supervised.supervised_loss(of_labelled, classes),
            "unlabelled": self.config.unlabelled_weight * semi_supervised.unsupervised_loss(of_unlabelled, of_fake),
        }
        return Outcome(losses, _accuracy(of_labelled, classes))

    def latents(self, draws: Draws, purpose: str) -> Tensor:
        """See :class:`latentedit_training.games.base.Game`."""
        return latents(self.config.prior, draws, purpose, self.z_dim)

    def _class_logits(self, image: Tensor) -> Tensor:
        judgement: Judgement = self.d(image, None)
        assert judgement.label_logits is not None
        return judgement.label_logits


def _accuracy(logits: Tensor, classes: Tensor) -> dict[str, Tensor]:
    return {"accuracy": (logits.detach().argmax(1) == classes).float().mean()}
