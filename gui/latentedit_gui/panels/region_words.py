"""What the parts of a face and of its square are called, everywhere in the window."""

from __future__ import annotations

from typing import get_args

from PyQt6.QtCore import QCoreApplication

from latentedit.edits import Region
from latentedit.edits.edit import BRUSH

translate = QCoreApplication.translate


def region_titles() -> dict[str, str]:
    """The regions that the program finds itself, in the order of a list."""
    titles = {
        "face": translate("LayersPanel", "Face"),
        "skin": translate("LayersPanel", "Skin"),
        "hair": translate("LayersPanel", "Hair"),
        "head": translate("LayersPanel", "Head"),
        "eyes": translate("LayersPanel", "Eyes"),
        "brows": translate("LayersPanel", "Eyebrows"),
        "nose": translate("LayersPanel", "Nose"),
        "mouth": translate("LayersPanel", "Mouth"),
        "neck": translate("LayersPanel", "Neck"),
        "clothes": translate("LayersPanel", "Clothes"),
        "person": translate("LayersPanel", "Whole person"),
        "background": translate("LayersPanel", "Background"),
        "square": translate("LayersPanel", "Whole square"),
    }
    return {region: titles[region] for region in get_args(Region)}


def region_title(region: str) -> str:
    """What a region is called, also one that was painted."""
    return (
        translate("LayersPanel", "Painted area")
        if region.startswith(BRUSH) or region == "brush"
        else region_titles().get(region, region)
    )
