"""Kill a process that saves two projects in turn over one file; after each kill one of them must be there, whole."""

from __future__ import annotations

from dataclasses import replace

from killing import Arguments, killed, temporary_files, undisturbed
from projects import assert_same, full_project

from latentedit.project_file import load_project, save_project

SMALL, LARGE = full_project(1), replace(full_project(2), photo_data=bytes(3_000_000))


def main() -> None:
    arguments = Arguments.parse()
    path = arguments.folder / "x.ledit"

    def save_both() -> None:
        for project in (LARGE, SMALL):
            save_project(path, project)

    def save_for_ever() -> None:
        while True:
            save_both()

    both_take = undisturbed(save_both)
    seen, cut_short, done = set(), 0, 0
    while done < arguments.kills or (done < 20 * arguments.kills + 100 and not (len(seen) == 2 and cut_short)):
        done += 1
        assert killed(save_for_ever, arguments.random.uniform(0, 3 * both_take))
        found = load_project(path)
        assert_same(found, LARGE if len(found.photo_data) > 10_000 else SMALL)
        seen.add(len(found.photo_data))
        cut_short += bool(temporary_files(arguments.folder))
    assert len(seen) == 2, "the kills never came after a save"
    assert cut_short, "the kills never came within a save"
    undisturbed(save_both)
    assert list(arguments.folder.iterdir()) == [path]


if __name__ == "__main__":
    main()
