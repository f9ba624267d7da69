"""StyleGAN drawn as its paper and options tell it, step by step and in float64, to compare with: slow, and without any of our modules.

Variables have the names and shapes of the original program's, and random values.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

Variables = dict[str, Tensor]
DEFAULTS: dict[str, Any] = {
    "label_size": 0,
    "latent_size": 6,
    "dlatent_size": 7,
    "mapping_layers": 3,
    "mapping_fmaps": 5,
    "mapping_lrmul": 0.01,
    "mapping_nonlinearity": "lrelu",
    "normalize_latents": True,
    "num_channels": 3,
    "resolution": 32,
    "use_styles": True,
    "const_input_layer": True,
    "use_noise": True,
    "nonlinearity": "lrelu",
    "use_wscale": True,
    "use_pixel_norm": False,
    "use_instance_norm": True,
    "fused_scale": "auto",
    "blur_filter": [1, 2, 1],
    "structure": "auto",
}
CHANNELS = (6, 5, 4, 3)


class Reference:
    """One network of given options."""

    def __init__(self, lod: float = 0.0, **options: Any) -> None:
        self.given = options
        self.options = {**DEFAULTS, **options}
        self.lod = lod
        self.random = torch.Generator().manual_seed(1)
        self.mapping: Variables = {}
        self.synthesis: Variables = {}
        self._make()

    def tree(self) -> list[dict[str, Any]]:
        """The network as the reader of pickles gives it."""

        def network(name: str, variables: Variables, **more: Any) -> dict[str, Any]:
            arrays = [[key, value.float().numpy()] for key, value in variables.items()]
            common = {"version": 3, "static_kwargs": self.given, "build_func_name": name, "__class__": "Network"}
            return {**common, "variables": arrays, **more}

        parts = {"mapping": network("G_mapping", self.mapping), "synthesis": network("G_synthesis", self.synthesis)}
        return [network("G_style", {"lod": torch.tensor(self.lod)}, components=parts)]

    def w(self, z: Tensor, labels: Tensor | None) -> Tensor:
        o, x = self.options, z.double()
        if labels is not None:
            x = torch.cat([x, labels.double() @ self.mapping["LabelConcat/weight"]], dim=1)
        if o["normalize_latents"]:
            x = x / (x.square().mean(dim=1, keepdim=True) + 1e-8).sqrt()
        rate = o["mapping_lrmul"]
        for i in range(o["mapping_layers"]):
            x = x @ self._weight(self.mapping, f"Dense{i}/weight", rate=rate) + self.mapping[f"Dense{i}/bias"] * rate
            x = _activate(o["mapping_nonlinearity"], x)
        return x

    def image(self, w_plus: Tensor) -> Tensor:
        """``structure=linear``: every resolution's image, and the share of the coarser one in it."""
        v, w = self.synthesis, w_plus.double()
        if self.options["const_input_layer"]:
            x = v["4x4/Const/const"].expand(len(w), -1, -1, -1)
        else:
            x = (w[:, 0] @ self._weight(v, "4x4/Dense/weight", math.sqrt(2) / 4)).reshape(len(w), -1, 4, 4)
        x = self._epilogue(x, "4x4/Const" if self.options["const_input_layer"] else "4x4/Dense", w, 0)
        x = self._epilogue(self._conv(x, "4x4/Conv"), "4x4/Conv", w, 1)
        last = len(CHANNELS) - 1
        image = self._to_rgb(x, last) if self.options["structure"] != "fixed" else x
        for i in range(1, len(CHANNELS)):
            name = f"{4 << i}x{4 << i}"
            x = self._epilogue(self._blur(self._upsampled(x, f"{name}/Conv0_up")), f"{name}/Conv0_up", w, 2 * i)
            x = self._epilogue(self._conv(x, f"{name}/Conv1"), f"{name}/Conv1", w, 2 * i + 1)
            if self.options["structure"] != "fixed":
                share = min(max(self.lod - (last - i), 0.0), 1.0)
                image = (1 - share) * self._to_rgb(x, last - i) + share * F.interpolate(image, scale_factor=2)
        return image if self.options["structure"] != "fixed" else self._to_rgb(x, 0)

    def _epilogue(self, x: Tensor, name: str, w: Tensor, layer: int) -> Tensor:
        v, o = self.synthesis, self.options
        if o["use_noise"]:
            x = x + v[f"noise{layer}"] * v[f"{name}/Noise/weight"][:, None, None]
        x = _activate(o["nonlinearity"], x + v[f"{name}/bias"][:, None, None])
        if o["use_pixel_norm"]:
            x = x / (x.square().mean(dim=1, keepdim=True) + 1e-8).sqrt()
        if o["use_instance_norm"]:
            x = x - x.mean(dim=(2, 3), keepdim=True)
            x = x / (x.square().mean(dim=(2, 3), keepdim=True) + 1e-8).sqrt()
        if o["use_styles"]:
            style = w[:, layer] @ self._weight(v, f"{name}/StyleMod/weight", gain=1.0) + v[f"{name}/StyleMod/bias"]
            scale, shift = style.reshape(len(w), 2, -1, 1, 1).unbind(dim=1)
            x = x * (scale + 1) + shift
        return x

    def _conv(self, x: Tensor, name: str, gain: float = math.sqrt(2)) -> Tensor:
        weight = self._weight(self.synthesis, f"{name}/weight", gain)
        return F.conv2d(x, weight.permute(3, 2, 0, 1), padding=weight.shape[0] // 2)

    def _upsampled(self, x: Tensor, name: str) -> Tensor:
        if not (2 * x.shape[2] >= 128 if self.options["fused_scale"] == "auto" else self.options["fused_scale"]):
            return self._conv(F.interpolate(x, scale_factor=2), name)
        weight = F.pad(self._weight(self.synthesis, f"{name}/weight").permute(2, 3, 0, 1), (1, 1, 1, 1))
        shifts = [weight[..., a : a + 4, b : b + 4] for a in (0, 1) for b in (0, 1)]
        return F.conv_transpose2d(x, torch.stack(shifts).sum(dim=0), stride=2, padding=1)

    def _blur(self, x: Tensor) -> Tensor:
        if not self.options["blur_filter"]:
            return x
        taps = torch.tensor(self.options["blur_filter"], dtype=torch.float64)
        both = torch.outer(taps, taps) / taps.sum() ** 2
        before, after = (len(taps) - 1) // 2, len(taps) // 2
        return F.conv2d(F.pad(x, (before, after, before, after)), both.expand(x.shape[1], 1, -1, -1), groups=x.shape[1])

    def _to_rgb(self, x: Tensor, lod: int) -> Tensor:
        return self._conv(x, f"ToRGB_lod{lod}", gain=1.0) + self.synthesis[f"ToRGB_lod{lod}/bias"][:, None, None]

    def _weight(self, variables: Variables, name: str, gain: float = math.sqrt(2), rate: float = 1.0) -> Tensor:
        weight = variables[name]
        return weight * (gain / math.sqrt(np.prod(weight.shape[:-1])) if self.options["use_wscale"] else 1.0) * rate

    def _normal(self, *shape: int) -> Tensor:
        return torch.randn(shape, generator=self.random).double()

    def _make(self) -> None:
        o = self.options
        width = o["latent_size"]
        if o["label_size"]:
            self.mapping["LabelConcat/weight"] = self._normal(o["label_size"], width)
            width *= 2
        for i in range(o["mapping_layers"]):
            outputs = o["dlatent_size"] if i == o["mapping_layers"] - 1 else o["mapping_fmaps"]
            # Rates make a network learn slower from larger numbers.
            self.mapping[f"Dense{i}/weight"] = self._normal(width, outputs) / o["mapping_lrmul"]
            self.mapping[f"Dense{i}/bias"] = self._normal(outputs) / o["mapping_lrmul"]
            width = outputs
        start = "4x4/Const" if o["const_input_layer"] else "4x4/Dense"
        if o["const_input_layer"]:
            self.synthesis[f"{start}/const"] = self._normal(1, CHANNELS[0], 4, 4)
        else:
            self.synthesis[f"{start}/weight"] = self._normal(o["dlatent_size"], CHANNELS[0] * 16)
        self._make_epilogue(start, CHANNELS[0], 0)
        self._make_conv("4x4/Conv", CHANNELS[0], CHANNELS[0], 1)
        for i in range(1, len(CHANNELS)):
            name = f"{4 << i}x{4 << i}"
            self._make_conv(f"{name}/Conv0_up", CHANNELS[i - 1], CHANNELS[i], 2 * i)
            self._make_conv(f"{name}/Conv1", CHANNELS[i], CHANNELS[i], 2 * i + 1)
        for i, channels in enumerate(CHANNELS):
            lod = len(CHANNELS) - 1 - i
            if lod == 0 or o["structure"] != "fixed":
                self.synthesis[f"ToRGB_lod{lod}/weight"] = self._normal(1, 1, channels, o["num_channels"])
                self.synthesis[f"ToRGB_lod{lod}/bias"] = self._normal(o["num_channels"])

    def _make_conv(self, name: str, inputs: int, outputs: int, layer: int) -> None:
        self.synthesis[f"{name}/weight"] = self._normal(3, 3, inputs, outputs)
        self._make_epilogue(name, outputs, layer)

    def _make_epilogue(self, name: str, channels: int, layer: int) -> None:
        o, v = self.options, self.synthesis
        v[f"{name}/bias"] = self._normal(channels)
        if o["use_noise"]:
            v[f"{name}/Noise/weight"] = self._normal(channels)
            v[f"noise{layer}"] = self._normal(1, 1, 4 << layer // 2, 4 << layer // 2)
        if o["use_styles"]:
            v[f"{name}/StyleMod/weight"] = self._normal(o["dlatent_size"], 2 * channels)
            v[f"{name}/StyleMod/bias"] = self._normal(2 * channels)


def _activate(name: str, x: Tensor) -> Tensor:
    return torch.where(x < 0, x * (0.2 if name == "lrelu" else 0.0), x)
