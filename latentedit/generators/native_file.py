"""Our own format of generators: safetensors, whose header says what they are, where they come from, and what they may be used for."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from torch import Tensor

from latentedit.atomic_file import replacing
from latentedit.checkpoints.safetensors_file import safetensors_head
from latentedit.errors import CheckpointError
from latentedit.generators.architectures import ARCHITECTURES, architecture_of, spec_of
from latentedit.generators.base import GeneratorSpec
from latentedit.generators.card import Card
from latentedit.generators.config_json import from_json, to_json
from latentedit.generators.formats.found import Content, FoundGenerator, Source, tensor
from latentedit.generators.module import GeneratorModule

SCHEMA = "1"
DOMAINS = ("face", "image")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_SCHEMA, _ARCHITECTURE, _CONFIG, _CARD = "latentedit_generator", "architecture", "config", "card"
_CONTENT = "content_sha256"
_NOT_VERIFIED = "; not verified"
NOT_VERIFIED_NOTE = "The file has no content_sha256, as those of the first version: that its weights are those that its card tells of cannot be verified."
PROGRAM = "latentedit"


def native_pieces(generator: GeneratorModule, config: Any, card: Card) -> Iterator[bytes]:
    """A file of this format, piece by piece, so that no second copy of the weights is made; ``w_avg`` and ``w_std`` are among its tensors.

    Args:
        config: what the generator was built from.
    """
    tensors = generator.state_dict()
    metadata = {
        _SCHEMA: SCHEMA,
        _ARCHITECTURE: architecture_of(config).name,
        _CONFIG: to_json(config),
        _CARD: to_json(card),
    }
    metadata[_CONTENT] = content_hash(metadata, tensors)
    yield safetensors_head({name: tuple(tensors[name].shape) for name in sorted(tensors)}, metadata)
    for name in sorted(tensors):
        yield _numbers(tensors[name])


def _numbers(tensor: Tensor) -> bytes:
    """The bytes of a tensor's float32 numbers, in order."""
    return tensor.detach().cpu().contiguous().numpy().astype("<f4", copy=False).tobytes()


def content_hash(texts: Mapping[str, str], tensors: Mapping[str, Tensor]) -> str:
    """The sha256 of all that decides what is drawn: architecture, configuration, and the float32 tensors by name."""
    digest = hashlib.sha256(f"{texts[_ARCHITECTURE]}\n{texts[_CONFIG]}\n".encode())
    for name in sorted(tensors):
        digest.update(f"{name} {list(tensors[name].shape)}\n".encode())
        digest.update(_numbers(tensors[name]))
    return digest.hexdigest()


def write_native(path: Path, generator: GeneratorModule, config: Any, card: Card) -> None:
    """Write ``path`` whole or not at all.

    Raises:
        StorageError: it cannot be written.
    """
    with replacing(path) as file:
        for piece in native_pieces(generator, config, card):
            file.write(piece)


def read_native(source: Source) -> FoundGenerator | None:
    """The generator of a safetensors file; None when the file is none of ours.

    Raises:
        CheckpointError: it is damaged, or of a newer version.
    """
    if _SCHEMA not in source.texts:
        return None
    config, card = _described(source.texts)
    tensors = {name: tensor(array) for name, array in source.tree.items()}
    content, notes = _verified(source.texts, tensors)
    if content == "changed":
        changed = content_hash(source.texts, tensors)
        card = replace(card, weights_hash=changed, former_hash="", origin=f"{card.origin}; was changed afterwards")
    return FoundGenerator(config, tensors, PROGRAM, card.training_data, card, notes=notes, content=content)


def _verified(texts: Mapping[str, str], tensors: Mapping[str, Tensor]) -> tuple[Content, tuple[str, ...]]:
    """Whether a file holds what was written into it, and what the user should know about that."""
    told = texts.get(_CONTENT)
    if told is None:  # as files of the first version
        return "not verified", (NOT_VERIFIED_NOTE,)
    return ("verified" if content_hash(texts, tensors) == told else "changed"), ()


def spec_from_texts(texts: Mapping[str, str]) -> GeneratorSpec:
    """All facts about the generator of a file, from its header alone.

    Raises:
        CheckpointError: it is damaged, of a newer version, or no generator.
    """
    if _SCHEMA not in texts:
        raise CheckpointError("The file is no generator of latentedit.")
    return spec_of(*_described(texts))


def _described(texts: Mapping[str, str]) -> tuple[Any, Card]:
    """The configuration, and the card."""
    if texts[_SCHEMA] != SCHEMA:
        raise CheckpointError("The file was written by a newer version of latentedit.", hint="Update latentedit.")
    architecture = ARCHITECTURES.get(texts.get(_ARCHITECTURE, ""))
    if architecture is None:
        raise CheckpointError(f"The file holds an unknown architecture, {texts.get(_ARCHITECTURE, '')[:40]!r}.")
    config: Any = from_json(architecture.config, texts.get(_CONFIG, ""))
    card = from_json(Card, texts.get(_CARD, ""))
    if _CONTENT not in texts and not card.origin.endswith(_NOT_VERIFIED):  # which stays in the card of what is made of it
        card = replace(card, origin=f"{card.origin}{_NOT_VERIFIED}")
    if not (
        _SHA256.fullmatch(card.weights_hash) and _SHA256.fullmatch(card.former_hash or card.weights_hash)
    ):  # folders are named for it
        raise CheckpointError("The file's card is damaged: its weights_hash is no sha256.")
    if card.domain not in DOMAINS:
        raise CheckpointError(f"The file's card is damaged: its domain is none of {', '.join(DOMAINS)}.")
    return config, card
