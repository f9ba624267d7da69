"""Faces of projects by name: ``FILE#N``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from latentedit.errors import UsageError
from latentedit.face_choice import no_such_face, projected_face, split_face


@dataclass
class Known:
    latents: object | None


@given(st.lists(st.booleans(), max_size=6), st.one_of(st.none(), st.integers(0, 8)))
def test_the_chosen_face_or_the_first_projected_one(projected: list[bool], index: int | None) -> None:
    faces = [Known(object() if there else None) for there in projected]
    if any(projected) and (index is None or (index < len(faces) and projected[index])):
        assert projected_face(faces, index, "a.ledit") == (projected.index(True) if index is None else index)
    else:
        with pytest.raises(UsageError, match=r"a\.ledit holds no projected face"):
            projected_face(faces, index, "a.ledit")


def test_a_file_of_the_whole_name_goes_first(tmp_path: Path) -> None:
    plain, odd = tmp_path / "a.ledit", tmp_path / "a.ledit#1"
    plain.touch()
    assert split_face(str(plain)) == (plain, None)
    assert split_face(f"{plain}#1") == (plain, 1)
    odd.touch()
    assert split_face(str(odd)) == (odd, None)
    assert split_face(f"{odd}#1") == (odd, 1)


@pytest.mark.parametrize(
    "name", ["", "#1", "b.ledit", "b.ledit#1", "a.ledit#", "a.ledit#x", "a.ledit#-1", "a.ledit#1:fine", "x" * 5000]
)
def test_what_names_no_file(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.ledit").touch()
    assert split_face(name) == (None, None)


@pytest.mark.parametrize(
    ("count", "told", "hint"),
    [(0, "none was found", "info"), (1, "has one face", "only face is number 0"), (3, "has 3 faces", "0 (the largest) to 2")],
)
def test_a_face_that_is_not_there_is_told_in_words(count: int, told: str, hint: str) -> None:
    error = no_such_face(7, "me.jpg", count)
    assert told in str(error) and "me.jpg" in str(error)
    assert hint in error.hint
