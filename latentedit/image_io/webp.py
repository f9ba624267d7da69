"""What a WebP file tells of how it was coded.

WebP container specification (RIFF: four letters, length, content padded to even); the frame header of VP8 after RFC 6386, sections 7 (the
decoder of bits), 9.2 to 9.6 and 19.2; from quality to quantiser as libwebp's encoder has it (``QualityToCompression`` in quant_enc.c).
"""

from __future__ import annotations

from collections.abc import Iterator

_START_CODE = b"\x9d\x01\x2a"
_FRAME_HEAD = 10
_SEGMENTS = 4
_MAX_INDEX = 127


def is_lossless(data: bytes) -> bool:
    """Whether the file's first picture is coded without loss."""
    return next((name == b"VP8L" for name, _ in _bit_streams(data)), False)


def quality_of(data: bytes) -> int | None:
    """About what quality, 0 to 100, a lossy file's first picture was coded with, by its quantisers; None where that cannot be told."""
    stream = next((content for name, content in _bit_streams(data) if name == b"VP8 "), b"")
    if stream[3:6] != _START_CODE or stream[0] & 1:  # only key frames have all of the header
        return None
    try:
        indices = _quantisers(_Bits(stream[_FRAME_HEAD:]))
    except IndexError:
        return None
    compression = sum((1 - index / _MAX_INDEX) ** 3 for index in indices) / len(indices)
    return round(100 * (1.5 * compression if compression < 0.5 else (compression + 1) / 2))


class _Bits:
    """The arithmetic decoder of VP8.

    Raises:
        IndexError: the bits are at their end.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._value = data[0] << 8 | data[1]
        self._at, self._range, self._shifted = 2, 255, 0

    def bit(self) -> int:
        """One bit that is as likely 0 as 1."""
        split = 1 + ((self._range - 1) * 128 >> 8)
        high = split << 8
        found = int(self._value >= high)
        self._value -= high if found else 0
        self._range = self._range - split if found else split
        while self._range < 128:
            self._value <<= 1
            self._range <<= 1
            self._shifted += 1
            if self._shifted == 8:
                self._shifted = 0
                self._value |= self._data[self._at]
                self._at += 1
        return found

    def number(self, bits: int) -> int:
        """So many bits, the highest first."""
        value = 0
        for _ in range(bits):
            value = value << 1 | self.bit()
        return value

    def optional(self, bits: int, *, signed: bool = True) -> int:
        """A number behind a bit that tells whether it is there; 0 where it is not."""
        if not self.bit():
            return 0
        value = self.number(bits)
        return -value if signed and self.bit() else value


def _quantisers(bits: _Bits) -> list[int]:
    """The quantiser indices of the picture's segments, 0 to 127."""
    bits.number(2)  # colour space, clamping
    segments: list[int] = []
    absolute = False
    if bits.bit():
        new_map, new_values = bits.bit(), bits.bit()
        if new_values:
            absolute = bool(bits.bit())
            segments = [bits.optional(7) for _ in range(_SEGMENTS)]
            for _ in range(_SEGMENTS):
                bits.optional(6)  # strength of the loop filter
        if new_map:
            for _ in range(_SEGMENTS - 1):
                bits.optional(8, signed=False)
    bits.number(1 + 6 + 3)  # the loop filter's kind, level and sharpness
    if bits.bit() and bits.bit():
        for _ in range(8):
            bits.optional(6)  # its differences
    bits.number(2)  # partitions
    base = bits.number(7)
    indices = segments if absolute else [base + difference for difference in segments or [0]]
    return [min(max(index, 0), _MAX_INDEX) for index in indices]


def _bit_streams(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The file's chunks with a picture's bits: name and content."""
    position = 12
    while position + 8 <= len(data):
        name, length = data[position : position + 4], int.from_bytes(data[position + 4 : position + 8], "little")
        if name in (b"VP8L", b"VP8 "):
            yield name, data[position + 8 : position + 8 + length]
        # The bits of an animation's picture lie inside its frame, after 16 bytes about it.
        position += 8 + (16 if name == b"ANMF" else length + length % 2)
