"""What directions, scores and regions are called, and where they stand: for people, and translatable."""

from __future__ import annotations

from enum import Enum

from PyQt6.QtCore import QCoreApplication


class Group(Enum):
    """Where a slider is looked for, in the order of the panel."""

    EXPRESSION = "expression"
    PEOPLE = "people"
    HAIR = "hair"
    EYES = "eyes"
    POSE = "pose"
    SHAPE = "shape"
    SKIN = "skin"
    LIGHT = "light"
    OWN = "own"
    OTHER = "other"


_GROUPS: dict[str, Group] = {
    **dict.fromkeys(("smile", "mouth_open", "teeth", "brows_raised"), Group.EXPRESSION),
    **dict.fromkeys(("age", "gender"), Group.PEOPLE),
    **dict.fromkeys(
        ("beard", "fringe", "hair_length", "hair_volume", "hair_lightness", "hair_redness", "hair_warmth", "hair_chroma"),
        Group.HAIR,
    ),
    **dict.fromkeys(
        ("eyes_open", "eye_size", "eye_distance", "gaze", "glasses", "brow_tilt", "brow_darkness", "brow_thickness"), Group.EYES
    ),
    **dict.fromkeys(("yaw", "pitch", "roll"), Group.POSE),
    **dict.fromkeys(
        ("face_width", "jaw_width", "chin_length", "nose_length", "nose_width", "mouth_width", "mouth_height", "lip_fullness"),
        Group.SHAPE,
    ),
    **dict.fromkeys(("skin_lightness", "skin_warmth", "skin_redness", "skin_chroma", "lip_redness"), Group.SKIN),
    **dict.fromkeys(
        ("light_from_right", "contrast", "background_lightness", "background_redness", "background_warmth", "background_chroma"),
        Group.LIGHT,
    ),
}


def group_of(name: str) -> Group:
    """Where a direction that ships is looked for."""
    return _GROUPS.get(name, Group.OTHER)


def group_title(group: Group) -> str:
    """What a group is called."""
    return {
        Group.EXPRESSION: _tr("Expression"),
        Group.PEOPLE: _tr("Age and gender"),
        Group.HAIR: _tr("Hair and beard"),
        Group.EYES: _tr("Eyes and brows"),
        Group.POSE: _tr("Pose"),
        Group.SHAPE: _tr("Shape of the face"),
        Group.SKIN: _tr("Skin and lips"),
        Group.LIGHT: _tr("Light and background"),
        Group.OWN: _tr("Your own"),
        Group.OTHER: _tr("Others"),
    }[group]


def label_of(name: str) -> str:
    """What a slider, or what it also changes, is called; other names are shown as they are written, blanks for underscores."""
    return _labels().get(name) or name.replace("_", " ")


def effect_of(name: str, effect: str) -> str:
    """What more of it does, as a sentence; other directions' as they tell it themselves."""
    known = _effects().get(name)
    if known is not None:
        return known
    effect = effect.strip()
    return f"{effect[:1].upper()}{effect[1:].rstrip('.')}." if effect else ""


def region_title(region: str) -> str:
    """What a part of the face is called; the square, which is no part, is everywhere."""
    return {
        "face": _tr("Face"),
        "skin": _tr("Skin"),
        "hair": _tr("Hair"),
        "head": _tr("Head"),
        "eyes": _tr("Eyes"),
        "brows": _tr("Brows"),
        "nose": _tr("Nose"),
        "mouth": _tr("Mouth"),
        "neck": _tr("Neck"),
        "clothes": _tr("Clothes"),
        "person": _tr("Person"),
        "background": _tr("Background"),
        "square": _tr("Everywhere"),
    }.get(region, _tr("What was painted"))


def _labels() -> dict[str, str]:
    return {
        "smile": _tr("Smile"),
        "mouth_open": _tr("Mouth open"),
        "teeth": _tr("Teeth"),
        "brows_raised": _tr("Brows raised"),
        "age": _tr("Age"),
        "gender": _tr("Masculine"),
        "beard": _tr("Beard"),
        "fringe": _tr("Fringe"),
        "hair_length": _tr("Hair length"),
        "hair_volume": _tr("Hair volume"),
        "hair_lightness": _tr("Lighter hair"),
        "hair_redness": _tr("Redder hair"),
        "hair_warmth": _tr("Warmer hair"),
        "hair_chroma": _tr("Colourful hair"),
        "eyes_open": _tr("Eyes open"),
        "eye_size": _tr("Eye size"),
        "eye_distance": _tr("Eye distance"),
        "gaze": _tr("Gaze"),
        "glasses": _tr("Glasses"),
        "brow_tilt": _tr("Brow tilt"),
        "brow_darkness": _tr("Brow darkness"),
        "brow_thickness": _tr("Brow thickness"),
        "yaw": _tr("Turn"),
        "pitch": _tr("Look up"),
        "roll": _tr("Tilt"),
        "face_width": _tr("Face width"),
        "jaw_width": _tr("Jaw width"),
        "chin_length": _tr("Chin length"),
        "nose_length": _tr("Nose length"),
        "nose_width": _tr("Nose width"),
        "mouth_width": _tr("Mouth width"),
        "mouth_height": _tr("Mouth height"),
        "lip_fullness": _tr("Fuller lips"),
        "lip_redness": _tr("Redder lips"),
        "skin_lightness": _tr("Lighter skin"),
        "skin_warmth": _tr("Warmer skin"),
        "skin_redness": _tr("Redder skin"),
        "skin_chroma": _tr("Colourful skin"),
        "light_from_right": _tr("Light from right"),
        "contrast": _tr("Harder light"),
        "background_lightness": _tr("Lighter background"),
        "background_redness": _tr("Redder background"),
        "background_warmth": _tr("Warmer background"),
        "background_chroma": _tr("Colourful background"),
    }


def _effects() -> dict[str, str]:
    return {
        "smile": _tr("To the right the face smiles more, to the left less."),
        "mouth_open": _tr("To the right the mouth opens, to the left it closes."),
        "brows_raised": _tr("To the right the brows rise, to the left they sink."),
        "age": _tr("To the right the face is older, to the left younger."),
        "gender": _tr("To the right the face looks more male, to the left more female."),
        "beard": _tr("To the right a beard, or a darker lower face; to the left less of it."),
        "hair_lightness": _tr("To the right the hair is lighter, to the left darker."),
        "hair_redness": _tr("To the right the hair is redder, to the left less red."),
        "eyes_open": _tr("To the right the eyes open, to the left they close."),
        "eye_size": _tr("To the right the eyes are larger, to the left smaller."),
        "gaze": _tr("The eyes look toward that side of the picture."),
        "yaw": _tr("The head turns toward that side of the picture."),
        "pitch": _tr("To the right the head looks up, to the left down."),
        "face_width": _tr("To the right the face is wider and shorter, to the left narrower and longer."),
        "jaw_width": _tr("To the right the jaw is wider, to the left narrower."),
        "chin_length": _tr("To the right the chin is longer, to the left shorter."),
        "nose_length": _tr("To the right the nose is longer, to the left shorter."),
        "nose_width": _tr("To the right the nose is wider, to the left narrower."),
        "lip_fullness": _tr("To the right the lips are fuller, to the left thinner."),
        "lip_redness": _tr("To the right the lips are redder, to the left paler."),
        "skin_lightness": _tr("To the right the skin is lighter, to the left darker."),
        "skin_warmth": _tr("To the right the skin is yellower, to the left bluer."),
        "skin_redness": _tr("To the right the skin is redder, to the left greener."),
        "light_from_right": _tr("The light comes from that side of the picture."),
    }


def _tr(text: str) -> str:
    return QCoreApplication.translate("DirectionWords", text)
