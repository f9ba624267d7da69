"""Dragging: points of a drawing moved to other places (Pan et al., 2023, arXiv:2305.10973, "Drag Your GAN")."""

from latentedit.dragging.config import PUBLISHED, DragConfig
from latentedit.dragging.drag import drag
from latentedit.dragging.step import DragStep, State

__all__ = ["PUBLISHED", "DragConfig", "DragStep", "State", "drag"]
