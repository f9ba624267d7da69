"""The layers of a Krita document as nested lists of names."""


def names(node):
    """The names of the node's children; of a group, [name, names]."""
    return [[child.name(), names(child)] if child.childNodes() else child.name() for child in node.childNodes()]


def edits(document):
    """A detached group with one red layer, at (100, 100) and 100 pixels wide and high."""
    group = document.createGroupLayer("Edits")
    layer = document.createNode("Face 1", "paintlayer")
    layer.setPixelData(bytes([0, 0, 255, 255]) * 10000, 100, 100, 100, 100)
    group.addChildNode(layer, None)
    return group
