"""Draw a set, be killed, go on; run as a process of its own, as drawing in a forked child needs a parent without threads."""

from __future__ import annotations

import hashlib
import time
from pathlib import Path

import numpy as np
import torch
from killing import Arguments, killed, undisturbed

from latentedit.generators.toy import ToyGenerator
from latentedit_training.data.faces import draw_faces

COUNT = 400


class Brightness:
    """How bright a picture is; the darkest are not scored, so that they are replaced."""

    names = ("brightness",)

    def score(self, rgb_uint8: np.ndarray) -> dict[str, float]:
        mean = float(rgb_uint8.mean())
        return {"brightness": mean} if mean > 100 else {}


def draw(path: Path) -> None:
    for _ in draw_faces(ToyGenerator(), path=path, count=COUNT, size=16, seed=5, scorers=[Brightness()], resume=True):
        pass


def main() -> None:
    torch.set_num_threads(1)
    arguments = Arguments.parse()
    whole, cut = arguments.folder / "whole.zip", arguments.folder / "cut.zip"
    takes = undisturbed(lambda: draw(whole))
    within = 0
    for _ in range(arguments.kills):
        within += killed(lambda: draw(cut), arguments.random.uniform(0.2, 0.6) * takes)
        assert not cut.exists() or cut.read_bytes() == whole.read_bytes(), "there is a zip that is not complete"
    began = time.monotonic()
    undisturbed(lambda: draw(cut))
    assert within, "the kills always came after the work"
    assert cut.read_bytes() == whole.read_bytes(), "not the set of an undisturbed drawing"
    assert sorted(path.name for path in arguments.folder.iterdir()) == ["cut.zip", "whole.zip"], "something was left behind"
    digest = hashlib.sha256(cut.read_bytes()).hexdigest()[:8]
    print(f"{within} kills came within {takes:.1f} s of drawing; the rest took {time.monotonic() - began:.1f} s; {digest}")


if __name__ == "__main__":
    main()
