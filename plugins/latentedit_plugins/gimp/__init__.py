"""The plug-in for GIMP 3: procedures for the menu, for scripts and for batch mode. Needs the host's ``gi``, and a latentedit on the machine."""


def main() -> None:
    """Answer GIMP, which has started this process."""
    import sys

    import gi

    gi.require_version("Gimp", "3.0")
    gi.require_version("Gegl", "0.4")
    from gi.repository import Gimp

    from .procedures import Latentedit

    Gimp.main(Latentedit.__gtype__, sys.argv)
