from __future__ import annotations

from collections.abc import Callable

from desktop.desk import Desk, Entry
from optimizer.scenario import Scenario


def desk_of(toy: Callable[..., Scenario]) -> Desk:
    scenario = toy()
    desk = Desk().with_entry(Entry("a", scenario))
    return desk.with_entry(Entry("b", scenario, "a")).with_entry(Entry("c", scenario, "b"))


def test_a_branch_stands_behind_its_parent(toy: Callable[..., Scenario]) -> None:
    desk = desk_of(toy).with_entry(Entry("d", toy(), "a"))
    assert [e.key for e in desk.entries] == ["a", "d", "b", "c"]
    assert desk.current == "d"


def test_what_hung_on_a_removed_scenario_hangs_on_its_parent(toy: Callable[..., Scenario]) -> None:
    desk = desk_of(toy).without("b")
    assert [(e.key, e.parent) for e in desk.entries] == [("a", ""), ("c", "a")]


def test_removing_the_current_one_shows_the_one_before(toy: Callable[..., Scenario]) -> None:
    assert desk_of(toy).without("c").current == "b"


def test_removing_what_is_not_there_changes_nothing(toy: Callable[..., Scenario]) -> None:
    desk = desk_of(toy)
    assert desk.without("x") is desk
