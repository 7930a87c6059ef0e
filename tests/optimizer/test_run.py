from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from layers.city import City
from layers.errors import InputError
from layers.kinds.facilities import Depots, Toilets
from layers.kinds.streets import Streets
from optimizer.answer import answer, missed_targets, require_targets
from optimizer.monitor import Part, Silent
from optimizer.plan import Outcome
from optimizer.planner import planner, planners
from optimizer.run import prepare, problem_key, run, seen_by
from optimizer.scenario import Lock, Scenario

Toy = Callable[..., Scenario]


class Recorder(Silent):
    def __init__(self) -> None:
        self.told: list[tuple[float, str]] = []

    def report(self, fraction: float, message: str, incumbent: object | None = None, **_: float | None) -> None:
        self.told.append((fraction, message))


class Stopped(Silent):
    stopped = True


def test_a_plan_carries_what_is_needed_to_make_it_again(toy: Toy) -> None:
    plan = run(toy(work_limit=3, seed=9), Silent(), load_s=1.5)
    stamp = plan.provenance
    assert (stamp.seed, stamp.limited_by, stamp.n_iterations, stamp.load_s) == (9, "work", 3, 1.5)
    assert stamp.layer_hashes == {"streets": toy().city[Streets].hash}
    assert stamp.made_at
    assert stamp.version
    assert run(toy(work_limit=3, seed=9), Silent()).routes == plan.routes


def test_a_stopped_run_says_so(toy: Toy) -> None:
    plan = run(toy(), Stopped())
    assert (plan.outcome, plan.provenance.limited_by) == (Outcome.STOPPED, "stop")


def test_a_run_without_a_limit_of_work_is_limited_by_time(toy: Toy) -> None:
    assert run(toy(), Silent()).provenance.limited_by == "time"


def test_progress_rises_from_nothing_to_the_end(toy: Toy) -> None:
    recorder = Recorder()
    run(toy(), recorder)
    fractions = [f for f, _ in recorder.told]
    assert fractions == sorted(fractions)
    messages = [m for _, m in recorder.told]
    assert (messages[0], messages[-2:]) == ("prepare", ["measure", "check"])


def test_missing_layers_are_all_named(toy: Toy) -> None:
    scenario = replace(toy(), city=City("空城", 4549))
    with pytest.raises(InputError, match="city '空城' lacks the layers Streets; toy needs them, add them first"):
        run(scenario, Silent())


def test_a_planner_sees_only_what_it_declares(toy: Toy) -> None:
    seen = seen_by(planner("toy"), toy()).city
    assert list(seen.layers) == ["streets"]
    assert Depots not in seen
    assert Toilets not in seen


def test_a_prepared_problem_serves_other_searches_of_the_same_question(toy: Toy) -> None:
    key = problem_key(toy())
    assert key == problem_key(toy(seed=5, time_limit_s=9.0, work_limit=3, n_threads=1))
    assert key != problem_key(toy(n_steps=6))
    assert key != problem_key(replace(toy(), locks=(Lock("s1"),)))
    assert key != problem_key(replace(toy(), inventory=replace(toy().inventory, spare_ratio=0.5)))


def test_a_problem_of_another_question_is_not_used(toy: Toy) -> None:
    other = replace(prepare(toy(prepare_s=0.01), Silent()), problem=("s1",))
    assert len(run(toy(), Silent(), prepared=other).routes[0].legs) == 5
    same = replace(prepare(toy(), Silent()), problem=("s1",))
    assert len(run(toy(), Silent(), prepared=same).routes[0].legs) == 1


def test_a_part_reports_its_share(toy: Toy) -> None:
    recorder = Recorder()
    part = Part(recorder, 0.2, 0.4)
    part.report(0.5, "x")
    part.report(7.0, "y")
    assert [f for f, _ in recorder.told] == pytest.approx([0.3, 0.4])
    assert not part.stopped
    assert Part(Stopped(), 0, 1).stopped


def test_an_installed_package_is_discovered(toy: Toy) -> None:
    assert "toy" in planners()
    with pytest.raises(InputError, match=r"no planner 'tay'; there are: .*toy"):
        planner("tay")


def test_the_answer_is_the_document_of_the_interface(toy: Toy) -> None:
    scenario = toy()
    document = answer(scenario, run(scenario, Silent()), "en")
    json.dumps(document, allow_nan=False)
    wanted = {
        "planner", "city", "layers", "outcome", "objective", "bound", "gap", "seconds", "seed", "threads", "engine", "kpis",
        "targets", "standards", "unserved", "assumed", "faults", "routes", "changes", "provenance",
    }  # fmt: skip
    assert wanted <= set(document)
    assert set(document["seconds"]) == {"load", "prepare", "search"}
    assert (document["outcome"], document["objective"], document["bound"], document["gap"]) == ("feasible", 7.0, 0.0, 1.0)
    assert document["kpis"] == [{"id": "n_streets", "value": 5.0, "unit": "streets", "scope": "city", "where": ""}]


def test_a_required_target_must_exist(toy: Toy) -> None:
    with pytest.raises(InputError, match="the planner 'toy' has no target 'nonsense'"):
        require_targets(toy(), ["nonsense"])


def test_required_targets_that_are_not_met_are_told() -> None:
    document = {
        "targets": [{"id": "a", "verdict": "met"}, {"id": "b", "verdict": "met"}, {"id": "b", "verdict": "not_measured"}]
    }
    assert missed_targets(document, ["a"]) == []
    assert missed_targets(document, ["a", "b"]) == ["b"]
