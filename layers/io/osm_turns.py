"""Turn restrictions of OSM relations, put into the ids of our streets."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product

import numpy as np

from layers.geometry import Geometry
from layers.io.osm_file import Restriction
from layers.io.osm_streets import StreetNet
from layers.io.rows import texts
from layers.io.tally import Tally
from layers.kinds.junctions import TurnRule, Turns
from layers.kinds.streets import Oneway
from layers.text import Text

# The restriction's text where a relation names the kind of vehicle: lorries are what we drive.
KEYS = ("restriction:hgv", "restriction:motor_vehicle", "restriction:motorcar", "restriction")
SKIPPED: Mapping[str, Text] = {
    "via_way": Text("经由路段的转向限制未采用", "turn restrictions over a way instead of a junction, not taken"),
    "untyped": Text("类别无法识别的转向限制", "turn restrictions of an unknown or conditional kind"),
    "exempt": Text("货车不受限的转向限制", "turn restrictions that exempt goods vehicles"),
    "outside": Text(
        "所指路段不在已读道路内的转向限制", "turn restrictions between ways that are not among the streets read"
    ),
    "ambiguous": Text("所指路段穿过路口而无法判断方向的转向限制", "turn restrictions whose way runs through the junction"),
}


def build_turns(restrictions: list[Restriction], net: StreetNet, tally: Tally) -> Turns:
    """Return the turn restrictions between streets of `net`; the others are told to `tally`."""
    rows: list[tuple[str, int, int, int, int]] = []
    for restriction in restrictions:
        found = _turns(restriction, net)
        if isinstance(found, str):
            tally.say("skipped", "turns", SKIPPED[found], f"relation {restriction.relation_id}")
        else:
            rows += found
    streets, junctions = net.streets, net.junctions
    if not rows:
        return Turns.empty()
    via = [junctions.row_of[f"n{r[2]}"] for r in rows]
    return Turns(
        ids=texts(r[0] for r in rows),
        geometry=Geometry.points(junctions.geometry.coords[via]),
        from_street=streets.ids[[r[1] for r in rows]],
        via_junction=junctions.ids[via],
        to_street=streets.ids[[r[3] for r in rows]],
        rule=np.array([r[4] for r in rows], dtype=np.int8),
    )


def _rule(tags: Mapping[str, str]) -> TurnRule:
    text = next((tags[key] for key in KEYS if key in tags), "")
    if text.startswith("no_"):
        return TurnRule.BANNED
    return TurnRule.ONLY if text.startswith("only_") else TurnRule.UNKNOWN


def _turns(restriction: Restriction, net: StreetNet) -> list[tuple[str, int, int, int, int]] | str:
    """Return (id, from row, via node, to row, rule) of each turn meant, or the reason why there is none."""
    rule = _rule(restriction.tags)
    if rule is TurnRule.UNKNOWN:
        return "untyped"
    if "hgv" in restriction.tags.get("except", "").split(";"):
        return "exempt"
    if restriction.via_ways:
        return "via_way"
    pairs: list[tuple[int, int, int]] = []
    for from_way, via, to_way in product(restriction.from_ways, restriction.via_nodes, restriction.to_ways):
        arriving = _ending(net, from_way, via, arriving=True)
        leaving = _ending(net, to_way, via, arriving=False)
        if len(arriving) > 1 or len(leaving) > 1:
            return "ambiguous"
        pairs += [(a, via, b) for a in arriving for b in leaving]
    if not pairs:
        return "outside"
    several = len(pairs) > 1
    return [
        (f"r{restriction.relation_id}{f'-{i}' if several else ''}", a, via, b, int(rule))
        for i, (a, via, b) in enumerate(pairs, 1)
    ]


def _ending(net: StreetNet, way_id: int, node: int, *, arriving: bool) -> list[int]:
    """Return the streets of a way that may be driven towards a node, or away from it."""
    rows = net.street_at.get((way_id, node), ())
    return [row for row in rows if _may(net, row, node, arriving)]


def _may(net: StreetNet, row: int, node: int, arriving: bool) -> bool:
    oneway, nodes = int(net.streets.oneway[row]), net.chains[row].nodes
    if oneway in {Oneway.UNKNOWN, Oneway.BOTH} or nodes[0] == nodes[-1]:
        return True
    at_end = nodes[-1] == node
    return at_end == ((oneway == Oneway.FORWARD) == arriving)
