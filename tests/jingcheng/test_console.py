from __future__ import annotations

import io
import signal
from argparse import Namespace
from pathlib import Path

import pytest

from jingcheng.console import emit, figure, finite, table, width
from jingcheng.interrupt import on_interrupt
from jingcheng.progress import Progress
from layers.errors import StorageError


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_table_sets_figures_right_and_counts_chinese_twice() -> None:
    lines = table(["指标", "值"], [("机扫率", "85"), ("km", "1,200.5")])
    assert lines == ["指标         值", "──────  ───────", "机扫率       85", "km      1,200.5"]
    assert {width(line) for line in lines} == {15}


@pytest.mark.parametrize(
    ("value", "text"),
    [(1234567.891, "1,234,567.9"), (12.0, "12"), (None, "–"), (float("nan"), "–"), (0.04, "0"), (100.0, "100")],
)
def test_a_figure_is_short(value: float | None, text: str) -> None:
    assert figure(value) == text


def test_json_has_null_for_what_it_cannot_write() -> None:
    assert finite({"a": [float("nan"), 1.5, (float("inf"),)], "b": "x"}) == {"a": [None, 1.5, [None]], "b": "x"}
    out = io.StringIO()
    emit(Namespace(json=True, stdout=out), {"路": float("nan")}, ["unused"])
    assert out.getvalue() == '{"路": null}\n'


def test_a_terminal_gets_a_bar_that_is_cleared() -> None:
    stream = Terminal()
    with Progress("en", stream) as progress:
        progress.report(0.5, "search", objective=1234.0, bound=1000.0)
    first, _, rest = stream.getvalue()[1:].partition("\r")
    assert first.startswith("████████████░░░░░░░░░░░░   50 %  search  best 1,234, bound 1,000  left 0:00")
    assert rest.strip() == ""


def test_a_file_gets_few_lines() -> None:
    stream = io.StringIO()
    with Progress("zh", stream) as progress:
        for i in range(1000):
            progress.report(i / 1000, "search", objective=float(1000 - i))
        progress.report(1.0, "check")
    assert [line.split()[2] for line in stream.getvalue().splitlines()] == ["搜索", "检查"]


def test_progress_can_be_told_to_stop() -> None:
    progress = Progress("en", io.StringIO())
    assert not progress.stopped
    progress.stop()
    assert progress.stopped


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_first_ctrl_c_asks_and_the_second_ends(number: signal.Signals) -> None:
    asked = []
    before = [signal.getsignal(n) for n in (signal.SIGINT, signal.SIGTERM)]
    with on_interrupt(lambda: asked.append(1)) as event:
        signal.raise_signal(number)
        assert event.is_set()
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(number)
    assert asked == [1]
    assert [signal.getsignal(n) for n in (signal.SIGINT, signal.SIGTERM)] == before


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="has no device that is always full")
@pytest.mark.parametrize("json", [True, False])
def test_a_full_disk_under_the_output_is_told(json: bool) -> None:
    told = "cannot write to standard output: No space left on device; check free space"
    with open("/dev/full", "w", encoding="utf-8") as full, pytest.raises(StorageError, match=told):
        emit(Namespace(json=json, stdout=full), {"a": 1}, ["a"])
