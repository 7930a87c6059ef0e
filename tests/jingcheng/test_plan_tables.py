from __future__ import annotations

from dataclasses import replace

from jingcheng.plan_tables import kpi_tables, unserved_lines
from layers.text import Text
from optimizer.kpi import Kpi
from optimizer.plan import Outcome, Plan, Unserved
from resources.io import default_inventory

MAIN = "area=city;road_class=main"


def plan(*kpis: Kpi, unserved: tuple[Unserved, ...] = ()) -> Plan:
    return Plan("sweeping", "试", Outcome.FEASIBLE, 1.0, None, kpis=kpis, unserved=unserved)


def test_rates_stand_side_by_side_for_each_district() -> None:
    made = plan(
        Kpi("rate_by_area", 82.14, "%", "district 甲区"),
        Kpi("rate_by_area", 100.0, "%", "district 甲区", MAIN),
        Kpi("rate_by_area", 7.0, "%", "district 乙区"),
    )
    lines = list(kpi_tables(made, "en", default_inventory()))
    assert lines[0].split("  ")[0] == "mechanised rate by area (%)"
    assert lines[2].split() == ["甲区", "82.1", "100", "–", "–"]
    assert lines[3].split() == ["乙区", "7", "–", "–", "–"]


def test_the_whole_city_has_a_row_where_it_has_every_figure() -> None:
    scopes = ("city", "district 甲区")
    keys = ("intervals_kept", "washings_missing", "never_washed", "flushed_km", "pavement_km")
    made = plan(*(Kpi(key, 3.0, "%", scope) for scope in scopes for key in keys))
    lines = list(kpi_tables(made, "zh", default_inventory()))
    assert [line.split()[0] for line in lines[2:4]] == ["全市", "甲区"]
    city_alone = replace(made, kpis=tuple(k for k in made.kpis if k.scope == "city"))
    assert list(kpi_tables(city_alone, "zh", default_inventory())) == []


def test_a_fleet_is_told_by_the_names_of_its_types() -> None:
    made = plan(Kpi("n_vehicles", 19.0, "vehicles", "type sweeper"), Kpi("n_vehicles", 27.0, "vehicles"))
    lines = list(kpi_tables(made, "en", default_inventory()))
    assert lines[2].startswith("18 t wash-sweeper")
    assert lines[2].split()[-3:] == ["19", "–", "–"]


def test_changes_found_most_often_are_told_and_the_rest_counted() -> None:
    def left(k: int, change: Text | None) -> Unserved:
        return Unserved(f"s{k}:L", "shift_time", Text("无时间", "no time"), change)

    changes = [Text(f"延长 {n} 分钟", f"+{n} min") for n in (1, 1, 1, 2, 2, 3, 4)]
    listed = tuple(left(k, change) for k, change in enumerate([*changes, None, None]))
    text = "\n".join(unserved_lines(plan(unserved=listed), "en"))
    assert "     9  shift_time  no time" in text
    assert "→      3  +1 min" in text
    assert "→      2  smallest change not yet looked for" in text
    assert "→      2  2 other changes" in text
    assert list(unserved_lines(plan(), "en")) == []


def test_the_reason_of_some_items_is_not_told_as_that_of_all() -> None:
    def left(item: str, depot: str) -> Unserved:
        return Unserved(
            item, "shift_time", Text(f"停车场 {depot} 已排满", f"depot {depot} has no time left"), None, 10.0, "m²"
        )

    text = "\n".join(unserved_lines(plan(unserved=(left("a", "D1"), left("b", "D2"), left("c", "D2"))), "en"))
    assert "     3  shift_time  depot D2 has no time left (2 of them; 2 cases)" in text
