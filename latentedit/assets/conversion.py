"""Weights that were converted to safetensors, and a note of what they were made from and what they should hash to."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from latentedit.assets.checksum import is_intact
from latentedit.atomic_file import replacing

if TYPE_CHECKING:
    from torch import Tensor


@dataclass(frozen=True)
class Conversion:
    """``converted.safetensors`` in an asset's folder, and ``converted.json`` beside it.

    No hash of it can be in the catalogue, as other versions of torch and safetensors may write other bytes: the note holds it.
    """

    folder: Path

    @property
    def path(self) -> Path:
        """The safetensors file."""
        return self.folder / "converted.safetensors"

    def is_current(self, made_from: Sequence[str]) -> bool:
        """Whether it is whole, and was made from files with these hashes by this version of the converter."""
        note = self._note()
        return note.get("made_from") == list(made_from) and is_intact(self.path, str(note.get("sha256")))

    def is_damaged(self) -> bool:
        """Whether there is one that is not as its note says; one without a note is just not current."""
        note = self._note()
        return self.path.exists() and "sha256" in note and not is_intact(self.path, str(note["sha256"]))

    def write(self, tensors: Mapping[str, Tensor], metadata: dict[str, str], made_from: Sequence[str]) -> None:
        """Store the tensors with the safetensors file's own ``metadata``, and then the note.

        A writer that is killed in between leaves a note that does not fit.

        Raises:
            StorageError: they cannot be written.
        """
        from safetensors.torch import save

        content = save({name: tensor.contiguous() for name, tensor in tensors.items()}, metadata)
        note = {"made_from": list(made_from), "sha256": hashlib.sha256(content).hexdigest()}
        with replacing(self.path) as file:
            file.write(content)
        with replacing(self._note_path) as file:
            file.write(json.dumps(note, indent=2).encode())

    @property
    def _note_path(self) -> Path:
        return self.folder / "converted.json"

    def _note(self) -> Mapping[str, object]:
        """What the note says; nothing when there is none, or a damaged one."""
        try:
            note = json.loads(self._note_path.read_bytes())
        except (OSError, ValueError):
            return {}
        return note if isinstance(note, dict) else {}
