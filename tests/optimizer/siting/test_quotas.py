"""What a district lacks is told with figures."""

from __future__ import annotations

from layers.text import Text
from optimizer.siting.quotas import Wanted

_WHAT = Text("新建或改建转运站", "stations built or rebuilt")


def test_what_can_be_reached_is_asked_for() -> None:
    wanted = Wanted("甲区", _WHAT, 8, 9, 12)
    assert (wanted.n_asked, wanted.n_missing) == (8, 0)
    assert wanted.verdict(8).kept
    assert wanted.verdict(8).text.en == "甲区: stations built or rebuilt 8, wanted 8"
    assert not wanted.verdict(7).kept


def test_what_is_missing_is_named() -> None:
    lacking = {"land": (Text("用地不足", "too small"), 2), "access": (Text("道路过窄", "on too narrow a street"), 3)}
    wanted = Wanted("甲区", _WHAT, 8, 1, 6, lacking, Text("500 m²", "500 m²"))
    verdict = wanted.verdict(1)
    assert not verdict.kept
    assert (wanted.n_asked, wanted.n_missing) == (1, 7)
    assert verdict.text.en == (
        "甲区: stations built or rebuilt 1, wanted 8; at most 1 are possible: of 6 sites 3 on too narrow a street,"
        " 2 too small; 7 sites are missing (500 m² each)"
    )
    assert verdict.text.zh == (
        "甲区：新建或改建转运站 1，要求 8；最多可达 1，因为 6 处场地中 3 处道路过窄，2 处用地不足；"
        "还缺 7 处场地（每处需500 m²）"
    )


def test_a_district_without_sites_says_so() -> None:
    assert "of 0 sites there are no more; 4 sites are missing" in Wanted("乙区", _WHAT, 4, 0, 0).missing.en
