"""Beats of attendants: every street with berths in one, none too long, none too small without a word."""

from __future__ import annotations

from collections.abc import Iterator

from optimizer.engines.beats import beat_faults
from optimizer.plan import PlanFault
from optimizer.planners.parking.checking.facts import LOT, REMOVED, Facts, fault
from optimizer.planners.parking.reading.stretches import shares_at, stretches_of


def attendant_faults(facts: Facts) -> Iterator[PlanFault]:
    """Yield what is wrong with beats."""
    plan, params = facts.plan, facts.ground.params
    if not plan.extra_layers:
        return
    there = [k for k, b in enumerate(facts.berths) if b["state"] != REMOVED and b["side"] != LOT and b["place"]]
    shares = shares_at(facts.ground, [str(facts.berths[k]["place"]) for k in there], facts.corners_m[there].mean(axis=1))
    stretches = stretches_of(facts.ground, shares, params)
    row_of = {item: k for k, item in enumerate(stretches.items)}
    beats, short = [], []
    for k, beat in enumerate(plan.beats):
        for item in beat.items:
            if item not in row_of:
                yield fault(
                    "beat", beat.id, f"分管段 {beat.id} 的“{item}”没有泊位", f"beat {beat.id}: {item!r} has no berths"
                )
        beats.append([row_of[item] for item in beat.items if item in row_of])
        if beat.n_missing:
            short.append(k)
    for wrong, told in beat_faults(stretches.problem, beats, short):
        yield fault("beat", "beats", f"收费员分管：{told}", f"attendants' beats: {wrong.value}: {told}")
