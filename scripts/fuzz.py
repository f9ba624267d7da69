"""Read thousands of damaged and hostile files: each must give a right result or one clean error.

    python scripts/fuzz.py --count 10000 --seed 0

The files are made of sound ones (tests/fuzz/seeds.py) by tests/fuzz/mutations.py. They are read in a process of its own, one after another: another
exception, a crash, more than --seconds, more than --memory MiB beside what the program takes itself, or something that was run is a finding. With
--only N, file N alone is tried, and kept with --keep FILE.
"""

from __future__ import annotations

import argparse
import collections
import json
import os
import subprocess
import sys
import tempfile
import time
import traceback
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--memory", type=int, default=1024, help="MiB")
    parser.add_argument("--only", type=int)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--worker", type=int, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.worker is not None:
        return work(arguments.worker, arguments.count, arguments.seed, arguments.seconds, arguments.memory)
    if arguments.only is not None:
        return try_one(arguments.only, arguments.seed, arguments.keep)
    return watch(arguments)


def watch(arguments: argparse.Namespace) -> int:
    """Run workers until all files are tried; a worker that dies is a finding, and the next begins behind it."""
    outcomes: collections.Counter[str] = collections.Counter()
    findings: list[str] = []
    slowest, largest, done, start = (0.0, -1), 0, 0, time.monotonic()
    command = [sys.executable, __file__, "--seed", str(arguments.seed), "--count", str(arguments.count)]
    command += ["--seconds", str(arguments.seconds), "--memory", str(arguments.memory)]
    while done < arguments.count:
        with subprocess.Popen([*command, "--worker", str(done)], stdout=subprocess.PIPE, text=True) as worker:
            assert worker.stdout is not None
            for line in worker.stdout:
                told = json.loads(line)
                done = told["number"] + 1
                outcomes[told["outcome"]] += 1
                slowest = max(slowest, (told["seconds"], told["number"]))
                largest = max(largest, told["mib"])
                if told["outcome"] == "finding":
                    findings.append(f"{told['number']} ({told['name']}): {told['what']}")
                if done % 500 == 0:
                    print(f"{done} of {arguments.count}: {dict(outcomes)}", file=sys.stderr, flush=True)
        if done < arguments.count:
            findings.append(f"{done}: the worker ended with {worker.returncode}")
            outcomes["finding"] += 1
            done += 1
    print(*findings, sep="\n")
    print(f"{arguments.count} files, seed {arguments.seed}, in {time.monotonic() - start:.0f} s: {dict(outcomes)}")
    print(f"slowest: {slowest[0]:.2f} s (file {slowest[1]}); most memory beside the program's own: {largest} MiB")
    return 1 if findings else 0


def work(first: int, count: int, seed: int, seconds: float, memory_mib: int) -> int:
    """Try files ``first`` to ``count``, a line of JSON for each."""
    import faulthandler
    import resource

    from fuzz.limits import own_address_space, peak_mib, resident_mib
    from fuzz.seeds import seeds
    from fuzz.trial import Fuzzer, try_file

    from latentedit.engine import Engine

    fuzzer, engine = Fuzzer(seeds(), seed), Engine("cpu")
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        os.environ["LATENTEDIT_HOME"] = folder
        path = Path("file")
        path.write_bytes(fuzzer.sound["ledit-drawn"])
        try_file(path, engine)  # loads all that is loaded on demand
        own = resident_mib()
        address_space = own_address_space() + memory_mib * 2**20
        resource.setrlimit(resource.RLIMIT_AS, (address_space, resource.RLIM_INFINITY))
        for number in range(first, count):
            name, data = fuzzer.file(number)
            path.write_bytes(data)
            told = {"number": number, "name": name, "outcome": "finding", "what": ""}
            faulthandler.dump_traceback_later(seconds, exit=True)
            start = time.process_time()
            try:
                told["outcome"] = try_file(path, engine)
            except BaseException as error:  # a panic of a library in Rust is no Exception
                where = traceback.extract_tb(error.__traceback__)[-1]
                told["what"] = f"{type(error).__name__}: {error} ({Path(where.filename).name}:{where.lineno})"
            faulthandler.cancel_dump_traceback_later()
            told |= {"seconds": round(time.process_time() - start, 3), "mib": max(0, peak_mib() - own)}
            print(json.dumps(told), flush=True)
        os.chdir("/")
    return 0


def try_one(number: int, seed: int, keep: Path | None) -> int:
    """One file, with its traceback."""
    from fuzz.seeds import seeds
    from fuzz.trial import Fuzzer, try_file

    from latentedit.engine import Engine

    name, data = Fuzzer(seeds(), seed).file(number)
    if keep is not None:
        keep.write_bytes(data)
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        Path("file").write_bytes(data)
        print(f"file {number}, of {name}, {len(data)} bytes: {try_file(Path('file'), Engine('cpu'))}")
        os.chdir("/")
    return 0


if __name__ == "__main__":
    sys.exit(main())
