"""Layers that the papers introduce, one a file."""
