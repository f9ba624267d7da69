"""What is known about a generator beside its architecture: where it comes from, and what it may be used for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from latentedit.generators.base import GeneratorSpec


@dataclass(frozen=True)
class Card:
    """All fields are those of :class:`latentedit.generators.base.GeneratorSpec`; the hash is that of the file from which it was first
    read, and of what else decides what it draws."""

    name: str
    domain: str
    weights_hash: str
    origin: str = ""
    licence: str = ""
    restrictions: str = ""
    training_data: str = ""
    former_hash: str = ""

    def spec(self, **facts: Any) -> GeneratorSpec:
        """All facts about the generator, with those that follow from its architecture."""
        return GeneratorSpec(**vars(self), **facts)
