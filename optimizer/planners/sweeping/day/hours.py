"""When each pass may be swept: in its shifts, off the traffic peaks, the first sweep of the day by a given time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from layers.errors import ParameterError
from layers.hours import Periods, parse_periods
from layers.layer import F64, Bool, Rows
from layers.text import Text
from layers.units import DAY_S, seconds_of_day
from optimizer.planners.sweeping.day.kerbs import Passes, most_speed_mps
from optimizer.planners.sweeping.params import SweepingParams
from resources.inventory import Shift, VehicleType

UNUSED = (0, -1)
# The longest turn into a street that is waited for: it is taken behind the wait.
_TURN_S = 30.0
Spans = tuple[tuple[float, float], ...]


@dataclass(frozen=True, eq=False)
class Hours:
    """Hold when passes may be swept.

    Parameters
    ----------
    windows_s
        As `windows_of` returns it.
    kept_s
        Seconds that waiting may take of each shift, by its key; the search leaves them free.
    """

    windows_s: F64 | None
    kept_s: Mapping[str, float]

    def take(self, rows: Rows) -> Hours:
        """Return those of some passes."""
        return Hours(None if self.windows_s is None else self.windows_s[rows], self.kept_s)


ANY_TIME = Hours(None, {})


def hours_of(passes: Passes, shifts: tuple[Shift, ...], vehicles: tuple[VehicleType, ...], params: SweepingParams) -> Hours:
    """Return when passes may be swept, and what of the shifts goes to waiting.

    At each peak a vehicle waits for its end, and before it as long as the pass lasts that does not fit in any more. A shift
    in which first sweeps must end early is planned to end then.
    """
    windows = windows_of(passes, shifts, vehicles, params)
    if windows is None:
        return ANY_TIME
    longest_s = float(service_s(passes, vehicles, params).max(initial=0.0)) + _TURN_S
    peaks, by_s = parse_periods(params.peak_periods) if params.avoid_peaks else (), first_by_s(params)
    kept_s = {}
    for shift in shifts:
        span = (shift.start_s, shift.end_s)
        spans = without(span, peaks) or (span,)
        if by_s is not None:
            spans = tuple(early(list(spans), shifts[0].start_s, by_s)) or spans
        lost_s = span[1] - span[0] - sum(high - low for low, high in spans)
        kept_s[shift.key] = lost_s + longest_s * len(spans) if lost_s > 0 else 0.0
    return Hours(windows, kept_s)


def service_s(passes: Passes, vehicles: tuple[VehicleType, ...], params: SweepingParams) -> F64:
    """Return the seconds that the slowest vehicle takes for each pass, shape (n_passes,)."""
    slowest_mps = min((v.working_speed_mps for v in vehicles), default=1.0)
    most_mps = most_speed_mps(passes.streets, params)[passes.street]
    return np.asarray(passes.length_m / np.minimum(slowest_mps, most_mps))


def windows_of(
    passes: Passes, shifts: tuple[Shift, ...], vehicles: tuple[VehicleType, ...], params: SweepingParams
) -> F64 | None:
    """Return when each pass may be swept, shape (n_passes, n_windows, 2), seconds; None where the shifts alone decide.

    Unused rows are ``(0, -1)``; a pass without any is one whose first sweep would be done too late in every shift. Peaks do
    not bind where a shift leaves no time beside them that is long enough for the pass: then they cannot be avoided.

    Raises
    ------
    ParameterError
        Where the time by which the first sweep is to be done is no time of day.
    """
    peaks = parse_periods(params.peak_periods) if params.avoid_peaks else ()
    by_s = first_by_s(params)
    whole = [((s.start_s, s.end_s),) for s in shifts]
    off_peak = [without(spans[0], peaks) or spans for spans in whole]
    if by_s is None and whole == off_peak:
        return None
    lasts_s = service_s(passes, vehicles, params)
    steps = np.unique(np.array([end - begin for spans in off_peak for begin, end in spans] or [0.0]))
    kinds: dict[tuple[int, bool], Spans] = {}
    of_pass = []
    for n, long_s in zip(passes.n_sweep.tolist(), lasts_s.tolist(), strict=True):
        key = (int(np.searchsorted(steps, long_s)), n == 1 and by_s is not None)
        if key not in kinds:
            spans = [s for off, all_of in zip(off_peak, whole, strict=True) for s in long_enough(off, long_s) or all_of]
            kinds[key] = tuple(early(spans, shifts[0].start_s, by_s) if key[1] and by_s is not None else spans)
        of_pass.append(kinds[key])
    most = max(1, max((len(spans) for spans in kinds.values()), default=1))
    return np.array([[*spans, *[UNUSED] * (most - len(spans))] for spans in of_pass], dtype=np.float64)


def first_by_s(params: SweepingParams) -> int | None:
    """Return the time of day by which the first sweep is to be done; None where none is asked.

    Raises
    ------
    ParameterError
        Where it is no time of day.
    """
    if not params.first_sweep_by.strip():
        return None
    try:
        return seconds_of_day(params.first_sweep_by)
    except ValueError:
        zh = f"参数 first_sweep_by 为“{params.first_sweep_by}”；应为 HH:MM，如 07:00，或留空"
        en = f"parameter 'first_sweep_by' is {params.first_sweep_by!r}; expected HH:MM such as 07:00, or nothing"
        raise ParameterError(Text(zh, en)) from None


def without(span: tuple[float, float], periods: Periods) -> Spans:
    """Return what is left of a time when daily periods are taken out."""
    left = [span]
    for begin, end in ((a + days * DAY_S, b + days * DAY_S) for a, b in periods for days in (-1, 0, 1)):
        left = [part for low, high in left for part in ((low, min(high, begin)), (max(low, end), high)) if part[1] > part[0]]
    return tuple(sorted(set(left)))


def long_enough(spans: Spans, time_s: float) -> Spans:
    """Return those times that are long enough."""
    return tuple(s for s in spans if s[1] - s[0] >= time_s)


def early(spans: list[tuple[float, float]], day_begins_s: float, by_s: float) -> list[tuple[float, float]]:
    """Return times cut off where the first sweep is to be done; the working day begins with its first shift.

    A night shift from 22:00 on is before 07:00, and a day shift from 09:00 on behind it.
    """
    allowed_s = (by_s - day_begins_s) % DAY_S
    found = []
    for begin, end in spans:
        at_s = (begin - day_begins_s) % DAY_S
        last_s = min(end, begin + allowed_s - at_s)
        if last_s > begin:
            found.append((begin, last_s))
    return found


def open_in(windows: F64, shifts: tuple[Shift, ...]) -> Bool:
    """Return in which shifts passes have a window, shape (n, n_shifts)."""
    begin, end = windows[:, :, :1], windows[:, :, 1:]
    low, high = np.array([s.start_s for s in shifts]), np.array([s.end_s for s in shifts])
    return np.asarray(((begin < high) & (end > low) & (end > begin)).any(axis=1))


def never(windows: F64) -> Bool:
    """Return which passes have no window at all, shape (n,)."""
    return np.asarray(~(windows[:, :, 1] > windows[:, :, 0]).any(axis=1))


def inside(windows: F64, start_s: F64, end_s: F64, tolerance_s: float) -> Bool:
    """Return which times lie within one of their windows, shape (n,).

    Parameters
    ----------
    windows_s
        Shape (n, n_windows, 2).
    """
    covered = (windows[:, :, 0] <= start_s[:, None] + tolerance_s) & (end_s[:, None] <= windows[:, :, 1] + tolerance_s)
    return np.asarray(covered.any(axis=1))
