"""Files of any format become layers of a city; what is wrong with them is told row by row."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely

from layers.city import City
from layers.errors import InputError
from layers.io.fields import kind_named
from layers.io.read import add_frame, read_city, read_frame
from layers.io.sniff import Format, sniff
from layers.kinds.facilities import CandidateSites, Toilets, WastePoints
from layers.kinds.junctions import Junctions
from layers.kinds.parking import Lots
from layers.kinds.places import Districts
from layers.kinds.streets import Oneway, RoadClass, Streets
from layers.layer import GIVEN, REFUSED
from layers.projection import project, to_offset, transform
from layers.validate import validate
from tests.cities import tiny_city
from tests.layers.io.osm_xml import LAT, LON, osm_file

MAIN = {"highway": "primary", "name": "人民路"}
HEAD = "编号,名称,经度,纬度\n"


def text(tmp_path: Path, name: str, content: str) -> Path:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    return path


def lay(path: Path, kind: str | None, city: City | None = None, **options: Any) -> City:
    frame = read_frame(path, sniff(path))
    return add_frame(city, frame, kind_named(kind) if kind else None, **options)


def notes(city: City, kind: str) -> list[tuple[str, str]]:
    return [(note.where, note.text.en) for note in city.notes if note.kind == kind]


def geojson(tmp_path: Path, name: str, *features: tuple[Any, dict[str, Any]]) -> Path:
    made = [
        {"type": "Feature", "geometry": json.loads(shapely.to_geojson(shape)), "properties": row} for shape, row in features
    ]
    return text(tmp_path, name, json.dumps({"type": "FeatureCollection", "features": made}, ensure_ascii=False))


def osm(tmp_path: Path, name: str = "无锡 市区.osm", shift: float = 0.0) -> Path:
    nodes = {1: (shift, 0.0), 2: (shift + 1, 0.0)}
    key = int(shift * 100)
    return osm_file(tmp_path / name, {key + i: at for i, at in nodes.items()}, {10 + key: ((key + 1, key + 2), MAIN)})


def test_a_table_becomes_a_layer(tmp_path: Path) -> None:
    path = text(
        tmp_path,
        "t.csv",
        "编号,公厕名称,经度,纬度,女厕位,旱厕,管理单位\nA1,甲,120.3,31.5,4,否,一所\nA2,乙,120.31,31.5,,是,\n",
    )
    toilets = lay(path, "公厕")[Toilets]
    assert toilets.ids.tolist() == ["A1", "A2"]
    assert toilets.name.tolist() == ["甲", "乙"]
    assert toilets.n_women_stalls.tolist() == [4, 0]
    assert toilets.origins("n_women_stalls").tolist() == [GIVEN, 0]
    assert toilets.dry.tolist() == [False, True]
    assert toilets.extra["管理单位"].tolist() == ["一所", ""]
    assert toilets.geometry.coords == pytest.approx(project(np.array([[120.3, 31.5], [120.31, 31.5]]), 4549))


def test_bad_rows_are_listed_with_number_and_value(tmp_path: Path) -> None:
    rows = "a,甲,120.3,31.5\nb,乙,31.5,120.3\nc,丙,125574,31.5\nd,丁,,\ne,戊,120.31,31.51\nf,己,东,31.5\n"
    city = lay(text(tmp_path, "t.csv", HEAD + rows), "toilets")
    assert city[Toilets].ids.tolist() == ["a", "b", "e"]
    assert notes(city, "repaired") == [
        ("t.csv row 3", "latitude and longitude stand the wrong way round: turned: 经度=31.5, 纬度=120.3")
    ]
    assert notes(city, "refused") == [
        ("t.csv row 4", "coordinates cannot be used: row not taken: 经度=125574, 纬度=31.5"),
        ("t.csv row 5", "coordinates cannot be used: row not taken: 经度=, 纬度="),
        ("t.csv row 7", "coordinates cannot be used: row not taken: 经度=东, 纬度=31.5"),
    ]


def test_rows_in_the_place_of_an_earlier_one_are_kept_and_listed(tmp_path: Path) -> None:
    rows = "a,甲,120.3,31.5\nb,乙,120.31,31.5\nc,甲,120.3,31.5\nd,丁,120.300005,31.5\n"
    city = lay(text(tmp_path, "t.csv", HEAD + rows), "waste_points")
    assert len(city[WastePoints]) == 4
    assert notes(city, "doubtful") == [
        ("t.csv row 4", "in the same place as row 2, perhaps twice: kept"),
        ("t.csv row 5", "in the same place as row 2, perhaps twice: kept"),
    ]


def test_a_ledger_of_waste_points(tmp_path: Path) -> None:
    head = "收集点,行政区,路名,桶数,其他(吨),厨余(kg/天),可回收,有害,经度,纬度\n"
    city = lay(text(tmp_path, "t.csv", head + "南门,甲区,无名路,4,0.12,60,-3,1,120.3,31.5\n"), "收集点")
    points = city[WastePoints]
    assert (points.name[0], points.n_bins[0], points.other_kg_day[0], points.food_kg_day[0]) == ("南门", 4, 120.0, 60.0)
    assert (points.street[0], points.hazardous_kg_day[0]) == ("无名路", 1.0)
    assert points.origins("recyclable_kg_day")[0] == REFUSED
    assert "waste_points.recyclable_kg_day of 't-2' is -3 kg/d; expected 0" in notes(city, "refused")[0][1]


def test_columns_the_wrong_way_round_are_turned(tmp_path: Path) -> None:
    city = lay(text(tmp_path, "t.csv", HEAD + "a,甲,31.5,120.3\nb,乙,31.51,120.3\n"), "toilets")
    assert city.epsg == 4549
    assert notes(city, "repaired") == [
        ("t.csv", "the columns of longitude and latitude are the wrong way round: all turned")
    ]


def test_cells_that_cannot_be_read_are_refused_and_told(tmp_path: Path) -> None:
    path = text(tmp_path, "t.csv", "id,lon,lat,女厕位,男厕位\na,120.3,31.5,很多,3\nb,120.3,31.5,2,999\n")
    city = lay(path, "toilets")
    toilets = city[Toilets]
    assert toilets.origins("n_women_stalls").tolist() == [REFUSED, GIVEN]
    assert toilets.origins("n_men_stalls").tolist() == [GIVEN, REFUSED]
    told = " ".join(text for _, text in notes(city, "refused"))
    assert "女厕位=很多 (row 2)" in told
    assert "toilets.n_men_stalls of 'b' is 999" in told


@pytest.mark.parametrize("ids", ["a,a", "a,", "1,2"])
def test_ids_that_are_none_are_made(tmp_path: Path, ids: str) -> None:
    first, second = ids.split(",")
    path = text(tmp_path, "厕 一.csv", f"id,lon,lat\n{first},120.3,31.5\n{second},120.31,31.5\n")
    assert lay(path, "toilets")[Toilets].ids.tolist() == ["厕 一-2", "厕 一-3"]


def test_ids_of_streets_do_not_begin_with_the_sign_of_direction(tmp_path: Path) -> None:
    rows = 'x,"LINESTRING (120.3 31.5, 120.31 31.5)"\n-7,"LINESTRING (120.31 31.5, 120.31 31.51)"\n'
    city = lay(text(tmp_path, "路.csv", f"id,wkt\n{rows}"), "streets")
    assert city[Streets].ids.tolist() == ["x", "路-7"]
    assert "cannot begin with a minus" in notes(city, "repaired")[0][1]


def test_surveyors_coordinates_with_zone_number(tmp_path: Path) -> None:
    """X is the northing in Chinese surveying; the first two digits of the easting are the zone."""
    x, y = transform(np.array([[120.3, 31.5]]), 4326, 4528)[0]
    assert 40_000_000 < x < 41_000_000
    city = lay(text(tmp_path, "t.csv", f"id,X,Y\na,{y:.3f},{x:.3f}\n"), "toilets")
    assert city.epsg == 4549
    assert city[Toilets].geometry.coords == pytest.approx(project(np.array([[120.3, 31.5]]), 4549), abs=0.01)
    assert "X is the northing" in notes(city, "repaired")[0][1]
    east_first = lay(text(tmp_path, "e.csv", f"id,X,Y\na,{x:.3f},{y:.3f}\n"), "toilets")
    assert east_first[Toilets].geometry.coords == pytest.approx(city[Toilets].geometry.coords, abs=0.01)


def test_metres_without_a_system_are_asked_about(tmp_path: Path) -> None:
    path = text(tmp_path, "t.csv", "id,x,y\na,528491.2,3486521.7\n")
    with pytest.raises(InputError, match=r"\(median 528491\.2, 3486521\.7\) are no degrees .* --crs"):
        lay(path, "toilets")
    assert lay(path, "toilets", crs="4549")[Toilets].geometry.coords == pytest.approx(np.array([[528491.2, 3486521.7]]))


@pytest.mark.parametrize("system", ["gcj02", "bd09", "GCJ-02"])
def test_offsets_are_taken_off_when_told(tmp_path: Path, system: str) -> None:
    wgs = np.array([[120.3, 31.5]])
    lon, lat = to_offset(wgs, system.lower().replace("-", ""))[0]
    city = lay(text(tmp_path, "t.csv", f"id,lon,lat\na,{lon:.9f},{lat:.9f}\n"), "toilets", crs=system)
    assert city[Toilets].geometry.coords == pytest.approx(project(wgs, 4549), abs=0.01)


@pytest.mark.parametrize(
    ("content", "options", "message"),
    [
        ("a,b\n1,2\n", {}, "no columns of coordinates .*there are: a, b; name them with --map"),
        ("id,lon,lat\na,x,y\n", {"crs": "4326"}, "none of its 1 rows has usable coordinates"),
        ("id,lon,lat\na,1,2\n", {"crs": "wgs"}, "--crs 'wgs' cannot be read; expected an EPSG number"),
        ("id,lon,lat\na,1,2\n", {"mapping": {"name": "n"}}, "--map: no column 'n'"),
        ("id,wkt\na,POINT EMPTY\n", {}, "none of its 1 rows has usable coordinates"),
    ],
)
def test_a_table_that_cannot_be_placed_is_told(tmp_path: Path, content: str, options: Any, message: str) -> None:
    with pytest.raises(InputError, match=message):
        lay(text(tmp_path, "t.csv", content), "toilets", **options)


def test_geometry_as_text(tmp_path: Path) -> None:
    rows = '"POLYGON ((120.3 31.5, 120.301 31.5, 120.301 31.501, 120.3 31.5))",5000\n"POLYG",1\nPOINT (120.3 31.5),\n'
    city = lay(text(tmp_path, "t.csv", "几何,地价\n" + rows), "candidate_sites")
    sites = city[CandidateSites]
    assert sites.land_yuan_m2.tolist()[0] == 5000
    assert sites.land_m2 == pytest.approx([5260, 625], rel=0.01)
    assert sites.rules == ("land.geometry", "area.point")
    assert notes(city, "refused") == [("t.csv row 3", "geometry that cannot be read: row not taken")]


def test_areas_stand_in_as_points_and_lines_do_not_as_areas(tmp_path: Path) -> None:
    box, line = shapely.box(120.3, 31.5, 120.301, 31.501), shapely.LineString([[120.3, 31.5], [120.31, 31.5]])
    path = geojson(tmp_path, "x.geojson", (box, {}), (line, {}))
    points = lay(path, "waste_points")
    assert len(points[WastePoints]) == 2
    assert "taken as a point within them: 2" in notes(points, "assumed")[0][1]
    lots = lay(path, "lots")
    assert len(lots[Lots]) == 1
    assert "another type than the layer's: not taken: 1, such as LineString" in notes(lots, "refused")[0][1]
    with pytest.raises(InputError, match="holds no areas; districts are areas"):
        lay(geojson(tmp_path, "y.geojson", (line, {})), "districts")


def test_lines_become_streets_that_meet_at_shared_ends(tmp_path: Path) -> None:
    a = shapely.LineString([[120.3, 31.5], [120.301, 31.5]])
    b = shapely.LineString([[120.301, 31.5], [120.302, 31.5], [120.302, 31.501]])
    c = shapely.MultiLineString([[[120.301, 31.5], [120.301, 31.501]], [[120.301, 31.501], [120.301, 31.502]]])
    stray = shapely.LineString([[120.3005, 31.499], [120.3005, 31.5]])
    path = geojson(
        tmp_path,
        "roads.geojson",
        (a, {"id": "A", "道路等级": "主干道", "宽度": 20, "单行": "否"}),
        (b, {"id": "B", "道路等级": "支路", "宽度": 7.5, "单行": None}),
        (c, {"id": "C", "道路等级": "大", "宽度": None, "单行": "是"}),
        (stray, {"id": "S", "道路等级": None, "宽度": None, "单行": None}),
        (shapely.Point(120.3, 31.5), {"id": "P", "道路等级": None, "宽度": None, "单行": None}),
    )
    city = lay(path, "道路")
    streets, junctions = city[Streets], city[Junctions]
    assert streets.ids.tolist() == ["A", "B", "C-1", "C-2", "S"]
    assert streets.to_junction[0] == streets.from_junction[1] == streets.from_junction[2]
    assert len(junctions) == 7
    assert streets.road_class.tolist() == [RoadClass.MAIN, RoadClass.BRANCH, 0, 0, 0]
    assert streets.oneway.tolist() == [Oneway.BOTH, 0, Oneway.FORWARD, Oneway.FORWARD, 0]
    assert streets.length_m[0] == pytest.approx(95, abs=0.5)
    assert "beside another street that they do not join, left as they are: 1, such as S" in notes(city, "skipped")[0][1]
    told = " ".join(t for _, t in notes(city, "refused"))
    assert "道路等级=大 (row 3)" in told
    assert "not lines: not taken: 1, such as row 5" in told
    assert not validate(city)


def test_a_file_without_lines_makes_no_streets(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no lines; streets are lines"):
        lay(geojson(tmp_path, "x.geojson", (shapely.Point(120.3, 31.5), {})), "streets")


def test_what_has_no_kind_is_drawn_only(tmp_path: Path) -> None:
    line, box = (
        shapely.MultiLineString([[[120.3, 31.5], [120.31, 31.5]], [[120.3, 31.6], [120.31, 31.6]]]),
        shapely.box(120, 31, 121, 32),
    )
    points, mixed = shapely.MultiPoint([[120.3, 31.5], [120.4, 31.5]]), shapely.GeometryCollection([box])
    path = geojson(
        tmp_path, "河流.geojson", *((shape, {"n": i, "w": 0.5}) for i, shape in enumerate((line, box, points, mixed)))
    )
    city = lay(path, None)
    assert [(r.name, str(r.geometry.shape), r.ids.tolist()) for r in city.references] == [
        ("河流", "point", ["3"]),
        ("河流 (2)", "line", ["1-1", "1-2"]),
        ("河流 (3)", "area", ["2"]),
    ]
    assert city.references[1].columns["n"].tolist() == [0, 0]
    assert notes(city, "skipped") == [("河流.geojson", "collections of geometries are not taken")]


def test_real_districts_take_the_place_of_the_one_for_all(tmp_path: Path) -> None:
    city = read_city([osm(tmp_path)])
    assert city[Districts].name.tolist() == ["无锡 市区"]
    table = text(tmp_path, "w.csv", f"id,区,lon,lat\na,梁溪区,{LON},{LAT}\n")
    city = lay(table, "waste_points", city)
    assert city[WastePoints].district.tolist() == ["无锡 市区"]
    assert city[WastePoints].extra["district (given)"].tolist() == ["梁溪区"]
    assert "no such districts: 梁溪区 (1 rows): told by place" in notes(city, "refused")[-1][1]
    box = shapely.box(LON - 0.1, LAT - 0.1, LON + 0.1, LAT + 0.1)
    city = lay(geojson(tmp_path, "d.geojson", (box, {"区名": "梁溪区"})), "districts", city)
    assert city[Districts].name.tolist() == ["梁溪区"]
    city = lay(text(tmp_path, "v.csv", f"id,区,lon,lat\nb,梁溪区,{LON},{LAT}\n"), "waste_points", city)
    assert city[WastePoints].district.tolist() == ["", "梁溪区"]
    assert not validate(city)


def test_several_files_make_one_city(tmp_path: Path) -> None:
    table = text(tmp_path, "公厕.csv", HEAD + f"a,甲,{LON},{LAT}\n")
    points = text(tmp_path, "poi.csv", HEAD + f"p,丙,{LON},{LAT}\n")
    city = read_city([table, osm(tmp_path), osm(tmp_path, "b.osm", 3.0), points], name="无锡")
    assert city.name == "无锡"
    assert len(city[Streets]) == 2
    assert len(city[Districts]) == 1
    assert len(city[Toilets]) == 1
    assert [r.name for r in city.references] == ["poi"]
    assert city[Districts].geometry.bounds[0, 2] - city[Districts].geometry.bounds[0, 0] > 400
    assert not validate(city)


def test_a_project_is_read_and_added_to(tmp_path: Path) -> None:
    from layers.io.geopackage import write_city

    city = tiny_city()
    write_city(city, tmp_path / "c.gpkg")
    again = read_city([tmp_path / "c.gpkg", osm(tmp_path, "b.osm")])
    assert again.name == city.name
    assert len(again[Streets]) == 13
    assert again[Districts].name.tolist() == ["甲区", "乙区"]


def test_a_ledger_without_coordinates_is_laid_on_the_streets(tmp_path: Path) -> None:
    city = tiny_city()
    ledger = text(
        tmp_path,
        "台账.csv",
        "路名,路宽,清扫面积,标段,保洁等级\n人民路,16,6000,一标段,1\n无名路,5,1,二,3\n青石巷,宽,600,二标段,9\n",
    )
    after = lay(ledger, "streets", city)
    streets = after[Streets]
    main = streets.name == "人民路"
    assert streets.width_m[main].tolist() == [16.0] * 3
    assert streets.swept_area_m2[main] == pytest.approx([2000.0] * 3)
    assert set(streets.contract_section[main].tolist()) == {"一标段"}
    alley = streets.row_of["s11"] if "s11" in streets.row_of else int(np.flatnonzero(streets.name == "青石巷")[0])
    assert streets.width_m[alley] == city[Streets].width_m[alley]
    assert streets.swept_area_m2[alley] == 600.0
    assert streets.origins("cleaning_grade")[alley] == REFUSED
    assert "roads of the ledger that the city lacks, not taken: 1, such as 无名路 (row 3)" in notes(after, "skipped")[0][1]
    assert (streets.from_junction == city[Streets].from_junction).all()


def test_a_ledger_by_id(tmp_path: Path) -> None:
    city = tiny_city()
    key = str(city[Streets].ids[4])
    streets = lay(text(tmp_path, "l.csv", f"编号,清扫面积\n{key},123\n"), "streets", city)[Streets]
    assert streets.swept_area_m2[4] == 123.0


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("宽,长\n1,2\n", "no coordinates, no ids and no names; columns: 宽, 长"),
        ("路名,宽度\n天路,2\n", r"none of its 1 rows is a street of the city \(as '天路'\)"),
    ],
)
def test_a_ledger_that_fits_nothing_is_told(tmp_path: Path, content: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        lay(text(tmp_path, "l.csv", content), "streets", tiny_city())


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", r"is empty \(0 bytes\); expected OSM, GraphML"),
        (b"PK\x03\x04rest", "is Excel/ZIP, which is not read; save it as"),
        (b"\x00\x01\x02", "is binary, which is not read"),
        (b"<?xml version='1.0'?><!-- <osm> --><kml/>", "is XML <kml>, which is not read"),
        (gzip.compress(b"<osm></osm>" * 99, mtime=0)[:30], "its compressed data are damaged"),
    ],
)
def test_a_file_that_is_nothing_we_read_is_told(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "文件 一.dat"
    path.write_bytes(content)
    with pytest.raises(InputError, match="文件 一.dat.*" + message):
        read_city([path])


def test_a_system_of_coordinates_that_cannot_be_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="--crs 'bd-9' cannot be read; expected an EPSG number"):
        read_city([osm(tmp_path)], crs="bd-9")
    city = read_city([osm(tmp_path)], crs="gcj02")
    assert "OSM is always in WGS 84, not converted from gcj02" in [t for _, t in notes(city, "skipped")]
    path = text(tmp_path, "g.graphml", "<graphml/>")
    with pytest.raises(InputError, match="a GraphML network cannot be in bd09; give an EPSG number"):
        read_city([path], crs="bd09")
    with pytest.raises(InputError, match="holds no street"):
        read_city([path], crs="epsg:4547")


def test_a_packed_file_may_have_any_name(tmp_path: Path) -> None:
    import bz2

    plain = osm(tmp_path).read_bytes()
    (tmp_path / "a.dat").write_bytes(bz2.compress(plain))
    assert len(read_city([tmp_path / "a.dat"])[Streets]) == 1


def test_a_file_may_be_in_utf_16(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes((HEAD + "a,甲,120.3,31.5\n").encode("utf-16"))
    assert len(lay(path, "toilets")[Toilets]) == 1


def test_what_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="does not exist; check the path"):
        read_city([tmp_path / "x.osm"])
    with pytest.raises(InputError, match="is a folder; expected a file"):
        read_city([tmp_path])
    with pytest.raises(InputError, match="no file given"):
        read_city([])
    with pytest.raises(InputError, match="is OSM; expected a CSV table or GeoJSON here"):
        read_frame(osm(tmp_path), Format.OSM)


def test_taipei_as_its_bureau_publishes_it(shared: Path) -> None:
    cities = shared / "cities"
    stops = cities / "taipei_garbage_stops" / "台北市垃圾車清運點位資訊.csv"
    city = lay(cities / "taipei_facilities" / "taipei_town.geojson", "districts")
    assert len(city[Districts]) == 12
    city = lay(stops, "垃圾收集点", city)
    # 4,015 stops: one without coordinates, one at longitude 125574; one turned round is taken
    assert len(city[WastePoints]) == 4013
    assert [where for where, _ in notes(city, "repaired")] == [f"{stops.name} row 3060"]
    assert [where for where, _ in notes(city, "refused")] == [f"{stops.name} row 803", f"{stops.name} row 3280"]
    assert set(city[WastePoints].district.tolist()) <= set(city[Districts].name.tolist())
    city = lay(cities / "taipei_facilities" / "toilet.geojson", "toilets", city)
    assert len(city[Toilets]) == 1379
    assert (city[Toilets].name != "").all()
    assert not [f for f in validate(city) if f.code != "no_streets"]


@pytest.mark.parametrize("kind", ["osm", "osm.gz", "osm.pbf", "graphml", "geojson", "gpkg"])
def test_a_file_cut_anywhere_is_told_in_one_line(tmp_path: Path, kind: str) -> None:
    whole = _sample(tmp_path, kind).read_bytes()
    path = tmp_path / "断.dat"
    for share in (0.02, 0.2, 0.5, 0.9):
        path.write_bytes(whole[: max(1, int(len(whole) * share))])
        with pytest.raises(InputError, match=r"断\.dat") as caught:
            read_city([path])
        assert "\n" not in caught.value.message("zh")


def _sample(tmp_path: Path, kind: str) -> Path:
    plain = osm(tmp_path)
    path = tmp_path / f"whole.{kind}"
    if kind == "osm":
        return plain
    if kind == "osm.gz":
        path.write_bytes(gzip.compress(plain.read_bytes()))
    elif kind == "osm.pbf":
        import osmium

        with osmium.SimpleWriter(str(path)) as writer:
            osmium.apply(str(plain), writer)
    elif kind == "geojson":
        return geojson(tmp_path, path.name, (shapely.Point(120.3, 31.5), {"名称": "甲"}))
    elif kind == "graphml":
        body = '<graphml><graph><node id="1"><data key="x">1</data></node></graph></graphml>'
        return text(tmp_path, path.name, body)
    else:
        from layers.io.geopackage import write_city

        write_city(tiny_city(), path)
    return path
