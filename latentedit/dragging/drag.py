"""``drag()``: from points and targets to a latent that draws them there, as an iterator of steps."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator, Sequence

import torch
import torch.nn.functional as F
from torch import Tensor

from latentedit.dragging.config import DragConfig
from latentedit.dragging.motion import kept_loss, motion_loss
from latentedit.dragging.sampling import disc, sample
from latentedit.dragging.step import DragStep, State
from latentedit.dragging.tracking import track
from latentedit.errors import InputError, UsageError
from latentedit.generators.base import Generator
from latentedit.latents import map_layer_range, stylegan2_resolutions

Points = Sequence[tuple[float, float]] | Tensor
PUBLISHED_LAYERS = range(6)
"""Of StyleGAN2's 18; finer ones colour what the coarser ones place."""


def drag(
    generator: Generator,
    w_plus: Tensor,
    handles: Points,
    targets: Points,
    *,
    keep: Tensor | None = None,
    config: DragConfig | None = None,
    noise: list[Tensor] | None = None,
    resume: State | None = None,
) -> Iterator[DragStep]:
    """Move the latent until what is drawn at the handles is drawn at the targets.

    To cancel, stop iterating. The same arguments on the same machine give the same result. There are no steps when all handles are at their
    targets already.

    Args:
        generator: draws the face, with its own weights if it was tuned; its parameters are left as they are.
        w_plus: [1, num_ws, w_dim], where to begin.
        handles, targets: [K, 2], (x, y) on the square [0, 1]^2: (0, 0) is its top left corner. A handle that is its own target stays.
        keep: [h, w] in [0, 1] on the same square: 1 where the drawing should stay as it is. None: it may change everywhere.
        config: the settings.
        noise: the face's own noise maps; the generator's when None.
        resume: the ``snapshot()`` of a step of the same drag, to continue after it.

    Raises:
        UsageError: the points are not as many as targets, none, or outside of the square, a layer does not exist, or the generator
            has no features.
        InputError: ``resume`` is from another drag.
    """
    config = config or DragConfig()
    run = _Drag(generator, w_plus, _points(handles, generator), _points(targets, generator), keep, config, noise)
    done = 0 if resume is None else run.restore(resume)
    began = time.monotonic()
    features = run.features()
    while done < config.max_steps and not run.arrived:
        loss, features = run.step(features)
        done += 1
        here = done

        def snapshot(done: int = here) -> State:
            return run.state(done)

        yield DragStep(
            step=done,
            max_steps=config.max_steps,
            points=run.points.clone(),
            distances_px=tuple(float(d) * generator.img_resolution for d in run.distances),
            arrived=run.arrived,
            loss=loss,
            w_plus=run.latent().detach(),
            offset=run.offset(),
            seconds=time.monotonic() - began,
            snapshot=snapshot,
        )


class _Drag:
    """A drag under way: the moved styles, Adam's moments, and where the handles are."""

    def __init__(
        self,
        generator: Generator,
        w_plus: Tensor,
        handles: Tensor,
        targets: Tensor,
        keep: Tensor | None,
        config: DragConfig,
        noise: list[Tensor] | None,
    ) -> None:
        if handles.shape != targets.shape:
            raise UsageError(f"{len(handles)} points do not have {len(targets)} targets.")
        self.generator, self.begin, self.config, self.noise = generator, w_plus.detach(), config, noise
        self.resolution = feature_resolution(generator, config.feature_px)
        self.layers = moved_layers(generator, config)
        self.points, self.targets = handles, targets
        self.moved = torch.zeros(1, len(self.layers), generator.w_dim, device=generator.device, requires_grad=True)
        rate = config.learning_rate * float(generator.w_std) / math.sqrt(generator.w_dim)
        self.optimiser = torch.optim.Adam([self.moved], lr=rate)
        spacing = 1 / self.resolution
        self.moving = disc(config.motion_radius, spacing, generator.device)
        self.matching = disc(config.match_radius, spacing, generator.device)
        with torch.no_grad():
            self.start = self.features()
            self.reference = sample(self.start, handles[:, None] + self.moving)
            self.template = sample(self.start, handles[:, None] + self.matching)
        self.keep = None if keep is None else _fitted(keep.to(self.start), self.resolution)

    def latent(self) -> Tensor:
        """[1, num_ws, w_dim]."""
        return self.begin.index_add(1, torch.tensor(self.layers, device=self.begin.device), self.moved)

    def offset(self) -> Tensor:
        """[num_ws, w_dim]."""
        whole = torch.zeros_like(self.begin[0])
        whole[list(self.layers)] = self.moved.detach()[0]
        return whole

    def features(self) -> Tensor:
        """[1, C, r, r] of the current latent."""
        return self.generator.features(self.latent(), self.resolution, noise=self.noise)

    @property
    def distances(self) -> Tensor:
        """How far each handle is from its target, [K]."""
        return (self.targets - self.points).norm(dim=1)

    @property
    def arrived(self) -> bool:
        return bool((self.distances <= self.config.tolerance).all())

    def step(self, features: Tensor) -> tuple[float, Tensor]:
        """Move the latent by the gradient of ``features``, which are its own, and find the handles again.

        Returns: the loss before, and the features after.
        """
        c = self.config
        way = self.targets - self.points
        far = self.distances[:, None].clamp_min(1e-9)
        shifts = way * (c.motion_step / far).clamp_max(1.0)
        reference = self.reference
        if c.reference == "current":
            reference = sample(features.detach(), self.points[:, None] + self.moving)
        loss = motion_loss(features, self.points, shifts, self.moving, reference)
        if self.keep is not None:
            loss = loss + c.keep_weight * kept_loss(features, self.start, self.keep)
        self.optimiser.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        self.optimiser.step()
        after = self.features()
        where = {"radius": c.search_radius, "spacing": c.search_spacing}
        self.points = track(after.detach(), self.points, self.template, self.matching, **where)
        return float(loss.detach()), after

    def state(self, done: int) -> State:
        """What was moved, Adam's moments, the handles and the number of steps."""
        moments = {f"adam.{name}": value.clone() for name, value in self.optimiser.state[self.moved].items()}
        return {"step": torch.tensor(done), "moved": self.moved.detach().clone(), "points": self.points.clone(), **moments}

    def restore(self, state: State) -> int:
        """Take everything back from :meth:`state`; returns the number of steps.

        Raises:
            InputError: the state is not one of this drag.
        """
        try:
            adam = {name.removeprefix("adam."): value for name, value in state.items() if name.startswith("adam.")}
            # Adam counts its steps on the CPU and keeps its moments beside what it moves.
            moments = {name: value.clone() if name == "step" else value.clone().to(self.moved) for name, value in adam.items()}
            done, points, moved = int(state["step"]), state["points"].to(self.points), state["moved"]
        except (KeyError, ValueError) as error:
            raise InputError("The saved drag is damaged.", hint="Start it again.") from error
        if moments and set(moments) != {"step", "exp_avg", "exp_avg_sq"}:
            raise InputError("The saved drag is damaged.", hint="Start it again.")
        shapes = {value.shape for name, value in moments.items() if name != "step"} | {moved.shape}
        if points.shape != self.points.shape or shapes != {self.moved.shape}:
            raise InputError("The saved drag is of other points or another generator.", hint="Start it again.")
        with torch.no_grad():
            self.moved.copy_(moved)
        self.points = points
        if moments:
            self.optimiser.state[self.moved] = moments
        return done


def feature_resolution(generator: Generator, wanted_px: int) -> int:
    """The nearest resolution, in octaves, of the features that a generator gives.

    Raises:
        UsageError: it gives none.
    """
    offered = generator.spec.feature_resolutions
    if not offered:
        raise UsageError(f"The generator {generator.spec.name} does not show its features, which dragging needs.")
    return min(offered, key=lambda px: (abs(math.log2(px / wanted_px)), px))


def moved_layers(generator: Generator, config: DragConfig) -> tuple[int, ...]:
    """The styles that a drag moves, ascending.

    Raises:
        UsageError: a layer does not exist.
    """
    resolutions = generator.spec.layer_resolutions
    if config.layers == "published":
        return map_layer_range(PUBLISHED_LAYERS, stylegan2_resolutions(18), resolutions)
    if config.layers == "seen":
        seen_px = feature_resolution(generator, config.feature_px)
        return tuple(layer for layer, px in enumerate(resolutions) if px <= seen_px)
    layers = tuple(sorted(set(config.layers)))
    if not layers or not 0 <= layers[0] <= layers[-1] < generator.num_ws:
        raise UsageError(f"This generator has layers 0 to {generator.num_ws - 1}.")
    return layers


def _points(points: Points, generator: Generator) -> Tensor:
    """Points as a tensor [K, 2] on the generator's device.

    Raises:
        UsageError: there are none, or one is outside of the square.
    """
    tensor = torch.as_tensor(points, dtype=torch.float32, device=generator.device)
    if tensor.ndim != 2 or tensor.shape[0] == 0 or tensor.shape[1] != 2:
        raise UsageError("Points are pairs of numbers, and there is at least one.")
    if not bool(((tensor >= 0) & (tensor <= 1)).all()):
        raise UsageError("A point lies outside of the face's square.", hint="Its corners are (0, 0) and (1, 1).")
    return tensor


def _fitted(keep: Tensor, resolution: int) -> Tensor:
    """A mask [h, w] averaged or interpolated to [1, 1, resolution, resolution]."""
    whole = keep[None, None].clamp(0, 1)
    if min(keep.shape) >= resolution:
        return F.interpolate(whole, size=(resolution, resolution), mode="area")
    return F.interpolate(whole, size=(resolution, resolution), mode="bilinear", align_corners=False)
