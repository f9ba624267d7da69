"""The folder in which fetched weights are kept."""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from latentedit.assets.catalogue import CATALOGUE
from latentedit.assets.checksum import forget_hashes, is_intact
from latentedit.assets.conversion import Conversion
from latentedit.assets.fetch import FetchProgress, fetch_members, storage_errors
from latentedit.assets.model import Archive, Asset, Member
from latentedit.assets.pip_settings import IndexSettings, read_settings
from latentedit.errors import AssetHashError, AssetUnreachableError, UsageError

AssetStatus = Literal["present", "missing"]


@dataclass(frozen=True)
class AssetStore:
    """Weights under ``root``: ``root/assets/NAME/FILE``, and ``converted.safetensors`` beside them.

    Every file is hashed before it is used (:mod:`latentedit.assets.checksum`); a damaged one is fetched, or converted, again.
    The folder can be copied to a machine without network and is whole there.

    Attributes:
        catalogue: what there is.
        offline: never reach for the network.
        settings: where the package indexes are; pip's own settings when None.
        on_progress: told of every step of a fetch that some other call needs.
    """

    root: Path
    catalogue: Mapping[str, Asset] = field(default_factory=lambda: CATALOGUE)
    offline: bool = False
    settings: IndexSettings | None = None
    on_progress: Callable[[FetchProgress], None] | None = None

    @staticmethod
    def default(*, offline: bool = False, on_progress: Callable[[FetchProgress], None] | None = None) -> AssetStore:
        """The user's store: ``LATENTEDIT_HOME``, or the platform's cache folder; offline also with ``LATENTEDIT_OFFLINE=1``."""
        import platformdirs

        home = os.environ.get("LATENTEDIT_HOME")
        root = Path(home) if home else Path(platformdirs.user_cache_dir("latentedit", appauthor=False))
        return AssetStore(root, offline=offline or os.environ.get("LATENTEDIT_OFFLINE") == "1", on_progress=on_progress)

    def asset(self, name: str) -> Asset:
        """The catalogue's entry.

        Raises:
            UsageError: there is none of that name.
        """
        try:
            return self.catalogue[name]
        except KeyError:
            known = ", ".join(self.catalogue)
            raise UsageError(f"There is no asset named {name}.", hint=f"Known assets: {known}.") from None

    def folder(self, name: str) -> Path:
        """Where the files of an asset are."""
        return self.root / "assets" / self.asset(name).name

    def status(self, name: str) -> AssetStatus:
        """Whether all files are there; their content is checked when they are used, and by :meth:`verify`."""
        folder = self.folder(name)
        return "present" if all((folder / m.filename).is_file() for m in self.asset(name).members) else "missing"

    def path(self, name: str, filename: str) -> Path:
        """The path of one file, fetched when it is not there or damaged.

        Raises:
            UsageError: the asset has no such file.
            AssetError, StorageError: as :meth:`ensure`.
        """
        if filename not in {member.filename for member in self.asset(name).members}:
            raise UsageError(f"The asset {name} has no file {filename}.")
        self.ensure(name)
        return self.folder(name) / filename

    def ensure(self, name: str) -> None:
        """Make all files of an asset be there, undamaged.

        Raises:
            AssetError: one cannot be fetched, or what came is not what the catalogue names.
            StorageError: the folder cannot be written.
        """
        for progress in self.fetch_steps(name):
            if self.on_progress is not None:
                self.on_progress(progress)

    def fetch_steps(self, name: str) -> Iterator[FetchProgress]:
        """Fetch what is missing or damaged of an asset, step by step; nothing when it is all there. Stop iterating to cancel.

        Raises:
            AssetError, StorageError: as :meth:`ensure`.
        """
        folder = self.folder(name)
        lacking = [member for member in self.asset(name).members if not is_intact(folder / member.filename, member.sha256)]
        if lacking and self.offline:
            state = f"damaged in {folder}" if self.status(name) == "present" else "not on this machine"
            raise AssetUnreachableError(
                f"The weights {name} are {state}, and it is to stay offline.",
                hint=f"Fetch them with a network (latentedit assets fetch {name}) or copy another machine's {self.root}.",
            )
        for archive in dict.fromkeys(member.archive for member in lacking):
            yield from self._fetch_archive(archive)

    def verify(self, name: str) -> None:
        """Hash every file of an asset again, also those that this process knows.

        Raises:
            AssetHashError: a file is missing or damaged.
        """
        forget_hashes()
        folder, again = self.folder(name), f"Fetch it again: latentedit assets fetch {name}."
        for member in self.asset(name).members:
            path = folder / member.filename
            if not path.is_file():
                raise AssetHashError(f"{path} is missing.", hint=f"Fetch it: latentedit assets fetch {name}.")
            if not is_intact(path, member.sha256):
                raise AssetHashError(f"{path} is damaged.", hint=again)
        if Conversion(folder).is_damaged():
            raise AssetHashError(f"{Conversion(folder).path} is damaged.", hint=again)

    def converted(self, name: str) -> Path:
        """The asset's weights as safetensors; converted when they were not yet, or are damaged, or were made from other files.

        The files themselves are needed, and checked, only for converting.

        Raises:
            UsageError: the asset has no converter.
            AssetError, StorageError: as :meth:`ensure`.
        """
        from filelock import FileLock

        asset, folder = self.asset(name), self.folder(name)
        if asset.converter is None:
            raise UsageError(f"The asset {name} is used as it is; there is nothing to convert.")
        module_name, _, function_name = asset.converter.partition(":")
        module = importlib.import_module(module_name)
        made_from = [*(member.sha256 for member in asset.members), str(getattr(module, "CONVERTER_VERSION", "1"))]
        conversion = Conversion(folder)
        if not conversion.is_current(made_from):
            self.ensure(name)
            with storage_errors(folder), FileLock(folder / ".convert.lock"):
                if not conversion.is_current(made_from):  # another process may have done it while this one waited
                    convert = getattr(module, function_name)
                    tensors, metadata = convert({m.filename: folder / m.filename for m in asset.members})
                    conversion.write(tensors, metadata, made_from)
        return conversion.path

    def _fetch_archive(self, archive: Archive) -> Iterator[FetchProgress]:
        """Fetch one archive under a lock, and take out every file that any asset of the catalogue lacks from it."""
        from filelock import FileLock

        partial = self.root / "downloads" / archive.filename
        with storage_errors(self.root):
            partial.parent.mkdir(parents=True, exist_ok=True)
            lock = FileLock(f"{partial}.lock")
            lock.acquire()
        try:
            wanted = [(member, path) for member, path in self._members_of(archive) if not is_intact(path, member.sha256)]
            if wanted:  # another process may have fetched it while this one waited
                yield from fetch_members(archive, wanted, partial, self.settings or read_settings(), self.root)
        finally:
            lock.release()

    def _members_of(self, archive: Archive) -> Iterator[tuple[Member, Path]]:
        for asset in self.catalogue.values():
            for member in asset.members:
                if member.archive == archive:
                    yield member, self.folder(asset.name) / member.filename
