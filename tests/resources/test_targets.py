from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from layers.errors import InputError
from resources.targets import Op, TargetKind, load_documents, load_targets, where_key


def test_every_target_of_the_source_is_there_unchanged(shared: Path) -> None:
    source = tomllib.loads((shared / "targets.toml").read_text(encoding="utf-8"))
    ours = {t.id: t for t in load_targets()}
    assert list(ours) == [row["id"] for row in source["target"]]
    assert [d.key for d in load_documents()] == list(source["documents"])
    for row in source["target"]:
        target = ours[row["id"]]
        values = row["value"] if isinstance(row["value"], list) else [row["value"]]
        where = {k: v if isinstance(v, str) else tuple(v) for k, v in row["where"].items()}
        assert (target.document, target.planner, target.kind, target.metric) == (
            row["source"], row["planner"], row["kind"], row["metric"],
        )  # fmt: skip
        assert (target.op, target.values, target.unit) == (row["op"], tuple(values), row["unit"])
        assert (dict(target.where), target.per, target.period) == (where, row["per"], row["period"])
        assert target.window == tuple(row.get("window", ()))
        assert target.when == row.get("when", "")
        assert (target.rule is not None) == ("rule" in row)
        assert target.note is not None or "note" not in row


def test_every_target_is_labelled_in_both_languages() -> None:
    assert all(t.label.zh and t.label.en for t in load_targets())
    assert all(d.label.zh and d.city.en for d in load_documents())


def test_rules_count_breaches() -> None:
    rules = [t for t in load_targets() if t.kind is TargetKind.RULE]
    assert rules
    assert all(t.op is Op.EXACTLY and t.values == (0.0,) and t.metric.startswith("breaches_of_") for t in rules)


def test_the_documents_that_bind_are_chosen() -> None:
    chosen = load_targets(["wuhan", "district"])
    assert {t.document for t in chosen} == {"wuhan", "district"}
    assert load_targets([]) == ()


def test_an_unknown_document_is_told() -> None:
    with pytest.raises(InputError, match=r"no document 'peking'; expected nanjing \| zhanggong"):
        load_targets(["peking"])


@pytest.mark.parametrize(
    ("where", "key"),
    [
        ({}, "area=city"),
        ({"area": "key"}, "area=key"),
        ({"road_class": ("secondary", "main"), "area": "city"}, "area=city;road_class=main,secondary"),
        ({"street_flag": "lit", "area": "city"}, "area=city;street_flag=lit"),
    ],
)
def test_a_scope_has_one_name(where: dict[str, str | tuple[str, ...]], key: str) -> None:
    assert where_key(where) == key


def test_what_is_wanted_is_shown() -> None:
    by_id = {t.id: t for t in load_targets()}
    assert by_id["nanjing.sweep-rate-85"].wanted == "≥ 85 %"
    assert by_id["finegrain.toilet-density"].wanted == "3 – 5 per km2"
    assert by_id["zhanggong.market-area"].wanted == "= 418,200 m2"
    assert by_id["nanjing.response-central"].wanted == "≤ 15 min"
    assert by_id["finegrain.toilet-density"].wanted_text.zh == "3 – 5 座/km²"
