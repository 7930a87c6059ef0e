"""Both kerbs of a street are told in one line where one thing is true of both."""

from __future__ import annotations

from layers.text import Text
from optimizer.plan import Unserved
from optimizer.planners.sweeping.explaining.told import told


def test_passes_that_share_reason_and_way_out_share_a_line() -> None:
    full, narrow = Text("时间不足", "no time left"), Text("太窄", "too narrow")
    change = Text("延长 5 分钟", "+5 min")
    left = [
        Unserved("s1:R", "shift_time", full, change),
        Unserved("s1:L", "street_width", narrow),
        Unserved("s1:R#2", "shift_time", full, change),
    ]
    assert [t.en for t in told(left)] == [
        "s1:R, s1:R#2: not served, no time left; smallest change: +5 min",
        "s1:L: not served, too narrow; smallest change: no smallest change was found in the time for it",
    ]
    assert told(left)[0].zh == "s1:R、s1:R#2：未作业，时间不足；最小变更：延长 5 分钟"
    assert told([]) == []
