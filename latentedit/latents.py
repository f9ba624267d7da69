"""Pure functions on latents: mix, move, truncate, interpolate, and fit one generator's layers to another's.

A ``w_plus`` is [N, num_ws, w_dim], float32. ``layers`` are indices into ``num_ws``; ``None`` means all. No
function changes its arguments.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Literal

import torch
from torch import Tensor

from latentedit.errors import UsageError

BandName = Literal["coarse", "middle", "fine"]
LayerKind = Literal["const", "up", "conv", "image"]
LayerRole = tuple[int, LayerKind]
"""What a style steers: the resolution of the features (px) and the step within that resolution."""

COARSE_MAX_PX = 8
MIDDLE_MAX_PX = 32


def mix(w_plus_a: Tensor, w_plus_b: Tensor, layers: Iterable[int] | None = None, amount: float = 1.0) -> Tensor:
    """Replace layers of ``w_plus_a`` by those of ``w_plus_b`` (style mixing, Karras et al. 2019, 3.1).

    Args:
        w_plus_a, w_plus_b: [N or 1, num_ws, w_dim], of the same generator.
        amount: 0 leaves ``w_plus_a`` as it is, 1 takes the chosen layers from ``w_plus_b`` exactly; between
            them the two are blended linearly. Values outside [0, 1] extrapolate.

    Returns: [N, num_ws, w_dim].

    Raises:
        UsageError: the latents do not fit each other, or a layer does not exist.
    """
    if w_plus_a.shape[1:] != w_plus_b.shape[1:]:
        raise UsageError(
            f"Latents of {_size(w_plus_a)} and {_size(w_plus_b)} cannot be mixed.",
            hint="Project both photographs with the same generator.",
        )
    weight = _layer_weight(w_plus_a, layers, amount)
    return torch.lerp(w_plus_a, w_plus_b, weight)


def move(w_plus: Tensor, direction: Tensor, amount: float | Tensor, layers: Iterable[int] | None = None) -> Tensor:
    """Move latents along a direction: ``w_plus + amount * direction`` in the chosen layers.

    Args:
        w_plus: [N, num_ws, w_dim].
        direction: [w_dim] (the same for every layer) or [num_ws, w_dim].
        amount: one number, or a tensor [N] with one for each latent.

    Raises:
        UsageError: the direction does not fit the latents, or a layer does not exist.
    """
    if direction.shape not in (w_plus.shape[2:], w_plus.shape[1:]):
        raise UsageError(
            f"A direction of shape {tuple(direction.shape)} does not fit latents of {_size(w_plus)}.",
            hint="Use a direction that was made for this generator, or map its layers with direction_for.",
        )
    weight = _layer_weight(w_plus, layers, 1.0)
    if isinstance(amount, Tensor):
        amount = amount.to(w_plus).reshape(-1, 1, 1)
    return w_plus + weight * amount * direction.to(w_plus)


def vary(w_plus: Tensor, w_random: Tensor, w_avg: Tensor, strengths: Sequence[float]) -> Tensor:
    """Move every layer as a random latent lies from the average: ``w_plus + strength * (w_random - w_avg)``.

    Args:
        w_plus, w_random: [N or 1, num_ws, w_dim].
        w_avg: [w_dim].
        strengths: one for each layer.

    Raises:
        UsageError: there are not as many strengths as layers.
    """
    if len(strengths) != w_plus.shape[1]:
        raise UsageError(f"{len(strengths)} strengths do not fit latents of {_size(w_plus)}.")
    weight = torch.tensor(list(strengths), dtype=w_plus.dtype, device=w_plus.device).view(1, -1, 1)
    return w_plus + weight * (w_random.to(w_plus) - w_avg.to(w_plus))


def crossbreed_amounts(own: float, weights: Sequence[float]) -> list[float]:
    """The amounts of mixes in turn that give the weighted mean of a latent (weight ``own``) and of several others.

    Mixing with the first by ``amounts[0]``, then with the second by ``amounts[1]`` and so on ends at
    ``(own * w + sum(weight_i * w_i)) / (own + sum(weights))``.

    Raises:
        UsageError: a weight is negative or not finite, or all are zero.
    """
    if not all(math.isfinite(weight) and weight >= 0 for weight in (own, *weights)) or not own + sum(weights) > 0:
        raise UsageError("Weights of parents are numbers from 0 upward, not all of them 0.")
    amounts, total = [], own
    for weight in weights:
        total += weight
        amounts.append(weight / total if total > 0 else 0.0)
    return amounts


def crossbreed_weights(amounts: Sequence[float]) -> list[float]:
    """The weights of several latents of which :func:`crossbreed_amounts` makes these amounts, the first latent's own weight being 1.

    Raises:
        UsageError: an amount is outside [0, 1): nothing of the first latent is left then.
    """
    if not all(0 <= amount < 1 for amount in amounts):
        raise UsageError("Amounts of a mean of latents are from 0 to below 1.")
    weights, total = [], 1.0
    for amount in amounts:
        weights.append(total * amount / (1.0 - amount))
        total += weights[-1]
    return weights


def truncate(w_plus: Tensor, w_avg: Tensor, psi: float, cutoff: int | None = None) -> Tensor:
    """Pull latents toward the average: ``w_avg + psi * (w_plus - w_avg)``.

    This is the truncation trick (Karras et al. 2019, appendix B).

    Args:
        w_avg: [w_dim].
        psi: 1 leaves the latents as they are, 0 gives the average face.
        cutoff: only the first ``cutoff`` layers are pulled; None pulls all.

    Raises:
        UsageError: ``cutoff`` is outside [0, num_ws].
    """
    num_ws = w_plus.shape[1]
    if cutoff is not None and not 0 <= cutoff <= num_ws:
        raise UsageError(f"The truncation cutoff {cutoff} is outside 0 to {num_ws}.")
    layers = None if cutoff is None else range(cutoff)
    # lerp toward the average by 1 - psi: exact at psi = 1, whatever the rounding.
    return torch.lerp(w_plus, w_avg.to(w_plus).expand_as(w_plus), _layer_weight(w_plus, layers, 1.0 - psi))


def lerp(w_plus_a: Tensor, w_plus_b: Tensor, t: float) -> Tensor:
    """The point at ``t`` on the straight line from ``w_plus_a`` (t = 0) to ``w_plus_b`` (t = 1)."""
    return mix(w_plus_a, w_plus_b, None, t)


def slerp(a: Tensor, b: Tensor, t: float, centre: Tensor | None = None) -> Tensor:
    """The point at ``t`` on the arc from ``a`` (t = 0) to ``b`` (t = 1), over the last dimension.

    The direction turns at constant speed (Shoemake 1985) and the length changes linearly; where the two point
    the same way or exactly opposite ways, no arc is defined and the straight line is taken.

    Args:
        a, b: [..., dim], of the same shape.
        centre: the arc's centre, broadcastable to ``a``: the origin for z (the default), ``w_avg`` for w and
            w_plus.
    """
    origin = torch.zeros_like(a) if centre is None else centre.to(a).expand_as(a)
    # The angle's sine cancels badly for nearly parallel vectors: it is computed in double, which not every device has.
    start, end = (a - origin).cpu().double(), (b - origin).cpu().double()
    len_start, len_end = start.norm(dim=-1, keepdim=True), end.norm(dim=-1, keepdim=True)
    tiny = torch.finfo(torch.float64).tiny
    unit_start, unit_end = start / len_start.clamp_min(tiny), end / len_end.clamp_min(tiny)
    angle = torch.atan2(
        (unit_end - unit_start * (unit_start * unit_end).sum(-1, keepdim=True)).norm(dim=-1, keepdim=True),
        (unit_start * unit_end).sum(-1, keepdim=True),
    )
    sine = torch.sin(angle)
    turned = (torch.sin((1 - t) * angle) * unit_start + torch.sin(t * angle) * unit_end) / sine.clamp_min(tiny)
    arc = turned * ((1 - t) * len_start + t * len_end)
    defined = (sine > 1e-7) & (len_start > 0) & (len_end > 0)
    result = torch.where(defined, arc, torch.lerp(start, end, t))
    return (origin.cpu().double() + result).to(a)


def bands(layer_resolutions: Sequence[int]) -> dict[BandName, tuple[int, ...]]:
    """The layers by what they steer: coarse, middle and fine.

    Coarse layers draw features up to 8 px (pose, shape), middle ones 16 and 32 px (parts of the face), fine
    ones 64 px and above (colour, texture). Together they are all layers, each once; a small generator has
    empty bands.
    """
    named: dict[BandName, list[int]] = {"coarse": [], "middle": [], "fine": []}
    for index, resolution in enumerate(layer_resolutions):
        band: BandName = "coarse" if resolution <= COARSE_MAX_PX else "middle" if resolution <= MIDDLE_MAX_PX else "fine"
        named[band].append(index)
    return {name: tuple(indices) for name, indices in named.items()}


def band_layers(layer_resolutions: Sequence[int], band: BandName) -> tuple[int, ...]:
    """The layers of one band (see :func:`bands`), ascending; empty where a small generator has none.

    Raises:
        UsageError: there is no band of that name.
    """
    named = bands(layer_resolutions)
    if band not in named:
        raise UsageError(f"There is no band {band!r}.", hint=f"Choose one of {', '.join(named)}.")
    return named[band]


def stylegan2_resolutions(num_ws: int) -> tuple[int, ...]:
    """``layer_resolutions`` of a StyleGAN2 with ``num_ws`` styles (18 for 1024 px).

    There is one style at 4 px, two at each further resolution, and one for the last to-image layer.

    Raises:
        UsageError: no StyleGAN2 has this number of styles (they are even, 4 at the least).
    """
    if num_ws < 4 or num_ws % 2:
        raise UsageError(
            f"A StyleGAN2 has an even number of styles, not {num_ws}.",
            hint="18 for 1024 px, 16 for 512, 14 for 256.",
        )
    blocks = [4 << block for block in range(num_ws // 2)]
    paired = [resolution for resolution in blocks[1:] for _ in range(2)]
    return (4, *paired, blocks[-1])


def layer_roles(layer_resolutions: Sequence[int]) -> tuple[LayerRole, ...]:
    """The role of every style, read from how many styles share its resolution.

    One: the convolution. Two: the upsampling and the plain convolution (at the lowest resolution, where
    nothing is upsampled, the constant and the convolution, as in StyleGAN 1). Three: also the to-image layer.
    StyleGAN2 feeds a resolution's to-image layer with the style of the next resolution's upsampling;
    :func:`map_layers` knows that.
    """
    roles: list[LayerRole] = []
    lowest = layer_resolutions[0] if layer_resolutions else 0
    for index, resolution in enumerate(layer_resolutions):
        count = sum(1 for other in layer_resolutions if other == resolution)
        place = sum(1 for other in layer_resolutions[:index] if other == resolution)
        kinds = (_LOWEST_KINDS if resolution == lowest else _KINDS).get(count, ())
        roles.append((resolution, kinds[place] if place < len(kinds) else "conv"))
    return tuple(roles)


_KINDS: dict[int, tuple[LayerKind, ...]] = {1: ("conv",), 2: ("up", "conv"), 3: ("up", "conv", "image")}
_LOWEST_KINDS: dict[int, tuple[LayerKind, ...]] = {
    1: ("conv",),
    2: ("const", "conv"),
    3: ("const", "conv", "image"),
}


def map_layers(source_resolutions: Sequence[int], target_resolutions: Sequence[int]) -> tuple[int, ...]:
    """For every style of the target generator, the style of the source generator that plays its role.

    An 18-style StyleGAN2 maps to MobileStyleGAN's 22 as 0, then 2i+1, 2i+2, 2i+3 for block i: its to-image
    layers take the style that StyleGAN2's to-image layer of that resolution takes, which is the next
    resolution's first. Where the source lacks a resolution the nearest (in octaves) stands in.

    Raises:
        UsageError: one of the two has no layers.
    """
    if not source_resolutions or not target_resolutions:
        raise UsageError("A generator without layers cannot be mapped.")
    if tuple(source_resolutions) == tuple(target_resolutions):
        return tuple(range(len(source_resolutions)))
    table = _role_table(source_resolutions)
    return tuple(_find_role(table, role) for role in layer_roles(target_resolutions))


def direction_for(
    direction: Tensor, target_resolutions: Sequence[int], source_resolutions: Sequence[int] | None = None
) -> Tensor:
    """Fit a per-layer direction (or one latent) of one generator to the layers of another, by role.

    Args:
        direction: [w_dim] (returned as it is) or [source_num_ws, w_dim].
        target_resolutions, source_resolutions: ``layer_resolutions`` of both generators. Without the
            source's, a direction that has the target's number of layers is taken to be the target's own, and
            any other to be a StyleGAN2's.

    Returns: [w_dim] or [target_num_ws, w_dim].

    Raises:
        UsageError: the direction has neither shape, or its layers do not fit ``source_resolutions``.
    """
    if direction.ndim == 1:
        return direction
    if direction.ndim != 2:
        raise UsageError(f"A direction has the shape [w_dim] or [num_ws, w_dim], not {tuple(direction.shape)}.")
    count = direction.shape[0]
    if count == 1:
        return direction[0]
    if source_resolutions is None:
        same = count == len(target_resolutions)
        source_resolutions = target_resolutions if same else stylegan2_resolutions(count)
    if len(source_resolutions) != count:
        raise UsageError(f"The direction has {count} layers, its generator {len(source_resolutions)}.")
    return direction[list(map_layers(source_resolutions, target_resolutions))]


def map_layer_range(
    layers: Iterable[int], source_resolutions: Sequence[int], target_resolutions: Sequence[int]
) -> tuple[int, ...]:
    """The target generator's layers that take their role from one of the source's ``layers``."""
    wanted = set(layers)
    return tuple(index for index, source in enumerate(map_layers(source_resolutions, target_resolutions)) if source in wanted)


def _role_table(resolutions: Sequence[int]) -> dict[LayerRole, int]:
    """The style of every role. A resolution without a to-image style of its own gets the next one's first."""
    table: dict[LayerRole, int] = {role: index for index, role in reversed(list(enumerate(layer_roles(resolutions))))}
    first_at = {resolution: index for index, resolution in reversed(list(enumerate(resolutions)))}
    for resolution in first_at:
        higher = [other for other in first_at if other > resolution]
        last = max(index for index, other in enumerate(resolutions) if other == resolution)
        table.setdefault((resolution, "image"), first_at[min(higher)] if higher else last)
    return table


def _find_role(table: dict[LayerRole, int], role: LayerRole) -> int:
    resolution, kind = role
    nearest = min({known for known, _ in table}, key=lambda known: (_octaves(known, resolution), known))
    stand_ins: tuple[LayerKind, ...] = (kind, "up", "conv", "const", "image")
    return next(table[nearest, each] for each in stand_ins if (nearest, each) in table)


def _octaves(a: int, b: int) -> float:
    return max(a, b) / min(a, b)


def _size(w_plus: Tensor) -> str:
    return f"{w_plus.shape[1]} layers of {w_plus.shape[2]} numbers"


def _layer_weight(w_plus: Tensor, layers: Iterable[int] | None, amount: float) -> Tensor:
    """[1, num_ws, 1] holding ``amount`` in the chosen layers and 0 elsewhere."""
    num_ws = w_plus.shape[1]
    if layers is None:
        return torch.full((1, num_ws, 1), amount, dtype=w_plus.dtype, device=w_plus.device)
    weight = torch.zeros(1, num_ws, 1, dtype=w_plus.dtype, device=w_plus.device)
    for layer in layers:
        if not 0 <= layer < num_ws:
            raise UsageError(f"Layer {layer} does not exist.", hint=f"This generator has layers 0 to {num_ws - 1}.")
        weight[0, layer, 0] = amount
    return weight
