"""What networks are trained towards: pure functions on logits, one paper a file."""
