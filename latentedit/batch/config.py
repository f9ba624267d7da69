"""What a batch does to every photograph, and how two batches are told apart."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from latentedit.defaults import DEFAULT_GENERATOR
from latentedit.edits import CompositingMode, Region
from latentedit.errors import DirectionError, UsageError
from latentedit.face_choice import split_face
from latentedit.image_io.kinds import kind_for_suffix
from latentedit.requested_crosses import Parent
from latentedit.requested_edits import Assignment
from latentedit.requested_masks import Masking
from latentedit.requested_mixes import Mix
from latentedit.requested_variations import Variation

if TYPE_CHECKING:
    from latentedit.generators import GeneratorSpec

_NOT_IN_A_NAME = frozenset('/\\<>:"|?*')


@dataclass(frozen=True)
class BatchConfig:
    """The settings of a batch.

    Attributes:
        edits, mixes, parents, variations: what is done to each face, in this order; a direction's or project's file by its path.
        mode: how drawings go back into the photograph; None keeps what a project has, and is ``residual`` for photographs.
        masking: what part of each face goes back into the photograph; a painted mask by its path.
        face: ``largest``, ``all`` or a number from 0.
        crop: write the face alone at the generator's size.
        generator: what photographs are projected with; projects keep their own.
        resolution: pixels of its images, where its file does not tell.
        preset, steps, seed: of the projection.
        format: the kind of the results as a suffix without its dot (``png``); None keeps the photograph's own.
        suffix: added to the names of results, before the dot.
        mark_ai: note in the results that a trained model changed them.
        keep_projects: write a project beside each result.

    Raises:
        UsageError: a value is none of those, or two contradict each other.
    """

    edits: tuple[Assignment, ...] = ()
    mixes: tuple[Mix, ...] = ()
    mode: CompositingMode | None = None
    masking: Masking = field(default_factory=Masking)
    face: str = "all"
    crop: bool = False
    generator: str = DEFAULT_GENERATOR
    resolution: int | None = None
    preset: str = "balanced"
    steps: int | None = None
    seed: int = 0
    format: str | None = None
    suffix: str = ""
    mark_ai: bool = True
    keep_projects: bool = False
    parents: tuple[Parent, ...] = ()
    variations: tuple[Variation, ...] = ()

    def __post_init__(self) -> None:
        if self.mode is not None and self.mode not in get_args(CompositingMode):
            raise UsageError(f"There is no mode {self.mode}.", hint=f"Choose one of {', '.join(get_args(CompositingMode))}.")
        if self.face not in ("largest", "all") and not (self.face.isascii() and self.face.isdecimal()):
            raise UsageError(f"There is no face called {self.face!r}.", hint="Say largest, all, or a number: 0 is the largest.")
        if self.crop and self.face == "all":
            raise UsageError("--crop writes one face, and all are to be edited.", hint="Choose one: --face largest.")
        if not self.suffix.isprintable() or _NOT_IN_A_NAME & set(self.suffix):
            raise UsageError(f"{self.suffix!r} cannot stand in a file's name.", hint="Use letters, digits and -_.")
        if self.format is not None:
            object.__setattr__(self, "format", self.format.removeprefix("."))
            kind_for_suffix(Path(f"x.{self.format}"))

    def all_mixes(self) -> list[Mix]:
        """The mixes, and those that crosses will be."""
        return [*self.mixes, *(parent.as_mix() for parent in self.parents)]

    def edit_regions(self) -> list[str | None]:
        """Where edits are to be."""
        return [*(wanted.region for wanted in self.edits), *(wanted.region for wanted in self.variations)]

    @property
    def changes_photographs(self) -> bool:
        """Whether a photograph comes out other than it went in."""
        return self._draws_faces or self.format is not None

    @property
    def projects_photographs(self) -> bool:
        """Whether anything is asked for that needs the latents of a photograph's faces."""
        return self._draws_faces or self.keep_projects

    @property
    def _draws_faces(self) -> bool:
        asked = self.edits or self.mixes or self.parents or self.variations or self.crop
        return bool(asked) or self.mode not in (None, "residual")


def projection_settings(config: BatchConfig, spec: GeneratorSpec) -> dict[str, Any]:
    """All that decides what a face's projection finds, as JSON.

    Raises:
        UsageError: there is no such preset, or the number of steps is not positive.
    """
    from latentedit.projection import preset_config

    numbers = asdict(preset_config(config.preset, config.steps))
    return {"generator": spec.name, "weights": spec.weights_hash, "preset": config.preset, "seed": config.seed, "config": numbers}


def settings_of(config: BatchConfig, spec: GeneratorSpec) -> dict[str, Any]:
    """All that decides what becomes of a photograph, as JSON: what edits name is told by its content.

    Raises:
        UsageError: there is no such preset, or the number of steps is not positive.
        OSError: a file cannot be read.
    """
    return {
        "projection": projection_settings(config, spec),
        "face": config.face,
        "edits": [_edit(edit, spec) for edit in config.edits],
        "mixes": [{**_source(mix.source), "layers": mix.layers, "amount": mix.amount} for mix in config.mixes],
        **_later_settings(config),
        "mode": config.mode,
        "crop": config.crop,
        "format": config.format,
        "suffix": config.suffix,
    }


def _later_settings(config: BatchConfig) -> dict[str, Any]:
    """What older versions did not know, only where it is asked for, so that the settings of their batches stay what they were."""
    masking = {**config.masking._asdict(), "region": _region(config.masking.region)}
    settings: dict[str, Any] = {"mask": masking} if config.masking != Masking() else {}
    if not config.mark_ai:
        settings["mark_ai"] = False
    if config.parents:
        settings["parents"] = [{**_source(parent.source), "weight": parent.weight} for parent in config.parents]
    if config.variations:
        settings["variations"] = [{**wanted._asdict(), "region": _region(wanted.region)} for wanted in config.variations]
    return settings


def settings_hash(settings: dict[str, Any]) -> str:
    """A sha256 (hex) that is equal for equal settings."""
    return hashlib.sha256(json.dumps(settings, sort_keys=True).encode()).hexdigest()


def _edit(edit: Assignment, spec: GeneratorSpec) -> dict[str, Any]:
    # Layers only where they are named, so that the settings of older batches stay what they were.
    layers = {} if edit.layers is None else {"layers": edit.layers}
    return {**_direction(edit.name, spec), "amount": edit.amount, "region": _region(edit.region), **layers}


def _direction(name: str, spec: GeneratorSpec) -> dict[str, str]:
    """A direction by what it moves, whether it ships, is the user's own, or lies in a file; a project's own by its name."""
    from latentedit.directions.loading import find_direction

    try:
        direction = find_direction(name, spec)
    except (UsageError, DirectionError):
        return {"name": name}
    moved = hashlib.sha256(direction.vector.numpy().tobytes())
    moved.update(repr(direction.layers).encode())
    return {"name": direction.name, "sha256": moved.hexdigest()}


def _region(region: str | None) -> dict[str, str] | None:
    if region is None:
        return None
    return {"name": region} if region in get_args(Region) else _named(region)


def _source(name: str) -> dict[str, Any]:
    path, face = split_face(name)
    if path is None:
        return _named(name)
    return {**_named(str(path)), **({} if face is None else {"face": face})}


def _named(name: str) -> dict[str, str]:
    path = Path(name)
    if not path.is_file():
        return {"name": name}
    return {"name": path.stem, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
