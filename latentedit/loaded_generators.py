"""Generators on one device, each loaded once, found by name, by file, or as the one that a project was made with."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from latentedit.errors import CheckpointError, ResolutionError
from latentedit.generators import Generator, GeneratorSpec, generator_entries, is_generator, load_generator
from latentedit.generators.library import GeneratorLibrary
from latentedit.generators.rgb import in_colour
from latentedit.project_file import GeneratorIdentity

if TYPE_CHECKING:
    from latentedit.assets import AssetStore


class LoadedGenerators:
    """Those that were asked for. All draw in colour."""

    def __init__(self, device: str, store: AssetStore | None) -> None:
        self._device, self._store = device, store
        self._known: dict[tuple[str, int | None], Generator] = {}  # by name, and by the resolution that was told
        self._told: dict[str, int] = {}

    def tell_resolution(self, name: str, img_resolution: int) -> None:
        """Say how many pixels a checkpoint's images have, for a file that does not tell."""
        self._told[name] = img_resolution

    def add(self, name: str, generator: Generator) -> None:
        """Make one known that is loaded already."""
        self._known[name, None] = generator

    def get(self, name: str) -> Generator:
        """The generator of a name or path.

        Raises:
            UsageError, DeviceError, AssetError, CheckpointError: it cannot be loaded.
        """
        return self._loaded(name, self._told.get(name))

    def spec(self, name: str) -> GeneratorSpec:
        """The facts about a generator; only a file that is not imported has to be loaded for them.

        Raises:
            UsageError, DeviceError, CheckpointError: as :meth:`get`.
        """
        entry = generator_entries().get(name)
        return self.get(name).spec if entry is None or (name, None) in self._known else entry.spec()

    def get_of(self, identity: GeneratorIdentity) -> Generator:
        """The generator that a project was made with, of its name or of another; the project tells its resolution.

        Raises:
            CheckpointError: it is not there, or the one of that name has other weights.
            DeviceError, AssetError: it cannot be loaded.
        """
        for (name, _), generator in self._known.items():
            if identity.name in (name, generator.spec.name) and _is_the_one(generator.spec, identity):
                return generator
        name = self._name_of(identity)
        is_named = name in generator_entries() or (name, None) in self._known
        try:
            generator = self.get(name) if is_named else self._loaded(name, identity.img_resolution)
        except ResolutionError as error:
            raise _other_weights(identity) from error
        _require_identity(generator.spec, identity)
        return generator

    def spec_of(self, identity: GeneratorIdentity) -> GeneratorSpec:
        """As :meth:`get_of`, the facts alone, for which only a file that is not imported has to be loaded.

        Raises:
            CheckpointError, DeviceError: as :meth:`get_of`.
        """
        name = self._name_of(identity)
        if name not in generator_entries():
            return self.get_of(identity).spec
        spec = self.spec(name)
        _require_identity(spec, identity)
        return spec

    def _loaded(self, name: str, img_resolution: int | None) -> Generator:
        key = name, img_resolution
        if key not in self._known:
            self._known[key] = in_colour(load_generator(name, self._device, img_resolution, store=self._store))
        return self._known[key]

    def _name_of(self, identity: GeneratorIdentity) -> str:
        """What the generator that a project was made with is called here."""
        if any(name == identity.name for name, _ in self._known) or is_generator(identity.name):
            return identity.name
        library = GeneratorLibrary.default()
        # Several may share a former hash; the very one comes first.
        exact = library.find(lambda spec: spec.weights_hash == identity.weights_hash and _is_the_one(spec, identity))
        name = exact or library.find(lambda spec: _is_the_one(spec, identity))
        if name is None:
            raise CheckpointError(
                f"The project was made with the generator {identity.name}, which is not there.",
                hint="Import it: latentedit models import FILE --name NAME.",
            )
        return name


def _is_the_one(spec: GeneratorSpec, identity: GeneratorIdentity) -> bool:
    """Whether a generator is the one of a project, by its hash or by that of earlier versions."""
    own = replace(GeneratorIdentity.of(spec), name=identity.name)
    return identity in (own, replace(own, weights_hash=spec.former_hash))


def _require_identity(spec: GeneratorSpec, identity: GeneratorIdentity) -> None:
    if not _is_the_one(spec, identity):
        raise _other_weights(identity)


def _other_weights(identity: GeneratorIdentity) -> CheckpointError:
    return CheckpointError(
        f"The project was made with other weights of the generator {identity.name}.",
        hint="Install the weights that it was made with, or project the photograph again.",
    )
