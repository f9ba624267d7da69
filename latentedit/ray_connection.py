"""Ray, an optional dependency (``latentedit[ray]``) that is imported only here: a cluster that runs already, or one on this machine for a while.

Its usage reports are switched off: nothing leaves the machines.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlsplit

from latentedit.errors import ResourceError

INSTALL_HINT = "Install it with: pip install 'latentedit[ray]'"
_QUIET = {"RAY_USAGE_STATS_ENABLED": "0", "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0"}
_LOCAL_HOST = "127.0.0.1"
_ANSWER_S = 10.0
_SHORT_TEMP = "/tmp" if os.name == "posix" else None
"""Ray puts sockets into its folder, whose paths may have about a hundred characters; a system's own temporary folder can be too deep."""


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
