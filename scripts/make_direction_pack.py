"""Find, calibrate and measure the directions that ship with mobilestylegan-ffhq; write them, and the table of docs/results/directions.md.

    python scripts/make_direction_pack.py --count 4500 --seed 1000

1. Random faces are drawn and scored. 2. A linear boundary is found for every attribute (a smile's is joined with that of teeth). 3. Each is tried on a few faces, and what it moves beside its own
attribute is taken out of it (conditional projection). 4. How far it moves its attribute is measured. 5. Its length is set so that an amount of 3 goes as far as faces still are
the same person's, and for colours and the smile, which look wrong before the person is lost, no farther than where from -3 to 3 their own score changes by 3 standard deviations.
6. It is measured on other faces, random and projected ones. Needs latentedit[discover]. With --work, what is found is kept there, and attributes can be shared out between processes:

    python scripts/make_direction_pack.py --work work --attributes smile  # draws the samples
    python scripts/make_direction_pack.py --work work --attributes yaw pitch &
    python scripts/make_direction_pack.py --work work --attributes age gender &
    wait; python scripts/make_direction_pack.py --work work --projects *.ledit
"""

from __future__ import annotations

import argparse
import datetime
import json
import math
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor
from torch.nn.functional import normalize

from latentedit import Session
from latentedit.assets import AssetStore
from latentedit.directions import Direction
from latentedit.directions.calibration import SAME_PERSON, scaled
from latentedit.directions.direction import Measured
from latentedit.directions.effect import Effect, Judges, Sitter
from latentedit.directions.formats.pack_file import read_pack, write_pack
from latentedit.directions.interfacegan import boundary, orthogonal_to
from latentedit.directions.pack import pack_path
from latentedit.directions.sampling import score_samples
from latentedit.directions.scorers import Scorer
from latentedit.directions.scorers.registry import attribute_effects, load_scorers
from latentedit.engine import Engine
from latentedit.generators import Generator, GeneratorSpec, load_generator
from latentedit.identity import FaceDescriptor

POSE, SHAPE, LOOK, ALL = (0, 16), (0, 64), (32, 1024), (0, 1024)
"""Directions move the styles of features from so many to so many px: where the head looks, what is where, colours and hair, and all."""
LICENCE = "MIT; found on generated faces of mobilestylegan-ffhq, whose restrictions apply"
UNIT = "a third of the way to where the person, or the attribute's gain, is lost"
BELIEVABLE = 3.0
"""A gain for colours and for the smile: from unusual to unusual among random faces, and no further."""
LEAK, MOST_LEAKS = 0.25, 8
"""A side effect above this share of the wanted effect, both in standard deviations, is taken out; at most so many, the largest first."""
SHOWN = 0.4
"""The smallest side effect that the table tells, in standard deviations."""
RIDGE = 0.3
"""Of the mean variance of W's dimensions."""
PROBE = 1.5
"""How far unit vectors are tried."""
REACHES = (3.0, 2.0, 1.5, 1.0, 0.7)
"""Half widths of the range, in standard deviations of the attribute: the widest first that keeps the person and does what it says."""
NEARLY_SAME = 0.55
"""In place of SAME_PERSON, for what makes another person by its nature."""
LEAST = 0.15
"""Directions that move their attribute by less, in standard deviations for each unit of length, are given up."""
ENOUGH = 0.9
"""What ships raises its score on so many of the faces that it is measured on."""
ERRING = 0.9
"""Enough of the faces rise, where the score itself errs now and then."""


@dataclass(frozen=True)
class Attribute:
    """How one attribute is made a direction.

    Attributes:
        layers: one of the above.
        parts: what belongs to it, and is not taken out: a smile without a wide mouth is none.
        apart: what is taken out in any case.
        joined: attributes whose boundaries are added to its own: a laugh whose teeth stay when its corners fall is torn.
        gain: how much the own score may change over the whole range, in standard deviations; for what becomes unbelievable or tears before the
            person is lost: skin as yellow as mustard, teeth.
        loose: whether it makes another person by its nature.
        mostly: the share of faces whose score must rise over the range; less where the score itself errs now and then.
        region: the part of the face to which edits are confined, where no other is asked for; empty for the whole.
    """

    layers: tuple[int, int]
    parts: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()
    joined: tuple[str, ...] = ()
    gain: float = math.inf
    loose: bool = False
    mostly: float = 0.95
    region: str = ""


_AGEING = ("hair_lightness", "lip_fullness", "lip_redness", "contrast", "chin_length", "jaw_width", "nose_width", "brows_raised")
_SEX = ("beard", "brow_thickness", "hair_length", "hair_volume", "jaw_width", "lip_fullness", "lip_redness", "eye_size")
ATTRIBUTES = {
    "smile": Attribute(
        SHAPE,
        ("mouth_width", "lip_fullness", "nose_width", "eyes_open", "pitch", "brows_raised", "mouth_open"),
        ("age", "gender"),
        joined=("teeth",),
        gain=BELIEVABLE,
    ),
    "mouth_open": Attribute(SHAPE, ("lip_fullness", "face_width", "chin_length")),
    "eyes_open": Attribute(SHAPE, ("brows_raised",), region="eyes"),
    "brows_raised": Attribute(SHAPE, ("eyes_open",)),
    "yaw": Attribute(POSE, ("light_from_right", "gaze")),
    "pitch": Attribute(
        POSE, ("nose_length", "nose_width", "jaw_width", "chin_length", "face_width", "brows_raised"), mostly=ERRING
    ),
    "gaze": Attribute(SHAPE, mostly=ERRING, region="eyes"),
    "age": Attribute(SHAPE, _AGEING, ("gender",), loose=True),
    "gender": Attribute(ALL, _SEX, ("age",), loose=True),
    "face_width": Attribute(SHAPE),
    "chin_length": Attribute(SHAPE, mostly=ERRING),
    "nose_length": Attribute(SHAPE),
    "nose_width": Attribute(SHAPE, region="nose"),
    "eye_size": Attribute(SHAPE, ("eyes_open",), region="eyes"),
    "eye_distance": Attribute(SHAPE),
    "mouth_width": Attribute(SHAPE),
    "lip_fullness": Attribute(SHAPE, region="mouth"),
    "lip_redness": Attribute(LOOK, gain=BELIEVABLE, region="mouth"),
    "beard": Attribute(ALL),
    "brow_thickness": Attribute(SHAPE, mostly=ERRING),
    "glasses": Attribute(SHAPE),
    "hair_lightness": Attribute(ALL, ("hair_redness",), region="hair"),
    "hair_redness": Attribute(LOOK, gain=BELIEVABLE, region="hair"),
    "hair_length": Attribute(SHAPE, ("hair_volume",)),
    "hair_volume": Attribute(SHAPE, ("hair_length",), mostly=ERRING),
    "fringe": Attribute(SHAPE, ("hair_volume",)),
    "skin_lightness": Attribute(LOOK, ("skin_redness",), gain=BELIEVABLE, region="skin"),
    "skin_warmth": Attribute(LOOK, gain=BELIEVABLE, region="skin"),
    "skin_redness": Attribute(LOOK, ("lip_redness",), gain=BELIEVABLE, region="skin"),
    "light_from_right": Attribute(ALL),
}


@dataclass(frozen=True)
class Made:
    """A direction, and what it does to faces that took no part in finding it: random ones, and projected photographs."""

    direction: Direction
    random: Effect
    projected: Effect | None
    num_random: int
    num_projected: int

    def told(self, spread: Mapping[str, float]) -> Direction:
        """The direction with what it does to the random faces, for its file."""
        sizes = {other: round(change / spread[other], 2) for other, change in self.random.changes.items()}
        own = self.direction.name
        shown = {other: size for other, size in sizes.items() if other == own or abs(size) >= SHOWN}
        measured = Measured(self.num_random, own, self.random.right, shown, round(self.random.identity, 2))
        return replace(self.direction, measured=measured)

    @property
    def rises(self) -> float:
        """The share of all these faces whose score rises."""
        risen = self.random.right * self.num_random + (self.projected.right * self.num_projected if self.projected else 0.0)
        return risen / (self.num_random + self.num_projected)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=4500)
    parser.add_argument("--seed", type=int, default=1000)
    parser.add_argument("--trial-faces", type=int, default=12, help="how many faces lengths and ranges are measured on")
    parser.add_argument("--faces", type=int, default=64, help="how many other faces the table is measured on")
    parser.add_argument("--projects", nargs="*", type=Path, default=[], help="projected photographs to measure on as well")
    parser.add_argument("--work", type=Path, help="keep samples and directions in this folder, and go on with what is there")
    parser.add_argument("--attributes", nargs="+", choices=ATTRIBUTES, help="find only these, and write no pack")
    parser.add_argument("--table", type=Path, default=Path("docs/results/directions.md"))
    arguments = parser.parse_args()
    generator = load_generator("mobilestylegan-ffhq")
    store = AssetStore.default()
    work: Path = arguments.work or Path(tempfile.mkdtemp())
    work.mkdir(exist_ok=True)
    require_same(work / "settings.json", {name: getattr(arguments, name) for name in ("count", "seed", "trial_faces", "faces")})
    w, scores = scored(generator, load_scorers(store), arguments.count, arguments.seed, work / "samples.safetensors")
    found = find(generator, store, w, scores, work, arguments)
    judges = Judges(load_scorers(store), FaceDescriptor.load(store))
    others = judges.random_sitters(generator, arguments.faces, seed=arguments.seed + 2)
    sitters = list(projected_sitters(judges, arguments.projects))
    made = {name: measured(direction, judges, others, sitters, work) for name, direction in found.items()}
    if arguments.attributes is None:
        spread = deviations(scores)
        kept = {n: one for n, one in made.items() if one.rises >= ENOUGH and not overshadowed(n, one.random, spread)}
        write_pack(pack_path(generator.spec.name), [one.told(spread) for one in kept.values()], generator.spec)
        arguments.table.write_text(table(kept, [name for name in ATTRIBUTES if name not in kept], spread, arguments))


def require_same(path: Path, settings: Mapping[str, int]) -> None:
    """Refuse a folder of work that was begun with other settings, whose figures would be told as these settings'."""
    if path.is_file() and json.loads(path.read_text()) != settings:
        raise SystemExit(f"error: {path.parent} was begun with {path.read_text()}")
    path.write_text(json.dumps(settings))


def projected_sitters(judges: Judges, paths: Sequence[Path]) -> Iterator[Sitter]:
    """The first face of every project, as its projection draws it."""
    engine = Engine("cpu")
    for path in paths:
        session = Session.open(path, engine=engine)
        generator = engine.drawn_with(session.generator, session.face(0).projected())[0]
        yield judges.sitter(generator, session.edited_latent(0))


def measured(direction: Direction, judges: Judges, others: Sequence[Sitter], projected: Sequence[Sitter], work: Path) -> Made:
    """Over the default range; figures of random faces are read back when they are there."""
    path = work / f"{direction.name}.json"
    if path.is_file():
        random = Effect(**json.loads(path.read_text()))
    else:
        random = judges.effect(direction, direction.name, others, *direction.default_range)
        path.write_text(json.dumps(asdict(random)))
    photographs = judges.effect(direction, direction.name, projected, *direction.default_range) if projected else None
    print(f"{direction.name}: {random.right:.0%}, identity {random.identity:.2f}; projected: {photographs}", flush=True)
    return Made(direction, random, photographs, len(others), len(projected))


def scored(
    generator: Generator, scorers: Sequence[Scorer], count: int, seed: int, path: Path | None
) -> tuple[Tensor, dict[str, Tensor]]:
    """``w`` [N, w_dim] of random faces and their scores [N] by name (not-a-number where one is missing), drawn or read back."""
    if path is not None and path.is_file():
        kept = load_file(path)
        return kept.pop("w"), kept
    latents, rows = [], []
    for sample in score_samples(generator, scorers, count=count, seed=seed):
        latents.append(sample.w)
        rows.append(sample.scores)
        if sample.number % 100 == 0:
            print(f"{sample.number} of {count}", flush=True)
    names = sorted({name for row in rows for name in row})
    scores = {name: torch.tensor([row.get(name, float("nan")) for row in rows]) for name in names}
    if path is not None:
        save_file({"w": torch.stack(latents), **scores}, path)
    return torch.stack(latents), scores


def find(
    generator: Generator,
    store: AssetStore,
    w: Tensor,
    scores: Mapping[str, Tensor],
    work: Path,
    arguments: argparse.Namespace,
) -> dict[str, Direction]:
    """All directions, cleaned, of calibrated length and range."""
    normals = {name: boundary(w, scores[name]) for name in ATTRIBUTES}
    slopes = {name: slope(w, scores[name]) for name in ATTRIBUTES}
    spread, identity = deviations(scores), FaceDescriptor.load(store)
    found: dict[str, Direction] = {}
    for name in arguments.attributes or ATTRIBUTES:
        path = work / f"{name}.safetensors"
        if not path.is_file():
            joined = ATTRIBUTES[name].joined
            normal = normalize(normals[name] + sum(boundary(w, scores[other]) for other in joined), dim=0)
            leaks = leaking(name, normal, slopes)
            vector = orthogonal_to(normal, [normals[other] for other in leaks]) if leaks else normal
            provenance = f"linear boundary of {len(w)} random faces, seed {arguments.seed}"
            provenance += f", and that of {', '.join(joined)}" if joined else ""
            provenance += f", orthogonal to {', '.join(leaks)}" if leaks else ""
            judges = Judges(load_scorers(store, [name]), identity)
            trial = judges.random_sitters(generator, arguments.trial_faces, seed=arguments.seed + 1)
            direction = calibrated(name, vector, provenance, generator.spec, judges, trial, spread[name])
            write_pack(path, [] if direction is None else [direction], generator.spec)
        found |= {direction.name: direction for direction in read_pack(path).directions}
    return found


def calibrated(
    name: str, vector: Tensor, provenance: str, spec: GeneratorSpec, judges: Judges, trial: Sequence[Sitter], deviation: float
) -> Direction | None:
    """The unit vector [w_dim] as a direction of the right length and range; None when it moves its attribute nowhere safely."""
    about = ATTRIBUTES[name]
    layers = tuple(i for i, px in enumerate(spec.layer_resolutions) if about.layers[0] <= px <= about.layers[1])
    effect = attribute_effects()[name]
    clean = Direction(name, vector, layers, effect=effect, provenance=provenance, licence=LICENCE, region=about.region)
    change = judges.effect(clean, name, trial, -PROBE, PROBE, identity=False).changes.get(name, 0.0) / (2 * PROBE * deviation)
    reach = None
    if change > LEAST:
        unit = replace(clean, vector=vector / change)
        reach = widest_range(judges, unit, trial, about, deviation)
    print(f"{name}: {provenance}; {change:.2f} per length; range {reach}", flush=True)
    return None if reach is None else scaled(unit, reach, unit_of(about))


def unit_of(about: Attribute) -> str:
    """What an amount of 1 is."""
    if math.isinf(about.gain):
        return UNIT
    return f"a third of the way to where the person is lost, or the score has changed by {about.gain / 2:g} standard deviations"


def slope(w: Tensor, scores: Tensor) -> Tensor:
    """How the scores [N], in standard deviations, change with ``w`` [N, w_dim] by ridge regression: [w_dim]."""
    known = scores.isfinite()
    x, y = w[known] - w[known].mean(dim=0), (scores[known] - scores[known].mean()) / scores[known].std()
    covariance = x.T @ x / len(x)
    ridge = RIDGE * covariance.diagonal().mean() * torch.eye(w.shape[1])
    return torch.linalg.solve(covariance + ridge, x.T @ y / len(x))


def leaking(name: str, normal: Tensor, slopes: Mapping[str, Tensor]) -> list[str]:
    """The attributes that a direction [w_dim] is expected to move too much beside its own, the largest leak first."""
    about = ATTRIBUTES[name]
    moved = {other: abs(float(normal @ slopes[other])) for other in slopes if other not in (name, *about.parts)}
    leaks = [other for other in moved if other in about.apart or moved[other] > LEAK * abs(float(normal @ slopes[name]))]
    return sorted(leaks, key=lambda other: -moved[other])[:MOST_LEAKS]


def widest_range(
    judges: Judges, direction: Direction, trial: Sequence[Sitter], about: Attribute, deviation: float
) -> float | None:
    """Half the widest range over which people stay themselves, nearly every face's score rises and gains no more than it may; None when there is none.

    Args:
        direction: whose amount of 1 is expected to change the score by one ``deviation``.
    """
    limit = NEARLY_SAME if about.loose else SAME_PERSON
    for reach in sorted({min(reach, about.gain / 2) for reach in REACHES}, reverse=True):
        effect = judges.effect(direction, direction.name, trial, -reach, reach)
        if effect.identity <= limit and effect.right >= about.mostly:
            return within_gain(reach, effect.changes[direction.name] / deviation, about.gain)
    return None


def within_gain(reach: float, change: float, gain: float) -> float:
    """Half the range over which a score that changes by ``change`` from -``reach`` to ``reach`` changes by ``gain`` at most."""
    return reach * min(1.0, gain / change)


def deviations(scores: Mapping[str, Tensor]) -> dict[str, float]:
    """Standard deviation of every attribute among random faces."""
    return {name: float(values[values.isfinite()].std()) for name, values in scores.items()}


def overshadowed(name: str, effect: Effect, spread: Mapping[str, float]) -> bool:
    """Whether a direction moves something that is no part of its attribute more than the attribute itself."""
    others = effect.changes.keys() - {name, *ATTRIBUTES[name].parts}
    sizes = {other: abs(effect.changes[other]) / spread[other] for other in others}
    return max(sizes.values()) > abs(effect.changes[name]) / spread[name]


def table(made: Mapping[str, Made], left_out: Sequence[str], spread: Mapping[str, float], arguments: argparse.Namespace) -> str:
    """docs/results/directions.md: what each direction does, to its own attribute and to the others."""
    confined = ", ".join(f"{name} ({ATTRIBUTES[name].region})" for name in made if ATTRIBUTES[name].region)
    gained = [name for name in made if ATTRIBUTES[name].gain == BELIEVABLE]
    lines = [
        "# Shipped directions: measured effects",
        "",
        f"`python scripts/make_direction_pack.py --count {arguments.count} --seed {arguments.seed}`, CPU, {datetime.date.today()}.",
        f"Measured on {arguments.faces} random faces (psi 0.8) that took no part in finding, and on {len(arguments.projects)} projected photographs "
        f"({', '.join(path.stem for path in arguments.projects)}; preset balanced), drawn at 256 px, over each direction's default range, -3 to 3, whose "
        f"length was set on 12 faces of their own ({', '.join(gained)}: so that the own effect on these is {BELIEVABLE:g} at most). Own effect and side effects are mean "
        "changes on the random faces from one end of the range to the other, in standard deviations; side effects below 0.4 are left out. Rises: "
        "the share of faces whose own score is higher at the range's upper end than at its lower. Identity: median distance of dlib's descriptors between the "
        "face and the farther end of its range (0.6 is dlib's own threshold of being the same person). The judges are those that found the directions. "
        f"All is measured without regions: edits along {confined} are confined to these, where no other place is asked for.",
        "",
        "| direction | a positive amount | layers | own effect | rises | identity | rises (photographs) | identity (photographs) | side effects |",
        "|" + "---|" * 9,
    ]
    for name, (direction, effect, projected) in ((name, (m.direction, m.random, m.projected)) for name, m in made.items()):
        sizes = {other: change / spread[other] for other, change in effect.changes.items()}
        sides = sorted(
            (other for other in sizes if other != name and abs(sizes[other]) >= SHOWN), key=lambda other: -abs(sizes[other])
        )
        assert direction.layers is not None
        cells = (
            name,
            direction.effect,
            f"{direction.layers[0]}-{direction.layers[-1]}",
            f"{sizes[name]:+.2f}",
            f"{effect.right:.0%}",
            f"{effect.identity:.2f}",
            *((f"{projected.right:.0%}", f"{projected.identity:.2f}") if projected else ("", "")),
            ", ".join(f"{other} {sizes[other]:+.2f}" for other in sides) or "none",
        )
        lines.append(f"| {' | '.join(cells)} |")
    lines += [
        "",
        "Tried and left out, because people stop being themselves before it shows, because something else moves more or its score rises on too few: ",
    ]
    lines[-1] += f"{', '.join(left_out) or 'none'}."
    lines += ["", "## How each was found", ""]
    lines += [f"- **{name}**: {one.direction.provenance}." for name, one in made.items()]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
