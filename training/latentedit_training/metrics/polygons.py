"""Images whose manifold is known: convex polygons, so that precision and recall can be measured and not only estimated (Lucic et al., 2018, section 4).

An image is drawn from its corners by a function that can be differentiated: how far a picture lies from all polygons is found by moving corners, and how
near a generator comes to a polygon by moving its latent. In the paper, as here, distances are Euclidean over 28 x 28 pixels in [0, 1], ``δ = 0.75``, and
polygons are triangles unless another number of corners is asked for.
"""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor

SIDE = 28
DELTA = 0.75
MOST_CORNERS = 6
"""Corners by chance rarely make a convex polygon of more."""
_MARGIN = 2.0
_SMALLEST_AREA = 30.0
"""Pixels; smaller polygons are hardly more than noise."""
_IMAGES_AT_ONCE = 128


def drawn(corners: Tensor, *, side: int = SIDE) -> Tensor:
    """Convex polygons with soft edges of one pixel: ``[N, 1, side, side]`` in 0 to 1.

    A pixel is covered as far as its middle lies inside the nearest edge, cut to a half pixel on either side: what a true cover is for edges along the
    axes, and within a tenth of it for others.

    Args:
        corners: ``[N, K, 2]``, x and y in pixels, around the polygon in either direction.
        side: of the images.
    """
    depth = inside(corners, _middles(side, side).to(corners))
    return (depth + 0.5).clamp(0, 1).view(-1, 1, side, side)


def inside(corners: Tensor, points: Tensor) -> Tensor:
    """How far points ``[P, 2]`` lie within the nearest edge of polygons ``[N, K, 2]``, in pixels, negative outside: ``[N, P]``. Of two corners, all is
    outside of the line."""
    start, end = corners, corners.roll(-1, 1)
    edge = end - start
    length = edge.norm(dim=-1, keepdim=True).clamp(min=1e-6)
    normal = torch.stack([-edge[..., 1], edge[..., 0]], -1) / length
    turning = torch.where(signed_area(corners) < 0, -1.0, 1.0).view(-1, 1, 1)
    return (((points - start.unsqueeze(2)) * normal.unsqueeze(2)).sum(-1) * turning).amin(1)


def _middles(height: int, width: int) -> Tensor:
    """The middles of pixels, ``[height * width, 2]``, x and y."""
    y, x = torch.meshgrid(torch.arange(height) + 0.5, torch.arange(width) + 0.5, indexing="ij")
    return torch.stack([x, y], -1).view(-1, 2)


def signed_area(corners: Tensor) -> Tensor:
    """The area of polygons ``[N, K, 2]``, negative where the corners go round the other way: ``[N]``."""
    x, y = corners.unbind(-1)
    return 0.5 * (x * y.roll(-1, 1) - x.roll(-1, 1) * y).sum(1)


def random_polygons(count: int, *, seed: int, corners: int = 3, side: int = SIDE) -> Tensor:
    """Corners ``[count, corners, 2]`` around convex polygons: uniform over the image but for a margin, and drawn anew where the polygon is not convex or has
    less than 30 pixels.

    Raises:
        ValueError: a polygon of so many corners is not drawn.
    """
    if not 3 <= corners <= MOST_CORNERS:
        raise ValueError(f"a polygon has 3 to {MOST_CORNERS} corners, not {corners}")
    random = torch.Generator().manual_seed(seed)
    found = torch.empty(0, corners, 2)
    while len(found) < count:
        drawn_anew = _MARGIN + (side - 2 * _MARGIN) * torch.rand(max(count, 64), corners, 2, generator=random)
        around = _sorted_around(drawn_anew)
        found = torch.cat([found, around[is_convex(around) & (signed_area(around).abs() >= _SMALLEST_AREA)]])
    return found[:count]


def is_convex(corners: Tensor) -> Tensor:
    """Whether polygons ``[N, K, 2]`` turn the same way at all corners: ``[N]``. For corners in the order of their angles around the middle."""
    edge = corners.roll(-1, 1) - corners
    after = edge.roll(-1, 1)
    turning = edge[..., 0] * after[..., 1] - edge[..., 1] * after[..., 0]
    return (turning > 0).all(1) | (turning < 0).all(1)


def polygon_images(count: int, *, seed: int, corners: int = 3) -> Tensor:
    """A set to train on or to test with: ``[count, 1, 28, 28]`` uint8."""
    return torch.cat(
        [
            (255 * drawn(part)).round().to(torch.uint8)
            for part in torch.split(random_polygons(count, seed=seed, corners=corners), 1000)
        ]
    )


def distance_to_polygons(
    image: Tensor, *, seed: int, corners: int = 3, restarts: int = 4, steps: int = 100, lr: float = 0.3
) -> Tensor:
    """How far images lie from the nearest polygon that was found: ``[N]`` of ``[N, 1, 28, 28]`` in 0 to 1. An upper bound of the true distance.

    Corners start at bright pixels that lie far from each other, every fourth time at random places, and descend.
    Of 32 triangles all were found, to 0.04; of as many polygons with four or six corners one or two stayed just beyond δ.

    Args:
        image: the images.
        seed: of the starts.
        corners: of the polygons.
        restarts: starts for each image, of which the best counts.
        steps: of each descent, by Adam.
        lr: in pixels.
    """
    random = torch.Generator().manual_seed(seed)
    starts = []
    for restart in range(restarts):
        anywhere = restart % 4 == 3
        other_seed = int(torch.randint(1 << 62, (1,), generator=random))
        starts.append(
            random_polygons(len(image), seed=other_seed, corners=corners).to(image)
            if anywhere
            else _far_apart(image, corners, random)
        )
    return nearest_by_descent(drawn, torch.stack(starts), image, steps=steps, lr=lr)


def distance_to_generator(
    draw: Callable[[Tensor], Tensor], starts: Tensor, image: Tensor, *, steps: int = 200, lr: float = 0.05
) -> Tensor:
    """``min_z ‖x - G(z)‖`` as far as descents find it: ``[N]``. An upper bound of the true distance.

    Args:
        draw: latents ``[N, z_dim]`` to images ``[N, 1, 28, 28]`` in 0 to 1.
        starts: latents ``[restarts, N, z_dim]``.
        image: ``[N, 1, 28, 28]`` in 0 to 1.
        steps: of each descent, by Adam.
        lr: of the descent.
    """
    return nearest_by_descent(draw, starts, image, steps=steps, lr=lr)


def precision_recall_f1(fake_distances: Tensor, real_distances: Tensor, *, delta: float = DELTA) -> tuple[float, float, float]:
    """The share of generated images ``[N]`` within δ of the manifold, of test images ``[M]`` within δ of the generator, and their harmonic mean."""
    precision = float((fake_distances <= delta).double().mean())
    recall = float((real_distances <= delta).double().mean())
    return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def nearest_by_descent(draw: Callable[[Tensor], Tensor], starts: Tensor, image: Tensor, *, steps: int, lr: float) -> Tensor:
    """The smallest distance of each image that any of its descents passes: ``[N]``.

    All descents of some images go side by side; Adam treats each number by itself, so none knows of the others.

    Args:
        draw: what is moved, ``[M, ...]``, to images ``[M, C, H, W]``.
        starts: ``[restarts, N, ...]``.
        image: ``[N, C, H, W]``.
        steps: of each descent, whose rate falls to 0.
        lr: the rate at the start.
    """
    restarts = len(starts)
    parts = zip(torch.split(starts, _IMAGES_AT_ONCE, dim=1), torch.split(image, _IMAGES_AT_ONCE), strict=True)
    return torch.cat(
        [
            _descended(draw, start.flatten(0, 1), part.repeat(restarts, 1, 1, 1), steps=steps, lr=lr).view(restarts, -1).amin(0)
            for start, part in parts
        ]
    )


def _descended(draw: Callable[[Tensor], Tensor], starts: Tensor, image: Tensor, *, steps: int, lr: float) -> Tensor:
    """The smallest distance on the way of each descent: ``[N]``."""
    moving = starts.clone().requires_grad_(True)
    optimizer = torch.optim.Adam([moving], lr=lr, betas=(0.9, 0.99))
    best = torch.full((len(image),), torch.inf, device=image.device)
    for step in range(steps + 1):
        square = (draw(moving) - image).square().flatten(1).sum(1)  # its root has no slope at 0
        best = torch.minimum(best, square.detach().sqrt())
        if step == steps:
            break
        for group in optimizer.param_groups:
            group["lr"] = lr * (1 - step / steps)
        (moving.grad,) = torch.autograd.grad(square.sum(), [moving])  # a generator's own parameters gather nothing
        optimizer.step()
    return best


def _sorted_around(corners: Tensor) -> Tensor:
    """Corners ``[N, K, 2]`` in the order of their angles around their mean."""
    away = corners - corners.mean(1, keepdim=True)
    order = torch.atan2(away[..., 1], away[..., 0]).argsort(1)
    return corners.gather(1, order.unsqueeze(-1).expand_as(corners))


def _far_apart(image: Tensor, corners: int, random: torch.Generator) -> Tensor:
    """The outermost bright pixel in a random direction, the one that lies farthest from it, and then always the one that lies farthest outside of the
    polygon so far: ``[N, corners, 2]``. Of a picture of a polygon they lie within a pixel of its corners, or nearly."""
    pixels = _middles(*image.shape[2:]).to(image)
    dark = image.flatten(1) < 0.5 * image.flatten(1).amax(1, keepdim=True)  # [N, pixels]

    def farthest(reach: Tensor) -> Tensor:
        return pixels[reach.masked_fill(dark, -torch.inf).argmax(1)].unsqueeze(1)

    turn = 2 * torch.pi * torch.rand(len(image), generator=random)
    direction = torch.stack([turn.cos(), turn.sin()], -1).to(image)
    found = farthest(direction @ pixels.T)
    found = torch.cat([found, farthest(torch.cdist(found, pixels.unsqueeze(0)).squeeze(1))], 1)
    while found.shape[1] < corners:
        found = _sorted_around(torch.cat([found, farthest(-inside(found, pixels))], 1))
    return found
