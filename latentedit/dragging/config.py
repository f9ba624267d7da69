"""How points are dragged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Reference = Literal["start", "current"]
MovedLayers = tuple[int, ...] | Literal["seen", "published"]


@dataclass(frozen=True)
class DragConfig:
    """Settings of a drag, measured in docs/results/drag.md. All lengths are shares of the square's side.

    Attributes:
        feature_px: at which resolution features are looked at; the nearest one that the generator gives is taken.
        learning_rate: Adam's, in deviations of one number of ``w`` over the prior, ``w_std / sqrt(w_dim)``.
        layers: which styles move: all that the features at ``feature_px`` ``seen`` depend on, those in the roles of StyleGAN2's first six as
            ``published``, or these.
        reference: what the features at the shifted place are to become: those around the handle at the ``start``, or those around it in the
            ``current`` drawing, as published, which lets every step forget a little of what was there.
        motion_radius: of the disc around a handle whose features are moved (the paper's r1).
        motion_step: how far ahead of itself a handle is pulled.
        search_radius: half the side of the square in which a handle is looked for after a step (the paper's r2).
        search_spacing: of the places in it that are tried.
        match_radius: of the disc whose features are compared to find it again; 0 compares a single place, as published.
        keep_weight: of the mean change of the features that were to be kept (the paper's lambda, which is of a mean over the whole map).
        tolerance: how near is near enough.
        max_steps: when to give up.
    """

    feature_px: int = 64
    learning_rate: float = 0.01
    layers: MovedLayers = "seen"
    reference: Reference = "start"
    motion_radius: float = 24 / 1024
    motion_step: float = 4 / 1024
    search_radius: float = 20 / 1024
    search_spacing: float = 4 / 1024
    match_radius: float = 16 / 1024
    keep_weight: float = 1.0
    tolerance: float = 2 / 1024
    max_steps: int = 120


PUBLISHED = DragConfig(
    feature_px=128,
    learning_rate=0.0025,
    layers="published",
    keep_weight=20.0,
    reference="current",
    motion_radius=3 / 512,
    motion_step=1 / 512,
    search_radius=12 / 512,
    search_spacing=1 / 512,
    match_radius=0.0,
    max_steps=300,
)
"""The settings of Pan et al. (section 4 and their program), to compare with; but for places between pixels, which they do not look for."""
