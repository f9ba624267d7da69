#!/usr/bin/env python3
"""Started by GIMP 3; all else lies in the package beside it."""

from latentedit_gimp.gimp import main

main()
