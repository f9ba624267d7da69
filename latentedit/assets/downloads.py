"""What editing photographs takes: which weights are still to be downloaded, grouped by the files that they come in, and fetching them step by step."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from latentedit.assets.model import Archive, Asset
from latentedit.assets.store import AssetStore

NEEDED = (
    "mobilestylegan-ffhq",
    "dlib-68-landmarks",
    "dlib-cnn-detector",
    "dlib-face-descriptor",
    "lpips-alexnet",
    "lpips-vgg16",
)
"""What opening a photograph, learning its faces and editing them takes."""


@dataclass(frozen=True)
class Download:
    """Weights that come in the same files, so that one without the others is no smaller.

    Attributes:
        assets: the catalogue's entries.
        archives: the files that are downloaded, each once.
    """

    assets: tuple[Asset, ...]
    archives: tuple[Archive, ...]

    @property
    def size_bytes(self) -> int:
        """What is downloaded for it."""
        return sum(archive.size_bytes for archive in self.archives)


@dataclass(frozen=True)
class FetchStep:
    """How far the fetching of everything is.

    Attributes:
        asset: which weights it is at.
        preparing: whether they are here and are being made ready.
        done_bytes, total_bytes: of all downloads together.
    """

    asset: str
    preparing: bool
    done_bytes: int
    total_bytes: int


def downloads(store: AssetStore, names: Sequence[str] = NEEDED) -> tuple[Download, ...]:
    """What is still to be downloaded for these weights, in their order.

    Raises:
        UsageError: there are none of that name.
    """
    groups: list[tuple[list[Asset], dict[Archive, None]]] = []
    for name in names:
        if store.status(name) == "present":
            continue
        asset = store.asset(name)
        archives = dict.fromkeys(member.archive for member in asset.members)
        for assets, known in groups:
            if known.keys() & archives.keys():
                assets.append(asset)
                known.update(archives)
                break
        else:
            groups.append(([asset], archives))
    return tuple(Download(tuple(assets), tuple(archives)) for assets, archives in groups)


def fetch(store: AssetStore, names: Sequence[str] = NEEDED) -> Iterator[FetchStep]:
    """Fetch what is missing, and make it ready. Stop iterating to cancel: what was downloaded is kept.

    Raises:
        AssetError: something cannot be downloaded, or is not what the catalogue names.
        StorageError: the folder cannot be written.
    """
    sizes = {archive.filename: archive.size_bytes for download in downloads(store, names) for archive in download.archives}
    total, done = sum(sizes.values()), dict.fromkeys(sizes, 0)
    for name in names:
        for step in store.fetch_steps(name):
            if step.phase == "download" and step.what in done:
                done[step.what] = step.done_bytes
            yield FetchStep(name, step.phase != "download", sum(done.values()), total)
        for archive in dict.fromkeys(member.archive for member in store.asset(name).members):
            if archive.filename in sizes:
                done[archive.filename] = sizes[archive.filename]
        yield FetchStep(name, True, sum(done.values()), total)
        if store.asset(name).converter is not None:
            store.converted(name)
