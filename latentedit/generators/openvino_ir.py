"""Read the constants of an OpenVINO IR network (an XML graph and a BIN file of values) without OpenVINO.

The XML names every layer and the edges between them; a constant layer gives the offset, shape and element type of its values in
the BIN file. Nothing is executed: only the structure is walked.
"""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from latentedit.errors import CheckpointError

_ELEMENT_TYPES = {"f32": "<f4", "f16": "<f2", "i64": "<i8", "i32": "<i4"}


@dataclass(frozen=True)
class IrLayer:
    """One node of the graph: its identity, operation, name and attributes."""

    id: int
    type: str
    name: str
    attributes: dict[str, str]


class IrGraph:
    """A parsed network: layers in topological order, who feeds whom, and the constants' values."""

    def __init__(self, xml_path: Path, bin_path: Path) -> None:
        """Parse ``xml_path`` and map ``bin_path``.

        Raises:
            CheckpointError: the XML is malformed or is not an OpenVINO network.
        """
        try:
            root = ElementTree.parse(xml_path).getroot()
        except ElementTree.ParseError as error:
            raise CheckpointError(
                f"{xml_path.name} is not readable XML: {error}",
                hint="Fetch the weights again: latentedit assets verify.",
            ) from error
        layers, edges = root.find("layers"), root.find("edges")
        if root.tag != "net" or layers is None or edges is None:
            raise CheckpointError(f"{xml_path.name} is not an OpenVINO network.")
        self.layers: dict[int, IrLayer] = {}
        for element in layers:
            data = element.find("data")
            layer = IrLayer(
                int(element.attrib["id"]),
                element.attrib["type"],
                element.attrib["name"],
                dict(data.attrib) if data is not None else {},
            )
            self.layers[layer.id] = layer
        self._inputs: dict[tuple[int, int], int] = {}
        self._consumers: dict[int, list[int]] = {}
        for edge in edges:
            source, target = int(edge.attrib["from-layer"]), int(edge.attrib["to-layer"])
            self._inputs[target, int(edge.attrib["to-port"])] = source
            self._consumers.setdefault(source, []).append(target)
        self._values = np.memmap(bin_path, dtype=np.uint8, mode="r")

    def of_type(self, *types: str) -> list[IrLayer]:
        """All layers of the given operations, in topological order."""
        return [layer for layer in self.layers.values() if layer.type in types]

    def input(self, layer: IrLayer, port: int) -> IrLayer:
        """The layer that feeds ``port`` of ``layer``."""
        return self.layers[self._inputs[layer.id, port]]

    def inputs(self, layer: IrLayer) -> list[IrLayer]:
        """The layers that feed ports 0 and 1, as many as there are."""
        return [self.layers[self._inputs[layer.id, port]] for port in (0, 1) if (layer.id, port) in self._inputs]

    def consumers(self, layer: IrLayer) -> list[IrLayer]:
        """The layers that ``layer`` feeds."""
        return [self.layers[i] for i in self._consumers.get(layer.id, [])]

    def constant_input(self, layer: IrLayer) -> IrLayer | None:
        """The constant among the inputs of a two-input layer, or None."""
        return next((source for source in self.inputs(layer) if source.type == "Const"), None)

    def by_name(self, name: str) -> IrLayer:
        """The layer called ``name``."""
        for layer in self.layers.values():
            if layer.name == name:
                return layer
        raise CheckpointError(f"The network has no layer named {name}.")

    def shape(self, layer: IrLayer) -> tuple[int, ...]:
        """The declared shape of a constant layer."""
        text = layer.attributes["shape"].strip()
        return tuple(int(n) for n in text.split(",")) if text else ()

    def value(self, layer: IrLayer) -> npt.NDArray[np.float32]:
        """The values of a constant layer in its declared shape, as float32."""
        attributes = layer.attributes
        offset, size = int(attributes["offset"]), int(attributes["size"])
        if offset < 0 or size < 0 or offset + size > self._values.size:
            raise CheckpointError(f"The constant {layer.name} lies outside the weights file.")
        raw = self._values[offset : offset + size].tobytes()
        return np.frombuffer(raw, dtype=_ELEMENT_TYPES[attributes["element_type"]]).astype(np.float32).reshape(self.shape(layer))
