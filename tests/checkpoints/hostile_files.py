"""Hostile files of other kinds than a bare pickle: zip files, old files of torch, numpy's, safetensors."""

from __future__ import annotations

import struct
import zipfile
import zlib
from dataclasses import dataclass

from checkpoints.assembler import (
    NONE,
    P2,
    POP,
    STOP,
    a_list,
    a_tuple,
    legacy,
    name,
    number,
    reference,
    tensor,
    text,
)
from checkpoints.hostile import CANARY, CODE, Hostile
from checkpoints.hostile_calls import RUN, SYSTEM

MIB = 2**20
VIEW = number(0), a_tuple(number(4)), a_tuple(number(1))
TENSOR = P2 + tensor(reference(4) + b"Q", *VIEW) + STOP
NUMBERS = struct.pack("<4f", 1, 2, 3, 4)
HOLDS = [1.0, 2.0, 3.0, 4.0]
NPY = b"\x93NUMPY\x01\x00"
WORK = (NONE + POP) * 200_000


@dataclass(frozen=True)
class Member:
    """A member of a zip file, and what the file says of it, which may be untrue."""

    name: str
    stored: bytes
    method: int = zipfile.ZIP_STORED
    size: int | None = None
    stored_size: int | None = None
    crc: int | None = None

    def header(self, *, central: bool, offset: int = 0) -> bytes:
        size = len(self.stored) if self.size is None else self.size
        stored_size = len(self.stored) if self.stored_size is None else self.stored_size
        crc = zlib.crc32(self.stored) if self.crc is None else self.crc
        path = self.name.encode()
        facts = struct.pack("<HHHHHIIIHH", 20, 0, self.method, 0, 0x21, crc, stored_size, size, len(path), 0)
        if central:
            return b"PK\x01\x02\x14\x00" + facts + struct.pack("<HHHII", 0, 0, 0, 0, offset) + path
        return b"PK\x03\x04" + facts + path


def zip_of(*members: Member) -> bytes:
    """A zip file as its members tell it."""
    body, entries = b"", b""
    for member in members:
        entries += member.header(central=True, offset=len(body))
        body += member.header(central=False) + member.stored
    return body + entries + end_of_zip(len(members), len(entries), len(body))


def end_of_zip(count: int, size: int, offset: int) -> bytes:
    return b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, count, count, size, offset, 0)


def torch_zip(pickled: bytes, *more: Member, folder: str = "archive/") -> bytes:
    return zip_of(Member(f"{folder}data.pkl", pickled), Member(f"{folder}data/0", NUMBERS), *more)


def zeros(mib: int) -> bytes:
    """That many MiB of nothing, deflated to a thousandth: the same few bytes for each of them."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packer.compress(bytes(MIB))
    first = packer.flush(zlib.Z_FULL_FLUSH)
    again = packer.compress(bytes(MIB)) + packer.flush(zlib.Z_FULL_FLUSH)
    return first + again * (mib - 1) + packer.flush(zlib.Z_FINISH)


def deflated(path: str, content: bytes) -> Member:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    stored = packer.compress(content) + packer.flush()
    return Member(path, stored, zipfile.ZIP_DEFLATED, len(content), crc=zlib.crc32(content))


def storage_of(member: Member, count: int) -> bytes:
    """A torch file whose one tensor looks at ``count`` numbers of a member."""
    pickled = P2 + tensor(reference(count, "x") + b"Q", number(0), a_tuple(number(1)), a_tuple(number(1))) + STOP
    return zip_of(Member("archive/data.pkl", pickled), member)


def overlapping(count: int, mib: int) -> bytes:
    """Members of which each contains, quoted, all that follow it, and the last one zeros: the file grows by a header for each.

    As David Fifield describes it, which newer versions of :mod:`zipfile` refuse themselves: a header is data of the member before, in a block of deflate that is not compressed.
    """
    content, packed = bytes(mib * MIB), zeros(mib)
    members: list[Member] = []
    for index in reversed(range(count)):
        member = Member(f"archive/data/{index}", packed, zipfile.ZIP_DEFLATED, size=len(content), crc=zlib.crc32(content))
        members.insert(0, member)
        header = member.header(central=False)
        content = header + content
        packed = b"\x00" + struct.pack("<HH", len(header), len(header) ^ 0xFFFF) + header + packed
    looks = [tensor(reference(mib * MIB // 4, f"{index}") + b"Q", *VIEW) for index in range(count)]
    tree = Member("archive/data.pkl", P2 + a_list(*looks) + STOP)
    body = tree.header(central=False) + tree.stored
    entries, at = tree.header(central=True), len(body)
    for member in members:
        entries += member.header(central=True, offset=at)
        at += len(member.header(central=False)) + 5  # the beginning of the block that quotes the next
    body += members[0].header(central=False) + members[0].stored
    return body + entries + end_of_zip(count + 1, len(entries), len(body))


def long_directory(count: int) -> bytes:
    """Entries with as many facts beside themselves as can be, each of nothing; :mod:`zipfile` copies the rest for each of them."""
    facts = bytes.fromhex("7f7f0000") * 16_383
    entries = b""
    for index in range(count):
        entry = bytearray(Member(f"archive/data/{index}", b"").header(central=True))
        entry[30:32] = struct.pack("<H", len(facts))
        entries += bytes(entry) + facts
    return Member("archive/data.pkl", b"").header(central=False) + entries + end_of_zip(count, len(entries), 46)


def npy(shape: str, descr: str = "<f4", data: bytes = b"") -> bytes:
    header = f"{{'descr': '{descr}', 'fortran_order': False, 'shape': {shape}, }}\n".encode()
    return NPY + struct.pack("<H", len(header)) + header + data


def safetensors(header: str) -> bytes:
    return struct.pack("<Q", len(header)) + header.encode() + bytes(4)


def ignored(value: str) -> bytes:
    """Safetensors with something beside what they know."""
    return safetensors('{"a": {"dtype": "F32", "shape": [1], "data_offsets": [0, 4], "more": ' + value + "}}")


ZIPS: dict[str, Hostile] = {
    "zip: a sound one": Hostile(torch_zip(TENSOR), holds=HOLDS),
    "zip: os.system": Hostile(torch_zip(P2 + RUN + STOP), "os.system"),
    "zip: a module outside": Hostile(
        torch_zip(P2 + a_tuple(text("module"), SYSTEM, text(CODE), text(CODE)) + b"Q."), "os.system"
    ),
    "zip: an id that is a text": Hostile(torch_zip(P2 + text("0") + b"Q."), "outside itself"),
    "zip: an id in a line": Hostile(torch_zip(P2 + b"P0\n."), "outside itself"),
    "zip: a storage by a path": Hostile(
        torch_zip(P2 + tensor(reference(4, "../../../../../etc/passwd") + b"Q", *VIEW) + STOP), "lacks"
    ),
    "zip: a storage of another class": Hostile(
        torch_zip(P2 + a_tuple(text("storage"), name("collections", "OrderedDict"), text("0"), text("cpu"), number(4)) + b"Q."),
        "kind",
    ),
    "zip: a part of a storage": Hostile(
        torch_zip(P2 + reference(4, "0", a_tuple(text("0"), number(0), number(4))) + b"Q."), "part"
    ),
    "zip: a storage in two ways": Hostile(torch_zip(P2 + reference(4) + b"Q" + reference(3) + b"Q."), "two ways"),
    "zip: a storage that no tensor looks at": Hostile(torch_zip(P2 + reference(4) + b"Q."), "no tensor"),
    "zip: 2 GB": Hostile(torch_zip(P2 + tensor(reference(2**29) + b"Q", *VIEW) + STOP), "truncated"),
    "zip: a program": Hostile(torch_zip(TENSOR, Member("archive/code/__torch__.py", CODE.encode())), "TorchScript"),
    "zip: two trees": Hostile(torch_zip(TENSOR, Member("other/data.pkl", P2 + RUN + STOP)), "TorchScript"),
    "zip: out of its folder": Hostile(torch_zip(TENSOR, folder="../../../"), holds=HOLDS),
    "zip: a member out of its folder": Hostile(
        torch_zip(TENSOR, Member(f"../{CANARY}", b"x"), Member(f"/{CANARY}", b"x")), holds=HOLDS
    ),
    "zip: the tree twice": Hostile(torch_zip(TENSOR, Member("archive/data.pkl", P2 + RUN + STOP)), "twice"),
    "zip: the tree twice by a zero": Hostile(torch_zip(TENSOR, Member("archive/data.pkl\0x", P2 + RUN + STOP)), "twice"),
    "zip: a tree that is a zip file": Hostile(torch_zip(torch_zip(TENSOR)), "damaged"),
    "zip: a bomb": Hostile(
        storage_of(Member("archive/data/x", zeros(1024), zipfile.ZIP_DEFLATED, 1024 * MIB), 2**28), "unpacks to more"
    ),
    "zip: a bomb that says it is small": Hostile(
        storage_of(Member("archive/data/x", zeros(2048), zipfile.ZIP_DEFLATED, 16, crc=zlib.crc32(bytes(16))), 4), holds=[0.0]
    ),
    "zip: a bomb of the tree": Hostile(
        zip_of(Member("a/data.pkl", zeros(1024), zipfile.ZIP_DEFLATED, 1024 * MIB)), "unpacks to more"
    ),
    "zip: members that overlap": Hostile(overlapping(40, 10)),
    "zip: larger than it is": Hostile(storage_of(Member("archive/data/x", NUMBERS, size=32), 8), "truncated"),
    "zip: smaller than it is": Hostile(storage_of(Member("archive/data/x", NUMBERS, size=8), 4), "damaged"),
    "zip: stored beyond the end": Hostile(storage_of(Member("archive/data/x", NUMBERS, stored_size=2**31), 4), "damaged"),
    "zip: as large as can be": Hostile(storage_of(Member("archive/data/x", NUMBERS, size=2**32 - 1, stored_size=2**32 - 1), 4)),
    "zip: a wrong sum": Hostile(storage_of(Member("archive/data/x", NUMBERS, crc=1), 4), "damaged"),
    "zip: a directory of nothing": Hostile(zip_of(), "It is no file of arrays"),
    "zip: no directory": Hostile(b"PK\x03\x04" + P2 + RUN + STOP, "zip"),
    "zip: a directory that takes long": Hostile(long_directory(300), "directory is too large"),
    "zip: cut": Hostile(torch_zip(TENSOR)[:-30], "zip"),
    "zip: behind another": Hostile(torch_zip(P2 + RUN + STOP) + torch_zip(TENSOR), holds=HOLDS),
    "zip: arrays of long pickles": Hostile(
        zip_of(*(deflated(f"{index}.npy", npy("(1,)", "|O", P2 + WORK + NONE + STOP)) for index in range(60))), "too long"
    ),
    "zip: arrays of many dimensions": Hostile(
        zip_of(*(deflated(f"{index}.npy", npy("(" + "99999999999999999999," * 3_000 + ")")) for index in range(200))),
        "dimensions",
    ),
    "zip: an array that calls": Hostile(zip_of(Member("a.npy", npy("(1,)", "|O", P2 + RUN + STOP))), "os.system"),
    "zip: a zip file among arrays": Hostile(zip_of(Member("a.npy", torch_zip(TENSOR))), "no array"),
}

LEGACY: dict[str, Hostile] = {
    "legacy: a sound one": Hostile(sound_legacy := legacy(tensor(reference(4, "0", NONE) + b"Q", *VIEW), a_list(text("0")), storages=struct.pack("<q", 4) + NUMBERS), holds=HOLDS),
    "legacy: os.system": Hostile(legacy(RUN, a_list()), "os.system"),
    "legacy: os.system before": Hostile(legacy()[:14] + P2 + RUN + STOP, "os.system"),
    "legacy: os.system behind": Hostile(legacy(NONE, RUN), "os.system"),
    "legacy: a module outside": Hostile(legacy(a_tuple(text("module"), SYSTEM) + b"Q", a_list()), "os.system"),
    "legacy: 2 GB": Hostile(legacy(tensor(reference(2**29, "0", NONE) + b"Q", *VIEW), a_list(text("0")), storages=struct.pack("<q", 2**29)), "truncated"),
    "legacy: fewer than it says": Hostile(sound_legacy.replace(struct.pack("<q", 4), struct.pack("<q", -4)), "damaged"),
    "legacy: numbers of nothing": Hostile(legacy(NONE, a_list(text("0"))), "nothing in it uses"),
    "legacy: keys that are lists": Hostile(legacy(NONE, a_list(a_list())), "nothing in it uses"),
    "legacy: long pickles in a row": Hostile(legacy(WORK + NONE, WORK + a_list()), "too long"),
    **{f"legacy: cut at {length}": Hostile(sound_legacy[:length]) for length in (14, 20, 60, 100, len(sound_legacy) - 1)},
}  # fmt: skip

OTHERS: dict[str, Hostile] = {
    "a pickle, and a zip file behind": Hostile(P2 + a_list(number(1)) + STOP + torch_zip(P2 + RUN + STOP), holds=[1]),
    "a pickle in safetensors": Hostile(struct.pack("<Q", 200) + b"{" + P2 + RUN + STOP + b" " * 200, "damaged safetensors"),
    "a pickle as a header of numpy": Hostile(NPY + struct.pack("<H", 40) + P2 + RUN + STOP, "header"),
    "numpy: many dimensions": Hostile(npy("(" + "99999999999999999999," * 3_000 + ")"), "dimensions"),
    "safetensors: deep where nobody looks": Hostile(ignored("[" * 200_000 + "]" * 200_000)),
    "safetensors: digits where nobody looks": Hostile(ignored("9" * 100_000)),
    "safetensors: texts that are none": Hostile(safetensors('{"__metadata__": {"a": 1}}'), "damaged"),
    "safetensors: half a pair of characters": Hostile(safetensors('{"__metadata__": {"a": "\\ud800"}}'), "damaged"),
    "safetensors: 2 GB": Hostile(safetensors('{"a": {"dtype": "F32", "shape": [536870912], "data_offsets": [0, 2147483648]}}'), "damaged"),
}  # fmt: skip

FILES = {**ZIPS, **LEGACY, **OTHERS}
