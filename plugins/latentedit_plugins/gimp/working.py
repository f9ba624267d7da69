"""Work without a dialog: asked for, waited for, with GIMP's own progress bar."""

import os
import time
from pathlib import Path
from typing import Any, Callable, Dict, List, Optional

from gi.repository import Gimp

from ..bridge import Bridge, Editing, Trouble, paths_in
from .pictures import write_files, write_selection

LOOK_EVERY_S = 0.03
CLOSE_S = 5.0


def make_bridge() -> Bridge:
    """To the program that the environment, the installer's record, or the usual places name; with another generator if ``LATENTEDIT_GENERATOR`` says."""
    generator = os.environ.get("LATENTEDIT_GENERATOR", "")
    return Bridge(
        client=f"GIMP {Gimp.version()}",
        beside=Path(__file__).resolve().parent.parent,
        arguments=("serve", "--generator", generator) if generator else ("serve",),
    )


class Work:
    """One layer's faces, from sending it to its layers, each step waited for. To be closed."""

    def __init__(self, bridge: Optional[Bridge] = None) -> None:
        self.bridge = make_bridge() if bridge is None else bridge
        self.editing = Editing(self.bridge, self._tell)

    def close(self) -> None:
        """End the program, and wait until it has taken its files away."""
        self.bridge.close(CLOSE_S)

    def open(self, image: Any, drawable: Any, depth: int) -> None:
        """Send a layer and look for its faces.

        Raises:
            Trouble: it cannot be done, there is no room for temporary files, or weights have to be downloaded first, which a person must agree to.
        """
        self.editing.start()
        self.wait()
        if self.editing.missing:
            raise Trouble(
                "missing",
                "Weights have to be downloaded first.",
                "Do it in the dialog of Filters > Latentedit > Edit faces, or with: latentedit assets fetch {}.".format(
                    " ".join(name for one in self.editing.missing for name in one["names"])
                ),
            )
        folder = Path(self.bridge.hello["folder"])
        picture, selection = write_files(image, drawable, depth, folder)
        self.editing.open(picture, selection, paths_in(picture, selection or {}))
        self.wait()

    def learn(self, face: int, preset: str, seed: int, steps: int) -> None:
        """Learn a face.

        Raises:
            Trouble: there is no such face, or it cannot be done.
        """
        if face not in [found["index"] for found in self.editing.faces]:
            count = len(self.editing.faces)
            raise Trouble(
                "no-face",
                f"There is no face {face}: {count or 'none'} found.",
                f"They are numbered from 0 to {count - 1}." if count else "A selection must hold a face's middle.",
            )
        self.editing.choose(face)
        self.editing.learn(preset, seed, steps)
        self.wait()

    def layers(self, image: Any, drawable: Any) -> List[Dict[str, Any]]:
        """The edits as layers, in raw files, within the selection as it is now."""
        selection = write_selection(image, drawable, Path(self.bridge.hello["folder"]))
        answer = self._answer(lambda then: self.editing.layers("raw", then, selection))
        found: List[Dict[str, Any]] = answer["layers"]
        return found

    def save(self, path: str) -> None:
        """Write the project."""
        self._answer(lambda then: self.editing.save(path, then))

    def translate(self, image: Any, drawable: Any, depth: int, network: str) -> Dict[str, Any]:
        """A layer through a network, within the selection. It need not have a face, nor the program what faces need."""
        self.editing.reach(lambda: None)
        self.wait()
        folder = Path(self.bridge.hello["folder"])
        picture, selection = write_files(image, drawable, depth, folder)
        answer = self._answer(lambda then: self.editing.translate(network, then, "raw", picture, selection))
        drawn: Dict[str, Any] = answer["picture"]
        return drawn

    def wait(self) -> None:
        """Until nothing is asked any more.

        Raises:
            Trouble: what is wrong.
        """
        while self.bridge.busy:
            self.bridge.poll()
            time.sleep(LOOK_EVERY_S)
        if self.editing.trouble is not None:
            raise self.editing.trouble

    def _answer(self, ask: Callable[[Callable[[Dict[str, Any]], None]], None]) -> Dict[str, Any]:
        answers: List[Dict[str, Any]] = []
        ask(answers.append)
        self.wait()
        return answers[0]

    def _tell(self) -> None:
        if self.editing.progress is not None:
            Gimp.progress_update(self.editing.progress)
        elif self.editing.doing:
            Gimp.progress_pulse()
