"""What a face's edits become when many photographs are to have them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from toy_batch import CONFIG, SIDE, SyntheticFaces, run, write_photo

from latentedit.batch.of_edits import portable
from latentedit.edits import Compositing, DirectionEdit, DragEdit, Edit, EditMask, FaceEdits, MixEdit, VariationEdit
from latentedit.images import open_photo
from latentedit.requested_masks import Masking
from latentedit.session import Session

PLAIN = replace(CONFIG, mixes=())
BRUSH = "brush:" + "0" * 64


def test_another_photograph_gets_what_the_first_one_has(tmp_path: Path) -> None:
    """A batch over the very photograph gives what the session draws."""
    path = write_photo(tmp_path / "in" / "a.png")
    session = Session.open(path, generator="toy")
    session.set_faces(SyntheticFaces().find_faces(open_photo(path)))
    list(session.project(0, preset="fast", steps=2))
    edits = FaceEdits(
        (MixEdit("seed:5", 0.5, (0, 1, 2, 5)), VariationEdit(3, 0.5, 0.25, 0.1), MixEdit("seed:9", enabled=False)),
        Compositing("replace", 0.2, "square"),
    )
    config = portable(edits, PLAIN, known=()).config
    run(tmp_path, config)
    patch = session.patch(0, edits)
    assert patch is not None
    session.do(_Whole(edits))
    with Image.open(tmp_path / "out" / "a.png") as written:
        assert np.abs(np.asarray(written).astype(int) - session.render_uint8()).max() <= 1
    assert written.size == (SIDE, SIDE)


class _Whole:
    """Sets all of a face's edits."""

    label, merge_key = "all", None

    def __init__(self, edits: FaceEdits) -> None:
        self._edits = edits

    def apply(self, state):  # type: ignore[no-untyped-def]
        return state.with_face(0, self._edits)


@pytest.mark.parametrize(
    ("edit", "fits"),
    [
        (DirectionEdit("smile", 1.0), True),
        (DirectionEdit("smile", 1.0, (0, 2)), True),
        (DirectionEdit("smile", 1.0, mask=EditMask("mouth")), True),
        (DirectionEdit("smile", 1.0, mask=EditMask("mouth", 0.3)), False),
        (DirectionEdit("smile", 1.0, mask=EditMask("mouth", inverted=True)), False),
        (DirectionEdit("smile", 1.0, mask=EditMask(BRUSH)), False),
        (DirectionEdit("unheard of", 1.0), False),
        (MixEdit("seed:3"), True),
        (MixEdit("face:1"), False),
        (MixEdit("latent:other"), False),
        (MixEdit("seed:3", mask=EditMask("hair")), False),
        (VariationEdit(3, 1.0, mask=EditMask("hair")), True),
        (DragEdit("drag:1", ((0.5, 0.5),), ((0.6, 0.5),)), False),
    ],
)
def test_what_belongs_to_this_photograph_is_told_and_left_out(edit: Edit, fits: bool) -> None:
    found = portable(FaceEdits((edit,)), PLAIN, known={"smile"})
    kept = (*found.config.edits, *found.config.mixes, *found.config.variations)
    assert (len(kept), len(found.left_out)) == ((1, 0) if fits else (0, 1))
    off = portable(FaceEdits((replace(edit, enabled=False),)), PLAIN, known={"smile"})
    assert not off.left_out and not off.config.edits and not off.config.mixes and not off.config.variations


def test_a_painted_mask_stays_behind_with_its_photograph() -> None:
    found = portable(FaceEdits(compositing=Compositing("seamless", 0.2, BRUSH)), PLAIN, known=())
    assert found.config.masking == Masking(None, False, 0.2) and found.config.mode == "seamless"
    assert found.left_out == ("a painted mask",)
