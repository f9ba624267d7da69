"""From a slider to the picture: how long a changed amount takes to be seen, small in the window and whole in a photograph of 24 megapixels.

    python benchmarks/editing.py [--json] [--side 2400]

Every run sets another amount, so that nothing drawn before is found again. The peer of the preview is the whole drawing, reduced; that of the
composite is what scripts around generators do: the same drawing pasted with floating-point arithmetic over the whole photograph. The photograph
is the generator's own face in a frame of noise, its square --side pixels wide. Medians are of runs in turn with the peer, so that a busy
machine disturbs both; ``best_ms`` is the quickest run, which it disturbs least.
"""

from __future__ import annotations

import io
import itertools
from collections.abc import Callable

import numpy as np
import torch
import torch.nn.functional as F
from measuring import Row, arguments, compare, tell
from numpy.typing import NDArray
from PIL import Image
from torch import Tensor

from latentedit.alignment import square_to_quad
from latentedit.edits import Compositing, EditState, History, SetAmount, SetCompositing
from latentedit.engine import Engine, random_face
from latentedit.face_latents import FaceLatents
from latentedit.faces import find_faces
from latentedit.generators import Generator
from latentedit.images import Photo, to_uint8
from latentedit.masks import soft_square
from latentedit.project_file import GeneratorIdentity, Project, ProjectFace
from latentedit.session import Session

WIDTH, HEIGHT = 6000, 4000
SEED, DIRECTION = 3, "smile"
PREVIEW_BAR_MS, COMPOSITE_BAR_MS = 80, 1500
REPEATS = 9

Pixels = NDArray[np.uint8]


def found_landmarks(picture: Image.Image) -> NDArray[np.float64]:
    """The 68 points of the face in it, in its pixels."""
    file = io.BytesIO()
    picture.save(file, "PNG")
    (face,) = find_faces(Photo.from_bytes(file.getvalue(), "drawn.png"))
    assert face.landmarks is not None
    return face.landmarks


def session_with_a_face(generator: Generator, device: str, side: int) -> Session:
    """A session on a made photograph of 24 megapixels, whose one face is projected exactly."""
    w_plus = random_face(generator, SEED, truncation_psi=0.7)
    with torch.inference_mode():
        drawn = Image.fromarray(to_uint8(generator.synthesis(w_plus)))
    photograph = np.random.default_rng(SEED).integers(90, 110, (HEIGHT, WIDTH, 3), dtype=np.uint8)
    left, top = (WIDTH - side) // 2, (HEIGHT - side) // 2
    photograph[top : top + side, left : left + side] = np.asarray(drawn.resize((side, side), Image.Resampling.BICUBIC))
    file = io.BytesIO()
    Image.fromarray(photograph).save(file, "BMP")
    photo = Photo.from_bytes(file.getvalue(), "made.bmp")
    quad = np.array([[left, top], [left, top + side], [left + side, top + side], [left + side, top]]) - 0.5
    box = (left + side // 4, top + side // 4, left + 3 * side // 4, top + 3 * side // 4)
    landmarks = (found_landmarks(drawn) + 0.5) * side / drawn.width - 0.5 + [left, top]
    face = ProjectFace(box, landmarks, quad, FaceLatents(w_plus.cpu().numpy()))
    engine = Engine(device)
    engine.use_generator(generator)
    history = History(EditState.for_faces(1))
    return Session.from_project(
        Project(photo.name, photo.data, GeneratorIdentity.of(generator.spec), (face,), history), engine=engine
    )


def naive_composite(photograph: Pixels, quad: NDArray[np.float64], difference: Tensor, feather: float) -> Pixels:
    """Add a drawn difference [1, 3, R, R] in [-1, 1] to a photograph [H, W, 3], in floating point and everywhere."""
    height, width = photograph.shape[:2]
    size = difference.shape[-1]
    matrix = np.linalg.inv(square_to_quad(quad, size))
    matrix[:, 2] += matrix @ np.array([-0.5, -0.5, 0])
    coefficients = tuple((matrix / matrix[2, 2]).ravel()[:8])

    def warped(channel: NDArray[np.float32]) -> NDArray[np.float32]:
        picture = Image.fromarray(channel)
        return np.asarray(picture.transform((width, height), Image.Transform.PERSPECTIVE, coefficients, Image.Resampling.BICUBIC))

    alpha = warped(soft_square(feather, size))[..., None]
    change = np.stack([warped(channel) for channel in difference[0].numpy()], axis=-1) / 2
    blended = photograph.astype(np.float32) / 255 + alpha * change
    return np.rint(blended.clip(0, 1) * 255).astype(np.uint8)


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--side", type=int, default=2400, help="pixels of the face's square in the photograph")
    options = parser.parse_args()
    engine = Engine(options.device)
    generator = engine.generator()
    session = session_with_a_face(generator, options.device, options.side)
    photograph, face = session.photo.rgb_uint8, session.face(0)
    amounts = (1 + 0.001 * k for k in itertools.count())

    def changed(show: Callable[[], object]) -> Callable[[], object]:
        def run() -> object:
            session.do(SetAmount(0, DIRECTION, next(amounts)))
            return show()

        return run

    def drawn() -> Tensor:
        return session.engine.render_face(generator, face.projected(), session.state.face(0)).cpu()

    def reduced() -> Pixels:
        return to_uint8(F.interpolate(drawn(), size=(256, 256), mode="area"))

    def naive() -> Pixels:
        unedited = session.engine.render_face(generator, face.projected()).cpu()
        return naive_composite(photograph, face.face.quad, (drawn() - unedited).clamp(-2, 2), Compositing().feather)

    rows: list[Row] = []
    rows.append(
        compare(
            "preview, 256 px",
            changed(lambda: np.asarray(session.render_face(preview=True))),
            "whole drawing, reduced",
            changed(reduced),
            repeats=REPEATS,
            note=f"bar: {PREVIEW_BAR_MS} ms on two cores",
        )
    )
    peer = "float paste of the whole photograph"
    for mode in ("residual", "seamless", "replace"):
        session.do(SetCompositing(0, Compositing(mode)))
        rows.append(
            compare(
                f"24 MP, {mode}, square of {options.side} px",
                changed(session.render_uint8),
                peer,
                changed(naive),
                repeats=REPEATS,
                note=f"bar: {COMPOSITE_BAR_MS} ms on two cores",
            )
        )
    session.do(SetCompositing(0, Compositing()))
    still = SetAmount(0, DIRECTION, 1.0)

    def alone(show: Callable[[], object]) -> Callable[[], object]:
        def run() -> object:
            session.do(still)
            return show()

        return run

    rows.append(compare("the same without drawing, residual", alone(session.render_uint8), peer, alone(naive), repeats=REPEATS))
    tell("editing", rows, device=options.device, packages=("numpy", "pillow"), as_json=options.json)


if __name__ == "__main__":
    main()
