"""The manifest survives being cut anywhere."""

from __future__ import annotations

import math
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


DAMAGE = [
    ("seconds", '"4"'),
    ("seconds", "null"),
    ("seconds", "NaN"),
    ("seconds", "9" * 4000),
    ("left_out", "-1"),
    ("bug", "1"),
    ("error", "[]"),
    ("faces", "[1]"),
    ("faces", '[{"lpips_alex":"0.2"}]'),
    ("faces", '[{"identity_distance":1e999}]'),
    ("faces", f'[{{"space":{"[" * 900}{"]" * 900}}}]'),
    ("faces", "[" * 100_000),
]


@pytest.mark.parametrize(("name", "value"), DAMAGE, ids=[f"{name} {value[:20]}" for name, value in DAMAGE])
def test_a_damaged_field_is_told_by_its_line(tmp_path: Path, name: str, value: str) -> None:
    path = tmp_path / "manifest.jsonl"
    written(path, [Record("a", "done", "", "")], [])
    with path.open("a") as file:
        file.write(f'{{"item":"b","status":"done","input":"","settings":"","{name}":{value}}}\n')
    with pytest.raises(InputError, match="damaged in line 3"):
        read_manifest(path)


def test_a_head_of_brackets_is_no_manifest(tmp_path: Path) -> None:
    (tmp_path / "manifest.jsonl").write_text("[" * 100_000 + "\n")
    with pytest.raises(InputError, match="not the manifest"):
        read_manifest(tmp_path / "manifest.jsonl")


def test_numbers_that_json_has_not_become_null(tmp_path: Path) -> None:
    record = Record("a", "done", "", "", faces=({"lpips_alex": math.nan, "psnr_db": math.inf},))
    written(tmp_path / "manifest.jsonl", [], [record])
    assert read_manifest(tmp_path / "manifest.jsonl")["a"].faces == ({"lpips_alex": None, "psnr_db": None},)


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
