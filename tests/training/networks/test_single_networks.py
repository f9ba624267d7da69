"""What is peculiar to one network, and truncation."""

from __future__ import annotations

import math

import pytest
import torch
import torch.nn.functional as F
from torch import nn

from latentedit.errors import UsageError
from latentedit_training.layers.self_attention import SelfAttention
from latentedit_training.networks.base import ImageShape
from latentedit_training.networks.began import BEGANAutoencoder, BEGANGenerator
from latentedit_training.networks.biggan import BigGANGenerator
from latentedit_training.networks.dcgan import DcganGenerator
from latentedit_training.networks.progan import ProGANGenerator
from latentedit_training.networks.sagan import SAGANGenerator
from latentedit_training.networks.sngan import SNGANResidualDiscriminator, SNGANResidualGenerator, SNGANStandardDiscriminator
from latentedit_training.networks.srresnet import SRResNetGenerator
from latentedit_training.networks.truncation import truncated_latents

IMAGE = ImageShape(3, 32, 32)


class TestTruncation:
    def test_stays_within_and_keeps_the_distribution(self) -> None:
        z = truncated_latents(200, 100, 0.5, torch.Generator().manual_seed(0))
        assert z.shape == (200, 100) and z.abs().max() <= 0.5
        # The variance of a normal distribution cut at t: 1 - 2 t φ(t) / (Φ(t) - Φ(-t)).
        density = math.exp(-0.125) / math.sqrt(2 * math.pi)
        assert z.var().item() == pytest.approx(1 - density / math.erf(0.5 / math.sqrt(2)), rel=0.02)

    def test_a_wide_threshold_changes_nothing(self) -> None:
        z = truncated_latents(200, 100, 100.0, torch.Generator().manual_seed(0))
        assert z.isfinite().all()
        assert z.std().item() == pytest.approx(1, abs=0.02)
        assert 3.5 < z.abs().max() < 6

    def test_refuses_no_room(self) -> None:
        with pytest.raises(UsageError) as caught:
            truncated_latents(1, 1, 0.0, torch.Generator())
        assert caught.value.hint


def test_biggan_cuts_latents_into_pieces() -> None:
    torch.manual_seed(0)
    network = BigGANGenerator(width=2, z_dim=8).build(IMAGE, 0)
    seen: list[torch.Tensor] = []
    for block in network.blocks:
        block.register_forward_pre_hook(lambda _, inputs: seen.append(inputs[1]))
    z = torch.arange(16.0).reshape(2, 8)
    network(z)
    assert torch.equal(torch.cat(seen, dim=1), z[:, 2:])


def test_biggan_gives_each_block_the_class_and_a_piece() -> None:
    torch.manual_seed(0)
    network = BigGANGenerator(width=2, z_dim=8, shared_dim=5).build(IMAGE, 3)
    seen: list[torch.Tensor] = []
    for block in network.blocks:
        block.register_forward_pre_hook(lambda _, inputs: seen.append(inputs[1]))
    z, c = torch.randn(2, 8), torch.eye(3)[[2, 0]]
    network(z, c)
    for index, condition in enumerate(seen):
        assert torch.equal(condition[:, :5], network.shared.table.weight.T[[2, 0]])
        assert torch.equal(condition[:, 5:], z[:, 2 * index + 2 : 2 * index + 4])


def test_biggan_names_a_latent_that_fits() -> None:
    with pytest.raises(UsageError) as caught:
        BigGANGenerator(width=2, z_dim=9).build(IMAGE, 0)
    assert "example 8" in caught.value.hint


def test_biggan_weights_are_orthogonal_at_first() -> None:
    network = BigGANGenerator(width=2, z_dim=8).build(IMAGE, 3)
    weight = network.project.parametrizations.weight.original
    torch.testing.assert_close(weight.T @ weight, torch.eye(2), atol=1e-5, rtol=0)


def test_attention_is_where_it_is_asked_for() -> None:
    network = SAGANGenerator(z_dim=4, width=2, attention_px=(8, 32)).build(IMAGE, 0)
    heights: list[int] = []
    for module in network.modules():
        if isinstance(module, SelfAttention):
            module.register_forward_pre_hook(lambda _, inputs: heights.append(inputs[0].shape[2]))
    network(torch.randn(2, 4))
    assert heights == [8, 32]


def test_attention_where_there_are_no_features_is_refused() -> None:
    with pytest.raises(UsageError) as caught:
        SAGANGenerator(width=2, attention_px=(64,)).build(IMAGE, 0)
    assert "8, 16, 32" in caught.value.hint


def test_sngan_names_the_sizes_of_its_tables() -> None:
    with pytest.raises(UsageError) as caught:
        SNGANResidualGenerator().build(ImageShape(3, 40, 40), 0)
    assert "32, 48, 64, 128" in caught.value.hint
    with pytest.raises(UsageError, match="cannot halve"):
        SNGANResidualDiscriminator(widths=(2, 2), halvings=3).build(IMAGE, 0)


@pytest.mark.parametrize("norm", ["group", "layer", "instance"])
def test_a_critic_without_batches_judges_each_image_alone(norm: str) -> None:
    torch.manual_seed(0)
    network = SNGANResidualDiscriminator(widths=(4, 4, 4), spectral_norm=False, norm=norm).build(IMAGE, 0)
    image = torch.randn(4, 3, 32, 32)
    torch.testing.assert_close(network(image).logits[:1], network(image[:1]).logits)


def test_a_batch_norm_mixes_images() -> None:
    torch.manual_seed(0)
    network = SNGANResidualDiscriminator(widths=(4, 4, 4), spectral_norm=False, norm="batch").build(IMAGE, 0)
    image = torch.randn(4, 3, 32, 32)
    assert (network(image).logits[:1] - network(image[:1]).logits).abs().max() > 1e-4


def test_shuffles_say_where_srresnet_starts() -> None:
    assert SRResNetGenerator(blocks=1, width=2).build(ImageShape(3, 128, 128), 0).start == (2, 16, 16)
    assert SRResNetGenerator(blocks=1, width=2, shuffles=2).build(ImageShape(3, 64, 64), 0).start == (2, 16, 16)


def test_without_its_blocks_srresnet_hands_on_what_came_in() -> None:
    torch.manual_seed(0)
    network = SRResNetGenerator(blocks=2, width=4, z_dim=8).build(IMAGE, 0)
    nn.init.zeros_(network.last_norm.weight)
    seen: list[torch.Tensor] = []
    network.first_norm.register_forward_hook(lambda _, __, result: seen.append(result.relu()))
    network.doubling.register_forward_pre_hook(lambda _, inputs: seen.append(inputs[0]))
    network(torch.randn(4, 8))
    assert seen[0].abs().max() > 0
    assert torch.equal(*seen)


@pytest.mark.parametrize("skips", [True, False])
def test_began_skips_give_the_first_features_once_more(skips: bool) -> None:
    torch.manual_seed(0)
    network = BEGANGenerator(z_dim=8, width=4, repeats=1, skips=skips).build(IMAGE, 0)
    seen: list[torch.Tensor] = []
    for stage in network.decoder.stages:
        stage.register_forward_pre_hook(lambda _, inputs: seen.append(inputs[0]))
    network(torch.randn(2, 8))
    assert [x.shape[1] for x in seen] == ([4, 8, 8] if skips else [4, 4, 4])
    if skips:
        for times, x in enumerate(seen[1:], start=1):
            assert torch.equal(x[:, 4:, :: 2**times, :: 2**times], seen[0])


def test_progan_does_not_care_for_the_length_of_a_latent() -> None:
    torch.manual_seed(0)
    network = ProGANGenerator(z_dim=8, channel_base=64, channel_max=8).build(IMAGE, 0)
    # Without a bias, the pixel norms behind would take the length away, too.
    nn.init.normal_(network.project_bias)
    z = torch.randn(2, 8)
    torch.testing.assert_close(network(3 * z), network(z), atol=1e-3, rtol=0)


def test_the_standard_discriminator_is_that_of_the_table() -> None:
    torch.manual_seed(0)
    network = SNGANStandardDiscriminator(width=2, spectral_norm=False).build(IMAGE, 0)
    convolutions = [layer for layer in network.modules() if isinstance(layer, nn.Conv2d)]
    assert [layer.kernel_size[0] for layer in convolutions] == [3, 4, 3, 4, 3, 4, 3]
    assert [layer.stride[0] for layer in convolutions] == [1, 2, 1, 2, 1, 2, 1]
    x = image = torch.randn(2, 3, 32, 32)
    for layer in convolutions:
        x = F.leaky_relu(layer(x), 0.1)
    assert torch.equal(network(image).features, x.flatten(1))


def test_began_learns_to_reconstruct() -> None:
    torch.manual_seed(0)
    network = BEGANAutoencoder(embedding=8, width=4, repeats=1).build(ImageShape(1, 16, 16), 0)
    image = torch.linspace(-1, 1, 4)[:, None, None, None].expand(4, 1, 16, 16)
    optimizer = torch.optim.Adam(network.parameters(), 1e-2)
    first = (network(image) - image).abs().mean().item()
    for _ in range(60):
        optimizer.zero_grad()
        (network(image) - image).abs().mean().backward()
        optimizer.step()
    assert (network(image) - image).abs().mean().item() < first / 4


def test_a_generator_with_virtual_batch_norm_draws_each_image_alone() -> None:
    """Salimans et al., 2016, section 3.5: an image depends on its latent and on the reference, not on its neighbours."""
    torch.manual_seed(0)
    network = DcganGenerator(z_dim=5, width=4, norm="virtual", reference_size=6).build(ImageShape(3, 16, 16), 0)
    z = torch.randn(7, 5)
    network.take_reference(torch.randn(4, 5), None)
    assert network.reference is not None and torch.equal(network.reference[4:], network.reference[:2])
    together = network(z)
    assert together.shape == (7, 3, 16, 16)
    torch.testing.assert_close(network(z[2:3]), together[2:3], rtol=1e-4, atol=1e-5)
    before = together
    network.take_reference(3 * torch.randn(6, 5), None)
    assert not torch.allclose(network(z), before, atol=1e-3)
