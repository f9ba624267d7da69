"""GIMP's layers as files for latentedit, and its answers as layers with masks."""

import contextlib
from pathlib import Path
from typing import Any, Dict, Iterator, List, Optional

from gi.repository import Gegl, Gimp

EIGHT_BITS = (Gimp.Precision.U8_LINEAR, Gimp.Precision.U8_NON_LINEAR, Gimp.Precision.U8_PERCEPTUAL)


def depth_of(image: Any) -> int:
    """What an image is sent and taken with: 8 bits, or 16 for all that has more."""
    return 8 if image.get_precision() in EIGHT_BITS else 16


def picture_of(drawable: Any, depth: int, folder: Path) -> Dict[str, Any]:
    """Write a layer, as sRGB, into a folder.

    Returns: parameters of latentedit's method ``open``.
    """
    width, height = drawable.get_width(), drawable.get_height()
    path = folder / "in-layer.raw"
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
    path = folder / "in-selection.raw"
    there = Gegl.Rectangle.new(left, top, drawable.get_width(), drawable.get_height())
    path.write_bytes(image.get_selection().get_buffer().get(there, 1.0, "Y u8", Gegl.AbyssPolicy.NONE))
    return {"mask": str(path)}


def add_layers(image: Any, drawable: Any, layers: List[Dict[str, Any]], depth: int) -> int:
    """Put layers with masks above a layer, in a group for each face, as one step of the undo.

    Args:
        layers: as latentedit's method ``layers`` tells them in its raw format, lowest first.

    Returns: how many layers there are.
    """
    if not layers:
        return 0
    image.undo_group_start()
    try:
        groups: Dict[int, Any] = {}
        _, left, top = drawable.get_offsets()
        for layer in layers:
            face = layer["face"]
            if face not in groups:
                groups[face] = Gimp.GroupLayer.new(image, f"latentedit: face {face + 1}")
                _lay_over_as_drawn(groups[face])
                parent = drawable.get_parent()
                image.insert_layer(groups[face], parent, max(image.get_item_position(drawable), 0))
            _add_layer(image, groups[face], layer, left, top, depth)
    finally:
        image.undo_group_end()
    Gimp.displays_flush()
    return len(layers)


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
    for path in (picture["path"], mask["path"]):
        Path(path).unlink()


def _lay_over_as_drawn(layer: Any) -> None:
    """On coded values: GIMP's own way, in linear light, would give soft edges other colours."""
    layer.set_blend_space(Gimp.LayerColorSpace.RGB_NON_LINEAR)
    layer.set_composite_space(Gimp.LayerColorSpace.RGB_NON_LINEAR)


def add_picture(image: Any, drawable: Any, picture: Dict[str, Any], name: str) -> None:
    """Put a picture of a layer's size above it, as one step of the undo."""
    image.undo_group_start()
    try:
        width, height = picture["width"], picture["height"]
        made = Gimp.Layer.new(image, name, width, height, Gimp.ImageType.RGBA_IMAGE, 100.0, Gimp.LayerMode.NORMAL)
        image.insert_layer(made, drawable.get_parent(), max(image.get_item_position(drawable), 0))
        _, left, top = drawable.get_offsets()
        made.set_offsets(left, top)
        whole = Gegl.Rectangle.new(0, 0, width, height)
        made.get_buffer().set(
            whole, _colour_format(picture["depth"], picture["channels"] == "rgba"), Path(picture["path"]).read_bytes()
        )
        made.get_buffer().flush()
        made.update(0, 0, width, height)
    finally:
        image.undo_group_end()
    Path(picture["path"]).unlink()
    Gimp.displays_flush()


def _colour_format(depth: int, alpha: bool) -> str:
    """sRGB as babl calls it: the buffers convert from and to the image's own space."""
    return "R'G'B'{} u{}".format("A" if alpha else "", depth)
