from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layers.errors import InputError, StorageError
from layers.units import HOUR_S, kmh
from resources.inventory import Inventory, VehicleKind
from resources.inventory_form import CREW, PRICES, SECTIONS, SHIFT, VEHICLE
from resources.io import default_inventory, parse_inventory, read_inventory, write_inventory
from resources.source import Certainty
from resources.toml_writer import inventory_text

SMALL = """name = "一队"
spare_ratio = { value = 10, unit = "%", source = "own", certainty = "G" }

[[vehicle]]
key = "van"
zh = "车"
en = "van"
kind = "sweeper"
owned = { value = 3, unit = "vehicles", source = "own", certainty = "G" }
width = { value = 2.5, unit = "m", source = "own", certainty = "G" }
height = { value = 3, unit = "m", source = "own", certainty = "G" }
weight = { value = 18, unit = "t", source = "own", certainty = "G" }
least_street_width = { value = 5, unit = "m", source = "own", certainty = "G" }
working_speed = { value = 7.2, unit = "km/h", source = "own", certainty = "B", local = true }
driving_speed = { value = 36, unit = "km/h", source = "own", certainty = "G" }

[[shift]]
key = "night"
zh = "夜班"
en = "night"
start = { value = "22:00", unit = "HH:MM", source = "own", certainty = "G" }
end = { value = "05:00", unit = "HH:MM", source = "own", certainty = "G" }

[[crew]]
key = "drivers"
zh = "驾驶员"
en = "drivers"
posts = { value = 4, unit = "posts", source = "own", certainty = "G" }
per_vehicle = { value = 1, unit = "people", source = "own", certainty = "G" }
relief_factor = { value = 1.4, unit = "1", source = "own", certainty = "G" }
wage = { value = 6000, unit = "yuan/month", source = "own", certainty = "G" }

[prices]
electricity = { value = 0.8, unit = "yuan/kWh", source = "own", certainty = "G" }
diesel = { value = 7, unit = "yuan/L", source = "own", certainty = "G" }
water = { value = 4, unit = "yuan/m3", source = "own", certainty = "G" }
grid_emission = { value = 0.5, unit = "kg CO2/kWh", source = "own", certainty = "G" }
diesel_emission = { value = 2.6, unit = "kg CO2/L", source = "own", certainty = "G" }
hand_sweeping = { value = 6000, unit = "m2/day", source = "own", certainty = "G" }
"""


def fault_of(old: str, new: str) -> str:
    assert old in SMALL
    with pytest.raises(InputError) as caught:
        parse_inventory(SMALL.replace(old, new, 1), "a.toml")
    assert caught.value.message("zh") != caught.value.message("en")
    return str(caught.value)


def test_figures_are_turned_into_si() -> None:
    inventory = parse_inventory(SMALL, "a.toml")
    van = inventory.vehicle_type("van")
    assert van.kind is VehicleKind.SWEEPER
    assert van.working_speed_mps == pytest.approx(2.0)
    assert van.driving_speed_mps == pytest.approx(10.0)
    assert van.weight_kg == 18_000
    assert van.hopper_kg == 0
    assert inventory.spare_ratio == pytest.approx(0.1)
    assert inventory.n_in_service(van) == 2


def test_a_shift_over_midnight_ends_the_next_day() -> None:
    night = parse_inventory(SMALL, "a.toml").shift("night")
    assert (night.start_s, night.end_s) == (22 * HOUR_S, 29 * HOUR_S)


def test_source_certainty_and_locality_stay_with_the_figure() -> None:
    source = parse_inventory(SMALL, "a.toml").vehicle_type("van").sources["working_speed_mps"]
    assert (source.text, source.certainty, source.local) == ("own", Certainty.B, True)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('{ value = 2.5, unit = "m"', '{ value = 25, unit = "m"', "line 10 [vehicle 1] width is 25 m; expected 0.5 … 4 m"),
        ('unit = "km/h", source = "own", certainty = "B"', 'unit = "mph", source = "own", certainty = "B"',
         "line 14 [vehicle 1] working_speed.unit is 'mph'; expected km/h | m/s"),
        ("height = {", "hight = {", "line 11 [vehicle 1] no figure 'hight'; did you mean 'height'?"),
        ("height = {", "hight = {", "height is missing"),
        ("3, unit = \"vehicles\"", '2.5, unit = "vehicles"', "owned is 2.5 vehicles; expected 0 … 10000 vehicles"),
        ("value = 3, unit = \"vehicles\"", 'value = true, unit = "vehicles"', "owned is True vehicles"),
        ("value = 3, unit = \"vehicles\"", 'value = "x", unit = "vehicles"', "owned is 'x' vehicles"),
        ('height = { value = 3, unit = "m", source = "own", certainty = "G" }', "height = 3",
         "height is 3; expected { value = …"),
        ('"own", certainty = "B"', '"own", certainty = "Z"', "working_speed.certainty is 'Z'; expected A | B | C | M | G"),
        ('source = "own", certainty = "B"', 'source = "", certainty = "B"', "working_speed.source is missing"),
        ("certainty = \"B\", local", 'certainty = "B", locl', "working_speed has no part 'locl'"),
        ('kind = "sweeper"', 'kind = "boat"', "line 8 [vehicle 1] kind is 'boat'; expected sweeper | small_sweeper"),
        ('kind = "sweeper"', 'kind = "sweeper"\nsealed = 1', "sealed is 1; expected true | false"),
        ('zh = "车"', 'zh = ""', "zh is ''; expected text"),
        ('zh = "车"', "", "zh is missing"),
        ('"22:00"', '"ten"', "start is 'ten'; expected HH:MM"),
        ("[prices]", "[price]", "no [prices]"),
        ("[[crew]]", "[crew]", "must be written [[crew]]"),
        ('value = 10, unit = "%"', 'value = 95, unit = "%"', "line 2 spare_ratio is 95 %; expected 0 … 90 %"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_line(old: str, new: str, says: str) -> None:
    assert says in fault_of(old, new)


def test_all_faults_are_told_at_once() -> None:
    text = SMALL.replace('value = 2.5, unit = "m"', 'value = 25, unit = "m"').replace('"22:00"', '"ten"')
    with pytest.raises(InputError, match=r"width is 25 m.*start is 'ten'"):
        parse_inventory(text, "a.toml")


def test_a_key_stands_once() -> None:
    van = SMALL[SMALL.index("[[vehicle]]") : SMALL.index("[[shift]]")]
    with pytest.raises(InputError, match=r"line 17 \[vehicle 2\] key 'van' occurs more than once|key 'van' occurs more"):
        parse_inventory(SMALL.replace("[[shift]]", van + "[[shift]]", 1), "a.toml")


def test_a_missing_section_is_told() -> None:
    crew = SMALL[SMALL.index("[[crew]]") : SMALL.index("[prices]")]
    with pytest.raises(InputError, match=r"no \[\[crew\]\]"):
        parse_inventory(SMALL.replace(crew, ""), "a.toml")


def test_what_is_no_toml_is_told() -> None:
    with pytest.raises(InputError, match=r"inventory a.toml is no TOML: Invalid value"):
        parse_inventory("name = ", "a.toml")


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none.toml cannot be read: No such file"):
        read_inventory(tmp_path / "none.toml")


def test_a_file_in_another_encoding_is_told(tmp_path: Path) -> None:
    path = tmp_path / "gbk.toml"
    path.write_bytes(SMALL.encode("gb18030"))
    with pytest.raises(InputError, match="is no UTF-8 text"):
        read_inventory(path)


def test_the_default_is_whole_and_every_figure_has_a_source() -> None:
    inventory = default_inventory()
    kinds = {v.kind for v in inventory.vehicle_types}
    assert kinds == set(VehicleKind)
    assert {"night", "morning", "day", "evening", "collection"} <= {s.key for s in inventory.shifts}
    owners = (
        (VEHICLE, inventory.vehicle_types),
        (SHIFT, inventory.shifts),
        (CREW, inventory.crews),
        (PRICES, (inventory.prices,)),
    )
    for section, entries in owners:
        for entry in entries:
            figures = {f.field for f in section.figures if f.required or getattr(entry, f.field)}
            assert figures <= set(entry.sources)


def test_the_default_does_not_claim_more_than_the_sources() -> None:
    inventory = default_inventory()
    assert inventory.prices.sources["diesel_kg_co2_l"].certainty is Certainty.M
    assert inventory.vehicle_type("sweeper").sources["water_lpm"].certainty is Certainty.B
    assert all(c.sources["wage_yuan_month"].certainty is Certainty.M for c in inventory.crews)


def test_sweepers_keep_within_the_speed_for_sweeping() -> None:
    kinds = (VehicleKind.SWEEPER, VehicleKind.SMALL_SWEEPER)
    sweepers = [v for v in default_inventory().vehicle_types if v.kind in kinds]
    assert sweepers
    assert all(kmh(v.working_speed_mps) <= 8.0 + 1e-9 for v in sweepers)
    assert all(v.width_m < 1.8 for v in sweepers if v.kind is VehicleKind.SMALL_SWEEPER)


def test_collection_vehicles_are_of_the_kinds_that_the_documents_name() -> None:
    inventory = default_inventory()
    collecting = [v for v in inventory.vehicle_types if v.kind in (VehicleKind.COLLECTION, VehicleKind.BIN_LIFTER)]
    assert all(v.sealed for v in collecting)
    assert inventory.vehicle_type("electric_8t").electric
    assert inventory.vehicle_type("sealed_3t").weight_kg < 12_000


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    inventory = default_inventory()
    write_inventory(inventory, tmp_path / "i.toml")
    assert read_inventory(tmp_path / "i.toml") == inventory
    assert not list(tmp_path.glob(".*"))


@settings(max_examples=25, deadline=None)
@given(speed=st.floats(0.2, 16, allow_nan=False), fuel=st.floats(0.001, 19), share=st.floats(0, 0.89))
def test_any_figure_survives_writing(speed: float, fuel: float, share: float) -> None:
    inventory = default_inventory()
    first = replace(inventory.vehicle_types[0], working_speed_mps=speed, fuel_l_km=fuel)
    changed: Inventory = replace(inventory, vehicle_types=(first, *inventory.vehicle_types[1:]), spare_ratio=share)
    assert parse_inventory(inventory_text(changed), "x") == changed


def test_a_figure_without_source_is_written_as_given() -> None:
    inventory = parse_inventory(SMALL, "a.toml")
    van = replace(inventory.vehicle_types[0], hopper_kg=5000.0)
    text = inventory_text(replace(inventory, vehicle_types=(van,)))
    assert 'hopper = { value = 5000, unit = "kg", source = "entered by hand", certainty = "G" }' in text


def test_a_file_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="cannot be written"):
        write_inventory(default_inventory(), tmp_path / "none" / "i.toml")


def test_a_full_disk_leaves_the_old_file_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "i.toml"
    path.write_text("old", encoding="utf-8")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("resources.toml_writer.os.fsync", full)
    with pytest.raises(StorageError, match="No space left on device"):
        write_inventory(default_inventory(), path)
    assert [p.name for p in tmp_path.iterdir()] == ["i.toml"]
    assert path.read_text(encoding="utf-8") == "old"


def test_every_figure_of_the_form_is_labelled_and_bounded() -> None:
    for section in SECTIONS:
        for figure in section.figures:
            assert figure.label.zh
            assert figure.low <= figure.high
            assert next(iter(figure.units)) == figure.unit
