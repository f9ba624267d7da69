"""Augmentation that a discriminator sees, and a generator does not learn."""
