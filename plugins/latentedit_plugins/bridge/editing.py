"""The faces of one image as a host's panel shows them: found, learnt, edited, seen small at once, and handed over as layers.

Knows neither Qt nor GTK: a host gives it a picture as a file, tells it what a person does, and shows its attributes whenever it says that they have
changed. All of it runs in the host's own thread, from :meth:`Bridge.poll`.
"""

from typing import Any, Callable, Dict, List, Mapping, Optional, Sequence

from .bridge import Bridge, Trouble
from .own_files import OwnFiles, paths_in
from .program_work import Facts, ProgramWork, Then
from .small_pictures import SmallPictures

LOST = "The faces of this image are lost with it. Find them again."
"""What to do about a program that has ended."""


class Editing(ProgramWork):
    """One image, from its opening to its layers.

    Attributes:
        faces: dictionaries of index, box, quad, outline, projected.
        face: the index of the face that is meant; -1 for none.
        amounts: for each face, how far each slider is.
        edits: for each face, the names of its edits, lowest first.
        can_undo, can_redo: whether there is a way back, or forth.
        preview: the newest small picture of the face that is meant: path, width, height, channels; None before there is one.
        notes: sentences about the newest edit; mostly none.
    """

    def __init__(self, bridge: Bridge, on_change: Callable[[], None], preview_side: int = 256) -> None:
        super().__init__(bridge, on_change)
        self._document = self._process = 0
        self._own_files = OwnFiles()  # of the long work that is being done
        self._moving = ""
        self._pictures = SmallPictures(bridge, preview_side, self._drawn, self._tell)
        self._forget_image()
        bridge.tell_end(self._lose)

    # What a host calls

    @property
    def opened(self) -> bool:
        """Whether an image is open and its faces were looked for."""
        return bool(self._document) and self._process == self.bridge.process

    @property
    def learnt(self) -> bool:
        """Whether the face that is meant can be edited."""
        return any(face["index"] == self.face and face["projected"] for face in self.faces)

    def open(
        self, params: Mapping[str, Any], selection: Optional[Mapping[str, Any]] = None, own_files: Sequence[str] = ()
    ) -> None:
        """Open an image and look for its faces.

        Args:
            params: of the program's method ``open``: ``path`` or ``pixels``.
            selection: of the host's image: ``{"box": ...}`` or ``{"mask": path}``; faces outside are left out. What is changed is limited by the
                selection that :meth:`layers` is given.
            own_files: those of the files that were written for this image alone. They are removed: those of the picture once it has been read, the
                selection's once the faces are found.
        """
        self.close_image()
        self._own_files = OwnFiles(own_files)

        def opened(result: Facts) -> None:
            self._document, self._process = result["document"], self.bridge.process
            self._own_files.remove(but=[str((selection or {}).get("mask"))])
            self._do("looking", "faces", _within(selection, document=self._document), looked)

        def looked(result: Facts) -> None:
            self.faces = result["faces"]
            self.face = self.faces[0]["index"] if self.faces else -1
            self._done()
            self._tell_state()
            self.draw()

        self._do("opening", "open", params, opened)

    def choose(self, face: int) -> None:
        """Mean another face."""
        self.face, self.preview = face, None
        self._changed()
        self.draw()

    def learn(self, preset: str = "balanced", seed: int = 0, steps: int = 0) -> None:
        """Learn the face that is meant.

        Args:
            preset: how thoroughly; one of :attr:`presets`.
            seed: of what is random in it.
            steps: how many instead of the preset's, if not 0.
        """
        face = self.face

        def learnt(_: Facts) -> None:
            self._learning = -1
            self.faces = [dict(one, projected=True) if one["index"] == face else one for one in self.faces]
            self._done()
            self.draw()

        def learning(facts: Facts) -> None:
            self.progress, self.seconds_left = facts["step"] / float(facts["steps"]), facts["seconds_left"]
            if facts.get("preview") and face == self.face:
                self.preview = facts["preview"]
            self._changed()

        def failed(trouble: Trouble) -> None:
            self._stop_learning()
            self._fail(trouble)

        params: Facts = {"document": self._document, "face": face, "preset": preset, "seed": seed}
        if steps:
            params["steps"] = steps
        self._do("learning", "project", params, learnt, learning, failed)
        self._learning = face

    def cancel(self) -> None:
        """Give up what is being done."""
        if self._work is not None:
            doing = self.doing
            self._work.cancel()
            if doing == "learning":
                self._stop_learning()
            self._done()

    def amount(self, name: str) -> float:
        """How far a slider of the face that is meant is."""
        return self.amounts.get(self.face, {}).get(name, 0.0)

    def set_amount(self, name: str, amount: float, moving: bool = False) -> None:
        """Move a slider; ``moving`` while it is held, so that all of it is one undo. A slider that is let go where it was changes nothing."""
        if amount == self.amount(name) and (moving or self._moving != name):
            return
        self._moving = name if moving else ""
        self.amounts.setdefault(self.face, {})[name] = amount
        self._edit("set", {"edits": [{"name": name, "amount": amount}], "seal": not moving})

    def set_texts(self, edits: List[str]) -> None:
        """Edits as the command line writes them: ``smile=2:0-7@mouth``."""
        self._edit("set", {"edits": list(edits)})

    def compose(self, mode: str) -> None:
        """How the drawing goes back into the image: ``residual``, ``seamless`` or ``replace``."""
        self._edit("set", {"edits": [], "mode": mode})

    def mix(self, source: str, layers: str, amount: float) -> None:
        """Mix with another face: ``seed:7`` or a project's file, at ``coarse``, ``middle``, ``fine`` or ``all`` layers."""
        self._edit("mix", {"source": source, "layers": layers, "amount": amount}, quick=False)

    def vary(self, seed: int, strength: float) -> None:
        """A neighbour of the face."""
        self._edit("vary", {"seed": seed, "coarse": strength, "middle": strength, "fine": strength})

    def undo(self) -> None:
        """One step back."""
        self._edit("undo", {}, face=False)

    def redo(self) -> None:
        """One step forth."""
        self._edit("redo", {}, face=False)

    def reset(self) -> None:
        """Take back all that was done to the face."""
        self._edit("reset", {})

    def remove(self, name: str) -> None:
        """Take an edit out, by its name in :attr:`edits`."""
        self._edit("change", {"remove": [name]})

    def draw(self) -> None:
        """Ask for a small picture, of a face that is not learnt too; while one is being drawn, only the newest wish is remembered."""
        if not self.opened or self.face < 0:
            return
        self._pictures.want(self._document, self.face)

    def layers(self, how: str, then: Then, selection: Optional[Mapping[str, Any]] = None) -> None:
        """Ask for the edits as layers.

        Args:
            how: ``kra``; or ``png`` or ``raw``, each layer as a pair of files.
            then: called with the program's answer.
            selection: of the host's image as it is now, outside which nothing is changed; None where all is. Its file is its own, and is removed.
        """
        self._own(selection)
        self._draw_whole("layers", _within(selection, document=self._document, format=how), then)

    def translate(
        self, network: str, then: Then, how: str, picture: Mapping[str, Any], selection: Optional[Mapping[str, Any]] = None
    ) -> None:
        """Ask for a picture through the network of a file; no image need be open for that.

        Args:
            network: the file.
            then: called with the program's answer.
            how: ``png`` or ``raw``.
            picture, selection: as of :meth:`open`. Their files are their own, and are removed.
        """
        self._own(picture, selection)
        self._draw_whole("translate", _within(selection, **picture, model=network, format=how), then)

    def save(self, path: str, then: Then) -> None:
        """Write the project."""
        if not self._there():
            return
        self.trouble = None
        self._changed()
        self.bridge.ask("save", {"document": self._document, "path": path}, self._current(then), self._current(self._tell))

    def close_image(self) -> None:
        """Forget the image, and what is being done to it."""
        if self._work is not None:
            self._work.cancel()
        if self.opened:
            self.bridge.ask("close", {"document": self._document})
        self._forget_document()
        self._changed()

    # Within

    def _own(self, *params: Optional[Mapping[str, Any]]) -> None:
        """The files of these are removed once the work that begins now is done, given up or lost."""
        self._own_files.paths += paths_in(*(each for each in params if each is not None))

    def _draw_whole(self, method: str, params: Facts, then: Then) -> None:
        def drawn(result: Facts) -> None:
            self._done()
            then(result)

        self._do("drawing", method, params, drawn)

    def _done(self) -> None:
        self._own_files.remove()
        super()._done()

    def _forget_document(self) -> None:
        self._generation += 1
        self._document = 0
        self._moving = ""
        self._pictures.forget()
        self._own_files.remove()
        self._forget_work()
        self._forget_image()

    def _lose(self, why: Trouble) -> None:
        """The program is gone, and the image with it: its number means another image, or none, in the next program."""
        if not self._document and not self.doing:
            return
        had_faces = bool(self._document)
        self._forget_document()
        self.trouble = Trouble(why.kind, str(why), LOST if had_faces else why.hint, why.details)
        self._changed()

    def _there(self) -> bool:
        """Whether the program still has the image; if it has not, a person is told."""
        if not self.opened:
            self.trouble = Trouble("lost", "The faces of this image are lost.", "Find them again.")
            self._changed()
        return self.opened

    def _forget_image(self) -> None:
        self.faces: List[Facts] = []
        self.face = -1
        self.amounts: Dict[int, Dict[str, float]] = {}
        self.edits: Dict[int, List[Facts]] = {}
        self.can_undo = self.can_redo = False
        self.preview: Optional[Facts] = None
        self.notes: List[str] = []
        self._waiting = 0
        self._learning = -1

    def _may_do(self, params: Mapping[str, Any]) -> bool:
        if "document" not in params or self._there():
            return True
        self._own_files.remove()
        return False

    def _stop_learning(self) -> None:
        """What was half learnt is not the face: show what it was before, if that was learnt."""
        self.preview, self._learning = None, -1
        self.draw()

    def _edit(self, method: str, params: Mapping[str, Any], face: bool = True, quick: bool = True) -> None:
        if not self._there():
            return
        self.trouble = None
        whole = dict(params, document=self._document)
        if face:
            whole["face"] = self.face
        self._waiting += 1

        def edited(result: Facts) -> None:
            self._edited(result)
            if not quick:
                self.draw()

        self.bridge.ask(method, whole, self._current(edited), self._current(self._refuse))
        if quick:
            # Pictures wait for quick requests that were asked before them, but overtake long ones.
            self.draw()

    def _edited(self, result: Facts) -> None:
        self.notes = result.get("notes", [])
        self._waiting -= 1
        # While a slider moves, what the program says of it is out of date before it comes.
        if not self._waiting:
            self._tell_state()

    def _refuse(self, trouble: Trouble) -> None:
        """An edit was not done: show what is so instead."""
        self._waiting = max(self._waiting - 1, 0)
        self._tell(trouble)
        if self.opened:
            self._tell_state()

    def _tell_state(self) -> None:
        self.bridge.ask("edits", {"document": self._document}, self._current(self._keep_state), self._current(self._tell))

    def _keep_state(self, told: Facts) -> None:
        if self._waiting:
            return
        self.can_undo, self.can_redo = bool(told["undo"]), bool(told["redo"])
        names = {direction["name"] for direction in self.directions}
        for face in told["faces"]:
            self.edits[face["index"]] = face["names"]
            amounts: Dict[str, float] = {}
            for edit in face["state"].get("edits", []):
                if edit.get("name") in names and edit.get("enabled", True):
                    amounts.setdefault(edit["name"], edit["amount"])
            self.amounts[face["index"]] = amounts
        self._changed()

    def _drawn(self, face: int, picture: Facts) -> None:
        if face != self.face or face == self._learning:
            OwnFiles([picture["path"]]).remove()
            return
        if self.preview is not None:
            OwnFiles([self.preview["path"]]).remove()
        self.preview = picture
        self._changed()


def _within(selection: Optional[Mapping[str, Any]], **params: Any) -> Facts:
    """Parameters of a request, with the selection if there is one."""
    return params if selection is None else dict(params, selection=dict(selection))
