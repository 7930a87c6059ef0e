"""Plans nearly as good: sites beside those of the best, and none that costs much more."""

from __future__ import annotations

from optimizer.changes import ChangeKind
from tests.optimizer.planners.transfer.conftest import candidates, planned, town


def test_a_site_next_door_is_another_plan() -> None:
    sites = candidates((1000.0, 40.0), (1050.0, 40.0), (9000.0, 40.0))
    plan = planned(town(sites=sites), n_alternatives=2)
    assert plan.alternatives
    other = plan.alternatives[0]
    built = {c.item for c in plan.changes if c.kind is ChangeKind.BUILD}
    instead = {c.item for c in other.changes if c.kind is ChangeKind.BUILD}
    assert len(built & {"k0", "k1"}) == len(instead & {"k0", "k1"}) == 1
    assert built != instead
    assert other.n_different == 2
    assert plan.objective <= other.objective <= 1.01 * plan.objective


def test_where_every_other_plan_costs_much_more_there_is_none() -> None:
    assert planned(town(), n_alternatives=2).alternatives == ()
