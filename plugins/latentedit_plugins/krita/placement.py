"""Whether faces are still where they were found: an image that was cropped, scaled, mirrored, turned or moved has them elsewhere.

Layers can be moved in too many ways for their places to tell. So the picture itself is compared, around each face: little squares of pixels with what
was at the same place. What was painted over, or has other colours, is still there as long as most of the squares look alike, and no other place nearby
fits better.
"""

from typing import Any, List, NamedTuple, Sequence, Tuple

SIDE = 2048
"""So many rows and columns are looked at; of larger pictures every second, or every third."""
SQUARES = 10
"""So many by so many lie around a face."""
SQUARE = 8
"""Pixels by pixels in each."""
AROUND = 0.15
"""So much of a face's box is added on each side."""
ALIKE = 0.5
"""How alike the squares must be on the average: 1 for the same, 0 for what has nothing to do with it."""
SURE = 0.99
"""What is as alike as this has not moved."""
BETTER = 0.02
"""By so much another place must fit better for the face to have moved there."""
PLAIN = 2.0
"""Squares whose grey varies less than this (standard deviation, of 255) look like any others, and are not asked."""
STEPS = (-4, -2, -1, 0, 1, 2, 4)
"""How far the other places are away, in pixels."""

Box = Tuple[int, int, int, int]


class Placement(NamedTuple):
    """A document's picture at some time: its size in pixels, and of every `step`-th row every `step`-th pixel as a byte of green."""

    size: Tuple[int, int]
    step: int
    rows: List[bytes]

    @classmethod
    def of(cls, document: Any) -> "Placement":
        """As it is now."""
        document.waitForDone()
        width, height = document.width(), document.height()
        step = step_for(width, height)
        return cls((width, height), step, [_row(document, top, width)[::step] for top in range(0, height, step)])

    def differs(self, now: "Placement", faces: Sequence[Sequence[int]]) -> bool:
        """Whether one of these faces (left, top, right, bottom) is no longer where it was."""
        if self.size != now.size:
            return True
        return any(moved(self.rows, now.rows, self._inner(face)) for face in faces)

    def _inner(self, face: Sequence[int]) -> Box:
        """The box of a face and some of what is around it, within the rows."""
        wide, high = AROUND * (face[2] - face[0]), AROUND * (face[3] - face[1])
        left, top, right, bottom = face[0] - wide, face[1] - high, face[2] + wide, face[3] + high
        columns, rows = len(self.rows[0]), len(self.rows)
        return (
            min(max(int(left / self.step), 0), columns - 1),
            min(max(int(top / self.step), 0), rows - 1),
            max(min(int(right / self.step) + 1, columns), 1),
            max(min(int(bottom / self.step) + 1, rows), 1),
        )


def step_for(width: int, height: int) -> int:
    """Which rows and columns are looked at: every first, second, third."""
    return -(-max(width, height) // SIDE)


def _row(document: Any, top: int, width: int) -> bytes:
    """A row's green, without what is transparent, in the colours of a screen: so it matters little which colours the document has."""
    row = document.projection(0, top, width, 1)
    row = row.convertToFormat(row.Format_ARGB32_Premultiplied)
    bits = row.constBits()
    bits.setsize(4 * width)
    return bytes(bits)[1::4]


def moved(before: Sequence[bytes], now: Sequence[bytes], box: Box) -> bool:
    """Whether what was in a box (left, top, right, bottom) of a picture of bytes is not there any more, or fits better nearby."""
    squares = [square for square in squares_in(box) if spread(cut(before, *square)) > PLAIN]
    if not squares:
        # Nothing is to be seen there: then nothing may have come.
        return any(spread(cut(now, *square)) > 2 * PLAIN for square in squares_in(box))
    here = likeness(before, now, squares)
    if here >= SURE:
        return False
    return here < ALIKE or any(
        likeness(before, now, squares, across, down) > here + BETTER for across in STEPS for down in STEPS if across or down
    )


def squares_in(box: Box) -> List[Tuple[int, int, int, int]]:
    """Squares (left, top, width, height) that are spread over a box."""
    wide, high = min(box[2] - box[0], SQUARE), min(box[3] - box[1], SQUARE)
    lefts, tops = _spread_over(box[0], box[2] - wide), _spread_over(box[1], box[3] - high)
    return [(left, top, wide, high) for top in tops for left in lefts]


def _spread_over(first: int, last: int) -> List[int]:
    return sorted({first + (last - first) * number // (SQUARES - 1) for number in range(SQUARES)})


def cut(picture: Sequence[bytes], left: int, top: int, width: int, height: int) -> bytes:
    """A square of a picture; less where it reaches beyond."""
    return b"".join(row[max(left, 0) : left + width] for row in picture[max(top, 0) : top + height])


def likeness(before: Sequence[bytes], now: Sequence[bytes], squares: Sequence[Box], across: int = 0, down: int = 0) -> float:
    """How alike squares of two pictures are on the average, -1 to 1, where the later ones are looked for at some distance.

    Brighter and more contrasted ones count as alike. Squares that would reach beyond the picture are left out.
    """
    found = []
    for left, top, width, height in squares:
        one, other = cut(before, left, top, width, height), cut(now, left + across, top + down, width, height)
        if len(one) == len(other):
            found.append(correlation(one, other))
    return sum(found) / len(found) if found else 0.0


def correlation(one: bytes, other: bytes) -> float:
    """Pearson's, of two rows of numbers; 0 where one of them is all the same."""
    if one == other:
        return 1.0
    count = len(one)
    mean, other_mean = sum(one) / count, sum(other) / count
    product = sum(a * b for a, b in zip(one, other)) - count * mean * other_mean
    squared = (sum(a * a for a in one) - count * mean**2) * (sum(b * b for b in other) - count * other_mean**2)
    return float(product / squared**0.5) if squared > 1e-6 else 0.0


def spread(values: bytes) -> float:
    """The standard deviation."""
    count = len(values)
    mean = sum(values) / count
    return float(max(sum(value * value for value in values) / count - mean**2, 0.0) ** 0.5)
