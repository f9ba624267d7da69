"""The canvas: one photograph with everything that is shown on it. It takes arrays, emits signals, and knows neither sessions nor generators.

Coordinates of the photograph, wherever this package takes or gives them, are the engine's: whole numbers at pixels' *centres*.
"""

from latentedit_gui.canvas.face_marks import FaceMark, FaceState
from latentedit_gui.canvas.face_view import FaceView
from latentedit_gui.canvas.pyramid import Pyramid, pyramid
from latentedit_gui.canvas.tools import Tool
from latentedit_gui.canvas.view import Canvas

__all__ = ["Canvas", "FaceMark", "FaceState", "FaceView", "Pyramid", "Tool", "pyramid"]
