"""GIMP's layers as files for latentedit, and its answers as layers with masks."""

import contextlib
from pathlib import Path
from typing import Any, Dict, Iterator, List, Optional, Tuple

from gi.repository import Gegl, Gimp, GLib

from ..bridge import Trouble
from ..bridge.own_files import OwnFiles, told_in_words
from .placement import Placement, step_for

CLOSED = "The image was closed."
LAYER_FILE, SELECTION_FILE = "in-layer.raw", "in-selection.raw"
EIGHT_BITS = (Gimp.Precision.U8_LINEAR, Gimp.Precision.U8_NON_LINEAR, Gimp.Precision.U8_PERCEPTUAL)


def depth_of(image: Any) -> int:
    """What an image is sent and taken with: 8 bits, or 16 for all that has more."""
    return 8 if image.get_precision() in EIGHT_BITS else 16


def write_files(image: Any, drawable: Any, depth: int, folder: Path) -> Tuple[Dict[str, Any], Optional[Dict[str, Any]]]:
    """Write a layer and the selection into a folder; of what cannot be written nothing stays there.

    Returns: :func:`picture_of` and :func:`selection_of`.

    Raises:
        Trouble: the image was closed, the layer removed, or there is no room.
    """
    with _nothing_stays(image, drawable, folder):
        return picture_of(drawable, depth, folder), selection_of(image, drawable, folder)


def write_selection(image: Any, drawable: Any, folder: Path) -> Optional[Dict[str, Any]]:
    """Write the selection as it is now into a folder; of what cannot be written nothing stays there.

    Returns: :func:`selection_of`.

    Raises:
        Trouble: the image was closed, the layer removed, or there is no room.
    """
    with _nothing_stays(image, drawable, folder):
        return selection_of(image, drawable, folder)


@contextlib.contextmanager
def _nothing_stays(image: Any, drawable: Any, folder: Path) -> Iterator[None]:
    require_there(image, drawable)
    with told_in_words("The layer"):
        try:
            yield
        except OSError:
            OwnFiles([str(folder / name) for name in (LAYER_FILE, SELECTION_FILE)]).remove()
            raise


def require_there(image: Any, drawable: Any) -> None:
    """Fail where a person has closed the image meanwhile, or removed the layer: GIMP would answer with nothing, to all that is asked of it.

    Raises:
        Trouble: what is gone.
    """
    if not image.is_valid():
        raise Trouble("closed", CLOSED)
    if not drawable.is_valid():
        raise Trouble("changed", "The layer was removed.", "Undo that.")
    if image.get_base_type() == Gimp.ImageBaseType.INDEXED:
        raise Trouble("changed", "The image has a palette, in which edits cannot be shown.", "Undo that: Image > Mode > RGB.")


def placement_of(image: Any, drawable: Any) -> Placement:
    """How an image and its layer lie now."""
    _, left, top = drawable.get_offsets()
    width, height = drawable.get_width(), drawable.get_height()
    step = step_for(width, height)
    whole = Gegl.Rectangle.new(0, 0, width, height)
    grey = drawable.get_buffer().get(whole, 1.0, "Y' u8", Gegl.AbyssPolicy.NONE)
    rows = [grey[row * width : (row + 1) * width : step] for row in range(0, height, step)]
    return Placement((image.get_width(), image.get_height()), (width, height), (left, top), step, rows)


def picture_of(drawable: Any, depth: int, folder: Path) -> Dict[str, Any]:
    """Write a layer, as sRGB, into a folder.

    Returns: parameters of latentedit's method ``open``.
    """
    width, height = drawable.get_width(), drawable.get_height()
    path = folder / LAYER_FILE
    whole = Gegl.Rectangle.new(0, 0, width, height)
    with _as_seen(drawable) as seen:
        path.write_bytes(seen.get_buffer().get(whole, 1.0, _colour_format(depth, True), Gegl.AbyssPolicy.NONE))
    return {
        "pixels": {
            "path": str(path),
            "width": width,
            "height": height,
            "channels": "rgba",
            "depth": depth,
            "name": drawable.get_name(),
        }
    }


@contextlib.contextmanager
def _as_seen(drawable: Any) -> Iterator[Any]:
    """A layer with what its mask hides made transparent: the layer itself where it has no mask that counts, else a copy in an image of its own."""
    if not drawable.get_mask() or not drawable.get_apply_mask():
        yield drawable
        return
    image = drawable.get_image()
    kinds = image.get_base_type(), image.get_precision()
    apart = Gimp.Image.new_with_precision(drawable.get_width(), drawable.get_height(), *kinds)
    try:
        profile = image.get_color_profile()
        if profile is not None:
            apart.set_color_profile(profile)
        copy = Gimp.Layer.new_from_drawable(drawable, apart)
        apart.insert_layer(copy, None, 0)
        if copy.get_mask():
            copy.remove_mask(Gimp.MaskApplyMode.APPLY)
        yield copy
    finally:
        apart.delete()


def selection_of(image: Any, drawable: Any, folder: Path) -> Optional[Dict[str, Any]]:
    """Write the selection where a layer lies, a byte for each of its pixels; None where nothing is selected."""
    if Gimp.Selection.is_empty(image):
        return None
    _, left, top = drawable.get_offsets()
    path = folder / SELECTION_FILE
    there = Gegl.Rectangle.new(left, top, drawable.get_width(), drawable.get_height())
    path.write_bytes(image.get_selection().get_buffer().get(there, 1.0, "Y u8", Gegl.AbyssPolicy.NONE))
    return {"mask": str(path)}


def add_layers(image: Any, drawable: Any, layers: List[Dict[str, Any]], depth: int) -> int:
    """Put layers with masks above a layer, in a group for each face, as one step of the undo.

    Args:
        layers: as latentedit's method ``layers`` tells them in its raw format, lowest first.

    Returns: how many layers there are.

    Raises:
        Trouble: the image was closed, or it could not be done; then there is none of them.
    """
    if not layers:
        return 0
    files = OwnFiles([layer[part]["path"] for layer in layers for part in ("picture", "mask")])
    with _adding(image, drawable, files) as added:
        groups: Dict[int, Any] = {}
        _, left, top = drawable.get_offsets()
        for layer in layers:
            face = layer["face"]
            if face not in groups:
                groups[face] = Gimp.GroupLayer.new(image, f"latentedit: face {face + 1}")
                added.append(groups[face])
                _lay_over_as_drawn(groups[face])
                parent = drawable.get_parent()
                image.insert_layer(groups[face], parent, max(image.get_item_position(drawable), 0))
            _add_layer(image, groups[face], layer, left, top, depth)
    return len(layers)


@contextlib.contextmanager
def _adding(image: Any, drawable: Any, files: OwnFiles) -> Iterator[List[Any]]:
    """One step of the undo, in which layers are added from files that are of no use later; those in the list are taken away if it fails.

    Raises:
        Trouble: it has failed. GIMP says so with None in the place of what was asked for.
    """
    added: List[Any] = []
    try:
        require_there(image, drawable)
        image.undo_group_start()
        try:
            yield added
        except (OSError, GLib.Error, TypeError, AttributeError) as error:
            for layer in added:
                if image.is_valid() and layer.is_valid():
                    image.remove_layer(layer)
            words = "GIMP could not add the layers." if image.is_valid() else CLOSED
            raise Trouble("layers", words, "", str(error)) from error
        finally:
            if image.is_valid():
                image.undo_group_end()
    finally:
        files.remove()
    Gimp.displays_flush()


def _add_layer(image: Any, group: Any, layer: Dict[str, Any], left: int, top: int, depth: int) -> None:
    picture, mask = layer["picture"], layer["mask"]
    width, height = picture["width"], picture["height"]
    grey = image.get_base_type() == Gimp.ImageBaseType.GRAY
    kind = Gimp.ImageType.GRAYA_IMAGE if grey else Gimp.ImageType.RGBA_IMAGE
    made = Gimp.Layer.new(image, layer["name"], width, height, kind, 100.0, Gimp.LayerMode.NORMAL)
    image.insert_layer(made, group, 0)
    made.set_offsets(layer["left"] + left, layer["top"] + top)
    whole = Gegl.Rectangle.new(0, 0, width, height)
    made.get_buffer().set(whole, _colour_format(depth, False), Path(picture["path"]).read_bytes())
    shown = made.create_mask(Gimp.AddMaskType.BLACK)
    made.add_mask(shown)
    shown.get_buffer().set(whole, "Y u8" if mask["depth"] == 8 else "Y u16", Path(mask["path"]).read_bytes())
    for changed in (made, shown):
        changed.get_buffer().flush()
        changed.update(0, 0, width, height)
    _lay_over_as_drawn(made)
    made.set_visible(layer["visible"])


def _lay_over_as_drawn(layer: Any) -> None:
    """On coded values: GIMP's own way, in linear light, would give soft edges other colours."""
    layer.set_blend_space(Gimp.LayerColorSpace.RGB_NON_LINEAR)
    layer.set_composite_space(Gimp.LayerColorSpace.RGB_NON_LINEAR)


def add_picture(image: Any, drawable: Any, picture: Dict[str, Any], name: str) -> None:
    """Put a picture of a layer's size above it, as one step of the undo.

    Raises:
        Trouble: the image was closed, or it could not be done.
    """
    with _adding(image, drawable, OwnFiles([picture["path"]])) as added:
        width, height = picture["width"], picture["height"]
        made = Gimp.Layer.new(image, name, width, height, Gimp.ImageType.RGBA_IMAGE, 100.0, Gimp.LayerMode.NORMAL)
        added.append(made)
        image.insert_layer(made, drawable.get_parent(), max(image.get_item_position(drawable), 0))
        _, left, top = drawable.get_offsets()
        made.set_offsets(left, top)
        whole = Gegl.Rectangle.new(0, 0, width, height)
        made.get_buffer().set(
            whole, _colour_format(picture["depth"], picture["channels"] == "rgba"), Path(picture["path"]).read_bytes()
        )
        made.get_buffer().flush()
        made.update(0, 0, width, height)


def _colour_format(depth: int, alpha: bool) -> str:
    """sRGB as babl calls it: the buffers convert from and to the image's own space."""
    return "R'G'B'{} u{}".format("A" if alpha else "", depth)
