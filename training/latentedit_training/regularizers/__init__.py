"""Penalties that keep training stable: pure functions, one idea a file."""
