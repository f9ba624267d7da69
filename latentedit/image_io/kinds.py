"""Which kind of image file some bytes are, told by content and never by name."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from latentedit.errors import PhotoError, UsageError

Kind = Literal["JPEG", "PNG", "WEBP", "TIFF", "BMP", "GIF", "AVIF"]

_READABLE = "JPEG, PNG, WebP, TIFF, BMP, GIF or AVIF"

_SUFFIXES: dict[str, Kind] = {
    ".jpg": "JPEG",
    ".jpeg": "JPEG",
    ".jpe": "JPEG",
    ".jfif": "JPEG",
    ".png": "PNG",
    ".webp": "WEBP",
    ".tif": "TIFF",
    ".tiff": "TIFF",
    ".bmp": "BMP",
    ".gif": "GIF",
    ".avif": "AVIF",
}

_MAGIC: tuple[tuple[bytes, Kind], ...] = (
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"II\x2a\x00", "TIFF"),
    (b"MM\x00\x2a", "TIFF"),
    (b"II\x2b\x00", "TIFF"),
    (b"MM\x00\x2b", "TIFF"),
    (b"BM", "BMP"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
)

# Kinds that people do try; naming them is kinder than "not an image".
_FOREIGN: tuple[tuple[bytes, str], ...] = (
    (b"8BPS", "a Photoshop document"),
    (b"%PDF", "a PDF document"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"\xff\x0a", "a JPEG XL image"),
    (b"\x00\x00\x00\x0cJXL ", "a JPEG XL image"),
    (b"\x00\x00\x00\x0cjP  ", "a JPEG 2000 image"),
    (b"v/1\x01", "an OpenEXR image"),
    (b"FUJIFILMCCD-RAW", "a camera raw file"),
    (b"<svg", "an SVG drawing"),
    (b"\x1aE\xdf\xa3", "a video"),
)


def kind_of(data: bytes, name: str) -> Kind:
    """Tell the kind of the file that starts with ``data``.

    Args:
        data: the file's bytes, or at least its first 64.
        name: what to call the file in an error.

    Raises:
        PhotoError: it is empty, text, or a kind that is not read.
    """
    if not data:
        raise PhotoError(f"{name} is empty (0 bytes).", hint="Copy the photograph again from where it came from.")
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return kind
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    if data[4:8] == b"ftyp":
        return _iso_media_kind(data, name)
    hint = f"Give a {_READABLE} file; other kinds can be converted with any image viewer."
    for magic, what in _FOREIGN:
        if data.startswith(magic):
            raise PhotoError(f"{name} is {what}, which cannot be read.", hint=hint)
    if _looks_like_text(data[:512]):
        raise PhotoError(f"{name} holds text, not an image.", hint=hint)
    raise PhotoError(f"{name} is not an image that can be read.", hint=hint)


def kind_for_suffix(path: Path) -> Kind:
    """Tell which kind of file a path asks for by its suffix.

    Raises:
        UsageError: the suffix is missing or names no kind that can be written.
    """
    kind = _SUFFIXES.get(path.suffix.lower())
    if kind is None:
        known = ", ".join(sorted(_SUFFIXES))
        raise UsageError(
            f"The file name {path.name!r} does not say which kind of image to write.", hint=f"End it with one of: {known}."
        )
    return kind


def _iso_media_kind(data: bytes, name: str) -> Kind:
    """Tell AVIF from its relatives by the major and the compatible brands of the ``ftyp`` box."""
    length = min(int.from_bytes(data[:4], "big"), len(data), 256)
    brands = {data[8:12], *(data[i : i + 4] for i in range(16, length - 3, 4))}
    if brands & {b"avif", b"avis"}:
        return "AVIF"
    if brands & {b"heic", b"heix", b"hevc", b"mif1", b"msf1"}:
        raise PhotoError(
            f"{name} is a HEIC image, which cannot be read.",
            hint="Export it as JPEG, or set the phone's camera to its most compatible format.",
        )
    raise PhotoError(f"{name} is a video or a raw file, which cannot be read.", hint=f"Give a {_READABLE} file.")


def _looks_like_text(head: bytes) -> bool:
    try:
        text = head[: len(head) - 3].decode("utf-8") if len(head) > 3 else head.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return all(c.isprintable() or c in "\t\r\n\f\ufeff" for c in text)
