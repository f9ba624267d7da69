"""What a face's edits and ways back into the photograph are called."""

from __future__ import annotations

from PyQt6.QtCore import QCoreApplication

from latentedit.edits import DirectionEdit, Edit, MixEdit, VariationEdit
from latentedit.edits.edit import face_of, seed_of
from latentedit.edits.names import layers_of_edit, layers_words
from latentedit_gui.panels.direction_words import label_of
from latentedit_gui.panels.region_words import region_title
from latentedit_gui.widgets.amount_number import amount_words

translate = QCoreApplication.translate


def mode_words() -> dict[str, str]:
    """How a face goes back into the photograph, in the order of the modes."""
    return {
        "residual": translate("LayersPanel", "Keep the photograph's texture"),
        "seamless": translate("LayersPanel", "Blend the drawing in"),
        "replace": translate("LayersPanel", "Replace with the drawing"),
    }


def noise_words() -> dict[str, str]:
    """What fine grain a face is drawn with, in the order of the noise modes."""
    return {
        "const": translate("LayersPanel", "As in the photograph"),
        "random": translate("LayersPanel", "Another sample"),
        "none": translate("LayersPanel", "None, smooth"),
    }


def edit_title(edit: Edit) -> str:
    """What an edit is called in a list."""
    if isinstance(edit, DirectionEdit):
        return plain_name(edit.name)
    if isinstance(edit, MixEdit):
        return translate("LayersPanel", "Mix with {}").format(source_words(edit.source))
    if isinstance(edit, VariationEdit):
        return translate("LayersPanel", "Variation {}").format(edit.seed)
    return translate("LayersPanel", "Drag {}").format(edit.offset.partition(":")[2] or edit.offset)


def source_words(source: str) -> str:
    """What a mix's source is called."""
    if (seed := seed_of(source)) is not None:
        return translate("LayersPanel", "random face {}").format(seed)
    if (face := face_of(source)) is not None:
        return translate("LayersPanel", "face {}").format(face + 1)
    return source.removeprefix("latent:")


def edit_facts(edit: Edit) -> str:
    """How much, on which layers and where: what stands below an edit's name."""
    facts = [_amount(edit)]
    layers = layers_of_edit(edit)
    if layers is not None:
        facts.append(translate("LayersPanel", "layers {}").format(layers_words(layers)))
    if edit.mask is not None:
        place = region_title(edit.mask.region)
        facts.append(translate("LayersPanel", "all but {}").format(place) if edit.mask.inverted else place)
    return "  ·  ".join(facts)


def _amount(edit: Edit) -> str:
    """As the edit's own slider says it; amounts of directions, which may be negative, with their sign."""
    if isinstance(edit, VariationEdit):
        return " / ".join(map(percent_words, (edit.coarse, edit.middle, edit.fine)))
    if isinstance(edit, DirectionEdit):
        return f"{'+' if edit.amount > 0 else ''}{amount_words(edit.amount)}"
    return percent_words(edit.amount)


def percent_words(share: float) -> str:
    """``0.5`` -> ``50%``."""
    return translate("LayersPanel", "{}%").format(round(100 * share))


def plain_name(name: str) -> str:
    """A direction's name as its slider has it, or as a person would write it."""
    return capital(label_of(name))


def capital(words: str) -> str:
    """Words that begin with a capital letter."""
    return words[:1].upper() + words[1:]
