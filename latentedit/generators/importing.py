"""A checkpoint becomes a generator of the user's own: read, looked at, then kept under a name."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from latentedit.atomic_file import same_file
from latentedit.errors import UsageError
from latentedit.generators.card import Card
from latentedit.generators.formats.found import FoundGenerator
from latentedit.generators.library import GeneratorLibrary
from latentedit.generators.module import GeneratorModule
from latentedit.generators.native_file import write_native
from latentedit.generators.opening import Domain, open_generator
from latentedit.generators.registry import generator_entries


@dataclass(frozen=True, eq=False)
class ReadCheckpoint:
    """A generator that was read and not kept yet.

    Attributes:
        generator: on the CPU.
        found: what it was built from.
        card: what is known about it.
    """

    generator: GeneratorModule
    found: FoundGenerator
    card: Card

    @property
    def tells_domain(self) -> bool:
        """Whether the file itself says what it draws; a face by the name of its training pictures."""
        return self.found.card is not None or self.card.domain == "face"


def read_checkpoint(path: Path, img_resolution: int | None = None, domain: Domain | None = None) -> ReadCheckpoint:
    """Read a checkpoint; the arguments are those of :func:`latentedit.generators.opening.open_generator`.

    Raises:
        UnknownResolutionError: it does not tell the size of its images, and ``img_resolution`` is None.
        CheckpointError, UsageError: as :func:`latentedit.generators.opening.open_generator`.
    """
    return ReadCheckpoint(*open_generator(path, img_resolution, domain))


def check_name(name: str, *, replacing: bool = False, library: GeneratorLibrary | None = None) -> None:
    """Refuse a name that :func:`keep` would refuse.

    Raises:
        UsageError: it cannot be used, or is in use.
    """
    library = library or GeneratorLibrary.default()
    if name in generator_entries() and name not in library.paths():
        raise UsageError(f"The name {name} is taken by a generator of the program.", hint="Choose another.")
    library.check_free(name, replacing=replacing)


def keep(
    checkpoint: ReadCheckpoint,
    name: str,
    *,
    domain: Domain | None = None,
    licence: str | None = None,
    replacing: bool = False,
    library: GeneratorLibrary | None = None,
) -> Path:
    """Make a generator that was read the user's own; returns its file.

    Args:
        domain: what it draws, instead of what is known about it.
        licence: what it may be used for, instead of what is known.
        replacing: whether it may take the place of an imported generator of the same name.
        library: the user's own when None.

    Raises:
        UsageError: the name cannot be used, or is in use and ``replacing`` is false.
        StorageError: it cannot be written.
    """
    library = library or GeneratorLibrary.default()
    check_name(name, replacing=replacing, library=library)
    card = checkpoint.card
    card = replace(card, domain=domain or card.domain, licence=card.licence if licence is None else licence)
    return library.add(name, checkpoint.generator, checkpoint.found, card, replacing=replacing)


def export(name: str, output: Path, *, library: GeneratorLibrary | None = None) -> None:
    """Write a generator of the user's own as safetensors with its card, to keep or to give on.

    Args:
        library: the user's own when None.

    Raises:
        UsageError: there is no imported generator of this name, or the file would take the place of its own.
        CheckpointError: its file cannot be read.
        StorageError: the new one cannot be written.
    """
    path = (library or GeneratorLibrary.default()).paths().get(name)
    if path is None:
        raise UsageError(f"There is no imported generator {name}.", hint="Only those that you imported can be exported.")
    if same_file(output, path):
        raise UsageError(f"{output} is the generator's own file.", hint="Choose another folder.")
    checkpoint = read_checkpoint(path)
    write_native(output, checkpoint.generator, checkpoint.found.config, checkpoint.card)
