"""Move projected faces along directions and tell what that does to a score, as a Markdown table of docs/results/directions.md.

    python scripts/measure_directions.py --projects me.ledit you.ledit --moves smile.pt=3:smile age.pt=3:age

A move is a direction's name or file, an amount, and the score that it should raise. Scores are the mean of six views of the full drawing. Needs
latentedit[discover].
"""

from __future__ import annotations

import argparse
import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import torch
from measure_projections import six_views

import latentedit
from latentedit.assets import AssetStore
from latentedit.directions.scorers import Scorer
from latentedit.directions.scorers.registry import load_scorers
from latentedit.engine import Engine
from latentedit.identity import identity_distance
from latentedit.images import to_image, to_uint8


@dataclass(frozen=True)
class Move:
    """A direction by name or file, how far, and the attribute that it should raise."""

    direction: str
    amount: float
    attribute: str

    @classmethod
    def of(cls, text: str) -> Move:
        """``"smile.pt=3:smile"``; the attribute is the direction's name when it is left out."""
        direction, _, rest = text.rpartition("=")
        amount, _, attribute = rest.partition(":")
        return cls(direction, float(amount), attribute or Path(direction).stem)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--projects", nargs="+", type=Path, required=True)
    parser.add_argument("--moves", nargs="+", type=Move.of, required=True, metavar="DIRECTION=AMOUNT[:ATTRIBUTE]")
    parser.add_argument("--device", default="cpu")
    arguments = parser.parse_args()
    moves: list[Move] = arguments.moves
    scorers = load_scorers(AssetStore.default(), {move.attribute for move in moves})
    print("| direction | amount | face | score | before | after | identity |\n" + "|---" * 7 + "|")
    risen = {move: 0 for move in moves}
    for path in arguments.projects:
        for move, before, after, identity in measured(path, moves, scorers, Engine(arguments.device)):
            risen[move] += after > before
            cells = (Path(move.direction).name, f"{move.amount:g}", path.stem, move.attribute)
            print(f"| {' | '.join(cells)} | {before:.2f} | {after:.2f} | {identity:.2f} |", flush=True)
    print(f"\n{arguments.device}, {datetime.date.today()}")
    for move, count in risen.items():
        print(f"{Path(move.direction).name} at {move.amount:g}: {move.attribute} rises on {count} of {len(arguments.projects)}.")


@torch.no_grad()
def measured(path: Path, moves: list[Move], scorers: list[Scorer], engine: Engine) -> Iterator[tuple[Move, float, float, float]]:
    """Every move of one project's first face: the score before and after, and the distance of dlib's descriptors."""
    session = latentedit.Session.open(path, engine=engine)
    generator, noise = engine.drawn_with(session.generator, session.face(0).projected())
    w_plus = session.edited_latent(0)
    before = generator.synthesis(w_plus, noise=noise)
    scores = six_views(before, scorers)
    for move in moves:
        direction = latentedit.load_direction(move.direction, generator=session.generator)
        after = generator.synthesis(direction.apply(w_plus, move.amount), noise=noise)
        moved = six_views(after, scorers).get(move.attribute, float("nan"))
        yield (
            move,
            scores[move.attribute],
            moved,
            float(identity_distance(*(to_image(to_uint8(image)) for image in (before, after)))),
        )


if __name__ == "__main__":
    main()
