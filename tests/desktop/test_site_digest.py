from __future__ import annotations

from dataclasses import replace

from desktop.site_digest import SiteDigest, ends_open, is_land, site_digest
from layers.geometry import Geometry
from layers.text import Text
from optimizer.changes import ChangeKind, Verdict
from optimizer.plan import ExtraLayer, Outcome, Plan
from optimizer.scenario import Lock
from tests.optimizer.toy_sites import PLANNER, planned, sited_city

CITY = sited_city()


def made(*locks: Lock) -> SiteDigest:
    return site_digest(planned(*locks)[1], CITY, PLANNER.sites)


def test_the_plan_itself_stands_before_its_alternatives() -> None:
    rows = made().alternatives
    assert [(r.number, r.n_changes, r.cost_yuan) for r in rows] == [(0, 3, 5e6), (1, 3, 5e6)]
    assert rows[1].more_share == (rows[1].objective - 3.0) / 3.0
    assert [c.item for c in rows[1].changes] == ["k3", "k1", "ts1"]


def test_what_is_broken_stands_before_what_is_kept() -> None:
    assert [r.verdict.kept for r in made().verdicts] == [False, False, True, True, True]


def test_a_facility_without_a_change_is_kept_and_land_is_a_candidate() -> None:
    assert made().kept == ()  # the station is rebuilt
    assert made(Lock("ts1", state="keep")).kept == ("ts1",)
    assert set(made().candidates) == {"k1", "k2", "k3", "k4"}
    plan = planned()[1]
    lot = Verdict("lot-9", "land", kept=False, text=Text("小", "small"), x_m=1.0, y_m=2.0)
    district = Verdict("甲区", "quota", kept=False, text=Text("缺", "short"))
    spoken = site_digest(replace(plan, verdicts=(lot, district)), CITY, PLANNER.sites)
    assert "lot-9" in spoken.candidates
    assert "甲区" not in spoken.candidates
    assert spoken.knows("lot-9")
    assert not spoken.knows("nothing")


def test_who_is_served_is_found_from_both_ends() -> None:
    digest = made()
    served = digest.served_of["k2"]
    assert served
    for one in served:
        assert digest.servers_of[one.item.partition(":")[0]] == (one,)
    assert [row.n_items for row in digest.load_of("k2")] == [len(served)]


def test_what_a_plans_own_layer_tells_of_an_object_is_listed_with_its_unit() -> None:
    columns: dict[str, tuple[str | float, ...]]
    columns = {"id": ("k1", "k2"), "work": ("build", ""), "nearest_other_m": (310.0, float("nan")), "class": (2.0, 3.0)}
    third = Text("三类", "class 3")
    layer = ExtraLayer(
        Text("建成后", "after"),
        Geometry.points([[0, 0], [1, 1]]),
        columns,
        {"work": Text("做法", "work")},
        {"class": {"3": third}},
    )
    digest = site_digest(replace(planned()[1], extra_layers=(layer,)), CITY, PLANNER.sites)
    assert [(f.label.zh, f.value, f.unit) for f in digest.facts["k1"]] == [
        ("做法", "build", ""),
        ("nearest other", 310.0, "m"),
        ("class", 2.0, ""),
    ]
    assert [f.value for f in digest.facts["k2"]] == [third]


def test_a_plan_that_says_nothing_of_sites_has_nothing() -> None:
    digest = site_digest(Plan("p", "n", Outcome.FEASIBLE, 1.0, None), CITY, ())
    assert not digest.speaks
    assert digest.alternatives == ()


def test_land_is_land_and_what_is_closed_does_not_stay() -> None:
    assert [is_land(CITY, item) for item in ("k1", "ts1", "ghost")] == [True, False, False]
    assert [ends_open(kind) for kind in (ChangeKind.BUILD, ChangeKind.CLOSE, ChangeKind.REMOVE)] == [True, False, False]
