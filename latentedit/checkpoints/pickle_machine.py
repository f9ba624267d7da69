"""Read a pickle as data.

A pickle is a program for a stack machine, and Python's own machine does what the program says: it calls what is named, and allocates what a few
bytes ask for. This one knows only the instructions that data needs. Of names it knows those that its
caller lists, each standing for a function of ours; whatever else a program asks for is refused before anything of it is done.
"""

from __future__ import annotations

import io
import pickletools
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from latentedit.checkpoints.budget import Budget
from latentedit.checkpoints.byte_stream import ByteStream
from latentedit.checkpoints.pickle_instructions import instructions, shown, unknown, unsafe
from latentedit.errors import CheckpointError

MAX_DEPTH = 32
"""Of dictionaries in dictionaries; a cycle has no end to its depth."""
_MAX_KEY = 2**61 - 1  # Python's hash of a larger number is its remainder, so that many numbers can share one
_NUMBER_KEY_STEPS = 25
"""What a number as a key costs, since numbers can be chosen so that a dictionary looks for each behind all others; the hashes of texts cannot."""
_MAX_ARGUMENTS = 16
_MAX_PROTOCOL = 5
_MAX_MEMORY = 2**32


@dataclass(frozen=True)
class Name:
    """Something outside the pickle that it names, such as a class; only the machine may call it."""

    module: str
    name: str
    call: Callable[..., Any] | None

    def __str__(self) -> str:
        return f"{self.module}.{self.name}"


class Pending(ABC):
    """What becomes an array when the whole file was read."""

    def build(self, state: Any) -> None:
        """Take the state that the pickle gives it after it was made."""
        raise unsafe("a state for what has none")

    @abstractmethod
    def finish(self) -> Any:
        """The array, or a tree that is still to be finished."""

    def stored(self) -> Any:
        """The array, which may stay in its file (see :class:`latentedit.checkpoints.stored_array.StoredArray`)."""
        return self.finish()


Names = Mapping[tuple[str, str], Callable[..., Any] | None]
"""What a pickle may name, by module and name, and what is called in its place; None: only named, never called."""


def run_pickle(
    data: bytes | ByteStream, at: int = 0, *, names: Names, budget: Budget, persistent: Callable[[Any], Any] | None = None
) -> tuple[Any, int]:
    """Build what the pickle at ``data[at:]``, or there in a file, describes.

    Args:
        names: what it may name.
        budget: pays a step for each instruction.
        persistent: gives the object for an id that the pickle refers to outside itself.

    Returns:
        the value, of None, truth values, numbers, texts, bytes, tuples, lists, dictionaries (keys: text and small whole numbers), and of
        what ``names`` and ``persistent`` give; and the offset behind the pickle.

    Raises:
        CheckpointError: it is damaged, or asks for anything else.
    """
    machine = _Machine(names, budget, persistent)
    stream = io.BytesIO(data) if isinstance(data, bytes) else data
    stream.seek(at)
    try:
        for opcode, argument in instructions(stream, _KNOWN):
            budget.step()
            machine.do(opcode, argument)
    except (ValueError, IndexError, KeyError, TypeError, OverflowError) as error:
        # What the decoder and the functions for names raise where the bytes make no sense.
        raise CheckpointError(f"The pickle is damaged: {shown(str(error))}") from error
    return machine.result(), stream.tell()


def finish(tree: Any, *, stored: bool = False) -> Any:
    """``tree`` with arrays for what is pending, lists for tuples, and texts for names. What is shared stays shared, so that it takes no more memory
    than the file.

    Args:
        stored: leave large arrays in the file.

    Raises:
        CheckpointError: an array is damaged, or the tree is deeper than :data:`MAX_DEPTH`.
    """
    return _finish(tree, {}, MAX_DEPTH, stored)


def _finish(tree: Any, done: dict[int, tuple[Any, Any]], depth: int, stored: bool) -> Any:
    """``done`` has values and results by the values' addresses; the values as well, since a dead one's address is used again."""
    if isinstance(tree, Name):
        return str(tree)
    if not isinstance(tree, dict | list | tuple | Pending):
        return tree
    if id(tree) in done:
        return done[id(tree)][1]
    if depth == 0:
        raise CheckpointError(f"The pickle is more than {MAX_DEPTH} levels deep.")
    if isinstance(tree, Pending):
        result = _finish(tree.stored() if stored else tree.finish(), done, depth - 1, stored)
    elif isinstance(tree, dict):
        result = {key: _finish(value, done, depth - 1, stored) for key, value in tree.items()}
    else:
        result = [_finish(value, done, depth - 1, stored) for value in tree]
    done[id(tree)] = tree, result
    return result


_MARK = object()
_CONSTANTS: Mapping[str, Any] = {"NONE": None, "NEWTRUE": True, "NEWFALSE": False, "EMPTY_TUPLE": ()}
_NUMBERS = frozenset(["INT", "BININT", "BININT1", "BININT2", "LONG", "LONG1", "LONG4", "FLOAT", "BINFLOAT"])
_TEXTS = frozenset(["STRING", "BINSTRING", "SHORT_BINSTRING", "UNICODE", "BINUNICODE", "SHORT_BINUNICODE", "BINUNICODE8"])
_BYTES = frozenset(["BINBYTES", "SHORT_BINBYTES", "BINBYTES8", "BYTEARRAY8"])
_LITERALS = _NUMBERS | _TEXTS | _BYTES
_IGNORED = frozenset(["FRAME", "STOP"])
_PUT, _GET = frozenset(["PUT", "BINPUT", "LONG_BINPUT"]), frozenset(["GET", "BINGET", "LONG_BINGET"])
_TUPLES: Mapping[str, int] = {"TUPLE1": 1, "TUPLE2": 2, "TUPLE3": 3}


@dataclass
class _Machine:
    names: Names
    budget: Budget
    persistent: Callable[[Any], Any] | None
    stack: list[Any] = field(default_factory=list)
    memo: dict[str, Any] = field(default_factory=dict)  # by texts, since the file chooses the numbers (see _NUMBER_KEY_STEPS)

    def result(self) -> Any:
        if len(self.stack) != 1 or self.stack[0] is _MARK:
            raise CheckpointError("The pickle is damaged: it leaves no single value.")
        return self.stack[0]

    def do(self, opcode: str, argument: Any) -> None:
        stack = self.stack
        if opcode in _LITERALS:
            stack.append(argument)
        elif opcode in _CONSTANTS:
            stack.append(_CONSTANTS[opcode])
        elif opcode in _TUPLES:
            stack.append(tuple(self._pop_many(_TUPLES[opcode])))
        elif opcode in _PUT:
            if not 0 <= argument < _MAX_MEMORY:
                raise ValueError("it remembers something in no place")
            self.memo[f"{argument}"] = self._top()
        elif opcode in _GET:
            stack.append(self.memo[f"{argument}"])
        elif opcode in _DO:
            _DO[opcode](self, argument)

    def _pop(self) -> Any:
        return self._pop_many(1)[0]

    def _pop_many(self, count: int) -> list[Any]:
        values = self.stack[-count:]
        if len(values) < count or any(value is _MARK for value in values):
            raise IndexError("it takes more than there is")
        del self.stack[-count:]
        return values

    def _pop_to_mark(self) -> list[Any]:
        for index in range(len(self.stack) - 1, -1, -1):
            if self.stack[index] is _MARK:
                values = self.stack[index + 1 :]
                del self.stack[index:]
                return values
        raise IndexError("a mark is missing")

    def _top(self) -> Any:
        if not self.stack or self.stack[-1] is _MARK:
            raise IndexError("it takes more than there is")
        return self.stack[-1]

    def _memoize(self, _: Any) -> None:
        self.memo[f"{len(self.memo)}"] = self._top()

    def _append(self, values: list[Any]) -> None:
        target = self._top()
        if not isinstance(target, list):
            raise TypeError("it appends to what is no list")
        target.extend(values)

    def _set(self, values: list[Any]) -> None:
        target = self._top()
        if not isinstance(target, dict) or len(values) % 2:
            raise TypeError("it sets entries of what is no dictionary")
        target.update(self._pairs(values))

    def _pairs(self, values: list[Any]) -> Iterator[tuple[Any, Any]]:
        """Keys and values in turn. Large numbers and tuples would be keys whose hashes are dear, by collision or by depth."""
        for key, value in zip(values[::2], values[1::2], strict=True):
            key = str(key) if isinstance(key, Name) else key  # PyTorch Lightning writes classes as keys
            if not isinstance(key, str):
                if not (isinstance(key, int) and abs(key) < _MAX_KEY):
                    raise TypeError("a key is neither text nor a small number")
                self.budget.step(_NUMBER_KEY_STEPS)
            yield key, value

    def _protocol(self, number: int) -> None:
        if number > _MAX_PROTOCOL:
            raise ValueError(f"protocol {number} is not known")

    def _name(self, module: Any, name: Any) -> None:
        if not (isinstance(module, str) and isinstance(name, str)):  # before anything asks a tower of tuples for its hash
            raise unsafe("a name that is no text")
        if (module, name) not in self.names:
            raise unknown(module, name)
        self.stack.append(Name(module, name, self.names[module, name]))

    def _global(self, argument: list[str]) -> None:
        self._name(*argument)

    def _call(self, called: Any, arguments: Any) -> None:
        if not isinstance(called, Name) or not isinstance(arguments, tuple):
            raise unsafe("a call of what is no function")
        if called.call is None:
            raise unsafe(f"a call of {called}")
        if len(arguments) > _MAX_ARGUMENTS:  # which each call would copy
            raise unsafe("a call with many arguments")
        self.stack.append(called.call(*arguments))

    def _call_with_names(self, _: Any) -> None:
        called, arguments, named = self._pop_many(3)
        if named != {}:
            raise unsafe("a call with named arguments")
        self._call(called, arguments)

    def _call_in_a_row(self, _: Any) -> None:
        called, *arguments = self._pop_to_mark()
        self._call(called, tuple(arguments))

    def _name_and_call(self, argument: list[str]) -> None:
        arguments = tuple(self._pop_to_mark())
        self._name(*argument)
        self._call(self._pop(), arguments)

    def _build(self, _: Any) -> None:
        state = self._pop()
        target = self._top()
        if isinstance(target, Pending):
            target.build(state)
        elif not isinstance(target, dict):  # attributes of an OrderedDict, such as a state_dict's versions, are not data
            raise unsafe(f"attributes of {target}" if isinstance(target, Name) else "attributes of a value")

    def _refer_to(self, reference: Any) -> None:
        if self.persistent is None:
            raise unsafe("objects outside itself")
        self.stack.append(self.persistent(reference))


def _refuse_extension(code: int) -> None:
    raise unsafe(f"the extension {code} of Python's registry")


_DO: Mapping[str, Callable[[_Machine, Any], object]] = {
    "PROTO": _Machine._protocol,
    "MARK": lambda machine, _: machine.stack.append(_MARK),
    "TUPLE": lambda machine, _: machine.stack.append(tuple(machine._pop_to_mark())),
    "EMPTY_LIST": lambda machine, _: machine.stack.append([]),
    "LIST": lambda machine, _: machine.stack.append(machine._pop_to_mark()),
    "APPEND": lambda machine, _: machine._append(machine._pop_many(1)),
    "APPENDS": lambda machine, _: machine._append(machine._pop_to_mark()),
    "EMPTY_DICT": lambda machine, _: machine.stack.append({}),
    "DICT": lambda machine, _: machine.stack.append(dict(machine._pairs(machine._pop_to_mark()))),
    "SETITEM": lambda machine, _: machine._set(machine._pop_many(2)),
    "SETITEMS": lambda machine, _: machine._set(machine._pop_to_mark()),
    # Sets are lists: nothing here asks them for more than their members, and making one would ask each member for a hash.
    "EMPTY_SET": lambda machine, _: machine.stack.append([]),
    "FROZENSET": lambda machine, _: machine.stack.append(machine._pop_to_mark()),
    "ADDITEMS": lambda machine, _: machine._append(machine._pop_to_mark()),
    "POP": lambda machine, _: machine.stack.pop(),
    "POP_MARK": lambda machine, _: machine._pop_to_mark(),
    "DUP": lambda machine, _: machine.stack.append(machine._top()),
    "MEMOIZE": _Machine._memoize,
    "GLOBAL": _Machine._global,
    "STACK_GLOBAL": lambda machine, _: machine._name(*machine._pop_many(2)),
    "INST": _Machine._name_and_call,
    "OBJ": _Machine._call_in_a_row,
    "REDUCE": lambda machine, _: machine._call(*machine._pop_many(2)),
    "NEWOBJ": lambda machine, _: machine._call(*machine._pop_many(2)),
    "NEWOBJ_EX": _Machine._call_with_names,
    "BUILD": _Machine._build,
    **{name: lambda _, code: _refuse_extension(code) for name in ("EXT1", "EXT2", "EXT4")},
    "PERSID": lambda machine, argument: machine._refer_to(argument),
    "BINPERSID": lambda machine, _: machine._refer_to(machine._pop()),
}
_DONE = {*_LITERALS, *_CONSTANTS, *_TUPLES, *_PUT, *_GET, *_DO, *_IGNORED}
_KNOWN = {opcode.code: opcode for opcode in pickletools.opcodes if opcode.name in _DONE}
