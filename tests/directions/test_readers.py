"""Direction files of the field: each family is known by what it holds and read as its own programs mean it."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from safetensors.numpy import save as save_tensors

from latentedit.directions import Direction
from latentedit.directions.formats.found import FoundDirection
from latentedit.directions.formats.pack_file import read_pack, write_pack
from latentedit.directions.readers import pick, read_directions
from latentedit.errors import DirectionError, UsageError
from latentedit.generators.toy import toy_spec
from latentedit.latents import stylegan2_resolutions

W = 512
RANDOM = np.random.default_rng(0)


def unit_rows(*shape: int) -> np.ndarray[Any, Any]:
    rows = RANDOM.standard_normal(shape)
    return (rows / np.linalg.norm(rows, axis=-1, keepdims=True)).astype(np.float32)


def npy(array: Any) -> bytes:
    stream = io.BytesIO()
    np.save(stream, array)
    return stream.getvalue()


def npz(**arrays: Any) -> bytes:
    stream = io.BytesIO()
    np.savez_compressed(stream, **arrays)
    return stream.getvalue()


def pt(tree: Any, *, zipped: bool = True) -> bytes:
    stream = io.BytesIO()
    torch.save(tree, stream, _use_new_zipfile_serialization=zipped)
    return stream.getvalue()


def found_in(tmp_path: Path, data: bytes, name: str = "grin.xyz") -> tuple[FoundDirection, ...]:
    """What a file holds, under a name that tells nothing."""
    (tmp_path / name).write_bytes(data)
    return read_directions(tmp_path / name)


def refused(tmp_path: Path, data: bytes, words: str) -> None:
    with pytest.raises(DirectionError, match=words) as caught:
        found_in(tmp_path, data)
    assert caught.value.hint and "\n" not in str(caught.value)


WRITERS = {
    "npy": npy,
    "npz": lambda array: npz(anything=array),
    "pt": lambda array: pt(torch.from_numpy(array)),
    "legacy pt": lambda array: pt(torch.from_numpy(array), zipped=False),
    "parameter": lambda array: pt(torch.nn.Parameter(torch.from_numpy(array))),
    "dictionary": lambda array: pt({"direction": torch.from_numpy(array)}),
    "safetensors": lambda array: save_tensors({"direction": np.ascontiguousarray(array)}),
    "float16": lambda array: npy(array.astype(np.float16)),
    "float64, high byte first": lambda array: npy(array.astype(">f8")),
    "columns first": lambda array: npy(np.asfortranarray(array)),
}


@pytest.mark.parametrize("shape", [(W,), (1, W), (18, W), (1, 18, W), (1, 1, W)], ids=str)
@pytest.mark.parametrize("kind", WRITERS)
def test_an_array_is_one_direction(kind: str, shape: tuple[int, ...], tmp_path: Path) -> None:
    array = unit_rows(*shape)
    (found,) = found_in(tmp_path, WRITERS[kind](array))
    direction = found.direction
    expected = array.reshape(shape[-2:] if 18 in shape else (W,))
    assert direction.vector.dtype == torch.float32 and direction.vector.shape == expected.shape
    np.testing.assert_allclose(direction.vector.numpy(), expected, atol=1e-3 if kind == "float16" else 0)
    assert (direction.name, direction.layers, found.layer_resolutions) == ("grin", None, None)
    assert direction.unit.startswith("a step of length 1 in W") and direction.provenance == "grin.xyz"


@pytest.mark.parametrize(
    ("shape", "count"), [((3, 1, W), 3), ((2, 18, W), 2), ((80, W), 80), ((512, W), 512), ((2, 1, 1, W), 2)], ids=str
)
def test_an_array_of_more_is_several(shape: tuple[int, ...], count: int, tmp_path: Path) -> None:
    array = unit_rows(*shape)
    found = found_in(tmp_path, npy(array))
    assert [known.direction.name for known in found] == [f"direction_{i}" for i in range(1, count + 1)]
    for known, rows in zip(found, array, strict=True):
        assert np.array_equal(known.direction.vector.numpy(), rows.reshape(known.direction.vector.shape))


def test_named_arrays_are_directions_of_these_names(tmp_path: Path) -> None:
    arrays = {"smile": unit_rows(1, W), "old\nage": unit_rows(18, W)}
    for data in (pt({name: torch.from_numpy(array) for name, array in arrays.items()}), save_tensors(arrays)):
        found = {known.direction.name: known.direction.vector.numpy() for known in found_in(tmp_path, data)}
        assert sorted(found) == ["old_age", "smile"]
        assert np.array_equal(found["smile"], arrays["smile"][0]) and np.array_equal(found["old_age"], arrays["old\nage"])
    one, two = found_in(tmp_path, pt([torch.ones(W), torch.zeros(W)]))
    assert (one.direction.name, two.direction.name) == ("direction_1", "direction_2")


@pytest.mark.parametrize("shape", [(80, 1, W), (80, W)], ids=str)
@pytest.mark.parametrize("kind", ["pt", "npz"])
def test_principal_components_are_scaled_by_their_deviations(kind: str, shape: tuple[int, ...], tmp_path: Path) -> None:
    """An amount counts deviations: GANSpace adds ``amount * stdev * comp``."""
    components, deviations, mean = unit_rows(*shape), np.linspace(3, 0.1, 80, dtype=np.float32), unit_rows(1, W)
    if kind == "pt":
        data = pt({key: torch.from_numpy(array) for key, array in (("mean", mean), ("comp", components), ("std", deviations))})
    else:
        activations = {
            "act_comp": unit_rows(80, 4),
            "act_stdev": deviations,
            "act_mean": unit_rows(1, 4),
            "var_ratio": deviations,
        }
        data = npz(lat_comp=components, lat_stdev=deviations, lat_mean=mean, random_stdevs=deviations, **activations)
    found = found_in(tmp_path, data)
    expected = components.reshape(80, W).astype(np.float64) * deviations[:, None]
    for number, known in enumerate(found, start=1):
        assert known.direction.name == f"pca_{number}"
        np.testing.assert_allclose(known.direction.vector.numpy(), expected[number - 1], rtol=1e-6)
        assert known.direction.unit == "a standard deviation of W along the component"
        assert known.direction.provenance == f"grin.xyz: GANSpace component {number} of 80"


def test_components_that_are_none_are_told(tmp_path: Path) -> None:
    refused(tmp_path, npz(lat_comp=unit_rows(80, 1, W), lat_stdev=np.ones(80, np.float32)), "components of Z")
    for wrong in (np.ones(79, np.float32), np.ones((80, 2), np.float32), np.ones(80, int), np.full(80, "x")):
        refused(tmp_path, npz(comp=unit_rows(80, 1, W), std=wrong), "do not fit each other|not read")
    refused(tmp_path, npz(comp=np.float32(1), std=np.float32(1)), "do not fit")
    refused(tmp_path, npz(comp=unit_rows(2, W), std=np.array([1, np.inf], np.float32)), "not finite")
    refused(tmp_path, npz(comp=unit_rows(2, W), std=np.array([1, 1e300])), "not finite")


def test_columns_of_closed_form_factors_are_directions(tmp_path: Path) -> None:
    weights = torch.from_numpy(unit_rows(900, 64))
    vectors = torch.linalg.svd(weights).Vh.T
    found = found_in(tmp_path, pt({"ckpt": "550000.pt", "eigvec": vectors}))
    assert [known.direction.name for known in found] == [f"sefa_{i}" for i in range(1, 65)]
    gains = [float((weights @ known.direction.vector).norm()) for known in found]
    assert gains == sorted(gains, reverse=True)
    assert torch.equal(found[2].direction.vector, vectors[:, 2])
    refused(tmp_path, pt({"ckpt": "x", "eigvec": torch.ones(3)}), "no matrix")


@pytest.mark.parametrize(
    ("written", "layers"),
    [("0-3,7", (0, 1, 2, 3, 7)), ([2, 0], (0, 2)), ("5", (5,)), ("", None), (None, None), (np.array([1, 2]), (1, 2))],
)
def test_boundaries_with_the_layers_that_they_move(written: Any, layers: tuple[int, ...] | None, tmp_path: Path) -> None:
    tree = {"boundary": unit_rows(1, 14, W), "meta_data": {"manipulate_layers": written}, "intercept": np.zeros((1, 1))}
    (found,) = found_in(tmp_path, npy(tree))
    assert found.direction.layers == layers and found.direction.vector.shape == (14, W)
    assert found.layer_resolutions is None  # its own rows tell
    (found,) = found_in(tmp_path, npy({**tree, "boundary": unit_rows(1, W)}))
    assert found.direction.layers == layers and found.direction.vector.shape == (W,)
    assert found.layer_resolutions == (None if layers is None else stylegan2_resolutions(18))


def test_boundaries_with_an_intercept(tmp_path: Path) -> None:
    normal = unit_rows(1, W)
    for data in (npz(boundary=normal, intercept=np.zeros(1)), pt({"boundary": torch.from_numpy(normal), "intercept": 0.25})):
        (found,) = found_in(tmp_path, data)
        assert np.array_equal(found.direction.vector.numpy(), normal[0])
        assert found.direction.name == "grin" and found.direction.default_range == (-3.0, 3.0)


@pytest.mark.parametrize(
    "written", ["x", "1-", "1 2", "-1", [-1], [1.5], ["1"] * 3 + [None], "9999", {"a": 1}, "1," * 3000 + "1", [[0]]]
)
def test_layers_that_are_none_are_told(written: Any, tmp_path: Path) -> None:
    refused(tmp_path, npy({"boundary": unit_rows(1, W), "meta_data": {"manipulate_layers": written}}), "layers")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (npy(np.ones(W, bool)), "bool values"),
        (npy(np.ones(W, complex)), "not read"),
        (npy(np.array("text")), "not read|damaged"),
        (npy(np.float32(1)), "shape"),
        (npy(np.zeros((0, W), np.float32)), "shape"),
        (npy(np.full(W, np.nan)), "not finite"),
        (npy(np.full(W, 1e300)), "not finite"),
        (npz(w=unit_rows(18, W), scores=np.float32(1)), "shape"),
        (pt({"boundary": "somewhere"}), "no array"),
        (pt({"a": 1}), "no direction"),
        (pt({}), "no direction"),
        (pt([]), "no direction"),
        (pt(torch.nn.Linear(3, 4).state_dict() | {"n": 1}), "no direction"),
        (npy(np.zeros((5000, 1, 2), np.float32)), "more than 4096"),
        (pt({str(i): torch.zeros(2) for i in range(4097)}), "more than 4096"),
        (b"", "empty"),
    ],
)
def test_what_is_no_direction_is_told(data: bytes, words: str, tmp_path: Path) -> None:
    refused(tmp_path, data, words)


def test_whole_numbers_and_other_lengths_are_directions(tmp_path: Path) -> None:
    (found,) = found_in(tmp_path, npy(np.arange(W)))
    assert torch.equal(found.direction.vector, torch.arange(W).float())
    (found,) = found_in(tmp_path, npy(3 * unit_rows(W)))
    assert found.direction.unit == "a step of length 3 in W"


# Choosing


MANY = tuple(FoundDirection(Direction(f"pca_{i}", torch.ones(4))) for i in range(1, 11))


@pytest.mark.parametrize(("which", "name"), [("1", "pca_1"), ("10", "pca_10"), ("pca_3", "pca_3"), ("003", "pca_3")])
def test_choosing_by_number_and_by_name(which: str, name: str) -> None:
    assert pick(MANY, which, "x.pt").direction.name == name
    assert pick(MANY[:1], None, "x.pt") is MANY[0]


@pytest.mark.parametrize("which", [None, "0", "11", "pca_11", "", "-1", "\u00b2", "9" * 50])
def test_what_cannot_be_chosen_is_told_with_what_can(which: str | None) -> None:
    with pytest.raises(UsageError) as caught:
        pick(MANY, which, "x.pt")
    assert "pca_1, pca_2" in caught.value.hint and "pca_10" in caught.value.hint and "numbers from 1 to 10" in caught.value.hint


# Our own files


NAMES = st.text(min_size=1, max_size=30).filter(lambda name: name.isprintable() and name != "__metadata__")
TEXTS = st.text(max_size=50).filter(lambda text: text.encode("utf-8", "replace").decode() == text)
VECTORS = st.sampled_from([(16,), (8, 16)]).map(lambda shape: torch.from_numpy(RANDOM.standard_normal(shape).astype(np.float32)))
LAYERS = st.none() | st.sets(st.integers(0, 7), min_size=1).map(lambda layers: tuple(sorted(layers)))
RANGES = st.tuples(st.floats(-100, -1), st.floats(1, 100))
DIRECTIONS = st.builds(Direction, NAMES, VECTORS, LAYERS, RANGES, TEXTS, TEXTS, TEXTS, TEXTS.filter(bool))


@settings(max_examples=50)
@given(st.lists(DIRECTIONS, min_size=1, max_size=4, unique_by=lambda direction: direction.name))
def test_a_pack_comes_back_as_it_was(tmp_path_factory: pytest.TempPathFactory, directions: list[Direction]) -> None:
    path = tmp_path_factory.mktemp("pack") / "x"
    write_pack(path, directions, toy_spec())
    pack = read_pack(path)
    assert pack.generator is not None and pack.generator.weights_hash == toy_spec().weights_hash
    for one, other in zip(pack.directions, directions, strict=True):
        assert torch.equal(one.vector, other.vector)
        assert all(getattr(one, key) == getattr(other, key) for key in ABOUT)
    for found, direction in zip(read_directions(path), directions, strict=True):
        assert found.layer_resolutions == toy_spec().layer_resolutions
        assert all(getattr(found.direction, key) == getattr(direction, key) for key in ABOUT)


ABOUT = ("name", "layers", "default_range", "effect", "provenance", "licence", "unit")


@pytest.mark.parametrize(
    "facts",
    [
        "no json",
        "[]",
        '{"a": {"layers": null}}',
        '{"a": {"layers": null, "range": [1]}}',
        '{"a": {"layers": null, "range": [2, 1]}}',
        '{"a": {"layers": null, "range": [-1, 1e400]}}',
        '{"a": {"layers": [-1], "range": [-1, 1]}}',
        '{"a": {"layers": [], "range": [-1, 1]}}',
        '{"a": {"layers": null, "range": [-1, 1], "effect": 7}}',
        '{"a": {"layers": null, "range": [-1, 1], "licence": "\\ud800"}}',
        '{"b": {"layers": null, "range": [-1, 1]}}',
        '{"a": {"layers": null, "range": [-1, 1]}, "b": {"layers": null, "range": [-1, 1]}}',
        "{" * 5000,
    ],
)
def test_damaged_packs_are_told(facts: str, tmp_path: Path) -> None:
    refused(
        tmp_path, save_tensors({"a": unit_rows(16)}, {"directions": facts}), "damaged|no direction|range of the direction|layer"
    )


@pytest.mark.parametrize(
    "directions",
    [
        [Direction("a", torch.ones(17))],
        [Direction("a", torch.ones(9, 16))],
        [Direction("a", torch.ones(16), (8,))],
        [Direction("a", torch.ones(16)), Direction("a", torch.zeros(16))],
        [Direction("__metadata__", torch.ones(16))],
        [Direction("", torch.ones(16))],
    ],
)
def test_what_could_not_be_read_again_is_not_written(directions: list[Direction], tmp_path: Path) -> None:
    with pytest.raises(DirectionError):
        write_pack(tmp_path / "x", directions, toy_spec())
    assert not list(tmp_path.iterdir())


def test_any_other_file_is_no_pack(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(save_tensors({"a": unit_rows(16)}))
    with pytest.raises(DirectionError, match="as this program writes them"):
        read_pack(tmp_path / "x")
