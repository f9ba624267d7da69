"""Hypothesis strategies for edit states and commands."""

from typing import get_args

from hypothesis import strategies as st

from latentedit.edits import (
    Command,
    Compositing,
    CompositingMode,
    DirectionEdit,
    DragEdit,
    EditKey,
    EditMask,
    EditState,
    FaceEdits,
    MixEdit,
    MoveEdit,
    PutEdit,
    Region,
    RemoveEdit,
    ResetFace,
    SetAmount,
    SetCompositing,
    SetDrag,
    SetEnabled,
    SetMask,
    SetMix,
    SetNoiseMode,
    SetTruncation,
    SetVariation,
    VariationEdit,
)
from latentedit.edits.edit import normal_layers
from latentedit.errors import UsageError

NAMES = st.sampled_from(["smile", "age", "Augen öffnen", "\N{GRINNING FACE}"])
ANY_NAME = st.text(min_size=1, max_size=200).filter(str.isprintable)
AMOUNTS = st.floats(-1000, 1000) | st.sampled_from([0.0, 1.0, -0.0])
LAYERS = st.none() | st.sets(st.integers(0, 25), min_size=1).map(tuple)
MODES = st.sampled_from(get_args(CompositingMode))
NOISE_MODES = st.sampled_from(["const", "random", "none"])
REGIONS = st.sampled_from(get_args(Region)) | st.sampled_from(["ab" * 32, "0" * 64]).map("brush:{}".format)
COMPOSITINGS = st.builds(Compositing, MODES, st.floats(0, 0.5)) | st.builds(
    Compositing, MODES, st.floats(0, 0.5), REGIONS, st.booleans()
)

SEEDS = st.integers(0, 2**63 - 1)
SOURCES = st.sampled_from(["seed:0", "seed:7", "face:0", "face:1", "latent:a friend"]) | SEEDS.map("seed:{}".format)
MIX_AMOUNTS = st.floats(-2, 2)
STRENGTHS = st.floats(0, 2)
MASKS = st.none() | st.builds(EditMask, REGIONS, st.floats(0, 0.5), st.booleans())
INSTANCES = st.just(0) | st.integers(0, 2)
OFFSETS = st.sampled_from(["drag:1", "drag:2"])
COORDINATES = st.floats(0, 1)
POINTS = st.tuples(COORDINATES, COORDINATES)
DRAG_REGIONS = st.lists(st.sampled_from(get_args(Region)), max_size=3).map(tuple)


@st.composite
def drags(draw: st.DrawFn, offsets: st.SearchStrategy[str] = OFFSETS) -> DragEdit:
    pairs = draw(st.lists(st.tuples(POINTS, POINTS), min_size=1, max_size=3))
    handles, targets = (tuple(points) for points in zip(*pairs, strict=True))
    more = draw(st.tuples(DRAG_REGIONS, COORDINATES, LAYERS, st.booleans(), MASKS, INSTANCES))
    return DragEdit(draw(offsets), handles, targets, *more)


EDITS = (
    st.builds(DirectionEdit, NAMES | ANY_NAME, AMOUNTS, LAYERS, st.booleans(), MASKS, INSTANCES)
    | st.builds(MixEdit, SOURCES, MIX_AMOUNTS, LAYERS, st.booleans(), MASKS, INSTANCES)
    | st.builds(VariationEdit, SEEDS, STRENGTHS, STRENGTHS, STRENGTHS, st.booleans(), MASKS, INSTANCES)
    | drags(OFFSETS | ANY_NAME)
)
KEYS = (
    st.builds(EditKey, st.just("direction"), NAMES, LAYERS.map(normal_layers), INSTANCES)
    | st.builds(EditKey, st.just("mix"), SOURCES, LAYERS.map(normal_layers), INSTANCES)
    | st.builds(EditKey, st.just("variation"), st.integers(0, 2), st.none(), INSTANCES)
    | st.builds(EditKey, st.just("drag"), OFFSETS, LAYERS.map(normal_layers), INSTANCES)
)
STACKS = st.lists(EDITS, max_size=5, unique_by=lambda edit: edit.key).map(tuple)
FACES = st.builds(FaceEdits, STACKS, COMPOSITINGS, st.floats(0, 2), NOISE_MODES)
STATES = st.lists(FACES, max_size=3).map(lambda faces: EditState(tuple(faces)))

FACE_NUMBERS = st.integers(0, 2)
COMMANDS = st.one_of(
    st.builds(SetAmount, FACE_NUMBERS, NAMES, AMOUNTS, LAYERS, INSTANCES),
    st.builds(SetMix, FACE_NUMBERS, SOURCES, MIX_AMOUNTS, LAYERS, INSTANCES),
    st.builds(SetVariation, FACE_NUMBERS, st.integers(0, 2), STRENGTHS, STRENGTHS, STRENGTHS, INSTANCES),
    st.builds(PutEdit, FACE_NUMBERS, EDITS),
    st.builds(SetDrag, FACE_NUMBERS, drags()),
    st.builds(SetMask, FACE_NUMBERS, KEYS, MASKS),
    st.builds(SetEnabled, FACE_NUMBERS, KEYS, st.booleans()),
    st.builds(RemoveEdit, FACE_NUMBERS, KEYS),
    st.builds(MoveEdit, FACE_NUMBERS, KEYS, st.integers(-1, 5)),
    st.builds(SetCompositing, FACE_NUMBERS, COMPOSITINGS),
    st.builds(SetTruncation, FACE_NUMBERS, st.floats(0, 2)),
    st.builds(SetNoiseMode, FACE_NUMBERS, NOISE_MODES),
    st.builds(ResetFace, FACE_NUMBERS),
)


@st.composite
def states_and_fitting_commands(draw: st.DrawFn) -> tuple[EditState, Command]:
    """A state of three faces that commands have led to, and one more command that can be applied to it."""
    state = EditState.for_faces(3)
    for command in draw(st.lists(COMMANDS, max_size=12)):
        if fits(command, state):
            state = command.apply(state)
    last = draw(COMMANDS)
    return state, last if fits(last, state) else SetAmount(last.face, "smile", draw(AMOUNTS))


def fits(command: Command, state: EditState) -> bool:
    """Whether the command can be applied to the state."""
    try:
        command.apply(state)
    except UsageError:
        return False
    return True
