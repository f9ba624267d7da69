"""Open a translator from a file."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, get_args

import torch

from latentedit.checkpoints.foreign import read_contents
from latentedit.errors import CheckpointError, UsageError
from latentedit.generators import resolve_device
from latentedit.memory import keep_large_blocks
from latentedit.translators.normalisation import BatchNorm
from latentedit.translators.reading import HINT, read_translator
from latentedit.translators.translator import Translator

MAX_BYTES = 1 << 30
"""Of a file, and of what it unpacks to; the largest published generators (U-Nets of 256 px) have 218 MB."""
BatchStatistics = Literal["stored", "image"]


def load_translator(
    path: str | Path, device: str | torch.device = "cpu", *, batch_statistics: BatchStatistics = "stored"
) -> Translator:
    """Load an image-to-image generator of CycleGAN, pix2pix or AnimeGANv2 as a frozen torch module in evaluation mode.

    What the file holds is found out from its tensors; nothing in it is run. ``T(image)`` takes [N, C, H, W] in [-1, 1], of any size, and gives as much;
    ``T.in_channels`` is C. See docs/translators.md.

    Args:
        path: a state_dict in a file of ``torch.save``, or safetensors.
        device: where its parameters go.
        batch_statistics: what batch norm, if the network has it, takes for the mean and deviation of its features. ``stored``: what training wrote
            into the file, as torch's evaluation mode and the reference's ``test.py --eval``. ``image``: those of each picture itself, as
            ``test.py`` without ``--eval`` does for one picture at a time, and as training did if its batches had one picture.

    Raises:
        CheckpointError: the file cannot be read, or holds no such generator.
        UsageError: an option has a value that does not exist.
        DeviceError: the device is not there.
    """
    if batch_statistics not in get_args(BatchStatistics):
        raise UsageError(f"There are no batch statistics called {batch_statistics}.", hint="Use stored or image.")
    target = resolve_device(str(device))
    if target.type == "cpu":
        keep_large_blocks()
    path = Path(path)
    try:
        network = read_translator(read_contents(path, MAX_BYTES).tree)
    except CheckpointError as error:
        raise CheckpointError(f"{path.name} holds no translator that can be read. {error}", hint=error.hint or HINT) from error
    for layer in network.modules():
        if isinstance(layer, BatchNorm):
            layer.per_image = batch_statistics == "image"
    return network.eval().requires_grad_(False).to(target)
