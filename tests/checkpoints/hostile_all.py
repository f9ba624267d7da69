"""All hostile files by name."""

from __future__ import annotations

from checkpoints.hostile import Hostile
from checkpoints.hostile_calls import CALLS
from checkpoints.hostile_files import FILES
from checkpoints.hostile_work import WORK
from checkpoints.tar_files import TARS

ALL: dict[str, Hostile] = {**CALLS, **WORK, **FILES, **TARS}
