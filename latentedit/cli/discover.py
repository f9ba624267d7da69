"""``latentedit directions discover``: find directions."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from latentedit.cli.console import print_json, step_bar, tell
from latentedit.cli.direction_facts import spec_of
from latentedit.cli.discovering import Results, deliver, run_steps
from latentedit.cli.options import DeviceOption, JsonFlag, ResolutionOption, SeedOption, require_folder, require_picture
from latentedit.cli.scoring import attributes_of, more_scorers, prepared, vector_of
from latentedit.cli.store import open_store
from latentedit.cli.trying import Search
from latentedit.defaults import DEFAULT_GENERATOR, DEFAULT_PSI, TRIAL_FACES
from latentedit.errors import UsageError
from latentedit.requested_layers import layers_of

if TYPE_CHECKING:
    from latentedit.assets import AssetStore
    from latentedit.generators import Generator

app = typer.Typer(
    help="Find directions: in the weights, in random latents, by scores, or from faces that you sort.", no_args_is_help=True
)

GeneratorOption = Annotated[str, typer.Option("--generator", help="Whose latents.")]
NameOption = Annotated[str | None, typer.Option("--name", help="Keep it under this name; several become NAME_1 and so on.")]
OutputOption = Annotated[Path | None, typer.Option("-o", "--output", help="Write what was found to a .safetensors file.")]
SheetOption = Annotated[Path | None, typer.Option("--sheet", help="Draw each direction on random faces, to be looked at.")]
ReplaceFlag = Annotated[bool, typer.Option("--replace", help="In the place of own directions of the same name.")]
MeasureOption = Annotated[int, typer.Option("--measure", help="On how many other faces to measure all that each changes.", min=0)]
TrialOption = Annotated[
    int, typer.Option("--trial", help="On how many other faces to measure how far each may go; 0 leaves a guess.", min=0)
]
LayersOption = Annotated[str, typer.Option("--layers", help="What it moves: all, coarse, middle, fine, or numbers as 0-3,7.")]
ComponentsOption = Annotated[int, typer.Option("--components", help="How many directions, at most.", min=1)]
AttributeOption = Annotated[str, typer.Option("--attribute", help="Which score; see: latentedit directions attributes.")]
CountOption = Annotated[int, typer.Option("--count", help="How many random faces are drawn and scored.", min=1)]
SamplesOption = Annotated[
    Path | None, typer.Option("--samples", help="Keep scored faces here (.safetensors), and go on from those that are there.")
]
ScorerOption = Annotated[
    list[str] | None, typer.Option("--scorer", help="Your own: FILE.py:CLASS or MODULE:CLASS. This runs its code.")
]
BlendshapesOption = Annotated[
    Path | None, typer.Option("--blendshapes", help="MediaPipe's face landmarker (.task): scores 52 blendshapes, too.")
]


@app.command("sefa")
def sefa_command(
    components: ComponentsOption = 5,
    layers: LayersOption = "all",
    seed: SeedOption = 0,
    generator: GeneratorOption = DEFAULT_GENERATOR,
    resolution: ResolutionOption = None,
    name: NameOption = None,
    output: OutputOption = None,
    sheet: SheetOption = None,
    measure: MeasureOption = 0,
    trial: TrialOption = TRIAL_FACES,
    overwrite: ReplaceFlag = False,
    device: DeviceOption = "auto",
    as_json: JsonFlag = False,
) -> None:
    """What changes the styles most, in closed form from the weights (SeFa)."""
    from latentedit.directions.sefa import SefaConfig, discover

    spec, results = spec_of(generator, resolution), Results(name, output, sheet, overwrite, measure, trial, as_json)
    config = SefaConfig(components, layers_of(layers, spec.layer_resolutions), seed)
    results.check(spec, components, inputs=[("generator", generator)])
    with open_store() as store:
        G = loaded(generator, resolution, device, store)
        deliver("sefa", G, run_steps(discover(G, config)), results, store)


@app.command("ganspace")
def ganspace_command(
    count: Annotated[int, typer.Option("--count", help="How many random latents; none is drawn.", min=2)] = 50_000,
    components: ComponentsOption = 10,
    layers: LayersOption = "all",
    seed: SeedOption = 0,
    generator: GeneratorOption = DEFAULT_GENERATOR,
    resolution: ResolutionOption = None,
    name: NameOption = None,
    output: OutputOption = None,
    sheet: SheetOption = None,
    measure: MeasureOption = 0,
    trial: TrialOption = TRIAL_FACES,
    overwrite: ReplaceFlag = False,
    device: DeviceOption = "auto",
    as_json: JsonFlag = False,
) -> None:
    """In what random latents differ most: principal components of W (GANSpace)."""
    from latentedit.directions.ganspace import GanspaceConfig, discover

    spec, results = spec_of(generator, resolution), Results(name, output, sheet, overwrite, measure, trial, as_json)
    config = GanspaceConfig(count, components, layers_of(layers, spec.layer_resolutions), seed)
    results.check(spec, components, inputs=[("generator", generator)])
    with open_store() as store:
        G = loaded(generator, resolution, device, store)
        deliver("ganspace", G, run_steps(discover(G, config)), results, store)


@app.command("interfacegan")
def interfacegan_command(
    attribute: AttributeOption,
    count: CountOption = 1500,
    orthogonal_to: Annotated[
        str | None, typer.Option("--orthogonal-to", help="What it shall not change: attributes, directions or files, by commas.")
    ] = None,
    layers: LayersOption = "all",
    seed: SeedOption = 0,
    samples: SamplesOption = None,
    scorer: ScorerOption = None,
    blendshapes: BlendshapesOption = None,
    generator: GeneratorOption = DEFAULT_GENERATOR,
    resolution: ResolutionOption = None,
    name: NameOption = None,
    output: OutputOption = None,
    sheet: SheetOption = None,
    measure: MeasureOption = 0,
    trial: TrialOption = TRIAL_FACES,
    overwrite: ReplaceFlag = False,
    device: DeviceOption = "auto",
    as_json: JsonFlag = False,
) -> None:
    """Across the boundary between low and high scores of an attribute (InterFaceGAN)."""
    from latentedit.directions.interfacegan import InterfaceGanConfig, discover

    spec, results = spec_of(generator, resolution), Results(name, output, sheet, overwrite, measure, trial, as_json)
    moved = layers_of(layers, spec.layer_resolutions)
    others = [other for other in (orthogonal_to or "").split(",") if other]
    read = [("direction", other) for other in others]
    results.check(spec, 1, samples, [("generator", generator), *read])
    with open_store() as store, ExitStack() as closing:
        scorers = more_scorers(scorer, blendshapes, closing)
        known = {other for other in others if other in attributes_of(scorers)}
        removed = {other: vector_of(other, spec) for other in others if other not in known}
        config = InterfaceGanConfig(attribute, count, tuple(other for other in others if other in known), removed, moved, seed)
        chosen, keeper = prepared(store, scorers, [attribute, *known], samples, spec, seed)
        G = loaded(generator, resolution, device, store)
        with keeper.saving():
            findings = run_steps(discover(G, chosen, config, samples=keeper.samples[:count]), keeper)
        deliver("interfacegan", G, findings, results, store, Search(attribute, chosen, keeper.samples[:count]))


@app.command("stylespace")
def stylespace_command(
    attribute: AttributeOption,
    count: CountOption = 1500,
    candidates: Annotated[int, typer.Option("--candidates", help="How many channels are tried.", min=1)] = 32,
    faces: Annotated[int, typer.Option("--faces", help="How many faces each is tried on.", min=2)] = 8,
    components: ComponentsOption = 3,
    layers: Annotated[
        str | None,
        typer.Option("--layers", help="Whose channels: all, coarse, middle, fine, or numbers; else what a preview shows."),
    ] = None,
    seed: SeedOption = 0,
    samples: SamplesOption = None,
    scorer: ScorerOption = None,
    blendshapes: BlendshapesOption = None,
    generator: GeneratorOption = DEFAULT_GENERATOR,
    resolution: ResolutionOption = None,
    name: NameOption = None,
    output: OutputOption = None,
    sheet: SheetOption = None,
    measure: MeasureOption = 0,
    trial: TrialOption = TRIAL_FACES,
    overwrite: ReplaceFlag = False,
    device: DeviceOption = "auto",
    as_json: JsonFlag = False,
) -> None:
    """Single channels of the styles that an attribute responds to (StyleSpace)."""
    from latentedit.directions.stylespace import StyleSpaceConfig, discover

    spec, results = spec_of(generator, resolution), Results(name, output, sheet, overwrite, measure, trial, as_json)
    moved = None
    if layers is not None:
        moved = layers_of(layers, spec.layer_resolutions) or tuple(range(spec.num_ws))
    config = StyleSpaceConfig(attribute, count, candidates, faces, components, moved, seed)
    results.check(spec, components, samples, [("generator", generator)])
    with open_store() as store, ExitStack() as closing:
        scorers = more_scorers(scorer, blendshapes, closing)
        chosen, keeper = prepared(store, scorers, [attribute], samples, spec, seed)
        G = loaded(generator, resolution, device, store)
        with keeper.saving():
            findings = run_steps(discover(G, chosen, config, samples=keeper.samples[:count]), keeper)
        deliver("stylespace", G, findings, results, store, Search(attribute, chosen, keeper.samples[:count]))


@app.command("examples")
def examples_command(
    a: Annotated[
        str | None, typer.Option("--a", help="Faces that it leads away from: seeds, a .ledit or a folder of them.")
    ] = None,
    b: Annotated[str | None, typer.Option("--b", help="Faces that it leads to.")] = None,
    labels: Annotated[Path | None, typer.Option("--labels", help="A file of lines SEED A or FILE.ledit B.")] = None,
    seeds: Annotated[str, typer.Option("--seeds", help="Without groups: which faces the sheet shows.")] = "0-63",
    psi: Annotated[float, typer.Option("--psi", help="Truncation of the seeds' faces.", min=-2, max=2)] = DEFAULT_PSI,
    layers: LayersOption = "all",
    generator: GeneratorOption = DEFAULT_GENERATOR,
    resolution: ResolutionOption = None,
    name: NameOption = None,
    output: OutputOption = None,
    sheet: SheetOption = None,
    measure: MeasureOption = 0,
    trial: TrialOption = TRIAL_FACES,
    overwrite: ReplaceFlag = False,
    device: DeviceOption = "auto",
    as_json: JsonFlag = False,
) -> None:
    """From one group of a few dozen faces to another that you sorted.

    Without groups, draws a sheet of numbered faces to sort: --sheet faces.png, then --a 1,4,7 --b 2,3,5.
    """
    from latentedit.cli.example_faces import latents_of, parse_group, read_labels
    from latentedit.cli.generate import parse_seeds
    from latentedit.directions.examples import ExamplesConfig, discover

    spec = spec_of(generator, resolution)
    if a is None and b is None and labels is None:
        _draw_seeds(generator, resolution, parse_seeds(seeds), psi, sheet, device, as_json)
        return
    if (a is None) != (b is None) or (labels is not None and a is not None):
        raise UsageError("Two groups are needed.", hint="Give --a and --b, or --labels FILE.")
    results = Results(name, output, sheet, overwrite, measure, trial, as_json)
    moved = layers_of(layers, spec.layer_resolutions)
    results.check(spec, 1, inputs=[("generator", generator), ("list of labels", labels)])
    groups = read_labels(labels) if labels is not None else (parse_group(a or ""), parse_group(b or ""))
    with open_store() as store:
        G = loaded(generator, resolution, device, store)
        first, second = (latents_of(group, G, psi) for group in groups)
        config = ExamplesConfig(first, second, moved)
        deliver("examples", G, run_steps(discover(G, config)), results, store)


def _draw_seeds(
    generator: str, resolution: int | None, seeds: list[int], psi: float, sheet: Path | None, device: str, as_json: bool
) -> None:
    from latentedit.cli.generate import MAX_GRID
    from latentedit.directions.sheet import numbered_sheet, seed_pictures
    from latentedit.images import save_image

    if sheet is None:
        raise UsageError("There are no groups.", hint="Draw faces to sort with --sheet FILE.png, or give --a and --b.")
    if len(seeds) > MAX_GRID:
        raise UsageError(f"A sheet holds at most {MAX_GRID} faces.")
    require_folder(sheet)
    require_picture(sheet)
    with open_store() as store:
        G = loaded(generator, resolution, device, store)
    pictures = []
    with step_bar() as bar:
        task = bar.add_task("drawing", total=len(seeds))
        for picture in seed_pictures(G, seeds, truncation_psi=psi):
            pictures.append(picture)
            bar.advance(task)
    save_image(sheet, numbered_sheet(pictures, seeds), mark_ai=True)
    if as_json:
        print_json({"method": "examples", "generator": generator, "sheet": str(sheet), "seeds": seeds})
    else:
        tell(f"wrote {sheet}; sort its faces: --a 1,4,7 --b 2,3,5")


def loaded(generator: str, resolution: int | None, device: str, store: AssetStore) -> Generator:
    """The generator on a device."""
    from latentedit.generators import load_generator, resolve_device
    from latentedit.generators.rgb import in_colour

    return in_colour(load_generator(generator, resolve_device(device), resolution, store=store))
