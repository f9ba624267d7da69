"""How configurations are checked: the same everywhere."""

from __future__ import annotations

from pydantic import ConfigDict

STRICT = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False)
"""An unknown name, another type, or what is no finite number is an error, not a guess."""
