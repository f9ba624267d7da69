"""The ``.ledit`` project file: a photograph, its faces, their latents, and everything that was done to them.

The format is described in ``docs/ledit-format.md``. Reading trusts nothing: see :mod:`latentedit.project_archive`
for the container and :mod:`latentedit.checked_json` for the values. This module needs numpy but not torch.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import numpy as np
from numpy.typing import NDArray

from latentedit.alignment import is_square_seen
from latentedit.brush import Brush
from latentedit.checked_json import Node, finite_json, newer_version, parse_json
from latentedit.edits import EditState, History, history_from_json, history_to_json, state_from_json, state_to_json
from latentedit.edits.state import MAX_FACES
from latentedit.errors import UsageError
from latentedit.face_latents import FaceLatents, Space
from latentedit.own_direction import OwnDirection
from latentedit.project_archive import (
    DIRECTIONS_MEMBER,
    FACES_FOLDER,
    MAX_JSON_BYTES,
    ArchiveReader,
    Member,
    damaged,
    open_archive,
    write_archive,
)
from latentedit.project_brushes import brush_members, brushes_to_json, mask_names_to_json, named_brushes, read_brushes
from latentedit.project_directions import directions_to_json, named_directions, read_directions, vectors_to_bytes
from latentedit.project_tensors import latents_from_bytes, latents_to_bytes

if TYPE_CHECKING:
    from latentedit.generators.base import GeneratorSpec

FORMAT = "latentedit-project"
SCHEMA = 4
"""Version of the file format; raised when an older program could not read it."""
# Still written for projects that hold no more, so that older programs read them: no directions of their own; no painted masks; none that has a name.
_SCHEMA_WITHOUT_DIRECTIONS, _SCHEMA_WITHOUT_BRUSHES, _SCHEMA_WITHOUT_MASK_NAMES = 1, 2, 3
_NEWER_ENTRIES: dict[int, tuple[str, ...]] = {1: (), 2: ("directions",), 3: ("masks",), 4: ("masks", "mask_names")}
"""What the manifest of a schema must have beside what all have."""

NUM_LANDMARKS = 68
_MAX_COORDINATE = 1e7
_MAX_STYLES, _MAX_WIDTH, _MAX_RESOLUTION = 1024, 1 << 16, 1 << 16
_MAX_NAME = 255
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class GeneratorIdentity:
    """Which generator the latents belong to; ``weights_hash`` (sha256, hex) tells apart what shares a name."""

    name: str
    architecture: str
    weights_hash: str
    num_ws: int
    w_dim: int
    img_resolution: int

    @classmethod
    def of(cls, spec: GeneratorSpec) -> GeneratorIdentity:
        """The identity of a loaded generator."""
        return cls(spec.name, spec.architecture, spec.weights_hash, spec.num_ws, spec.w_dim, spec.img_resolution)


@dataclass(frozen=True, eq=False)
class ProjectFace:
    """One face of the photograph.

    Attributes:
        box: left, top, right, bottom in upright pixels.
        landmarks: [68, 2] in upright pixels; None where a square was chosen, not a face found.
        quad: [4, 2], the FFHQ square: top left, bottom left, bottom right, top right.
        latents: what its projection found; None before.
        report: how the projection went, as JSON values (preset, seed, steps, seconds, distances...).
    """

    box: tuple[int, int, int, int]
    landmarks: NDArray[np.float64] | None
    quad: NDArray[np.float64]
    latents: FaceLatents | None = None
    report: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Project:
    """All that a project file holds.

    Attributes:
        photo_name: the photograph's file name, without folders.
        photo_data: the photograph's bytes, untouched.
        generator: None until a face is projected.
        faces: in the order of ``history.present.faces``.
        history: the edits, with the way back and forth.
        app_version: of the program that wrote the file.
        directions: those of its own; a file holds the ones that its edits or their history name.
        brushes: the painted masks; a file holds the ones that its edits or their history name.
    """

    photo_name: str
    photo_data: bytes
    generator: GeneratorIdentity | None
    faces: tuple[ProjectFace, ...]
    history: History
    app_version: str = ""
    directions: tuple[OwnDirection, ...] = ()
    brushes: tuple[Brush, ...] = ()

    @property
    def state(self) -> EditState:
        """The edits as they stand."""
        return self.history.present


def save_project(path: str | Path, project: Project) -> None:
    """Write a project. A kill at any moment leaves the file that was there, or the new one.

    Raises:
        ProjectFileError: it is too large for one file.
        UsageError: an edit names a layer that the generator does not have.
        StorageError: the file cannot be written.
        ValueError: the numbers of faces and of their edits differ, a direction does not fit the generator, or a painted mask is missing.
    """
    write_archive(Path(path), project_members(project))


def project_members(project: Project) -> list[Member]:
    """What a project file holds, as its members; equal projects give equal bytes.

    Raises:
        UsageError: an edit names a layer that the generator does not have.
        ValueError: the numbers of faces and of their edits differ, a direction does not fit the generator, or a painted mask is missing.
    """
    if len(project.faces) != len(project.state.faces):
        raise ValueError(f"{len(project.faces)} faces, but edits for {len(project.state.faces)}")
    if project.generator is not None and project.state.beyond(project.generator.num_ws) is not None:
        raise UsageError("An edit names a layer that the generator does not have.", hint="Undo it, or give it other layers.")
    name = safe_name(project.photo_name)
    original = _original_member(name)
    history, history_data = _fitting_history(project.history)
    directions = named_directions(project.directions, history)
    brushes = named_brushes(project.brushes, history)
    _check_fit(directions, project.generator)
    members = [
        Member("manifest.json", _to_json(_manifest(project, name, original, directions, brushes))),
        Member(original, project.photo_data),
        Member("edits.json", _to_json(state_to_json(project.state))),
    ]
    if history_data:
        members.append(Member("history.json", history_data))
    if directions:
        members.append(Member(DIRECTIONS_MEMBER, vectors_to_bytes(directions)))
    for index, face in enumerate(project.faces):
        if face.latents is not None:
            members.append(Member(_face_member(index), latents_to_bytes(face.latents)))
    return [*members, *brush_members(brushes)]


def load_project(path: str | Path) -> Project:
    """Read a project.

    Raises:
        ProjectFileError: there is no such file, it is damaged or manipulated, or a newer version wrote it.
    """
    with open_archive(Path(path)) as archive:
        return _read(archive)


def safe_name(name: str) -> str:
    """A file name without folders or characters that are trouble anywhere; ``photo`` when nothing is left."""
    last = re.split(r"[/\\]", name)[-1][-_MAX_NAME:]
    cleaned = "".join(character if character.isprintable() else "_" for character in last).strip()
    return cleaned if cleaned.strip(".") else "photo"


def app_version() -> str:
    """The version of the installed program; empty when it runs without being installed."""
    try:
        return metadata.version("latentedit")
    except metadata.PackageNotFoundError:
        return ""


def _check_fit(directions: Sequence[OwnDirection], generator: GeneratorIdentity | None) -> None:
    for direction in directions:
        if generator is None or not direction.fits(generator.num_ws, generator.w_dim):
            raise ValueError(f"the direction {direction.name} does not fit the generator {generator}")


def _manifest(
    project: Project, name: str, original: str, directions: Sequence[OwnDirection], brushes: Sequence[Brush]
) -> dict[str, Any]:
    generator = project.generator
    mask_names = mask_names_to_json(brushes)
    schema = _SCHEMA_WITHOUT_BRUSHES if directions else _SCHEMA_WITHOUT_DIRECTIONS
    if brushes:
        schema = SCHEMA if mask_names else _SCHEMA_WITHOUT_MASK_NAMES
    manifest = {
        "format": FORMAT,
        "schema": schema,
        "app_version": app_version(),
        "photo": {"name": name, "member": original, "sha256": hashlib.sha256(project.photo_data).hexdigest()},
        "generator": None if generator is None else asdict(generator),
        "faces": [_face_to_json(index, face) for index, face in enumerate(project.faces)],
    }
    if directions:
        manifest["directions"] = directions_to_json(directions)
    if brushes:
        manifest["masks"] = brushes_to_json(brushes)
    if mask_names:
        manifest["mask_names"] = mask_names
    return manifest


def _face_to_json(index: int, face: ProjectFace) -> dict[str, Any]:
    latents = face.latents
    return {
        "index": index,
        "box": [int(edge) for edge in face.box],
        "landmarks": None if face.landmarks is None else np.asarray(face.landmarks, dtype=np.float64).tolist(),
        "quad": np.asarray(face.quad, dtype=np.float64).tolist(),
        "latents": None if latents is None else {"member": _face_member(index), "space": latents.space},
        "report": finite_json(dict(face.report)),
    }


def _read(archive: ArchiveReader) -> Project:
    manifest = parse_json(archive.read("manifest.json"), "manifest.json")
    schema = _check_version(manifest)
    archive.check_names()
    newer = _NEWER_ENTRIES[schema]
    optional = ("directions",) if schema >= _SCHEMA_WITHOUT_MASK_NAMES else ()
    fields = manifest.fields(("format", "schema", "app_version", "photo", "generator", "faces", *newer), optional)
    name, data = _read_photo(fields["photo"], archive)
    generator_node = fields["generator"].or_none()
    generator = None if generator_node is None else _read_generator(generator_node)
    nodes = fields["faces"].items(MAX_FACES)
    faces = tuple(_read_face(node, index, generator, archive) for index, node in enumerate(nodes))
    state = state_from_json(parse_json(archive.read("edits.json"), "edits.json"))
    if len(state.faces) != len(faces):
        raise damaged(f"it has {len(faces)} faces and edits for {len(state.faces)}")
    if generator is not None and (wrong := state.beyond(generator.num_ws)) is not None:
        place = "edits.json.faces[{}].edits[{}]".format(*wrong)
        raise damaged(f"{place} names a layer, and the generator has {generator.num_ws}")
    history = History(state)
    if "history.json" in archive.names:
        history = history_from_json(parse_json(archive.read("history.json"), "history.json"), state)
    directions = named_directions(_read_directions(fields.get("directions"), generator, archive), history)
    brushes = read_brushes(fields.get("masks"), fields.get("mask_names"), history, archive)
    drawn = {_face_member(index) for index, face in enumerate(faces) if face.latents is not None}
    if unnamed := [name for name in archive.names if name.startswith(FACES_FOLDER) and name not in drawn]:
        raise damaged(f"it has an unexpected member {min(unnamed)!r}")
    return Project(name, data, generator, faces, history, fields["app_version"].text(_MAX_NAME), directions, brushes)


def _check_version(manifest: Node) -> int:
    """The file's schema; looked at first of all, since a newer version's manifest may look like anything."""
    entries = manifest.mapping(1000)
    if "format" not in entries or "schema" not in entries or entries["format"].value != FORMAT:
        raise damaged("it is a zip file, but not a project")
    if entries["schema"].integer(1, 10**9) > SCHEMA:
        raise newer_version(f"its format is {entries['schema'].value}, and {SCHEMA} is the newest known")
    return entries["schema"].integer(1, SCHEMA)


def _read_photo(node: Node, archive: ArchiveReader) -> tuple[str, bytes]:
    fields = node.fields(("name", "member", "sha256"))
    name = fields["name"].text(_MAX_NAME)
    if name != safe_name(name):
        raise fields["name"].fail("is not a plain file name")
    if fields["member"].text() != _original_member(name):
        raise fields["member"].fail("is not the photograph")
    data = archive.read(_original_member(name))
    if hashlib.sha256(data).hexdigest() != fields["sha256"].text():
        raise fields["sha256"].fail("is not that of the photograph in it")
    return name, data


def _read_generator(node: Node) -> GeneratorIdentity:
    fields = node.fields(("name", "architecture", "weights_hash", "num_ws", "w_dim", "img_resolution"))
    weights_hash = fields["weights_hash"].text()
    if not _SHA256.fullmatch(weights_hash):
        raise fields["weights_hash"].fail("is not a sha256")
    return GeneratorIdentity(
        name=fields["name"].text(),
        architecture=fields["architecture"].text(),
        weights_hash=weights_hash,
        num_ws=fields["num_ws"].integer(1, _MAX_STYLES),
        w_dim=fields["w_dim"].integer(1, _MAX_WIDTH),
        img_resolution=fields["img_resolution"].integer(1, _MAX_RESOLUTION),
    )


def _read_face(node: Node, index: int, generator: GeneratorIdentity | None, archive: ArchiveReader) -> ProjectFace:
    fields = node.fields(("index", "box", "landmarks", "quad", "latents", "report"))
    fields["index"].integer(index, index)
    quad = _points(fields["quad"], 4)
    if not is_square_seen(quad):
        raise fields["quad"].fail("is no square as a photograph could show it")
    landmarks = fields["landmarks"].or_none()
    latents = fields["latents"].or_none()
    if latents is not None and generator is None:
        raise latents.fail("belongs to no generator")
    return ProjectFace(
        _box(fields["box"]),
        None if landmarks is None else _points(landmarks, NUM_LANDMARKS),
        quad,
        None if latents is None or generator is None else _read_latents(latents, index, generator, archive),
        _report(fields["report"]),
    )


def _report(node: Node) -> dict[str, Any]:
    node.anything()
    return {key: entry.value for key, entry in node.mapping(1000).items()}


def _read_latents(node: Node, index: int, generator: GeneratorIdentity, archive: ArchiveReader) -> FaceLatents:
    fields = node.fields(("member", "space"))
    spaces: dict[str, Space] = {space: space for space in get_args(Space)}
    space = spaces.get(fields["space"].text())
    if space is None:
        raise newer_version(f"{fields['space'].where} is {fields['space'].value!r}")
    member = _face_member(index)
    if fields["member"].text() != member:
        raise fields["member"].fail(f"is not {member}")
    return latents_from_bytes(archive.read(member), member, num_ws=generator.num_ws, w_dim=generator.w_dim, space=space)


def _read_directions(node: Node | None, generator: GeneratorIdentity | None, archive: ArchiveReader) -> tuple[OwnDirection, ...]:
    if node is None:
        if DIRECTIONS_MEMBER in archive.names:
            raise damaged(f"it has an unexpected member {DIRECTIONS_MEMBER!r}")
        return ()
    if generator is None:
        raise node.fail("belong to no generator")
    return read_directions(node, archive.read(DIRECTIONS_MEMBER), num_ws=generator.num_ws, w_dim=generator.w_dim)


def _box(node: Node) -> tuple[int, int, int, int]:
    limit = int(_MAX_COORDINATE)
    edges = [edge.integer(-limit, limit) for edge in node.items(4)]
    if len(edges) != 4 or edges[0] >= edges[2] or edges[1] >= edges[3]:
        raise node.fail("is not a box")
    return edges[0], edges[1], edges[2], edges[3]


def _points(node: Node, count: int) -> NDArray[np.float64]:
    points = [[number.number(-_MAX_COORDINATE, _MAX_COORDINATE) for number in row.items(2)] for row in node.items(count)]
    if len(points) != count or any(len(point) != 2 for point in points):
        raise node.fail(f"is not {count} points")
    return np.array(points, dtype=np.float64)


def _original_member(name: str) -> str:
    """With the photograph's suffix, so that whoever unzips a project can look at it."""
    suffix = Path(name).suffix.lower()
    return f"original{suffix}" if re.fullmatch(r"\.[a-z0-9]{1,8}", suffix) else "original"


def _face_member(index: int) -> str:
    return f"{FACES_FOLDER}{index}.safetensors"


def _fitting_history(history: History) -> tuple[History, bytes | None]:
    """The history without its oldest half as often as it takes to fit, and as JSON; None when there is none."""
    while history.past or history.future:
        data = _to_json(history_to_json(history))
        if len(data) <= MAX_JSON_BYTES:
            return history, data
        history = replace(
            history,
            past=history.past[(len(history.past) + 1) // 2 :],
            future=history.future[(len(history.future) + 1) // 2 :],
        )
    return history, None


def _to_json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode("utf-8")
