"""Write small OSM files by hand: nodes on a grid of 100 m about a point in Wuxi."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import quoteattr

LON, LAT = 120.3, 31.5
# Degrees of 100 m there.
DX, DY = 0.0010528, 0.0009018

Tags = Mapping[str, str]
Member = tuple[str, int, str]


def osm_file(
    path: Path,
    nodes: Mapping[int, tuple[float, float]],
    ways: Mapping[int, tuple[Sequence[int], Tags]],
    relations: Mapping[int, tuple[Sequence[Member], Tags]] | None = None,
    node_tags: Mapping[int, Tags] | None = None,
) -> Path:
    """Write a file and return its path; `nodes` are in steps of 100 m east and north."""
    lines = ["<?xml version='1.0' encoding='UTF-8'?>", "<osm version='0.6' generator='test'>"]
    for key, (x, y) in nodes.items():
        lines.append(f"<node id='{key}' version='1' lon='{LON + x * DX:.7f}' lat='{LAT + y * DY:.7f}'>")
        lines += [*_tags((node_tags or {}).get(key, {})), "</node>"]
    for key, (refs, tags) in ways.items():
        lines.append(f"<way id='{key}' version='1'>")
        lines += [f"<nd ref='{ref}'/>" for ref in refs]
        lines += [*_tags(tags), "</way>"]
    for key, (members, tags) in (relations or {}).items():
        lines.append(f"<relation id='{key}' version='1'>")
        lines += [f"<member type='{kind}' ref='{ref}' role='{role}'/>" for kind, ref, role in members]
        lines += [*_tags(tags), "</relation>"]
    path.write_text("\n".join([*lines, "</osm>"]), encoding="utf-8")
    return path


def _tags(tags: Tags) -> list[str]:
    return [f"<tag k={quoteattr(k)} v={quoteattr(v)}/>" for k, v in tags.items()]


def restriction(from_way: int, via: int, to_way: int, kind: str) -> tuple[Sequence[Member], Tags]:
    """Return a turn restriction over a node."""
    members = (("way", from_way, "from"), ("node", via, "via"), ("way", to_way, "to"))
    return members, {"type": "restriction", "restriction": kind}
