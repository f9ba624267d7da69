"""What a host's panel shows of one image's faces, while the program answers late, refuses, or ends."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest

from latentedit_plugins.bridge import Editing

from .told_program import FACE, SECOND_FACE, Program


class Host:
    """Counts how often it is told of changes."""

    def __init__(self) -> None:
        self.told = 0

    def __call__(self) -> None:
        self.told += 1


@pytest.fixture
def program(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Program:
    return Program(monkeypatch, tmp_path)


def test_an_image_that_nobody_asks_about_is_lost_with_the_program_too(program: Program) -> None:
    host = Host()
    idle, asking = Editing(program.bridge, host), Editing(program.bridge, lambda: None)
    program.learnt(program.opened(idle))
    program.opened(asking)
    asking.learn()
    before = host.told
    program.die()
    assert host.told > before
    for editing in (idle, asking):
        assert not editing.opened and not editing.learnt and not editing.doing
        assert editing.trouble is not None and editing.trouble.kind == "died" and "lost" in editing.trouble.hint


def test_no_request_of_one_image_reaches_another_in_the_next_program(program: Program) -> None:
    first, second = Editing(program.bridge, lambda: None), Editing(program.bridge, lambda: None)
    program.learnt(program.opened(first))
    program.die()
    program.learnt(program.opened(second))
    sent = len(program.pipes.sent)
    first.mix("seed:7", "all", 1.0)
    first.set_amount("smile", 1.0)
    first.draw()
    first.layers("kra", lambda _: None)
    first.save("face.ledit", lambda _: None)
    first.learn()
    assert first.trouble is not None and first.trouble.kind == "lost" and not first.doing
    first.close_image()
    assert program.pipes.sent[sent:] == []
    assert second.opened and second.learnt and second.trouble is None


def test_a_program_that_was_chosen_anew_knows_no_images(program: Program) -> None:
    idle, learning = Editing(program.bridge, lambda: None), Editing(program.bridge, lambda: None)
    program.opened(idle)
    program.opened(learning)
    learning.learn()
    program.bridge.close()
    assert not idle.opened and not learning.opened and not learning.doing
    assert idle.trouble is not None and idle.trouble.kind == "closed"


def test_an_editing_that_is_forgotten_is_not_kept_by_the_bridge(program: Program) -> None:
    for _ in range(3):
        Editing(program.bridge, lambda: None)
    program.opened(Editing(program.bridge, lambda: None))
    gc.collect()
    program.die()
    assert program.bridge._on_end == []


def test_the_small_picture_is_drawn_when_a_mix_is_done(program: Program) -> None:
    editing = program.learnt(program.opened(Editing(program.bridge, lambda: None)))
    editing.mix("seed:7", "all", 1.0)
    assert program.waiting("render") == [], "it would overtake the mix"
    program.answer("mix", names=["seed:7"])
    assert len(program.waiting("render")) == 1
    editing.set_amount("smile", 1.0)
    program.answer("render", stale=True)
    assert len(program.waiting("render")) == 1, "a quick edit is drawn without waiting for its answer"


def test_a_project_that_cannot_be_saved_leaves_what_is_being_learnt(program: Program) -> None:
    editing = program.opened(Editing(program.bridge, lambda: None))
    editing.learn()
    editing.save("/nowhere/face.ledit", lambda _: None)
    program.refuse("save", message="It cannot be written.")
    assert editing.doing == "learning" and str(editing.trouble) == "It cannot be written."
    program.answer("project", face=0)
    assert editing.learnt and not editing.doing


@pytest.mark.parametrize("method", ["mix", "render", "edits"])
def test_what_is_refused_beside_long_work_leaves_it(program: Program, method: str) -> None:
    editing = program.learnt(program.opened(Editing(program.bridge, lambda: None)))
    editing.layers("kra", lambda _: None)
    editing.mix("seed:7", "all", 1.0)
    if method == "mix":
        program.refuse("mix")
    else:
        program.answer("mix", names=["seed:7"])
        program.refuse(method)
    assert editing.doing == "drawing" and editing.trouble is not None
    drawn = program.waiting("layers")
    assert len(drawn) == 1


def test_a_trouble_goes_when_the_next_project_is_saved(program: Program) -> None:
    saved: list[object] = []
    editing = program.opened(Editing(program.bridge, lambda: None))
    editing.save("/nowhere/face.ledit", saved.append)
    program.refuse("save")
    editing.save("face.ledit", saved.append)
    program.answer("save", path="face.ledit")
    assert editing.trouble is None and saved == [{"path": "face.ledit"}]


def written(folder: Path, *names: str) -> list[str]:
    for name in names:
        (folder / name).write_bytes(b"x")
    return [str(folder / name) for name in names]


def test_files_of_an_image_go_when_they_are_read_and_its_selection_when_faces_are_found(program: Program, tmp_path: Path) -> None:
    image, profile, mask = map(Path, written(tmp_path, "image", "profile", "mask"))
    editing = Editing(program.bridge, lambda: None)
    editing.open(
        {"pixels": {"path": str(image), "profile": str(profile)}}, {"mask": str(mask)}, [str(image), str(profile), str(mask)]
    )
    assert program.waiting("open") and image.exists() and profile.exists()
    program.answer("open", document=1)
    assert not image.exists() and not profile.exists() and mask.exists()
    assert program.answer("faces", faces=[])["selection"] == {"mask": str(mask)}
    assert not mask.exists()


def test_layers_heed_the_selection_as_it_is_when_they_are_asked_for(program: Program, tmp_path: Path) -> None:
    first, second = written(tmp_path, "first", "second")
    editing = program.learnt(program.opened(Editing(program.bridge, lambda: None), selection={"mask": first}))
    editing.layers("kra", lambda _: None, {"mask": second})
    assert Path(second).exists()
    assert program.answer("layers", path="")["selection"] == {"mask": second}
    assert not Path(second).exists()
    editing.layers("kra", lambda _: None)
    assert "selection" not in program.answer("layers", path=""), "it was taken away"


def test_a_picture_that_is_not_open_is_translated_within_its_selection(program: Program, tmp_path: Path) -> None:
    picture, profile, mask = written(tmp_path, "picture", "profile", "mask")
    told: list[object] = []
    editing = Editing(program.bridge, lambda: None)
    editing.translate("network.pth", told.append, "png", {"pixels": {"path": picture, "profile": profile}}, {"mask": mask})
    asked = program.answer("translate", picture={})
    assert asked == {
        "pixels": {"path": picture, "profile": profile},
        "selection": {"mask": mask},
        "model": "network.pth",
        "format": "png",
    }
    assert told and not editing.doing and list(tmp_path.iterdir()) == [tmp_path / "program"]


@pytest.mark.parametrize("how", ["refused", "cancelled", "closed", "dead", "lost"])
def test_files_of_work_that_was_not_done_go(program: Program, tmp_path: Path, how: str) -> None:
    (mask,) = written(tmp_path, "mask")
    editing = program.learnt(program.opened(Editing(program.bridge, lambda: None)))
    if how == "lost":
        program.die()
    editing.layers("kra", lambda _: None, {"mask": mask})
    {
        "refused": lambda: program.refuse("layers"),
        "cancelled": editing.cancel,
        "closed": editing.close_image,
        "dead": program.die,
        "lost": lambda: None,
    }[how]()
    assert not Path(mask).exists()


@pytest.mark.parametrize("how", ["refused", "cancelled", "closed", "dead"])
def test_files_of_an_image_that_was_not_opened_go(program: Program, tmp_path: Path, how: str) -> None:
    files = written(tmp_path, "image", "mask")
    editing = Editing(program.bridge, lambda: None)
    editing.open({"path": files[0]}, {"mask": files[1]}, files)
    program.waiting("open")
    {
        "refused": lambda: program.refuse("open"),
        "cancelled": editing.cancel,
        "closed": editing.close_image,
        "dead": program.die,
    }[how]()
    assert not any(Path(file).exists() for file in files)


def test_files_of_others_stay(program: Program, tmp_path: Path) -> None:
    (image,) = written(tmp_path, "photo.png")
    editing = Editing(program.bridge, lambda: None)
    editing.open({"path": image})
    program.answer("open", document=1)
    editing.close_image()
    assert Path(image).exists()


def half_learnt(program: Program, tmp_path: Path, name: str = "half.png") -> dict[str, object]:
    picture: dict[str, object] = {"path": written(tmp_path, name)[0], "format": "png", "width": 8, "height": 8}
    program.happen("project", step=10, steps=100, seconds_left=9.0, preview=picture)
    return picture


def test_pictures_of_a_face_that_is_learnt_are_not_shown_for_another(program: Program, tmp_path: Path) -> None:
    editing = program.opened(Editing(program.bridge, lambda: None), [FACE, SECOND_FACE])
    editing.learn()
    assert half_learnt(program, tmp_path) == editing.preview
    editing.choose(1)
    half_learnt(program, tmp_path)
    assert editing.preview is None and editing.progress == 0.1


def test_a_picture_of_the_face_before_is_not_shown_for_the_next(program: Program, tmp_path: Path) -> None:
    editing = program.learnt(program.opened(Editing(program.bridge, lambda: None), [FACE, SECOND_FACE]))
    editing.draw()
    editing.choose(1)
    (late,) = written(tmp_path, "late.raw")
    program.answer("render", stale=False, picture={"path": late})
    assert editing.preview is None and not Path(late).exists()


@pytest.mark.parametrize("how", ["cancelled", "refused"])
def test_the_half_learnt_picture_goes_with_the_learning(program: Program, tmp_path: Path, how: str) -> None:
    editing = program.opened(Editing(program.bridge, lambda: None))
    editing.learn()
    half_learnt(program, tmp_path)
    if how == "cancelled":
        editing.cancel()
    else:
        program.refuse("project")
    assert editing.preview is None and not editing.doing
    assert len(program.waiting("render")) == 1, "the face as it is in the image"


def test_after_learning_again_was_given_up_the_face_is_drawn_as_it_was(program: Program, tmp_path: Path) -> None:
    editing = program.learnt(program.opened(Editing(program.bridge, lambda: None)))
    editing.learn("best")
    half_learnt(program, tmp_path)
    editing.cancel()
    (file,) = written(tmp_path, "as it was.raw")
    program.answer("render", stale=False, picture={"path": file})
    assert editing.preview == {"path": file}
