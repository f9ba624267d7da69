"""``project()``: from an aligned photograph to a latent, as an iterator of steps."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Protocol, get_args

import torch
from torch import Tensor

from latentedit.errors import InputError, UsageError
from latentedit.generators.base import Generator
from latentedit.perceptual.base import Distance
from latentedit.projection import image2stylegan, stylegan2
from latentedit.projection.coarse_to_fine import CoarseToFine
from latentedit.projection.config import Method, ProjectionConfig, Space, preset_config
from latentedit.projection.descent import Descent
from latentedit.projection.objective import WHOLE_PX, prepare_target
from latentedit.projection.step import ProjectionStep, State
from latentedit.projection.tuning import WeightTuning

if TYPE_CHECKING:
    from latentedit.assets import AssetStore


class Croppable(Protocol):
    """A face in a photograph, as far as projection cares."""

    def crop(self, size: int) -> Tensor:
        """The aligned square [1, 3, size, size] in [-1, 1]."""
        ...


MIN_PX = 32
"""What the networks that measure distances leave something of."""


def project(
    generator: Generator,
    target: Croppable | Tensor,
    *,
    preset: str = "balanced",
    method: Method = "auto",
    space: Space = "w_plus",
    steps: int | None = None,
    seed: int = 0,
    config: ProjectionConfig | None = None,
    distance: Distance | None = None,
    detail: Distance | None = None,
    store: AssetStore | None = None,
    resume: State | None = None,
) -> Iterator[ProjectionStep]:
    """Find the latent that draws ``target``.

    To cancel, stop iterating. The same arguments on the same machine give the same result.

    Args:
        generator: draws the images; its parameters are left as they are.
        target: a face, or an aligned image [1, 3, R, R] in [-1, 1] at the generator's resolution.
        preset: ``fast``, ``balanced`` or ``best``; how much work method ``auto`` does.
        method: ``auto`` (ours), ``stylegan2`` or ``image2stylegan`` (the published ones, with their own numbers of steps).
        space: ``w`` for one vector, ``w_plus`` for one per layer.
        steps: the number of steps in all, instead of the preset's or the method's.
        seed: of everything random.
        config: settings of method ``auto`` instead of a preset's.
        distance, detail: perceptual distances for the whole and for the face region; the method's own when None. Generators that do
            not draw photographs (``toy``) are compared by an image pyramid, without any download.
        store: where the distances' weights are kept.
        resume: the ``snapshot()`` of a step of the same projection, to continue after it.

    Raises:
        UsageError: an argument is not one of those above, or the generator draws less than :data:`MIN_PX`.
        InputError: the target's shape does not fit, or ``resume`` is from another projection.
    """
    if method not in get_args(Method):
        raise UsageError(f"There is no method {method}.", hint="Choose auto, stylegan2 or image2stylegan.")
    if space not in get_args(Space):
        raise UsageError(f"There is no space {space}.", hint="Choose w or w_plus.")
    if steps is not None and steps < 1:
        raise UsageError("The number of steps must be at least 1.")
    if generator.img_resolution < MIN_PX:
        raise UsageError(
            f"The generator {generator.spec.name} draws {generator.img_resolution} pixels, too few to be compared with a photograph.",
            hint=f"Photographs are projected with generators of {MIN_PX} pixels and more.",
        )
    plan = preset_config(preset, steps) if config is None else config
    image = _target_image(generator, target)
    whole, close = _distances(generator, method, distance, detail, store)
    is_face = generator.spec.domain == "face"
    small_px = generator.spec.preview_resolution or generator.img_resolution
    prepared = prepare_target(
        image,
        distance=whole,
        detail=close,
        detail_px=plan.detail_px,
        is_face=is_face,
        small_px=small_px if method == "auto" else WHOLE_PX,
    )

    stages: list[Callable[[Tensor], Descent]] = []
    counts: list[int] = []
    if method == "stylegan2":
        count = steps or stylegan2.NUM_STEPS
        stages.append(lambda _: stylegan2.StyleGan2Projector(generator, prepared, num_steps=count, space=space, seed=seed))
        counts.append(count)
    elif method == "image2stylegan":
        count = steps or image2stylegan.NUM_STEPS
        stages.append(lambda _: image2stylegan.Image2StyleGan(generator, prepared, num_steps=count, space=space, seed=seed))
        counts.append(count)
    else:
        stages.append(lambda _: CoarseToFine(generator, prepared, plan, space=space, seed=seed))
        counts.append(plan.coarse_steps + plan.fine_steps)
        if plan.tuning_steps:
            stages.append(lambda pivot: WeightTuning(generator, prepared, plan, pivot=pivot, seed=seed))
            counts.append(plan.tuning_steps)
    yield from _run(stages, counts, resume)


def _run(stages: Sequence[Callable[[Tensor], Descent]], counts: Sequence[int], resume: State | None) -> Iterator[ProjectionStep]:
    """Go through the stages in turn; each starts from the latent that the one before it reached."""
    began = time.monotonic()
    first_stage, first_index, pivot = _position(resume, counts)
    done = sum(counts[:first_stage]) + first_index
    for number in range(first_stage, len(stages)):
        stage = stages[number](pivot)
        start = 0
        if number == first_stage and resume is not None:
            stage.restore(resume)
            start = first_index
        for index in range(start, counts[number]):
            report = stage.step(index)
            done += 1
            here = pivot

            def snapshot(stage: Descent = stage, number: int = number, index: int = index, here: Tensor = here) -> State:
                return stage.state() | {"position": torch.tensor([number, index + 1]), "pivot": here.clone()}

            yield ProjectionStep(
                step=done,
                num_steps=sum(counts),
                phase=report.phase,
                loss=report.loss,
                w_plus=stage.w_plus(),
                image=report.image,
                seconds=time.monotonic() - began,
                snapshot=snapshot,
                noise=stage.noise(),
                weight_delta=stage.weight_delta(),
            )
        pivot = stage.w_plus()


def _position(resume: State | None, counts: Sequence[int]) -> tuple[int, int, Tensor]:
    """Where to start: stage, step within it, and the latent that the stage before it reached."""
    if resume is None:
        return 0, 0, torch.empty(0)
    try:
        stage, index = (int(n) for n in resume["position"])
        pivot = resume["pivot"]
    except (KeyError, ValueError) as error:
        raise InputError("The saved projection is damaged.", hint="Delete it and start again.") from error
    if not (0 <= stage < len(counts) and 0 <= index <= counts[stage]):
        raise InputError("The saved projection had other settings.", hint="Delete it and start again.")
    return stage, index, pivot


def _target_image(generator: Generator, target: Croppable | Tensor) -> Tensor:
    resolution = generator.img_resolution
    image = target if isinstance(target, Tensor) else target.crop(resolution)
    if image.shape != (1, 3, resolution, resolution):
        raise InputError(
            f"The target is {list(image.shape)}; this generator needs [1, 3, {resolution}, {resolution}].",
            hint="Crop it with face.crop(generator.img_resolution).",
        )
    return image.to(generator.device, torch.float32)


def _distances(
    generator: Generator, method: Method, distance: Distance | None, detail: Distance | None, store: AssetStore | None
) -> tuple[Distance, Distance]:
    """The distances that the method is defined with, unless others are given."""
    from latentedit.perceptual.base import PyramidDistance
    from latentedit.perceptual.lpips import load_lpips
    from latentedit.perceptual.vgg_features import load_vgg_feature_distance

    if generator.spec.domain == "toy":
        return distance or PyramidDistance(), detail or PyramidDistance()
    device = generator.device
    if distance is None:
        if method == "image2stylegan":
            distance = load_vgg_feature_distance(store=store, device=device)
        else:
            distance = load_lpips("vgg" if method == "stylegan2" else "alex", store=store, device=device)
    if detail is None:
        # The published methods do not look closer; sharing the distance costs one evaluation on the target.
        detail = load_lpips("vgg", store=store, device=device) if method == "auto" else distance
    return distance, detail
