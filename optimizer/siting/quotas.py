"""Numbers wanted by district, how many of them can be reached, and what is missing where that is less."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from layers.text import Text
from optimizer.changes import Verdict


@dataclass(frozen=True)
class Wanted:
    """Hold what is wanted of a district, and what can be reached at the most.

    Parameters
    ----------
    district
        Its name.
    what
        What is counted, such as ``stations built or rebuilt``.
    n_wanted, n_possible
        How many are asked for, and how many could be at the most.
    n_sites
        Sites in the district that were looked at.
    lacking
        Why the others cannot be, and how many for each reason.
    needs
        What one more site would have to be, with figures; empty where that is not said.
    """

    district: str
    what: Text
    n_wanted: int
    n_possible: int
    n_sites: int
    lacking: Mapping[str, tuple[Text, int]] = field(default_factory=dict)
    needs: Text = Text("", "")

    @property
    def n_asked(self) -> int:
        """The nearest number that can be reached."""
        return min(self.n_wanted, self.n_possible)

    @property
    def n_missing(self) -> int:
        """How many cannot be."""
        return self.n_wanted - self.n_asked

    def verdict(self, n_done: int) -> Verdict:
        """Return whether the district has what is wanted, and what is missing where it has not."""
        kept = n_done >= self.n_wanted
        zh = f"{self.district}：{self.what.zh} {n_done}，要求 {self.n_wanted}"
        en = f"{self.district}: {self.what.en} {n_done}, wanted {self.n_wanted}"
        if self.n_missing:
            told = self.missing
            zh, en = f"{zh}；{told.zh}", f"{en}; {told.en}"
        return Verdict(self.district, "quota", kept, Text(zh, en))

    @property
    def missing(self) -> Text:
        """What stands in the way of the number wanted, in words."""
        whys = sorted(self.lacking.values(), key=lambda why: (-why[1], why[0].en))
        zh = f"最多可达 {self.n_possible}，因为 {self.n_sites} 处场地中" + (
            "".join(f"，{n} 处{why.zh}" for why, n in whys) or "没有更多"
        )
        en = f"at most {self.n_possible} are possible: of {self.n_sites} sites " + (
            ", ".join(f"{n} {why.en}" for why, n in whys) or "there are no more"
        )
        zh = zh.replace("中，", "中 ")
        need_zh, need_en = (f"（每处需{self.needs.zh}）", f" ({self.needs.en} each)") if self.needs.en else ("", "")
        zh, en = f"{zh}；还缺 {self.n_missing} 处场地{need_zh}", f"{en}; {self.n_missing} sites are missing{need_en}"
        return Text(zh, en)
