"""Options that configurations of networks share."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import ConfigDict, Field

CONFIG = ConfigDict(extra="forbid", allow_inf_nan=False)
"""An unknown option is an error, not a guess."""

Width = Annotated[int, Field(ge=1, le=8192)]
"""A number of channels or features."""
Widths = Annotated[tuple[Width, ...], Field(min_length=2, max_length=12)]
LatentSize = Annotated[int, Field(ge=1, le=4096)]

Conditioning = Literal["none", "projection", "auxiliary"]
"""How a discriminator uses labels; see :mod:`latentedit_training.networks.judgement_head`."""
