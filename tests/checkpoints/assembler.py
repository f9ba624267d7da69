"""Pickles put together by hand, instruction by instruction: what :mod:`pickle` would never write. Each function gives a piece; pieces are added."""

from __future__ import annotations

import struct

P2, P4, P5 = b"\x80\x02", b"\x80\x04", b"\x80\x05"
NONE, MARK, POP, DUP, REDUCE, BUILD, STOP, MEMOIZE = b"N", b"(", b"0", b"2", b"R", b"b", b".", b"\x94"
EMPTY_LIST, EMPTY_DICT, EMPTY_TUPLE = b"]", b"}", b")"


def text(value: str) -> bytes:
    data = value.encode("utf-8", "surrogatepass")
    return b"X" + struct.pack("<I", len(data)) + data


def raw(value: bytes) -> bytes:
    return b"B" + struct.pack("<I", len(value)) + value


def number(value: int) -> bytes:
    if -(2**31) <= value < 2**31:
        return b"J" + struct.pack("<i", value)
    data = value.to_bytes(value.bit_length() // 8 + 1, "little", signed=True)
    return (b"\x8a" + bytes([len(data)]) if len(data) < 256 else b"\x8b" + struct.pack("<i", len(data))) + data


def name(module: str, attribute: str) -> bytes:
    """As protocols before 4 name what is outside."""
    return f"c{module}\n{attribute}\n".encode()


def stack_name(module: str, attribute: str) -> bytes:
    """As protocol 4 does: from two texts, whose dots Python follows."""
    return text(module) + text(attribute) + b"\x93"


def put(index: int) -> bytes:
    return b"r" + struct.pack("<I", index)


def get(index: int) -> bytes:
    return b"j" + struct.pack("<I", index)


def a_tuple(*items: bytes) -> bytes:
    return MARK + b"".join(items) + b"t"


def a_list(*items: bytes) -> bytes:
    return b"](" + b"".join(items) + b"e"


def a_dict(*pairs: tuple[bytes, bytes]) -> bytes:
    return b"}(" + b"".join(key + value for key, value in pairs) + b"u"


def call(function: bytes, *arguments: bytes) -> bytes:
    return function + a_tuple(*arguments) + REDUCE


def legacy(*pickles: bytes, storages: bytes = b"") -> bytes:
    """A file of torch before 1.6: its beginning, these pickles, the storages' bytes."""
    start = P2 + b"\x8a\x0a" + (0x1950A86A20F9469CFC6C).to_bytes(10, "little") + STOP + P2 + b"M\xe9\x03."
    about = P2 + a_dict((text("little_endian"), b"\x88")) + STOP
    return start + about + b"".join(P2 + each + STOP for each in pickles) + storages


def reference(count: int, key: str = "0", *view: bytes) -> bytes:
    """The id by which a pickle of torch refers to a storage of floats."""
    return a_tuple(text("storage"), name("torch", "FloatStorage"), text(key), text("cpu"), number(count), *view)


def storage_bytes(count: int, data: bytes) -> bytes:
    """What ``torch.storage._load_from_bytes`` is given: one storage, of ``count`` floats as it says."""
    return legacy(reference(count, "0", NONE) + b"Q", a_list(text("0")), storages=struct.pack("<q", count) + data)


def tensor(storage: bytes, offset: bytes, size: bytes, stride: bytes) -> bytes:
    return call(name("torch._utils", "_rebuild_tensor_v2"), storage, offset, size, stride, b"\x89", EMPTY_DICT)


def numpy_array(shape: bytes, data: bytes, code: str = "f4") -> bytes:
    dtype = call(name("numpy", "dtype"), text(code), b"K\x00", b"K\x01")
    dtype += a_tuple(b"K\x03", text("<"), NONE, NONE, NONE, number(-1), number(-1), b"K\x00") + BUILD
    made = call(name("numpy.core.multiarray", "_reconstruct"), name("numpy", "ndarray"), a_tuple(b"K\x00"), raw(b"b"))
    return made + a_tuple(b"K\x01", shape, dtype, b"\x89", data) + BUILD
