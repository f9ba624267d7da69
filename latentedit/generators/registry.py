"""Generators by name. Registering one here is what makes it available everywhere, and buys it the tests that run over the registry."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

import torch

from latentedit.defaults import DEFAULT_GENERATOR
from latentedit.errors import CheckpointError, DeviceError, ResolutionError, UsageError
from latentedit.generators.base import Generator, GeneratorSpec
from latentedit.generators.card import Card
from latentedit.generators.library import GeneratorLibrary
from latentedit.memory import keep_large_blocks

if TYPE_CHECKING:
    from latentedit.assets import AssetStore

MOBILESTYLEGAN = DEFAULT_GENERATOR


@dataclass(frozen=True)
class GeneratorEntry:
    """A way to obtain one generator: what it is, and how to load it on the CPU.

    Attributes:
        asset: the weights' name in the asset store, when they are fetched.
        path: the weights' file, when the user imported them.
    """

    name: str
    summary: str
    spec: Callable[[], GeneratorSpec]
    load: Callable[[AssetStore | None], Generator]
    asset: str | None = None
    path: Path | None = None


def load_generator(
    name_or_path: str | Path,
    device: str | torch.device = "cpu",
    img_resolution: int | None = None,
    *,
    store: AssetStore | None = None,
) -> Generator:
    """Load a generator as a frozen torch module in evaluation mode.

    Args:
        name_or_path: a registered or imported name (see :func:`generator_entries`), or a checkpoint of any program
            (see :mod:`latentedit.generators.opening`). Nothing in a checkpoint is run.
        device: where its parameters go.
        img_resolution: only for files that do not tell their own; must agree with the generator's otherwise.
        store: where downloaded weights are kept; the default store if None.

    Raises:
        UsageError: there is no such generator, or ``img_resolution`` contradicts it.
        DeviceError: the device is not there.
        AssetError: the weights cannot be fetched or are damaged.
        CheckpointError: the file is not there, damaged, unsafe, or of no known program.
    """
    target = resolve_device(str(device))
    if target.type == "cpu":
        keep_large_blocks()
    entry = generator_entries().get(str(name_or_path))
    generator: Generator
    if entry is not None:
        generator = entry.load(store)
        _require_resolution(generator.spec, img_resolution)
    else:
        from latentedit.generators.opening import open_generator

        generator = open_generator(checkpoint_path(name_or_path), img_resolution)[0]
    assert isinstance(generator, torch.nn.Module)
    generator.to(target)
    return generator


def generator_spec(name_or_path: str | Path, img_resolution: int | None = None) -> GeneratorSpec:
    """The facts about a generator; those of a registered or imported one are known without loading it.

    Args:
        img_resolution: as of :func:`load_generator`.

    Raises:
        UsageError, CheckpointError: as :func:`load_generator`.
    """
    entry = generator_entries().get(str(name_or_path))
    if entry is None:
        return load_generator(name_or_path, img_resolution=img_resolution).spec
    spec = entry.spec()
    _require_resolution(spec, img_resolution)
    return spec


def _require_resolution(spec: GeneratorSpec, told: int | None) -> None:
    if told is not None and told != spec.img_resolution:
        raise ResolutionError(f"{spec.name} draws {spec.img_resolution} pixels, not {told}.")


def is_generator(name_or_path: str | Path) -> bool:
    """Whether there is a generator of this name, or a file that may be one."""
    return str(name_or_path) in generator_entries() or Path(name_or_path).is_file()


def checkpoint_path(name_or_path: str | Path) -> Path:
    """The file that is meant by what is no generator's name.

    Raises:
        CheckpointError: it is written like a path, and there is no such file.
        UsageError: it is not.
    """
    path = Path(name_or_path)
    if path.is_file():
        return path
    if re.match(r"(https?|ftp|s3|gs):/", str(name_or_path)):
        raise UsageError("A generator is a name or a file, not an address.", hint="Download the file, then give its path.")
    if path.exists():
        what = "a folder" if path.is_dir() else "no regular file"
        raise CheckpointError(f"{path} is {what}.", hint="Give the path of a checkpoint's file.")
    if path.suffix or len(path.parts) > 1:
        raise CheckpointError(f"There is no file {path}.", hint="Check the spelling and the folder.")
    known = ", ".join(generator_entries())
    raise UsageError(
        f"There is no generator named {name_or_path}.", hint=f"Known generators: {known}. Or give the path of a checkpoint."
    )


def resolve_device(name: str) -> torch.device:
    """``auto`` is the first of cuda, mps and cpu that is there; any other name must be there.

    Raises:
        DeviceError: torch does not see that device.
        UsageError: torch does not know that name.
    """
    available = {"cuda": torch.cuda.is_available(), "mps": torch.backends.mps.is_available(), "cpu": True}
    if name == "auto":
        return torch.device(next(kind for kind, there in available.items() if there))
    try:
        device = torch.device(name)
    except RuntimeError as error:
        raise UsageError(f"There is no kind of device called {name}.", hint="Use auto, cpu, cuda or mps.") from error
    if not available.get(device.type, False):
        raise DeviceError(f"No {device.type} device was found.", hint="Use --device cpu, or --device auto.")
    return device


def generator_entries() -> Mapping[str, GeneratorEntry]:
    """All generators by name: those that the program brings along, then those that the user imported."""
    entries = (
        GeneratorEntry(
            MOBILESTYLEGAN,
            "FFHQ faces at 1024 px (MobileStyleGAN); fast on a CPU",
            mobilestylegan_spec,
            _load_mobilestylegan,
            MOBILESTYLEGAN,
        ),
        GeneratorEntry("toy", "seeded coloured blobs at 32 px, for tests and trying things out", _toy_spec, _load_toy),
    )
    known = {entry.name: entry for entry in entries}
    return known | {name: _imported(name, path) for name, path in GeneratorLibrary.default().paths().items() if name not in known}


def _imported(name: str, path: Path) -> GeneratorEntry:
    def load(_: AssetStore | None) -> Generator:
        from latentedit.generators.opening import open_generator

        return open_generator(path, name=name)[0]

    return GeneratorEntry(name, "imported", lambda: GeneratorLibrary.default().spec(name), load, path=path)


def mobilestylegan_spec() -> GeneratorSpec:
    """Facts about the published MobileStyleGAN FFHQ weights."""
    from latentedit.generators import mobilestylegan as m

    return m.mobilestylegan_spec(m.PUBLISHED, _mobilestylegan_card())


def _mobilestylegan_card() -> Card:
    from latentedit.assets.catalogue import CATALOGUE

    asset = CATALOGUE[MOBILESTYLEGAN]
    weights = next(member for member in asset.members if member.filename == "SynthesisNetwork.bin")
    terms = {"origin": asset.origin, "licence": asset.licence, "restrictions": asset.restrictions}
    return Card(MOBILESTYLEGAN, "face", weights.sha256, **terms)


def preview_head_path() -> Path:
    """The fitted preview head that ships with the package."""
    return Path(str(resources.files("latentedit.generators") / "data" / "mobilestylegan_preview_head.safetensors"))


def _load_mobilestylegan(store: AssetStore | None) -> Generator:
    from safetensors.torch import load_file

    from latentedit.assets import AssetStore
    from latentedit.generators.architectures import build
    from latentedit.generators.formats.found import FoundGenerator
    from latentedit.generators.mobilestylegan import PUBLISHED, parameter_name

    stored = load_file((store or AssetStore.default()).converted(MOBILESTYLEGAN))
    tensors = {parameter_name(name): value for name, value in stored.items()}
    tensors |= {f"preview_head.{name}": value.float() for name, value in load_file(preview_head_path()).items()}
    return build(FoundGenerator(PUBLISHED, tensors, "random-face"), _mobilestylegan_card())


def _toy_spec() -> GeneratorSpec:
    from latentedit.generators.toy import toy_spec

    return toy_spec()


def _load_toy(store: AssetStore | None) -> Generator:
    from latentedit.generators.toy import ToyGenerator

    return ToyGenerator()
