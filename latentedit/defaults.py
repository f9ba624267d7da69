"""What is used when nobody says otherwise. Imports nothing, so that the command line starts (and completes words) at once."""

DEFAULT_GENERATOR = "mobilestylegan-ffhq"
PROJECT_SUFFIX = ".ledit"
DEFAULT_PSI = 0.7
"""Truncation of the faces that ``generate`` draws, and that mixes name by their seed."""
TRIAL_FACES = 12
"""On how many random faces the range of a new direction is measured."""
