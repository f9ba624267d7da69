"""What can go wrong in training that is nobody's bug."""

from __future__ import annotations

from latentedit.errors import InputError


class DivergedError(InputError):
    """A loss or a weight is no finite number any more."""
