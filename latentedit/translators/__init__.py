"""Networks that draw a picture anew: CycleGAN's, pix2pix's and AnimeGANv2's generators, and the reader of their files."""

from latentedit.translators.animegan import AnimeGanTranslator
from latentedit.translators.building import build_translator
from latentedit.translators.config import AnimeGanConfig, TranslatorConfig
from latentedit.translators.loading import load_translator
from latentedit.translators.resnet import ResnetTranslator
from latentedit.translators.translator import Translator
from latentedit.translators.unet import UnetTranslator

__all__ = [
    "AnimeGanConfig",
    "AnimeGanTranslator",
    "ResnetTranslator",
    "Translator",
    "TranslatorConfig",
    "UnetTranslator",
    "build_translator",
    "load_translator",
]
