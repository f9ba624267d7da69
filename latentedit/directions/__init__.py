"""Directions in latent space: what they are, those that ship, and how to find more."""

from latentedit.directions.direction import Direction
from latentedit.directions.pack import default_directions, load_direction

__all__ = ["Direction", "default_directions", "load_direction"]
