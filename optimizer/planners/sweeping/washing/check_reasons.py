"""Check intervals: each is kept, or the washings that are missing are listed with a reason that city and plan bear out."""

from __future__ import annotations

from collections.abc import Iterator

from layers.text import Text
from optimizer.ground.faults import wrong_reason
from optimizer.plan import Plan, PlanFault, Unserved
from optimizer.planners.sweeping.checking.rules import Rules
from optimizer.planners.sweeping.washing import work
from optimizer.planners.sweeping.washing.measured import missing_of
from optimizer.planners.sweeping.washing.nights import Nights
from optimizer.planners.sweeping.washing.work import Washings

BINDINGS = {
    "closed", "banned", "no_vehicle", "street_width", "height", "weight", "not_connected", "no_footway", "tank",
    "shift_time", "temperature", "too_few_turnouts", "stopped",
}  # fmt: skip
_AREA_M2 = 0.1


def reason_faults(rules: Rules, plan: Plan, nights: list[Nights]) -> Iterator[PlanFault]:
    """Check what is said to be washed too seldom against what is.

    Parameters
    ----------
    nights
        On which each row is washed.
    """
    washings = rules.passes
    assert isinstance(washings, Washings)
    n_missing = missing_of(washings, nights, rules.params.horizon_days).tolist()
    listed: dict[int, Unserved] = {}
    for unserved in plan.unserved:
        row = _row_of(washings, unserved.item, nights)
        if row is None:
            text = Text(f"没有冲洗项“{unserved.item}”", f"nothing is to be washed at {unserved.item!r}")
            yield PlanFault("unknown", unserved.item, text)
            continue
        listed[row] = unserved
        yield from _said(rules, unserved, row, n_missing[row])
    for row, n in enumerate(n_missing):
        if n and row not in listed:
            item, days = washings.items[row], int(washings.interval_days[row])
            zh = f"{item} 每 {days} 天应冲洗，缺 {n} 次，未说明"
            en = f"{item} is to be washed every {days} days: {n} washings are missing and not explained"
            yield PlanFault("interval_overrun", item, Text(zh, en))


def _row_of(washings: Washings, item: str, nights: list[Nights]) -> int | None:
    """Return the row that an unserved item speaks of: a kerb never washed, or the first washing that is missing."""
    row = washings.row_of.get(item)
    if row is not None:
        return row
    kerb, _, number = item.rpartition("#")
    row = washings.row_of.get(kerb)
    return row if row is not None and nights[row] and number == str(len(nights[row]) + 1) else None


def _said(rules: Rules, unserved: Unserved, row: int, n_missing: int) -> Iterator[PlanFault]:
    """Check one reason."""
    washings, street = rules.passes, int(rules.passes.street[row])
    assert isinstance(washings, Washings)
    frost = len(work.open_nights(rules.params)) < rules.params.horizon_days
    wrong = {
        ("没有这种限制", "no such constraint"): unserved.binding not in BINDINGS,
        ("周期已满足", "its interval is kept"): n_missing == 0,
        ("没有低温之夜", "no night is too cold"): unserved.binding == "temperature" and not frost,
        ("该路段未封闭", "the street is open"): unserved.binding == "closed" and not rules.streets.closed[street],
        ("该路段有人行道", "it has a pavement"): unserved.binding == "no_footway" and bool(washings.has_footway[row]),
    }
    whole_m2 = float(washings.area_m2[row])
    area_m2 = whole_m2 * n_missing if unserved.binding in ("temperature", "too_few_turnouts") else whole_m2
    wrong[f"面积应为 {area_m2:.1f} m²", f"its area is {area_m2:.1f} m²"] = (
        unserved.unit != "m²" or abs(unserved.amount - area_m2) > _AREA_M2
    )
    for (zh, en), hit in wrong.items():
        if hit:
            yield wrong_reason(unserved, zh, en)
