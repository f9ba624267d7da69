"""The chip's geometry, the descriptor network and the loss; against dlib itself where its weights are there."""

from __future__ import annotations

from pathlib import Path

import dlib
import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from torch import Tensor

from latentedit.assets import AssetStore
from latentedit.errors import AssetError
from latentedit.identity import FaceDescriptor, face_box, identity_distance
from latentedit.identity_chip import ChipPlace, chip_place, extract_chip
from latentedit.identity_loss import IdentityLoss, load_identity_loss
from latentedit.identity_net import DescriptorNet, load_descriptor_net
from latentedit.images import to_image, to_uint8

# Near enough to an aligned face: all 68 points on two rings, turned and moved by the tests.
_ANGLES = np.linspace(0, 2 * np.pi, 68, endpoint=False)
RING = np.stack([np.cos(_ANGLES) * (0.2 + 0.1 * (np.arange(68) % 2)), np.sin(_ANGLES) * 0.25], axis=1) + 0.5


@pytest.fixture(scope="module")
def store() -> AssetStore:
    store = AssetStore.default()
    try:
        store.path("dlib-68-landmarks", "shape_predictor_68_face_landmarks.dat")
        store.converted("dlib-face-descriptor")
    except AssetError as error:
        pytest.skip(f"dlib's weights cannot be had: {error}")
    return store


@pytest.fixture(scope="module")
def judge(store: AssetStore) -> FaceDescriptor:
    return FaceDescriptor.load(store)


@pytest.fixture(scope="module")
def faces(judge: FaceDescriptor, shared_data: Path) -> dict[str, Tensor]:
    """Squares around real faces; not FFHQ's, but of its proportions."""
    names = {"biden": "biden.jpg", "obama": "obama.jpg", "astronaut": "astronaut.png"}
    squares = {}
    for key, name in names.items():
        picture = Image.open(shared_data / "photos" / name).convert("RGB")
        box = max(judge.detector(np.array(picture), 1), key=lambda r: r.area())
        centre, half = box.center(), round(box.width() * 0.85)
        square = picture.crop((centre.x - half, centre.y - half, centre.x + half, centre.y + half))
        squares[key] = to_image(np.array(square.resize((512, 512), Image.Resampling.LANCZOS)))
    return squares


def dlib_shape(landmarks: np.ndarray, size: int) -> dlib.full_object_detection:
    points = [dlib.point(int(x), int(y)) for x, y in landmarks]
    return dlib.full_object_detection(dlib.rectangle(0, 0, size - 1, size - 1), points)


@settings(deadline=None)
@given(turn=st.floats(-0.6, 0.6), size=st.integers(120, 250), move=st.floats(-0.03, 0.03))
def test_the_chip_lies_where_dlib_lays_it(turn: float, size: int, move: float) -> None:
    rotation = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    landmarks = (((RING - 0.5) @ rotation.T + 0.5 + move) * size).round()
    rows, columns = np.mgrid[:size, :size].astype(np.uint8)
    ramp = np.stack([columns, rows, rows], axis=-1)  # each pixel says where it is
    chip = dlib.get_face_chip(ramp, dlib_shape(landmarks, size), size=150, padding=0.25)
    grid = chip_place(landmarks).grid()
    inside = ((grid > 1) & (grid < size - 2)).all(axis=-1)
    assert inside.mean() > 0.1
    error = chip[..., :2].astype(float)[inside] - grid[inside]
    assert np.abs(error).max() < 1.01  # dlib writes whole colours
    assert np.abs(error.mean(axis=0)).max() < 0.55  # cut off or rounded, but not moved


@settings(deadline=None)
@given(turn=st.floats(-3, 3), scale=st.floats(0.1, 10), x=st.floats(-50, 50))
def test_the_place_follows_the_landmarks(turn: float, scale: float, x: float) -> None:
    first = chip_place(RING * 300)
    rotation = scale * np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    second = chip_place(RING * 300 @ rotation.T + x)
    assert second.scale == pytest.approx(first.scale * scale, abs=0.01 * (1 + scale))
    moved = rotation @ [first.x, first.y] + x
    assert np.hypot(second.x - moved[0], second.y - moved[1]) < 1.5 * (1 + scale)  # dlib's half pixel is not turned with it


@settings(deadline=None, max_examples=30)
@given(scale=st.floats(0.3, 9.0), angle=st.floats(-0.5, 0.5))
def test_a_ramp_is_cut_out_as_a_ramp_at_every_scale(scale: float, angle: float) -> None:
    size = 256
    rows, columns = torch.meshgrid(torch.arange(size), torch.arange(size), indexing="ij")
    image = torch.stack([columns, rows, rows])[None] / 127.5 - 1
    place = ChipPlace(127.3, 126.8, scale * np.cos(angle), scale * np.sin(angle))
    chip = extract_chip(image, place)[0, :2].permute(1, 2, 0).double().numpy()
    grid = place.grid()
    margin = 4 * scale + 4
    inside = ((grid > margin) & (grid < size - 1 - margin)).all(axis=-1)
    assert np.abs(chip - grid)[inside].max() < 0.02


def test_resized_places_mean_the_same_picture() -> None:
    small = torch.nn.functional.interpolate(torch.rand(1, 3, 6, 6) * 2 - 1, size=(300, 300), mode="bicubic")
    large = torch.nn.functional.interpolate(small, scale_factor=2, mode="bilinear", align_corners=False)
    place = chip_place(RING * 300)
    difference = extract_chip(small, place) - extract_chip(large, place.resized(2))
    assert difference.abs().mean() < 1


def test_outside_the_image_is_black() -> None:
    chip = extract_chip(torch.ones(1, 3, 40, 40), ChipPlace(500, 500, 3.0, 0.0))
    assert chip.shape == (1, 3, 150, 150)
    assert chip.abs().max() == 0


def test_gradients_reach_the_image_and_descend() -> None:
    torch.manual_seed(0)
    net = DescriptorNet().eval().requires_grad_(False)
    target = torch.rand(1, 3, 200, 200) * 2 - 1
    loss = IdentityLoss(net, target, chip_place(RING * 200))
    assert loss(target).item() < 1e-10
    image = (torch.rand(2, 3, 100, 100) * 2 - 1).requires_grad_(True)
    before = loss(image)
    (gradient,) = torch.autograd.grad(before.sum(), image)
    assert before.shape == (2,)
    after = loss(image.detach() - 0.05 * gradient / gradient.abs().max())
    assert (after < before).all()


@pytest.mark.parametrize("shape", [(2, 3, 64, 64), (1, 3, 64, 32), (3, 64, 64)])
def test_other_shapes_are_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="aligned image"):
        face_box(torch.zeros(shape), lambda *_: [])


def test_without_a_detection_the_box_is_central() -> None:
    left, top, right, bottom = face_box(torch.zeros(1, 3, 1000, 1000), lambda *_: [])
    assert (left, right) == (200, 799)
    assert 200 < top < bottom < 1000


def test_a_bystander_is_not_taken() -> None:
    boxes = [dlib.rectangle(0, 0, 150, 150), dlib.rectangle(110, 160, 400, 450)]
    assert face_box(torch.zeros(1, 3, 512, 512), lambda *_: boxes) == (110, 160, 400, 450)


@pytest.mark.assets
def test_the_network_agrees_with_dlib(store: AssetStore, judge: FaceDescriptor, faces: dict[str, Tensor]) -> None:
    net = load_descriptor_net(store=store)
    for image in faces.values():
        rgb = to_uint8(image)
        chip = dlib.get_face_chip(rgb, dlib_shape(judge.landmarks(image), 512), size=150, padding=0.25)
        expected = np.array(judge.recogniser.compute_face_descriptor(chip))
        mine = net(torch.tensor(chip).permute(2, 0, 1)[None].float())[0].numpy()
        assert np.abs(mine - expected).max() < 1e-5


@pytest.mark.assets
def test_the_differentiable_chip_gives_nearly_dlibs_descriptor(
    store: AssetStore, judge: FaceDescriptor, faces: dict[str, Tensor]
) -> None:
    net = load_descriptor_net(store=store)
    for image in faces.values():
        mine = net(extract_chip(image, chip_place(judge.landmarks(image))))[0].numpy()
        assert np.linalg.norm(mine - judge.descriptor(image)) < 0.1


@pytest.mark.assets
def test_people_are_told_apart(store: AssetStore, judge: FaceDescriptor, faces: dict[str, Tensor]) -> None:
    obama, biden = faces["obama"], faces["biden"]
    assert identity_distance(obama, obama, store=store) == 0
    assert judge.distance(obama, (obama * 0.9).clamp(-1, 1)) < 0.3
    assert judge.distance(obama, biden) > 0.6
    loss = load_identity_loss(obama, store=store)
    assert loss(obama).item() < 1e-6 < 0.36 < loss(biden).item()
