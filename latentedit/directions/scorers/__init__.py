"""What discovery measures on drawn faces: named numbers per image, from landmarks and from small classifiers."""

from latentedit.directions.scorers.age_gender import AgeGenderScorer
from latentedit.directions.scorers.base import Scorer, Scores
from latentedit.directions.scorers.landmarks import LandmarkScorer

__all__ = ["AgeGenderScorer", "LandmarkScorer", "Scorer", "Scores"]
