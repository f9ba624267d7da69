"""Many photographs at once: :func:`run_batch` edits each into a file of its own, survives kills, and goes on where it was."""

from latentedit.batch.config import BatchConfig
from latentedit.batch.inputs import BatchItem, find_items
from latentedit.batch.local import LocalEngine
from latentedit.batch.manifest import MANIFEST_NAME, Record, read_manifest
from latentedit.batch.run import BatchEngine, BatchStep, run_batch
from latentedit.batch.tempo import Tempo
from latentedit.batch.workbench import Workbench

__all__ = [
    "MANIFEST_NAME",
    "BatchConfig",
    "BatchEngine",
    "BatchItem",
    "BatchStep",
    "LocalEngine",
    "Record",
    "Tempo",
    "Workbench",
    "find_items",
    "read_manifest",
    "run_batch",
]
