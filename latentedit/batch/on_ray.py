"""The batch engine over Ray: jobs go to workers on this machine or on a cluster, and come back as the same steps.

Ray is an optional dependency (``latentedit[ray]``); see :mod:`latentedit.ray_connection`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from collections.abc import Generator as Steps
from functools import partial
from typing import TYPE_CHECKING

from latentedit.batch.job import Job, JobStep, attempt
from latentedit.batch.ray_pool import WorkerPool
from latentedit.batch.workbench import Workbench
from latentedit.ray_connection import connected, import_ray

if TYPE_CHECKING:
    from latentedit.assets import AssetStore
    from latentedit.engine import Engine

DEFAULT_WORKERS = 2


class Worker:
    """What runs in each of Ray's worker processes; everything is loaded once, by the first job."""

    def __init__(self, make_bench: Callable[[], Workbench]) -> None:
        self._bench = make_bench()

    def attempt(self, job: Job) -> Iterator[JobStep]:
        """As :func:`~latentedit.batch.job.attempt`."""
        yield from attempt(job, self._bench)


class RayEngine:
    """Does jobs on Ray workers. A worker that dies is replaced and its job tried once more.

    Workers read the photographs and write the results themselves, by the same paths as here: on a cluster both must lie on a file system
    that all machines share.
    """

    def __init__(
        self,
        device: str = "cpu",
        store: AssetStore | None = None,
        *,
        workers: int | None = None,
        address: str | None = None,
        make_bench: Callable[[], Workbench] | None = None,
    ) -> None:
        """
        Args:
            device: what the workers draw with.
            store: where this process keeps weights; workers use their own machine's.
            workers: how many; two if None.
            address: of a cluster that runs already; None starts one on this machine for as long as the jobs take.
            make_bench: makes what a worker loads, called in the worker.

        Raises:
            ResourceError: Ray is not installed.
        """
        import_ray()
        self._bench = Workbench("cpu", store)
        self._address = address
        self._workers = workers or DEFAULT_WORKERS
        offline = store is not None and store.offline
        self._make_bench = make_bench or partial(make_workbench, device, offline)

    @property
    def engine(self) -> Engine:
        """As of :class:`~latentedit.batch.run.BatchEngine`; on this machine's CPU."""
        return self._bench.engine

    def run(self, jobs: Iterable[Job]) -> Steps[JobStep, None, None]:
        """As of :class:`~latentedit.batch.run.BatchEngine`.

        Raises:
            ResourceError: the cluster cannot be reached, or no worker starts.
        """
        with connected(self._address, self._workers) as ray:
            cpus = max(1, int(ray.cluster_resources().get("CPU", 1)))
            workers = min(self._workers, cpus)
            # Ray gives a worker's torch as many threads as the worker has processors.
            make = partial(ray.remote(Worker).options(num_cpus=cpus // workers, max_restarts=0).remote, self._make_bench)
            yield from WorkerPool(ray, make, workers).run(jobs)


def make_workbench(device: str, offline: bool) -> Workbench:
    """The workbench of a worker, with the weights of the machine that it runs on."""
    from latentedit.assets import AssetStore

    return Workbench(device, AssetStore.default(offline=offline))
