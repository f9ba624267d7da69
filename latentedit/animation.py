"""Writing frames as GIF, WebP or MP4, and at once when complete. MP4 needs no more memory than a frame; Pillow gathers all of the other two."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from io import SEEK_END, BytesIO
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from latentedit.atomic_file import replacing
from latentedit.errors import ResourceError, UsageError
from latentedit.image_io import gif_blocks, xmp

Frames = Iterable[NDArray[np.uint8]]
XMP_UUID = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
"""Of the box that holds an MP4's XMP packet (XMP specification, part 3, section 2.1)."""
FPS_LIMITS = {".mp4": (0.001, 120.0), ".gif": (0.0016, 50.0), ".webp": (0.0001, 120.0)}
"""Frames a second. GIF counts hundredths of a second in 16 bits, and viewers heed two at the least; WebP counts milliseconds in 24 bits."""
LONGEST_SIDES = {".mp4": 16384, ".gif": 65535, ".webp": 16383}
"""In pixels; MP4's is x264's."""
MIN_BIT_RATE = 10_000
"""The encoder of MP4 refuses less than a thousand."""
MAX_WEBP_SECONDS = 2_000_000
"""Of the whole film: Pillow counts its milliseconds in 31 bits."""
MAX_GATHERED_BYTES = 2**31
"""Of the frames that Pillow holds until it writes them."""


def require_animation(path: Path, *, frames: int = 1, size: int | tuple[int, int] = 1, fps: float = 1.0) -> None:
    """Fail before the work when the suffix names no kind of animation, what writes it is missing, or so many frames of ``size`` px (a side, or
    width and height) at such a speed do not fit it.

    Raises:
        UsageError: it does not, or they do not.
        ResourceError: MP4 is wanted and PyAV is not installed.
    """
    suffix = path.suffix.lower()
    if suffix not in _WRITERS:
        raise UsageError(f"{path.name} is no name for an animation.", hint=f"End it with {', '.join(_WRITERS)}.")
    low, high = FPS_LIMITS[suffix]
    if not low <= fps <= high:  # nor is NaN
        raise UsageError(
            f"A {suffix} film shows {low:g} to {high:g} frames a second.", hint="Give another --fps, or write another kind."
        )
    if suffix == ".webp" and frames / fps > MAX_WEBP_SECONDS:
        raise UsageError(
            f"{frames} frames at {fps:g} a second are too long for a .webp film.", hint="Give more --fps, or write an .mp4."
        )
    width, height = (size, size) if isinstance(size, int) else size
    if max(width, height) > LONGEST_SIDES[suffix]:
        raise UsageError(
            f"A {suffix} film is at most {LONGEST_SIDES[suffix]} pixels wide or high.", hint="Give a smaller --size."
        )
    if suffix == ".mp4":
        _av()
    elif frames * width * height * 3 > MAX_GATHERED_BYTES:
        told = f"{width}" if width == height else f"{width} x {height}"
        raise UsageError(
            f"{frames} frames of {told} pixels are too many for a {path.suffix[1:]} film.",
            hint="Write an .mp4, or less: --frames, --size.",
        )


def needs_even_sides(path: Path) -> bool:
    """Whether the kind of animation that the suffix names holds only an even number of pixels each way."""
    return path.suffix.lower() == ".mp4"


def write_animation(path: Path, frames: Frames, *, fps: float, mark_ai: bool = True, source_type: str = xmp.GENERATED) -> None:
    """Write frames [H, W, 3] as the kind of file that the suffix names, endless where the kind knows loops.

    Args:
        mark_ai: note in the file's XMP metadata, and in its comment where the kind has one, that a model made them.
        source_type: how far it did: wholly, or :data:`latentedit.image_io.xmp.EDITED` where a photograph shows through.

    Raises:
        UsageError: the suffix names no kind, ``fps`` is out of range, or there is no frame.
        ResourceError: MP4 is wanted and PyAV is not installed.
        StorageError: the file cannot be written.
    """
    require_animation(path, fps=fps)
    with replacing(path) as file:
        _WRITERS[path.suffix.lower()](file, frames, fps, source_type if mark_ai else None)


def _write_gif(file: BinaryIO, frames: Frames, fps: float, source_type: str | None) -> None:
    first, rest = _first_and_rest(frames)
    # GIF counts in hundredths of a second.
    duration = round(100 / fps) * 10
    mark = {"comment": _comment(source_type).encode()} if source_type else {}
    buffer = BytesIO()
    try:
        first.save(buffer, "GIF", save_all=True, append_images=rest, duration=duration, loop=0, **mark)
    except OverflowError as error:  # Pillow makes one of frames that are alike
        raise UsageError("A .gif film stands still for at most 655 s.", hint="Give more --fps, or write an .mp4.") from error
    written = buffer.getvalue()
    file.write(gif_blocks.with_xmp(written, xmp.marked(None, source_type)) if source_type else written)


def _write_webp(file: BinaryIO, frames: Frames, fps: float, source_type: str | None) -> None:
    first, rest = _first_and_rest(frames)
    mark = {"xmp": xmp.marked(None, source_type)} if source_type else {}
    first.save(file, "WEBP", save_all=True, append_images=rest, duration=round(1000 / fps), loop=0, quality=85, **mark)


class _Remembering:
    """A file to be written that remembers why it could not be: PyAV tells only that it could not."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.seek, self.tell = file.seek, file.tell
        self.error: OSError | None = None

    def write(self, data: bytes) -> int:
        try:
            return self._file.write(data)
        except OSError as error:
            self.error = self.error or error
            raise


def _write_mp4(file: BinaryIO, frames: Frames, fps: float, source_type: str | None) -> None:
    remembering = _Remembering(file)
    try:
        _encode_mp4(remembering, frames, fps, source_type)
    except _av().error.FFmpegError:
        if remembering.error is None:
            raise
        raise remembering.error from None


def _encode_mp4(file: _Remembering, frames: Frames, fps: float, source_type: str | None) -> None:
    av = _av()
    with av.open(file, "w", format="mp4") as container:
        if source_type:
            container.metadata["comment"] = _comment(source_type)
        stream = None
        for pixels in frames:
            even = pixels[: pixels.shape[0] // 2 * 2, : pixels.shape[1] // 2 * 2]  # what 4:2:0 can hold
            if stream is None:
                codec = "libx264" if "libx264" in av.codecs_available else "mpeg4"
                stream = container.add_stream(codec, rate=Fraction(fps).limit_denominator(1001))
                stream.height, stream.width, stream.pix_fmt = even.shape[0], even.shape[1], "yuv420p"
                stream.bit_rate = max(round(even.shape[0] * even.shape[1] * fps * 0.3), MIN_BIT_RATE)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(np.ascontiguousarray(even), format="rgb24")))
        if stream is None:
            raise UsageError("An animation needs a frame.")
        container.mux(stream.encode())
    if source_type:
        content = XMP_UUID + xmp.marked(None, source_type)
        file.seek(0, SEEK_END)
        file.write(struct.pack(">I4s", len(content) + 8, b"uuid") + content)


def _comment(source_type: str) -> str:
    verb = "Edited" if source_type == xmp.EDITED else "Made"
    return f"{verb} by a trained model: {source_type}"


def _first_and_rest(frames: Frames) -> tuple[Image.Image, Iterator[Image.Image]]:
    pictures = (Image.fromarray(pixels) for pixels in frames)
    first = next(pictures, None)
    if first is None:
        raise UsageError("An animation needs a frame.")
    return first, pictures


def _av() -> Any:
    try:
        import av
    except ImportError as error:
        hint = "Install it: pip install 'latentedit[video]'; or write a .gif or .webp."
        raise ResourceError("Writing MP4 needs PyAV.", hint=hint) from error
    return av


_WRITERS: dict[str, Callable[[BinaryIO, Frames, float, str | None], None]] = {
    ".mp4": _write_mp4,
    ".gif": _write_gif,
    ".webp": _write_webp,
}
