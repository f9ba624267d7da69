"""Checkpoints of lucidrains' stylegan2-pytorch: ``{"GAN": state_dict, "version": ...}``, or, before version 1.3, the state_dict alone.

It holds everything that was trained; the averaged mapping network is ``SE``, the averaged generator ``GE``. Sizes and variants follow from names and
shapes, but for the factor ``lr_mlp`` of the mapping network's weights: it is in the ``.config.json`` that the program writes beside its checkpoints.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from torch import Tensor

from latentedit.checked_json import parse_json
from latentedit.errors import CheckpointError, ProjectFileError
from latentedit.generators.config_check import require_blocks
from latentedit.generators.formats.account import Account, count_of
from latentedit.generators.formats.found import Arrays, FoundGenerator, Source, linear, take
from latentedit.generators.lucidrains import LucidrainsConfig, fixed_noise
from latentedit.generators.mapping_network import MappingConfig

PROGRAM = "stylegan2-pytorch by lucidrains"
MAPPING, GENERATOR = "SE.net.", "GE."
DEFAULT_LR_MLP = 0.1
"""Of the program, also for checkpoints whose configuration is older than the option."""
_ASSUMED = f"No .config.json lies beside the checkpoint: its lr_mlp is taken to be {DEFAULT_LR_MLP}, the program's default."
MAX_BLOCKS = 11  # 4096 px
MAX_CONFIG_BYTES = 1 << 16

_NAMES = (
    (r"(?:to_)?initial_block(?:\.weight)?", "start"),
    (r"initial_conv\.(weight|bias)", r"initial_conv.\1"),
    (r"blocks\.(\d{1,2})\.to_style([12])\.(weight|bias)", r"blocks.\1.conv\2.affine.\3"),
    (r"blocks\.(\d{1,2})\.to_noise([12])\.weight", r"blocks.\1.conv\2.noise_strength"),
    (r"blocks\.(\d{1,2})\.to_noise([12])\.bias", r"blocks.\1.conv\2.bias"),
    (r"blocks\.(\d{1,2})\.conv([12])\.weight", r"blocks.\1.conv\2.weight"),
    (r"blocks\.(\d{1,2})\.to_rgb\.to_style\.(weight|bias)", r"blocks.\1.to_image.affine.\2"),
    (r"blocks\.(\d{1,2})\.to_rgb\.conv\.weight", r"blocks.\1.to_image.weight"),
    (r"blocks\.(\d{1,2})\.to_rgb\.upsample\.1\.f", r"blocks.\1.taps"),
    (r"attns\.(\d{1,2})\.([01])\.fn\.norm\.g", r"blocks.\1.attention.\2.norm.gain"),
    (r"attns\.(\d{1,2})\.([01])\.fn\.norm\.b", r"blocks.\1.attention.\2.norm.bias"),
    (r"attns\.(\d{1,2})\.0\.fn\.fn\.to_q\.weight", r"blocks.\1.attention.0.query.weight"),
    (r"attns\.(\d{1,2})\.0\.fn\.fn\.to_kv\.net\.0\.weight", r"blocks.\1.attention.0.nearby.weight"),
    (r"attns\.(\d{1,2})\.0\.fn\.fn\.to_kv\.net\.1\.weight", r"blocks.\1.attention.0.key_value.weight"),
    (r"attns\.(\d{1,2})\.0\.fn\.fn\.to_out\.(weight|bias)", r"blocks.\1.attention.0.out.\2"),
    (r"attns\.(\d{1,2})\.1\.fn\.fn\.0\.(weight|bias)", r"blocks.\1.attention.1.widen.\2"),
    (r"attns\.(\d{1,2})\.1\.fn\.fn\.2\.(weight|bias)", r"blocks.\1.attention.1.narrow.\2"),
)
"""The generator's names there and here."""


def read_lucidrains(source: Source) -> FoundGenerator | None:
    """The averaged generator of such a checkpoint; None when it is none.

    Raises:
        CheckpointError: it is one, but damaged, of a version that is not known, or with a damaged configuration beside it.
    """
    arrays = Account(_state_dict(source.tree))
    if f"{MAPPING}0.weight" not in arrays or "GE.blocks.0.conv1.weight" not in arrays:
        return None
    blocks = count_of(arrays, "GE.blocks.{}.")
    if blocks > MAX_BLOCKS:
        raise CheckpointError(f"The generator has {blocks} blocks, more than {MAX_BLOCKS}.")
    if not any(name.startswith("GE.initial_conv.") for name in arrays):
        raise CheckpointError(
            "The checkpoint was written by stylegan2-pytorch before version 0.20, when mapping networks changed without a sign in the file.",
            hint="Load and save it with a later version.",
        )
    tensors = _generator_tensors(arrays)
    require_blocks(blocks)
    resolution = 4 << (blocks - 1)
    told = lr_mlp(source.path, resolution)
    factor = DEFAULT_LR_MLP if told is None else told
    mapping, mapping_tensors = _mapping(arrays, factor)
    config = LucidrainsConfig(
        mapping=mapping,
        channels=tuple(_shape(arrays, f"GE.blocks.{i}.conv1.weight", 4)[0] for i in range(blocks)),
        img_channels=_shape(arrays, "GE.blocks.0.to_rgb.conv.weight", 4)[0],
        has_const="GE.initial_block" in arrays,
        attention=tuple(i for i in range(blocks) if f"GE.attns.{i}.0.fn.fn.to_q.weight" in arrays),
        blurs="blocks.1.taps" in tensors,
    )
    beside = "" if factor == DEFAULT_LR_MLP else f"lr_mlp={factor!r}"
    arrays.close(PROGRAM, rf"(?!{re.escape(MAPPING[:3])}|{re.escape(GENERATOR)}).*")  # the other networks of the training
    return FoundGenerator(
        config,
        {**tensors, **mapping_tensors, "noise": fixed_noise(resolution)},
        PROGRAM,
        beside=beside,
        notes=() if told is not None else (_ASSUMED,),
    )


def lr_mlp(checkpoint: Path, resolution: int) -> float | None:
    """The factor of the mapping network's weights, from the configuration beside the checkpoint, ``NAME.config.json`` or ``.config.json``; None where there
    is none.

    Raises:
        CheckpointError: the configuration is damaged, or that of a generator of another resolution.
    """
    candidates = (checkpoint.with_suffix(".config.json"), checkpoint.with_name(".config.json"))
    path = next((candidate for candidate in candidates if candidate.is_file()), None)
    if path is None:
        return None
    hint = "Put the file there that was beside the checkpoint, or none."
    try:
        with path.open("rb") as file:
            data = file.read(MAX_CONFIG_BYTES + 1)
        if len(data) > MAX_CONFIG_BYTES:
            raise CheckpointError(f"{path.name} beside the checkpoint is too long for a configuration.", hint=hint)
        entries = parse_json(data, path.name).mapping(100)
        size = entries["image_size"].integer(1, 1 << 20)
        factor = entries["lr_mlp"].number(0, 1000) if "lr_mlp" in entries else DEFAULT_LR_MLP
    except OSError as error:
        raise CheckpointError(f"{path.name} beside the checkpoint cannot be read: {error.strerror}.", hint=hint) from error
    except (ProjectFileError, KeyError) as error:
        raise CheckpointError(f"{path.name} beside the checkpoint is no configuration of its program.", hint=hint) from error
    if size != resolution:
        raise CheckpointError(f"{path.name} beside the checkpoint is for {size} px; it draws {resolution} px.", hint=hint)
    return factor


def _state_dict(tree: Any) -> Arrays:
    arrays = tree.get("GAN", tree) if isinstance(tree, Mapping) else None
    return {name: value for name, value in arrays.items() if isinstance(name, str)} if isinstance(arrays, Mapping) else {}


def _shape(arrays: Arrays, name: str, ndim: int) -> tuple[int, ...]:
    shape = tuple(take(arrays, name).shape)
    if len(shape) != ndim or min(shape) < 1:
        raise CheckpointError(f"The checkpoint's {name[:80]} has the wrong shape.", hint="Is it whole?")
    return shape


def _mapping(arrays: Arrays, factor: float) -> tuple[MappingConfig, dict[str, Tensor]]:
    """Linear layers at every other place, since nonlinearities have places as well."""
    tensors: dict[str, Tensor] = {}
    features: list[int] = []
    for number in range(0, count_of(arrays, MAPPING + "{}."), 2):
        place = f"{MAPPING}{number}"
        weight, bias = take(arrays, f"{place}.weight"), take(arrays, f"{place}.bias")
        tensors |= linear(f"mapping_network.layers.{len(features)}", weight, bias, gain=factor, bias_gain=factor)
        features.append(_shape(arrays, f"{place}.weight", 2)[0])
    z_dim = _shape(arrays, f"{MAPPING}0.weight", 2)[1]
    return MappingConfig(z_dim, 0, features[-1], tuple(features), normalisation="unit", gain=1.0), tensors


def _generator_tensors(arrays: Arrays) -> dict[str, Tensor]:
    tensors = {}
    for name in arrays:
        if not name.startswith(GENERATOR):
            continue
        inner = name.removeprefix(GENERATOR)
        for pattern, replacement in _NAMES:
            if match := re.fullmatch(pattern, inner):
                target = match.expand(replacement)
                break
        else:
            raise CheckpointError(
                f"The generator has a part that is not known, {name[:80]}.",
                hint="Was it written by another version of its program?",
            )
        value = take(arrays, name)
        if target.endswith("affine.bias"):
            value = value + 1  # the program adds it to the style, each time
        elif target.endswith("noise_strength"):
            value = value.reshape(-1)  # a linear map from one number
        elif target.endswith("taps"):
            value = value / value.abs().sum()
            # There the filter belongs to the block before, whose image it enlarges.
            target = f"blocks.{int(target.split('.')[1]) + 1}.taps"
        tensors[target] = value
    return tensors
