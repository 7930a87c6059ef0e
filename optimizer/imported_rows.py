"""Read a timetable that is driven today: its stops by vehicle, each at a waste point of the city."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from layers.city import City, Note
from layers.errors import InputError
from layers.io.fields import float_of, match_words
from layers.io.frame import Frame
from layers.io.synonyms import BLANK, EVERYWHERE, PLACE, TIMETABLE, plain
from layers.kinds.facilities import WastePoints
from layers.text import Text
from layers.units import DAY_S, HOUR_S, seconds_of_day
from optimizer.imported import ImportedRow
from optimizer.imported_points import STREAMS, Stop, at_points

LONGEST_STOP_S = 12 * HOUR_S  # a longer one is a slip of the pen, not a stop over midnight

_WORDS: Mapping[str, tuple[str, ...]] = {
    **{field: (field, *words) for field, words in TIMETABLE.items()},
    **{field: (field, *PLACE[field]) for field in ("x", "y")},
    "x_m": ("x_m",), "y_m": ("y_m",), "name": ("name", *EVERYWHERE["name"]),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Imported:
    """Hold what a file's rows say.

    Parameters
    ----------
    city
        With the waste points that it lacked.
    rows
        Sorted by vehicle, then in the order driven.
    n_added
        Waste points that the city lacked.
    notes
        Each row that was refused or repaired, and what was added.
    """

    city: City
    rows: tuple[ImportedRow, ...]
    n_added: int
    notes: tuple[Note, ...]


def read_rows(city: City, frame: Frame, mapping: Mapping[str, str], crs: str | None = None) -> Imported:
    """Return the stops of a timetable, and the city with all their points.

    Parameters
    ----------
    mapping
        The user's own choice of columns, heading by field.
    crs
        What the user says of the coordinates: an EPSG code, ``gcj02``, ``bd09``, or None.

    Raises
    ------
    InputError
        Where a column that is needed is missing, or no row can be used.
    """
    found = match_words(list(frame.columns), _WORDS, mapping)
    _require(frame, found)
    notes: list[Note] = list(frame.notes)
    stops = _stops(frame, found, notes)
    points = at_points(city, frame, found, stops, crs)
    notes += points.notes
    stops = [stop for stop in stops if stop.index in points.of_row]
    if not stops:
        zh = f"文件“{frame.name}”的 {len(frame)} 行没有一行可用：{_first(notes).zh}"
        raise InputError(Text(zh, f"file {frame.name!r}: none of its {len(frame)} rows can be used: {_first(notes).en}"))
    return Imported(points.city, tuple(_driven(stops, points.of_row)), points.n_added, tuple(notes))


def _first(notes: Sequence[Note]) -> Text:
    return notes[0].text if notes else Text("没有内容", "nothing in it")


def _require(frame: Frame, found: Mapping[str, str]) -> None:
    missing = [field for field in ("vehicle", "arrive", "leave") if field not in found]
    if not ({"point"} <= found.keys() or {"x", "y"} <= found.keys() or {"x_m", "y_m"} <= found.keys()):
        missing.append("point | lon + lat | x_m + y_m")
    if missing:
        names, lacking = ", ".join(frame.columns), ", ".join(missing)
        zh = f"文件“{frame.name}”缺少列：{lacking}；现有列：{names}；可用 --map 字段=列名 指定"
        en = f"file {frame.name!r} lacks columns for {lacking}; there are: {names}; name them with --map FIELD=COLUMN"
        raise InputError(Text(zh, en))


class _UnusableRowError(Exception):
    """A row that cannot be taken over: the field that is wrong, and what was expected of it."""

    def __init__(self, field: str, zh: str, en: str) -> None:
        super().__init__(en)
        self.field, self.text = field, Text(zh, en)


def _stops(frame: Frame, found: Mapping[str, str], notes: list[Note]) -> list[Stop]:
    """Return the rows that can be read; each other one is noted."""
    stops = []
    for i in range(len(frame)):
        cells = {field: str(frame.columns[heading][i] or "").strip() for field, heading in found.items()}
        try:
            stops.append(_stop(i, int(frame.rows[i]), cells))
        except _UnusableRowError as error:
            said = f"{found[error.field]}={cells[error.field]}"
            text = Text(f"{error.text.zh}，未采用：{said}", f"{error.text.en}: row not taken: {said}")
            notes.append(Note("refused", f"{frame.name} row {frame.rows[i]}", text))
    return stops


def _stop(index: int, row: int, cells: Mapping[str, str]) -> Stop:
    if cells["vehicle"].lower() in BLANK:
        raise _UnusableRowError("vehicle", "没有车辆", "no vehicle")
    arrive_s, leave_s = (_time(field, cells[field]) for field in ("arrive", "leave"))
    dwell_s = (leave_s - arrive_s) % DAY_S
    if dwell_s > LONGEST_STOP_S:
        came = cells["arrive"]
        raise _UnusableRowError("leave", f"早于抵达时间 {came}", f"before the arrival at {came}")
    stream = stream_of(cells.get("stream", ""))
    if stream is None:
        raise _UnusableRowError("stream", f"应为 {' | '.join(STREAMS)}", f"expected {' | '.join(STREAMS)}")
    order, kg = (_number(field, cells.get(field, "")) for field in ("order", "kg"))
    vehicle, trip, name = (cells.get(field, "") for field in ("vehicle", "trip", "name"))
    return Stop(index, row, vehicle, trip, order, arrive_s, dwell_s, name, stream, kg)


def _time(field: str, text: str) -> float:
    time_s = time_of(text)
    if time_s is None:
        raise _UnusableRowError(field, "时刻应为 HHMM 或 HH:MM", "expected a time of day, HHMM or HH:MM")
    return time_s


def _number(field: str, text: str) -> float | None:
    """Return a figure, None where nothing is said."""
    if text.lower() in BLANK:
        return None
    value = float_of(text)
    if not 0 <= value < np.inf:
        raise _UnusableRowError(field, "应为不小于 0 的数", "expected a number of 0 or more")
    return value


def time_of(text: str) -> float | None:
    """Return seconds after midnight for ``HHMM``, ``HMM``, ``HH:MM`` or ``HH:MM:SS``; None where it is none of these."""
    written = unicodedata.normalize("NFKC", text).strip()
    if written.isdecimal() and len(written) in {3, 4}:
        written = f"{written[:-2]}:{written[-2:]}"
    minutes, _, seconds = written.rpartition(":") if written.count(":") == 2 else (written, "", "0")
    if not (seconds.isdecimal() and int(seconds) < 60):
        return None
    try:
        return float(seconds_of_day(minutes) + int(seconds))
    except ValueError:
        return None


def stream_of(text: str) -> str | None:
    """Return the key of a stream as a table names it, empty for none; None where it is no stream."""
    wanted = plain(text)
    if wanted in BLANK:
        return ""
    for key, column in STREAMS.items():
        label = WastePoints.column(column).label
        if wanted in {plain(word) for word in (key, label.zh, label.en, *EVERYWHERE[column])}:
            return key
    return None


def _driven(stops: Iterable[Stop], point_of: Mapping[int, str]) -> Iterable[ImportedRow]:
    """Yield the stops vehicle by vehicle, each on its vehicle's clock and in the order driven."""
    of_vehicle: dict[str, list[Stop]] = defaultdict(list)
    for stop in stops:
        of_vehicle[stop.vehicle].append(stop)
    for vehicle, own in of_vehicle.items():
        begins_s = day_begins([stop.arrive_s for stop in own])
        arrive_s = {stop.index: (stop.arrive_s - begins_s) % DAY_S + begins_s for stop in own}
        trip_s: dict[str, float] = {}
        for stop in own:
            trip_s[stop.trip] = min(trip_s.get(stop.trip, np.inf), arrive_s[stop.index])
        if all(stop.order is not None for stop in own):
            own.sort(key=lambda stop: (trip_s[stop.trip], stop.order, arrive_s[stop.index]))
        else:
            own.sort(key=lambda stop: arrive_s[stop.index])
        for place, stop in enumerate(own):
            at_s = arrive_s[stop.index]
            yield ImportedRow(
                row=stop.row, vehicle=vehicle, trip=stop.trip, order=place, arrive_s=at_s, leave_s=at_s + stop.dwell_s,
                point=point_of[stop.index], name=stop.name, stream=stop.stream, kg=stop.kg,
            )  # fmt: skip


def day_begins(times_s: Sequence[float]) -> float:
    """Return the time of day at which a vehicle's work begins: the first after its longest rest, midnight where in doubt."""
    at = np.unique(np.array(times_s) % DAY_S)
    rest_s = np.append(np.diff(at), at[0] + DAY_S - at[-1])
    longest = len(at) - 1 if rest_s[-1] >= rest_s.max() else int(rest_s.argmax())
    return float(at[(longest + 1) % len(at)])
