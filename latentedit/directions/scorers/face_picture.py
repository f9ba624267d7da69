"""A face as its colours are measured: its picture in CIELAB, and where its parts are."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw

from latentedit.directions.scorers.cielab import Lab
from latentedit.directions.scorers.face_frame import FaceFrame, Points, ellipse

Pixels = npt.NDArray[np.bool_]
Colour = npt.NDArray[np.float64]
"""L*, a*, b* [3]; not-a-number where nothing could be measured."""
MIN_PIXELS = 12
NOSE_TIP = 30
CHEEK = 0.2
"""Half the width of the patch on a cheek that faces the camera, in half widths of the jaw."""
CHEEK_DISTANCE = 0.75
"""Between nose and jaw of a face that looks straight, in half widths of the jaw."""
CROWN_U, CROWN_V = (-0.55, 0.55), (-1.15, -0.9)
TEMPLES_U, TEMPLES_V = (0.92, 1.06), (-0.75, -0.4)
CORNERS_U, CORNERS_V = (1.5, 3.0), (-2.5, -0.6)


@dataclass(frozen=True, eq=False)
class FacePicture:
    """One face.

    Attributes:
        lab: the picture [H, W, 3].
        landmarks: the 68 iBUG points [68, 2] in px.
    """

    lab: Lab
    landmarks: Points

    @cached_property
    def frame(self) -> FaceFrame:
        return FaceFrame.of(self.landmarks)

    @cached_property
    def turn(self) -> float:
        """Where the tip of the nose is between the ends of the jaw, from -1 (the picture's left) to 1."""
        across = self.frame.across
        return float((self.landmarks[NOSE_TIP] - self.frame.origin) @ across / max(float(across @ across), 1e-6))

    def inside(self, *outlines: Points) -> Pixels:
        """The pixels [H, W] inside any of the outlines [N, 2] in px."""
        height, width = self.lab.shape[:2]
        canvas = Image.new("1", (width, height))
        draw = ImageDraw.Draw(canvas)
        for outline in outlines:
            draw.polygon([(float(x), float(y)) for x, y in outline], fill=1)
        return np.asarray(canvas)

    def colour(self, *outlines: Points) -> Colour:
        """The median colour inside any of the outlines."""
        return self.colour_of(self.inside(*outlines))

    def colour_of(self, where: Pixels) -> Colour:
        """The median colour of some pixels, if they are enough."""
        if int(where.sum()) < MIN_PIXELS:
            return np.full(3, np.nan)
        return np.median(self.lab[where], axis=0).astype(np.float64)

    @cached_property
    def cheeks(self) -> tuple[Points, Points]:
        """Outlines of a patch on each cheek, between eye, nose and jaw, above any beard: the picture's left and right."""
        across = self.frame.across
        left, right = (
            (0.4 * self.landmarks[nose] + 0.3 * self.landmarks[jaw] + 0.3 * self.landmarks[eye], nose, jaw)
            for eye, nose, jaw in ((41, 31, 2), (46, 35, 14))
        )

        def patch(middle: Points, nose: int, jaw: int) -> Points:
            shown = abs(float((self.landmarks[jaw] - self.landmarks[nose]) @ across)) / max(float(across @ across), 1e-6)
            width = CHEEK * min(1.0, shown / CHEEK_DISTANCE)
            return ellipse(middle, width * across, 0.7 * CHEEK * self.frame.down)

        return patch(*left), patch(*right)

    @cached_property
    def skin(self) -> Colour:
        """Of the cheeks."""
        return self.colour(*self.cheeks)

    @cached_property
    def hair(self) -> Colour:
        """Above the forehead and at the temples: a hat's where one is worn, the skin's where there is no hair."""
        return self.colour(self.frame.box(CROWN_U, CROWN_V), *self.frame.boxes(TEMPLES_U, TEMPLES_V))

    @cached_property
    def background(self) -> Colour:
        """In the upper corners of the picture."""
        return self.colour(*self.frame.boxes(CORNERS_U, CORNERS_V))
