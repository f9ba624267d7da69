import json
import os
import struct
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from projects import MEMBERS, NUM_WS, PROJECT, W_DIM, Members, assert_same, bare_project, full_project, numbers, saved, zipped
from safetensors.numpy import load as load_tensors
from safetensors.numpy import save as save_tensors

from latentedit.edits import EditState, History, SetAmount
from latentedit.errors import ProjectFileError, StorageError, UsageError
from latentedit.face_latents import FaceLatents
from latentedit.project_archive import MAX_JSON_BYTES, MAX_MEMBERS
from latentedit.project_file import SCHEMA, Project, load_project, project_members, safe_name, save_project


def as_member(manifest: Any) -> Members:
    return {"manifest.json": json.dumps(manifest).encode()}


def with_value(path: tuple[str | int, ...], value: Any) -> Any:
    """The full project's manifest with one value changed."""
    manifest = json.loads(MEMBERS["manifest.json"])
    target = manifest
    for key in path[:-1]:
        target = target[key]
    target[path[-1]] = value
    return manifest


def nested(depth: int) -> dict[str, Any]:
    value: dict[str, Any] = {}
    for _ in range(depth):
        value = {"a": value}
    return value


def refused(path: Path, words: str = r"\w") -> str:
    with pytest.raises(ProjectFileError, match=words) as caught:
        load_project(path)
    assert caught.value.hint
    assert "\n" not in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize("project", [PROJECT, bare_project()], ids=["full", "bare"])
def test_a_project_comes_back_as_it_was(project: Project, tmp_path: Path) -> None:
    assert_same(load_project(saved(project, tmp_path)), project)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.text(max_size=300), data=st.binary(max_size=100), seed=st.integers(0, 99))
def test_any_photograph_comes_back_under_a_plain_name(name: str, data: bytes, seed: int, tmp_path: Path) -> None:
    project = replace(full_project(seed), photo_name=name, photo_data=data)
    loaded = load_project(saved(project, tmp_path))
    assert_same(loaded, replace(project, photo_name=safe_name(name)))


@given(st.text(max_size=300))
def test_plain_names_stay_and_others_become_plain(name: str) -> None:
    plain = safe_name(name)
    assert safe_name(plain) == plain
    assert plain.strip(".")
    assert not set(plain) & set("/\\\0\n")


def test_folders_are_cut_from_names() -> None:
    assert safe_name("../../etc/passwd") == "passwd"
    assert safe_name(r"C:\Users\me\photo.jpg") == "photo.jpg"
    assert safe_name("..") == safe_name("") == safe_name("/") == "photo"


def test_the_photograph_lies_in_the_file_byte_for_byte(tmp_path: Path) -> None:
    path = saved(PROJECT, tmp_path)
    assert PROJECT.photo_data in path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        assert archive.read("original.jpg") == PROJECT.photo_data


def test_the_same_project_gives_the_same_file(tmp_path: Path) -> None:
    first = saved(PROJECT, tmp_path).read_bytes()
    assert saved(load_project(saved(PROJECT, tmp_path)), tmp_path).read_bytes() == first
    assert first.startswith(b"PK\x03\x04")
    assert b"mimetypeapplication/vnd.latentedit.project+zip" in first[:100]


def test_measures_that_failed_are_saved_as_null(tmp_path: Path) -> None:
    report = {"lpips": float("nan"), "psnr": np.float32(0.5), "more": [float("inf"), (1, 2)]}
    faces = (replace(PROJECT.faces[0], report=report), *PROJECT.faces[1:])
    loaded = load_project(saved(replace(PROJECT, faces=faces), tmp_path))
    assert loaded.faces[0].report == {"lpips": None, "psnr": 0.5, "more": [None, [1, 2]]}


def test_a_history_too_long_for_the_file_loses_its_oldest_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("latentedit.project_file.MAX_JSON_BYTES", 3000)
    history = History(EditState.for_faces(1))
    for index in range(40):
        history = history.do(SetAmount(0, f"edit {index % 3}", float(index)))
    project = replace(bare_project(), faces=(PROJECT.faces[2],), history=history)
    loaded = load_project(saved(project, tmp_path)).history
    assert loaded.present == history.present
    assert 0 < len(loaded.past) < len(history.past)
    assert loaded.past == history.past[-len(loaded.past) :]


def test_faces_and_edits_must_agree_to_be_saved(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="3 faces, but edits for 1"):
        save_project(tmp_path / "x.ledit", replace(PROJECT, history=History(EditState.for_faces(1))))
    assert not list(tmp_path.iterdir())


def test_a_project_goes_nowhere_that_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(StorageError):
        save_project(tmp_path / "missing" / "x.ledit", PROJECT)


def test_a_file_that_is_not_there_or_is_a_folder(tmp_path: Path) -> None:
    refused(tmp_path / "none.ledit", "There is no file")
    refused(tmp_path, "is a folder")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
@pytest.mark.timeout(20)
def test_a_pipe_is_refused_without_waiting_for_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "x.ledit")
    refused(tmp_path / "x.ledit", "is not a file")


@pytest.mark.parametrize("data", [b"", b"PK", b"not a zip at all" * 10, b"PK\x05\x06" + bytes(18), b"\x89PNG\r\n\x1a\n" * 9])
def test_what_is_no_zip_is_refused(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "x.ledit"
    path.write_bytes(data)
    refused(path)


def test_another_zip_is_refused(tmp_path: Path) -> None:
    refused(zipped(tmp_path / "x.ledit", {"word/document.xml": b"<x/>"}), "manifest.json is missing")
    refused(zipped(tmp_path / "x.ledit", {"manifest.json": b'{"name": "an extension"}'}), "not a project")


def test_every_truncation_is_refused(tmp_path: Path) -> None:
    path = saved(PROJECT, tmp_path)
    data = path.read_bytes()
    for length in range(0, len(data), 97):
        path.write_bytes(data[:length])
        refused(path)


def test_a_newer_version_says_so(tmp_path: Path) -> None:
    for newer in ({"format": "latentedit-project", "schema": SCHEMA + 1, "new": 1}, with_value(("schema",), 99)):
        refused(zipped(tmp_path / "x.ledit", MEMBERS | as_member(newer) | {"new": b""}), "newer version")


@pytest.mark.parametrize("name", list(MEMBERS))
def test_no_member_may_be_missing_but_the_history(name: str, tmp_path: Path) -> None:
    path = zipped(tmp_path / "x.ledit", {key: data for key, data in MEMBERS.items() if key != name})
    if name == "history.json":
        assert_same(load_project(path), replace(PROJECT, history=History(PROJECT.state)))
    else:
        refused(path, f"{name} is missing")


@pytest.mark.parametrize(
    "name",
    [
        "../evil",
        "/etc/passwd",
        "original.jpg/..",
        "faces/../../x",
        "faces/0.safetensors\n",
        "faces/",
        "faces/5.safetensors",
        "C:x",
        "setup.py",
    ],
)
def test_members_that_no_project_has_are_refused(name: str, tmp_path: Path) -> None:
    refused(zipped(tmp_path / "x.ledit", MEMBERS | {name: b"x"}), "unexpected member")
    assert [path.name for path in tmp_path.iterdir()] == ["x.ledit"]


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("format",), "another"),
        (("schema",), 0),
        (("schema",), "1"),
        (("schema",), True),
        (("photo", "name"), "../../evil.jpg"),
        (("photo", "name"), "a\nb.jpg"),
        (("photo", "member"), "edits.json"),
        (("photo", "sha256"), "00" * 32),
        (("generator",), None),
        (("generator", "weights_hash"), "xyz"),
        (("generator", "num_ws"), NUM_WS + 1),
        (("generator", "w_dim"), 0),
        (("generator", "w_dim"), 10**30),
        (("faces", 0, "index"), 1),
        (("faces", 0, "box"), [5, 5, 5, 9]),
        (("faces", 0, "box"), [0, 0, 9]),
        (("faces", 0, "box"), [0, 0, 1e300, 9]),
        (("faces", 0, "landmarks"), [[0, 0]] * 67),
        (("faces", 0, "landmarks"), [[0, 0]] * 100_000),
        (("faces", 0, "landmarks", 3), [0, 0, 0]),
        (("faces", 0, "landmarks", 3, 1), None),
        (("faces", 0, "quad"), [[0, 0], [1, 1], [2, 2], [3, 3]]),
        (("faces", 0, "quad"), [[0, 0], [0, 0], [9, 9], [9, 0]]),
        (("faces", 0, "quad", 2, 0), 1e308),
        (("faces", 0, "latents", "space"), 7),
        (("faces", 0, "latents", "member"), "faces/1.safetensors"),
        (("faces", 0, "latents", "member"), "../../x"),
        (("faces", 2, "latents"), {"member": "faces/2.safetensors", "space": "w"}),
        (("faces", 0, "report"), [1, 2]),
        (("faces", 0, "report"), nested(600)),
        (("faces", 0, "report"), {"a\ud800": 1}),
        (("faces", 0, "report"), {"a": ["\udfff"]}),
        (("faces",), []),
        (("faces",), [None] * 2000),
        (("app_version",), ["x"]),
    ],
)
def test_a_manipulated_manifest_is_refused(path: tuple[str | int, ...], value: Any, tmp_path: Path) -> None:
    refused(zipped(tmp_path / "x.ledit", MEMBERS | as_member(with_value(path, value))))


def test_edits_for_other_faces_are_refused(tmp_path: Path) -> None:
    other = {member.name: member.data for member in project_members(bare_project())}
    refused(zipped(tmp_path / "x.ledit", {**MEMBERS, "edits.json": other["edits.json"]}), "edits for 0")


def test_edits_of_layers_that_the_generator_lacks_are_neither_read_nor_written(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="layer"):
        save_project(tmp_path / "x.ledit", replace(PROJECT, history=PROJECT.history.do(SetAmount(1, "age", 1.0, (0, NUM_WS)))))
    edits = json.loads(MEMBERS["edits.json"])
    edits["faces"][0]["edits"][1]["layers"] = [NUM_WS]
    changed = {**MEMBERS, "edits.json": json.dumps(edits).encode()}
    refused(zipped(tmp_path / "x.ledit", changed), r"edits\.json\.faces\[0\]\.edits\[1\]")


def with_tensors(**changes: np.ndarray[Any, Any] | None) -> Members:
    tensors = load_tensors(MEMBERS["faces/0.safetensors"])
    for name, array in changes.items():
        tensors.pop(name.replace("__", "."), None)
        if array is not None:
            tensors[name.replace("__", ".")] = array
    return MEMBERS | {"faces/0.safetensors": save_tensors(tensors)}


NOT_A_NUMBER = numbers(0, 1, NUM_WS, W_DIM)
NOT_A_NUMBER[0, 0, 0] = np.nan


@pytest.mark.parametrize(
    "changes",
    [
        {"w_plus": None},
        {"w_plus": numbers(0, 1, NUM_WS + 1, W_DIM)},
        {"w_plus": numbers(0, NUM_WS, W_DIM)},
        {"w_plus": numbers(0, 2, NUM_WS, W_DIM)},
        {"w_plus": numbers(0, 1, NUM_WS, W_DIM, dtype=np.float16)},
        {"w_plus": numbers(0, 1, NUM_WS, W_DIM, dtype=np.float64)},
        {"w_plus": NOT_A_NUMBER},
        {"noise__1": np.full((1, 1, 4, 4), np.inf, np.float32)},
        {"noise__0": None},
        {"noise__5": numbers(0, 1, 1, 4, 4)},
        {"noise__0": numbers(0, 4, 4)},
        {"noise__007": numbers(0, 1, 1, 4, 4)},
        {"delta__const": np.array([np.nan], np.float16)},
        {"delta__const": np.array([1], np.int64)},
        {"delta__const": numbers(0, *([1] * 9))},
        {"unheard_of": numbers(0, 1)},
    ],
)
def test_manipulated_tensors_are_refused(changes: dict[str, Any], tmp_path: Path) -> None:
    refused(zipped(tmp_path / "x.ledit", with_tensors(**changes)), r"faces/0\.safetensors")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"1234567",
        struct.pack("<Q", 2**63) + b"{}",
        struct.pack("<Q", 2) + b"{}",
        struct.pack("<Q", 2) + b"[]",
        struct.pack("<Q", 30) + b'{"w_plus": ' + b"[" * 19,
        struct.pack("<Q", 61) + b'{"w_plus":{"dtype":"F32","shape":[9e9],"data_offsets":[0,4]}}' + bytes(4),
        struct.pack("<Q", 74) + b'{"w_plus":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,4]}}' + bytes(4),
    ],
)
def test_what_is_no_safetensors_is_refused(data: bytes, tmp_path: Path) -> None:
    refused(zipped(tmp_path / "x.ledit", MEMBERS | {"faces/0.safetensors": data}), "faces/0")


def test_bombs_are_refused_before_they_are_read(tmp_path: Path) -> None:
    path = tmp_path / "x.ledit"
    zeros = bytes(MAX_JSON_BYTES + 1)
    refused(zipped(path, MEMBERS | {"edits.json": zeros}, zipfile.ZIP_DEFLATED), "is too large|is compressed")
    refused(zipped(path, MEMBERS | {"original.jpg": bytes(10**6)}, zipfile.ZIP_DEFLATED), "is compressed")
    refused(zipped(path, {f"faces/{index}.safetensors": b"" for index in range(MAX_MEMBERS + 1)}), "too many members")
    refused(zipped(path, MEMBERS, zipfile.ZIP_LZMA), "compressed")


def test_a_member_that_unpacks_to_more_than_it_says_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.ledit"
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in MEMBERS.items():
            deflate = zipfile.ZIP_DEFLATED if name == "edits.json" else zipfile.ZIP_STORED
            archive.writestr(name, data + b" " * 10**6 if deflate else data, deflate)
    data = path.read_bytes()
    told = struct.pack("<L", len(MEMBERS["edits.json"]) + 10**6)
    assert data.count(told) == 2
    path.write_bytes(data.replace(told, struct.pack("<L", 100)))
    refused(path)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_member_that_is_there_twice_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "x.ledit", MEMBERS)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("edits.json", b"{}")
    refused(path, "twice")


def test_members_that_share_their_bytes_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.ledit"
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in MEMBERS.items():
            archive.writestr(name, data)
        first = archive.getinfo("original.jpg")
        for index in range(3, 9):
            twin = zipfile.ZipInfo(f"faces/{index}.safetensors")
            twin.file_size, twin.compress_size, twin.CRC = first.file_size, first.compress_size, first.CRC
            twin.header_offset = first.header_offset
            archive.filelist.append(twin)
    refused(path, "overlap")


def test_an_encrypted_member_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "x.ledit", MEMBERS)
    data = bytearray(path.read_bytes())
    entry = data.index(b"PK\x01\x02")
    data[entry + 8] |= 1
    path.write_bytes(data)
    refused(path)


def test_reading_a_project_needs_no_torch() -> None:
    code = "import sys, latentedit.project_file; print('torch' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_latents_are_known_by_their_contents() -> None:
    one = FaceLatents(numbers(0, 1, 2, 3), (numbers(1, 1, 1, 4, 4),), {"a": numbers(2, 3), "b": numbers(3, 3)})
    same = FaceLatents(numbers(0, 1, 2, 3), (numbers(1, 1, 1, 4, 4),), {"b": numbers(3, 3), "a": numbers(2, 3)})
    others = [
        FaceLatents(numbers(9, 1, 2, 3), one.noise, one.weight_delta),
        FaceLatents(one.w_plus, (), one.weight_delta),
        FaceLatents(one.w_plus, one.noise, {"a": numbers(2, 3)}),
        FaceLatents(one.w_plus, one.noise, {"a": numbers(3, 3), "b": numbers(2, 3)}),
    ]
    assert one.key == same.key
    assert len({one.key, *(other.key for other in others)}) == 5


def test_latents_cannot_be_changed_from_outside() -> None:
    array = numbers(0, 1, 2, 3)
    latents = FaceLatents(array)
    array[:] = 0
    assert latents.w_plus.any()
    with pytest.raises(ValueError, match="read-only"):
        latents.w_plus[0] = 1
