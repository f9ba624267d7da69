"""Images whose manifold is known: convex polygons, so that precision and recall can be measured and not only estimated (Lucic et al., 2018, section 4).

An image is drawn from its corners by a function that can be differentiated: how far a picture lies from all triangles is found by moving corners, and how
near a generator comes to a triangle by moving its latent. In the paper, as here, distances are Euclidean over 28 x 28 pixels in [0, 1], and ``δ = 0.75``.
"""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor

SIDE = 28
DELTA = 0.75
_MARGIN = 2.0
_SMALLEST_AREA = 30.0
"""Pixels; smaller triangles are hardly more than noise."""


def drawn(corners: Tensor, *, side: int = SIDE) -> Tensor:
    """Convex polygons with soft edges of one pixel: ``[N, 1, side, side]`` in 0 to 1.

    A pixel is covered as far as its middle lies inside the nearest edge, cut to a half pixel on either side: what a true cover is for edges along the
    axes, and within a tenth of it for others.

    Args:
        corners: ``[N, K, 2]``, x and y in pixels, around the polygon in either direction.
        side: of the images.
    """
    at = torch.arange(side, dtype=corners.dtype, device=corners.device) + 0.5
    y, x = torch.meshgrid(at, at, indexing="ij")
    pixels = torch.stack([x, y], -1).view(1, 1, -1, 2)  # [1, 1, pixels, 2]
    start, end = corners, corners.roll(-1, 1)
    edge = end - start
    length = edge.norm(dim=-1, keepdim=True).clamp(min=1e-6)
    normal = torch.stack([-edge[..., 1], edge[..., 0]], -1) / length
    turning = torch.where(signed_area(corners) < 0, -1.0, 1.0).view(-1, 1, 1)
    inside = ((pixels - start.unsqueeze(2)) * normal.unsqueeze(2)).sum(-1) * turning  # [N, K, pixels], positive inside
    return (inside.amin(1) + 0.5).clamp(0, 1).view(-1, 1, side, side)


def signed_area(corners: Tensor) -> Tensor:
    """The area of polygons ``[N, K, 2]``, negative where the corners go round the other way: ``[N]``."""
    x, y = corners.unbind(-1)
    return 0.5 * (x * y.roll(-1, 1) - x.roll(-1, 1) * y).sum(1)


def random_triangles(count: int, *, seed: int, side: int = SIDE) -> Tensor:
    """Corners ``[count, 3, 2]``, uniform over the image but for a margin; triangles with less than 30 pixels are drawn anew."""
    random = torch.Generator().manual_seed(seed)
    corners = torch.empty(0, 3, 2)
    while len(corners) < count:
        more = _MARGIN + (side - 2 * _MARGIN) * torch.rand(count, 3, 2, generator=random)
        corners = torch.cat([corners, more[signed_area(more).abs() >= _SMALLEST_AREA]])
    return corners[:count]


def triangle_images(count: int, *, seed: int) -> Tensor:
    """A training set: ``[count, 1, 28, 28]`` uint8."""
    return torch.cat(
        [(255 * drawn(part)).round().to(torch.uint8) for part in torch.split(random_triangles(count, seed=seed), 1000)]
    )


def distance_to_triangles(image: Tensor, *, seed: int, restarts: int = 8, steps: int = 150, lr: float = 0.3) -> Tensor:
    """How far images lie from the nearest triangle that was found: ``[N]`` of ``[N, 1, 28, 28]`` in 0 to 1. An upper bound of the true distance.

    Corners start at the outermost bright pixels in random directions, and at random places, and descend.

    Args:
        image: the images.
        seed: of the starts.
        restarts: starts for each image, of which the best counts.
        steps: of each descent, by Adam.
        lr: in pixels.
    """
    random = torch.Generator().manual_seed(seed)
    best = torch.full((len(image),), torch.inf, device=image.device)
    for restart in range(restarts):
        corners = _outermost(image, random) if restart % 4 != 3 else random_triangles(len(image), seed=seed + restart).to(image)
        best = torch.minimum(best, _descend(lambda v: drawn(v).to(image), corners, image, steps=steps, lr=lr))
    return best


def distance_to_generator(
    draw: Callable[[Tensor], Tensor], starts: Tensor, image: Tensor, *, steps: int = 200, lr: float = 0.05
) -> Tensor:
    """``min_z ‖x - G(z)‖`` as far as descents find it: ``[N]``.

    Args:
        draw: latents ``[N, z_dim]`` to images ``[N, 1, 28, 28]`` in 0 to 1.
        starts: latents ``[restarts, N, z_dim]``.
        image: ``[N, 1, 28, 28]`` in 0 to 1.
        steps: of each descent, by Adam.
        lr: of the descent.
    """
    return torch.stack([_descend(draw, start, image, steps=steps, lr=lr) for start in starts]).amin(0)


def precision_recall_f1(fake_distances: Tensor, real_distances: Tensor, *, delta: float = DELTA) -> tuple[float, float, float]:
    """The share of generated images ``[N]`` within δ of the manifold, of test images ``[M]`` within δ of the generator, and their harmonic mean."""
    precision = float((fake_distances <= delta).double().mean())
    recall = float((real_distances <= delta).double().mean())
    return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _descend(draw: Callable[[Tensor], Tensor], starts: Tensor, image: Tensor, *, steps: int, lr: float) -> Tensor:
    """The smallest distance on the way of each descent: ``[N]``."""
    moving = starts.clone().requires_grad_(True)
    optimizer = torch.optim.Adam([moving], lr=lr, betas=(0.9, 0.99))
    best = torch.full((len(image),), torch.inf, device=image.device)
    for step in range(steps + 1):
        distance = (draw(moving) - image).flatten(1).norm(dim=1)
        best = torch.minimum(best, distance.detach())
        if step == steps:
            break
        for group in optimizer.param_groups:
            group["lr"] = lr * (1 - step / steps)
        optimizer.zero_grad(set_to_none=True)
        torch.autograd.backward(distance.square().sum())
        optimizer.step()
    return best


def _outermost(image: Tensor, random: torch.Generator) -> Tensor:
    """In three directions, about a third of a turn from each other, the bright pixel that lies farthest: ``[N, 3, 2]``."""
    count, _, height, width = image.shape
    turn = (
        2
        * torch.pi
        * (torch.rand(count, 1, generator=random) + torch.arange(3) / 3 + 0.15 * torch.randn(count, 3, generator=random))
    )
    direction = torch.stack([turn.cos(), turn.sin()], -1).to(image)  # [N, 3, 2]
    y, x = torch.meshgrid(torch.arange(height) + 0.5, torch.arange(width) + 0.5, indexing="ij")
    pixels = torch.stack([x, y], -1).view(-1, 2).to(image)
    reach = direction @ pixels.T  # [N, 3, pixels]
    dark = (image.flatten(1) < 0.5 * image.flatten(1).amax(1, keepdim=True)).unsqueeze(1)
    return pixels[reach.masked_fill(dark, -torch.inf).argmax(-1)]
