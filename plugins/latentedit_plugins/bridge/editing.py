"""The faces of one image as a host's panel shows them: found, learnt, edited, seen small at once, and handed over as layers.

Knows neither Qt nor GTK: a host gives it a picture as a file, tells it what a person does, and shows its attributes whenever it says that they have
changed. All of it runs in the host's own thread, from :meth:`Bridge.poll`.
"""

from collections.abc import Callable, Mapping
from typing import Any

from .bridge import Bridge, Trouble

Facts = dict[str, Any]
Then = Callable[[Facts], None]


class Editing:
    """One image, from its opening to its layers.

    Attributes:
        directions: what sliders there are: dictionaries of name, effect, least, most, region.
        presets: how thoroughly a face can be learnt.
        missing: weights that must be downloaded first: dictionaries of names, purpose, megabytes, licence, restrictions.
        faces: dictionaries of index, box, quad, projected, selected; in the image's coordinates.
        face: the index of the face that is meant; -1 for none.
        amounts: for each face, how far each slider is.
        edits: for each face, its edits as the program tells them, lowest first.
        can_undo, can_redo: whether there is a way back, or forth.
        doing: what is being done, in a word: ``starting``, ``fetching``, ``opening``, ``looking``, ``learning``, ``drawing``; empty for nothing.
        progress: how far it is, 0 to 1, or None where that is not known.
        seconds_left: how long it will take; None where that is not known.
        preview: the newest small picture of the face that is meant: path, width, height, channels; None before there is one.
        trouble: what a person has to be told; None when all is well.
    """

    def __init__(self, bridge: Bridge, on_change: Callable[[], None], preview_side: int = 256) -> None:
        self.bridge = bridge
        self.preview_side = preview_side
        self.directions = []  # type: List[Facts]
        self.presets = []  # type: List[str]
        self.missing = []  # type: List[Facts]
        self._on_change = on_change
        self._document = ""
        self._work = None  # type: Optional[Request]
        self._drawing = None  # type: Optional[Request]
        self._wanted = False
        self._generation = 0
        self._forget_image()

    # What a host calls

    @property
    def opened(self) -> bool:
        """Whether an image is open and its faces were looked for."""
        return bool(self._document)

    @property
    def learnt(self) -> bool:
        """Whether the face that is meant can be edited."""
        return any(face["index"] == self.face and face["projected"] for face in self.faces)

    def start(self, then: Callable[[], None] | None = None) -> None:
        """Ask what the program can do; then go on, if nothing has to be downloaded first."""

        def told(result: Facts) -> None:
            self.directions, self.presets, self.missing = result["directions"], result["presets"], result["missing"]
            self._done()
            if not self.missing and then is not None:
                then()

        self._do("starting", "capabilities", {}, told)

    def fetch(self, then: Callable[[], None] | None = None) -> None:
        """Download what is missing, after a person agreed."""

        def fetched(_: Facts) -> None:
            self.start(then)

        self._do("fetching", "fetch", {}, fetched, self._fetching)

    def open(self, params: Mapping[str, Any]) -> None:
        """Open an image and look for its faces.

        Args:
            params: of the program's method ``open``: ``path`` or ``raw``, ``name``, ``origin``, ``canvas``, ``selection``.
        """
        self.close_image()

        def opened(result: Facts) -> None:
            self._document = result["document"]
            self._do("looking", "faces", {"document": self._document}, looked)

        def looked(result: Facts) -> None:
            self.faces = result["faces"]
            selected = [face["index"] for face in self.faces if face["selected"]]
            self.face = selected[0] if selected else -1
            self._done()
            self._tell_state()

        self._do("opening", "open", params, opened)

    def select(self, selection: Mapping[str, Any] | None) -> None:
        """Another selection, as in :meth:`open`; None for none."""
        if self._document:
            params = {"document": self._document}  # type: Facts
            if selection is not None:
                params["selection"] = dict(selection)
            self.bridge.ask("select", params, self._keep_faces, self._fail)

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
            self.faces = [dict(one, projected=True) if one["index"] == face else one for one in self.faces]
            self._done()
            self.draw()

        params = {"document": self._document, "face": face, "preset": preset, "seed": seed, "steps": steps}
        self._do("learning", "project", params, learnt, self._learning)

    def cancel(self) -> None:
        """Give up what is being done."""
        if self._work is not None:
            self._work.cancel()
            self._done()

    def amount(self, name: str) -> float:
        """How far a slider of the face that is meant is."""
        return self.amounts.get(self.face, {}).get(name, 0.0)

    def set_amount(self, name: str, amount: float, moving: bool = False) -> None:
        """Move a slider; ``moving`` while it is held, so that all of it is one undo."""
        self.amounts.setdefault(self.face, {})[name] = amount
        self._set({"edits": [f"{name}={amount:g}"], "moving": moving})

    def mix(self, text: str) -> None:
        """Mix with another face: ``seed:7:fine:0.5``, as on the command line."""
        self._set({"mixes": [text]})

    def vary(self, text: str) -> None:
        """A neighbour of the face: ``3:0.5``, as on the command line."""
        self._set({"variations": [text]})

    def compose(self, mode: str) -> None:
        """How the drawing goes back into the image: ``residual``, ``seamless`` or ``replace``."""
        self._set({"mode": mode})

    def change(self, **how: Any) -> None:
        """Undo, redo, reset, take out: the parameters of the program's method ``change``."""
        self._edit("change", how)

    def draw(self) -> None:
        """Ask for a small picture; while one is being drawn, only the newest wish is remembered."""
        if not self._document or self.face < 0:
            return
        self._wanted = True
        if self._drawing is None:
            self._draw()

    def layers(self, how: str, then: Then) -> None:
        """Ask for the edits as layers.

        Args:
            how: ``kra``, ``ora``, or ``png``, each as a pair of files.
            then: called with the program's answer.
        """

        def drawn(result: Facts) -> None:
            self._done()
            then(result)

        self._do("drawing", "layers", {"document": self._document, "format": how}, drawn)

    def translate(self, network: str, area: str, then: Then) -> None:
        """Ask for the image, or the face that is meant, through the network of a file."""

        def drawn(result: Facts) -> None:
            self._done()
            then(result)

        params = {"document": self._document, "network": network, "area": area, "face": max(self.face, 0)}
        self._do("drawing", "translate", params, drawn)

    def save(self, path: str, then: Then) -> None:
        """Write the project."""
        self.bridge.ask("save", {"document": self._document, "path": path}, then, self._fail)

    def close_image(self) -> None:
        """Forget the image, and what is being done to it."""
        self.cancel()
        self._generation += 1
        if self._document:
            self.bridge.ask("close", {"document": self._document})
        self._document = ""
        self._drawing, self._wanted = None, False
        self._forget_image()
        self._changed()

    # Within

    def _forget_image(self) -> None:
        self.faces = []  # type: List[Facts]
        self.face = -1
        self.amounts = {}  # type: Dict[int, Dict[str, float]]
        self.edits = {}  # type: Dict[int, List[Facts]]
        self.can_undo = self.can_redo = False
        self.doing = ""
        self.progress = None  # type: Optional[float]
        self.seconds_left = None  # type: Optional[float]
        self.preview = None  # type: Optional[Facts]
        self.trouble = None  # type: Optional[Trouble]

    def _do(self, doing: str, method: str, params: Mapping[str, Any], then: Then, on_event: Then | None = None) -> None:
        """Long work, one at a time."""
        self.doing, self.progress, self.seconds_left, self.trouble = doing, None, None, None
        self._work = self.bridge.ask(method, params, self._current(then), self._fail, on_event)
        self._changed()

    def _current(self, then: Then) -> Then:
        """The same function, which does nothing once another image is open."""
        generation = self._generation

        def called(result: Facts) -> None:
            if generation == self._generation:
                then(result)

        return called

    def _done(self) -> None:
        self._work = None
        self.doing, self.progress, self.seconds_left = "", None, None
        self._changed()

    def _changed(self) -> None:
        self._on_change()

    def _fail(self, trouble: Trouble) -> None:
        if trouble.kind == "cancelled":
            return
        self.trouble = trouble
        if not self.bridge.running:
            # The program is gone, and with it the image.
            self._document = ""
            self.faces, self.face, self.preview = [], -1, None
            self._drawing, self._wanted = None, False
        self._done()

    def _fetching(self, facts: Facts) -> None:
        self.progress = facts["done"] / facts["total"] if facts.get("total") else None
        self._changed()

    def _learning(self, facts: Facts) -> None:
        self.progress, self.seconds_left = facts["step"] / float(facts["steps"]), facts["seconds_left"]
        if "preview" in facts:
            self.preview = facts["preview"]
        self._changed()

    def _set(self, params: Mapping[str, Any]) -> None:
        self._edit("set", params)

    def _edit(self, method: str, params: Mapping[str, Any]) -> None:
        self.trouble = None
        whole = dict(params, document=self._document, face=self.face)
        self.bridge.ask(method, whole, self._current(self._keep_state), self._refuse)
        self.draw()

    def _refuse(self, trouble: Trouble) -> None:
        """An edit was not done: show what is so instead."""
        self._fail(trouble)
        if self._document:
            self._tell_state()

    def _tell_state(self) -> None:
        self.bridge.ask("state", {"document": self._document}, self._current(self._keep_state), self._fail)

    def _keep_state(self, state: Facts) -> None:
        self.can_undo, self.can_redo = state["undo"] > 0, state["redo"] > 0
        names = {direction["name"] for direction in self.directions}
        for face in state["faces"]:
            self.edits[face["index"]] = face["edits"]
            amounts = {}  # type: Dict[str, float]
            for edit in face["edits"]:
                name = edit["name"].split("@")[0]
                if name in names and edit["on"] and name not in amounts:
                    amounts[name] = edit["amount"]
            self.amounts[face["index"]] = amounts
        self._changed()

    def _keep_faces(self, result: Facts) -> None:
        self.faces = result["faces"]
        self._changed()

    def _draw(self) -> None:
        self._wanted = False
        face = self.face
        generation = self._generation

        def drawn(result: Facts) -> None:
            if generation != self._generation:
                return
            self._drawing = None
            if not result.get("stale") and face == self.face and self.doing != "learning":
                self.preview = result
                self._changed()
            if self._wanted:
                self._draw()

        def failed(trouble: Trouble) -> None:
            if generation == self._generation:
                self._drawing = None
                self._fail(trouble)

        params = {"document": self._document, "face": face, "side": self.preview_side, "edited": self.learnt}
        self._drawing = self.bridge.ask("render", params, drawn, failed)
