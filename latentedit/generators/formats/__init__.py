"""Checkpoints of generators as the field writes them, one file per family of programs."""
