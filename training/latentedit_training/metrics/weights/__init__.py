"""Weights that come along, with cards that tell how they were made."""
