"""The batch engine over Ray: jobs go to workers on this machine or on a cluster, and come back as the same steps.

Ray is an optional dependency (``latentedit[ray]``) and is imported only here. Its usage reports are switched off: nothing leaves the machines.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Generator as Steps
from contextlib import ExitStack, contextmanager
from functools import partial
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from latentedit.batch.job import Job, JobStep, attempt
from latentedit.batch.ray_pool import WorkerPool
from latentedit.batch.workbench import Workbench
from latentedit.errors import ResourceError

if TYPE_CHECKING:
    from latentedit.assets import AssetStore
    from latentedit.engine import Engine

DEFAULT_WORKERS = 2
INSTALL_HINT = "Install it with: pip install 'latentedit[ray]'"
_QUIET = {"RAY_USAGE_STATS_ENABLED": "0", "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0"}
_LOCAL_HOST = "127.0.0.1"
_ANSWER_S = 10.0
_SHORT_TEMP = "/tmp" if os.name == "posix" else None
"""Ray puts sockets into its folder, whose paths may have about a hundred characters; a system's own temporary folder can be too deep."""


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


def import_ray() -> Any:
    """Ray, with its usage reports off.

    Raises:
        ResourceError: it is not installed.
    """
    os.environ.update(_QUIET)  # read when Ray is imported, and by the processes that it starts
    try:
        import ray
    except ImportError as error:
        raise ResourceError("Ray is not installed.", hint=INSTALL_HINT) from error
    return ray


@contextmanager
def connected(address: str | None, workers: int) -> Iterator[Any]:
    """A connection to a cluster, or to one on this machine that is ended with it; one that the caller has already is used and kept.

    Raises:
        ResourceError: the cluster cannot be reached.
    """
    ray = import_ray()
    if ray.is_initialized():
        yield ray
        return
    options: dict[str, Any] = {"include_dashboard": False, "log_to_driver": False, "configure_logging": False}
    with ExitStack() as ending:
        if address is None:
            folder = ending.enter_context(
                TemporaryDirectory(prefix="latentedit-ray-", dir=_SHORT_TEMP, ignore_cleanup_errors=True)
            )
            cpus = max(os.cpu_count() or 1, workers)
            options |= {"address": "local", "num_cpus": cpus, "_node_ip_address": _LOCAL_HOST, "_temp_dir": folder}
        else:
            _require_answer(address, ray.util.get_node_ip_address())
            options["address"] = address
        try:
            ray.init(**options)
        except (ConnectionError, ValueError, RuntimeError, OSError) as error:
            if address is not None:
                raise _unreachable(address, error) from error
            raise ResourceError(f"Ray does not start on this machine ({_reason(error)}).", hint="Try --engine local.") from error
        ending.callback(ray.shutdown)
        yield ray


def _require_answer(address: str, own_host: str) -> None:
    """Fail at once where nobody listens: Ray would try for minutes.

    Raises:
        ResourceError: nobody does.
    """
    parts = urlsplit(address if "://" in address else f"//{address}")
    try:
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise _unreachable(address, error) from error
    if host is None or port is None:  # a word such as "auto"
        return
    failure: OSError | None = None
    for place in (host, own_host) if host in ("localhost", _LOCAL_HOST) else (host,):
        try:
            socket.create_connection((place, port), timeout=_ANSWER_S).close()
            return
        except OSError as error:
            failure = error
    assert failure is not None
    raise _unreachable(address, failure) from failure


def _unreachable(address: str, error: Exception) -> ResourceError:
    hint = "Is it running, and the address right? Look with: ray status --address=HOST:PORT"
    return ResourceError(f"The Ray cluster at {address} cannot be reached ({_reason(error)}).", hint=hint)


def _reason(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return (str(error).strip().splitlines() or [type(error).__name__])[0].rstrip(".")
