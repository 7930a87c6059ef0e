"""Headings and cells."""

from __future__ import annotations

import pytest

from layers.errors import InputError
from layers.io.fields import UnreadableCellError, guess_kind, kind_named, match, read_cell
from layers.io.synonyms import BY_KIND, CHOICES, EVERYWHERE, KINDS, PLACE
from layers.kinds import BY_NAME
from layers.kinds import KINDS as ALL_KINDS
from layers.kinds.facilities import Toilets, WastePoints
from layers.kinds.streets import Oneway, RoadClass, Streets
from layers.units import mps


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("经度", "x"), ("GPS 经度", "x"), ("Longitude", "x"), ("X坐标", "x"), ("緯度", "y"), ("lat", "y"), ("WKT", "wkt"),
        ("编号", "id"), ("路名", "name"), ("道路名称", "name"), ("宽度(m)", "width_m"), ("路宽（米）", "width_m"),
        ("道路等级", "road_class"), ("width_m", "width_m"), ("车道数", "n_lanes"), ("清扫面积", "swept_area_m2"),
        ("保洁等级", "cleaning_grade"), ("标段", "contract_section"), ("限高", "max_height_m"), ("one-way", "oneway"),
        ("行政区", "district"),
    ],
)  # fmt: skip
def test_a_heading_is_understood(heading: str, field: str) -> None:
    assert match([heading], Streets, {})[field].heading == heading


def test_one_heading_serves_one_field_and_the_first_word_wins() -> None:
    found = match(["面积", "清扫面积"], Streets, {})
    assert found["swept_area_m2"].heading == "清扫面积"
    assert len({m.heading for m in found.values()}) == len(found)


def test_the_user_goes_before_the_synonyms() -> None:
    found = match(["宽度", "红线宽度", "lng", "lat"], Streets, {"width_m": "红线宽度", "lon": "lng"})
    assert found["width_m"].heading == "红线宽度"
    assert found["x"].heading == "lng"


@pytest.mark.parametrize(
    ("mapping", "message"),
    [
        ({"widht_m": "宽度"}, "--map: no field 'widht_m'; did you mean 'width_m'?"),
        ({"width_m": "宽度度"}, "--map: no column '宽度度'; did you mean '宽度'?"),
    ],
)
def test_a_wrong_mapping_is_told(mapping: dict[str, str], message: str) -> None:
    with pytest.raises(InputError) as caught:
        match(["宽度"], Streets, mapping)
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize(
    ("heading", "cell", "field", "value"),
    [
        ("宽度(m)", "7.5", "width_m", 7.5),
        ("长度（km）", "1.2", "length_m", 1200.0),
        ("长度(公里)", "0.5", "length_m", 500.0),
        ("限速", "40", "speed_mps", mps(40)),
        ("speed_mps", "10", "speed_mps", 10.0),
        ("行驶速度(m/s)", "10", "speed_mps", 10.0),
        ("限重", "8", "max_weight_kg", 8000.0),
        ("限重(kg)", "8000", "max_weight_kg", 8000.0),
        ("清扫面积(万平方米)", "1.5", "swept_area_m2", 15_000.0),
        ("面积(㎡)", "1，200.5", "swept_area_m2", 1200.5),
    ],
)
def test_a_figure_comes_into_our_unit(heading: str, cell: str, field: str, value: float) -> None:
    found = match([heading], Streets, {})[field]
    assert read_cell(cell, Streets.column(field), found.multiplier_ratio) == pytest.approx(value)


@pytest.mark.parametrize(
    ("cell", "field", "value"),
    [
        ("主干道", "road_class", RoadClass.MAIN),
        ("背街小巷", "road_class", RoadClass.BACK_STREET),
        ("tertiary", "road_class", RoadClass.BRANCH),
        ("secondary", "road_class", RoadClass.SECONDARY),
        ("双向", "oneway", Oneway.BOTH),
        ("是", "oneway", Oneway.FORWARD),
        ("-1", "oneway", Oneway.BACKWARD),
        ("有", "lit", True),
        ("No", "lit", False),
        (True, "lit", True),
        ("3.0", "n_lanes", 3),
        ("３", "n_lanes", 3),
        (" 人民路 ", "name", "人民路"),
        ("", "name", None),
        ("不详", "width_m", None),
        (None, "width_m", None),
        ("/", "lit", None),
        ("", "road_class", None),
    ],
)
def test_a_cell_is_read(cell: object, field: str, value: object) -> None:
    assert read_cell(cell, Streets.column(field)) == value


@pytest.mark.parametrize(
    ("cell", "field"),
    [("宽", "width_m"), ("inf", "width_m"), ("2.5", "n_lanes"), ("大路", "road_class"), ("也许", "lit")],
)
def test_a_cell_that_cannot_be_read_is_refused(cell: str, field: str) -> None:
    with pytest.raises(UnreadableCellError, match=cell):
        read_cell(cell, Streets.column(field))


def test_kinds_go_by_several_names() -> None:
    assert kind_named("toilets") is Toilets
    assert kind_named("公共厕所") is Toilets
    assert kind_named("Waste points") is WastePoints
    assert guess_kind("poi") is None
    with pytest.raises(InputError, match="no kind of layer 'trees'; expected one of: districts, communities, streets"):
        kind_named("trees")


def test_synonyms_are_of_columns_and_choices_that_there_are() -> None:
    columns = {c.name: c for kind in ALL_KINDS for c in kind.columns()}
    assert EVERYWHERE.keys() <= columns.keys()
    assert KINDS.keys() <= BY_NAME.keys()
    for kind, fields in BY_KIND.items():
        assert fields.keys() <= {c.name for c in BY_NAME[kind].columns()}
    for name, choices in CHOICES.items():
        declared = columns[name].choices
        assert declared is not None
        assert choices.keys() <= declared.__members__.keys()
    assert set(PLACE) == {"x", "y", "wkt", "id"}


def test_no_two_kinds_share_a_name() -> None:
    words = [w for kind in ALL_KINDS for w in {kind.KIND, kind.LABEL.zh, *KINDS.get(kind.KIND, ())}]
    assert len(words) == len(set(words))
