"""``latentedit models``: generators."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, cast

import typer

from latentedit.cli.console import print_json, print_table, tell
from latentedit.cli.options import JsonFlag, ResolutionOption, require_file, require_folder, require_spared
from latentedit.errors import CheckpointError, UsageError

if TYPE_CHECKING:
    from latentedit.generators.card import Card
    from latentedit.generators.formats.found import FoundGenerator
    from latentedit.generators.module import GeneratorModule
    from latentedit.generators.registry import GeneratorEntry

app = typer.Typer(help="Generators: what can draw.", no_args_is_help=True)

DomainOption = Annotated[
    str | None,
    typer.Option("--domain", help="face: it draws faces aligned as in FFHQ; image: anything else. Told by some files."),
]


@app.command("list")
def list_command(as_json: JsonFlag = False) -> None:
    """All generators."""
    from latentedit.generators import generator_entries

    entries = generator_entries().values()
    facts = {entry.name: _listed(entry) for entry in entries}
    if as_json:
        print_json([{"name": e.name, "summary": e.summary, "asset": e.asset, **facts[e.name]} for e in entries])
        return
    rows = [(e.name, *("" if value is None else str(value) for value in facts[e.name].values()), e.summary) for e in entries]
    print_table("Generators", ("name", "architecture", "pixels", "classes", "domain", "what it is"), rows)


@app.command("info")
def info_command(
    name: Annotated[str, typer.Argument(metavar="NAME|PATH")], resolution: ResolutionOption = None, as_json: JsonFlag = False
) -> None:
    """What a generator is, where it comes from, what it may be used for, and whether its file holds what was written into it."""
    from dataclasses import replace

    from latentedit.generators import generator_entries

    if resolution is not None:
        require_file(name)
    entry = generator_entries().get(name)
    if entry is not None and entry.path is None:
        facts = {**asdict(entry.spec()), "content": None}
    else:  # an imported one is read whole, so that its content is verified
        generator, found, _ = _opened(name if entry is None else str(entry.path), resolution)
        spec = generator.spec if entry is None else replace(generator.spec, name=name)
        facts = {**asdict(spec), "content": found.content}
    if as_json:
        print_json(facts)
    else:
        print_table(name, ("", ""), facts.items())


@app.command("import")
def import_command(
    path: Annotated[Path, typer.Argument(metavar="PATH", help="A checkpoint of any known program.", readable=False)],
    name: Annotated[str, typer.Option("--name", help="What to call it from then on.")],
    resolution: ResolutionOption = None,
    domain: DomainOption = None,
    licence: Annotated[str | None, typer.Option("--licence", help="What its weights may be used for.")] = None,
    overwrite: Annotated[bool, typer.Option("--replace", help="In the place of an imported generator of the same name.")] = False,
    as_json: JsonFlag = False,
) -> None:
    """Make a checkpoint a generator of your own, read by what is in it; nothing in it is run."""
    from dataclasses import replace

    from latentedit.generators.importing import check_name, keep, read_checkpoint

    check_name(name, replacing=overwrite)
    checkpoint = read_checkpoint(_checkpoint(str(path)), resolution, _domain(domain))
    written = keep(checkpoint, name, licence=licence, replacing=overwrite)
    if as_json:
        kept = replace(checkpoint.generator.spec, name=name, licence=checkpoint.card.licence if licence is None else licence)
        print_json({**asdict(kept), "program": checkpoint.found.program, "path": str(written)})
        return
    tell(f"imported {name}: {_summary(checkpoint.generator, checkpoint.found)}")
    for note in checkpoint.found.notes:
        tell(note)
    if domain is None and not checkpoint.tells_domain and checkpoint.card.domain == "image":
        tell("It is taken to draw any images; if they are faces aligned as in FFHQ, import it with --domain face.")


@app.command("export")
def export_command(
    name: Annotated[str, typer.Argument(metavar="NAME|PATH")],
    output: Annotated[Path, typer.Option("-o", "--output", help="The file to write, ending in .safetensors.")],
    resolution: ResolutionOption = None,
    domain: DomainOption = None,
    as_json: JsonFlag = False,
) -> None:
    """Write a generator as safetensors with its card, to keep or to give on."""
    from latentedit.generators import generator_entries
    from latentedit.generators.native_file import write_native

    if output.suffix.lower() != ".safetensors":
        raise UsageError(f"{output.name} is no name for a safetensors file.", hint="End it with .safetensors.")
    require_folder(output)
    entries = generator_entries()
    if name in entries and (entries[name].path is None):
        raise UsageError(
            f"{name} comes with the program and is not exported.", hint="Export an imported generator, or a checkpoint."
        )
    path = entries[name].path if name in entries else None
    require_spared(output, [("checkpoint", path or name)])
    generator, found, card = _opened(str(path or name), resolution, domain)
    write_native(output, generator, found.config, card)
    if as_json:
        print_json({"output": str(output), **asdict(generator.spec)})
    else:
        tell(f"wrote {output}")


@app.command("remove")
def remove_command(name: str, as_json: JsonFlag = False) -> None:
    """Forget an imported generator; projects that were made with it can no longer be drawn."""
    from latentedit.generators.library import GeneratorLibrary

    GeneratorLibrary.default().remove(name)
    if as_json:
        print_json({"removed": name})
    else:
        tell(f"removed {name}")


def _opened(name_or_path: str, resolution: int | None, domain: str | None = None) -> tuple[GeneratorModule, FoundGenerator, Card]:
    from latentedit.generators.opening import open_generator

    return open_generator(_checkpoint(name_or_path), resolution, _domain(domain))


def _checkpoint(name_or_path: str) -> Path:
    from latentedit.generators.registry import checkpoint_path

    return checkpoint_path(name_or_path)


def _domain(text: str | None) -> Literal["face", "image"] | None:
    if text not in (None, "face", "image"):
        raise UsageError(f"There is no domain {text}.", hint="Say face or image.")
    return cast(Literal["face", "image"] | None, text)


def _listed(entry: GeneratorEntry) -> dict[str, Any]:
    """What a list tells of a generator; nothing of one whose file is damaged, so that the others are still told."""
    try:
        spec = entry.spec()
    except CheckpointError:
        return {"architecture": "damaged", "img_resolution": None, "c_dim": None, "domain": None}
    return {name: getattr(spec, name) for name in ("architecture", "img_resolution", "c_dim", "domain")}


def _summary(generator: GeneratorModule, found: FoundGenerator) -> str:
    spec: Any = generator.spec
    classes = f", {spec.c_dim} classes" if spec.c_dim else ""
    trained = f", trained on {found.training_data}" if found.training_data else ""
    return f"{spec.architecture} of {found.program}, {spec.img_resolution} px, {spec.num_ws} styles{classes}{trained}"
