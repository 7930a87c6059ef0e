"""Sites, waste points and any place of the map are explained."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from layers.errors import InputError
from layers.geometry import Geometry
from layers.kinds.facilities import PlantKind, Plants
from optimizer.monitor import Silent
from optimizer.planners.transfer.explaining.why import explain
from optimizer.planners.transfer.problem import prepare
from tests.optimizer.planners.transfer.conftest import asked, candidates, homes, plain_plan, planned, town


def test_what_is_asked_of_is_answered() -> None:
    scenario, plan = plain_plan()
    problem = prepare(scenario, Silent())
    assert explain(problem, plan, "k0").en.startswith("k0: 1 items bring 20.0 t/d over 0.0 km on average; built, 30 t/d")
    assert "other waste, 20.000 t/d, goes to k0" in explain(problem, plan, "w0").en
    with pytest.raises(InputError, match="'nothing' is no site"):
        explain(problem, plan, "nothing")


def test_a_place_is_held_against_the_rules() -> None:
    city = town(people=homes((3000.0, 70.0, 100.0)), sites=candidates((1000.0, 40.0), (9000.0, 40.0)))
    plan = planned(city)
    problem = prepare(asked(city), Silent())
    assert "the nearest building is 0 m away, 8 m are wanted (T2.v)" in explain(problem, plan, "at:3000.0,70.0").en
    assert "beyond 300 m" in explain(problem, plan, "at:3000.0,2000.0").en
    free = explain(problem, plan, "at:5000.0,60.0").en
    assert free.startswith("no rule on sites is broken")
    assert "hauls fall by at most 0" in free  # both points have a station of their own


def test_a_plant_that_is_brought_too_much_is_named_with_what_is_missing() -> None:
    plant: dict[str, Any] = {"ids": np.array(["p"]), "geometry": Geometry.points([(10_000.0, 10.0)])}
    small = Plants(**plant, plant=np.array([PlantKind.INCINERATOR], dtype=np.int8), capacity_t_day=np.array([30.0]))
    told = {v.item: v.text.en for v in planned(town(plants=small)).verdicts if v.rule == "plant_capacity"}
    assert told == {"p": "it is brought more than it takes: 40.0 > 30.0 t/d, 10.0 t/d are missing"}
    assert not [v for v in planned(town()).verdicts if v.rule == "plant_capacity"]
