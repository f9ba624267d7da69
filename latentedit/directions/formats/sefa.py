"""Factors of ``closed_form_factorization.py`` of rosinality's StyleGAN2 (Shen & Zhou, 2021, arXiv:2007.06600, SeFa): ``eigvec`` [w_dim, count].

Its columns are the directions: it is ``V`` of the singular value decomposition of the modulation weights, strongest first.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from latentedit.directions.formats.found import FoundDirection, numbered
from latentedit.errors import DirectionError


def read_sefa(tree: Any, name: str) -> tuple[FoundDirection, ...] | None:
    """The factors as ``sefa_1``...; None when ``tree`` is no such dictionary.

    Raises:
        DirectionError: ``eigvec`` is no matrix.
    """
    if not (isinstance(tree, dict) and "eigvec" in tree):
        return None
    vectors = tree["eigvec"]
    if not (isinstance(vectors, np.ndarray) and vectors.ndim == 2):
        raise DirectionError(f"{name} holds an eigvec that is no matrix.")
    return numbered("sefa", list(vectors.T), name, provenance="closed-form factor (SeFa)")
