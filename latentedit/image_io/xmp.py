"""Saying in an XMP packet that a picture is partly or wholly the work of a trained model.

IPTC Photo Metadata Standard, property Digital Source Type; values from the NewsCodes vocabulary of the same name. A packet that
is there already is changed as text, so that everything else in it stays as it was.
"""

from __future__ import annotations

import re
from xml.parsers import expat

_VOCABULARY = "http://cv.iptc.org/newscodes/digitalsourcetype/"
EDITED = _VOCABULARY + "compositeWithTrainedAlgorithmicMedia"
"""A photograph with parts made by a trained model."""
GENERATED = _VOCABULARY + "trainedAlgorithmicMedia"
"""A picture made by a trained model."""

_NAMESPACE = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_PROPERTY = "DigitalSourceType"


def marked(packet: bytes | None, source_type: str) -> bytes:
    """Put the digital source type into a packet, replacing an older one.

    Args:
        packet: the packet that the picture carries, if any; one that is not well-formed XML in UTF-8 is replaced.
        source_type: ``EDITED`` or ``GENERATED``.
    """
    text = _well_formed(packet.rstrip(b"\0")) if packet else None
    if text is None:
        return _new_packet(source_type)
    prefix = _prefix(text, _RDF)
    end = text.rfind(f"</{prefix}:RDF") if prefix else -1
    if end < 0:
        return _new_packet(source_type)
    kept = _without_property(text[:end])
    about = re.search(rf"{prefix}:about\s*=\s*(\"[^\"]*\"|'[^']*')", kept)
    value = about.group(1) if about else '""'
    addition = (
        f'<{prefix}:Description {prefix}:about={value} xmlns:Iptc4xmpExt="{_NAMESPACE}">'
        f"<Iptc4xmpExt:{_PROPERTY}>{source_type}</Iptc4xmpExt:{_PROPERTY}></{prefix}:Description>"
    )
    merged = (kept + addition + text[end:]).encode()
    return merged if _well_formed(merged) is not None else _new_packet(source_type)


def without_padding(packet: bytes) -> bytes:
    """Take out the white space that packets keep for changes in place."""
    return re.sub(rb"\s{64,}(?=<\?xpacket end)", b"\n", packet)


def _without_property(text: str) -> str:
    for prefix in set(re.findall(rf"xmlns:([\w.-]+)\s*=\s*[\"']{re.escape(_NAMESPACE)}[\"']", text)):
        name = rf"{re.escape(prefix)}:{_PROPERTY}"
        text = re.sub(rf"\s{name}\s*=\s*(\"[^\"]*\"|'[^']*')", "", text)
        text = re.sub(rf"<{name}\b[^>]*?(/>|>.*?</{name}\s*>)", "", text, flags=re.DOTALL)
    return text


def _prefix(text: str, namespace: str) -> str | None:
    found = re.search(rf"xmlns:([\w.-]+)\s*=\s*[\"']{re.escape(namespace)}[\"']", text)
    return found.group(1) if found else None


def _well_formed(packet: bytes) -> str | None:
    try:
        text = packet.decode("utf-8").lstrip("\ufeff")
        expat.ParserCreate().Parse(text.strip(), True)
    except (UnicodeDecodeError, expat.ExpatError):
        return None
    return text


def _new_packet(source_type: str) -> bytes:
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="{_RDF}">'
        f'<rdf:Description rdf:about="" xmlns:Iptc4xmpExt="{_NAMESPACE}">'
        f"<Iptc4xmpExt:{_PROPERTY}>{source_type}</Iptc4xmpExt:{_PROPERTY}>"
        '</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
    ).encode()
