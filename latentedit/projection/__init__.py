"""Projection: photographs into the latent space."""

from latentedit.projection.config import PRESETS, ProjectionConfig, preset_config
from latentedit.projection.project import project
from latentedit.projection.step import ProjectionStep, State

__all__ = ["PRESETS", "ProjectionConfig", "ProjectionStep", "State", "preset_config", "project"]
