"""The batch engine of this process: one photograph after the other, with all of the machine's cores for each."""

from __future__ import annotations

from collections.abc import Generator as Steps
from collections.abc import Iterable
from contextlib import closing
from typing import TYPE_CHECKING

from latentedit.batch.job import Job, JobStep, attempt
from latentedit.batch.workbench import Workbench

if TYPE_CHECKING:
    from latentedit.engine import Engine


class LocalEngine:
    """Does jobs in this process."""

    def __init__(self, bench: Workbench) -> None:
        self._bench = bench

    @property
    def engine(self) -> Engine:
        """As of :class:`~latentedit.batch.run.BatchEngine`."""
        return self._bench.engine

    def run(self, jobs: Iterable[Job]) -> Steps[JobStep, None, None]:
        """As of :class:`~latentedit.batch.run.BatchEngine`."""
        for job in jobs:
            yield JobStep(job.number, "started")
            # Closed at once, not when the memory is collected: files and progress are in a known state then.
            with closing(attempt(job, self._bench)) as steps:
                yield from steps
