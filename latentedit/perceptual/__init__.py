"""Distances between images that see what people see."""

from latentedit.perceptual.lpips import Lpips, LpipsNet, load_lpips

__all__ = ["Lpips", "LpipsNet", "load_lpips"]
