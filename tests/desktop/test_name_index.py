"""Names found as people type them."""

from __future__ import annotations

import pytest

from desktop.name_index import NameIndex, keys_of, readings
from desktop.text_lines import TextLines

NAMES = ["人民路", "中山北路", "重庆路", "长安街", "Park Lane", "人民广场", "1号公厕"]
INDEX = NameIndex([f"{name}  ·  道路" for name in NAMES], NAMES)


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("rml", ["人民路"]),
        ("RM", ["人民路", "人民广场"]),
        ("renminlu", ["人民路"]),
        ("minl", ["人民路"]),  # within the whole pinyin
        ("cql", ["重庆路"]),
        ("zql", ["重庆路"]),
        ("caj", ["长安街"]),
        ("zaj", ["长安街"]),
        ("zsbl", ["中山北路"]),
        ("民广", ["人民广场"]),
        ("park l", ["Park Lane"]),
        ("1hgc", ["1号公厕"]),
        ("xyz", []),
        ("  ", []),
    ],
)
def test_it_is_found(typed: str, wanted: list[str]) -> None:
    assert [line.partition("  ·")[0] for line in INDEX.find(typed, 10)] == wanted


def test_what_begins_with_the_text_comes_first() -> None:
    names = ["上人民路", "人民路一段", "人民路"]
    assert NameIndex(names, names).find("人民路", 10) == ["人民路", "人民路一段", "上人民路"]
    assert NameIndex(names, names).find("rml", 10)[0] == "人民路"


def test_names_without_chinese_have_no_keys() -> None:
    known = readings(set("路A1 "))
    assert list(known) == ["路"]
    assert keys_of("A1", known) == ""


def test_a_name_that_can_be_read_in_many_ways_stays_short() -> None:
    known = readings(set("行长重乐"))
    assert len(keys_of("行长重乐" * 4, known).split()) <= 24


def test_lines_hold_what_they_hold() -> None:
    lines = TextLines(["Ab", "", "xabx\nabc", "İab"])
    assert list(lines.holding("AB")) == [0, 2, 3]
    assert list(TextLines([]).holding("a")) == []
