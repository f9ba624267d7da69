"""The options by which edits are asked for, and their help."""

from __future__ import annotations

from typing import Annotated, get_args

import typer

from latentedit.edits import CompositingMode, Region

MODES = get_args(CompositingMode)
REGIONS = ", ".join(get_args(Region))
SET_HELP = (
    "NAME=AMOUNT, FILE=AMOUNT or FILE:PICK=AMOUNT, as often as you like; NAME=AMOUNT:LAYERS only those: coarse, middle, fine, or numbers as "
    f"0-3,7; NAME=AMOUNT@REGION (last) only there: {REGIONS}, or a mask's FILE as for --mask."
)
MIX_HELP = "SOURCE:LAYERS[:AMOUNT]. SOURCE: seed:N, face:N, or a .ledit, .ledit#N for its face N; LAYERS: all, coarse, middle, fine, or numbers as 0-3,7."
CROSS_HELP = (
    "SOURCE[:WEIGHT]: the mean of the face and this one, or of several; the face itself has weight 1. SOURCE as for --mix."
)
VARY_HELP = "SEED:STRENGTH or SEED:COARSE,MIDDLE,FINE, then perhaps @REGION: toward a random face; 0 not at all, 1 as far as faces lie apart."
MODE_HELP = "residual: add what changed; seamless: the drawing in the colours around it; replace: the drawing itself. The project's own, or residual."
_NAME = "NAME as latentedit info lists it; @REGION and :LAYERS may be left out where that is clear."

SetOption = Annotated[list[str] | None, typer.Option("--set", help=SET_HELP)]
MixOption = Annotated[list[str] | None, typer.Option("--mix", help=MIX_HELP)]
CrossOption = Annotated[list[str] | None, typer.Option("--cross", help=CROSS_HELP)]
VaryOption = Annotated[list[str] | None, typer.Option("--vary", help=VARY_HELP)]
DragOption = Annotated[
    list[str] | None,
    typer.Option("--drag", help="X,Y:X2,Y2 in the photograph's pixels: drag what is there. Points of one face move together."),
]
KeepOption = Annotated[
    list[str] | None, typer.Option("--drag-keep", help=f"A part of the face that no drag is to move: {REGIONS}.")
]
ModeOption = Annotated[str | None, typer.Option(help=MODE_HELP)]
UndoOption = Annotated[int, typer.Option("--undo", help="Take back the project's last N steps, before all else.", min=0)]
RedoOption = Annotated[int, typer.Option("--redo", help="Do N steps again that were undone.", min=0)]
ResetFlag = Annotated[bool, typer.Option("--reset", help="Take back everything that was done to the chosen faces.")]
RemoveOption = Annotated[list[str] | None, typer.Option("--remove", metavar="NAME", help=f"Take an edit out. {_NAME}")]
OffOption = Annotated[list[str] | None, typer.Option("--off", metavar="NAME", help="Switch an edit off; it keeps its place.")]
OnOption = Annotated[list[str] | None, typer.Option("--on", metavar="NAME", help="Switch it on again.")]
MoveOption = Annotated[
    list[str] | None, typer.Option("--move", metavar="NAME=PLACE", help="Move an edit in its face's stack; 0 applies first.")
]
EditPresetOption = Annotated[
    str | None, typer.Option(help="fast, balanced or best; balanced, or that of the project beside the photograph.")
]
NoProjectFlag = Annotated[
    bool,
    typer.Option(
        "--no-project",
        help="Of a photograph: neither use nor write the project beside it, PHOTO.ledit, which keeps its projection.",
    ),
]
