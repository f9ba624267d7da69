"""Whether faces are still where they were found: an image that was cropped, scaled, mirrored, turned or moved has them elsewhere.

That it was painted on is no matter. So pixels are not compared one by one: the size is, where layers lie, and whether a small grey picture of the
whole looks more like a mirrored or turned one than like itself.
"""

from typing import Any, Dict, List, NamedTuple, Sequence, Tuple

SIDE = 32
"""Of the small picture: enough for faces, and quickly compared."""
MUCH = 0.5
"""The turned picture must be nearer by this factor, or symmetrical pictures that were painted on would count as turned."""

Box = Tuple[int, int, int, int]


class Layer(NamedTuple):
    """Where a layer lies: how far it was moved, and the box of its pixels (left, top, right, bottom)."""

    position: Tuple[int, int]
    box: Box


class Placement(NamedTuple):
    """How a document lay at some time: its size in pixels, its visible layers by their identifiers, and SIDE x SIDE bytes of grey."""

    size: Tuple[int, int]
    layers: Dict[str, Layer]
    small: bytes

    @classmethod
    def of(cls, document: Any) -> "Placement":
        """As it lies now."""
        small = document.thumbnail(SIDE, SIDE).scaled(SIDE, SIDE)
        small = small.convertToFormat(small.Format_Grayscale8)
        bits = small.constBits()
        bits.setsize(small.sizeInBytes())
        layers: Dict[str, Layer] = {}
        _note(document.rootNode().childNodes(), layers)
        return cls((document.width(), document.height()), layers, bytes(bits))

    def differs(self, now: "Placement", faces: Sequence[Sequence[int]]) -> bool:
        """Whether these faces (left, top, right, bottom) are no longer where they were."""
        if self.size != now.size or looks_turned(self.small, now.small, SIDE):
            return True
        for name, layer in self.layers.items():
            moved = name in now.layers and now.layers[name].position != layer.position
            if moved and any(overlap(layer.box, face) for face in faces):
                return True
        return False


def _note(nodes: Sequence[Any], layers: Dict[str, Layer]) -> None:
    for node in nodes:
        if node.visible():
            position, bounds = node.position(), node.bounds()
            box = (bounds.left(), bounds.top(), bounds.left() + bounds.width(), bounds.top() + bounds.height())
            layers[node.uniqueId().toString()] = Layer((position.x(), position.y()), box)
            _note(node.childNodes(), layers)


def overlap(one: Sequence[int], other: Sequence[int]) -> bool:
    """Whether two boxes (left, top, right, bottom) have a pixel in common."""
    return max(one[0], other[0]) < min(one[2], other[2]) and max(one[1], other[1]) < min(one[3], other[3])


def looks_turned(before: bytes, now: bytes, side: int) -> bool:
    """Whether a square grey picture looks like a mirrored or turned one rather than like what it was."""
    same = difference(before, now)
    return any(difference(turned, now) < MUCH * same for turned in turns(before, side))


def difference(one: bytes, other: bytes) -> int:
    """The sum of the differences of two pictures."""
    return sum(abs(a - b) for a, b in zip(one, other))


def turns(picture: bytes, side: int) -> List[bytes]:
    """The seven other ways to lay a square picture: turned by quarters, and mirrored."""
    rows = [picture[start : start + side] for start in range(0, side * side, side)]
    found = []
    for _ in range(4):
        rows = [bytes(column) for column in zip(*reversed(rows))]
        found += [b"".join(rows), b"".join(reversed(rows))]
    return [turned for turned in found if turned != picture]
