"""The layers of a network that have a weight matrix, or a kernel: what is initialised and what is spectrally normalised."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from torch import Tensor, nn

WeightLayer = nn.Conv2d | nn.ConvTranspose2d | nn.Linear | nn.Embedding


def weight_layers(module: nn.Module, except_in: tuple[type[nn.Module], ...] = ()) -> Iterator[WeightLayer]:
    """The convolutions, linear layers and embeddings of a module, in order, without those inside modules of the classes ``except_in``."""
    if isinstance(module, except_in):
        return
    if isinstance(module, nn.Conv2d | nn.ConvTranspose2d | nn.Linear | nn.Embedding):
        yield module
    for child in module.children():
        yield from weight_layers(child, except_in)


def initialise(module: nn.Module, draw: Callable[[Tensor], object], except_in: tuple[type[nn.Module], ...] = ()) -> None:
    """Give every weight layer's weight to ``draw``, which fills it in place, and set its bias to 0.

    Args:
        except_in: classes of modules whose layers stay as they are.
    """
    for layer in weight_layers(module, except_in):
        draw(layer.weight)
        if not isinstance(layer, nn.Embedding) and layer.bias is not None:
            nn.init.zeros_(layer.bias)
