"""Directions in latent space: what they are, those that ship, the user's own, and how to find more."""

from latentedit.directions.direction import Direction
from latentedit.directions.library import DirectionLibrary
from latentedit.directions.loading import load_direction
from latentedit.directions.pack import default_directions

__all__ = ["Direction", "DirectionLibrary", "default_directions", "load_direction"]
