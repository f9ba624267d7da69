"""Opening a checkpoint of any program as a generator: by what is in it, never by its name, and without running any of it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

from latentedit.checkpoints.foreign import stored_contents
from latentedit.checkpoints.pickle_instructions import shown
from latentedit.errors import CheckpointError, ResolutionError
from latentedit.generators.architectures import assemble
from latentedit.generators.card import Card
from latentedit.generators.formats.found import FoundGenerator, Source
from latentedit.generators.formats.genforce import read_genforce
from latentedit.generators.formats.interfacegan import read_interfacegan
from latentedit.generators.formats.lucidrains import read_lucidrains
from latentedit.generators.formats.mobilestylegan import read_mobilestylegan
from latentedit.generators.formats.nvidia import read_nvidia
from latentedit.generators.formats.rosinality_stylegan1 import read_rosinality_stylegan1
from latentedit.generators.formats.rosinality_stylegan2 import read_rosinality_stylegan2
from latentedit.generators.formats.tensorflow import read_tensorflow
from latentedit.generators.module import GeneratorModule
from latentedit.generators.native_file import read_native

MAX_BYTES = 8 << 30
READERS: tuple[Callable[[Source], FoundGenerator | None], ...] = (
    read_native,
    read_nvidia,
    read_tensorflow,
    read_rosinality_stylegan1,
    read_rosinality_stylegan2,
    read_lucidrains,
    read_genforce,
    read_interfacegan,
    read_mobilestylegan,
)
"""Each looks at what a file holds and says None when it is of another program."""
Domain = Literal["face", "image"]

_WANTED = ("G_ema", "g_ema", "g_running", "generator_smooth")
_WANTED_PREFIXES = {"GAN": ("SE.", "GE."), "state_dict": ("student.", "mapping_net.")}
"""Of the tensors of programs that write all their networks into one dictionary: lucidrains', and MobileStyleGAN.pytorch."""
_FACE_SETS = ("ffhq", "celeba", "metfaces")
_KNOWN = "Known are StyleGAN 1 to 3 of NVIDIA's, rosinality's, genforce's and lucidrains' programs, MobileStyleGAN, and latentedit's own files."
_TRANSLATORS = ("model.1.weight", "model.model.0.weight")
_TRANSLATOR = "It looks like an image-to-image generator: open it with latentedit.load_translator (docs/translators.md)."
_TRAINING_MARK = "network/g/"
_TRAINING = (
    "It is a checkpoint of a training run whose generator is none of the editor's: latentedit data samples draws its pictures."
)
_NVIDIA_MARK = ("synthesis.b4.const", "synthesis.input.freqs")
_NVIDIA_TENSORS = "It looks like the state_dict of one of NVIDIA's networks, which does not tell its sizes and options: take the .pkl with the network itself."
_AVERAGED = {"G": "G_ema", "g": "g_ema", "generator": "generator_smooth"}
"""What the averaged copy of a network is called, by the name of the one that is trained."""
_TRAINED = "The file holds only the copy of the generator that is trained, not the averaged one: its images are rougher than the program's own."
NOT_TOLD = "not told by the file: ask whoever trained it"


def read_generator(path: Path, img_resolution: int | None = None) -> FoundGenerator:
    """The generator in a checkpoint.

    Args:
        img_resolution: for files that do not tell it.

    Raises:
        CheckpointError: the file is damaged, unsafe, or of no known program.
    """
    with _naming(path), stored_contents(path, MAX_BYTES, _wanted_part) as contents:
        return generator_in(Source(contents.tree, path, img_resolution, contents.texts))


@contextmanager
def _naming(path: Path) -> Iterator[None]:
    """Errors within say which file they are about."""
    try:
        yield
    except CheckpointError as error:
        if path.name in str(error):
            raise
        error.args = (f"{shown(path.name)} cannot be read. {error}",)
        raise


def generator_in(source: Source) -> FoundGenerator:
    """The generator in what a file holds.

    Raises:
        CheckpointError: it is damaged, or of no known program.
    """
    for read in READERS:
        try:
            found = read(source)
        except (ArithmeticError, LookupError, RuntimeError, TypeError, ValueError) as error:
            # What numpy and torch raise for arrays whose shapes make no sense where they stand.
            raise CheckpointError(f"The network in {source.path.name} is damaged.", hint="Is the checkpoint whole?") from error
        if found is not None:
            return replace(found, notes=(*found.notes, _TRAINED)) if _has_only_trained(source.tree) else found
    raise CheckpointError(
        f"{source.path.name} holds no generator of a known kind.{_told(source.tree)}",
        hint=_hint(source.tree),
    )


def _hint(tree: Any) -> str:
    """What to do about a file that holds no generator, by what people try."""
    if _is_translator(tree):
        return _TRANSLATOR
    if isinstance(tree, Mapping) and any(str(name).startswith(_TRAINING_MARK) for name in tree):
        return _TRAINING
    groups = [tree, *tree.values()] if isinstance(tree, Mapping) else []
    is_nvidia = any(isinstance(group, Mapping) and any(str(name).endswith(_NVIDIA_MARK) for name in group) for group in groups)
    return _NVIDIA_TENSORS if is_nvidia else _KNOWN


def _has_only_trained(tree: Any) -> bool:
    """Whether a file holds the generator as it is trained, without the averaged one that its program draws with."""
    groups = [tree, tree.get("models")] if isinstance(tree, Mapping) else []
    return any(
        isinstance(group, Mapping) and averaged not in group and isinstance(group.get(trained), Mapping)
        for group in groups
        for trained, averaged in _AVERAGED.items()
    )


def _is_translator(tree: Any) -> bool:
    """Whether a file looks like an image-to-image generator of CycleGAN's and pix2pix's program, which people try here as well."""
    return isinstance(tree, Mapping) and any(str(name).removeprefix("module.").startswith(_TRANSLATORS) for name in tree)


def open_generator(
    path: Path, img_resolution: int | None = None, domain: Domain | None = None, *, name: str | None = None
) -> tuple[GeneratorModule, FoundGenerator, Card]:
    """Read a checkpoint and build its generator, on the CPU.

    Args:
        domain: what it draws, when the file does not tell: ``face`` for FFHQ-aligned faces, ``image`` for anything else.
        name: what the generator is called; the file's name with its folders when None.

    Returns:
        the generator, what it was built from (without the tensors, which are the generator's), and what is known about it.

    Raises:
        CheckpointError: as :func:`read_generator`.
        UsageError: ``img_resolution`` contradicts the file.
    """
    found = read_generator(path, img_resolution)
    if found.card is not None:
        card = replace(found.card, domain=domain or found.card.domain)
    else:
        file_hash = _file_hash(path)
        card = Card(
            name=path.stem,
            domain=domain or _domain(found.training_data),
            weights_hash=_with_beside(file_hash, found.beside),
            origin=f"{path.name}, a checkpoint of {found.program}",
            licence=NOT_TOLD,
            training_data=found.training_data,
            former_hash=file_hash if found.beside else "",
        )
    with _naming(path):
        generator = assemble(found, replace(card, name=name or str(path.resolve())))
    # Whoever still held the tensors would hold those that arranging replaces.
    found = replace(found, tensors={})
    generator.arrange_memory()
    if img_resolution is not None and generator.img_resolution != img_resolution:
        raise ResolutionError(f"{path.name} draws {generator.img_resolution} pixels, not {img_resolution}.")
    return generator, found, card


def _domain(training_data: str) -> Domain:
    return "face" if any(name in training_data.lower() for name in _FACE_SETS) else "image"


def _file_hash(path: Path) -> str:
    """The sha256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _with_beside(file_hash: str, beside: str) -> str:
    """What tells a network: the hash of its file, and what is not in the file."""
    return hashlib.sha256(f"{file_hash} {beside}".encode()).hexdigest() if beside else file_hash


def _wanted_part(tree: Any) -> Any:
    """Without what is not read: discriminators, optimisers, the copy of the generator that is trained."""
    if isinstance(tree, tuple | list) and len(tree) == 3:  # TensorFlow's G, D, Gs
        return tree[-1:]
    for whole, prefixes in _WANTED_PREFIXES.items():
        tensors = tree.get(whole) if isinstance(tree, dict) else None
        if isinstance(tensors, dict) and (wanted := {k: v for k, v in tensors.items() if str(k).startswith(prefixes)}):
            return {whole: wanted}
    if isinstance(tree, dict) and any(key in tree for key in _WANTED):
        return {key: value for key, value in tree.items() if key in (*_WANTED, "latent_avg", "training_set_kwargs")}
    return tree


def _told(tree: Any) -> str:
    if not isinstance(tree, Mapping):
        return ""
    names = [shown(str(name)[:40]) for name in list(tree)[:3]]
    return f" It holds {', '.join(names)}{' and more' if len(tree) > 3 else ''}." if names else ""
