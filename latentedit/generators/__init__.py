"""Image generators behind one protocol; see :mod:`latentedit.generators.base`."""

from latentedit.generators.base import Generator, GeneratorSpec, NoiseMode
from latentedit.generators.registry import GeneratorEntry, generator_entries, is_generator, load_generator, resolve_device

__all__ = [
    "Generator",
    "GeneratorEntry",
    "GeneratorSpec",
    "NoiseMode",
    "generator_entries",
    "is_generator",
    "load_generator",
    "resolve_device",
]
