from __future__ import annotations

import gc
import pickle
import resource
import subprocess
import sys
import time
from pathlib import Path

import pytest

from layers.text import Text
from optimizer import limits
from optimizer.plan import Draft, Leg, LegKind, Outcome, Route, Unserved
from optimizer.wire import pack, unpack


def long_draft(n_routes: int, n_legs: int) -> Draft:
    routes = tuple(
        Route(
            f"r{r}",
            f"车 {r}",
            "truck",
            "d",
            "day",
            tuple(Leg(LegKind.DRIVE, i, i + 1.0, 9.5, ("s1", "-s2")) for i in range(n_legs)),
        )
        for r in range(n_routes)
    )
    unserved = tuple(Unserved(f"s{i}", "why", Text("因", "because")) for i in range(1000))
    return Draft(Outcome.FEASIBLE, 5.0, 1.0, routes, unserved=unserved)


@pytest.mark.parametrize("draft", [Draft(Outcome.INFEASIBLE, 0.0), long_draft(3, 10), long_draft(40, 300)])
def test_a_plan_comes_back_from_its_slices(draft: Draft) -> None:
    assert unpack(pack(draft)) == draft


def test_no_slice_holds_a_thread_for_long() -> None:
    slices = pack(long_draft(100, 300))
    slowest_s = 0.0
    for raw in slices:
        times = []
        for _ in range(3):
            started_s = time.perf_counter()
            pickle.loads(raw)
            times.append(time.perf_counter() - started_s)
        slowest_s = max(slowest_s, min(times))
    assert slowest_s < 0.02
    assert len(slices) > 100


def test_the_collector_keeps_away_from_plans_and_goes_on_after() -> None:
    slices = pack(long_draft(40, 300))
    collections: list[int] = []

    def count(phase: str, info: dict[str, int]) -> None:
        collections.append(info["generation"])

    gc.callbacks.append(count)
    try:
        before = gc.get_freeze_count()
        draft = unpack(slices)
    finally:
        gc.callbacks.remove(count)
    assert collections == []
    assert gc.isenabled()
    assert gc.get_freeze_count() > before + 12_000
    after = gc.get_freeze_count()
    del draft  # it goes by its reference count alone
    assert gc.get_freeze_count() < after - 12_000


def test_a_cap_is_set_in_a_process_of_its_own() -> None:
    script = (
        "from optimizer.limits import cap_memory\nassert not cap_memory(0)\nassert cap_memory(1 << 30)\n"
        "try:\n    bytearray(2 << 30)\nexcept MemoryError:\n    raise SystemExit(7)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=Path(__file__).parents[2], check=False)
    assert done.returncode == 7
    assert resource.getrlimit(resource.RLIMIT_AS)[0] == resource.RLIM_INFINITY


def test_the_default_cap_leaves_room_for_the_window() -> None:
    assert 0 < limits.default_cap_bytes() < limits.memory_bytes()


def test_a_system_that_does_not_tell_its_memory_sets_no_cap(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(name: str) -> int:
        raise ValueError(name)

    monkeypatch.setattr("os.sysconf", fail)
    assert limits.default_cap_bytes() == 0


def test_windows_sets_no_cap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    assert not limits.cap_memory(1 << 30)
