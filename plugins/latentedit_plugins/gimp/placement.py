"""Whether faces are still where they were found: in an image that was cropped, scaled, mirrored or painted on, layers would lie over something else."""

from typing import List, Mapping, NamedTuple, Sequence, Tuple

SIDE = 512
"""So many samples of the picture are kept along its longer side: enough for faces, and quickly compared."""
TOLERANCE = 24
"""Of 255: conversions of an image to another depth, or to grey, change less."""

Pair = Tuple[int, int]


def step_for(width: int, height: int) -> int:
    """Of how many pixels one is kept."""
    return -(-max(width, height) // SIDE)


class Placement(NamedTuple):
    """How an image lay at some time: its size, the layer's size and offsets in pixels, and each step-th grey value of each step-th row of the layer."""

    canvas: Pair
    size: Pair
    offsets: Pair
    step: int
    rows: List[bytes]

    def change(self, now: "Placement", faces: Mapping[int, Sequence[float]]) -> str:
        """What was done to an image since, as a sentence; empty where its faces are where they were.

        Args:
            faces: the boxes (left, top, right, bottom) of those that matter, in pixels of the layer.
        """
        if self.canvas != now.canvas:
            return "The image was cropped, scaled or turned since its faces were found."
        if self.size != now.size:
            return "The layer was cropped, scaled or turned since its faces were found."
        if self.offsets != now.offsets:
            return "The layer was moved since its faces were found."
        for face, box in sorted(faces.items()):
            if any(_differ(one, other) for one, other in zip(self._within(box), now._within(box))):
                return f"The picture under face {face + 1} was changed since it was found."
        return ""

    def _within(self, box: Sequence[float]) -> List[bytes]:
        left, top, right, bottom = (max(int(edge) // self.step, 0) for edge in box)
        return [row[left : right + 1] for row in self.rows[top : bottom + 1]]


def _differ(one: bytes, other: bytes) -> bool:
    return one != other and any(abs(a - b) > TOLERANCE for a, b in zip(one, other))
