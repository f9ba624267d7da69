from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from generators.tiny import CARD, TINY, random_weights
from shapes import FACE
from torch import Tensor

from latentedit import latents as arithmetic
from latentedit.defaults import DEFAULT_PSI
from latentedit.directions import Direction
from latentedit.edits import Compositing, DirectionEdit, EditMask, FaceEdits, MixEdit, VariationEdit
from latentedit.engine import Engine
from latentedit.errors import CheckpointError, DirectionError, ProjectFileError, UsageError
from latentedit.face_latents import FaceLatents
from latentedit.generators import Generator, GeneratorSpec
from latentedit.generators.architectures import build
from latentedit.generators.library import GeneratorLibrary
from latentedit.generators.prior import random_face
from latentedit.generators.toy import ToyGenerator
from latentedit.project_file import GeneratorIdentity


class CountingToy(ToyGenerator):
    """The toy generator, counting how often it draws."""

    drawings = 0

    def _draw(self, *args: Any) -> Tensor:
        self.drawings += 1
        return super()._draw(*args)


def vector(seed: int, *shape: int) -> Tensor:
    return torch.randn(*shape, generator=torch.Generator().manual_seed(seed))


DIRECTIONS = {
    "one": Direction("one", vector(1, 16)),
    "two": Direction("two", vector(2, 8, 16), layers=(2, 3)),
}


def resolve(name: str, spec: GeneratorSpec) -> Direction:
    try:
        return DIRECTIONS[name]
    except KeyError:
        raise DirectionError(f"no {name}") from None


@pytest.fixture
def engine() -> Engine:
    engine = Engine(resolve_direction=resolve)
    engine.use_generator(CountingToy())
    return engine


@pytest.fixture
def toy(engine: Engine) -> CountingToy:
    generator = engine.generator("toy")
    assert isinstance(generator, CountingToy)
    return generator


def latents_of(seed: int = 0, **more: Any) -> FaceLatents:
    return FaceLatents(vector(seed, 1, 8, 16).numpy(), **more)


def w_plus_of(latents: FaceLatents) -> Tensor:
    return torch.tensor(latents.w_plus)


def edits_of(*edits: DirectionEdit, **more: Any) -> FaceEdits:
    return FaceEdits(edits, **more)


def test_without_edits_the_face_is_drawn_as_projected(engine: Engine, toy: CountingToy) -> None:
    latents = latents_of()
    image = engine.render_face(toy, latents)
    assert torch.equal(image, toy.synthesis(w_plus_of(latents)))
    assert torch.equal(engine.render_face(toy, latents, preview=True), toy.preview(w_plus_of(latents)))
    for nothing in (edits_of(DirectionEdit("one", 0)), edits_of(DirectionEdit("nowhere", 3, enabled=False))):
        assert torch.equal(engine.render_face(toy, latents, nothing), image)


def test_edits_apply_in_order_on_their_layers(engine: Engine, toy: CountingToy) -> None:
    latents = latents_of()
    edits = edits_of(DirectionEdit("one", 2.0, (0, 1)), DirectionEdit("two", -1.0), truncation_psi=0.7)
    expected = arithmetic.truncate(w_plus_of(latents), toy.w_avg, 0.7)
    expected = arithmetic.move(expected, DIRECTIONS["one"].vector, 2.0, (0, 1))
    expected = arithmetic.move(expected, DIRECTIONS["two"].vector, -1.0, (2, 3))
    assert torch.equal(engine.edited_latent(toy, latents, edits), expected)
    assert torch.equal(engine.render_face(toy, latents, edits), toy.synthesis(expected))


def test_the_same_face_is_drawn_once(engine: Engine, toy: CountingToy) -> None:
    edits = edits_of(DirectionEdit("one", 2.0))
    first = engine.render_face(toy, latents_of(), edits)
    for same in (edits, replace(edits, compositing=Compositing("replace")), edits_of(*edits.edits, DirectionEdit("two", 0))):
        assert engine.render_face(toy, latents_of(), same) is first
    assert toy.drawings == 1
    engine.render_face(toy, latents_of(), edits, preview=True)
    engine.render_face(toy, latents_of(1), edits)
    engine.render_face(toy, latents_of(), edits_of(DirectionEdit("one", 2.5)))
    assert toy.drawings == 4


def test_the_cache_keeps_what_was_used_last_within_its_limit(toy: CountingToy) -> None:
    image_bytes = 3 * 32 * 32 * 4
    engine = Engine(resolve_direction=resolve, cache_bytes=2 * image_bytes)
    for seed in (0, 1, 0, 2):  # 1 is the oldest when 2 comes
        engine.render_face(toy, latents_of(seed))
    assert toy.drawings == 3
    engine.render_face(toy, latents_of(0))
    assert toy.drawings == 3
    engine.render_face(toy, latents_of(1))
    assert toy.drawings == 4


def test_a_tuned_face_is_drawn_with_its_own_weights(engine: Engine, toy: CountingToy) -> None:
    delta = {"const": vector(5, 1, 16, 4, 4).numpy().astype(np.float16)}
    before = toy.const.clone()
    plain, tuned = latents_of(), latents_of(weight_delta=delta)
    image = engine.render_face(toy, tuned)
    assert not torch.allclose(image, engine.render_face(toy, plain))
    assert torch.equal(toy.const, before)
    with torch.no_grad():
        toy.const.add_(torch.tensor(delta["const"]).float())
    torch.testing.assert_close(image, toy.synthesis(w_plus_of(plain)))


def test_noise_modes(engine: Engine, toy: CountingToy) -> None:
    own = tuple(noise.numpy() + 0.3 for noise in toy.noise_buffers())
    plain, with_noise = latents_of(), latents_of(noise=own)
    w_plus = w_plus_of(plain)
    assert torch.equal(engine.render_face(toy, with_noise), toy.synthesis(w_plus, noise=[torch.tensor(noise) for noise in own]))
    without = engine.render_face(toy, with_noise, edits_of(noise_mode="none"))
    assert torch.equal(without, toy.synthesis(w_plus, noise_mode="none"))
    random = engine.render_face(toy, plain, edits_of(noise_mode="random"))
    assert not torch.equal(random, engine.render_face(toy, plain))
    again = Engine(resolve_direction=resolve).render_face(toy, plain, edits_of(noise_mode="random"))
    assert torch.equal(random, again)


def test_what_does_not_fit_the_generator_is_refused(engine: Engine, toy: CountingToy) -> None:
    with pytest.raises(ProjectFileError, match="does not fit"):
        engine.render_face(toy, FaceLatents(np.zeros((1, 18, 512), np.float32)))
    with pytest.raises(ProjectFileError, match="does not fit"):
        engine.render_face(toy, latents_of(noise=(np.zeros((1, 1, 4, 4), np.float32),)))
    with pytest.raises(CheckpointError):
        engine.render_face(toy, latents_of(weight_delta={"const": np.zeros((2, 2), np.float32)}))
    with pytest.raises(DirectionError):
        engine.render_face(toy, latents_of(), edits_of(DirectionEdit("nowhere", 1.0)))
    with pytest.raises(UsageError):
        engine.render_face(toy, latents_of(), edits_of(DirectionEdit("one", 1.0, (99,))))


def test_a_sessions_own_directions_go_before_those_of_all(engine: Engine, toy: CountingToy) -> None:
    edits = edits_of(DirectionEdit("mine", 1.0), DirectionEdit("one", 1.0))
    own = {"mine": Direction("mine", vector(9, 16)), "one": Direction("one", vector(10, 16))}
    moved = engine.edited_latent(toy, latents_of(), edits, own)
    assert torch.equal(moved, w_plus_of(latents_of()) + own["mine"].vector + own["one"].vector)
    with pytest.raises(DirectionError):
        engine.edited_latent(toy, latents_of(), edits)


def test_edits_that_lead_too_far_to_be_drawn_are_told(engine: Engine, toy: CountingToy) -> None:
    far = {"far": Direction("far", torch.full((16,), 1e38))}
    mask = EditMask("mouth")
    for edit in (DirectionEdit("far", 1000.0), DirectionEdit("far", 1000.0, mask=mask)):
        for preview in (False, True):
            with pytest.raises(UsageError, match="too far"):
                engine.render_face(toy, latents_of(), edits_of(edit), own=far, preview=preview, inside=FACE)


def test_two_sessions_that_mean_others_by_one_name_see_their_own_drawings(engine: Engine, toy: CountingToy) -> None:
    edits = edits_of(DirectionEdit("one", 1.0))
    directions = [Direction("one", vector(seed, 16)) for seed in (9, 10)]
    for _ in range(2):  # the second time from the cache
        for direction in directions:
            image = engine.render_face(toy, latents_of(), edits, own={"one": direction})
            assert torch.equal(image, toy.synthesis(w_plus_of(latents_of()) + direction.vector))
        image = engine.render_face(toy, latents_of(), edits)
        assert torch.equal(image, toy.synthesis(w_plus_of(latents_of()) + DIRECTIONS["one"].vector))
    drawings = toy.drawings
    engine.render_face(toy, latents_of(), edits, own={"one": directions[0], "another": directions[1]})
    assert toy.drawings == drawings


def test_shipped_directions_are_found_by_name_only(toy: CountingToy) -> None:
    engine = Engine()
    for name in ("nowhere", "/dev/zero", __file__):
        with pytest.raises(DirectionError, match="There is no direction"):
            engine.direction(name, toy.spec)


def test_a_project_is_drawn_with_its_own_generator_only() -> None:
    engine = Engine()
    generator: Generator = engine.generator("toy")
    identity = GeneratorIdentity.of(generator.spec)
    assert engine.generator_of(identity) is generator
    with pytest.raises(CheckpointError, match="other weights") as caught:
        engine.generator_of(replace(identity, weights_hash="00" * 32))
    assert caught.value.hint
    renamed = replace(identity, name="unheard-of")
    with pytest.raises(CheckpointError, match="not there") as missing:
        engine.generator_of(renamed)
    assert "models import" in missing.value.hint
    engine.use_generator(generator, "unheard-of")
    assert engine.generator_of(renamed) is generator


def test_a_project_finds_its_generator_under_another_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LATENTEDIT_HOME", str(tmp_path))
    found = random_weights(TINY["stylegan2"]())
    built = build(found, CARD)
    GeneratorLibrary.default().add("mine", built, found, CARD)
    identity = GeneratorIdentity.of(replace(built.spec, name="/gone/some.pkl"))
    assert Engine().generator_of(identity).spec.name == "mine"


def test_mixing_everything_gives_the_seeds_face(engine: Engine, toy: CountingToy) -> None:
    edits = FaceEdits((MixEdit("seed:5", 1.0),))
    mixed = engine.edited_latent(toy, latents_of(), edits)
    assert torch.equal(mixed, random_face(toy, 5, truncation_psi=DEFAULT_PSI))
    drawn = engine.render_face(toy, latents_of(), edits)
    assert torch.equal(drawn, toy.synthesis(mixed))


def test_edits_apply_in_their_order(engine: Engine, toy: CountingToy) -> None:
    move, mix = DirectionEdit("one", 2.0), MixEdit("seed:5", 1.0, (0, 1))
    after = engine.edited_latent(toy, latents_of(), FaceEdits((move, mix)))
    before = engine.edited_latent(toy, latents_of(), FaceEdits((mix, move)))
    assert not torch.equal(after[:, :2], before[:, :2])
    assert torch.equal(after[:, 2:], before[:, 2:])


def test_a_variation_moves_only_its_bands(engine: Engine, toy: CountingToy) -> None:
    here = torch.tensor(latents_of().w_plus)
    varied = engine.edited_latent(toy, latents_of(), FaceEdits((VariationEdit(3, middle=0.5),)))
    middle = list(arithmetic.bands(toy.spec.layer_resolutions)["middle"])
    others = [layer for layer in range(toy.num_ws) if layer not in middle]
    assert middle
    assert torch.equal(varied[:, others], here[:, others])
    assert not torch.equal(varied[:, middle], here[:, middle])


def test_a_latent_that_nobody_knows_is_told(engine: Engine, toy: CountingToy) -> None:
    with pytest.raises(DirectionError, match="no latent"):
        engine.render_face(toy, latents_of(), FaceEdits((MixEdit("latent:friend"),)))


def test_a_masked_edit_changes_nothing_far_from_its_region(engine: Engine, toy: CountingToy) -> None:
    plain, everywhere = (engine.render_face(toy, latents_of(), FaceEdits(stack)) for stack in ((), (DirectionEdit("one", 2.0),)))
    edits = FaceEdits((DirectionEdit("one", 2.0, mask=EditMask("mouth", 0.02)),))
    masked = engine.render_face(toy, latents_of(), edits, inside=FACE)
    size = toy.img_resolution
    assert torch.equal(masked[..., : size // 3, :], plain[..., : size // 3, :])
    mouth = (..., round(0.7 * size), size // 2)
    assert torch.allclose(masked[mouth], everywhere[mouth], atol=0.05)
    assert not torch.allclose(masked[mouth], plain[mouth], atol=0.05)


def test_masked_edits_add_to_the_others(engine: Engine, toy: CountingToy) -> None:
    one, mixed, two = DirectionEdit("one", 2.0), MixEdit("seed:5", 0.5), DirectionEdit("two", 1.0)
    mask = EditMask("mouth", 0.02)
    masked = FaceEdits((one, replace(mixed, mask=mask), replace(two, mask=mask)))
    drawn = engine.render_face(toy, latents_of(), masked, inside=FACE)
    unmasked = engine.render_face(toy, latents_of(), FaceEdits((one, mixed, two)))
    mouth = (..., round(0.7 * toy.img_resolution), toy.img_resolution // 2)
    assert torch.allclose(drawn[mouth], unmasked[mouth], atol=0.05)
    assert torch.equal(drawn[..., 0, 0], engine.render_face(toy, latents_of(), FaceEdits((one,)))[..., 0, 0])
    with pytest.raises(UsageError, match="landmarks"):
        engine.render_face(toy, latents_of(), masked)
