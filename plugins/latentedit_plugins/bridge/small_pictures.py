"""Small pictures of a face, asked for one at a time: of the wishes that come meanwhile, only the newest is remembered."""

from typing import Any, Callable, Dict, Optional, Tuple

from .bridge import Bridge, Request, Trouble


class SmallPictures:
    """Of one image. Neither function is called after :meth:`forget`."""

    def __init__(
        self, bridge: Bridge, side: int, on_picture: Callable[[int, Dict[str, Any]], None], on_trouble: Callable[[Trouble], None]
    ) -> None:
        """``on_picture`` is given the face and what the program says of its picture: path, format, width, height."""
        self._bridge, self._side = bridge, side
        self._on_picture, self._on_trouble = on_picture, on_trouble
        self._drawing: Optional[Request] = None
        self._wanted: Optional[Tuple[int, int]] = None

    def want(self, document: int, face: int) -> None:
        """Ask for a picture, now or when the one that is being drawn has come."""
        self._wanted = document, face
        if self._drawing is None:
            self._draw()

    def forget(self) -> None:
        """Want nothing any more."""
        self._wanted = None
        if self._drawing is not None:
            self._drawing.cancel()
            self._drawing = None

    def _draw(self) -> None:
        assert self._wanted is not None
        (document, face), self._wanted = self._wanted, None

        def drawn(result: Dict[str, Any]) -> None:
            self._drawing = None
            if not result["stale"]:
                self._on_picture(face, result["picture"])
            if self._wanted is not None:
                self._draw()

        def failed(trouble: Trouble) -> None:
            self._drawing = None
            self._on_trouble(trouble)

        params = {"document": document, "face": face, "quality": "preview", "side": self._side, "format": "raw"}
        self._drawing = self._bridge.ask("render", params, drawn, failed)
