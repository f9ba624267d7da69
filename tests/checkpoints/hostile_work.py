"""Pickles that would take much memory or time, and pickles that make no sense."""

from __future__ import annotations

import inspect
import pickle
import struct
from collections.abc import Callable, Iterator

from checkpoints.assembler import (
    BUILD,
    DUP,
    EMPTY_DICT,
    EMPTY_LIST,
    EMPTY_TUPLE,
    MARK,
    MEMOIZE,
    NONE,
    P4,
    P5,
    POP,
    REDUCE,
    STOP,
    a_dict,
    a_list,
    a_tuple,
    call,
    get,
    legacy,
    name,
    number,
    numpy_array,
    put,
    raw,
    reference,
    storage_bytes,
    tensor,
    text,
)
from checkpoints.hostile import READ, Hostile, harmless, refused
from checkpoints.hostile_calls import NAMESPACE, STORAGE
from latentedit.checkpoints.allowed_names import allowed_names
from latentedit.checkpoints.budget import Budget

MIB = 2**20
_PYTHON_HASH = 2**61 - 1
"""Whole numbers that differ by it have the same hash."""
_DEEP = NONE + b"\x85" * 100_000
_WIDE = text("x" * MIB) + put(0) + MARK + get(0) * 100_000 + b"t"


def laughs(make: Callable[[bytes], bytes], levels: int = 28) -> bytes:
    """Each level is made of the one before, twice: two to the ``levels`` leaves, when they are told one by one."""
    pickled = text("ha") + put(0)
    for level in range(levels):
        pickled += make(get(level) + get(level)) + put(level + 1)
    return MARK + pickled + b"1" + get(levels)


def given_to_each_name(argument: bytes) -> Iterator[tuple[str, bytes]]:
    """Each name that may be called is called with ``argument`` for all that it takes."""
    for (module, attribute), called in allowed_names(Budget(0)).items():
        if called is not None:
            kinds = [parameter.kind for parameter in inspect.signature(called).parameters.values()]
            count = sum(kind == inspect.Parameter.POSITIONAL_OR_KEYWORD for kind in kinds)
            if count:
                yield f"{module}.{attribute}", argument + put(1) + POP + call(name(module, attribute), *[get(1)] * count)


def chain_in_a_table(size: int, length: int) -> list[int]:
    """Numbers that lie in a hash table of ``size`` where a search that fails at the first goes on; the last one is found behind all others.

    CPython looks at the places ``i``, then ``5 * i + 1 + h``, where ``h`` is the hash without its last five bits, without its last ten, and so on.
    """
    chain = [0]
    while len(chain) < length:
        chain.append((5 * chain[-1] + 1) % size)
    taken = set(chain)
    for candidate in range(size, 2**31, size):
        place, rest, steps = candidate % size, candidate, 0
        while place in taken and (rest or steps < 20):
            rest >>= 5
            place = (5 * place + rest + 1) % size
            steps += 1
        if place in taken and chain.index(place) < length // 4:
            return [*chain, candidate]
    raise AssertionError("no number is found behind the others")


def keys_in_a_chain() -> bytes:
    """A dictionary with one key that is set many times, each time looked for behind all others."""
    *chain, last = chain_in_a_table(2**18, 87_000)
    return (
        EMPTY_DICT
        + MARK
        + b"".join(number(key) + NONE for key in chain)
        + b"u"
        + number(last)
        + put(0)
        + POP
        + MARK
        + (get(0) + NONE) * 140_000
        + b"u"
    )


def one_storage_often(each: bytes, times: int, *, byte_array: bool = False) -> bytes:
    kept = b"\x96" + struct.pack("<Q", len(each)) + each if byte_array else raw(each)
    load = name("torch.storage", "_load_from_bytes") + put(0) + POP + kept + put(1) + POP
    return load + MARK + (get(0) + get(1) + b"\x85" + REDUCE) * times + b"l"


def long_storage() -> bytes:
    """One storage whose pickles take a while."""
    return legacy(
        (NONE + POP) * 200_000 + reference(4, "0", NONE) + b"Q", a_list(text("0")), storages=struct.pack("<q", 4) + bytes(16)
    )


def objects_of_one_state(times: int, entries: int) -> bytes:
    state = a_dict(*((text(f"{entry}"), NONE) for entry in range(entries))) + put(0) + POP
    return (
        state
        + name("argparse", "Namespace")
        + put(1)
        + POP
        + MARK
        + (get(1) + EMPTY_TUPLE + REDUCE + get(0) + BUILD) * times
        + b"l"
    )


def copies(module: str, attribute: str, each: bytes, entries: int = 50_000, times: int = 50_000) -> bytes:
    """A long list that is copied by each call."""
    kept = MARK + each * entries + b"l" + b"\x85" + put(0) + POP + name(module, attribute) + put(1) + POP
    return kept + MARK + (get(1) + get(0) + REDUCE) * times + b"l"


TIME: dict[str, Hostile] = {
    "laughs: lists": harmless(laughs(lambda twice: MARK + twice + b"l"), READ),
    "laughs: tuples": harmless(laughs(lambda twice: MARK + twice + b"t"), READ),
    "laughs: dictionaries": harmless(laughs(lambda twice: EMPTY_DICT + MARK + text("a") + twice[:5] + text("b") + twice[5:] + b"u"), READ),
    "laughs: one text often": harmless(text("ha" * MIB) + put(0) + POP + MARK + get(0) * 200_000 + b"l", READ),
    "laughs: text as bytes": refused(
        text("ha" * MIB) + put(0) + POP + MARK + call(name("_codecs", "encode"), get(0), text("latin1")) * 20_000 + b"l", "unpacks to more"
    ),
    "deep: lists": refused(EMPTY_LIST * 100_000 + b"a" * 99_999, "levels deep"),
    "deep: tuples": refused(_DEEP, "levels deep"),
    "deep: dictionaries": refused((EMPTY_DICT + text("")) * 50_000 + NONE + b"s" * 50_000, "levels deep"),
    "deep: objects": refused((NAMESPACE + EMPTY_DICT + text("a")) * 30_000 + NONE + b"sb" * 30_000, "levels deep"),
    "deep: thrown away": harmless(_DEEP + POP + NONE, None),
    "deep: as a key": refused(EMPTY_DICT + _DEEP + NONE + b"s", "key"),
    "deep: as a member of a set": refused(b"\x8f" + MARK + _DEEP + b"\x90", "levels deep", P4),
    "deep: as a name": refused(_DEEP + DUP + b"\x93", "no text", P4),
    "deep: as an id": refused(_DEEP + b"Q", "outside itself"),
    "deep: as a kind of numbers": refused(call(name("numpy", "dtype"), NONE + b"\x85" * 400_000)),
    "deep: as named arguments": refused(name("argparse", "Namespace") + EMPTY_TUPLE + _DEEP + b"\x92", "named arguments", P4),
    **{f"deep: {module_name}": refused(pickled) for module_name, pickled in given_to_each_name(_DEEP)},
    **{f"wide: {module_name}": refused(pickled) for module_name, pickled in given_to_each_name(_WIDE)},
    "a cycle": refused(EMPTY_LIST + put(0) + get(0) + b"a", "levels deep"),
    "a cycle, doubled": refused(EMPTY_LIST + put(0) + MARK + get(0) * 50 + b"e", "levels deep"),
    "a cycle of an object": refused(NAMESPACE + put(0) + a_dict((text("a"), get(0))) + BUILD, "levels deep"),
    "keys in a chain": refused(keys_in_a_chain()),
    "keys with one hash": refused(EMPTY_DICT + MARK + b"".join(number(_PYTHON_HASH * k) + NONE for k in range(1, 50_000)) + b"u", "key"),
    "a million keys": refused(EMPTY_DICT + MARK + b"".join(number(k << 20) + NONE for k in range(-500_000, 500_000)) + b"u"),
    "memory: a large number": harmless(NONE + put(2**32 - 1), None),
    "memory: numbers with one hash": refused(NONE + b"".join(b"p%d\n" % (_PYTHON_HASH * k) for k in range(1, 50_000))),
    "memory: numbers in a chain": harmless(NONE + b"".join(map(put, chain := chain_in_a_table(2**18, 87_000))) + put(chain[-1]) * 300_000, None),
    "memory: all is remembered": harmless(text("x" * MIB) + MEMOIZE * 400_000, READ, P4),
    "many instructions": refused(NONE * 600_000, "too long"),
    "one storage often": refused(one_storage_often(storage_bytes(4, bytes(16)), 100_000), "too long"),
    "one long storage often": refused(one_storage_often(long_storage(), 10_000), "too long"),
    "one large array of bytes often": refused(one_storage_often(storage_bytes(MIB, bytes(4 * MIB)), 100_000, byte_array=True), "", P5),
    "one tensor often": refused(STORAGE + put(0) + POP + MARK + tensor(get(0), number(0), a_tuple(number(4)), a_tuple(number(0))) * 60_000 + b"l", "too long"),
    "one state for many objects": refused(objects_of_one_state(40_000, 40_000)),
    "copies of a set": refused(copies("builtins", "set", NONE)),
    "copies of pairs": refused(copies("collections", "OrderedDict", text("a") + NONE + b"\x86")),
    "copies of a dictionary": refused(
        a_dict(*((text(f"{k}"), NONE) for k in range(20_000))) + put(0) + POP + name("copyreg", "_reconstructor") + put(1) + POP
        + name("dnnlib.util", "EasyDict") + name("builtins", "dict") + get(0) + b"\x87" + put(2) + POP + MARK + (get(1) + get(2) + REDUCE) * 50_000 + b"l"
    ),
    "a number of a million digits": refused(b"I" + b"9" * MIB + b"\n", "digits"),
    "a long number of a million digits": refused(b"L" + b"9" * MIB + b"L\n", "digits"),
    "a long number of a million bytes": refused(b"\x8b" + struct.pack("<i", MIB) + b"\x7f" * MIB, "digits"),
    "a float of a million digits": harmless(b"F0." + b"5" * MIB + b"\n", 5 / 9),
    "a float that is a long text": refused(b"F" + b"x" * MIB + b"\n"),
    "a place of a million digits": refused(b"g" + b"9" * MIB + b"\n"),
}  # fmt: skip

CLAIMS: dict[str, Hostile] = {
    "2 GB of storage": refused(call(name("torch.storage", "_load_from_bytes"), raw(storage_bytes(2**29, b"")))),
    "2 GB of a tensor": refused(
        tensor(STORAGE, number(0), a_tuple(number(2**29)), a_tuple(number(1))), "larger than its storage"
    ),
    "2 GB of one number": refused(tensor(STORAGE, number(0), a_tuple(number(2**29)), a_tuple(number(0))), "unpacks to more"),
    "2 GB of a byte array": refused(call(name("builtins", "bytearray"), number(2**31 - 1)), "builtins.bytearray"),
    "2 GB of bytes": refused(b"B\xff\xff\xff\x7f"),
    "2 GB of text": refused(b"X\xff\xff\xff\x7f"),
    "an array of 2 GB": refused(numpy_array(a_tuple(number(2**29)), raw(bytes(16))), "shape"),
    "an array of nothing without end": refused(numpy_array(a_tuple(number(0), number(2**62), number(2**62)), raw(b"")), "shape"),
    "a tensor of nothing without end": refused(
        tensor(STORAGE, number(0), a_tuple(number(0), *[number(2**39)] * 7), a_tuple(*[number(0)] * 8)), "shape"
    ),
    "a negative size": refused(tensor(STORAGE, number(0), a_tuple(number(-4)), a_tuple(number(1))), "tensor"),
    "a negative stride": refused(tensor(STORAGE, number(3), a_tuple(number(4)), a_tuple(number(-1))), "tensor"),
    "a negative offset": refused(tensor(STORAGE, number(-4), a_tuple(number(4)), a_tuple(number(1))), "tensor"),
    "an offset beyond": refused(tensor(STORAGE, number(4), a_tuple(number(1)), a_tuple(number(1))), "larger than its storage"),
    "a stride beyond 64 bits": refused(tensor(STORAGE, number(0), a_tuple(number(4)), a_tuple(number(2**64 + 1))), "tensor"),
    "truth as a size": refused(tensor(STORAGE, number(0), a_tuple(b"\x88"), a_tuple(b"\x88")), "tensor"),
    "a negative number of numbers": refused(call(name("torch.storage", "_load_from_bytes"), raw(storage_bytes(-4, bytes(16))))),
    "a shape that is to be guessed": refused(numpy_array(a_tuple(number(-1)), raw(bytes(16))), "shape"),
    "a shape with a minus twice": refused(numpy_array(a_tuple(number(-2), number(-2)), raw(bytes(16))), "shape"),
    "a shape of a fraction": refused(numpy_array(a_tuple(b"F4.0\n"), raw(bytes(16))), "shape"),
    "an array of objects that are numbers": refused(numpy_array(a_tuple(number(1)), raw(bytes(8)), "O8"), "objects"),
    "an array of text": refused(numpy_array(a_tuple(number(1)), raw(bytes(8)), "U2"), "type"),
}

_SOUND = pickle.dumps({"G_ema": [1, 2.5, "three", (4,)], "more": b"bytes"}, 4)

NONSENSE: dict[str, Hostile] = {
    "empty": Hostile(b"", "empty"),
    "a beginning": Hostile(b"\x80\x04", ""),
    "protocol 6": Hostile(b"\x80\x06N.", ""),
    "protocol 255": Hostile(b"\x80\xffN.", ""),
    "a protocol in the middle": refused(b"\x80\xff" + NONE, "protocol"),
    **{f"cut at {length}": Hostile(_SOUND[:length]) for length in (3, 11, 12, 20, len(_SOUND) // 2, len(_SOUND) - 1)},
    "garbage behind": harmless(a_list(number(1)) + STOP + b"\xff\x00garbage" * 100, [1]),
    "a call behind": harmless(a_list(number(1)) + STOP + b"cos\nsystem\n", [1]),
    "bytes that are no text": refused(b"X\x02\x00\x00\x00\xc3\x28"),
    "half a character": refused(b"X\x01\x00\x00\x00\xe2"),
    "half a pair of characters": harmless(text("a\ud800"), "a?"),
    "half a pair of characters in a line": harmless(b"Va\\udfff\n", "a?"),
    "characters that are none": refused(b"V\\u12\n"),
    "an escape that is none": refused(b"S'\\z'\n"),
    "an escape of half a byte": refused(b"S'\\x1'\n"),
    "a text without its quotes": refused(b"Sabc\n"),
    "a name in other bytes than ASCII": refused(b"cos\xff\nsystem\n"),
    "a class with a long name": refused(call(name("torch_utils.persistence", "_reconstruct_persistent_obj"), a_dict(
        (text("class_name"), text("x\n" * MIB)), (text("state"), EMPTY_DICT))) + NONE + BUILD, "a state of x?x?"),
    "a number that is none": refused(b"I0x10\n"),
    "no value": refused(b""),
    "two values": refused(NONE + NONE),
    "a mark": refused(MARK),
    "an instruction that is none": refused(b"\xff", "instruction"),
    "a tuple of too much": refused(NONE + b"\x87"),
    "half an entry": refused(EMPTY_DICT + MARK + NONE + b"u"),
    "a frame beyond the end": harmless(b"\x95" + struct.pack("<Q", 2**63) + NONE, None, P4),
}  # fmt: skip

WORK = {**TIME, **CLAIMS, **NONSENSE}
