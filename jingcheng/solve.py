"""``jingcheng solve``: the engines on the field's public benchmark files."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any

from jingcheng.cli import DONE, FAILED_CHECK, STOPPED
from jingcheng.console import emit, figure
from jingcheng.interrupt import on_interrupt
from jingcheng.language import teller
from jingcheng.progress import Progress
from layers.errors import StorageError
from layers.text import Lang, Text
from publish.whole_file import write_whole

EXAMPLE = "jingcheng solve gdb1.dat --time-limit 10"

_TIME_LIMIT_S = 60.0
_N_UNSERVED = 5
_DIGITS = 3


def register(parser: ArgumentParser, lang: Lang) -> None:
    """Add the arguments."""
    told = teller(lang)
    parser.add_argument(
        "instance", metavar="INSTANCE", type=Path, help=told("算例文件，格式由内容识别", "file; recognised by its content")
    )
    limit = parser.add_mutually_exclusive_group()
    limit.add_argument(
        "--time-limit", metavar="S", type=float, help=told("搜索时间（秒），默认 60", "search time, s; 60 by default")
    )
    limit.add_argument(
        "--work-limit", metavar="N", type=int, help=told("计算量上限，结果可重现", "work limit: the answer is reproducible")
    )
    parser.add_argument("--seed", metavar="N", type=int, default=1, help=told("随机种子", "random seed"))
    parser.add_argument("--threads", metavar="N", type=int, default=1, help=told("线程数", "threads"))
    parser.add_argument("--engine", metavar="NAME", default="jingcheng", help=told("求解引擎", "engine"))
    parser.add_argument(
        "--capacity",
        metavar="N",
        type=int,
        help=told("车辆或站点的能力（文件未给出时）", "capacity of vehicles or of sites where the file leaves it open"),
    )
    parser.add_argument("--out", metavar="SOLUTION.json", type=Path, help=told("保存解", "save the solution"))


def run(args: Namespace) -> int:
    """Solve one instance."""
    from optimizer.engines.instances import solve_file

    _check_place(args.out)
    unlimited = args.time_limit is None and args.work_limit is None
    time_limit_s = _TIME_LIMIT_S if unlimited else args.time_limit
    with Progress(args.lang) as progress, on_interrupt(progress.stop) as asked:
        solved = solve_file(
            args.instance,
            time_limit_s=time_limit_s,
            work_limit=args.work_limit,
            seed=args.seed,
            threads=args.threads,
            engine=args.engine,
            capacity=args.capacity,
            monitor=progress,
        )
    document = _in_words(dict(solved), args.lang)
    if args.out is not None:
        write_whole(args.out, json.dumps(document, ensure_ascii=False, indent=1))
    emit(args, document, _lines(document, args.lang))
    if asked.is_set():
        return STOPPED
    return DONE if document["feasible"] else FAILED_CHECK


def _in_words(value: Any, lang: Lang) -> Any:
    """Return a document with every text in one language."""
    if isinstance(value, Text):
        return value.get(lang)
    if isinstance(value, dict):
        return {key: _in_words(part, lang) for key, part in value.items()}
    return [_in_words(part, lang) for part in value] if isinstance(value, list) else value


def _check_place(path: Path | None) -> None:
    """Refuse a place that cannot be written to before the search, rather than after it."""
    if path is not None and not path.parent.is_dir():
        raise StorageError(
            Text(
                f"无法写入 {path}：没有文件夹 {path.parent}；请先建立或改用别的位置",
                f"cannot write {path}: there is no folder {path.parent}; make it first or give another place",
            )
        )


def _lines(document: dict[str, Any], lang: Lang) -> list[str]:
    gap = document["gap"]
    proof = f" ({gap:.2%})" if gap is not None else ""
    told = [
        (Text("算例", "instance"), f"{document['instance']} ({document['family']})"),
        (Text("目标值", "objective"), figure(document["objective"], _DIGITS)),
        (Text("下界", "bound"), figure(document["bound"], _DIGITS) + proof),
        (Text("用时", "time"), f"{document['seconds']:.1f} s"),
        (Text("可行", "feasible"), Text("是", "yes").get(lang) if document["feasible"] else Text("否", "no").get(lang)),
    ]
    lines = [f"{label.get(lang)}: {value}" for label, value in told]
    lines += [Text("注意：", "note: ").get(lang) + note for note in document["notes"]]
    return lines + _unserved(document["unserved"], lang)


def _unserved(left: list[dict[str, Any]], lang: Lang) -> list[str]:
    """Return the first streets or stops that are not served, each with its reason, and how many there are."""
    lines = [f"  {item['serve'] if 'serve' in item else item['stop']}: {item['reason']}" for item in left[:_N_UNSERVED]]
    if len(left) > _N_UNSERVED:
        lines.append(f"  … +{len(left) - _N_UNSERVED}")
    is_streets, is_one = any("serve" in item for item in left), len(left) == 1
    what = Text("条街道", "street" if is_one else "streets") if is_streets else Text("个点", "stop" if is_one else "stops")
    head = Text(f"未服务 {len(left)} {what.zh}：", f"{len(left)} {what.en} {'is' if is_one else 'are'} not served:").get(
        lang
    )
    return [head, *lines] if lines else []
