"""Pickles that call, name or make something that is not data."""

from __future__ import annotations

import builtins
import os
import subprocess

from checkpoints.assembler import (
    BUILD,
    EMPTY_DICT,
    EMPTY_TUPLE,
    MARK,
    MEMOIZE,
    NONE,
    P4,
    POP,
    a_dict,
    a_list,
    a_tuple,
    call,
    get,
    name,
    number,
    numpy_array,
    put,
    raw,
    stack_name,
    storage_bytes,
    tensor,
    text,
)
from checkpoints.hostile import CANARY, CODE, TOUCH, Calls, Hostile, calls, dumped, harmless, refused, runs

SYSTEM, POPEN = name("os", "system"), name("subprocess", "Popen")
RUN = call(SYSTEM, text(TOUCH))
OS = call(name("importlib", "import_module"), text("os"))
NAMESPACE = call(name("argparse", "Namespace"))
ORDERED = call(name("collections", "OrderedDict"))
STORAGE = call(name("torch.storage", "_load_from_bytes"), raw(storage_bytes(4, bytes(16))))
VIEW = number(0), a_tuple(number(4)), a_tuple(number(1))


def network(source: str, class_name: str = "G") -> bytes:
    """An object as NVIDIA's tools write it, with the source text of its class, which they run."""
    parts = {"type": text("class"), "version": number(6), "module_src": text(source), "class_name": text(class_name)}
    meta = a_dict(*((text(key), value) for key, value in parts.items()), (text("state"), a_dict((text("w"), number(1)))))
    return call(name("torch_utils.persistence", "_reconstruct_persistent_obj"), meta)


DIRECT: dict[str, Hostile] = {
    **{f"os.system, protocol {protocol}": dumped(Calls(os.system, TOUCH), "posix.system", protocol) for protocol in range(6)},
    "subprocess.check_output": dumped(Calls(subprocess.check_output, ["touch", CANARY]), "subprocess.check_output"),
    "eval": dumped(Calls(builtins.eval, CODE), "builtins.eval"),
    "exec": dumped(Calls(builtins.exec, CODE), "builtins.exec"),
    "exec by its old name": dumped(Calls(builtins.exec, CODE), "__builtin__.exec", 2),
    "open": dumped(Calls(open, CANARY, "w"), "io.open"),
    "__import__": runs(call(name("builtins", "__import__"), text("os")) + POP + RUN, "builtins.__import__"),
    "deep in data": dumped({"G_ema": [({"state": (1, [Calls(os.system, TOUCH)])},)]}, "posix.system"),
    "among weights": refused(a_list(tensor(STORAGE, *VIEW), RUN), "os.system"),
    "as a key": runs(EMPTY_DICT + RUN + NONE + b"s", "os.system"),
    "thrown away": runs(RUN + POP + NONE, "os.system"),
    "a class by an old instruction": runs(MARK + text(TOUCH) + b"ios\nsystem\n", "os.system"),
    "a class on the stack": runs(MARK + SYSTEM + text(TOUCH) + b"o", "os.system"),
    "a new object": refused(POPEN + a_tuple(text(TOUCH)) + b"\x81", "subprocess.Popen"),
    "a new object with named arguments": refused(
        name("argparse", "Namespace") + EMPTY_TUPLE + a_dict((text("f"), number(1))) + b"\x92", "named arguments", P4
    ),
}

INDIRECT: dict[str, Hostile] = {
    "getattr": runs(call(call(name("builtins", "getattr"), OS, text("system")), text(TOUCH)), "builtins.getattr"),
    "attrgetter": runs(call(call(call(name("operator", "attrgetter"), text("system")), OS), text(TOUCH)), "operator.attrgetter"),
    "methodcaller": runs(call(call(name("operator", "methodcaller"), text("system"), text(TOUCH)), OS), "operator.methodcaller"),
    "import_module": refused(OS, "importlib.import_module"),
    "resolve_name": runs(call(call(name("pkgutil", "resolve_name"), text("os:system")), text(TOUCH)), "pkgutil.resolve_name"),
    "partial": runs(call(call(name("functools", "partial"), SYSTEM), text(TOUCH)), "functools.partial"),
    "reduce": runs(
        call(name("functools", "reduce"), name("builtins", "exec"), a_list(text(CODE), EMPTY_DICT)), "functools.reduce"
    ),
    "map": runs(call(name("builtins", "list"), call(name("builtins", "map"), SYSTEM, a_list(text(TOUCH)))), "builtins.map"),
    "a function of bytes": calls("marshal", "loads", raw(b"\xe3")),
    "a module of bytes": calls("runpy", "run_path", text("/tmp/x.py")),
    "a profile": runs(call(name("cProfile", "run"), text(CODE)), "cProfile.run"),
    "a library": calls("ctypes", "CDLL", text("x.so")),
    "numpy's helper of tests": calls("numpy.testing._private.utils", "runstring", text(CODE), EMPTY_DICT),
    "torch.load": calls("torch", "load", text("other.pt")),
    "torch.hub.load": calls("torch.hub", "load", text("someone/something"), text("model")),
    "torch.jit.load": calls("torch.jit", "load", text("other.pt")),
    "a pickle in a pickle": runs(
        call(name("pickle", "loads"), raw(dumped(Calls(os.system, TOUCH), "").data)), "pickle.loads", b"\x80\x03"
    ),
    "numpy.load": calls("numpy", "load", text("other.npy"), NONE, b"\x88"),
}

NAMES: dict[str, Hostile] = {
    "a name of two texts": runs(call(stack_name("os", "system"), text(TOUCH)), "os.system", P4),
    "a name of what was remembered": runs(
        text("os") + MEMOIZE + POP + text("system") + MEMOIZE + POP + call(get(0) + get(1) + b"\x93", text(TOUCH)),
        "os.system",
        P4,
    ),
    "a name with dots": runs(call(stack_name("os", "path.os.system"), text(TOUCH)), "os.path.os.system", P4),
    "a name with dots in two lines": runs(call(name("os", "path.os.system"), text(TOUCH)), "os.path.os.system", P4),
    "a name behind a module that may be named": runs(
        call(stack_name("collections", "_sys.modules.get"), text("os"))
        + POP
        + call(stack_name("argparse", "_os.system"), text(TOUCH)),
        "collections._sys.modules.get",
        P4,
    ),
    "a name behind a class that may be named": refused(
        stack_name("collections", "OrderedDict.__init__.__globals__"), "collections.OrderedDict.__init__.__globals__", P4
    ),
    "a name behind torch": refused(call(stack_name("torch", "os.system"), text(TOUCH)), "torch.os.system", P4),
    "a name with a space": refused(stack_name("torch ", "FloatStorage"), "torch .FloatStorage", P4),
    "a name in other letters": refused(stack_name("torch", "\uff26loatStorage"), "torch.\uff26loatStorage", P4),
    "a name that moves the cursor": refused(stack_name("\x1b[2J\r", "x\ny"), "?[2J?.x?y", P4),
    "a name that is no text": refused(text("os") + a_list(text("system")) + b"\x93", "no text", P4),
    "a name that was made bytes": refused(raw(b"os") + raw(b"system") + b"\x93", "no text", P4),
    "an extension of one byte": refused(b"\x82\x01", "extension 1"),
    "an extension of two bytes": refused(b"\x83\x01\x02", "extension 513"),
    "an extension of four bytes": refused(b"\x84\x01\x00\x00\x01", f"extension {2**24 + 1}"),
    "a new extension": calls("copyreg", "add_extension", text("os"), text("system"), number(1)),
    "copyreg.__newobj__": calls("copyreg", "__newobj__", POPEN, text(TOUCH)),
    "copyreg._reconstructor": refused(
        call(name("copyreg", "_reconstructor"), POPEN, name("builtins", "object"), NONE), "subprocess.Popen"
    ),
    "copyreg._reconstructor of what is no class": refused(
        call(name("copyreg", "_reconstructor"), text("Popen"), name("builtins", "object"), NONE), "no class"
    ),
    "copyreg._reconstructor of a class that is only named": refused(
        call(name("copy_reg", "_reconstructor"), name("__builtin__", "object"), name("__builtin__", "object"), NONE), "no class"
    ),
    "numpy's _reconstruct of another class": refused(
        call(name("numpy.core.multiarray", "_reconstruct"), POPEN, a_tuple(number(0)), raw(b"b")), "subprocess.Popen"
    ),
    "torch's _rebuild_from_type": calls("torch._tensor", "_rebuild_from_type_v2", SYSTEM, POPEN, a_tuple(text(TOUCH)), NONE),
    "torch's _rebuild_from_type by another name": calls(
        "torch._utils", "_rebuild_from_type_v2", SYSTEM, POPEN, EMPTY_TUPLE, NONE
    ),
    "torch's _rebuild of a state": calls("torch._utils", "_rebuild_parameter_with_state", NONE, b"\x88", ORDERED, RUN),
    "torch's hooks": refused(
        call(name("torch._utils", "_rebuild_tensor_v2"), STORAGE, *VIEW, b"\x89", ORDERED + text("0") + SYSTEM + b"s"),
        "os.system",
    ),
    "a call of a text": refused(call(text("os.system"), text(TOUCH)), "no function"),
    "a call of an object": refused(call(network(CODE), text(TOUCH)), "no function"),
    "a call of what is only named": refused(call(name("torch", "FloatStorage"), number(2**31 - 1)), "torch.FloatStorage"),
    "objects outside, in a line": refused(b"Pos.system\n", "outside itself"),
    "objects outside, on the stack": refused(a_tuple(text("storage"), name("torch", "FloatStorage")) + b"Q", "outside itself"),
}

STATES: dict[str, Hostile] = {
    "a state that sets states": runs(
        NAMESPACE + a_dict((text("__setstate__"), SYSTEM)) + BUILD + text(TOUCH) + BUILD, "os.system"
    ),
    "a state that is no dictionary": refused(
        NAMESPACE + a_dict((text("__setstate__"), name("_codecs", "encode"))) + BUILD + text(TOUCH) + BUILD,
        "a state of Namespace",
    ),
    "attributes of a class": refused(
        name("argparse", "Namespace") + a_tuple(NONE, a_dict((text("f"), name("_codecs", "encode")))) + BUILD,
        "attributes of argparse.Namespace",
    ),
    "attributes of a class, and their name": refused(
        name("collections", "OrderedDict") + a_dict((text("f"), number(1))) + BUILD + stack_name("collections", "OrderedDict.f"),
        "attributes of collections.OrderedDict",
        P4,
    ),
    "attributes of a number": refused(number(1) + a_dict((text("f"), number(1))) + BUILD, "attributes of a value"),
    "attributes of a dictionary": harmless(ORDERED + a_dict((text("__class__"), text("os"))) + BUILD, {}),
    "another class": harmless(
        NAMESPACE + a_dict((text("__class__"), text("Popen")), (text("f"), number(1))) + BUILD, {"__class__": "Namespace", "f": 1}
    ),
    "attributes with numbers as names": refused(NAMESPACE + a_dict((number(1), number(1))) + BUILD, ""),
    "the source of a module": harmless(network(f"import os\nos.system('{TOUCH}')"), {"w": 1, "__class__": "G"}),
    "the source of a module with another's class": harmless(network(CODE, "os.system"), {"w": 1, "__class__": "os.system"}),
    "a class of the source that is called": refused(MARK + network(CODE) + text(TOUCH) + b"o", "no function"),
}

MEMORY: dict[str, Hostile] = {
    "remembered in its place": harmless(
        text("a") + MEMOIZE + POP + text("b") + put(0) + POP + a_list(get(0), get(0)), ["b", "b"], P4
    ),
    "remembered behind a gap": harmless(
        text("a") + put(7) + POP + text("b") + MEMOIZE + POP + text("c") + MEMOIZE + POP + a_list(get(1), get(2), get(7)),
        ["b", "c", "a"],
        P4,
    ),
    "remembered by all instructions": harmless(
        text("a") + b"p1\n" + POP + text("b") + b"q\x02" + POP + text("c") + put(3) + POP + a_list(b"g1\n", b"h\x02", get(3)),
        ["a", "b", "c"],
    ),
    "remembered, and changed": harmless(b"]" + put(0) + a_list(get(0) + number(1) + b"a", get(0)) + b"\x86", [[1], [[1], [1]]]),
    "another name in its place": runs(
        text("collections")
        + MEMOIZE
        + POP
        + text("OrderedDict")
        + MEMOIZE
        + POP
        + text("os")
        + put(0)
        + POP
        + text("system")
        + put(1)
        + call(POP + get(0) + get(1) + b"\x93", text(TOUCH)),
        "os.system",
        P4,
    ),
    "nothing remembered": refused(get(1)),
    "a mark remembered": refused(MARK + put(0)),
    "remembered below nothing": refused(text("a") + b"p-1\n"),
    "objects in a row stay themselves": harmless(
        a_list(*(NAMESPACE + a_dict((text("a"), number(value))) + BUILD for value in range(3))),
        [{"a": value, "__class__": "Namespace"} for value in range(3)],
    ),
    "arrays in a row stay themselves": harmless(
        a_list(*(numpy_array(a_tuple(number(1)), raw(bytes([0, 0, value, 0x40]))) for value in (0x00, 0x40))),
        [[2.0], [3.0]],
        b"\x80\x03",
    ),
}

CALLS = {**DIRECT, **INDIRECT, **NAMES, **STATES, **MEMORY}
