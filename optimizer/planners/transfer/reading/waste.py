"""What is thrown away where: one item a waste point and stream, and what cannot be brought anywhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from layers.city import City
from layers.errors import InputError
from layers.kinds.facilities import WastePoints
from layers.layer import F64, Rows
from layers.text import Text
from layers.units import TONNE_KG
from optimizer.ground.amounts import amounts_kg, repeated
from optimizer.ground.streams import STREAMS, collected
from optimizer.plan import Assumed, Unserved
from optimizer.planners.transfer.params import TransferParams


@dataclass(frozen=True, eq=False)
class Waste:
    """Hold what goes to stations, arrays of shape (n_items,).

    Parameters
    ----------
    items
        As plans name them: id of the point and mark of the stream.
    row_of
        Row of each.
    point, stream
        Row of the waste points, and number of the stream.
    t_day
        Tonnes on the average day.
    xy_m
        Shape (n_items, 2).
    kept_out
        What cannot be brought to any station, with the reason.
    assumed
        What nobody gave.
    """

    items: tuple[str, ...]
    row_of: dict[str, int]
    point: Rows
    stream: Rows
    t_day: F64
    xy_m: F64
    kept_out: tuple[Unserved, ...]
    assumed: tuple[Assumed, ...]

    def __len__(self) -> int:
        return len(self.items)


def waste_of(city: City, params: TransferParams, street_m: F64) -> Waste:
    """Return the waste of a city's points.

    Parameters
    ----------
    street_m
        From each point to the nearest street that trucks may use, shape (n_points,); not finite for one without a place.

    Raises
    ------
    InputError
        Where no point has any waste.
    """
    layer, streams = city[WastePoints], collected(params.streams)
    kg, assumed = amounts_kg(city, params)
    copies = repeated(layer, kg)
    out: list[Unserved] = []
    rows: list[tuple[int, int]] = []
    for point, stream in zip(*(a.tolist() for a in np.nonzero(kg)), strict=True):
        if stream not in streams:
            continue
        why = _refused(layer, kg, (point, stream), (params, street_m, copies))
        if why is None:
            rows.append((point, stream))
        else:
            out.append(
                Unserved(_item(layer, point, stream), *why, round(max(0.0, kg[point, stream]) / TONNE_KG, 6), "t/day")
            )
    if not rows:
        raise InputError(_nothing(len(layer), out))
    point_of, stream_of = (np.array(column, dtype=np.int64) for column in zip(*rows, strict=True))
    items = tuple(_item(layer, p, s) for p, s in rows)
    t_day = kg[point_of, stream_of] / TONNE_KG
    places = layer.geometry.coords[point_of]
    row_of = {item: k for k, item in enumerate(items)}
    return Waste(items, row_of, point_of, stream_of, t_day, places, tuple(out), (*assumed, *_copied(len(copies))))


def _item(layer: WastePoints, point: int, stream: int) -> str:
    return f"{layer.ids[point]}:{STREAMS[stream].mark}"


def _refused(
    layer: WastePoints, kg: F64, at: tuple[int, int], known: tuple[TransferParams, F64, dict[int, int]]
) -> tuple[str, Text, Text] | None:
    """Return binding, reason and smallest change of what cannot be brought anywhere; None where it can."""
    (point, stream), (params, street_m, copies) = at, known
    x_m, y_m = layer.geometry.coords[point]
    where = f"({x_m:.1f}, {y_m:.1f})"
    if not np.isfinite([x_m, y_m]).all():
        text = Text(
            f"第 {point + 1} 行的坐标不成立：{where}", f"row {point + 1}: its coordinates are {where}; numbers are expected"
        )
        return "coordinates", text, Text("改正坐标", "give its coordinates")
    if kg[point, stream] < 0:
        name = STREAMS[stream].label
        zh = f"第 {point + 1} 行的{name.zh}为 {kg[point, stream]:g} kg；应不小于 0"
        text = Text(zh, f"row {point + 1}: {name.en} is {kg[point, stream]:g} kg; 0 or more is expected")
        return "amount", text, Text("改正重量", "mend the amount")
    if point in copies:
        other = str(layer.ids[copies[point]])
        text = Text(f"第 {point + 1} 行与“{other}”完全相同", f"row {point + 1} repeats {other!r}")
        return "duplicate", text, Text("删去重复的一行", "remove one of the two")
    if street_m[point] > params.point_snap_m:
        far, most = f"{street_m[point]:.0f} m", f"{params.point_snap_m:.0f} m"
        zh = f"第 {point + 1} 行 {where} 距最近可通行道路 {far}，超过 {most}"
        text = Text(zh, f"row {point + 1}, {where}, is {far} from the nearest street that trucks may use, beyond {most}")
        return (
            "no_street",
            text,
            Text(f"改正坐标，或将 point_snap_m 调到 {far}", f"mend its place, or point_snap_m of {far}"),
        )
    return None


def _nothing(n_points: int, out: list[Unserved]) -> Text:
    why_zh, why_en = (f"，如：{out[0].reason.zh}", f", such as: {out[0].reason.en}") if out else ("", "")
    return Text(
        f"{n_points} 个收集点都没有可转运的垃圾{why_zh}；请给出重量或检查 streams",
        f"none of {n_points} waste points has waste for a station{why_en}; give kilograms or look at streams",
    )


def _copied(n: int) -> Iterator[Assumed]:
    if n:
        yield Assumed(Text("重复的收集点", "waste points that repeat others"), n, Text("只计一次", "count once"))
