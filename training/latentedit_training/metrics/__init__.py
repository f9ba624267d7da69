"""How good generated images are: figures on features, and the networks that make the features."""
