"""Join berths at the kerb into beats of attendants, with a payment terminal each."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np

from layers.geometry import Geometry
from layers.text import Text
from optimizer.engines.beats import BeatProblem, solve_beats
from optimizer.monitor import Monitor
from optimizer.plan import Beat, ExtraLayer
from optimizer.planners.parking.params import ParkingParams
from optimizer.planners.parking.reading.ground import Ground
from optimizer.planners.parking.search import looks
from optimizer.planners.parking.search.columns import LABELS, WORDS
from optimizer.planners.parking.search.marking import LOT_SIDE, REMOVED, Berth

LAYER = Text("收费员分管路段", "Attendants' beats")


@dataclass(frozen=True, eq=False)
class Stretches:
    """Hold stretches of streets with berths at the kerb, as the engine asks for them.

    Parameters
    ----------
    items
        Street ids, with ``#n`` behind the n-th part of a street that is too long for one attendant, or has too many berths.
    street_rows
        Row of the street of each.
    """

    items: tuple[str, ...]
    street_rows: tuple[int, ...]
    problem: BeatProblem


def stretches_of(ground: Ground, n_berths: Counter[str], params: ParkingParams) -> Stretches:
    """Return the stretches of streets with berths; those that are too long, or have too many, are cut into even parts."""
    network, streets = ground.walking, ground.streets
    arc_of = {int(s): k for k, s in reversed(list(enumerate(network.arc_street.tolist())))}
    once = network.arc_forward
    tails, heads, lengths = (
        [column[once].tolist()] for column in (network.arc_tail, network.arc_head, network.arc_length_m)
    )
    items, rows, loads, ends = list[str](), list[int](), list[int](), list[tuple[int, int]]()
    n_nodes = network.n_nodes
    for item in sorted(n_berths):
        row, n = streets.row_of.get(item, -1), n_berths[item]
        if row not in arc_of or n <= 0:
            continue
        arc = arc_of[row]
        length_m = float(network.arc_length_m[arc])
        n_parts = min(n, max(-(-n // params.n_attended_most), -int(-length_m // params.beat_walk_m)))
        nodes = [int(network.arc_tail[arc]), *range(n_nodes, n_nodes + n_parts - 1), int(network.arc_head[arc])]
        n_nodes += n_parts - 1
        for part in range(n_parts):
            items.append(item if n_parts == 1 else f"{item}#{part + 1}")
            rows.append(row)
            loads.append(n // n_parts + (part < n % n_parts))
            ends.append((nodes[part], nodes[part + 1]))
        if n_parts > 1:
            tails.append(nodes[:-1])
            heads.append(nodes[1:])
            lengths.append([length_m / n_parts] * n_parts)
    both = np.array(ends, dtype=np.int64).reshape(-1, 2)
    edges = [np.array([v for part in parts for v in part]) for parts in (tails, heads, lengths)]
    problem = BeatProblem(
        np.array(loads, dtype=np.int64), both[:, 0], both[:, 1], edges[0].astype(np.int64), edges[1].astype(np.int64),
        edges[2].astype(np.float64), params.n_attended_least, params.n_attended_most, params.beat_walk_m, name="beats",
    )  # fmt: skip
    return Stretches(tuple(items), tuple(rows), problem)


def at_kerb(berths: tuple[Berth, ...]) -> Counter[str]:
    """Return the berths at the kerb that are there after the plan, by street."""
    return Counter(b.place for b in berths if b.state != REMOVED and b.side != LOT_SIDE and b.place)


def beats_of(
    ground: Ground, berths: tuple[Berth, ...], params: ParkingParams, monitor: Monitor
) -> tuple[tuple[Beat, ...], ExtraLayer]:
    """Return the beats, and their streets to be drawn; a beat with too few berths says how many it lacks."""
    stretches = stretches_of(ground, at_kerb(berths), params)
    result = solve_beats(stretches.problem, monitor)
    short = {s.beat: s for s in result.short}
    loads, beats = stretches.problem.n_berths, list[Beat]()
    rows, names, counts = list[int](), list[str](), list[float]()
    for k, beat in enumerate(result.beats):
        n, walk_m, name = int(loads[list(beat)].sum()), result.longest_m[k], f"B{k + 1:04d}"
        zh, en = f"{n} 个泊位，首尾步行 {walk_m:.0f} m", f"{n} berths, {walk_m:.0f} m from end to end"
        if k in short:
            zh += f"；不足 {params.n_attended_least} 个，缺 {short[k].n_missing} 个"
            en += f"; {short[k].n_missing} short of {params.n_attended_least}"
        beats.append(Beat(name, tuple(stretches.items[i] for i in beat), Text(zh, en)))
        for i in beat:
            rows.append(stretches.street_rows[i])
            names.append(name)
            counts.append(float(loads[i]))
    values: dict[str, tuple[str | float, ...]] = {
        "id": tuple(str(ground.streets.ids[row]) for row in rows),
        "beat": tuple(names),
        "n_berths": tuple(counts),
        "tint": tuple(str(int(name[1:]) % looks.N_COLOURS) for name in names),
    }
    lines = Geometry.lines([ground.streets.geometry.row(row) for row in rows])
    return tuple(beats), ExtraLayer(LAYER, lines, values, LABELS, WORDS, looks.BEATS)
