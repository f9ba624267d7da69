"""Files that were written to be read once or twice, and who removes them."""

import contextlib
from pathlib import Path
from typing import Any, List, Mapping, Sequence


class OwnFiles:
    """Files that nobody else uses."""

    def __init__(self, paths: Sequence[str] = ()) -> None:
        self.paths: List[str] = list(paths)

    def remove(self, but: Sequence[str] = ()) -> None:
        """Remove all but some. What cannot be removed (Windows: somebody reads it) goes with its folder."""
        for path in self.paths:
            if path not in but:
                with contextlib.suppress(OSError):
                    Path(path).unlink()
        self.paths = [path for path in self.paths if path in but]


def paths_in(*params: Mapping[str, Any]) -> List[str]:
    """The files that parameters of requests name: pictures, profiles, masks."""
    inner = [each.get("pixels", each) for each in params]
    return [each[name] for each in inner for name in ("path", "mask", "profile") if isinstance(each.get(name), str)]
