"""Join berths at the kerb into beats of attendants, with a payment terminal each."""

from __future__ import annotations

import numpy as np

from layers.geometry import Geometry
from layers.text import Text
from optimizer.engines.beats import solve_beats
from optimizer.engines.limits import Engine, Limits
from optimizer.monitor import Monitor
from optimizer.plan import Beat, ExtraLayer
from optimizer.planners.parking.params import ParkingParams
from optimizer.planners.parking.reading.ground import Ground
from optimizer.planners.parking.reading.stretches import Shares, shares_at, stretches_of
from optimizer.planners.parking.search import looks
from optimizer.planners.parking.search.columns import LABELS, WORDS
from optimizer.planners.parking.search.marking import LOT_SIDE, REMOVED, Berth

# Share of the time limit that OR-Tools has for beats.
_BEATS_SHARE = 0.15
LAYER = Text("收费员分管路段", "Attendants' beats")


def at_kerb(ground: Ground, berths: tuple[Berth, ...]) -> Shares:
    """Return where berths at the kerb that are there after the plan stand along their streets."""
    own = [b for b in berths if b.state != REMOVED and b.side != LOT_SIDE and b.place]
    centres_m = np.array([b.corners_m.mean(axis=0) for b in own]).reshape(-1, 2)
    return shares_at(ground, [b.place for b in own], np.round(centres_m, 3))


def beats_of(
    ground: Ground, berths: tuple[Berth, ...], params: ParkingParams, monitor: Monitor
) -> tuple[tuple[Beat, ...], ExtraLayer]:
    """Return the beats, and their streets to be drawn; a beat with too few berths says how many it lacks."""
    stretches = stretches_of(ground, at_kerb(ground, berths), params)
    # as many rounds as are usual, so that a run that is limited by work can be repeated
    engine = Engine(params.engine)
    limits = Limits(_BEATS_SHARE * params.time_limit_s) if engine is Engine.ORTOOLS else None
    result = solve_beats(stretches.problem, limits=limits, seed=params.seed, monitor=monitor, engine=engine)
    short = {s.beat: s for s in result.short}
    loads, beats = stretches.problem.n_berths, list[Beat]()
    rows, names, counts = list[int](), list[str](), list[float]()
    for k, beat in enumerate(result.beats):
        n, walk_m, name = int(loads[list(beat)].sum()), result.longest_m[k], f"B{k + 1:04d}"
        zh, en = f"{n} 个泊位，首尾步行 {walk_m:.0f} m", f"{n} berths, {walk_m:.0f} m from end to end"
        if k in short:
            zh += f"；不足 {params.n_attended_least} 个，缺 {short[k].n_missing} 个"
            en += f"; {short[k].n_missing} short of {params.n_attended_least}"
        lacks = short[k].n_missing if k in short else 0
        beats.append(Beat(name, tuple(stretches.items[i] for i in beat), Text(zh, en), lacks))
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
