"""Reference vectors: small checkpoints that other projects' own code wrote, with what that code computes from them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from latentedit.generators.module import GeneratorModule

FAMILIES = ("sg2", "sg3", "tf_sg", "genforce", "interfacegan", "rosinality_sg", "lucidrains")
SUFFIXES = (".pkl", ".pt", ".pth", ".model")


@dataclass(frozen=True)
class Vector:
    """One checkpoint with its facts and arrays (see the set's own README)."""

    name: str
    checkpoint: Path
    facts: dict[str, Any]
    arrays: dict[str, Tensor]

    @classmethod
    def load(cls, folder: Path, name: str) -> Vector:
        checkpoint = next(path for suffix in SUFFIXES if (path := folder / f"{name}{suffix}").exists())
        with np.load(folder / f"{name}.npz") as file:  # noqa: TID251  # what is compared with
            arrays = {key: torch.from_numpy(file[key]) for key in file.files}
        return cls(name, checkpoint, json.loads((folder / f"{name}.json").read_text("utf-8")), arrays)

    def tolerance(self, kind: str) -> float:
        """``latents`` or ``images``: the largest absolute difference that the set suggests."""
        return float(self.facts["suggested_tolerance_max_abs"][kind])


def vector_names(folder: Path) -> list[str]:
    """All generators of the set."""
    return sorted(path.stem for path in folder.glob("*.json") if path.stem.startswith(FAMILIES) and "." not in path.stem)


def latents_of(generator: GeneratorModule, vector: Vector) -> dict[str, Tensor]:
    """What the vector's latents are here, by the names of its arrays."""
    arrays = vector.arrays
    labels = arrays.get("c")
    for name in ("av", "mean_style", "mean_latent"):
        if name in arrays:  # some programs compute the mean anew each time
            generator.w_avg = arrays[name].reshape(-1)
    cutoff = 8 if "sg1" in vector.name and "rosinality" not in vector.name else None

    def latent(**truncation: Any) -> Tensor:
        return generator.mapping(arrays["z"], labels, **truncation)

    plain, pulled = latent(), latent(truncation_psi=0.7, truncation_cutoff=cutoff)
    known = {"w": plain[:, 0], "ws": plain, "w_trunc": pulled[:, 0], "ws_trunc": pulled}
    known["ws_trunc_cutoff4"] = latent(truncation_psi=0.7, truncation_cutoff=4)
    return {name: value for name, value in known.items() if name in arrays}


def images_of(generator: GeneratorModule, vector: Vector) -> dict[str, Tensor]:
    """What the vector's images are here, drawn from the vector's own latents."""
    arrays = vector.arrays
    count = len(arrays["image"])
    noise = _noise(arrays)
    silent = None if noise is None else [torch.zeros_like(each) for each in noise]

    def all_layers(name: str) -> Tensor:
        stored = arrays.get("ws" + name, arrays.get("w" + name))
        assert stored is not None
        return (stored if stored.ndim == 3 else stored[:, None].expand(-1, generator.num_ws, -1))[:count]

    def draw(w_plus: Tensor, maps: list[Tensor] | None) -> Tensor:
        return generator.synthesis(w_plus, noise=None if maps is None else [m[: len(w_plus)] for m in maps])

    images = {"image": draw(all_layers(""), noise), "image_trunc": draw(all_layers("_trunc"), noise)}
    if "image_none" in arrays:
        silenced = generator.synthesis(all_layers(""), noise_mode="none") if silent is None else draw(all_layers(""), silent)
        images["image_none"] = silenced
    if "wplus" in arrays:
        images["image_wplus"] = draw(arrays["wplus"], noise)
    if vector.name.startswith("lucidrains"):  # images there are in [0, 1]
        images = {name: (image + 1) / 2 for name, image in images.items()}
    return images


def _noise(arrays: dict[str, Tensor]) -> list[Tensor] | None:
    if "noise" in arrays:  # [N, S, S, 1]
        return [arrays["noise"].permute(0, 3, 1, 2)]
    maps = [arrays[f"noise_{i}"] for i in range(20) if f"noise_{i}" in arrays]
    return maps or None
