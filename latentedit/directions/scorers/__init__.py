"""What discovery measures on drawn faces: named numbers per image, from landmarks, from colours and from small networks."""

from latentedit.directions.scorers.age_gender import AgeGenderScorer
from latentedit.directions.scorers.appearance import AppearanceScorer
from latentedit.directions.scorers.base import Scorer, Scores
from latentedit.directions.scorers.landmark_finder import LandmarkFinder
from latentedit.directions.scorers.landmarks import LandmarkScorer
from latentedit.directions.scorers.proportions import ProportionScorer
from latentedit.directions.scorers.registry import ScorerEntry, attribute_effects, effect_of, load_scorers, scorer_entries

__all__ = [
    "AgeGenderScorer",
    "AppearanceScorer",
    "LandmarkFinder",
    "LandmarkScorer",
    "ProportionScorer",
    "Scorer",
    "ScorerEntry",
    "Scores",
    "attribute_effects",
    "effect_of",
    "load_scorers",
    "scorer_entries",
]
