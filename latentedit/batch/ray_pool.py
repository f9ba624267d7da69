"""A few Ray workers that share out jobs, are replaced when they die, and whose steps come back as they happen."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Generator as Steps
from dataclasses import dataclass, field, replace
from typing import Any

from latentedit.batch.job import Job, JobStep, failed_by_a_bug
from latentedit.errors import ResourceError

MAX_ATTEMPTS = 2
"""How often a job is begun whose worker dies."""
MAX_FAILED_STARTS = 3
"""So many workers in a row may die before one of them is ready."""


@dataclass(eq=False)
class _Busy:
    """A worker with what is awaited of it: that it is ready, or the next step of its job."""

    actor: Any
    awaited: Any
    job: Job | None = None


@dataclass(eq=False)
class WorkerPool:
    """Shares jobs out.

    Attributes:
        ray: the module, connected.
        make: starts a worker, an actor with a streaming method ``attempt(job)``.
        size: how many workers there are.
    """

    ray: Any
    make: Callable[[], Any]
    size: int
    _busy: list[_Busy] = field(default_factory=list)
    _again: deque[Job] = field(default_factory=deque)
    _attempts: dict[int, int] = field(default_factory=dict)
    _failed_starts: int = 0

    def run(self, jobs: Iterable[Job]) -> Steps[JobStep, None, None]:
        """Do the jobs; each job's first step is ``started``, its last ``ended``.

        Raises:
            ResourceError: no worker starts.
        """
        left = iter(jobs)
        try:
            self._busy = [self._starting() for _ in range(self.size)]
            while self._busy:
                ready, _ = self.ray.wait([worker.awaited for worker in self._busy], num_returns=1, fetch_local=False)
                worker = next(worker for worker in self._busy if worker.awaited == ready[0])
                yield from self._heard_of(worker, left)
        finally:
            for worker in self._busy:
                self.ray.kill(worker.actor)

    def _starting(self) -> _Busy:
        actor = self.make()
        return _Busy(actor, actor.__ray_ready__.remote())

    def _heard_of(self, worker: _Busy, left: Iterator[Job]) -> Iterator[JobStep]:
        """Take what a worker has to tell, and give it the next job when it is free."""
        from ray.exceptions import RayActorError, RayError

        try:
            step = self._next_step(worker)
        except RayActorError as error:
            yield from self._died(worker, error)
            return
        except RayError as error:  # not the job's failure, which comes as a step: it could not be sent or was not understood
            assert worker.job is not None
            record = failed_by_a_bug(worker.job, str(error).strip().splitlines()[-1])
            step = JobStep(worker.job.number, "ended", record=record)
        if step is not None:
            yield step
        if step is None or step.phase == "ended":
            yield from self._occupy(worker, left)

    def _next_step(self, worker: _Busy) -> JobStep | None:
        """The step that has come; None when the worker is just ready."""
        if worker.job is None:
            self.ray.get(worker.awaited)
            self._failed_starts = 0
            return None
        step: JobStep = self.ray.get(next(worker.awaited))
        return step

    def _occupy(self, worker: _Busy, left: Iterator[Job]) -> Iterator[JobStep]:
        job = self._again.popleft() if self._again else next(left, None)
        if job is None:
            self._busy.remove(worker)
            self.ray.kill(worker.actor)
            return
        self._attempts[job.number] = self._attempts.get(job.number, 0) + 1
        yield JobStep(job.number, "started")
        worker.job, worker.awaited = job, worker.actor.attempt.options(num_returns="streaming").remote(job)

    def _died(self, worker: _Busy, error: Exception) -> Iterator[JobStep]:
        self._busy.remove(worker)
        job = worker.job
        if job is None:
            self._failed_starts += 1
            if self._failed_starts >= MAX_FAILED_STARTS:
                reason = str(error).strip().splitlines()[-1]
                hint = "latentedit[ray] must be installed on every machine of the cluster."
                raise ResourceError(f"Ray's workers do not start: {reason}", hint=hint) from error
        elif self._attempts[job.number] < MAX_ATTEMPTS:
            self._again.append(job)
        else:
            record = replace(
                job.started(),
                status="failed",
                error=f"The worker died {MAX_ATTEMPTS} times while it worked on this.",
                hint="Perhaps its memory did not suffice: use fewer workers, or a smaller photograph.",
            )
            yield JobStep(job.number, "ended", record=record)
        self._busy.append(self._starting())
