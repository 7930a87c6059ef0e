"""The bench keeps what it measured, goes on where it stopped, and tells it on one page."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import benchmarks.__main__ as bench
from benchmarks import kept, measure, report
from benchmarks.row import Kind, Row
from benchmarks.rows import ROWS
from benchmarks.synthetic_night import night_problem, relaxed
from optimizer.engines.arc_routing import Limits

RING = """ NOMBRE : ring
 VERTICES : 4
 ARISTAS_REQ : 4
 ARISTAS_NOREQ : 0
 CAPACIDAD : 4
 LISTA_ARISTAS_REQ :
 ( 1, 2)  coste 10 demanda 1
 ( 2, 3)  coste 10 demanda 1
 ( 3, 4)  coste 10 demanda 1
 ( 4, 1)  coste 10 demanda 1
 LISTA_ARISTAS_NOREQ :
 DEPOSITO :   1
"""
RINGS = Row("rings", Kind.FILES, "best known on all", ("carp/rings",), 10.0, (1, 2))
RINGS_BESIDE = Row("rings-ortools", Kind.FILES, "", ("carp/rings",), 10.0, (1,), 1, "ortools", "ortools")


@pytest.fixture
def rings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two instances with best known values of 40 and 20; results go beside them."""
    folder = tmp_path / "benchmarks" / "carp" / "rings"
    folder.mkdir(parents=True)
    for name in ("a", "b"):
        (folder / f"{name}.dat").write_text(RING, encoding="utf-8")
    (folder.parent / "best_known.csv").write_text("instance,best_known\na,40\nb,20\n", encoding="utf-8")
    monkeypatch.setattr(measure, "DATA", tmp_path)
    monkeypatch.setattr(bench, "ROWS", (RINGS, RINGS_BESIDE))
    monkeypatch.setattr(report, "ROWS", (RINGS, RINGS_BESIDE))
    monkeypatch.setattr(bench, "state", lambda: "0123456789ab")
    monkeypatch.setattr(kept, "git", lambda *_: "0123456789ab")
    results = tmp_path / "results"
    monkeypatch.setattr(bench, "place", lambda row, commit: kept.place(row, commit, results))
    return results


def ours(results: Path) -> Path:
    return results / "0123456789ab" / "rings.jsonl"


def test_every_run_is_kept_and_none_is_done_twice(rings: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert bench.main(["rings"]) == 0
    lines = kept.load(ours(rings))
    assert [(line["case"], line["seed"], line["objective"]) for line in lines] == [
        *(("a", 1, 40), ("a", 2, 40), ("b", 1, 40), ("b", 2, 40)),
    ]
    monkeypatch.setattr(measure, "measure", lambda *_: pytest.fail("it was done before"))
    assert bench.main(["rings"]) == 0


def test_a_family_goes_on_within_itself_after_a_line_that_was_cut_off(rings: Path) -> None:
    bench.main(["rings"])
    path = ours(rings)
    first, second, *_ = path.read_text(encoding="utf-8").splitlines()
    path.write_text(f"{first}\n{second[:20]}", encoding="utf-8")
    bench.main(["rings"])
    assert [(line["case"], line["seed"]) for line in kept.load(path)] == [("a", 1), ("a", 2), ("b", 1), ("b", 2)]


def test_trials_and_changed_files_keep_nothing(rings: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert bench.main(["rings", "--work-limit", "5", "--first", "1"]) == 0
    monkeypatch.setattr(bench, "state", lambda: "")
    assert bench.main(["rings", "--first", "1", "--work-limit", "5"]) == 0
    assert kept.place(RINGS, "", rings) is None
    assert not ours(rings).exists()


def test_peers_are_kept_by_their_version(rings: Path) -> None:
    bench.main(["rings-ortools", "--again"])
    (path,) = rings.rglob("rings-ortools.jsonl")
    assert path.parent.name.startswith("ortools-9.")


def test_the_page_tells_gaps_commands_and_what_was_not_run(rings: Path) -> None:
    bench.main(["rings"])
    text = report.page(rings)
    assert "Command: `./dev bench rings rings-ortools`" in text
    assert "| jingcheng | 0123456789ab | 4 | 4 of 4 | 50.000 % | 100.00 % | 2 of 4 | 0.00 % (4) |" in text
    assert "| ortools | - | not run |" in text
    assert "| b | 20 | 40 | 40 | 40 | +100.00 % |" in text


def test_an_unknown_name_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        bench.main(["nonsense"])
    assert "no benchmark is called nonsense" in capsys.readouterr().err


def test_names_are_told_apart_and_peers_stand_beside_ours() -> None:
    names = [row.name for row in ROWS]
    assert len(names) == len(set(names))
    for row in ROWS:
        assert not row.peer or any(row.name.startswith(f"{other.name}-") for other in ROWS if not other.peer)


def test_best_known_values_are_of_the_distance_alone(shared: Path) -> None:
    folder = shared / "benchmarks" / "vrptw"
    assert measure.best_known(folder / "solomon" / "r101.txt") == 1637.7
    assert measure.best_known(folder / "gh200" / "c1_2_1.txt") == 2698.6


def test_rows_take_the_files_that_they_name(shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measure, "DATA", shared)
    counts = {row.name: len(measure.cases(row)) for row in ROWS if row.name in {"solomon", "gh200", "multitrip", "waste"}}
    assert counts == {"solomon": 21, "gh200": 20, "multitrip": 20, "waste": 5}


def test_a_generated_night_is_the_same_for_a_seed_and_relaxed_for_a_peer() -> None:
    night, again, other = night_problem(60, 1), night_problem(60, 1), night_problem(60, 2)
    assert (night.profiles[0].time_s == again.profiles[0].time_s).all()
    assert (night.stops.demand != other.stops.demand).any()
    assert (night.profiles[0].length_m != night.profiles[0].length_m.T).any()
    assert all(station.bays and station.open_s for station in night.stations)
    assert not any(station.bays or station.open_s for station in relaxed(night).stations)
    row = Row("tiny-pyvrp", Kind.NIGHT, sizes=(60,), engine="pyvrp", peer="pyvrp")
    line = measure.measure(row, measure.cases(row)[0], Limits(work_limit=20))
    assert (line["feasible"], line["served"], line["tasks"]) == (True, 60, 60)
    assert line["objective"] >= line["vehicles"] * min(group.fixed_cost for group in night.groups)


def test_heuristics_that_carry_more_in_a_day_than_the_file_allows_are_left_out(shared: Path) -> None:
    folder = shared / "benchmarks" / "waste-vrptw"
    # 897 yards at 400 a day need three vehicles: the heuristic with two is left out. 2,132.5 at 2,200 need one.
    assert measure.heuristic_of_2006(folder / "102_stop.txt") == (3, 205.1)
    assert measure.heuristic_of_2006(folder / "277_stop.txt") == (3, 521.9)


def waste(vehicles: int, miles: float) -> dict[str, object]:
    return {"case": "a", "feasible": True, "vehicles": vehicles, "objective": miles, "known": [3, 205.1], "seconds": 1.0}


def test_verdicts_say_what_was_asked_and_found() -> None:
    files = Row("files", Kind.FILES, most_gap=0.5)
    line = {"case": "a", "feasible": True, "objective": 201, "best_known": 200}
    assert report._verdict(files, [(files, "", [line])]) == "**Met**: mean gap 0.500 % over 1 runs, at most 0.5 % is asked."
    assert report._verdict(files, [(files, "", [line | {"feasible": False}])]).startswith("**Missed**")
    assert report._verdict(files, [(files, "", [])]) == ""
    bounded = Row("bounded", Kind.BOUND)
    assert report._verdict(bounded, [(bounded, "", [{"case": "a", "bound": 1, "best_known": 2}])]) == ""
    row = Row("waste", Kind.WASTE)
    found = [waste(3, 205.0), waste(2, 205.0), waste(4, 100.0), waste(3, 205.2)]
    told = report._verdict(row, [(row, "", found)])
    assert told == "**Missed**: better than the heuristics of 2006 on 2 of 4."
    night = Row("night", Kind.NIGHT)
    ours, theirs = ({"case": "n", "feasible": True, "objective": x, "served": 9, "tasks": 9} for x in (96, 100))
    told = report._verdict(night, [(night, "", [ours]), (night, "", [theirs])])
    assert told == "**Met**: 4.0 % cheaper than PyVRP, 3 % is asked."
    assert report._beside([theirs], [ours]) == "1.0417 (1)"


@pytest.mark.parametrize("kind", [Kind.MIXED, Kind.GROWTH])
def test_generated_networks_are_solved_without_faults(kind: Kind) -> None:
    row = Row("tiny", kind, sizes=(60,))
    (case,) = measure.cases(row)
    line = measure.measure(row, case, Limits(work_limit=30))
    assert line["feasible"]
    assert 30 < line["tasks"] < 90
    assert json.loads(json.dumps(line)) == line


def test_the_exponent_is_fitted_to_the_sizes_that_came_near_their_bound() -> None:
    lines = [{"tasks": n, "good_seconds": s} for n, s in ((10, 1.0), (100, 10.0), (1000, 100.0), (2000, None))]
    assert report._exponent(lines) == "Fitted to 3 sizes: seconds grow with n^1.00."
    assert "no exponent" in report._exponent(lines[:1])


def test_a_bound_is_held_against_the_best_known(rings: Path) -> None:
    row = Row("bounds", Kind.BOUND, "", ("carp/rings",))
    line = measure.measure(row, measure.cases(row)[0], Limits(time_limit_s=5))
    assert (line["bound"], line["best_known"]) == (40, 40.0)
    assert report._bound_gap([line]) == "0.00 %, worst 0.00 %"
