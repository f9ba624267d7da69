"""Kill a process that writes two edits of a photograph in turn over one file, in each kind of file; after each kill one of them must be
there, byte for byte."""

from __future__ import annotations

import io
from pathlib import Path
from random import Random

import imagecodecs
import numpy as np
import tifffile
import torch
from killing import Arguments, killed, temporary_files, undisturbed
from PIL import Image

from latentedit.edits import SetCompositing
from latentedit.edits.state import Compositing
from latentedit.engine import Engine
from latentedit.face_latents import FaceLatents
from latentedit.faces import Face
from latentedit.generators.toy import toy_spec
from latentedit.images import Photo, write_edited
from latentedit.project_file import GeneratorIdentity, Project, ProjectFace
from latentedit.session import Session

SIDE = 400
KINDS = {"PNG": "png", "PNG of 16 bits": "png", "JPEG": "jpg", "TIFF": "tif", "TIFF of 16 bits": "tif", "WEBP": "webp"}


def photograph(kind: str) -> bytes:
    """A noisy square, so that the file is large and its writing takes long."""
    pixels = np.random.default_rng(0).integers(0, 256, (SIDE, SIDE, 3), dtype=np.uint8)
    deep = pixels.astype(np.uint16) * 257
    if kind == "PNG of 16 bits":
        return bytes(imagecodecs.png_encode(deep))
    buffer = io.BytesIO()
    if kind == "TIFF of 16 bits":
        tifffile.imwrite(buffer, deep, photometric="rgb", metadata=None)
    else:
        Image.fromarray(pixels).save(buffer, kind)
    return buffer.getvalue()


def session_of(photo: Photo) -> Session:
    """With a face in the middle that the toy generator draws in."""
    corners = np.array([[0, 0], [0, 1], [1, 1], [1, 0]]) * SIDE / 2 + SIDE / 4
    landmarks = np.random.default_rng(0).uniform(0.4 * SIDE, 0.6 * SIDE, (68, 2))
    latents = FaceLatents(np.random.default_rng(0).standard_normal((1, 8, 16)).astype(np.float32))
    bare = Session(photo)
    bare.set_faces([Face(0, (0, 0, 9, 9), landmarks, corners, photo)])
    face = ProjectFace((0, 0, 9, 9), landmarks, corners, latents)
    project = Project(photo.name, photo.data, GeneratorIdentity.of(toy_spec()), (face,), bare.history)
    return Session.from_project(project, engine=Engine())


def kill_writers(kind: str, folder: Path, kills: int, random: Random) -> tuple[int, int]:
    """Kill writers of one kind of file; returns how many different files were found, and how many kills came within a write."""
    path = folder / f"photo.{KINDS[kind]}"
    photo = Photo.from_bytes(photograph(kind), path.name)
    session = session_of(photo)
    changes = []
    for mode in ("replace", "seamless"):
        session.do(SetCompositing(0, Compositing(mode)))  # type: ignore[arg-type]
        changes.append(session.patches())

    def write_both() -> None:
        for patches in changes:
            write_edited(photo, patches, path)

    def write_for_ever() -> None:
        while True:
            write_both()

    whole = set()
    for patches in changes:
        write_edited(photo, patches, path)
        whole.add(path.read_bytes())
    assert len(whole) == 2
    takes = undisturbed(write_both)
    seen, cut_short = set(), 0
    for _ in range(kills):
        assert killed(write_for_ever, random.uniform(0, 2 * takes))
        found = path.read_bytes()
        assert found in whole, f"{kind}: neither the old file nor the new one"
        seen.add(found)
        cut_short += bool(temporary_files(folder))
    undisturbed(write_both)
    assert list(folder.iterdir()) == [path], f"{kind}: something was left behind"
    return len(seen), cut_short


def main() -> None:
    torch.set_num_threads(1)
    arguments = Arguments.parse()
    seen = cut_short = 0
    each = -(-arguments.kills // len(KINDS))
    for kind in KINDS:
        folder = arguments.folder / kind
        folder.mkdir()
        different, within = kill_writers(kind, folder, each, arguments.random)
        seen, cut_short = seen + different, cut_short + within
    assert seen > len(KINDS) or each < 5, "the kills never came after a write"
    print(f"{each * len(KINDS)} kills, {cut_short} of them within a write")


if __name__ == "__main__":
    main()
