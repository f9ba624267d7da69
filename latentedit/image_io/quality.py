"""How much a picture may lose: a number that people choose for the kinds of file that have one."""

from __future__ import annotations

from latentedit.errors import UsageError
from latentedit.image_io.kinds import Kind

MIN_QUALITY, MAX_QUALITY = 1, 100
KINDS_WITH_QUALITY: frozenset[Kind] = frozenset({"JPEG", "WEBP", "AVIF"})


def require_quality(quality: int | None, kind: Kind) -> None:
    """Refuse what cannot be: a quality out of range, or for a kind that loses nothing. None is no choice, and always right.

    Raises:
        UsageError: it cannot be.
    """
    if quality is None:
        return
    if not MIN_QUALITY <= quality <= MAX_QUALITY:
        raise UsageError(
            f"A quality is a whole number from {MIN_QUALITY} to {MAX_QUALITY}, not {quality}.",
            hint="90 can hardly be told from 100.",
        )
    if kind not in KINDS_WITH_QUALITY:
        raise UsageError(f"A {kind} file has no quality to choose.", hint="Leave it out, or write a .jpg, .webp or .avif file.")
