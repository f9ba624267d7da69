"""Many jobs at once: in processes of this machine, or on a Ray cluster."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from functools import partial
from multiprocessing import get_context
from typing import Any, Literal

from latentedit_training.study.jobs import StudyJob, do_job

EngineName = Literal["local", "ray"]


def run_jobs(
    jobs: Sequence[StudyJob], *, engine: EngineName = "local", workers: int = 1, address: str | None = None
) -> Iterator[dict[str, Any]]:
    """Do jobs, and give each one's result when it is there, in any order.

    Args:
        jobs: independent of each other.
        engine: ``local`` for processes of this machine, ``ray`` for a cluster whose machines share the file system.
        workers: how many at once; the machine's processors are shared among them.
        address: of a Ray cluster; None starts one on this machine.

    Raises:
        LatentEditError: a job's data or settings cannot be used; the others are given up.
        ResourceError: Ray is missing or cannot be reached.
    """
    threads = max((os.cpu_count() or 1) // workers, 1)
    if engine == "ray":
        yield from _on_ray(jobs, workers, threads, address)
    elif workers == 1:
        for job in jobs:
            yield do_job(job)
    else:
        # Spawned: a forked process would share torch's threads, which it does not have.
        with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
            futures = [pool.submit(partial(do_job, threads=threads), job) for job in jobs]
            try:
                for future in as_completed(futures):
                    yield future.result()
            finally:
                pool.shutdown(cancel_futures=True)


def _on_ray(jobs: Sequence[StudyJob], workers: int, threads: int, address: str | None) -> Iterator[dict[str, Any]]:
    from latentedit.ray_connection import connected

    with connected(address, workers) as ray:
        remote = ray.remote(do_job).options(num_cpus=threads, max_retries=1)
        waiting = {remote.remote(job, threads=threads) for job in jobs}
        while waiting:
            done, _ = ray.wait(list(waiting))
            for reference in done:
                waiting.remove(reference)
                yield ray.get(reference)
