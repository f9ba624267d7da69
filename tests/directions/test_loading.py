"""A direction is found by what it is called, and fits the generator that it is for."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from latentedit.directions import Direction, DirectionLibrary, load_direction
from latentedit.directions.formats.found import FoundDirection
from latentedit.directions.formats.pack_file import write_pack
from latentedit.directions.loading import find_direction, fit, known_names, split_pick
from latentedit.errors import DirectionError, UsageError
from latentedit.generators import GeneratorSpec, generator_entries
from latentedit.generators.toy import ToyGenerator, toy_spec
from latentedit.latents import layer_roles, map_layers, stylegan2_resolutions


def spec_like(layer_resolutions: tuple[int, ...]) -> GeneratorSpec:
    return replace(
        toy_spec(), num_ws=len(layer_resolutions), layer_resolutions=layer_resolutions, img_resolution=layer_resolutions[-1]
    )


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DirectionLibrary:
    """The user's library in a folder of its own; files are looked for beside it."""
    monkeypatch.setenv("LATENTEDIT_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    return DirectionLibrary.default()


STYLES = st.integers(2, 9).map(lambda half: 2 * half)


@given(STYLES, STYLES)
def test_a_stylegan2s_direction_fits_every_other_stylegan2(source: int, target: int) -> None:
    """Layers of the same role keep their rows: a smaller StyleGAN2 takes the first ones, as its weights are those of the larger one's first layers."""
    rows = torch.arange(source).float()[:, None].expand(source, 16)
    fitted = fit(FoundDirection(Direction("d", rows)), spec_like(stylegan2_resolutions(target)), "d")
    if target <= source:
        assert torch.equal(fitted.vector, rows[:target])
        return
    # The last row drew the source's image, and its further blocks do what its last block does.
    assert torch.equal(fitted.vector[: source - 1], rows[: source - 1])
    last_block = {source - 3, source - 2, source - 1} if source > 4 else set(range(source))
    assert set(fitted.vector[source - 1 :, 0].int().tolist()) <= last_block


@given(
    STYLES,
    st.sampled_from(
        [(4, 8, 8, 8, 16, 16, 16, 32, 32, 32), tuple(4 << i for i in range(9)), tuple(4 << i // 2 for i in range(18))]
    ),
)
def test_rows_go_to_layers_of_their_resolution(source: int, target: tuple[int, ...]) -> None:
    resolutions = stylegan2_resolutions(source)
    rows = torch.tensor(resolutions).float()[:, None].expand(source, 16)
    fitted = fit(FoundDirection(Direction("d", rows), resolutions), spec_like(target), "d")
    for row, (resolution, kind) in zip(fitted.vector[:, 0].tolist(), layer_roles(target), strict=True):
        nearest = min(resolution, resolutions[-1])
        # StyleGAN2 draws the image of a resolution with the style of the next one's first convolution.
        assert row in ((nearest, 2 * nearest) if kind == "image" else (nearest,))


@given(STYLES, st.sets(st.integers(0, 17), min_size=1))
def test_layers_are_those_that_take_a_moved_row(target: int, layers: set[int]) -> None:
    """To move ``layers`` and then fit is the same as to fit and then move the fitted layers."""
    source, spec = stylegan2_resolutions(18), spec_like(stylegan2_resolutions(target))
    vector = torch.randn(18, 16, generator=torch.Generator().manual_seed(0))
    moved = torch.zeros(18, 16)
    moved[sorted(layers)] = vector[sorted(layers)]
    whole = fit(FoundDirection(Direction("d", moved), source), spec, "d").apply(torch.zeros(1, target, 16), 1.0)
    found = FoundDirection(Direction("d", vector, tuple(sorted(layers))), source)
    if not set(map_layers(source, spec.layer_resolutions)) & layers:
        with pytest.raises(DirectionError, match="counterpart"):
            fit(found, spec, "d")
    else:
        assert torch.equal(fit(found, spec, "d").apply(torch.zeros(1, target, 16), 1.0), whole)


@pytest.mark.parametrize("name", generator_entries())
def test_published_shapes_fit_every_generator(name: str) -> None:
    spec = generator_entries()[name].spec()
    for shape in ((spec.w_dim,), (spec.num_ws, spec.w_dim), (18, spec.w_dim), (14, spec.w_dim)):
        fitted = fit(FoundDirection(Direction("d", torch.ones(shape))), spec, "d")
        assert torch.equal(
            fitted.apply(torch.zeros(1, spec.num_ws, spec.w_dim), 2.0), torch.full((1, spec.num_ws, spec.w_dim), 2.0)
        )


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (FoundDirection(Direction("d", torch.ones(17))), "17 wide"),
        (FoundDirection(Direction("d", torch.ones(3, 16))), "no StyleGAN2 has 3 layers"),
        (FoundDirection(Direction("d", torch.ones(40, 16))), "40 layers"),
        (FoundDirection(Direction("d", torch.ones(16), (8,))), "layer 8 of 8"),
        (FoundDirection(Direction("d", torch.ones(18, 16)), (4, 8)), "18 layers"),
        (FoundDirection(Direction("d", torch.ones(16), (0,)), ()), "layer 0 of 0"),
    ],
)
def test_what_does_not_fit_is_told(found: FoundDirection, words: str) -> None:
    with pytest.raises(DirectionError, match=words):
        fit(found, toy_spec(), "d.pt")


def test_a_pack_of_another_generator_keeps_to_its_layers(library: DirectionLibrary, tmp_path: Path) -> None:
    small = spec_like((4, 8, 8, 8, 16, 16, 16))
    write_pack(tmp_path / "pack", [Direction("coarse", torch.ones(16), (0, 1, 2, 3))], small)
    found = find_direction("pack", toy_spec(), library=library)
    assert found.name == "coarse"
    assert found.layers is not None
    assert {toy_spec().layer_resolutions[layer] for layer in found.layers} == {4, 8}


def test_shipped_goes_first_then_the_library_then_files(library: DirectionLibrary, toy: ToyGenerator, tmp_path: Path) -> None:
    np.save(tmp_path / "grin.npy", np.full(16, 3.0))
    (tmp_path / "grin").write_bytes((tmp_path / "grin.npy").read_bytes())
    assert float(load_direction("grin", toy).vector[0]) == 3.0
    library.add(Direction("grin", torch.ones(16)), toy.spec)
    assert float(load_direction("grin", toy).vector[0]) == 1.0
    assert float(load_direction("./grin", toy).vector[0]) == 3.0
    assert float(load_direction(tmp_path / "grin.npy", toy).vector[0]) == 3.0
    other = DirectionLibrary(tmp_path / "elsewhere")
    assert float(load_direction("grin", toy, library=other).vector[0]) == 3.0


def test_a_choice_within_a_file(library: DirectionLibrary, toy: ToyGenerator, tmp_path: Path) -> None:
    np.savez(tmp_path / "pca.npz", comp=np.eye(16)[:5, None], std=np.arange(5.0) + 1)
    for name in ("pca.npz:3", "pca.npz:pca_3", tmp_path / "pca.npz:3"):
        direction = load_direction(name, toy)
        assert direction.name == "pca_3" and float(direction.vector[2]) == 3.0 and float(direction.vector.norm()) == 3.0
    with pytest.raises(UsageError, match="holds 5 directions") as caught:
        load_direction("pca.npz", toy)
    assert "pca.npz:1" in caught.value.hint
    for wrong in ("pca.npz:6", "pca.npz:0", "pca.npz:smile"):
        with pytest.raises(UsageError, match="holds no direction"):
            load_direction(wrong, toy)
    np.save(tmp_path / "one.npy", np.ones(16))
    assert load_direction("one.npy:1", toy).name == "one"


@pytest.mark.skipif(os.name == "nt", reason="no colons in names there")
def test_a_file_of_the_whole_name_goes_first(library: DirectionLibrary, toy: ToyGenerator, tmp_path: Path) -> None:
    np.save(tmp_path / "pca.npy", np.ones((5, 1, 16)))
    with (tmp_path / "pca.npy:3").open("wb") as file:
        np.save(file, np.full(16, 7.0))
    assert float(load_direction("pca.npy:3", toy).vector[0]) == 7.0
    assert split_pick("pca.npy:2") == (Path("pca.npy"), "2")


@pytest.mark.parametrize("name", ["no-such", "", ":", "a:1", "x" * 5000, "a\0b", ".", "/dev/null"])
def test_what_is_nowhere_is_told(name: str, library: DirectionLibrary, toy: ToyGenerator) -> None:
    with pytest.raises(UsageError, match="There is no direction"):
        load_direction(name, toy)


def test_a_hint_begins_with_what_may_have_been_meant_and_ends() -> None:
    known = [f"own_{number}" for number in range(500)] + ["smile"]
    told = known_names("smlie", known)
    assert told.startswith("Did you mean smile? Known directions: smile, own_0, ") and told.endswith(" and 471 more")
    assert known_names("x", ["age"]) == "Known directions: age"
    assert known_names("x", []) == "Known directions: none yet"
