"""Directions of single style channels that an attribute responds to (Wu et al., 2021, arXiv:2011.12799, StyleSpace)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from latentedit.directions.direction import Direction
from latentedit.directions.discovery_step import DiscoveryStep, Finding, licence_of
from latentedit.directions.drawing import draw_preview
from latentedit.directions.sampling import ScoredSample, samples_for, score_all, table
from latentedit.directions.scorers import Scorer, effect_of
from latentedit.directions.style_channels import StyleLayer, channel_move, style_layers
from latentedit.errors import InputError, UsageError
from latentedit.generators.base import Generator
from latentedit.generators.prior import random_latents

POSITIVE_SHARE = 0.1
MIN_POSITIVE = 20
"""The paper finds ten to thirty examples enough."""
STEP = 10.0
"""How far a channel is moved to either side when the response is measured, in standard deviations: about as far as the paper's figures go."""
AGREEMENT = 0.75
"""The share of faces on which a channel must change the score the same way."""
TRIED_PSI = 0.7
"""Truncation of the faces that responses are measured on."""


@dataclass(frozen=True)
class StyleSpaceConfig:
    """How an attribute's channels are found.

    Attributes:
        attribute: which score.
        count: how many random faces are drawn and scored.
        candidates: how many channels are tried, those first whose values in the positive examples stand out most.
        faces: how many faces each is tried on.
        components: how many directions at most, of one channel each, those of the largest response first.
        layers: whose channels; None for all that the preview shows. Channels of other layers are tried on whole drawings, which takes longer.
    """

    attribute: str
    count: int = 1500
    candidates: int = 32
    faces: int = 8
    components: int = 3
    layers: tuple[int, ...] | None = None
    seed: int = 0


@dataclass(frozen=True, eq=False)
class Channel:
    """One channel of a layer; its ``deviation`` over random faces, and its ``relevance`` to an attribute."""

    layer: StyleLayer
    number: int
    deviation: float
    relevance: float


def rank_channels(layers: Sequence[StyleLayer], w: Tensor, positive: Tensor) -> list[Channel]:
    """Channels that can be moved alone, by how much and how consistently positive examples differ from all (section 4.2).

    With ``delta = (s - mean) / deviation`` over the population, the relevance is ``|mean(delta)| / std(delta)`` over the positive examples.

    Args:
        w: latents of the population [N, w_dim].
        positive: which of them are examples [N], bool.
    """
    channels = []
    for layer in layers:
        styles = w @ layer.matrix.T  # [N, C]; the layers' biases cancel
        deviations = styles.std(dim=0)
        delta = (styles[positive] - styles.mean(dim=0)) / deviations.clamp_min(1e-12)
        relevance = delta.mean(dim=0).abs() / delta.std(dim=0).clamp_min(1e-12)
        channels += [
            Channel(layer, number, float(deviations[number]), float(relevance[number]))
            for number in layer.reachable.nonzero()[:, 0].tolist()
        ]
    return sorted(channels, key=lambda channel: -channel.relevance)


def positive_examples(scores: Tensor) -> Tensor:
    """Which samples [N] have the highest of the ``scores`` [N], or the higher of two labels; not-a-number is neither.

    Raises:
        InputError: they are fewer than :data:`MIN_POSITIVE`.
    """
    known = scores.isfinite()
    values = scores[known]
    count = int(len(values) * POSITIVE_SHARE)
    if len(torch.unique(values)) == 2:
        count = int((values == values.max()).sum())
    if count < MIN_POSITIVE:
        raise InputError(f"Of {len(values)} samples with a score, {count} are positive examples.", hint="Draw more samples.")
    threshold = values.sort(descending=True).values[count - 1]
    positive = known & (scores >= threshold)
    if int(positive.sum()) > 2 * count:
        # Many are as high as the last of them: only what is higher stands out.
        positive = known & (scores > threshold)
    if (found := int(positive.sum())) < MIN_POSITIVE:
        raise InputError(
            f"Of {len(values)} samples with a score, {found} stand out; the others are alike.", hint="Draw more samples."
        )
    return positive


@torch.no_grad()
def discover(
    generator: Generator, scorers: Sequence[Scorer], config: StyleSpaceConfig, *, samples: Sequence[ScoredSample] = ()
) -> Iterator[DiscoveryStep]:
    """A step for each face that is drawn, and one for each channel that is tried: ``ATTRIBUTE_LAYER_CHANNEL``..., raising the attribute.

    Args:
        samples: drawn before with the same seed; only those that are missing are drawn.

    Raises:
        UsageError: no channel of the layers can be moved alone.
        InputError: too few faces could be scored, or no channel changes the attribute.
    """
    shown = range(generator.spec.preview_num_ws or generator.num_ws)
    channels_of = style_layers(generator, shown if config.layers is None else config.layers)
    if not any(bool(layer.reachable.any()) for layer in channels_of):
        raise UsageError("No channel of these layers can be moved alone.", hint="Choose other layers.")
    known = list(samples[: config.count])
    missing = samples_for(generator, scorers, config.attribute, count=config.count, seed=config.seed, samples=tuple(known))
    total = config.count + config.candidates
    for sample in missing:
        known.append(sample)
        yield DiscoveryStep(sample.number, total, "drawing and scoring", sample)
    w, scores = table(known, config.attribute)
    channels = rank_channels(channels_of, w, positive_examples(scores))[: config.candidates]
    total = config.count + len(channels)
    spread = float(scores[scores.isfinite()].std())
    random = torch.Generator().manual_seed(config.seed + 1)
    faces = random_latents(generator, config.faces, random, truncation_psi=TRIED_PSI)
    findings: list[Finding] = []
    for number, channel in enumerate(channels, start=1):
        changes = responses(generator, scorers, config.attribute, faces, channel) / max(spread, 1e-12)
        finding = _finding(generator, config, channel, changes, len(known))
        if finding is not None:
            findings.append(finding)
        if number < len(channels):
            yield DiscoveryStep(config.count + number, total, "trying channels")
    if not findings:
        raise InputError(
            f"No single channel changes {config.attribute} reliably.",
            hint="Draw more samples, try more channels, or use interfacegan.",
        )
    findings.sort(key=lambda finding: -finding.measures["response"])
    yield DiscoveryStep(total, total, "trying channels", findings=tuple(findings[: config.components]))


def responses(generator: Generator, scorers: Sequence[Scorer], attribute: str, faces: Tensor, channel: Channel) -> Tensor:
    """How the score changes on each of ``faces`` [N, num_ws, w_dim] from the channel moved down to moved up; those [M] that can be scored."""
    move = channel_move(channel.layer, channel.number, STEP * channel.deviation, generator.num_ws).to(faces)
    changes = []
    for face in faces:
        low, high = (
            score_all(scorers, draw_preview(generator, (face + sign * move)[None], (channel.layer.index,))).get(attribute)
            for sign in (-1, 1)
        )
        if low is not None and high is not None:
            changes.append(high - low)
    return torch.tensor(changes)


def _finding(generator: Generator, config: StyleSpaceConfig, channel: Channel, changes: Tensor, count: int) -> Finding | None:
    """The channel as a direction that raises the attribute; None when it does not on enough faces."""
    if len(changes) < 2:
        return None
    sign = 1.0 if float(changes.median()) > 0 else -1.0
    agreement = float((changes * sign > 0).float().mean())
    if agreement < AGREEMENT:
        return None
    index = channel.layer.index
    direction = Direction(
        f"{config.attribute}_{index}_{channel.number}",
        channel_move(channel.layer, channel.number, sign * channel.deviation, generator.num_ws),
        (index,),
        default_range=(-STEP, STEP),
        effect=effect_of(config.attribute),
        provenance=f"channel {channel.number} of style {index}, by {config.attribute} on {count} faces, seed {config.seed}",
        licence=licence_of(generator.spec.name),
        unit="a standard deviation of the channel over random faces",
    )
    measures = {"response": float(changes.mean()) * sign, "agreement": agreement, "relevance": channel.relevance}
    return Finding(direction, measures)
