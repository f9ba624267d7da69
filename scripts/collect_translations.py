"""Bring catalogues up to date with what the window says; scripts/update_translations runs it.

PyQt6's own ``pylupdate6`` finds the sentences. What it writes is then put in an order and a shape of its own, so that a catalogue changes
only where sentences did: no line numbers, as many plural forms as the language has, and in English only what has a number in it.
"""

from __future__ import annotations

import argparse
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

from PyQt6.lupdate import lupdate

PLURAL_FORMS = {"en": 2, "de": 2, "zh_CN": 1}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("package", type=Path, help="the folder of the window's code")
    parser.add_argument("catalogues", type=Path, help="the folder of the .ts files")
    arguments = parser.parse_args()
    files = {language: arguments.catalogues / f"{language}.ts" for language in PLURAL_FORMS}
    lupdate([str(arguments.package)], [str(file) for file in files.values()], no_obsolete=True)
    for language, file in files.items():
        unfinished = tidy(file, language)
        print(f"{file}: {unfinished} to translate", file=sys.stderr)


def tidy(file: Path, language: str) -> int:
    """Give a catalogue its shape; returns how many entries wait for a translation."""
    root = ElementTree.fromstring(file.read_bytes())
    made = ElementTree.Element("TS", {"version": "2.1", "language": language, "sourcelanguage": "en"})
    unfinished = 0
    for context in sorted(root.iter("context"), key=lambda each: each.findtext("name") or ""):
        messages = [message for message in context.iter("message") if language != "en" or message.get("numerus") == "yes"]
        if not messages:
            continue
        kept = ElementTree.SubElement(made, "context")
        ElementTree.SubElement(kept, "name").text = context.findtext("name")
        for message in sorted(messages, key=lambda each: (each.findtext("source") or "", each.findtext("comment") or "")):
            kept.append(entry(message, PLURAL_FORMS[language]))
            unfinished += kept[-1].find("translation[@type='unfinished']") is not None
    ElementTree.indent(made, " ")
    text = ElementTree.tostring(made, encoding="unicode")
    file.write_text(f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{text}\n', encoding="utf-8")
    return unfinished


def entry(message: ElementTree.Element, forms: int) -> ElementTree.Element:
    """A message without where it was found; unfinished unless every form is there."""
    made = ElementTree.Element("message")
    ElementTree.SubElement(made, "source").text = message.findtext("source")
    if comment := message.findtext("comment"):
        ElementTree.SubElement(made, "comment").text = comment
    old = message.find("translation")
    translation = ElementTree.SubElement(made, "translation")
    if message.get("numerus") == "yes":
        made.set("numerus", "yes")
        known = [] if old is None else [form.text or "" for form in old.iter("numerusform")]
        texts = (known + [""] * forms)[:forms]
        for text in texts:
            ElementTree.SubElement(translation, "numerusform").text = text
    else:
        texts = [(old.text or "") if old is not None else ""]
        translation.text = texts[0]
    if not all(texts) or (old is not None and old.get("type") == "unfinished"):
        translation.set("type", "unfinished")
    return made


if __name__ == "__main__":
    main()
