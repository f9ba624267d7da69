"""What directions, scores and regions are called, and where they stand: for people, and translatable."""

from __future__ import annotations

from enum import Enum

from PyQt6.QtCore import QCoreApplication

translate = QCoreApplication.translate
"""Found by the script that collects sentences, with the context that is given."""


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
        Group.EXPRESSION: translate("DirectionWords", "Expression"),
        Group.PEOPLE: translate("DirectionWords", "Age and gender"),
        Group.HAIR: translate("DirectionWords", "Hair and beard"),
        Group.EYES: translate("DirectionWords", "Eyes and brows"),
        Group.POSE: translate("DirectionWords", "Pose"),
        Group.SHAPE: translate("DirectionWords", "Shape of the face"),
        Group.SKIN: translate("DirectionWords", "Skin and lips"),
        Group.LIGHT: translate("DirectionWords", "Light and background"),
        Group.OWN: translate("DirectionWords", "Your own"),
        Group.OTHER: translate("DirectionWords", "Others"),
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


def _labels() -> dict[str, str]:
    return {
        "smile": translate("DirectionWords", "Smile"),
        "mouth_open": translate("DirectionWords", "Mouth open"),
        "teeth": translate("DirectionWords", "Teeth"),
        "brows_raised": translate("DirectionWords", "Brows raised"),
        "age": translate("DirectionWords", "Age"),
        "gender": translate("DirectionWords", "Masculine"),
        "beard": translate("DirectionWords", "Beard"),
        "fringe": translate("DirectionWords", "Fringe"),
        "hair_length": translate("DirectionWords", "Hair length"),
        "hair_volume": translate("DirectionWords", "Hair volume"),
        "hair_lightness": translate("DirectionWords", "Lighter hair"),
        "hair_redness": translate("DirectionWords", "Redder hair"),
        "hair_warmth": translate("DirectionWords", "Warmer hair"),
        "hair_chroma": translate("DirectionWords", "Colourful hair"),
        "eyes_open": translate("DirectionWords", "Eyes open"),
        "eye_size": translate("DirectionWords", "Eye size"),
        "eye_distance": translate("DirectionWords", "Eye distance"),
        "gaze": translate("DirectionWords", "Gaze"),
        "glasses": translate("DirectionWords", "Glasses"),
        "brow_tilt": translate("DirectionWords", "Brow tilt"),
        "brow_darkness": translate("DirectionWords", "Brow darkness"),
        "brow_thickness": translate("DirectionWords", "Brow thickness"),
        "yaw": translate("DirectionWords", "Turn"),
        "pitch": translate("DirectionWords", "Look up"),
        "roll": translate("DirectionWords", "Tilt"),
        "face_width": translate("DirectionWords", "Face width"),
        "jaw_width": translate("DirectionWords", "Jaw width"),
        "chin_length": translate("DirectionWords", "Chin length"),
        "nose_length": translate("DirectionWords", "Nose length"),
        "nose_width": translate("DirectionWords", "Nose width"),
        "mouth_width": translate("DirectionWords", "Mouth width"),
        "mouth_height": translate("DirectionWords", "Mouth height"),
        "lip_fullness": translate("DirectionWords", "Fuller lips"),
        "lip_redness": translate("DirectionWords", "Redder lips"),
        "skin_lightness": translate("DirectionWords", "Lighter skin"),
        "skin_warmth": translate("DirectionWords", "Warmer skin"),
        "skin_redness": translate("DirectionWords", "Redder skin"),
        "skin_chroma": translate("DirectionWords", "Colourful skin"),
        "light_from_right": translate("DirectionWords", "Light from right"),
        "contrast": translate("DirectionWords", "Harder light"),
        "background_lightness": translate("DirectionWords", "Lighter background"),
        "background_redness": translate("DirectionWords", "Redder background"),
        "background_warmth": translate("DirectionWords", "Warmer background"),
        "background_chroma": translate("DirectionWords", "Colourful background"),
    }


def _effects() -> dict[str, str]:
    return {
        "smile": translate("DirectionWords", "To the right the face smiles more, to the left less."),
        "mouth_open": translate("DirectionWords", "To the right the mouth opens, to the left it closes."),
        "brows_raised": translate("DirectionWords", "To the right the brows rise, to the left they sink."),
        "age": translate("DirectionWords", "To the right the face is older, to the left younger."),
        "gender": translate("DirectionWords", "To the right the face looks more male, to the left more female."),
        "beard": translate("DirectionWords", "To the right a beard, or a darker lower face; to the left less of it."),
        "hair_lightness": translate("DirectionWords", "To the right the hair is lighter, to the left darker."),
        "hair_redness": translate("DirectionWords", "To the right the hair is redder, to the left less red."),
        "eyes_open": translate("DirectionWords", "To the right the eyes open, to the left they close."),
        "eye_size": translate("DirectionWords", "To the right the eyes are larger, to the left smaller."),
        "gaze": translate("DirectionWords", "The eyes look toward that side of the picture."),
        "yaw": translate("DirectionWords", "The head turns toward that side of the picture."),
        "pitch": translate("DirectionWords", "To the right the head looks up, to the left down."),
        "face_width": translate("DirectionWords", "To the right the face is wider and shorter, to the left narrower and longer."),
        "jaw_width": translate("DirectionWords", "To the right the jaw is wider, to the left narrower."),
        "chin_length": translate("DirectionWords", "To the right the chin is longer, to the left shorter."),
        "nose_length": translate("DirectionWords", "To the right the nose is longer, to the left shorter."),
        "nose_width": translate("DirectionWords", "To the right the nose is wider, to the left narrower."),
        "lip_fullness": translate("DirectionWords", "To the right the lips are fuller, to the left thinner."),
        "lip_redness": translate("DirectionWords", "To the right the lips are redder, to the left paler."),
        "skin_lightness": translate("DirectionWords", "To the right the skin is lighter, to the left darker."),
        "skin_warmth": translate("DirectionWords", "To the right the skin is yellower, to the left bluer."),
        "skin_redness": translate("DirectionWords", "To the right the skin is redder, to the left greener."),
        "light_from_right": translate("DirectionWords", "The light comes from that side of the picture."),
    }
