"""Solving: right on the tiny city, repeatable, stoppable."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from layers.errors import InputError, NetworkError, ParameterError
from layers.kinds.streets import RoadClass, Streets
from optimizer.monitor import Silent
from optimizer.plan import Draft, LegKind, Outcome, Plan
from optimizer.planners.sweeping.model import Run, solve
from optimizer.planners.sweeping.params import SweepingParams
from optimizer.planners.sweeping.problem import prepare
from optimizer.planners.sweeping.search.board import SweepingBoard
from optimizer.planners.sweeping.search.dealing import for_full_size, parts, worth_trying
from optimizer.run import run
from optimizer.scenario import Scenario
from resources.io import default_inventory
from tests.cities import tiny_city
from tests.optimizer.planners.sweeping.conftest import changed, inventory, plan_of, scenario, with_streets


def served(plan: Plan) -> list[str]:
    return [leg.item for r in plan.routes for leg in r.legs if leg.kind is LegKind.SERVE]


def test_everything_but_the_narrow_lane_is_swept_once(solved: tuple[Scenario, Plan]) -> None:
    _, plan = solved
    assert len(served(plan)) == len(set(served(plan))) == 27
    assert [u.item for u in plan.unserved] == ["s12:B"]
    assert plan.outcome is Outcome.FEASIBLE
    # 18 kerbs at 90 s and 9 at 120 s of 3 vehicles' two shifts of 7 h; the lane is out of reach, whatever is planned
    assert plan.bound == pytest.approx((18 * 90 + 9 * 120) / (3 * 2 * 25_200))
    assert plan.gap is not None
    assert plan.objective < 1


def test_the_second_sweep_is_done_in_the_second_shift(solved: tuple[Scenario, Plan]) -> None:
    _, plan = solved
    shifts = {leg.item: r.shift for r in plan.routes for leg in r.legs}
    assert {shifts[i] for i in shifts if i.endswith("#2")} == {"day"}
    assert {shifts[i] for i in shifts if i.startswith(("s1:", "s2:", "s3:")) and not i.endswith("#2")} == {"night"}


def test_back_streets_are_swept_by_small_ones(solved: tuple[Scenario, Plan]) -> None:
    _, plan = solved
    types = {leg.item: r.vehicle_type for r in plan.routes for leg in r.legs if leg.kind is LegKind.SERVE}
    assert types.pop("s11:B") == "small_sweeper"
    assert set(types.values()) == {"sweeper"}


def test_same_seed_and_work_give_the_same_plan_on_one_thread_and_on_two() -> None:
    first, second = (plan_of(scenario(work_limit=150, n_threads=n)) for n in (1, 2))
    assert first.routes == second.routes
    assert first.objective == second.objective


def test_a_small_hopper_is_emptied_on_the_way() -> None:
    plan = plan_of(scenario(fleet=inventory(hopper_kg=200.0)))
    assert plan.faults == ()
    assert len(served(plan)) == 27
    loads = [leg.load_kg for r in plan.routes if r.vehicle_type == "sweeper" for leg in r.legs if leg.load_kg < 0]
    assert sum(loads) == pytest.approx(-26 * 30.0)
    assert min(loads) >= -200.0
    assert len(loads) >= 4


def test_a_hopper_smaller_than_one_pass_is_told() -> None:
    plan = plan_of(scenario(fleet=inventory(n_small=0, hopper_kg=20.0)))
    told = next(u for u in plan.unserved if u.item == "s1:R")
    assert told.binding == "hopper"
    assert told.reason.en == "one pass takes 10.0 kg more than the hopper of 18 t wash-sweeper holds (20 kg)"
    assert told.smallest_change is not None
    assert told.smallest_change.en == "+10.0 kg of hopper"
    assert plan.faults == ()
    # a small sweeper's hopper holds it
    shared = plan_of(scenario(fleet=inventory(hopper_kg=20.0)))
    assert shared.faults == ()
    assert "hopper" not in {u.binding for u in shared.unserved}


def short_shift(minutes: float) -> Scenario:
    base = inventory(n_large=1)
    shift = replace(base.shift("night"), start_s=79_200.0, end_s=79_200.0 + 60 * minutes, before_s=0, after_s=0, break_s=0)
    return scenario(fleet=replace(base, shifts=(shift,)), shifts="night", n_passes_grade_1=1)


def test_a_short_shift_sweeps_the_main_roads_first_and_tells_what_is_left() -> None:
    plan = plan_of(changed(short_shift(35), explain_limit_s=0.0))  # what the engine itself tells
    assert plan.faults == ()
    assert {u.binding for u in plan.unserved} == {"shift_time", "street_width"}
    # what it has no time for is left to the small sweeper
    done = [leg.item for r in plan.routes if r.vehicle_type == "sweeper" for leg in r.legs if leg.kind is LegKind.SERVE]
    main = [i for i in done if i[:2] in {"s1", "s2", "s3", "s4", "s5", "s6"} and i[2] == ":"]
    assert len(main) >= len(done) - 2
    assert "have no time left in their shifts (night)" in next(
        u.reason.en for u in plan.unserved if u.binding == "shift_time"
    )


@pytest.mark.parametrize(("asked", "is_kept"), [(scenario(), True), (short_shift(15), False)])
def test_work_is_kept_for_full_size_sweepers_only_where_there_is_time_for_all(asked: Scenario, *, is_kept: bool) -> None:
    bench = prepare(asked, Silent()).bench
    assert bench is not None
    rows = np.flatnonzero(bench.passes.by_machine)
    assert for_full_size(bench, rows, np.ones(len(rows), dtype=bool)).any() == is_kept


def test_a_shift_too_short_for_any_kerb_says_by_how_much() -> None:
    plan = plan_of(short_shift(11))
    assert plan.outcome is Outcome.INFEASIBLE
    told = [u for u in plan.unserved if u.binding == "shift_time" and u.smallest_change is not None]
    assert told
    assert all(u.smallest_change is not None and u.smallest_change.en.endswith("min of shift") for u in told)
    assert plan.faults == ()


def test_a_shift_that_preparing_fills_has_no_time_rather_than_no_way() -> None:
    asked = short_shift(20)
    night = replace(asked.inventory.shift("night"), before_s=900, after_s=900)
    plan = plan_of(replace(asked, inventory=replace(asked.inventory, shifts=(night,))))
    assert plan.outcome is Outcome.INFEASIBLE
    assert {u.binding for u in plan.unserved} == {"shift_time", "street_width"}


def test_every_street_of_an_unknown_class_is_swept_as_a_branch_road() -> None:
    plan = plan_of(scenario(with_streets(road_class=None, cleaning_grade=None)))
    assert plan.faults == ()
    assert "road class" in {a.what.en for a in plan.assumed} or "class" in {a.what.en for a in plan.assumed}


@pytest.mark.parametrize(
    ("change", "binding", "reason"),
    [
        ({"closed": [True] + [False] * 11}, "closed", "the street is closed"),
        ({"ban_periods": ["00:00-24:00"] + [""] * 11}, "banned", "every shift overlaps its ban, 00:00-24:00"),
        ({"max_height_m": [2.5] + [9.0] * 11}, "", ""),
        ({"max_height_m": [2.0] + [9.0] * 11}, "height", "height limit 2.0 m: small electric sweeper is 2.2 m high"),
        ({"max_weight_kg": [2000.0] + [9e4] * 11}, "weight", "weight limit 2000 kg: small electric sweeper weighs 4500 kg"),
    ],
)
def test_a_street_that_cannot_be_swept_says_why(change: dict[str, Any], binding: str, reason: str) -> None:
    plan = plan_of(scenario(with_streets(**{k: np.array(v) for k, v in change.items()})))
    assert plan.faults == ()
    told = {u.item: u for u in plan.unserved}
    if not binding:
        # a small sweeper passes where a full-size one does not
        assert "s1:R" not in told
        return
    assert (told["s1:R"].binding, told["s1:R"].reason.en) == (binding, reason)


def test_a_narrow_street_tells_which_vehicle_would_do(solved: tuple[Scenario, Plan]) -> None:
    _, plan = solved
    told = plan.unserved[0]
    assert told.binding == "street_width"
    assert told.reason.en == "small electric sweeper needs 2.5 m: the street is 1.5 m wide"
    assert told.smallest_change is not None
    assert told.smallest_change.en == "a vehicle that works in streets 1.5 m wide, or sweeping by hand"


def test_back_streets_without_a_small_sweeper_have_no_vehicle() -> None:
    plan = plan_of(scenario(fleet=inventory(n_small=0)))
    assert {u.item: u.binding for u in plan.unserved} == {"s11:B": "no_vehicle", "s12:B": "no_vehicle"}
    changes = {u.item: u.smallest_change.en for u in plan.unserved if u.smallest_change}
    # any small sweeper will not do for the lane of 1.5 m
    assert changes["s12:B"] == "a small sweeper that fits a street 1.5 m wide"
    assert plan.faults == ()


def test_a_ban_in_one_shift_leaves_the_other() -> None:
    bans = np.array(["09:00-10:00"] + [""] * 11)
    plan = plan_of(scenario(with_streets(ban_periods=bans), n_passes_grade_1=1))
    assert plan.faults == ()
    shifts = {leg.item: r.shift for r in plan.routes for leg in r.legs}
    assert {shifts["s1:R"], shifts["s1:L"]} == {"night"}


def test_no_sweeper_in_service_is_refused() -> None:
    with pytest.raises(InputError, match="has no sweeper in service; at least one is needed"):
        prepare(scenario(fleet=inventory(0, 0)), Silent())


def test_a_city_too_narrow_for_all_vehicles_is_refused() -> None:
    with pytest.raises(NetworkError, match="no street for 'small_sweeper': of 12 streets, left out too_narrow: 12"):
        prepare(scenario(with_streets(width_m=np.full(12, 1.0))), Silent())


def test_another_engine_is_refused() -> None:
    asked = scenario(engine="ortools")
    with pytest.raises(ParameterError, match="only 'jingcheng' can empty hoppers and fill tanks"):
        solve(prepare(asked, Silent()), asked.params, Silent())  # type: ignore[arg-type]


class Watcher(Silent):
    """Keeps drafts, and stops from the n-th look on."""

    def __init__(self, n_looks: int) -> None:
        self.n_looks = n_looks
        self.drafts: list[Draft] = []

    @property
    def stopped(self) -> bool:  # type: ignore[override]
        self.n_looks -= 1
        return self.n_looks < 0

    def report(
        self,
        fraction: float,
        message: str,
        incumbent: object | None = None,
        *,
        objective: float | None = None,
        bound: float | None = None,
    ) -> None:
        if isinstance(incumbent, Draft):
            self.drafts.append(incumbent)


def test_stopped_before_it_begins_everything_is_explained() -> None:
    asked = scenario()
    draft = solve(prepare(asked, Silent()), asked.params, Watcher(0))  # type: ignore[arg-type]
    assert draft.outcome is Outcome.INFEASIBLE
    assert {u.binding for u in draft.unserved} == {"stopped", "street_width"}
    assert len(draft.unserved) == 28


@pytest.mark.parametrize("n_looks", [3, 8, 20])
def test_stopped_at_any_moment_the_plan_is_right(n_looks: int) -> None:
    asked = scenario(work_limit=0, time_limit_s=60.0)
    watcher = Watcher(n_looks)
    plan = run(asked, watcher)
    assert plan.faults == ()
    assert plan.outcome in {Outcome.STOPPED, Outcome.INFEASIBLE}


def test_drafts_are_shown_on_the_way() -> None:
    asked = scenario()
    watcher = Watcher(10**9)
    draft = solve(prepare(asked, Silent()), asked.params, watcher)  # type: ignore[arg-type]
    assert watcher.drafts[-1].routes == draft.routes
    assert watcher.drafts[0].objective >= draft.objective


def test_work_is_cut_into_compact_parts_by_vehicle() -> None:
    xy = np.column_stack([np.arange(2000.0), np.zeros(2000)])
    cut = parts(xy, np.ones(2000), 8)
    assert sum(n for _, n in cut) == 8
    assert np.array_equal(np.sort(np.concatenate([rows for rows, _ in cut])), np.arange(2000))
    assert all(len(rows) <= 500 and np.ptp(rows) == len(rows) - 1 for rows, _ in cut)


def test_the_most_valuable_work_is_offered_first_and_of_the_same_worth_the_nearest() -> None:
    worth = np.array([8.0, 1.0, 1.1, 1.2])
    kept = worth_trying(worth, np.full(4, 100.0), np.array([900.0, 30.0, 10.0, 20.0]), 300.0)
    assert kept.tolist() == [True, False, True, True]


def test_the_default_inventory_sweeps_the_tiny_city_whole() -> None:
    asked = Scenario("t", tiny_city(), default_inventory(), "sweeping", scenario().params)
    plan = run(asked, Silent())
    assert plan.faults == ()
    assert len(plan.unserved) == 1


def test_the_tiny_city_has_every_class_it_is_said_to_have() -> None:
    classes = set(tiny_city()[Streets].road_class.tolist())
    assert classes == {RoadClass.MAIN, RoadClass.SECONDARY, RoadClass.BRANCH, RoadClass.BACK_STREET}


class StopsAt(Silent):
    """Stop as soon as a phase is reported for the n-th time."""

    def __init__(self, phase: str, n_times: int) -> None:
        self.phase, self.n_left = phase, n_times

    @property
    def stopped(self) -> bool:  # type: ignore[override]
        return self.n_left <= 0

    def report(self, fraction: float, message: str, incumbent: object | None = None, **_: Any) -> None:
        self.n_left -= message == self.phase


@pytest.mark.parametrize(("phase", "n_times"), [("prepare", 1), ("network", 1), ("network", 2), ("prepare", 3)])
def test_a_run_stopped_while_it_is_prepared_says_that_nothing_was_begun(phase: str, n_times: int) -> None:
    asked = scenario()
    plan = run(asked, StopsAt(phase, n_times))
    assert plan.outcome is Outcome.STOPPED
    assert plan.routes == ()
    assert plan.faults == ()
    assert "stopped" in {u.binding for u in plan.unserved}


def test_the_whole_fleet_is_one_question_and_its_search_gets_all_the_time() -> None:
    asked = scenario(work_limit=0, time_limit_s=100.0, n_threads=1)
    assert isinstance(asked.params, SweepingParams)
    problem = prepare(asked, Silent())
    (fleet,) = problem.units
    assert {unit.vehicle.key for unit in fleet.units} == {"sweeper", "small_sweeper"}
    searched = Run(problem.units, asked.params, SweepingBoard(problem, Silent()))
    assert searched.budget(0).until_s == pytest.approx(searched.until_s, abs=0.5)


def test_a_day_without_any_sweep_is_refused() -> None:
    none: dict[str, Any] = {f"n_passes_grade_{k}": 0 for k in (1, 2, 3)}
    with pytest.raises(InputError, match="no street is to be swept: every grade is swept 0 times a day"):
        plan_of(scenario(**none))


def test_a_rate_of_streets_that_no_machine_sweeps_is_refused() -> None:
    with pytest.raises(ParameterError, match="'target_of' is 'main'; machines sweep no such street"):
        plan_of(scenario(mode="fleet", target_of="main", sweep_main=False))
    # those of another mode are not looked at
    assert plan_of(scenario(target_of="main", sweep_main=False)).faults == ()
