"""The faces of one image as a host's panel shows them: found, learnt, edited, seen small at once, and handed over as layers.

Knows neither Qt nor GTK: a host gives it a picture as a file, tells it what a person does, and shows its attributes whenever it says that they have
changed. All of it runs in the host's own thread, from :meth:`Bridge.poll`.
"""

import contextlib
from pathlib import Path
from typing import Any, Callable, Dict, List, Mapping, Optional

from .bridge import Bridge, Request, Trouble

Facts = Dict[str, Any]
Then = Callable[[Facts], None]
LOST_HINT = "Look for its faces again. Layers that were inserted and projects that were saved are there."


class Editing:
    """One image, from its opening to its layers.

    Attributes:
        directions: what sliders there are: dictionaries of name, label, effect, group, range, region.
        presets: how thoroughly a face can be learnt.
        missing: weights that must be downloaded first: dictionaries of names, purpose, bytes, licence, restrictions.
        faces: dictionaries of index, box, quad, outline, projected.
        face: the index of the face that is meant; -1 for none.
        amounts: for each face, how far each slider is.
        edits: for each face, the names of its edits, lowest first.
        can_undo, can_redo: whether there is a way back, or forth.
        doing: what is being done, in a word: ``starting``, ``fetching``, ``opening``, ``looking``, ``learning``, ``drawing``; empty for nothing.
        progress: how far it is, 0 to 1, or None where that is not known.
        seconds_left: how long it will take; None where that is not known.
        preview: the newest small picture of the face that is meant: path, width, height, channels; None before there is one.
        notes: sentences about the newest edit; mostly none.
        trouble: what a person has to be told; None when all is well.
    """

    def __init__(self, bridge: Bridge, on_change: Callable[[], None], preview_side: int = 256) -> None:
        self.bridge = bridge
        self.preview_side = preview_side
        self.directions: List[Facts] = []
        self.presets: List[str] = []
        self.missing: List[Facts] = []
        self._on_change = on_change
        self._document = 0
        self._run = 0  # of the program, in which the document has its number
        self._selection: Optional[Facts] = None
        self._files: List[Path] = []
        self._work: Optional[Request] = None
        self._moving = ""
        self._learning = -1
        self._drawing: Optional[Request] = None
        self._wanted = False
        self._generation = 0
        self._forget_image()

    # What a host calls

    @property
    def opened(self) -> bool:
        """Whether an image is open and its faces were looked for."""
        return bool(self._document) and self.bridge.still_runs(self._run)

    @property
    def learnt(self) -> bool:
        """Whether the face that is meant can be edited."""
        return any(face["index"] == self.face and face["projected"] for face in self.faces)

    def start(self, then: Optional[Callable[[], None]] = None) -> None:
        """Ask what the program can do; then go on, if nothing has to be downloaded first."""

        def told(result: Facts) -> None:
            self.directions, self.presets, self.missing = result["directions"], result["presets"], result["missing"]
            self._done()
            if not self.missing and then is not None:
                then()

        self._do("starting", "capabilities", {}, told)

    def fetch(self, then: Optional[Callable[[], None]] = None) -> None:
        """Download what is missing, after a person agreed."""

        def fetched(_: Facts) -> None:
            self.start(then)

        self._do("fetching", "fetch", {}, fetched, self._fetching)

    def reach(self, then: Callable[[], None]) -> None:
        """Start the program and go on, whether or not it has all that faces need."""

        def reached(_: Facts) -> None:
            self._done()
            then()

        self._do("starting", "ping", {}, reached)

    def open(self, params: Mapping[str, Any], selection: Optional[Mapping[str, Any]] = None) -> None:
        """Open an image and look for its faces. Files of theirs in the program's own folder are removed when they are not needed any more.

        Args:
            params: of the program's method ``open``: ``path`` or ``pixels``.
            selection: of the host's image: ``{"box": ...}`` or ``{"mask": path}``; faces outside are left out, and nothing outside is changed.
        """
        self.close_image()
        self._selection = dict(selection) if selection is not None else None
        given, self._files = self._own_files(params), self._own_files(selection or {})

        def opened(result: Facts) -> None:
            _remove(given)
            self._document, self._run = result["document"], self.bridge.runs
            asked: Facts = {"document": self._document}
            if self._selection is not None:
                asked["selection"] = self._selection
            self._do("looking", "faces", asked, looked)

        def looked(result: Facts) -> None:
            self.faces = result["faces"]
            self.face = self.faces[0]["index"] if self.faces else -1
            self._done()
            self._tell_state()
            self.draw()

        def refused(trouble: Trouble) -> None:
            _remove(given)
            self._fail(trouble)

        self._do("opening", "open", params, opened, on_failure=refused)

    def choose(self, face: int) -> None:
        """Mean another face."""
        self._forget_preview()
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
        face = self._learning = self.face

        def learnt(_: Facts) -> None:
            self.faces = [dict(one, projected=True) if one["index"] == face else one for one in self.faces]
            self._done()
            self.draw()

        def happened(facts: Facts) -> None:
            self.progress, self.seconds_left = facts["step"] / float(facts["steps"]), facts["seconds_left"]
            if facts.get("preview") and face == self.face:
                self.preview = facts["preview"]
            self._changed()

        params: Facts = {"document": self._document, "face": face, "preset": preset, "seed": seed}
        if steps:
            params["steps"] = steps
        self._do("learning", "project", params, learnt, happened)

    def cancel(self) -> None:
        """Give up what is being done."""
        if self._work is not None:
            learning = self.doing == "learning"
            self._work.cancel()
            self._done()
            if learning:
                self.preview = None  # of a face that was not learnt after all
                self.draw()

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
        self._edit("mix", {"source": source, "layers": layers, "amount": amount})

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
        self._wanted = True
        if self._drawing is None:
            self._draw()

    def layers(self, how: str, then: Then) -> None:
        """Ask for the edits as layers.

        Args:
            how: ``kra``; or ``png`` or ``raw``, each layer as a pair of files.
            then: called with the program's answer.
        """

        def drawn(result: Facts) -> None:
            self._done()
            then(result)

        params: Facts = {"document": self._document, "format": how}
        if self._selection is not None:
            params["selection"] = self._selection
        self._do("drawing", "layers", params, drawn)

    def translate(
        self,
        network: str,
        then: Then,
        picture: Mapping[str, Any],
        selection: Optional[Mapping[str, Any]] = None,
        how: str = "png",
    ) -> None:
        """Ask for a picture through the network of a file; nothing needs to be open.

        Args:
            network: the file.
            then: called with the program's answer.
            picture, selection: as of :meth:`open`.
            how: ``png`` or ``raw``.
        """
        given = self._own_files(picture) + self._own_files(selection or {})

        def drawn(result: Facts) -> None:
            _remove(given)
            self._done()
            then(result)

        def refused(trouble: Trouble) -> None:
            _remove(given)
            self._fail(trouble)

        params: Facts = dict(picture, model=network, format=how)
        if selection is not None:
            params["selection"] = selection
        self._do("drawing", "translate", params, drawn, on_failure=refused)

    def save(self, path: str, then: Then) -> None:
        """Write the project; other work goes on meanwhile."""

        def saved(result: Facts) -> None:
            self.trouble = None
            then(result)
            self._changed()

        if self._still_there():
            self.bridge.ask("save", {"document": self._document, "path": path}, self._current(saved), self._current(self._tell))

    def notice_end(self) -> None:
        """See whether the program is gone that had this image open, and if so, say it. To be called after :meth:`Bridge.poll`."""
        dropped = self._work is not None and not self._work.pending
        if dropped or (self._document and not self.opened):
            self._lose(Trouble("died", "The program latentedit has ended, and what it knew of this image is lost.", LOST_HINT))

    def close_image(self) -> None:
        """Forget the image, and what is being done to it."""
        if self._work is not None:
            self._work.cancel()
        if self.opened:
            self.bridge.ask("close", {"document": self._document})
        self._let_go()
        self._forget_image()
        self._changed()

    # Within

    def _let_go(self) -> None:
        """Nothing that was asked about the image is waited for any more."""
        self._generation += 1
        self._document = 0
        self._work = self._drawing = None
        self._wanted, self._moving = False, ""
        _remove(self._files)
        self._files = []

    def _lose(self, trouble: Trouble) -> None:
        """The image is not open any more, and cannot be without being sent again."""
        self._let_go()
        self._forget_image()
        self.trouble = trouble
        self._changed()

    def _still_there(self) -> bool:
        """Whether the image is open in the program that runs now; says so where it is not. A number of a program that is gone may be another image's."""
        if not self.opened:
            self._lose(Trouble("died", "What latentedit knew of this image is lost.", LOST_HINT))
        return self.opened

    def _own_files(self, params: Mapping[str, Any]) -> List[Path]:
        """Files that parameters name and that were written for them alone: those in the program's folder."""
        inner = params.get("pixels", params)
        folder = self.bridge.hello.get("folder")
        paths = [Path(inner[name]) for name in ("path", "mask", "profile") if isinstance(inner.get(name), str)]
        return [path for path in paths if folder is not None and path.parent == Path(folder)]

    def _forget_image(self) -> None:
        self.faces: List[Facts] = []
        self.face = -1
        self.amounts: Dict[int, Dict[str, float]] = {}
        self.edits: Dict[int, List[Facts]] = {}
        self.can_undo = self.can_redo = False
        self.doing = ""
        self.progress: Optional[float] = None
        self.seconds_left: Optional[float] = None
        self.preview: Optional[Facts] = None
        self.notes: List[str] = []
        self._waiting = 0
        self.trouble: Optional[Trouble] = None

    def _do(
        self,
        doing: str,
        method: str,
        params: Mapping[str, Any],
        then: Then,
        on_event: Optional[Then] = None,
        on_failure: Optional[Callable[[Trouble], None]] = None,
    ) -> None:
        """Long work, one at a time."""
        if "document" in params and not self._still_there():
            return
        self.doing, self.progress, self.seconds_left, self.trouble = doing, None, None, None
        failed = self._current(on_failure or self._fail)
        self._work = self.bridge.ask(method, params, self._current(then), failed, on_event)
        self._changed()

    def _current(self, then: Callable[[Any], None]) -> Callable[[Any], None]:
        """The same function, which does nothing once another image is open."""
        generation = self._generation

        def called(told: Any) -> None:
            if generation == self._generation:
                then(told)

        return called

    def _done(self) -> None:
        self._work = None
        self.doing, self.progress, self.seconds_left = "", None, None
        self._changed()

    def _changed(self) -> None:
        self._on_change()

    def _fail(self, trouble: Trouble) -> None:
        """The long work was not done."""
        self._done()
        self._tell(trouble)

    def _tell(self, trouble: Trouble) -> None:
        """Something was not done; long work that goes on does so."""
        if not self.bridge.running:
            self._lose(trouble)  # with the program
        elif trouble.kind != "cancelled":
            self.trouble = trouble
            self._changed()

    def _fetching(self, facts: Facts) -> None:
        self.progress = facts["step"] / float(facts["steps"]) if facts["steps"] else None
        self._changed()

    def _edit(self, method: str, params: Mapping[str, Any], face: bool = True) -> None:
        if not self._still_there():
            return
        self.trouble = None
        whole = dict(params, document=self._document)
        if face:
            whole["face"] = self.face
        self._waiting += 1

        def edited(result: Facts) -> None:
            self._edited(result)
            if method == "mix":
                self.draw()  # the picture that was asked for at once overtook it: mixing may take long, and goes after quick requests

        self.bridge.ask(method, whole, self._current(edited), self._current(self._refuse))
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

    def _forget_preview(self) -> None:
        """Its file is the client's to remove."""
        if self.preview is not None:
            with contextlib.suppress(OSError):
                Path(self.preview["path"]).unlink()

    def _draw(self) -> None:
        self._wanted = False
        face = self.face
        generation = self._generation

        def drawn(result: Facts) -> None:
            if generation != self._generation:
                return
            self._drawing = None
            if not result["stale"] and face == self.face and not (self.doing == "learning" and face == self._learning):
                self._forget_preview()
                self.preview = result["picture"]
                self._changed()
            if self._wanted:
                self._draw()

        def failed(trouble: Trouble) -> None:
            if generation == self._generation:
                self._drawing = None
                self._tell(trouble)

        params = {"document": self._document, "face": face, "quality": "preview", "side": self.preview_side, "format": "raw"}
        self._drawing = self.bridge.ask("render", params, drawn, failed)


def _remove(paths: List[Path]) -> None:
    for path in paths:
        with contextlib.suppress(OSError):
            path.unlink()
