"""Faces that a generator draws, and where their skin, neck, hair, clothes and background are, told by the generator's own features.

Features of a StyleGAN at 32 and 64 px fall into clusters by what they draw (Collins et al., 2020, arXiv:2004.14367, section 3.1): spherical k-means
finds them without any label. What each cluster is was told by looking at 30 faces and writing down places in them (:data:`PLACES`); clusters in which no such
place lies (outlines, which belong to either side) are left to a linear classifier, learned on the others.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from latentedit.face_parser import PARTS, Part
from latentedit.face_parser.network import PARSED_PX
from latentedit.generators.mobilestylegan import MobileStyleGAN
from latentedit.guided_filter import guided_filter

LABELLED_PX = (32, 64)
"""Sides of the features."""
CLUSTERED, LOOKED_AT = range(100), range(100, 130)
"""Faces whose features are clustered, and faces that were looked at."""
CLUSTERS, ROUNDS = 36, 25
SCALE = 8.0
"""Of the unit features that the classifier reads: it has a quadratic penalty."""
DECAY = 2e-3
SURE = 0.35
"""Cosine to the cluster's middle from which a place is an example of it."""
EDGE_RADIUS_PX, EDGE_VARIANCE = 4, 1e-3
"""Of the guided filter that gives the labels the edges of the picture."""

PLACES: dict[Part, tuple[tuple[int, int, int], ...]] = {
    "skin": (
        (117, 46, 48),
        (106, 46, 47),
        (115, 46, 48),
        (129, 43, 48),
        (128, 22, 39),
        (100, 22, 40),
        (101, 21, 39),
        (106, 30, 56),
        (122, 24, 13),
        (100, 25, 13),
        (110, 39, 13),
        (101, 26, 13),
        (103, 41, 29),
        (121, 22, 29),
        (104, 23, 29),
        (101, 24, 29),
        (112, 37, 39),
        (122, 37, 40),
        (114, 38, 40),
        (101, 38, 40),
        (123, 28, 19),
        (125, 34, 17),
        (117, 32, 19),
        (115, 32, 19),
        (125, 40, 36),
        (117, 40, 36),
        (115, 40, 36),
        (122, 23, 36),
        (111, 25, 26),
        (101, 24, 26),
        (100, 26, 26),
        (104, 24, 26),
        (103, 48, 32),
        (124, 50, 31),
        (113, 48, 37),
        (105, 49, 35),
        (115, 28, 54),
        (102, 28, 54),
        (128, 28, 52),
        (123, 29, 53),
        (106, 19, 44),
        (111, 17, 38),
        (113, 13, 45),
        (100, 15, 38),
        (111, 24, 33),
        (122, 23, 33),
        (117, 24, 33),
        (104, 24, 32),
        (117, 34, 49),
        (127, 33, 49),
        (122, 33, 49),
        (123, 33, 50),
        (117, 33, 46),
        (106, 30, 45),
        (122, 31, 45),
        (127, 31, 46),
    ),
    "neck": (
        (114, 43, 58),
        (117, 46, 57),
        (129, 42, 57),
        (101, 39, 61),
        (100, 20, 60),
        (106, 26, 60),
        (101, 23, 60),
        (123, 20, 55),
    ),
    "hair": (
        (117, 18, 12),
        (101, 10, 16),
        (106, 18, 16),
        (114, 16, 10),
        (114, 20, 15),
        (123, 17, 18),
        (122, 16, 17),
        (117, 20, 16),
        (127, 47, 23),
        (100, 45, 19),
        (117, 45, 23),
        (115, 47, 23),
        (125, 61, 9),
        (101, 51, 16),
        (115, 48, 12),
        (106, 46, 14),
        (106, 13, 60),
        (123, 6, 40),
        (107, 56, 55),
        (101, 50, 59),
        (100, 22, 5),
        (110, 37, 7),
        (116, 34, 9),
        (127, 24, 7),
    ),
    "clothes": (
        (110, 18, 58),
        (111, 13, 60),
        (105, 60, 62),
        (127, 58, 60),
        (122, 43, 60),
        (110, 61, 61),
        (103, 3, 62),
        (112, 2, 62),
        (103, 9, 60),
        (112, 19, 61),
        (111, 61, 52),
        (109, 10, 62),
    ),
    "background": (
        (125, 2, 50),
        (128, 55, 61),
        (108, 2, 51),
        (113, 3, 60),
        (121, 61, 4),
        (115, 61, 13),
        (100, 60, 57),
        (101, 6, 5),
        (117, 2, 39),
        (105, 1, 32),
        (110, 10, 42),
        (100, 59, 6),
        (124, 9, 10),
        (128, 56, 32),
        (129, 13, 58),
        (105, 61, 50),
        (114, 62, 34),
        (129, 63, 24),
        (117, 63, 14),
        (100, 1, 38),
    ),
}
"""(face, x, y) at 64 px: what is drawn there."""


@dataclass(frozen=True, eq=False)
class Labeller:
    """Tells parts by features.

    Attributes:
        mean, deviation: of the features of each side, [1, C, 1, 1].
        weight, bias: of the classifier, [2C, 5] and [5].
    """

    mean: tuple[Tensor, Tensor]
    deviation: tuple[Tensor, Tensor]
    weight: Tensor
    bias: Tensor

    def parts(self, features: tuple[Tensor, Tensor]) -> Tensor:
        """How likely each place is of each part: features [N, C, 32, 32] and [N, C, 64, 64] -> [N, 5, 64, 64]."""
        logits = torch.einsum("nchw,ck->nkhw", SCALE * unit_features(features, self.mean, self.deviation), self.weight)
        return (logits + self.bias[:, None, None]).softmax(dim=1)


def draw(generator: MobileStyleGAN, w_plus: Tensor) -> tuple[Tensor, tuple[Tensor, Tensor]]:
    """Pictures [N, 3, 128, 128] in [-1, 1] and the features that they were drawn from, in one pass."""
    caught: list[Tensor] = []
    px = generator.config.resolutions
    hooks = [
        generator.blocks[px.index(side)].register_forward_hook(lambda block, inputs, out: caught.append(out))
        for side in LABELLED_PX
    ]
    try:
        image = generator.preview(w_plus)
    finally:
        for hook in hooks:
            hook.remove()
    coarse, fine = caught
    return F.interpolate(image, size=(PARSED_PX, PARSED_PX), mode="area").clamp(-1, 1), (coarse, fine)


def unit_features(features: tuple[Tensor, Tensor], mean: tuple[Tensor, Tensor], deviation: tuple[Tensor, Tensor]) -> Tensor:
    """Both sides' features as one unit vector for each place, [N, 2C, 64, 64]."""
    units = [F.normalize((x - m) / d, dim=1) for x, m, d in zip(features, mean, deviation, strict=True)]
    units[0] = F.interpolate(units[0], size=units[1].shape[-2:], mode="bilinear", align_corners=False)
    return F.normalize(torch.cat(units, dim=1), dim=1)


@torch.no_grad()
def make_labeller(generator: MobileStyleGAN, seed: int) -> Labeller:
    """Cluster, name the clusters by :data:`PLACES`, and learn a classifier of them."""
    random = torch.Generator().manual_seed(seed)
    count = len(CLUSTERED) + len(LOOKED_AT)
    w_plus = generator.mapping(torch.randn(count, generator.z_dim, generator=random), truncation_psi=0.8)
    features = _drawn_features(generator, w_plus)
    mean = _both(x.float().mean(dim=(0, 2, 3), keepdim=True) for x in features)
    deviation = _both(x.float().std(dim=(0, 2, 3), keepdim=True) for x in features)
    units = torch.cat(
        [unit_features(part, mean, deviation).half() for part in zip(*(x.float().split(10) for x in features), strict=True)]
    )
    clustered = units[: len(CLUSTERED)]

    def sample(number: int) -> Tensor:
        where = torch.randperm(len(clustered) * 64 * 64, generator=random)[:number]
        face, row, column = where // 64**2, where // 64 % 64, where % 64
        return clustered[face, :, row, column].float()

    middles = spherical_k_means(sample(40_000), CLUSTERS, ROUNDS, random)
    named = name_clusters(units, middles)
    examples = sample(80_000)
    likeness, cluster = (examples @ middles.T).max(dim=1)
    part = named[cluster]
    sure = (part >= 0) & (likeness > SURE)
    weight, bias = logistic_regression(SCALE * examples[sure], part[sure])
    return Labeller(mean, deviation, weight, bias)


def _drawn_features(generator: MobileStyleGAN, w_plus: Tensor) -> tuple[Tensor, Tensor]:
    drawn = [draw(generator, rows)[1] for rows in w_plus.split(10)]
    return _both(torch.cat([x.half() for x in side]) for side in zip(*drawn, strict=True))


def _both(sides: Iterable[Tensor]) -> tuple[Tensor, Tensor]:
    coarse, fine = sides
    return coarse, fine


def spherical_k_means(points: Tensor, clusters: int, rounds: int, random: torch.Generator) -> Tensor:
    """Middles [K, C] of unit vectors [M, C], begun as k-means++ does (Arthur & Vassilvitskii, 2007)."""
    middles = points[:1]
    for _ in range(clusters - 1):
        apart = (1 - (points @ middles.T).max(dim=1).values).clamp_min(0)
        middles = torch.cat([middles, points[torch.multinomial(apart, 1, generator=random)]])
    for _ in range(rounds):
        nearest = (points @ middles.T).argmax(dim=1)
        sums = torch.zeros_like(middles).index_add_(0, nearest, points)
        middles = torch.where((sums == 0).all(dim=1, keepdim=True), middles, F.normalize(sums, dim=1))
    return middles


def name_clusters(units: Tensor, middles: Tensor) -> Tensor:
    """The part that most of the noted places in each cluster have, [K]; -1 where there is none."""
    votes = torch.zeros(len(middles), len(PARTS))
    for index, part in enumerate(PARTS):
        for face, x, y in PLACES[part]:
            votes[(middles @ units[face, :, y, x].float()).argmax(), index] += 1
    best = votes.max(dim=1)
    return torch.where(best.values > 0, best.indices, -1)


def logistic_regression(points: Tensor, part: Tensor) -> tuple[Tensor, Tensor]:
    """Multinomial, with a quadratic penalty; rarer parts weigh more, by the root of how rare they are."""
    weight = torch.zeros(points.shape[1], len(PARTS), requires_grad=True)
    bias = torch.zeros(len(PARTS), requires_grad=True)
    rare = part.bincount(minlength=len(PARTS)).float().rsqrt()
    optimiser = torch.optim.LBFGS([weight, bias], max_iter=60, history_size=10)

    def closure() -> Tensor:
        optimiser.zero_grad()
        loss = F.cross_entropy(points @ weight + bias, part, weight=rare / rare.mean()) + DECAY * weight.square().sum()
        loss.backward()
        return loss

    with torch.enable_grad():
        optimiser.step(closure)
    return weight.detach(), bias.detach()


def sharpened(parts: Tensor, image: Tensor) -> Tensor:
    """Parts [5, 64, 64] at the picture's size [5, 128, 128], their edges where those of the picture [3, 128, 128] are."""
    enlarged = F.interpolate(parts[None], size=image.shape[-2:], mode="bilinear", align_corners=False)[0]
    guide = ((image + 1) / 2).permute(1, 2, 0).double().numpy()
    filtered = guided_filter(guide, enlarged.permute(1, 2, 0).double().numpy(), EDGE_RADIUS_PX, EDGE_VARIANCE)
    likely = torch.from_numpy(np.clip(filtered, 1e-4, 1)).permute(2, 0, 1)
    return (likely / likely.sum(dim=0)).float()
