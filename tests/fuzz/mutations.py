"""Ways to damage a file: bytes, lengths, and what is inside a zip file, with all its checksums made right again."""

from __future__ import annotations

import hashlib
import io
import json
import re
import struct
import zipfile
from collections.abc import Callable, Sequence
from random import Random

ZIP_START = b"PK\x03\x04"
_NUMBER = re.compile(rb"-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")
_EXTREMES = (0, 1, 2, 7, 0x7F, 0x80, 0xFF, 0x7FFF, 0xFFFF, 2**24, 2**31 - 1, 2**31, 2**32 - 1, 2**40, 2**62, 2**63, 2**64 - 1)
_TOKENS = (
    b"0",
    b"-1",
    b"1e999",
    b"1e308",
    b"NaN",
    b"null",
    b"true",
    b"[]",
    b"{}",
    b'""',
    b"99999999999999999999",
    b"0.5",
    b'"\\ud800"',
    b"[" * 300,
)

Mutation = Callable[[bytes, Random, Sequence[bytes]], bytes]


def mutated(sound: bytes, random: Random, others: Sequence[bytes]) -> bytes:
    """``sound`` with one to three mutations; ``others`` are files to take parts of."""
    data = sound
    for _ in range(random.choice((1, 1, 1, 2, 3))):
        if data.startswith(ZIP_START) and random.random() < 0.7:
            data = in_zip(data, random, others)
        else:
            data = random.choice(BYTE_MUTATIONS)(data, random, others)
    return data


def flip_bits(data: bytes, random: Random, others: Sequence[bytes]) -> bytes:
    """Some bits the other way."""
    changed = bytearray(data)
    for _ in range(random.choice((1, 1, 2, 8, 64))):
        if changed:
            changed[random.randrange(len(changed))] ^= 1 << random.randrange(8)
    return bytes(changed)


def set_bytes(data: bytes, random: Random, others: Sequence[bytes]) -> bytes:
    """Some bytes other ones."""
    changed = bytearray(data)
    for _ in range(random.choice((1, 2, 4))):
        if changed:
            changed[random.randrange(len(changed))] = random.randrange(256)
    return bytes(changed)


def truncate(data: bytes, random: Random, others: Sequence[bytes]) -> bytes:
    """Without its end, or its beginning."""
    at = random.randrange(len(data) + 1)
    return data[:at] if random.random() < 0.8 else data[at:]


def splice(data: bytes, random: Random, others: Sequence[bytes]) -> bytes:
    """A part of another file in the place of a part of this one, or between."""
    other = random.choice(others)
    start, length = random.randrange(len(other) + 1), random.choice((1, 8, 64, 512, len(other)))
    at = random.randrange(len(data) + 1)
    behind = at + random.choice((0, length))
    return data[:at] + other[start : start + length] + data[behind:]


def repeat(data: bytes, random: Random, others: Sequence[bytes]) -> bytes:
    """A part of it twice, or many times."""
    start = random.randrange(len(data) + 1)
    part = data[start : start + random.choice((1, 4, 32, 256))]
    return data[:start] + part * random.choice((2, 3, 1000)) + data[start + len(part) :]


def remove(data: bytes, random: Random, others: Sequence[bytes]) -> bytes:
    """Without a part."""
    start = random.randrange(len(data) + 1)
    return data[:start] + data[start + random.choice((1, 2, 8, 100)) :]


def set_length(data: bytes, random: Random, others: Sequence[bytes]) -> bytes:
    """A number of two, four or eight bytes set to an extreme, most often near the beginning or the end, where the lengths of files are."""
    kind = random.choice("HIQ")
    size = struct.calcsize(kind)
    if len(data) < size:
        return data
    places = len(data) - size + 1
    near = min(places, 64)
    at = random.choice((random.randrange(near), places - 1 - random.randrange(near), random.randrange(places)))
    value = random.choice((*_EXTREMES, len(data), len(data) + 1)) & (256**size - 1)
    return data[:at] + struct.pack(f"<{kind}", value) + data[at + size :]


def set_number(data: bytes, random: Random, others: Sequence[bytes]) -> bytes:
    """A number in a text, as of JSON or of a header, something else."""
    found = [match.span() for match in _NUMBER.finditer(data[:20_000])]
    if not found:
        return data
    start, end = random.choice(found)
    return data[:start] + random.choice(_TOKENS) + data[end:]


BYTE_MUTATIONS: tuple[Mutation, ...] = (flip_bits, set_bytes, truncate, splice, repeat, remove, set_length, set_number)


def in_zip(data: bytes, random: Random, others: Sequence[bytes]) -> bytes:
    """A zip file with a member damaged, left out, doubled, renamed, exchanged or compressed, packed again with right checksums."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = [(info.filename, archive.read(info)) for info in archive.infolist()]
    except Exception:  # of a zip file that was damaged before
        return flip_bits(data, random, others)
    if not members:
        return data
    index = random.randrange(len(members))
    name, content = members[index]
    what = random.random()
    method = zipfile.ZIP_STORED
    if what < 0.65:
        members[index] = name, random.choice(BYTE_MUTATIONS)(content, random, others)
    elif what < 0.72:
        del members[index]
    elif what < 0.79:
        members.append((name, content if random.random() < 0.5 else random.choice(others)))
    elif what < 0.86:
        members[index] = (
            random.choice(("../x", "/etc/passwd", "data.pkl", "a" * 300, name.upper(), name + "/", "x.npy", "\u00e4")),
            content,
        )
    elif what < 0.93:
        other = random.randrange(len(members))
        members[index], members[other] = (name, members[other][1]), (members[other][0], content)
    else:
        method = random.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA))
        # Beyond what may be unpacked where that is quick to make, and to read.
        members[index] = name, content + bytes(random.choice((0, 10**5, 7 * 10**7 if method == zipfile.ZIP_DEFLATED else 10**6)))
    if random.random() < 0.5:
        members = _with_right_hash(members)
    return _packed(members, method)


def _with_right_hash(members: list[tuple[str, bytes]]) -> list[tuple[str, bytes]]:
    """A project's members with its manifest naming the hash of the photograph that is in it."""
    contents = dict(members)
    photo = next((data for name, data in members if name.startswith("original")), None)
    try:
        manifest = json.loads(contents["manifest.json"])
        manifest["photo"]["sha256"] = hashlib.sha256(photo or b"").hexdigest()
        text = json.dumps(manifest).encode("utf-8")
    except (KeyError, ValueError, TypeError, RecursionError):
        return members
    return [(name, text if name == "manifest.json" else data) for name, data in members]


def _packed(members: list[tuple[str, bytes]], method: int) -> bytes:
    import warnings

    stream = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(stream, "w", method) as archive:
        warnings.simplefilter("ignore")  # of names that stand twice
        for name, content in members:
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content, compress_type=method)
    return stream.getvalue()
