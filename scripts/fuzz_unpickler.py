"""Look for files that the readers of checkpoints do not bear, led by what of their code each file reaches (atheris, which is libFuzzer for Python).

    pip install 'latentedit[fuzz]'      # wheels for Linux on x86-64
    python scripts/fuzz_unpickler.py --minutes 10 --seed 0

It begins with small files of all kinds, sound ones and those of tests/checkpoints/hostile*.py. A finding is: another exception than the one error, a
result that is no data, something that was run, a crash, more than --seconds, or more than --memory MiB. The search ends with the first; its file is kept
in --findings, and `--only FILE` reads it again.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from random import Random

REPOSITORY = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(REPOSITORY / "tests"), str(REPOSITORY)]
LARGEST = 8192
PLANTED = b"a planted finding"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("--memory", type=int, default=1536, help="MiB, of the whole process")
    parser.add_argument("--findings", type=Path, default=Path("findings"))
    parser.add_argument("--only", type=Path)
    parser.add_argument("--plant", action="store_true", help=argparse.SUPPRESS)  # for the test that a finding is seen
    parser.add_argument("--worker", nargs=argparse.REMAINDER, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.only is not None:
        return read_one(arguments.only.read_bytes())
    if importlib.util.find_spec("atheris") is None:
        print("atheris is not installed; for Linux on x86-64: pip install 'latentedit[fuzz]'", file=sys.stderr)
        return 4
    if arguments.worker is not None:
        search(arguments.worker, plant=arguments.plant)
    return watch(arguments)


def watch(arguments: argparse.Namespace) -> int:
    """Search in a process of its own, since a finding may end it, and tell what came of it."""
    arguments.findings.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        corpus, words = Path(folder, "corpus"), Path(folder, "words")
        corpus.mkdir()
        sound = seeds()
        for number, data in enumerate(sound):
            (corpus / f"{number:04}").write_bytes(data)
        if arguments.plant:
            (corpus / "planted").write_bytes(PLANTED)
        words.write_text("".join(f'"{entry}"\n' for entry in dictionary()), encoding="ascii")
        command = [sys.executable, __file__, *(["--plant"] if arguments.plant else []), "--worker"]
        command += [
            f"-max_total_time={max(1, round(arguments.minutes * 60))}",
            f"-seed={arguments.seed + 1}",
            f"-max_len={LARGEST}",
        ]
        command += [
            f"-timeout={arguments.seconds}",
            f"-rss_limit_mb={arguments.memory}",
            f"-dict={words}",
            "-print_final_stats=1",
        ]
        command += [f"-artifact_prefix={arguments.findings.resolve()}/", str(corpus)]
        with tempfile.TemporaryDirectory() as work:
            told = subprocess.run(command, cwd=work, stderr=subprocess.PIPE, text=True, errors="replace", check=False)
            left = [entry.name for entry in Path(work).iterdir()]
    log = arguments.findings / "log.txt"
    log.write_text(told.stderr, encoding="utf-8")
    executed = re.findall(r"stat::number_of_executed_units:\s+(\d+)", told.stderr)
    reached = re.findall(r"cov: (\d+) ft: (\d+) corp: (\d+)", told.stderr)
    if told.returncode or left or not executed:
        print(f"a finding: see {log} and the files beside it; left behind: {left}")
        return 1
    coverage, features, kept = reached[-1]
    print(f"{executed[0]} files from {len(sound)} seeds, seed {arguments.seed}, in {arguments.minutes:g} min: no findings")
    print(f"reached: {coverage} branches ({reached[0][0]} by the seeds), {features} of them or their counts; kept {kept} files")
    return 0


def seeds() -> list[bytes]:
    """Small files of all kinds."""
    from checkpoints.hostile_all import ALL
    from fuzz.seeds import seeds as sound

    files = [data for name, data in sound().items() if not name.startswith("ledit")]
    return sorted({data for data in [*files, *(hostile.data for hostile in ALL.values())] if 0 < len(data) <= LARGEST})


def dictionary() -> list[str]:
    """What a file of this kind may name, as libFuzzer reads it."""
    from latentedit.checkpoints.allowed_names import allowed_names
    from latentedit.checkpoints.budget import Budget

    return [f"c{module}\\x0a{name}\\x0a" for module, name in allowed_names(Budget(0))]


def search(flags: list[str], *, plant: bool) -> None:
    """What the worker does; it never returns."""
    import atheris

    with atheris.instrument_imports(include=["latentedit.checkpoints", "pickletools", "zipfile"]):
        from fuzz.mutations import ZIP_START, in_zip
        from fuzz.reading import read

    def changed(data: bytes, size: int, seed: int) -> bytes:
        """Members of zip files are changed in their own right: a changed zip file is mostly one with a wrong sum."""
        random = Random(seed)
        if data.startswith(ZIP_START) and random.random() < 0.5:
            return in_zip(data, random, [data])[:size]
        return atheris.Mutate(data, size)

    def once(data: bytes) -> None:
        if plant and data == PLANTED:
            raise RuntimeError(data)
        read(data)

    atheris.Setup([sys.argv[0], *flags], once, custom_mutator=changed)
    atheris.Fuzz()


def read_one(data: bytes) -> int:
    from fuzz.reading import read

    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        print(read(data))
        os.chdir("/")
    return 0


if __name__ == "__main__":
    sys.exit(main())
