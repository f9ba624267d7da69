"""Drawing: loaded generators, and faces drawn from latents and edits, each drawn once as long as it is remembered."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

import torch
from torch import Tensor

from latentedit import latents as arithmetic
from latentedit.defaults import DEFAULT_GENERATOR, DEFAULT_PSI
from latentedit.edits import DirectionEdit, DragEdit, Edit, FaceEdits, MixEdit, NoiseMode
from latentedit.edits.edit import seed_of
from latentedit.errors import DirectionError, ProjectFileError, UsageError
from latentedit.face_latents import FaceLatents
from latentedit.generators import Generator, GeneratorSpec
from latentedit.generators.delta import apply_delta
from latentedit.generators.prior import random_face
from latentedit.images import require_finite
from latentedit.loaded_generators import LoadedGenerators
from latentedit.masks import FaceInSquare, edit_mask
from latentedit.project_file import GeneratorIdentity
from latentedit.side_process import Caller, call_here

if TYPE_CHECKING:
    from latentedit.assets import AssetStore

CACHE_BYTES = 256 * 2**20
"""Drawings kept by default: about twenty at 1024 px."""
_MAX_TUNED = 4  # generators with a face's own weights; they share all other weights with the original
_RANDOM_NOISE_SEED = 0


Value = TypeVar("Value")


class DirectionLike(Protocol):
    """What the engine needs of a direction."""

    def apply(self, w_plus: Tensor, amount: float, layers: Iterable[int] | None = None) -> Tensor:
        """``w_plus`` moved by ``amount``, in ``layers`` or else in those that the direction itself names."""
        ...


DirectionResolver = Callable[[str, GeneratorSpec], DirectionLike]
"""Finds a direction by the name that stands in the edit state, or raises :class:`DirectionError`."""
OwnDirections = Mapping[str, DirectionLike]
"""Directions that one session alone knows, by the names in its edit state, which go before those that the engine finds; and latents that its
mixes name, as the ways to them from the origin."""


def shipped_direction(name: str, spec: GeneratorSpec) -> DirectionLike:
    """A direction that ships with the generator.

    Only names are looked up, never paths: a project file must not make the program read other files.

    Raises:
        DirectionError: none of this name ships with it.
    """
    from latentedit.directions import default_directions

    shipped = default_directions(spec)
    if name not in shipped:
        known = ", ".join(sorted(shipped)) or "none"
        raise DirectionError(f"There is no direction {name!r} for the generator {spec.name}.", hint=f"Its directions: {known}.")
    return shipped[name]


class Engine:
    """Loads generators on one device and draws with them.

    May be shared by sessions and called from one worker thread at a time; the caches may be read while another draws. What only one of
    the sessions knows, its own directions, comes as an argument of each drawing.
    """

    def __init__(
        self,
        device: str = "cpu",
        *,
        store: AssetStore | None = None,
        resolve_direction: DirectionResolver = shipped_direction,
        cache_bytes: int = CACHE_BYTES,
        call: Caller = call_here,
    ) -> None:
        """
        Args:
            device: ``cpu``, ``cuda``, ``mps`` or ``auto``; asked for when the first generator is loaded.
            store: where weights are kept; the user's own when None.
            resolve_direction: finds the directions that edit states name.
            cache_bytes: how much memory remembered drawings may take.
            call: calls what keeps Python's lock for long when pictures are written.
        """
        self.device = device
        self.store = store
        self.call = call
        self._resolve = resolve_direction
        self._generators = LoadedGenerators(device, store)
        self._directions: dict[tuple[str, str], DirectionLike] = {}
        self._images: _LruCache[Tensor] = _LruCache(cache_bytes, lambda image: image.element_size() * image.nelement())
        self._tuned: _LruCache[Generator] = _LruCache(_MAX_TUNED, lambda _: 1)

    def generator(self, name_or_path: str | Path = DEFAULT_GENERATOR) -> Generator:
        """The generator of this name, loaded on the first call.

        Raises:
            UsageError, DeviceError, AssetError, CheckpointError: it cannot be loaded.
        """
        return self._generators.get(str(name_or_path))

    def tell_resolution(self, name_or_path: str | Path, img_resolution: int | None) -> None:
        """Say how many pixels the images of a checkpoint have whose file does not tell; None leaves it to the file. Projects tell it of theirs."""
        if img_resolution is not None:
            self._generators.tell_resolution(str(name_or_path), img_resolution)

    def spec(self, name_or_path: str | Path = DEFAULT_GENERATOR) -> GeneratorSpec:
        """The facts about a generator; only a file that is not imported has to be loaded for them.

        Raises:
            UsageError, DeviceError, CheckpointError: as :meth:`generator`.
        """
        return self._generators.spec(str(name_or_path))

    def use_generator(self, generator: Generator, name: str | None = None) -> None:
        """Make a generator that is loaded already known, under ``name`` or its own."""
        self._generators.add(name or generator.spec.name, generator)

    def generator_of(self, identity: GeneratorIdentity) -> Generator:
        """The generator that a project was made with, of its name or of another.

        Raises:
            CheckpointError: it is not there, or the one of that name has other weights.
            DeviceError, AssetError: it cannot be loaded.
        """
        return self._generators.get_of(identity)

    def spec_of(self, identity: GeneratorIdentity) -> GeneratorSpec:
        """As :meth:`generator_of`, the facts alone, for which only a file that is not imported has to be loaded.

        Raises:
            CheckpointError, DeviceError: as :meth:`generator_of`.
        """
        return self._generators.spec_of(identity)

    def direction(self, name: str, spec: GeneratorSpec) -> DirectionLike:
        """The direction of this name for a generator, as every session finds it.

        Raises:
            DirectionError: there is none.
        """
        key = (spec.weights_hash, name)
        if key not in self._directions:
            self._directions[key] = self._resolve(name, spec)
        return self._directions[key]

    @torch.no_grad()
    def edited_latent(
        self, generator: Generator, latents: FaceLatents, edits: FaceEdits, own: OwnDirections | None = None
    ) -> Tensor:
        """The latent ``w_plus`` [1, num_ws, w_dim] after truncation and the edits, first to last; masks are of the drawing, not of it.

        Args:
            own: the session's own directions.

        Raises:
            ProjectFileError: the latents do not fit the generator.
            DirectionError, UsageError: an edit names what the generator does not have.
        """
        return self._latent_after(generator, latents, edits.truncation_psi, edits.drawn().edits, own or {})

    def _latent_after(
        self, generator: Generator, latents: FaceLatents, psi: float, edits: Iterable[Edit], own: OwnDirections
    ) -> Tensor:
        w_plus = torch.tensor(latents.w_plus, device=generator.device)
        if w_plus.shape != (1, generator.num_ws, generator.w_dim):
            raise ProjectFileError(
                f"A latent of shape {list(w_plus.shape)} does not fit the generator {generator.spec.name}.",
                hint="Project the photograph again.",
            )
        w_plus = arithmetic.truncate(w_plus, generator.w_avg, psi)
        for edit in edits:
            w_plus = self._after(edit, w_plus, generator, own)
        return w_plus

    def _after(self, edit: Edit, w_plus: Tensor, generator: Generator, own: OwnDirections) -> Tensor:
        """The latent [1, num_ws, w_dim] after one edit."""
        if isinstance(edit, DirectionEdit):
            direction = own.get(edit.name) or self.direction(edit.name, generator.spec)
            return direction.apply(w_plus, edit.amount, edit.layers)
        if isinstance(edit, MixEdit):
            return arithmetic.mix(w_plus, self._mixed_in(edit.source, w_plus, generator, own), edit.layers, edit.amount)
        if isinstance(edit, DragEdit):
            return _stored(edit.offset, own, f"The offset {edit.offset} of a drag is not there.").apply(
                w_plus, edit.amount, edit.layers
            )
        strengths = [0.0] * generator.num_ws
        by_band = {"coarse": edit.coarse, "middle": edit.middle, "fine": edit.fine}
        for band, layers in arithmetic.bands(generator.spec.layer_resolutions).items():
            for layer in layers:
                strengths[layer] = by_band[band]
        return arithmetic.vary(w_plus, random_face(generator, edit.seed), generator.w_avg, strengths)

    def _mixed_in(self, source: str, w_plus: Tensor, generator: Generator, own: OwnDirections) -> Tensor:
        """The latent [1, num_ws, w_dim] that a mix's source names."""
        seed = seed_of(source)
        if seed is not None:
            return random_face(generator, seed, truncation_psi=DEFAULT_PSI)
        # A stored latent is the way to it from the origin.
        stored = _stored(source, own, f"There is no latent {source} to mix with.", "Name seed:N, face:N, or another project.")
        return stored.apply(torch.zeros_like(w_plus), 1.0)

    @torch.no_grad()
    def render_face(
        self,
        generator: Generator,
        latents: FaceLatents,
        edits: FaceEdits | None = None,
        *,
        preview: bool = False,
        own: OwnDirections | None = None,
        inside: FaceInSquare | None = None,
    ) -> Tensor:
        """Draw one face.

        Edits without masks are drawn at once; then, mask by mask in the order of the stack, what its edits add to all of those is drawn
        and laid over the picture where the mask lets it.

        Args:
            generator: the one that the latents belong to.
            edits: what is done to the face; None draws it as it was projected.
            preview: draw the generator's small, cheap image instead of the whole one.
            own: the session's own directions.
            inside: what is where in the face's square, of which masks are made; needed only for those.

        Returns:
            image [1, 3, R, R] in about [-1, 1], on the generator's device; shared with the cache, not to be changed.

        Raises:
            ProjectFileError, CheckpointError: the latents do not fit the generator.
            DirectionError, UsageError: an edit names what the generator or the session does not have, or the edits lead too far to be drawn.
        """
        drawn = (edits or FaceEdits()).drawn()
        own = own or {}
        # Another session may mean another direction by the same name: the directions themselves are part of the key.
        meant = tuple(own.get(str(edit.key[1])) for edit in drawn.edits)
        masks = {edit.mask.region for edit in drawn.edits if edit.mask is not None}
        places = inside.regions.key(masks) if masks and inside is not None else b""
        key = (generator.spec.weights_hash, latents.key, drawn, meant, preview, places)
        image = self._images.get(key)
        if image is None:
            image = self._draw(generator, latents, drawn, preview, own, inside)
            self._images.put(key, image)
        return image

    def _draw(
        self,
        generator: Generator,
        latents: FaceLatents,
        edits: FaceEdits,
        preview: bool,
        own: OwnDirections,
        inside: FaceInSquare | None,
    ) -> Tensor:
        everywhere = [edit for edit in edits.edits if edit.mask is None]

        def drawn_with(stack: Iterable[Edit]) -> Tensor:
            w_plus = self._latent_after(generator, latents, edits.truncation_psi, stack, own)
            return require_finite(self._draw_latent(generator, latents, w_plus, edits.noise_mode, preview))

        image = drawn_with(everywhere)
        for mask in dict.fromkeys(edit.mask for edit in edits.edits if edit.mask is not None):
            if inside is None:
                raise UsageError("Edits with masks need the face's landmarks.")
            over = drawn_with(edit for edit in edits.edits if edit.mask in (None, mask))
            soft = edit_mask(mask, inside, image.shape[-1])
            image = torch.lerp(image, over, torch.from_numpy(soft).to(image))
        return image

    def _draw_latent(
        self, generator: Generator, latents: FaceLatents, w_plus: Tensor, noise_mode: NoiseMode, preview: bool
    ) -> Tensor:
        tuned, noise = self.drawn_with(generator, latents)
        if preview:
            return tuned.preview(w_plus)
        if noise_mode == "none":
            return tuned.synthesis(w_plus, noise_mode="none")
        if noise_mode == "random":
            # Always the same, so that undo and export give the picture that was seen.
            random = torch.Generator().manual_seed(_RANDOM_NOISE_SEED)
            return tuned.synthesis(w_plus, noise=tuned.random_noise(1, random))
        return tuned.synthesis(w_plus, noise=noise)

    def drawn_with(self, generator: Generator, latents: FaceLatents) -> tuple[Generator, list[Tensor] | None]:
        """What draws a face: the generator with the face's own weights, if it was tuned, and the face's own noise, if it has some.

        Raises:
            ProjectFileError, CheckpointError: the latents do not fit the generator.
        """
        return self._tuned_generator(generator, latents), _stored_noise(generator, latents)

    def _tuned_generator(self, generator: Generator, latents: FaceLatents) -> Generator:
        if not latents.weight_delta:
            return generator
        key = (generator.spec.weights_hash, latents.key)
        tuned = self._tuned.get(key)
        if tuned is None:
            delta = {name: torch.tensor(array) for name, array in latents.weight_delta.items()}
            tuned = apply_delta(generator, delta)
            self._tuned.put(key, tuned)
        return tuned


class _LruCache(Generic[Value]):
    """Remembers the values used last, as many as fit in ``capacity`` by ``size``."""

    def __init__(self, capacity: int, size: Callable[[Value], int]) -> None:
        self._capacity, self._size = capacity, size
        self._values: OrderedDict[Hashable, Value] = OrderedDict()
        self._total = 0
        self._lock = threading.Lock()

    def get(self, key: Hashable) -> Value | None:
        with self._lock:
            value = self._values.get(key)
            if value is not None:
                self._values.move_to_end(key)
            return value

    def put(self, key: Hashable, value: Value) -> None:
        with self._lock:
            if (old := self._values.pop(key, None)) is not None:
                self._total -= self._size(old)
            self._values[key] = value
            self._total += self._size(value)
            while self._total > self._capacity:
                _, oldest = self._values.popitem(last=False)
                self._total -= self._size(oldest)


def _stored(name: str, own: OwnDirections, missing: str, hint: str = "") -> DirectionLike:
    """A vector that only the session can know."""
    stored = own.get(name)
    if stored is None:
        raise DirectionError(missing, hint=hint)
    return stored


def _stored_noise(generator: Generator, latents: FaceLatents) -> list[Tensor] | None:
    if not latents.noise:
        return None
    shapes = [tuple(noise.shape[2:]) for noise in latents.noise]
    if shapes != [tuple(shape) for shape in generator.spec.noise_shapes]:
        raise ProjectFileError(
            f"The noise of a face does not fit the generator {generator.spec.name}.",
            hint="Project the photograph again.",
        )
    return [torch.tensor(noise, device=generator.device) for noise in latents.noise]
