"""What a batch works on, and where its results go."""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from toy_batch import write_photo

from latentedit.batch import BatchConfig, BatchItem, find_items
from latentedit.batch.inputs import mirrored, refuse_overwriting
from latentedit.batch.naming import Places, assign_places
from latentedit.errors import UsageError

JPEG, PNG, TIFF = b"\xff\xd8\xff\xe0rest", b"\x89PNG\r\n\x1a\nrest", b"II\x2a\x00rest"


def fill(root: Path, files: dict[str, bytes]) -> None:
    for name, data in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(data)


def names(inputs: list[Path], output: Path, *, recursive: bool = True) -> list[str]:
    return [item.name for item in find_items(inputs, output, recursive=recursive)]


def test_a_folder_gives_what_its_files_are_by_suffix_then_by_content(tmp_path: Path) -> None:
    taken = {
        "a.jpg": JPEG,
        "b.PNG": b"",
        "text.tiff": b"text",
        "p.ledit": b"",
        "noext": PNG,
        "x.jpg_large": JPEG,
        "s/c.webp": b"",
    }
    left = {
        "notes.txt": b"BM, then text",
        "raw.nef": TIFF,
        ".hidden.jpg": JPEG,
        ".git/x.jpg": JPEG,
        "out/done.jpg": JPEG,
        "z.doc": b"",
    }
    fill(tmp_path, taken | left)
    assert names([tmp_path], tmp_path / "out") == sorted(taken)
    assert names([tmp_path], tmp_path / "out", recursive=False) == sorted(name for name in taken if "/" not in name)


def test_what_is_named_is_taken_whatever_it_is(tmp_path: Path) -> None:
    fill(tmp_path, {"notes.txt": b"text", ".hidden.jpg": JPEG})
    named = [tmp_path / "notes.txt", tmp_path / ".hidden.jpg", tmp_path / "missing.jpg"]
    assert names(named, tmp_path / "out") == [".hidden.jpg", "missing.jpg", "notes.txt"]


def test_a_file_named_twice_is_taken_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(tmp_path, {"in/a.jpg": JPEG, "in/b.jpg": JPEG})
    (tmp_path / "link").symlink_to(tmp_path / "in")
    monkeypatch.chdir(tmp_path)
    found = names([Path("in"), Path("in/a.jpg"), Path("./in/../in/a.jpg"), Path("link/a.jpg")], tmp_path / "out")
    assert found == ["in/a.jpg", "in/b.jpg"]


def test_folders_are_mirrored_below_what_they_have_in_common(tmp_path: Path) -> None:
    fill(tmp_path, {"x/a/1.jpg": JPEG, "x/b/1.jpg": JPEG, "x/b/c/1.jpg": JPEG})
    x, out = tmp_path / "x", tmp_path / "out"
    assert names([x], out) == names([x / "a", x / "b"], out) == ["a/1.jpg", "b/1.jpg", "b/c/1.jpg"]
    assert names([x / "b"], out) == ["1.jpg", "c/1.jpg"]
    assert names([x / "a" / "1.jpg", x / "b" / "1.jpg"], out) == ["a/1.jpg", "b/1.jpg"]
    assert names([x / "a" / "1.jpg"], out) == ["1.jpg"]


def test_drives_have_nothing_in_common() -> None:
    assert mirrored(PureWindowsPath(r"C:\photos\a.jpg"), None) == "C/photos/a.jpg"
    assert mirrored(PureWindowsPath(r"D:\a.jpg"), None) == "D/a.jpg"


def test_links_to_folders_are_not_followed(tmp_path: Path) -> None:
    fill(tmp_path, {"in/a.jpg": JPEG})
    (tmp_path / "in" / "again").symlink_to(tmp_path / "in")
    (tmp_path / "in" / "b.jpg").symlink_to(tmp_path / "in" / "a.jpg")
    (tmp_path / "in" / "gone.jpg").symlink_to(tmp_path / "nowhere")
    assert names([tmp_path / "in"], tmp_path / "out") == ["a.jpg", "b.jpg"]


def test_a_folder_that_cannot_be_read_is_an_item_that_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(tmp_path, {"in/a.jpg": JPEG, "in/locked/b.jpg": JPEG})
    scan = os.scandir

    def scandir(folder: Path) -> object:  # the superuser may read everything
        if Path(folder).name == "locked":
            raise PermissionError(13, "Permission denied")
        return scan(folder)

    monkeypatch.setattr("latentedit.batch.inputs.os.scandir", scandir)
    a, locked = find_items([tmp_path / "in"], tmp_path / "out", recursive=True)
    assert (a.problem, locked.name) == ("", "locked") and "Permission denied" in locked.problem


def test_an_input_below_a_shut_folder_is_one_that_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(tmp_path, {"in/a.png": PNG, "in/s/a.png": PNG})
    look = os.stat

    def stat(path: Path, **how: bool) -> os.stat_result:  # the superuser may look anywhere
        if "/in/shut" in str(path):
            raise PermissionError(13, "Permission denied")
        return look(path, **how)

    monkeypatch.setattr("os.stat", stat)
    items = find_items([tmp_path / "in", tmp_path / "in" / "shut" / "b.png"], tmp_path / "out", recursive=True)
    assert [item.name for item in items] == ["a.png", "s/a.png", "shut/b.png"]


@pytest.mark.skipif(os.name != "posix", reason="names are Unicode elsewhere")
def test_names_that_are_no_unicode(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / os.fsdecode(b"b\xff\xfed.png")).write_bytes(PNG)
    (item,) = find_items([tmp_path / "in"], tmp_path / "out")
    assert os.fsencode(item.name) == b"b\xff\xfed.png" and item.path.is_file()


# Results


def places(config: BatchConfig, *given: str, root: Path = Path("/nowhere")) -> list[Places]:
    return assign_places([BatchItem(root / name, name) for name in given], config)


def results(config: BatchConfig, *given: str) -> list[str]:
    return [place.result for place in places(config, *given)]


def test_results_keep_the_photographs_names_and_kinds() -> None:
    assert results(BatchConfig(), "a.jpg", "s/b.TIFF") == ["a.jpg", "s/b.TIFF"]
    assert results(BatchConfig(format="png", suffix="-x"), "a.jpg", "s/b.TIFF") == ["a-x.png", "s/b-x.png"]


def test_results_of_one_name_keep_apart() -> None:
    assert results(BatchConfig(format="jpg"), "a.jpeg", "a.jpg", "a.png", "A.PNG") == [
        "a.jpeg.jpg",
        "a.jpg",
        "a.png.jpg",
        "A.PNG-2.jpg",
    ]
    assert [place.project for place in places(BatchConfig(), "a.jpg", "a.png")] == ["a.ledit", "a.png.ledit"]


def test_the_kind_is_told_by_content(tmp_path: Path) -> None:
    fill(tmp_path, {"a.jpg": PNG, "b": JPEG, "c.png": b"text"})
    assert [place.result for place in places(BatchConfig(), "a.jpg", "b", "c.png", root=tmp_path)] == ["a.png", "b.jpg", "c.png"]


FILE_NAMES = st.from_regex(r"[abAB]{1,2}(\.png|\.jpg|\.JPG|\.ledit|)", fullmatch=True)
CONFIGS = st.builds(BatchConfig, format=st.sampled_from([None, "png", "jpg"]), suffix=st.sampled_from(["", "a", ".png", ".jpg"]))


@settings(max_examples=40)
@given(st.sets(FILE_NAMES.map(lambda name: f"s/{name}") | FILE_NAMES, max_size=12), CONFIGS)
def test_no_two_files_of_a_batch_have_one_name_and_each_stays_in_its_folder(given_names: set[str], config: BatchConfig) -> None:
    ordered = sorted(given_names)
    found = places(config, *ordered)
    written = [name for place in found for name in (place.result, place.project)]
    assert len({name.casefold() for name in written}) == len(written)
    for name, place in zip(ordered, found, strict=True):
        assert {PurePosixPath(place.result).parent, PurePosixPath(place.project).parent} == {PurePosixPath(name).parent}


def test_no_result_takes_the_place_of_an_input(tmp_path: Path) -> None:
    write_photo(tmp_path / "in" / "a.png")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "a.png").symlink_to(tmp_path / "in" / "a.png")
    items = find_items([tmp_path / "in"], tmp_path / "out")
    refuse_overwriting(items, [tmp_path / "out" / "b.png"])
    for result in (tmp_path / "in" / "a.png", tmp_path / "out" / "a.png"):
        with pytest.raises(UsageError, match="would overwrite"):
            refuse_overwriting(items, [result])


@pytest.mark.parametrize(
    "wrong",
    [{"mode": "none"}, {"face": "two"}, {"face": "²"}, {"crop": True}, {"suffix": "/x"}, {"suffix": "\n"}, {"format": "doc"}],
)
def test_wrong_settings_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(UsageError):
        BatchConfig(**wrong)  # type: ignore[arg-type]
