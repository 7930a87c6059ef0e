"""The commands: their words, the module that has them, and one line about each.

A module is imported when its command is called, so that ``jingcheng city info`` loads neither Qt nor a solver. It holds

- ``EXAMPLE``: one line that works, shown by ``--help``;
- ``register(parser, lang)``: adds its arguments to a parser that has ``--json`` and ``--lang`` already;
- ``run(args) -> int``: does it and returns the exit code; a `layers.errors.JingchengError` may be raised at any point.
"""

from __future__ import annotations

from dataclasses import dataclass

from layers.text import Text

GROUPS = {"city": Text("城市数据：生成、导入、检查、导出", "city data: make, import, check, export")}


@dataclass(frozen=True, slots=True)
class Command:
    """Name a command and the module that does it."""

    words: tuple[str, ...]
    module: str
    about: Text


COMMANDS = (
    Command(("demo",), "jingcheng.demo", Text("示例城市跑完主要工作", "run the main job on the sample city")),
    Command(("city", "make"), "jingcheng.city_make", Text("生成示例城市", "make a sample city")),
    Command(
        ("city", "import"),
        "jingcheng.city_import",
        Text("导入道路等数据", "import streets and whatever else files hold"),
    ),
    Command(("city", "add"), "jingcheng.city_add", Text("给城市加一个图层", "add a layer to a city")),
    Command(("city", "check"), "jingcheng.city_check", Text("检查城市数据", "check a city's data")),
    Command(("city", "info"), "jingcheng.city_info", Text("图层、数量与数据质量表", "layers, counts, data-quality sheet")),
    Command(("city", "export"), "jingcheng.city_export", Text("导出一个图层", "export one layer")),
    Command(("planners",), "jingcheng.planners_", Text("列出规划器及其全部参数", "list the planners with every parameter")),
    Command(("plan",), "jingcheng.plan", Text("做一个规划方案", "make a plan")),
    Command(
        ("import-plan",),
        "jingcheng.import_plan",
        Text("把现行作业时刻表导入为方案", "take over today's timetable as a plan, checked and measured"),
    ),
    Command(
        ("verify",),
        "jingcheng.verify",
        Text("不用求解器，只凭文件检查方案", "check a plan from its file alone, without a solver"),
    ),
    Command(
        ("targets",), "jingcheng.targets", Text("文件要求的指标与达标情况", "the documents' targets, and which are met")
    ),
    Command(("compare",), "jingcheng.compare", Text("并列比较方案的各项指标", "put the figures of plans side by side")),
    Command(("solve",), "jingcheng.solve", Text("求解公开算例", "solve a public benchmark file")),
    Command(("export",), "jingcheng.export", Text("导出方案", "export a plan")),
)


def find(words: list[str]) -> tuple[Command | None, int]:
    """Return the command that some words begin with, and how many words name it."""
    for command in COMMANDS:
        n = len(command.words)
        if tuple(words[:n]) == command.words:
            return command, n
    return None, 0
