"""Files that were written to be read once or twice, and who removes them."""

import contextlib
import errno
from pathlib import Path
from typing import Any, Iterator, List, Mapping, Sequence

from .bridge import Trouble

NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


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


@contextlib.contextmanager
def told_in_words(what: str) -> Iterator[None]:
    """Say why a file for the program cannot be written, as a person reads it.

    Args:
        what: is to be written: ``"The image"``.

    Raises:
        Trouble: it cannot.
    """
    try:
        yield
    except OSError as error:
        if error.errno in NO_ROOM:
            hint = "Free some space, then try again."
            raise Trouble("picture", "There is no room for temporary files.", hint, str(error)) from error
        raise Trouble("picture", f"{what} cannot be written to a temporary file.", "", str(error)) from error


def paths_in(*params: Mapping[str, Any]) -> List[str]:
    """The files that parameters of requests name: pictures, profiles, masks."""
    inner = [each.get("pixels", each) for each in params]
    return [each[name] for each in inner for name in ("path", "mask", "profile") if isinstance(each.get(name), str)]
