from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pyogrio
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from layers.city import City, Note, Reference
from layers.errors import FormatVersionError, InputError, StorageError
from layers.geometry import Geometry, Shape
from layers.io.geopackage import read_city, write_city
from layers.io.gpkg.blobs import from_blobs, to_blobs
from layers.kinds import KINDS
from layers.kinds.facilities import Depots, Toilets
from layers.kinds.places import Districts
from layers.kinds.streets import RoadClass, Streets
from layers.layer import FIRST_RULE, MISSING, REFUSED
from layers.text import Text
from tests.cities import tiny_city


def rich_city() -> City:
    """Return a city with everything that a file must keep."""
    city = tiny_city()
    streets = city[Streets]
    width = streets.width_m.copy()
    width[3] = np.nan
    streets = Streets(
        ids=streets.ids,
        geometry=streets.geometry,
        name=np.where(np.arange(12) == 1, "", streets.name),
        width_m=width,
        road_class=streets.road_class,
        extra={
            "台账号": np.array([f"L{i}" for i in range(12)]),
            "NAME": np.array([""] * 12),
            "count": np.arange(12, dtype=np.int64),
            "share": np.where(np.arange(12) % 2, 0.5, np.nan),
            "old": np.arange(12) % 3 == 0,
            "since": np.array(["2020-02-29", "NaT"] * 6, dtype="datetime64[D]"),
            "mixed": np.array([1, "a", None] * 4, dtype=object),
        },
    )
    streets = streets.assume("width_m", 7.0, "width_by_class").assume("lit", True, "lit_by_class", np.arange(12) < 4)
    refused, _ = Streets(
        ids=np.array(["x"]), geometry=Geometry.lines([[[0, 0], [1, 1]]]), width_m=np.array([999.0])
    ).refuse_out_of_bounds()
    assert refused.origins("width_m").tolist() == [REFUSED]
    river = Reference("长江", np.array(["r1"]), Geometry.lines([[[0, 0], [9, 9]]]), {"流量": np.array([3.5])})
    ledger = Reference("ledger", np.array(["1", "2"]), Geometry.none(2), {"路名": np.array(["甲", ""])})
    note = Note("refused", "a.csv:3", Text("宽度不可用", "width cannot be used"), 2)
    return City(city.name, city.epsg, {**city.layers, "streets": streets}, (river, ledger), (note,))


def test_a_city_comes_back_as_it_was(tmp_path: Path) -> None:
    city = rich_city()
    write_city(city, tmp_path / "城市 数据.gpkg")
    again = read_city(tmp_path / "城市 数据.gpkg")
    assert (again.name, again.epsg, again.hash, again.notes) == (city.name, city.epsg, city.hash, city.notes)
    streets, was = again[Streets], city[Streets]
    assert streets.rules == ("width_by_class", "lit_by_class")
    assert streets.origins("width_m").tolist() == was.origins("width_m").tolist()
    assert streets.origins("width_m")[3] == FIRST_RULE
    assert streets.origins("closed").tolist() == [MISSING] * 12
    assert list(streets.extra) == list(was.extra)
    for name, values in was.extra.items():
        assert streets.extra[name].dtype.kind == values.dtype.kind
        assert list(map(str, streets.extra[name].tolist())) == list(map(str, values.tolist()))


def test_signs_that_files_do_not_keep_change_no_hash(tmp_path: Path) -> None:
    with np.errstate(invalid="ignore"):
        odd = np.array([-0.0, np.inf]) * np.array([1.0, 0.0])  # minus zero, and a NaN as sums make it
    toilets = Toilets(ids=np.array(["a", "b"]), geometry=Geometry.points([[1, 2], [3, 4]]), extra={"x": odd})
    write_city(City("c", 4549, {"toilets": toilets}), tmp_path / "c.gpkg")
    assert read_city(tmp_path / "c.gpkg")[Toilets].hash == toilets.hash


def test_free_layers_come_back_as_they_were(tmp_path: Path) -> None:
    write_city(rich_city(), tmp_path / "c.gpkg")
    river, ledger = read_city(tmp_path / "c.gpkg").references
    assert (river.name, river.ids.tolist(), river.columns["流量"].tolist()) == ("长江", ["r1"], [3.5])
    assert river.geometry.coords.tolist() == [[0, 0], [9, 9]]
    assert (ledger.name, ledger.geometry.shape, ledger.columns["路名"].tolist()) == ("ledger", Shape.NONE, ["甲", ""])


def test_same_content_same_bytes(tmp_path: Path) -> None:
    city = rich_city()
    write_city(city, tmp_path / "a.gpkg")
    time.sleep(1.1)  # GeoPackage stamps whole seconds
    turned = City(city.name, city.epsg, dict(reversed(list(city.layers.items()))), city.references, city.notes)
    write_city(turned, tmp_path / "b.gpkg")
    write_city(read_city(tmp_path / "a.gpkg"), tmp_path / "c.gpkg")
    first = (tmp_path / "a.gpkg").read_bytes()
    assert first == (tmp_path / "b.gpkg").read_bytes()
    assert first == (tmp_path / "c.gpkg").read_bytes()


def test_other_programs_read_the_tables(tmp_path: Path) -> None:
    write_city(rich_city(), tmp_path / "c.gpkg")
    listed = dict(pyogrio.list_layers(tmp_path / "c.gpkg"))
    assert listed["streets"] == "LineString"
    assert listed["districts"] == "MultiPolygon"
    assert listed["depots"] == "Point"
    streets = pyogrio.read_dataframe(tmp_path / "c.gpkg", layer="streets")
    assert streets.crs.to_epsg() == 4549
    assert streets["road_class"].tolist()[:4] == ["main", "main", "main", "secondary"]
    assert streets["台账号"].tolist()[:2] == ["L0", "L1"]
    assert streets.geometry.length.tolist() == [200.0] * 12
    box = (500_000, 3_549_990, 500_210, 3_550_010)
    assert len(pyogrio.read_dataframe(tmp_path / "c.gpkg", layer="streets", bbox=box)) == 4  # through the spatial index


def test_columns_are_titled_in_chinese(tmp_path: Path) -> None:
    write_city(tiny_city(), tmp_path / "c.gpkg")
    db = sqlite3.connect(tmp_path / "c.gpkg")
    sql = "SELECT title, description FROM gpkg_data_columns WHERE table_name = 'streets' AND column_name = 'width_m'"
    assert db.execute(sql).fetchone() == ("车行道宽度 (m)", "carriageway width (m)")
    db.close()


def test_styles_stand_ready_for_qgis(tmp_path: Path) -> None:
    write_city(rich_city(), tmp_path / "c.gpkg")
    db = sqlite3.connect(tmp_path / "c.gpkg")
    styles = dict(db.execute("SELECT f_table_name, styleQML FROM layer_styles WHERE useAsDefault"))
    db.close()
    assert {"streets", "districts", "depots", "ref_长江"} <= set(styles)
    assert 'attr="road_class"' in styles["streets"]
    for road_class in list(RoadClass)[1:]:
        assert f'value="{road_class.name.lower()}"' in styles["streets"]


def test_the_file_obeys_the_standard(tmp_path: Path) -> None:
    write_city(rich_city(), tmp_path / "c.gpkg")
    db = sqlite3.connect(tmp_path / "c.gpkg")
    assert db.execute("PRAGMA application_id").fetchone()[0] == 0x47504B47
    assert db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    assert db.execute("PRAGMA foreign_key_check").fetchall() == []
    for (table,) in db.execute("SELECT table_name FROM gpkg_contents WHERE data_type = 'features'").fetchall():
        n_rows = db.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]
        assert db.execute(f'SELECT count(*) FROM "rtree_{table}_geom"').fetchone()[0] == n_rows
    db.close()


def test_edits_of_another_program_are_taken_over(tmp_path: Path) -> None:
    path = tmp_path / "c.gpkg"
    write_city(rich_city(), path)
    streets = pyogrio.read_dataframe(path, layer="streets").iloc[:1]
    streets["id"], streets["name"], streets["width_m"] = "new1", "新路", 12.0
    pyogrio.write_dataframe(streets, path, layer="streets", append=True)
    again = read_city(path)[Streets]
    assert len(again) == 13
    assert again.ids[12] == "new1"
    assert again.origins("width_m")[[3, 12]].tolist() == [FIRST_RULE, 1]


def test_every_kind_of_layer_can_be_empty(tmp_path: Path) -> None:
    city = City("空城", 4549, {kind.KIND: kind.empty() for kind in KINDS})
    write_city(city, tmp_path / "c.gpkg")
    assert read_city(tmp_path / "c.gpkg").hash == city.hash


def test_objects_without_geometry_are_kept(tmp_path: Path) -> None:
    toilets = Toilets(ids=np.array(["t1", "t2"]), geometry=Geometry.points([[1, 2], [np.nan, np.nan]]))
    write_city(City("c", 4549, {"toilets": toilets}), tmp_path / "c.gpkg")
    again = read_city(tmp_path / "c.gpkg")[Toilets]
    assert again.hash == toilets.hash
    assert [f.code for f in again.faults()] == ["no_geometry"]


@given(st.lists(st.lists(st.tuples(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6)), min_size=0, max_size=4), max_size=6))
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
def test_lines_survive_their_blobs(lines: list[list[tuple[float, float]]]) -> None:
    geometry = Geometry.lines([line if len(line) != 1 else [] for line in lines])
    again = from_blobs(Shape.LINE, to_blobs(geometry, 4549))
    assert np.array_equal(again.coords, geometry.coords)
    assert np.array_equal(again.offsets[0], geometry.offsets[0])


def test_a_geometry_of_the_wrong_kind_is_refused() -> None:
    points = to_blobs(Geometry.points([[1, 2]]), 4549)
    with pytest.raises(ValueError, match="a geometry is no line"):
        from_blobs(Shape.LINE, points)
    with pytest.raises(ValueError, match="no GeoPackage geometry"):
        from_blobs(Shape.POINT, [b"nonsense"])


def spoilt(path: Path, sql: str) -> Path:
    write_city(rich_city(), path)
    db = sqlite3.connect(path)
    # the triggers of spatial indexes call functions that plain SQLite has not
    for (trigger,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        db.execute(f'DROP TRIGGER "{trigger}"')
    db.executescript(sql)
    db.close()
    return path


@pytest.mark.parametrize(
    ("sql", "message"),
    [
        ("DROP TABLE jingcheng_meta", "no such table: jingcheng_meta"),
        ("DELETE FROM jingcheng_meta", "jingcheng_meta"),
        ("DROP TABLE streets", "no such table: streets"),
        ("UPDATE jingcheng_layers SET name = 'rockets' WHERE name = 'streets'", "rockets"),
        ("UPDATE districts SET ring = 'middle'", "ring is 'middle'; expected central | outer"),
        ("UPDATE districts SET built_up_m2 = 'large'", "could not convert string to float"),
        ("UPDATE depots SET geom = x'00'", "no GeoPackage geometry"),
        ("UPDATE jingcheng_origin SET codes = x'00'", "while decompressing data"),
        ("UPDATE jingcheng_origin SET codes = NULL", "bytes-like object is required"),
        ("UPDATE jingcheng_meta SET value = NULL WHERE key = 'format_version'", "jingcheng_meta"),
        ("UPDATE jingcheng_meta SET value = 'abc' WHERE key = 'epsg'", "jingcheng_meta"),
        ("UPDATE jingcheng_meta SET value = NULL WHERE key = 'name'", "jingcheng_meta"),
        ("UPDATE jingcheng_layers SET rules = NULL", "JSON"),
        ("UPDATE jingcheng_layers SET rules = 7", "'int' object is not iterable"),
        ("UPDATE jingcheng_columns SET name = NULL", "jingcheng_columns: a name is None"),
        ("UPDATE jingcheng_columns SET column_name = x'00ff'", "jingcheng_columns: a name is b'\\x00\\xff'"),
        ("UPDATE jingcheng_columns SET dtype = 'abc'", "data type 'abc' not understood"),
        ("UPDATE streets SET geom = 7", "no GeoPackage geometry"),
        ("UPDATE streets SET lit = 'no'", "'no', expected 0 or 1"),
        ("ALTER TABLE streets RENAME COLUMN id TO number", "streets: no column id"),
    ],
)
def test_damage_is_named(tmp_path: Path, sql: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        read_city(spoilt(tmp_path / "c.gpkg", sql))
    assert message in str(caught.value)
    assert "use a backup or import again" in str(caught.value)


def test_a_column_that_a_file_lacks_is_unknown_and_not_its_own_name(tmp_path: Path) -> None:
    streets = read_city(spoilt(tmp_path / "c.gpkg", "ALTER TABLE streets DROP COLUMN made_from"))[Streets]
    assert not any(streets.made_from)
    assert set(streets.origins("made_from").tolist()) == {MISSING}


def test_a_geopackage_of_another_program_is_not_called_damaged(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "q.gpkg") as db:
        db.execute("CREATE TABLE roads (fid INTEGER PRIMARY KEY, geom BLOB)")
    db.close()
    with pytest.raises(InputError, match="a database of another program, no project: save its layers as GeoJSON"):
        read_city(tmp_path / "q.gpkg")


def test_a_newer_format_is_refused(tmp_path: Path) -> None:
    path = spoilt(tmp_path / "c.gpkg", "UPDATE jingcheng_meta SET value = '3' WHERE key = 'format_version'")
    with pytest.raises(FormatVersionError, match="project format version 3; this program reads up to 2"):
        read_city(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no such file: .*nowhere\.gpkg"):
        read_city(tmp_path / "nowhere.gpkg")


@pytest.mark.parametrize("content", [b"", b"not a database at all", os.urandom(9000)])
def test_a_file_of_something_else_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.gpkg").write_bytes(content)
    with pytest.raises(InputError, match="is no sound project file"):
        read_city(tmp_path / "x.gpkg")


@pytest.mark.parametrize("share", [0.3, 0.9])
def test_a_truncated_file_is_refused(tmp_path: Path, share: float) -> None:
    write_city(rich_city(), tmp_path / "c.gpkg")
    whole = (tmp_path / "c.gpkg").read_bytes()
    (tmp_path / "c.gpkg").write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(InputError, match="is no sound project file"):
        read_city(tmp_path / "c.gpkg")


def test_a_page_overwritten_by_noise_is_refused(tmp_path: Path) -> None:
    write_city(rich_city(), tmp_path / "c.gpkg")
    content = bytearray((tmp_path / "c.gpkg").read_bytes())
    content[4096:8192] = bytes(reversed(range(256))) * 16
    (tmp_path / "c.gpkg").write_bytes(content)
    with pytest.raises(InputError, match="is no sound project file"):
        read_city(tmp_path / "c.gpkg")


def test_a_full_disk_leaves_the_old_file_whole(tmp_path: Path) -> None:
    path = tmp_path / "c.gpkg"
    write_city(tiny_city(), path)
    before = path.read_bytes()
    # the limit on a file's size acts as a full disk does; in a process of its own, since it cannot be raised again
    script = (
        "import resource, sys\nfrom dataclasses import replace\nfrom pathlib import Path\n"
        "from layers.errors import StorageError\nfrom layers.io.geopackage import write_city\n"
        "from tests.cities import tiny_city\n"
        "for limit in (150_000, 60_000, 4096, 0):\n"
        "    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))\n"
        "    try:\n        write_city(replace(tiny_city(), name='other'), Path(sys.argv[1]))\n"
        "    except StorageError as error:\n        sys.stderr.write(f'{error}\\n')\n"
    )
    asked = [sys.executable, "-c", script, str(path)]
    done = subprocess.run(asked, capture_output=True, text=True, cwd=Path(__file__).parents[3], check=True)
    assert [line.split("; ")[1] for line in done.stderr.splitlines()] == [
        "the old file is unchanged, check free space and permissions"
    ] * 4
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_a_crash_before_the_last_step_leaves_the_old_file_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "c.gpkg"
    write_city(tiny_city(), path)
    before = path.read_bytes()

    def fail(made: Path, wanted: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(StorageError, match="No space left on device"):
        write_city(rich_city(), path)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match=r"cannot write .*nowhere.c\.gpkg"):
        write_city(tiny_city(), tmp_path / "nowhere" / "c.gpkg")


def test_layers_of_one_name_in_other_letters_do_not_collide(tmp_path: Path) -> None:
    one = Reference("A", np.array(["1"]), Geometry.points([[1, 1]]), {"x": np.array(["a"])})
    two = Reference("a", np.array(["2"]), Geometry.points([[2, 2]]), {"x": np.array(["b"])})
    write_city(City("c", 4549, {}, (one, two)), tmp_path / "c.gpkg")
    again = read_city(tmp_path / "c.gpkg").references
    assert [(r.name, r.ids.tolist()) for r in again] == [("A", ["1"]), ("a", ["2"])]


def test_areas_with_holes_and_parts_survive(tmp_path: Path) -> None:
    import shapely

    ring = shapely.Polygon([(0, 0), (9, 0), (9, 9), (0, 9)], [[(3, 3), (3, 6), (6, 6), (6, 3)]])
    parts = shapely.MultiPolygon([ring, shapely.box(20, 20, 21, 21)])
    districts = Districts(
        ids=np.array(["a", "b"]), geometry=Geometry.from_shapely(Shape.AREA, [parts, shapely.box(0, 0, 1, 1)])
    )
    write_city(City("c", 4549, {"districts": districts}), tmp_path / "c.gpkg")
    again = read_city(tmp_path / "c.gpkg")[Districts]
    assert again.hash == districts.hash
    assert again.geometry.shapely[0].equals(parts)


@pytest.mark.alone
def test_a_city_of_12000_streets_is_saved_and_opened_in_two_seconds_each(tmp_path: Path) -> None:
    streets = tiny_city()[Streets].take(np.arange(12_000) % 12)
    many = Streets(**{**streets.__getstate__(), "ids": np.array([f"s{i}" for i in range(12_000)])})
    depots = Depots(ids=np.array(["d"]), geometry=Geometry.points([[0, 0]]))
    city = City("c", 4549, {"streets": many, "depots": depots})
    for step in (lambda: write_city(city, tmp_path / "c.gpkg"), lambda: read_city(tmp_path / "c.gpkg")):
        started_s = time.perf_counter()
        step()
        assert time.perf_counter() - started_s < 2.0
