"""What there is to draw with, as a list shows it."""

from __future__ import annotations

from dataclasses import dataclass

from PyQt6.QtCore import QCoreApplication

from latentedit.assets import AssetStore
from latentedit.errors import CheckpointError
from latentedit.generators import GeneratorEntry, GeneratorSpec, generator_entries
from latentedit_gui.catalogue_words import CatalogueWords
from latentedit_gui.error_words import error_words

translate = QCoreApplication.translate


@dataclass(frozen=True)
class Listed:
    """A generator with what is known without loading it.

    Attributes:
        entry: how it is obtained.
        spec: what it is; None when its file is damaged.
        problem: why, then.
        to_fetch: how many bytes must be downloaded before it can be used.
        limits: what it may not be used for, in the user's language where the program knows it; "" for nothing told.
    """

    entry: GeneratorEntry
    spec: GeneratorSpec | None
    problem: str = ""
    to_fetch: int = 0
    limits: str = ""

    @property
    def name(self) -> str:
        """Under which everything knows it."""
        return self.entry.name

    @property
    def own(self) -> bool:
        """Whether the user imported it."""
        return self.entry.path is not None


def listed(store: AssetStore) -> list[Listed]:
    """All generators; reads the beginnings of files."""
    found = []
    for entry in generator_entries().values():
        try:
            spec = entry.spec()
            found.append(Listed(entry, spec, to_fetch=_bytes_to_fetch(entry, store), limits=_limits(entry, spec, store)))
        except CheckpointError as error:
            found.append(Listed(entry, None, error_words(error).line))
    return found


def _bytes_to_fetch(entry: GeneratorEntry, store: AssetStore) -> int:
    if entry.asset is None or store.status(entry.asset) == "present":
        return 0
    archives = {member.archive for member in store.asset(entry.asset).members}
    return sum(archive.size_bytes for archive in archives)


def _limits(entry: GeneratorEntry, spec: GeneratorSpec, store: AssetStore) -> str:
    return spec.restrictions if entry.asset is None else CatalogueWords().limits(store.asset(entry.asset))


def in_short(one: Listed) -> str:
    """What stands below a name: what it draws, how large."""
    if one.spec is None:
        return translate("ModelsPanel", "damaged")
    drawn = domain_words(one.spec.domain)
    return translate("ModelsPanel", "{what}, {pixels} px").format(what=drawn, pixels=one.spec.img_resolution)


def domain_words(domain: str) -> str:
    """What a generator draws."""
    return {
        "face": translate("ModelsPanel", "Faces"),
        "image": translate("ModelsPanel", "Pictures of any kind"),
        "toy": translate("ModelsPanel", "Coloured blobs, to try things out"),
    }.get(domain, domain)


def megabytes(count: int) -> str:
    """``37588926`` -> ``38 MB``."""
    return translate("ModelsPanel", "{} MB").format(max(1, round(count / 1e6)))


def facts(one: Listed) -> list[tuple[str, str]]:
    """All that a person should know, licence and limits among it, each under what it is called."""
    spec = one.spec
    if spec is None:
        return [(translate("ModelsPanel", "Problem"), one.problem)]
    where = translate("ModelsPanel", "on this computer")
    if one.to_fetch:
        where = translate("ModelsPanel", "{} will be downloaded when it is first used").format(megabytes(one.to_fetch))
    rows = [
        (translate("ModelsPanel", "Draws"), in_short(one)),
        (translate("ModelsPanel", "Licence"), spec.licence or translate("ModelsPanel", "not known")),
        (translate("ModelsPanel", "Limits"), one.limits),
        (translate("ModelsPanel", "Comes from"), spec.origin),
        (translate("ModelsPanel", "Learnt from"), spec.training_data),
        (translate("ModelsPanel", "Weights"), where),
        (
            translate("ModelsPanel", "Architecture"),
            translate("ModelsPanel", "{architecture}, {layers} layers").format(
                architecture=spec.architecture, layers=spec.num_ws
            ),
        ),
        (translate("ModelsPanel", "Classes"), str(spec.c_dim) if spec.c_dim else ""),
        (translate("ModelsPanel", "Fingerprint"), spec.weights_hash[:16]),
    ]
    return [(name, value) for name, value in rows if value]
