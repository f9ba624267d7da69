"""Networks that are trained here and are not the editor's: one file an architecture, each a frozen configuration that builds its module."""
