"""The best pile of modules: aisles with a row of stalls below, above, or both, joined by one cross aisle."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from optimizer.engines.berth_layout.problem import LotRules, StallType
from optimizer.engines.berth_layout.strips import Edges, Gaps, gaps_of

F64 = NDArray[np.float64]
I64 = NDArray[np.int64]
# Heights at which an aisle is tried.
STEP_M = 0.25
# Places across the lot at which the cross aisle is tried.
_N_CROSS = 8
BELOW, ABOVE = "below", "above"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of stalls: where it begins, how many, the y of its aisle's side, and whether it lies below the aisle."""

    x_m: float
    n: int
    aisle_y_m: float
    below: bool


@dataclass(frozen=True, slots=True)
class Pile:
    """Modules in a turned lot.

    Parameters
    ----------
    rows
        Of stalls.
    aisles
        Each as x from, y from, x to, y to.
    n_stalls
        In all rows.
    """

    rows: tuple[Row, ...]
    aisles: tuple[tuple[float, float, float, float], ...]
    n_stalls: int


@dataclass(frozen=True, eq=False)
class Levels:
    """Strips of aisles at all heights, with those of the rows below and above them."""

    kind: StallType
    y_m: F64
    aisle: Gaps
    below: Gaps
    above: Gaps

    @classmethod
    def of(cls, edges: Edges, kind: StallType) -> Levels:
        """Return the strips of one type of stall."""
        y_m = heights_m(edges, kind)
        return cls(
            kind, y_m, gaps_of(edges, y_m, kind.aisle_m), gaps_of(edges, y_m - kind.deep_m, kind.deep_m),
            gaps_of(edges, y_m + kind.aisle_m, kind.deep_m),
        )  # fmt: skip

    def counts(self, rows: Gaps, low: F64, high: F64, cut: tuple[float, float] | None) -> I64:
        """Return the stalls of each level's row between x limits, shape (n_levels,), none within a cut."""
        n = np.zeros(len(self.y_m), dtype=np.int64)
        for a, b in ((low, high),) if cut is None else ((low, np.minimum(high, cut[0])), (np.maximum(low, cut[1]), high)):
            start, end = np.maximum(rows.low, a[:, None]), np.minimum(rows.high, b[:, None])
            with np.errstate(invalid="ignore"):
                fit = np.floor((end - start - self.kind.lean_m + 1e-9) / self.kind.along_m)
            n += np.where(np.isfinite(fit) & (fit > 0), fit, 0).sum(axis=1).astype(np.int64)
        return n


def heights_m(edges: Edges, kind: StallType) -> F64:
    """Return the heights at which an aisle is tried: evenly, and where modules begin at the lowest or highest point."""
    low, high = edges.span
    top, module = high - kind.aisle_m, kind.aisle_m + 2 * kind.deep_m
    if top < low:
        return np.zeros(0)
    n = np.arange(int((high - low) / module) + 1) * module
    exact = np.concatenate([low + kind.deep_m + n, top - kind.deep_m - n, low + n, top - n])
    every = np.concatenate([np.arange(low, top, STEP_M), exact])
    return np.unique(np.round(every[(every >= low - 1e-9) & (every <= top + 1e-9)], 9))


def piles(edges: Edges, kind: StallType, rules: LotRules) -> Iterator[Pile]:
    """Yield good piles of one direction and type: with a single aisle, and with some cross aisles."""
    levels = Levels.of(edges, kind)
    if not len(levels.y_m):
        return
    single = _single(levels)
    if single is not None:
        yield single
    low, high = float(edges.x_low.min()), float(edges.x_high.max())
    low, high = min(low, float(edges.x_high.min())), max(high, float(edges.x_low.max()))
    thin = gaps_of(edges, levels.y_m, STEP_M)
    for x_m in np.linspace(low, high - rules.cross_m, _N_CROSS).tolist() if high - low > rules.cross_m else ():
        pile = _crossed(levels, thin, (x_m, x_m + rules.cross_m))
        if pile is not None:
            yield pile


def _single(levels: Levels) -> Pile | None:
    """Return the best single aisle with its two rows."""
    best: tuple[int, int, float, float] | None = None
    for gap in range(levels.aisle.low.shape[1]):
        low, high = levels.aisle.low[:, gap], levels.aisle.high[:, gap]
        n = levels.counts(levels.below, low, high, None) + levels.counts(levels.above, low, high, None)
        k = int(n.argmax()) if len(n) else -1
        if k >= 0 and n[k] > (best[0] if best else 0):
            best = int(n[k]), k, float(low[k]), float(high[k])
    if best is None:
        return None
    return _pile(levels, [(best[1], True, True)], (best[2], best[3]), None)


def _crossed(levels: Levels, thin: Gaps, cut: tuple[float, float]) -> Pile | None:
    """Return the best pile whose aisles a cross aisle at some x joins; None where it joins fewer than two."""
    kind = levels.kind
    low, high = levels.aisle.holding(*cut)
    open_there = ~np.isnan(thin.holding(*cut)[0])
    n_below, n_above = (levels.counts(rows, low, high, cut) for rows in (levels.below, levels.above))
    chosen = _joined(_schedule(levels, n_below, n_above, ~np.isnan(low)), levels.y_m, open_there, kind.aisle_m)
    return _pile(levels, chosen, None, cut) if len(chosen) >= 2 else None


def _schedule(levels: Levels, n_below: I64, n_above: I64, there: NDArray[np.bool_]) -> list[tuple[int, bool, bool]]:
    """Return modules that do not overlap with the most stalls in all, lowest first: weighted interval scheduling."""
    kind, rows = levels.kind, np.flatnonzero(there)
    sides = ((True, True), (True, False), (False, True))
    at = np.concatenate([rows] * 3)
    below, above = (np.repeat([side[k] for side in sides], len(rows)) for k in (0, 1))
    start = levels.y_m[at] - kind.deep_m * below
    end = levels.y_m[at] + kind.aisle_m + kind.deep_m * above
    worth = n_below[at] * below + n_above[at] * above
    order = np.argsort(end, kind="stable")
    start, end, worth = start[order], end[order], worth[order]
    before = np.searchsorted(end, start + 1e-7, side="right").tolist()
    best, taken = [0] * (len(order) + 1), [False] * len(order)
    for k, n in enumerate(worth.tolist()):
        with_it = n + best[before[k]]
        taken[k] = with_it > best[k]
        best[k + 1] = max(best[k], with_it)
    chosen, k = list[tuple[int, bool, bool]](), len(order)
    while k > 0:
        if taken[k - 1]:
            own = order[k - 1]
            chosen.append((int(at[own]), bool(below[own]), bool(above[own])))
            k = before[k - 1]
        else:
            k -= 1
    return chosen[::-1]


def _joined(
    chosen: list[tuple[int, bool, bool]], y_m: F64, open_there: NDArray[np.bool_], aisle_m: float
) -> list[tuple[int, bool, bool]]:
    """Return the longest run of modules between which the cross aisle lies inside."""
    runs: list[list[tuple[int, bool, bool]]] = []
    for module in chosen:
        between = (
            (y_m >= y_m[runs[-1][-1][0]] - STEP_M) & (y_m <= y_m[module[0]] + aisle_m - STEP_M)
            if runs
            else np.zeros(0, bool)
        )
        if runs and open_there[between].all():
            runs[-1].append(module)
        else:
            runs.append([module])
    return max(runs, key=len, default=[])


def _pile(
    levels: Levels, chosen: list[tuple[int, bool, bool]], span: tuple[float, float] | None, cut: tuple[float, float] | None
) -> Pile:
    kind, rows, aisles = levels.kind, list[Row](), list[tuple[float, float, float, float]]()
    for nth, (k, below, above) in enumerate(chosen):
        y = float(levels.y_m[k])
        if span is not None:
            low, high = span
        else:
            assert cut is not None
            lows, highs = levels.aisle.holding(*cut)
            low, high = float(lows[k]), float(highs[k])
        # the cross aisle ends in the outermost aisles: rows beyond them are whole
        outer = {BELOW: nth == 0, ABOVE: nth == len(chosen) - 1}
        own = list[Row]()
        if below:
            own += _rows(levels.below, k, (low, high), None if outer[BELOW] else cut, kind, (y, True))
        if above:
            own += _rows(levels.above, k, (low, high), None if outer[ABOVE] else cut, kind, (y + kind.aisle_m, False))
        rows += own
        ends = [r.x_m for r in own] + [r.x_m + r.n * kind.along_m + kind.lean_m for r in own] + list(cut or ())
        if ends:
            aisles.append((min(ends), y, max(ends), y + kind.aisle_m))
    if cut is not None and aisles:
        aisles.append((cut[0], aisles[0][1], cut[1], aisles[-1][3]))
    return Pile(tuple(rows), tuple(aisles), sum(r.n for r in rows))


def _rows(
    gaps: Gaps, k: int, span: tuple[float, float], cut: tuple[float, float] | None, kind: StallType, at: tuple[float, bool]
) -> Iterator[Row]:
    for start, end in zip(gaps.low[k].tolist(), gaps.high[k].tolist(), strict=True):
        low, high = max(start, span[0]), min(end, span[1])
        for a, b in ((low, high),) if cut is None else ((low, min(high, cut[0])), (max(low, cut[1]), high)):
            if np.isfinite(b - a) and (n := int(np.floor((b - a - kind.lean_m + 1e-9) / kind.along_m))) > 0:
                yield Row(a, n, *at)
