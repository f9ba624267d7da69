"""Scorers by name, and all attributes that can be measured. Registering a scorer here is what makes its attributes available everywhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from latentedit.directions.scorers.age_gender import AgeGenderScorer
from latentedit.directions.scorers.appearance import AppearanceScorer
from latentedit.directions.scorers.base import Scorer
from latentedit.directions.scorers.landmark_finder import LandmarkFinder
from latentedit.directions.scorers.landmarks import LandmarkScorer
from latentedit.directions.scorers.proportions import ProportionScorer
from latentedit.errors import ResourceError, UsageError

if TYPE_CHECKING:
    from latentedit.assets import AssetStore


@dataclass(frozen=True)
class ScorerEntry:
    """A way to obtain one scorer.

    Attributes:
        effects: what more of each of its attributes means, for people.
        load: makes it, from the store that holds its weights and a finder of landmarks that scorers share.
    """

    name: str
    effects: Mapping[str, str]
    load: Callable[[AssetStore, LandmarkFinder], Scorer]


def scorer_entries() -> Mapping[str, ScorerEntry]:
    """All registered scorers by name."""
    entries = (
        ScorerEntry("expression and pose", _EXPRESSION, lambda store, landmarks: LandmarkScorer(landmarks)),
        ScorerEntry("proportions", _PROPORTIONS, lambda store, landmarks: ProportionScorer(landmarks)),
        ScorerEntry("appearance", _APPEARANCE, lambda store, landmarks: AppearanceScorer(landmarks)),
        ScorerEntry("age and gender", {"age": "older", "gender": "looks more male"}, _load_age_gender),
    )
    return {entry.name: entry for entry in entries}


def attribute_effects() -> dict[str, str]:
    """All attributes of the registered scorers, and what more of each means."""
    return {name: effect for entry in scorer_entries().values() for name, effect in entry.effects.items()}


def effect_of(attribute: str) -> str:
    """What more of an attribute means; of one that is not registered, its name is all that is known."""
    return attribute_effects().get(attribute, f"more {attribute}")


def load_scorers(
    store: AssetStore, attributes: Iterable[str] | None = None, *, more: Sequence[Scorer] = (), others: bool = False
) -> list[Scorer]:
    """The scorers that measure some attributes, or all of them; they find landmarks once for each picture.

    Args:
        more: scorers that are not registered: blendshapes, and a user's own.
        others: whether to load those, too, that are not asked for, where what they need is there.

    Raises:
        UsageError: an attribute is unknown.
        AssetError: weights cannot be fetched.
        ResourceError: a scorer needs a package that is not installed.
    """
    known = [*attribute_effects(), *(name for scorer in more for name in scorer.names)]
    wanted = set(known if attributes is None else attributes)
    unknown = sorted(wanted - set(known))
    if unknown:
        raise UsageError(f"There is no attribute {unknown[0]}.", hint=f"Known attributes: {', '.join(known)}.")
    finder: LandmarkFinder | None = None
    scorers: list[Scorer] = []
    for entry in scorer_entries().values():
        asked = bool(wanted & entry.effects.keys())
        if not (asked or others):
            continue
        try:
            finder = finder or LandmarkFinder(predictor_path(store))
            scorers.append(entry.load(store, finder))
        except ResourceError:
            if asked:
                raise
    return [*scorers, *(scorer for scorer in more if others or wanted & set(scorer.names))]


def predictor_path(store: AssetStore) -> Path:
    """dlib's predictor of 68 landmarks, fetched when it is not there."""
    return store.path("dlib-68-landmarks", "shape_predictor_68_face_landmarks.dat")


def _load_age_gender(store: AssetStore, landmarks: LandmarkFinder) -> Scorer:
    return AgeGenderScorer(store.path("age-gender", "age-v1.onnx"), store.path("age-gender", "gender-v1.onnx"), landmarks)


_EXPRESSION = {
    "smile": "smiles more",
    "mouth_open": "opens the mouth",
    "eyes_open": "opens the eyes",
    "yaw": "turns toward the picture's right",
    "pitch": "looks up",
    "roll": "tilts toward the picture's right",
}
_PROPORTIONS = {
    "face_width": "a wider, shorter face",
    "jaw_width": "a wider jaw",
    "chin_length": "a longer chin",
    "nose_length": "a longer nose",
    "nose_width": "a wider nose",
    "eye_size": "larger eyes",
    "eye_distance": "eyes further apart",
    "brows_raised": "raises the brows",
    "brow_tilt": "the brows' outer ends lower than the inner ones",
    "mouth_width": "a wider mouth",
    "mouth_height": "a mouth nearer to the nose",
    "lip_fullness": "fuller lips",
}
_APPEARANCE = {
    **{
        f"{region}_{quality}": f"{more} {what}"
        for region, what in (("skin", "skin"), ("hair", "hair"), ("background", "background"))
        for quality, more in (
            ("lightness", "lighter"),
            ("redness", "redder, less green"),
            ("warmth", "yellower, less blue"),
            ("chroma", "more colourful"),
        )
    },
    "light_from_right": "lit from the picture's right",
    "contrast": "harder light",
    "fringe": "hair (or a hat) over the forehead",
    "hair_length": "longer hair",
    "hair_volume": "fuller hair",
    "beard": "a beard, or a darker lower face",
    "brow_darkness": "darker brows",
    "brow_thickness": "thicker brows",
    "lip_redness": "redder lips",
    "teeth": "shows teeth",
    "glasses": "wears glasses",
    "gaze": "eyes toward the picture's right",
}
