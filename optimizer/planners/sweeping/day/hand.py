"""Streets that are swept by hand, since they are left to it or no machine can enter them; and the people for it."""

from __future__ import annotations

import numpy as np

from layers.layer import F64, Bool
from layers.text import Text
from layers.units import KM_M
from optimizer.ground.street_rules import street_lengths_m
from optimizer.plan import Assumed, Plan, Unserved
from optimizer.planners.sweeping.day import kerbs
from optimizer.planners.sweeping.day.kerbs import Passes
from resources.inventory import Inventory

# What keeps every machine out for good; hours, hoppers and full shifts do not.
_NO_MACHINE = ("street_width", "height", "weight", "no_vehicle", "not_connected")

CREW = "hand_sweeping"


def by_hand(passes: Passes, plan: Plan) -> Bool:
    """Return which streets are swept by hand, shape (n_streets,): not the closed ones."""
    return hand_streets(passes, plan.unserved)


def hand_streets(passes: Passes, left: tuple[Unserved, ...]) -> Bool:
    """Return the same, given the passes left."""
    mask = np.zeros(len(passes.streets), dtype=bool)
    mask[passes.street[~passes.by_machine]] = True
    kept_out = [passes.row_of[u.item] for u in left if u.binding in _NO_MACHINE and u.item in passes.row_of]
    mask[passes.street[kept_out]] = True
    return mask & ~passes.streets.closed


def hand_posts(inventory: Inventory, areas_m2: F64, streets: Bool) -> tuple[float, float]:
    """Return the area swept by hand, and the posts that keep it clean: area over what one person sweeps in a day."""
    area_m2 = float(areas_m2[streets].sum())
    return area_m2, float(np.ceil(area_m2 / inventory.prices.hand_m2_day - 1e-9))


def told(passes: Passes, left: tuple[Unserved, ...], inventory: Inventory) -> tuple[Assumed, ...]:
    """Return the note on hand sweeping, with the norm and where it comes from."""
    streets = hand_streets(passes, left)
    if not streets.any():
        return ()
    area_m2, n_posts = hand_posts(inventory, kerbs.areas_m2(passes.streets), streets)
    crew = inventory.crew(CREW)
    n_heads = n_posts * (crew.relief_factor if crew else 1.0)
    norm, source = inventory.prices.hand_m2_day, inventory.prices.sources.get("hand_m2_day")
    letter = f"；{source.certainty}" if source else "", f"; certainty {source.certainty}" if source else ""
    km = float(street_lengths_m(passes.streets)[streets].sum()) / KM_M
    zh = f"机械无法进入或留给人工的道路 {km:.1f} km、{area_m2:,.0f} m²，每人每天 {norm:,.0f} m²（定额{letter[0]}）"
    en = f"{km:.1f} km, {area_m2:,.0f} m² that no machine enters or that are left to hand sweepers, at {norm:,.0f} m²"
    zh += f"：{n_posts:.0f} 个岗位，含轮休 {n_heads:.0f} 人"
    en += f" a person and day (norm{letter[1]}): {n_posts:.0f} posts, {n_heads:.0f} people with relief"
    return (Assumed(Text("人工清扫", "swept by hand"), int(streets.sum()), Text(zh, en)),)
