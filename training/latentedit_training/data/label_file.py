"""``dataset.json``: the labels of images by their names, as NVIDIA's tools write it, and what ours add.

``{"labels": [["00000/img00000000.png", 6], ...]}`` gives class numbers, ``[..., [0.0, 1.0]]`` degrees of attributes in 0 to 1, and null none.
Ours: ``attribute_names`` and ``class_names``, lists of texts; other keys are left alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import torch

from latentedit.checked_json import parse_json
from latentedit.errors import InputError, ProjectFileError
from latentedit_training.data.base import Labels

LABELS_NAME = "dataset.json"
MAX_LABELS_BYTES = 1 << 28
MAX_CLASSES = 1 << 16
MAX_ATTRIBUTES = 4096


def read_labels(data: bytes, names: Sequence[str], where: str) -> Labels | None:
    """The labels of the images of these names, or None where the file has none.

    Args:
        data: the bytes of the file.
        where: what to call it in messages.

    Raises:
        InputError: it is damaged, an image has no label, or the labels are of several kinds or outside their range.
    """
    if len(data) > MAX_LABELS_BYTES:
        raise _damaged(where, f"it is larger than {MAX_LABELS_BYTES >> 20} MiB")
    try:
        about = parse_json(data, LABELS_NAME).value
    except ProjectFileError as error:  # of the checked JSON, which project files are made of
        raise _damaged(where, "it is no valid JSON") from error
    if not isinstance(about, dict):
        raise _damaged(where, "it is no object")
    listed = about.get("labels")
    if listed is None:
        return None
    by_name = _by_name(listed, where)
    missing = [name for name in names if name not in by_name]
    if missing:
        raise InputError(
            f"{where} has no label for {missing[0][:80]} ({len(missing)} images have none).", hint="Label all images."
        )
    values = [by_name[name] for name in names]
    if all(isinstance(value, list) for value in values):
        return _attributes(values, _texts(about, "attribute_names", MAX_ATTRIBUTES, where), where)
    if all(isinstance(value, int) and not isinstance(value, bool) for value in values):
        return _classes(values, _texts(about, "class_names", MAX_CLASSES, where), where)
    raise _damaged(where, "its labels are neither all class numbers nor all lists of degrees")


def _by_name(listed: object, where: str) -> Mapping[str, object]:
    if not isinstance(listed, list):
        raise _damaged(where, "its labels are no list")
    by_name = {}
    for pair in listed:
        if not (isinstance(pair, list) and len(pair) == 2 and isinstance(pair[0], str)):
            raise _damaged(where, "a label is no pair of a name and a value")
        by_name[pair[0]] = pair[1]
    if len(by_name) != len(listed):
        raise _damaged(where, "an image has two labels")
    return by_name


def _classes(values: Sequence[object], names: tuple[str, ...] | None, where: str) -> Labels:
    numbers = [value for value in values if isinstance(value, int)]
    highest = max(numbers, default=-1)
    count = highest + 1 if names is None else len(names)
    if min(numbers, default=0) < 0 or highest >= min(count, MAX_CLASSES):
        raise _damaged(where, f"a class number is outside 0 to {min(count, MAX_CLASSES) - 1}")
    return Labels("class", names or tuple(str(number) for number in range(count)), torch.tensor(numbers, dtype=torch.int64))


def _attributes(values: Sequence[object], names: tuple[str, ...] | None, where: str) -> Labels:
    rows = [value for value in values if isinstance(value, list)]
    width = len(names) if names is not None else len(rows[0]) if rows else 0
    if not 1 <= width <= MAX_ATTRIBUTES or any(len(row) != width for row in rows):
        raise _damaged(where, "its labels have not all as many numbers as there are attributes")
    if any(
        isinstance(number, bool) or not isinstance(number, int | float) or not 0 <= number <= 1 for row in rows for number in row
    ):
        raise InputError(f"{where} has a degree of an attribute that is no number in 0 to 1.", hint="Scale the labels to 0 to 1.")
    return Labels("attributes", names or tuple(str(number) for number in range(width)), torch.tensor(rows, dtype=torch.float32))


def _texts(about: Mapping[str, object], key: str, most: int, where: str) -> tuple[str, ...] | None:
    texts = about.get(key)
    if texts is None:
        return None
    if not isinstance(texts, list) or len(texts) > most or not all(isinstance(text, str) for text in texts):
        raise _damaged(where, f"{key} is no list of names")
    if len(set(texts)) != len(texts):
        raise _damaged(where, f"{key} has a name twice")
    return tuple(texts)


def _damaged(where: str, problem: str) -> InputError:
    return InputError(f"The labels of {where} are damaged: {problem}.", hint="Make the set again.")
