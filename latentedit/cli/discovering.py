"""What all methods of ``latentedit directions discover`` do before and after the work: check names, show progress, keep samples, write and tell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from latentedit.cli.console import print_json, print_table, step_bar, tell
from latentedit.cli.direction_facts import OWN, facts
from latentedit.cli.options import require_different, require_folder, require_picture, require_spared
from latentedit.cli.scoring import SamplesKeeper
from latentedit.cli.told_measures import effect_in_words, in_words, print_effects
from latentedit.cli.trying import Search, Tried, try_all
from latentedit.defaults import DEFAULT_PSI
from latentedit.errors import UsageError

if TYPE_CHECKING:
    from latentedit.assets import AssetStore
    from latentedit.directions import Direction
    from latentedit.directions.discovery_step import DiscoveryStep, Finding
    from latentedit.generators import Generator, GeneratorSpec

SHEET_SEEDS = (1, 2, 3)
"""The faces of a contact sheet; of ``generate --seeds 1-3``."""
_SCORED_ADVICE = "Draw more samples (--count), choose other --layers, or score another attribute."
ADVICE = {
    "interfacegan": _SCORED_ADVICE,
    "stylespace": f"{_SCORED_ADVICE} Or use interfacegan, which joins many channels.",
    "examples": "Sort more faces, twenty of each or more, that differ in this alone.",
    "sefa": "",
    "ganspace": "",
}
"""What to do about a direction that does not do what it was found for, by method."""


@dataclass(frozen=True)
class Results:
    """What becomes of the findings.

    Attributes:
        name: under which they are kept in the user's library; ``NAME_1``... where there are several.
        output: a file of directions.
        sheet: a contact sheet.
        overwrite: whether directions of the library may be replaced.
        measured_faces: on how many faces all scores are measured.
        trial_faces: on how many faces ranges are measured, and whether the direction does what it was found for.
        as_json: whether to print one JSON document.
    """

    name: str | None
    output: Path | None
    sheet: Path | None
    overwrite: bool
    measured_faces: int
    trial_faces: int
    as_json: bool

    def check(
        self,
        spec: GeneratorSpec,
        several: int,
        samples: Path | None = None,
        inputs: Sequence[tuple[str, str | Path | None]] = (),
    ) -> None:
        """Fail before the work when something could not be written.

        Args:
            several: how many directions may be found.
            samples: a file to read and to write.
            inputs: the files that are only read, as for :func:`~latentedit.cli.options.require_spared`.

        Raises:
            UsageError: nothing would be kept, a name cannot be used, or two files are the same.
            StorageError: a folder is missing.
        """
        from latentedit.directions.library import SUFFIX, DirectionLibrary, check_name
        from latentedit.directions.pack import default_directions

        if self.name is None and self.output is None and self.sheet is None:
            raise UsageError("Nothing would be kept.", hint="Give --name NAME, -o FILE.safetensors or --sheet FILE.png.")
        for path in (self.output, samples):
            if path is not None:
                require_folder(path)
                if path.suffix != SUFFIX:
                    raise UsageError(f"{path.name} is no name for such a file.", hint=f"End it with {SUFFIX}.")
        if self.sheet is not None:
            require_folder(self.sheet)
            require_picture(self.sheet)
        require_different({"directions": self.output, "contact sheet": self.sheet, "samples": samples})
        for path in (self.output, self.sheet, samples):
            require_spared(path, inputs)
        if self.name is None:
            return
        library = {name.casefold() for name in DirectionLibrary.default().names(spec)}
        shipped = {name.casefold() for name in default_directions(spec)}
        for name in [self.name, *(numbered_name(self.name, number, several) for number in range(1, several + 1))]:
            check_name(name)
            if name.casefold() in shipped:
                raise UsageError(f"The name {name} ships with {spec.name}.", hint=f"Choose another, such as my-{name}.")
            if name.casefold() in library and not self.overwrite:
                raise UsageError(f"There is a direction {name} already.", hint="Choose another name, or add --replace.")


def numbered_name(name: str, number: int, several: int) -> str:
    """What the direction of a number is called."""
    return name if several == 1 else f"{name}_{number}"


def run_steps(steps: Iterator[DiscoveryStep], keeper: SamplesKeeper | None = None) -> tuple[Finding, ...]:
    """Go through a discovery with a progress bar; returns what it found."""
    findings: tuple[Finding, ...] = ()
    with step_bar() as bar:
        task = bar.add_task("finding directions", total=None)
        for step in steps:
            bar.update(task, total=step.total, completed=step.number, description=step.phase)
            if keeper is not None and step.sample is not None:
                keeper.add(step.sample)
            findings = step.findings
    return findings


def deliver(
    method: str, G: Generator, findings: Sequence[Finding], results: Results, store: AssetStore, search: Search | None = None
) -> None:
    """Try the findings on other faces, keep them, draw the sheet, and tell about them."""
    from latentedit.directions import DirectionLibrary
    from latentedit.directions.formats.pack_file import write_pack

    search = search or Search()
    tried = try_all(G, findings, search, store, trial=results.trial_faces, measure=results.measured_faces)
    directions = [one.finding.direction for one in tried]
    if results.name is not None:
        directions = [
            replace(direction, name=numbered_name(results.name, number, len(directions)))
            for number, direction in enumerate(directions, start=1)
        ]
    kept: tuple[Path, ...] = ()
    if results.name is not None:
        kept = DirectionLibrary.default().add_all(directions, G.spec, replace=results.overwrite)
    if results.output is not None:
        write_pack(results.output, directions, G.spec)
    if results.sheet is not None:
        draw_sheet(G, directions, results.sheet)
    if results.as_json:
        print_json(
            {
                "method": method,
                "generator": G.spec.name,
                "output": None if results.output is None else str(results.output),
                "sheet": None if results.sheet is None else str(results.sheet),
                "samples": len(search.samples),
                "found": [
                    {
                        **facts(direction, OWN),
                        "path": str(kept[i]) if kept else None,
                        "measures": dict(tried[i].finding.measures),
                        "effects": _effects(tried[i], search.attribute),
                        "weakness": _weakness(direction, tried[i]),
                    }
                    for i, direction in enumerate(directions)
                ],
            }
        )
    else:
        _tell(directions, tried, results, search)
        for what, path in (("directions", results.output), ("contact sheet", results.sheet)):
            if path is not None:
                tell(f"wrote the {what} {path}")
        if kept:
            names = ", ".join(direction.name for direction in directions)
            tell(f"kept {names} among your directions")
    for direction, one in zip(directions, tried, strict=True):
        if (weak := _weakness(direction, one)) is not None:
            tell(f"warning: {direction.name} is weak: {weak}. {ADVICE[method]}", style="yellow")


def _effects(tried: Tried, attribute: str) -> dict[str, dict[str, float]]:
    from latentedit.directions.strength import by_size

    return {
        name: {**vars(effect), "deviations": effect.change / tried.spread[name]}
        for name, effect in by_size(attribute, tried.effects, tried.spread)
    }


def _weakness(direction: Direction, tried: Tried) -> str | None:
    from latentedit.directions.examples import weakness as weakness_of_examples
    from latentedit.directions.strength import weakness

    told = None if direction.measured is None else weakness(direction.measured)
    return told or weakness_of_examples(tried.finding.measures)


def _tell(directions: Sequence[Direction], tried: Sequence[Tried], results: Results, search: Search) -> None:
    if search.samples:
        tell(f"found from {len(search.samples)} random faces")
    rows = [
        (direction.name, in_words(one.finding.measures), effect_in_words(direction.measured))
        for direction, one in zip(directions, tried, strict=True)
    ]
    print_table("Found", ("name", "how well it was told", "from -3 to 3" if results.trial_faces else "over its range"), rows)
    if results.measured_faces:
        for direction, one in zip(directions, tried, strict=True):
            print_effects(direction, one, search.attribute)


def draw_sheet(G: Generator, directions: Sequence[Direction], path: Path) -> None:
    """Each direction on a few random faces, at both ends of its range and between."""
    from latentedit.directions.sheet import direction_rows, rows_sheet
    from latentedit.images import save_image

    rows: list[Any] = []
    with step_bar() as bar:
        task = bar.add_task("drawing the sheet", total=len(directions))
        for row in direction_rows(G, directions, SHEET_SEEDS, truncation_psi=DEFAULT_PSI):
            rows.append(row)
            bar.update(task, completed=len(rows))
    save_image(path, rows_sheet(rows), mark_ai=True)
