from __future__ import annotations

from pathlib import Path

from resources.targets import load_targets
from tests.jingcheng.conftest import Call


def test_without_a_plan_every_target_is_listed(call: Call) -> None:
    said = call("targets", "--json")
    assert said.code == 0
    assert {t["id"] for t in said.document["targets"]} == {t.id for t in load_targets()}
    assert {t["verdict"] for t in said.document["targets"]} == {"not_measured", "reference"}


def test_the_documents_that_bind_are_chosen(call: Call) -> None:
    said = call("targets", "--document", "wuhan", "--json")
    assert {t["document"] for t in said.document["targets"]} == {"wuhan"}
    assert [d["id"] for d in said.document["documents"]] == ["wuhan"]


def test_an_unknown_document_is_told(call: Call) -> None:
    said = call("targets", "--document", "peking")
    assert said.code == 2
    assert "no document 'peking'; expected nanjing | zhanggong" in said.err


def test_a_city_is_judged_as_it_stands(call: Call, city: Path) -> None:
    said = call("targets", "--city", city, "--json")
    assert said.code == 0
    by_id = {t["id"]: t for t in said.document["targets"]}
    assert by_id["nanjing.sweep-rate-85"]["verdict"] == "not_measured"
    assert all(t["verdict"] in {"met", "missed", "not_measured", "reference"} for t in said.document["targets"])


def test_the_table_shows_sign_and_words(call: Call) -> None:
    said = call("targets", "--document", "finegrain", "--lang", "zh")
    assert "公厕密度" in said.out
    assert "– 未测" in said.out
    assert "3 – 5 座/km²" in said.out


def test_a_file_that_is_not_there_is_told(call: Call, tmp_path: Path) -> None:
    said = call("targets", tmp_path / "none.gpkg")
    assert said.code == 2
    assert "none.gpkg" in said.err
