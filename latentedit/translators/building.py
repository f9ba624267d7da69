"""From a configuration to the network that it describes."""

from __future__ import annotations

from latentedit.translators.animegan import AnimeGanTranslator
from latentedit.translators.config import AnimeGanConfig, AnyConfig
from latentedit.translators.resnet import ResnetTranslator
from latentedit.translators.translator import Translator
from latentedit.translators.unet import UnetTranslator


def build_translator(config: AnyConfig) -> Translator:
    """A network with torch's own initial weights, in training mode; how weights should begin is for training to say."""
    if isinstance(config, AnimeGanConfig):
        return AnimeGanTranslator(config)
    return ResnetTranslator(config) if config.kind == "resnet" else UnetTranslator(config)
