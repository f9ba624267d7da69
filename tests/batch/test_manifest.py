"""The manifest survives being cut anywhere."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from latentedit.batch.manifest import ManifestWriter, Record, read_manifest
from latentedit.errors import InputError

TEXT = st.text(
    st.characters(min_codepoint=1, max_codepoint=0x10FFFF), max_size=8
)  # lone surrogates as in names that are no Unicode
RECORDS = st.lists(
    st.builds(
        Record,
        item=TEXT,
        status=st.sampled_from(["started", "done", "failed"]),
        input=TEXT,
        settings=TEXT,
        sha256=TEXT,
        output=TEXT,
        seconds=st.floats(0, 1e6),
        faces=st.lists(st.fixed_dictionaries({"index": st.integers(0, 9)}), max_size=2).map(tuple),
        error=TEXT,
        bug=st.booleans(),
    ),
    max_size=6,
)


def written(path: Path, before: list[Record], after: list[Record]) -> None:
    with ManifestWriter(path, {"mode": None}, "1.0", before) as manifest:
        for record in after:
            manifest.add(record)


def newest(records: list[Record]) -> dict[str, Record]:
    return {record.item: record for record in records}


@settings(max_examples=40)
@given(RECORDS, RECORDS)
def test_what_is_written_is_read(tmp_path_factory: pytest.TempPathFactory, before: list[Record], after: list[Record]) -> None:
    path = tmp_path_factory.mktemp("m") / "manifest.jsonl"
    written(path, before, after)
    assert read_manifest(path) == newest([*before, *after])


@settings(max_examples=40)
@given(RECORDS, st.floats(0, 1))
def test_wherever_it_is_cut_the_whole_lines_are_read(
    tmp_path_factory: pytest.TempPathFactory, records: list[Record], share: float
) -> None:
    path = tmp_path_factory.mktemp("m") / "manifest.jsonl"
    written(path, [], records)
    data = path.read_bytes()
    head = data.index(b"\n") + 1  # written whole with its file, by replacing
    cut = head + round(share * (len(data) - head))
    path.write_bytes(data[:cut])
    assert read_manifest(path) == newest(records[: data[head:cut].count(b"\n")])


def test_there_is_nothing_where_there_is_no_manifest(tmp_path: Path) -> None:
    assert read_manifest(tmp_path / "manifest.jsonl") == {}


@pytest.mark.parametrize(
    "data",
    [b"", b"[]\n", b'{"format":"latentedit-batch","schema":2}\n', b'{"format":"other"}\n', b"\xff\n"]
    + [
        b'{"format":"latentedit-batch","schema":1}\n' + line + b"\n"
        for line in (b"", b"7", b"{}", b'{"item":1,"status":"done","input":"","settings":""}')
    ]
    + [b'{"format":"latentedit-batch","schema":1}\n{"item":"a","status":"x","input":"","settings":""}\n'],
)
def test_what_is_no_manifest_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "manifest.jsonl"
    path.write_bytes(data)
    with pytest.raises(InputError) as caught:
        read_manifest(path)
    assert caught.value.hint


FULL_DISK = """
import resource, sys
from pathlib import Path
from latentedit.batch.manifest import ManifestWriter, Record, read_manifest
from latentedit.errors import StorageError

path = Path(sys.argv[1])
with ManifestWriter(path, {}, "", []) as manifest:
    resource.setrlimit(resource.RLIMIT_FSIZE, (5000, 5000))
    try:
        for number in range(100):
            manifest.add(Record(str(number), "done", "x" * 300, ""))
    except StorageError as error:
        assert "no room" in str(error) and error.hint
    else:
        raise AssertionError("the limit was not heeded")
assert list(read_manifest(path)) == [str(i) for i in range(number)], number
assert number > 5
"""


@pytest.mark.skipif(os.name != "posix", reason="needs resource limits")
def test_a_line_that_finds_no_room_takes_nothing_else_along(tmp_path: Path) -> None:
    command = [sys.executable, "-c", FULL_DISK, str(tmp_path / "manifest.jsonl")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
