"""Reading weights files of other programs without running anything that is in them."""
