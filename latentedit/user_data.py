"""Where what a user makes is kept: directions, generators; and which names its files may not have."""

from __future__ import annotations

import os
import re
from pathlib import Path

_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


def user_folder(name: str) -> Path:
    """The folder of this name in ``LATENTEDIT_HOME``, or in the platform's folder for a user's data."""
    import platformdirs

    home = os.environ.get("LATENTEDIT_HOME")
    return (Path(home) if home else Path(platformdirs.user_data_dir("latentedit", appauthor=False))) / name


def is_device(name: str) -> bool:
    """Whether Windows takes a file of this name for a device."""
    return _DEVICES.fullmatch(name) is not None
