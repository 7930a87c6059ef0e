"""What people call the columns of the toilets as planned, and the values that are no figures."""

from __future__ import annotations

from layers.text import Text
from optimizer.changes import ChangeKind

STANDS = "stands"
LABELS = {
    "work": Text("措施", "work"),
    "class": Text("类别", "class"),
    "year": Text("年份", "year"),
    "cost_yuan": Text("费用", "cost"),
    "women": Text("女厕位", "women's stalls"),
    "men": Text("男厕位", "men's stalls"),
    "urinals": Text("其中小便位", "of these urinals"),
    "shared": Text("第三卫生间", "shared stalls"),
    "barrier_free": Text("无障碍厕位", "barrier-free stalls"),
    "dry": Text("旱厕", "dry"),
    "crowded": Text("人流密集处", "crowded"),
    "people_within_reach": Text("服务人口", "people served"),
    "users_a_day": Text("日使用人次", "uses a day"),
    "wait_women_s": Text("高峰女厕等候", "women's wait"),
    "wait_men_s": Text("高峰男厕等候", "men's wait"),
    "nearest_other_m": Text("最近公厕", "next toilet"),
}
DONE = {
    ChangeKind.BUILD: Text("新建", "new"),
    ChangeKind.REBUILD: Text("改建", "rebuilt"),
    ChangeKind.EXTEND: Text("扩建", "extended"),
}
_MOST_YEARS = 10
_FLAG = {"0": Text("否", "no"), "1": Text("是", "yes")}
WORDS = {
    "work": {STANDS: Text("保持", "stays"), **{str(kind): word for kind, word in DONE.items()}},
    "class": {"1": Text("一类", "1"), "2": Text("二类", "2"), "3": Text("三类", "3")},
    "year": {"0": Text("–", "–"), **{str(n): Text(f"第 {n} 年", str(n)) for n in range(1, _MOST_YEARS + 1)}},
    "dry": _FLAG,
    "crowded": _FLAG,
}
