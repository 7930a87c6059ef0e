"""What the engine is asked."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from layers.errors import ParameterError
from layers.kinds.streets import Streets
from optimizer.monitor import Silent
from optimizer.planners.collection import problem
from optimizer.planners.collection.problem import prepare
from tests.cities import tiny_city
from tests.optimizer.planners.collection.conftest import inventory, scenario


@pytest.mark.parametrize(("engine", "n"), [("jingcheng", 1), ("ortools", 0)])
def test_only_our_own_search_loads_its_kernels(engine: str, n: int, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded: list[str] = []
    monkeypatch.setattr(problem, "warm_up", lambda: loaded.append(engine))
    prepare(scenario(engine=engine), Silent())
    assert len(loaded) == n


def test_two_shifts_that_overlap_are_refused() -> None:
    """The truck would be out twice at once."""
    city = tiny_city()
    lit = np.ones(len(city[Streets]), dtype=bool)
    lit[city[Streets].row_of["s1"]] = False
    dark = city.with_layers(replace(city[Streets], lit=lit))
    asked = scenario(dark, inventory(sealed_3t=1), streams="other", unlit_shift="evening", unlit_window="19:00-21:00")
    with pytest.raises(ParameterError, match=r"evening .* and collection 18:30-22:30 overlap"):
        prepare(asked, Silent())
