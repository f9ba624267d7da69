"""Whether a batch's settings fit every photograph and project of it, told before the first is worked on. No weights are loaded for it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from latentedit.batch.config import BatchConfig
from latentedit.batch.inputs import BatchItem
from latentedit.edits import Region
from latentedit.errors import CheckpointError, LatentEditError, ProjectFileError
from latentedit.project_archive import is_zip
from latentedit.requested_edits import require_known
from latentedit.requested_masks import AUTO

if TYPE_CHECKING:
    from latentedit.brush import Brush
    from latentedit.engine import Engine
    from latentedit.generators import GeneratorSpec
    from latentedit.project_file import Project


def require_settings(config: BatchConfig, items: Sequence[BatchItem], engine: Engine) -> None:
    """Fail where the work on an item would fail by what the settings name.

    A project that cannot be read, or whose generator is not there, fails when it is worked on: that is no fault of the settings.

    Args:
        engine: knows the generators.

    Raises:
        UsageError, DirectionError, ProjectFileError, CheckpointError: a direction, a source to mix with, a layer or a painted mask does not exist
            or does not fit.
        PhotoError: a painted mask is no picture.
    """
    from latentedit.images import read_mask

    for region in _regions(config):
        if _is_file_of_mask(region):
            read_mask(region)
    projects = [item for item in items if item.is_project or is_zip(item.path)]
    if len(projects) < len(items):
        _require(config, engine.spec(config.generator), own=(), brushes={})
    for item in projects:
        known = _read(item, engine)
        if known is None:
            continue
        project, spec = known
        try:
            own = [direction.name for direction in project.directions]
            _require(config, spec, own=own, brushes={brush.region: brush for brush in project.brushes})
        except LatentEditError as error:
            error.args = (f"{item.name}: {error}",)
            raise


def _read(item: BatchItem, engine: Engine) -> tuple[Project, GeneratorSpec] | None:
    """A project and the facts about its generator; None where it will fail by itself."""
    from latentedit.project_file import load_project

    try:
        project = load_project(item.path)
        return None if project.generator is None else (project, engine.spec_of(project.generator))
    except (ProjectFileError, CheckpointError):
        return None


def _require(config: BatchConfig, spec: GeneratorSpec, *, own: Collection[str], brushes: Mapping[str, Brush]) -> None:
    from latentedit.brush import known_brush

    require_known(config.edits, config.all_mixes(), spec, own=own)
    for region in _regions(config):
        if region not in get_args(Region) and not _is_file_of_mask(region):
            known_brush(brushes, region)


def _regions(config: BatchConfig) -> Iterator[str]:
    """What the settings name as masks, each once."""
    named = (config.masking.region, *config.edit_regions())
    yield from dict.fromkeys(region for region in named if region is not None and region != AUTO)


def _is_file_of_mask(region: str) -> bool:
    return region not in get_args(Region) and Path(region).is_file()
