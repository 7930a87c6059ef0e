"""Join OSM ways into streets: cut at junctions, and joined where a way merely goes on with the same attributes.

osmnx joins edges on a graph of objects, loses which way a turn restriction means, and gathers differing tags into
lists. Here a street keeps one value of each attribute, its direction, its parallel twins and its loops; it ends where
three ways meet, at a dead end, where a turn is restricted, and where an attribute changes.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from layers.io.osm_file import LonLat, Way
from layers.kinds.streets import Oneway

_FLIPPED = {Oneway.FORWARD: Oneway.BACKWARD, Oneway.BACKWARD: Oneway.FORWARD}


@dataclass(frozen=True, slots=True)
class Piece:
    """Hold the part of one way between two cuts.

    Parameters
    ----------
    way
        Row of the way in the list that was cut.
    number
        Which part of its way it is, from 1.
    nodes
        Node ids, at least two.
    """

    way: int
    number: int
    nodes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Chain:
    """Hold pieces that make one street.

    Parameters
    ----------
    pieces
        Rows of the pieces, in order along the street; the street is drawn the way the `leader` is.
    leader
        The piece with the lowest way and number, which names the street.
    nodes
        Node ids along the street.
    """

    pieces: tuple[int, ...]
    leader: int
    nodes: tuple[int, ...]


def flipped(oneway: int) -> int:
    """Return a one-way code as seen along the line drawn the other way."""
    return int(_FLIPPED.get(Oneway(oneway), oneway))


def runs(nodes: Sequence[int], known: Container[int]) -> list[tuple[int, ...]]:
    """Return the parts of a way whose nodes are all in the file, without repeats of one node in a row.

    A stretch that the way has been along already is left out: osmnx writes a two-way street as a way there and back.
    """
    found: list[tuple[int, ...]] = []
    run: list[int] = []
    driven: set[frozenset[int]] = set()
    retraces = len(set(nodes)) < len(nodes)
    for node in nodes:
        if node not in known:
            found.append(tuple(run))
            run = []
            continue
        if run and run[-1] == node:
            continue
        if retraces and run:
            step = frozenset((run[-1], node))
            if step in driven:
                found.append(tuple(run))
                run = []
            driven.add(step)
        run.append(node)
    found.append(tuple(run))
    return [r for r in found if len(r) > 1]


def retraced(nodes: Sequence[int]) -> bool:
    """Return whether a way runs along a stretch of its own twice."""
    if len(set(nodes)) == len(nodes):
        return False
    steps = [frozenset(step) for step in pairwise(nodes) if step[0] != step[1]]
    return len(set(steps)) < len(steps)


def cut(ways: Sequence[Way], known: Container[int], forced: Iterable[int]) -> tuple[list[Piece], set[int]]:
    """Return the pieces of all ways, and the nodes where streets must end whatever their attributes.

    Parameters
    ----------
    known
        Nodes whose place is known.
    forced
        Nodes that are junctions though only two ways meet there: a turn is restricted.
    """
    parts = [(row, run) for row, way in enumerate(ways) for run in runs(way.nodes, known)]
    degree: Counter[int] = Counter()
    ends: set[int] = set()
    for _, run in parts:
        degree.update(run)
        degree.update(run[1:-1])
        ends |= {run[0], run[-1]}
    junctions = {node for node, n in degree.items() if n != 2} | (set(forced) & degree.keys())
    stops = junctions | ends
    pieces: list[Piece] = []
    n_of_way: Counter[int] = Counter()
    for row, run in parts:
        start = 0
        for i in range(1, len(run)):
            if run[i] in stops:
                n_of_way[row] += 1
                pieces.append(Piece(row, n_of_way[row], run[start : i + 1]))
                start = i
    return pieces, junctions


def join(
    pieces: Sequence[Piece], ways: Sequence[Way], junctions: set[int], alike: Sequence[Hashable], oneway: Sequence[int]
) -> list[Chain]:
    """Return streets: pieces joined over nodes where one way goes on as another with the same attributes.

    Parameters
    ----------
    junctions
        Nodes that no street runs through.
    alike
        For each way what must be the same for two to be joined, but for the direction.
    oneway
        For each way its `Oneway` code, as drawn.
    """
    at_node: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for row, piece in enumerate(pieces):
        at_node[piece.nodes[0]].append((row, 0))
        at_node[piece.nodes[-1]].append((row, 1))
    partner: dict[tuple[int, int], tuple[int, int]] = {}
    for node, met in at_node.items():
        if node in junctions or len(met) != 2 or met[0][0] == met[1][0]:
            continue
        (a, end_a), (b, end_b) = met
        way_a, way_b = pieces[a].way, pieces[b].way
        seen_from_a = oneway[way_b] if end_a != end_b else flipped(oneway[way_b])
        if alike[way_a] == alike[way_b] and oneway[way_a] == seen_from_a:
            partner[a, end_a], partner[b, end_b] = (b, end_b), (a, end_a)
    order = sorted(range(len(pieces)), key=lambda row: (ways[pieces[row].way].way_id, pieces[row].number))
    return _chains(pieces, partner, order)


def _chains(pieces: Sequence[Piece], partner: dict[tuple[int, int], tuple[int, int]], order: Iterable[int]) -> list[Chain]:
    used: set[int] = set()
    chains = []
    for leader in order:
        if leader in used:
            continue
        ahead = _follow(leader, 1, partner)
        back = [] if ahead and ahead[-1][0] == leader else _follow(leader, 0, partner)
        ahead = [step for step in ahead if step[0] != leader]
        steps = [(row, not forward) for row, forward in reversed(back)] + [(leader, True)] + ahead
        nodes: list[int] = []
        for row, forward in steps:
            line = pieces[row].nodes if forward else pieces[row].nodes[::-1]
            nodes += line[1:] if nodes else line
        used |= {row for row, _ in steps}
        chains.append(Chain(tuple(row for row, _ in steps), leader, tuple(nodes)))
    return chains


def _follow(leader: int, end: int, partner: dict[tuple[int, int], tuple[int, int]]) -> list[tuple[int, bool]]:
    """Return the pieces beyond one end of `leader`, and whether each is walked as drawn; a ring ends in `leader`."""
    steps: list[tuple[int, bool]] = []
    here = (leader, end)
    while here in partner:
        row, entered = partner[here]
        steps.append((row, entered == 0))
        if row == leader:
            break
        here = (row, 1 - entered)
    return steps


def coordinates(chain: Chain, lonlat: dict[int, LonLat]) -> list[LonLat]:
    """Return the degrees along a street."""
    return [lonlat[node] for node in chain.nodes]
