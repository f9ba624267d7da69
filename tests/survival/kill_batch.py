"""Kill a batch; after each kill every file must be whole, and whoever goes on gets the very results of a batch that nobody disturbed."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import torch
from killing import Arguments, killed, temporary_files, undisturbed
from toy_batch import CONFIG, files_in, other_edit, run, write_photo

import latentedit.kept_projection
from latentedit.batch import MANIFEST_NAME, BatchConfig, read_manifest
from latentedit.defaults import PROJECT_SUFFIX
from latentedit.project_file import load_project

FIRST = replace(CONFIG, keep_projects=True)
SECOND = other_edit(FIRST)
Results = dict[str, bytes]


def results(folder: Path) -> Results:
    """Each result by its name; of a project the latents alone, since it also holds how long it took."""
    hidden = [path.relative_to(folder).as_posix() for path in folder.rglob(".*")]
    shown = {name: data for name, data in files_in(folder).items() if not name.startswith(tuple(hidden))}
    return {name: _essence(folder / name, data) for name, data in shown.items()}


def _essence(path: Path, data: bytes) -> bytes:
    if path.suffix != PROJECT_SUFFIX:
        return data
    project = load_project(path)  # which checks that it is whole
    assert project.faces[0].latents is not None
    return repr((project.faces[0].latents.key, project.state)).encode()


def require_whole(folder: Path, *allowed: Results) -> None:
    """Every file that is there is one of those that may be there, and the manifest can be read."""
    for name, found in results(folder).items():
        assert any(found == known.get(name) for known in allowed), f"{name} is neither the old file nor the new one"
    for record in read_manifest(folder / MANIFEST_NAME).values():
        assert record.status in ("started", "done"), record


def main() -> None:
    torch.set_num_threads(1)
    latentedit.kept_projection.SAVE_EVERY_S = 0.0  # so that many kills come within the saving of progress
    arguments = Arguments.parse()
    folder, random = arguments.folder, arguments.random
    for name in ("a.png", "b.jpg", "s/a.tif"):
        write_photo(folder / "in" / name)
    out = folder / "out"

    def batch(config: BatchConfig) -> Callable[[], None]:
        def work() -> None:
            run(folder, config, resume=out.exists())

        return work

    anew_takes = undisturbed(batch(SECOND))
    expected = {SECOND: results(out)}
    over_takes = undisturbed(batch(FIRST))  # with the projects that are there
    expected[FIRST] = results(out)
    assert len(expected[FIRST]) == 6 and expected[FIRST] != expected[SECOND]

    def complete(config: BatchConfig) -> None:
        undisturbed(batch(config))
        assert results(out) == expected[config], "not the results of an undisturbed batch"
        assert sorted(files_in(out)) == sorted(expected[config]), "something was left behind"

    within, cut_short = 0, 0
    config, before = FIRST, [FIRST]
    for _ in range(arguments.kills):
        if random.random() < 0.5:
            complete(config)
            before = [config]
        anew = random.random() < 0.5
        if anew:
            shutil.rmtree(out)
        else:
            config = SECOND if config is FIRST else FIRST
        before.append(config)
        within += killed(batch(config), random.uniform(0, anew_takes if anew else over_takes))
        if out.exists():
            require_whole(out, *(expected[known] for known in before))
            cut_short += bool(temporary_files(out))
    complete(config)
    assert within, "the kills always came after the work"
    print(f"{within} kills came within a batch, {cut_short} of them within a write")


if __name__ == "__main__":
    main()
