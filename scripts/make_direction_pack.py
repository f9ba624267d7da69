"""Find the directions that ship with mobilestylegan-ffhq, measure what they do, and write them with their facts.

    python scripts/make_direction_pack.py --count 1400 --seed 0

draws and scores that many faces (half an hour on two cores), finds a linear boundary for every attribute, removes from each what belongs to
the attributes that it leaks into, and adds the strongest closed-form directions of the coarse layers. Needs latentedit[discover].
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import torch
from safetensors.torch import save_file
from torch import Tensor

from latentedit.assets import AssetStore
from latentedit.directions.interfacegan import boundary, orthogonal_to
from latentedit.directions.pack import pack_path
from latentedit.directions.sampling import ScoredSample, score_samples, table
from latentedit.directions.scorers import AgeGenderScorer, LandmarkScorer, Scorer
from latentedit.directions.sefa import factorise
from latentedit.generators import Generator, load_generator
from latentedit.images import to_uint8

# attribute -> what a positive amount does, the attributes whose boundaries are removed from it, and the styles that it moves (None: all)
ATTRIBUTES: dict[str, tuple[str, tuple[str, ...], tuple[int, ...] | None]] = {
    "smile": ("smiles more", ("mouth_open", "gender", "age"), tuple(range(0, 12))),
    "mouth_open": ("opens the mouth", ("smile",), tuple(range(0, 12))),
    "eyes_open": ("opens the eyes", ("smile", "age"), tuple(range(0, 12))),
    "yaw": ("turns toward the picture's right", ("smile",), tuple(range(0, 8))),
    "pitch": ("looks up", ("age", "smile"), tuple(range(0, 8))),
    "age": ("older", ("gender", "smile"), None),
    "gender": ("looks more male", ("age", "smile"), None),
}
SEFA_DIRECTIONS = 3
SEFA_MAX_PX = 16
LICENCE = "MIT; found on generated faces of mobilestylegan-ffhq, whose restrictions apply"
AMOUNT = 3.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=1400)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--samples", type=Path, help="keep the scored samples here, and read them when they are there")
    parser.add_argument("--faces", type=int, default=16, help="how many faces effects are measured on")
    arguments = parser.parse_args()
    generator = load_generator("mobilestylegan-ffhq")
    scorers = make_scorers(AssetStore.default())
    samples = scored(generator, scorers, arguments.count, arguments.seed, arguments.samples)
    vectors, facts = find(generator, samples, f"{len(samples)} faces, seed {arguments.seed}")
    for name in vectors:
        effect = measure(generator, scorers, vectors[name], facts[name]["layers"], arguments.faces, arguments.seed + 1)
        facts[name]["measured"] = effect
        print(name, json.dumps(effect))
    path = pack_path(generator.spec.name)
    path.parent.mkdir(exist_ok=True)
    save_file(vectors, path, metadata={"directions": json.dumps(facts)})


def make_scorers(store: AssetStore) -> list[Scorer]:
    """Landmark geometry, and the age and gender networks."""
    landmarks = store.path("dlib-68-landmarks", "shape_predictor_68_face_landmarks.dat")
    age, gender = store.path("age-gender", "age-v1.onnx"), store.path("age-gender", "gender-v1.onnx")
    return [LandmarkScorer(landmarks), AgeGenderScorer(age, gender, landmarks)]


def scored(generator: Generator, scorers: list[Scorer], count: int, seed: int, path: Path | None) -> list[ScoredSample]:
    """The samples, drawn or read back."""
    if path is not None and path.is_file():
        kept = torch.load(path, weights_only=True)
        return [ScoredSample(i + 1, len(kept["w"]), w, s) for i, (w, s) in enumerate(zip(kept["w"], kept["scores"], strict=True))]
    samples = []
    for sample in score_samples(generator, scorers, count=count, seed=seed):
        samples.append(sample)
        if sample.number % 100 == 0:
            print(f"{sample.number} of {count}", flush=True)
    if path is not None:
        torch.save({"w": torch.stack([s.w for s in samples]), "scores": [s.scores for s in samples]}, path)
    return samples


def find(generator: Generator, samples: list[ScoredSample], what: str) -> tuple[dict[str, Tensor], dict[str, dict]]:
    """All directions by name, and what is told about each."""
    normals = {name: boundary(*table(samples, name)) for name in ATTRIBUTES}
    vectors: dict[str, Tensor] = {}
    facts: dict[str, dict] = {}
    for name, (effect, leaks, layers) in ATTRIBUTES.items():
        vectors[name] = orthogonal_to(normals[name], [normals[other] for other in leaks])
        provenance = f"linear boundary of {what}, orthogonal to {', '.join(leaks)}"
        facts[name] = about(effect, provenance, layers)
    coarse = tuple(i for i, px in enumerate(generator.spec.layer_resolutions) if px <= SEFA_MAX_PX)
    weights = [weight for layer, weight in generator.modulation_weights() if layer in coarse]
    directions, _ = factorise(weights, SEFA_DIRECTIONS)
    for i, direction in enumerate(directions, start=1):
        vectors[f"sefa_{i}"] = direction
        facts[f"sefa_{i}"] = about(f"closed-form direction {i}", f"SeFa on the layers up to {SEFA_MAX_PX} px", coarse)
    return {name: vector.contiguous() for name, vector in vectors.items()}, facts


def about(effect: str, provenance: str, layers: tuple[int, ...] | None) -> dict:
    """One entry of the pack's metadata."""
    return {
        "effect": effect,
        "provenance": provenance,
        "layers": list(layers) if layers is not None else None,
        "range": [-4.0, 4.0],
        "licence": LICENCE,
    }


@torch.no_grad()
def measure(
    generator: Generator, scorers: list[Scorer], vector: Tensor, layers: list[int] | None, faces: int, seed: int
) -> dict[str, float]:
    """Mean change of every score between amounts -3 and +3 on random faces: the wanted effect and the side effects."""
    random = torch.Generator().manual_seed(seed)
    changes: dict[str, list[float]] = {}
    for _ in range(faces):
        w_plus = generator.mapping(torch.randn(1, generator.z_dim, generator=random), truncation_psi=0.8)
        low, high = (score(generator, scorers, moved(w_plus, vector, layers, a)) for a in (-AMOUNT, AMOUNT))
        for name in low.keys() & high.keys():
            changes.setdefault(name, []).append(high[name] - low[name])
    return {name: round(sum(values) / len(values), 3) for name, values in sorted(changes.items())}


def moved(w_plus: Tensor, vector: Tensor, layers: list[int] | None, amount: float) -> Tensor:
    """``w_plus`` moved in ``layers``."""
    result = w_plus.clone()
    result[:, slice(None) if layers is None else layers] += amount * vector
    return result


def score(generator: Generator, scorers: list[Scorer], w_plus: Tensor) -> dict[str, float]:
    """All scores of one drawn face."""
    picture = to_uint8(generator.preview(w_plus))
    return {name: value for scorer in scorers for name, value in scorer.score(picture).items()}


if __name__ == "__main__":
    main()
