from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.desk import Opened, Selection
from desktop.session import Session
from layers.drawn import with_drawn_site
from layers.errors import ParameterError
from layers.kinds.facilities import CandidateSites
from layers.kinds.streets import Streets
from optimizer.plan import Outcome, Plan, Provenance
from optimizer.planner import planners
from optimizer.scenario import Lock, Scenario


@pytest.fixture
def session(qtbot: QtBot, opened: Callable[..., Opened]) -> Session:
    made = Session(planners())
    made.open(opened())
    return made


def scenario_of(session: Session) -> Scenario:
    assert session.scenario is not None
    return session.scenario


def plan_of(session: Session) -> Plan:
    return Plan("toy", scenario_of(session).name, Outcome.FEASIBLE, 1.0, None)


def edit_name(session: Session) -> None:
    session.rename("夜班")


def edit_param(session: Session) -> None:
    session.set_param("seed", 7)


def edit_inventory(session: Session) -> None:
    session.set_inventory(replace(scenario_of(session).inventory, spare_ratio=0.2), "spare_ratio")


def edit_documents(session: Session) -> None:
    session.set_documents(("nanjing",))


def edit_locks(session: Session) -> None:
    session.set_locks((Lock("s1:R", "车 1"),))


def edit_planner(session: Session) -> None:
    session.set_planner("sweeping")


def edit_branch(session: Session) -> None:
    session.branch()


def edit_city(session: Session) -> None:
    assert session.city is not None
    session.set_city(with_drawn_site(session.city, ((0.0, 0.0), (9.0, 0.0), (9.0, 9.0)), "地")[0], "画")


EDITS = [edit_city, edit_name, edit_param, edit_inventory, edit_documents, edit_locks, edit_planner, edit_branch]


@pytest.mark.parametrize("edit", EDITS)
def test_every_edit_is_one_step_of_undo(session: Session, edit: Callable[[Session], None]) -> None:
    before = session.desk
    edit(session)
    after = session.desk
    assert after != before
    assert session.undo.count() == 1
    session.undo.undo()
    assert session.desk == before
    session.undo.redo()
    assert session.desk == after


def test_removing_a_scenario_brings_its_plan_back_with_undo(session: Session) -> None:
    session.branch()
    key = session.desk.current
    session.keep_plan(key, plan_of(session), scenario_of(session))
    session.remove()
    assert session.result is None
    assert len(session.desk.entries) == 1
    session.undo.undo()
    assert session.desk.current == key
    assert session.result is not None


def test_the_last_scenario_stays(session: Session) -> None:
    session.remove()
    assert len(session.desk.entries) == 1


def test_edits_of_one_field_become_one_step_and_others_do_not(session: Session) -> None:
    for seed in (2, 3, 4):
        session.set_param("seed", seed)
    session.set_param("n_threads", 1)
    assert session.undo.count() == 2
    session.undo.undo()
    session.undo.undo()
    assert scenario_of(session).params.seed == 1


def test_a_value_out_of_bounds_changes_nothing(session: Session) -> None:
    before = session.desk
    with pytest.raises(ParameterError, match="seed"):
        session.set_param("seed", -1)
    assert session.desk is before
    assert session.undo.count() == 0


def test_a_name_that_is_taken_gets_a_number(session: Session) -> None:
    first = scenario_of(session).name
    session.branch()
    session.rename(first)
    assert {e.scenario.name for e in session.desk.entries} == {first, f"{first} 2"}


def test_changing_the_planner_keeps_what_every_planner_asks(session: Session) -> None:
    session.set_param("seed", 9)
    session.set_planner("sweeping")
    assert scenario_of(session).params.seed == 9
    assert scenario_of(session).planner == "sweeping"


def test_a_plan_is_stale_once_its_scenario_is_edited_but_not_when_it_is_renamed(session: Session) -> None:
    session.keep_plan("s0", plan_of(session), scenario_of(session))
    assert session.result is not None
    session.rename("别名")
    assert not session.result.is_stale(scenario_of(session))
    session.set_param("seed", 3)
    assert session.result.is_stale(scenario_of(session))
    session.undo.undo()
    assert not session.result.is_stale(scenario_of(session))


def test_what_is_not_saved_is_known(session: Session) -> None:
    assert session.is_saved
    session.set_param("seed", 3)
    assert not session.is_saved
    session.saved_as(Path("a.gpkg"), session.undo.index(), {})
    assert session.is_saved
    session.keep_plan("s0", plan_of(session), scenario_of(session))
    assert not session.is_saved


def test_an_edit_made_while_saving_is_not_taken_as_saved(session: Session) -> None:
    session.set_param("seed", 3)
    index = session.undo.index()
    session.set_param("n_threads", 1)
    session.saved_as(Path("a.gpkg"), index, {})
    assert not session.is_saved


def test_a_stale_plan_is_saved_beside_the_scenario_it_was_made_from(session: Session) -> None:
    session.keep_plan("s0", plan_of(session), scenario_of(session))
    session.set_param("seed", 3)
    scenarios, plans, _ = session.to_save()
    assert [s.params.seed for s in scenarios] == [3, 1]
    assert [p.name for p in plans] == [scenarios[1].name]
    assert scenarios[0].name != scenarios[1].name


def test_selecting_the_same_again_tells_nobody(session: Session, qtbot: QtBot) -> None:
    session.select(Selection("streets", "s1"))
    with qtbot.assertNotEmitted(session.selection_changed):
        session.select(Selection("streets", "s1"))


def test_an_edited_city_is_that_of_every_scenario_and_undo_brings_the_old_one_back(session: Session, qtbot: QtBot) -> None:
    session.branch()
    before = session.city
    with qtbot.waitSignal(session.city_edited):
        edit_city(session)
    assert session.city is not before
    assert all(entry.scenario.city is session.city for entry in session.desk.entries)
    with qtbot.waitSignal(session.city_edited):
        session.undo.undo()
    assert session.city is before


def test_a_plan_is_stale_where_a_layer_that_it_read_was_edited_and_only_then(session: Session) -> None:
    scenario = scenario_of(session)
    read = {kind.KIND: scenario.city[kind].hash for kind in (Streets, CandidateSites)}
    for hashes, is_stale in ((read, True), ({"streets": read["streets"]}, False)):
        plan = replace(plan_of(session), provenance=Provenance(layer_hashes=hashes))
        session.keep_plan(session.desk.current, plan, scenario)
        edit_city(session)
        assert session.result is not None
        assert session.result.is_stale(scenario_of(session)) is is_stale
        assert not session.result.asks_else(scenario_of(session))
        assert [p.name for p in session.to_save()[1]] == [scenario.name]
        session.undo.undo()
        assert not session.result.is_stale(scenario_of(session))
