"""Long work that is asked of the program, one at a time, and what a person sees of it; and what the program can do, which is asked before any image."""

from typing import Any, Callable, Dict, List, Mapping, Optional, TypeVar

from .bridge import Bridge, Request, Trouble

Facts = Dict[str, Any]
Then = Callable[[Facts], None]
Told = TypeVar("Told", Facts, Trouble)


class ProgramWork:
    """What is being done, how far it is, and what went wrong with it.

    Attributes:
        directions: what sliders there are: dictionaries of name, label, effect, group, range, region.
        presets: how thoroughly a face can be learnt.
        missing: weights that must be downloaded first: dictionaries of names, purpose, bytes, licence, restrictions.
        doing: what is being done, in a word: ``starting``, ``fetching``, ``opening``, ``looking``, ``learning``, ``drawing``; empty for nothing.
        progress: how far it is, 0 to 1, or None where that is not known.
        seconds_left: how long it will take; None where that is not known.
        trouble: what a person has to be told; None when all is well.
    """

    def __init__(self, bridge: Bridge, on_change: Callable[[], None]) -> None:
        self.bridge = bridge
        self.directions: List[Facts] = []
        self.presets: List[str] = []
        self.missing: List[Facts] = []
        self._on_change = on_change
        self._generation = 0
        self._forget_work()

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

    # Within

    def _forget_work(self) -> None:
        self._work: Optional[Request] = None
        self.doing = ""
        self.progress: Optional[float] = None
        self.seconds_left: Optional[float] = None
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
        if not self._may_do(params):
            return
        self.doing, self.progress, self.seconds_left, self.trouble = doing, None, None, None
        failed = self._current(on_failure or self._fail)
        self._work = self.bridge.ask(method, params, self._current(then), failed, on_event)
        self._changed()

    def _may_do(self, params: Mapping[str, Any]) -> bool:
        """Whether there is what these ask about; else a person was told."""
        return True

    def _current(self, then: Callable[[Told], None]) -> Callable[[Told], None]:
        """The same function, which does nothing once the image it was asked for is closed, lost, or another."""
        generation = self._generation

        def called(told: Told) -> None:
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
        if trouble.kind != "cancelled":
            self.trouble = trouble
        self._done()

    def _tell(self, trouble: Trouble) -> None:
        """Something beside the long work was not done; that goes on."""
        if trouble.kind != "cancelled":
            self.trouble = trouble
            self._changed()

    def _fetching(self, facts: Facts) -> None:
        self.progress = facts["step"] / float(facts["steps"]) if facts["steps"] else None
        self._changed()
