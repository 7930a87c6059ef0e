"""Every action of the window as a row; menus, tool bar, shortcuts and the command palette are made from these."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow

from desktop import icons
from desktop.i18n import mark, tr


@dataclass(frozen=True, slots=True)
class Row:
    """Declare an action.

    Parameters
    ----------
    id
        Stable key.
    text
        Source string; verbs on buttons.
    menu
        Source string of the menu; a ``/`` leads to a submenu. Empty: in no menu.
    call
        ``controller.method``.
    keys
        Shortcuts, the first one shown.
    when
        Flags that must all be up for it to be enabled, see `MainWindow.flags`.
    icon, tip
        In the tool bar.
    group
        Key of an exclusive group: the action is checkable.
    rule
        Whether a line stands before it in the menu.
    """

    id: str
    text: str
    menu: str
    call: str
    keys: tuple[str, ...] = ()
    when: tuple[str, ...] = ()
    icon: str = ""
    tip: str = ""
    group: str = ""
    rule: bool = False


FILE, EDIT, VIEW = mark("文件"), mark("编辑"), mark("视图")
LAYERS, PLAN, RESULTS, WINDOW, HELP = mark("图层"), mark("规划"), mark("结果"), mark("窗口"), mark("帮助")
SAMPLE, RECENT = mark("示例城市"), mark("最近打开")
TOOLS, SCHEME, LANGUAGE, SITE_LOCKS = mark("工具"), mark("配色"), mark("语言"), mark("选址锁定")
MENUS = (FILE, EDIT, VIEW, LAYERS, PLAN, RESULTS, WINDOW, HELP)

ROWS: tuple[Row, ...] = (
    Row("open", mark("打开…"), FILE, "files.open", ("Ctrl+O",)),
    Row("sample.small", mark("一个区"), f"{FILE}/{SAMPLE}", "files.sample_small"),
    Row("sample.city", mark("全市 11 个区"), f"{FILE}/{SAMPLE}", "files.sample_city"),
    Row("sample.metropolis", mark("特大城市（20 万路段）"), f"{FILE}/{SAMPLE}", "files.sample_metropolis"),
    Row("save", mark("保存"), FILE, "files.save", ("Ctrl+S",), ("city",), rule=True),
    Row("save_as", mark("另存为…"), FILE, "files.save_as", ("Ctrl+Shift+S",), ("city",)),
    Row("export", mark("导出方案为 GeoJSON…"), FILE, "files.export", (), ("plan",)),
    Row("quit", mark("退出"), FILE, "files.quit", ("Ctrl+Q",), rule=True),
    Row("undo", mark("撤销"), EDIT, "frame.undo", ("Ctrl+Z",), ("undo",), "undo"),
    Row("redo", mark("重做"), EDIT, "frame.redo", ("Ctrl+Shift+Z", "Ctrl+Y"), ("redo",), "redo"),
    Row("find", mark("查找…"), EDIT, "frame.find", ("Ctrl+F",), ("city",), rule=True),
    Row("palette", mark("命令面板…"), EDIT, "frame.palette", ("Ctrl+K",)),
    Row("full", mark("全图"), VIEW, "views.zoom_full", ("Ctrl+Shift+F",), ("city",), "full", mark("显示全图")),
    Row("to_selection", mark("缩放到所选"), VIEW, "views.zoom_selection", ("Ctrl+J",), ("selected",)),
    Row("zoom_in", mark("放大"), VIEW, "views.zoom_in", ("Ctrl++", "Ctrl+="), ("city",)),
    Row("zoom_out", mark("缩小"), VIEW, "views.zoom_out", ("Ctrl+-",), ("city",)),
    Row("tool.select", mark("选择"), f"{VIEW}/{TOOLS}", "views.tool_select", ("Ctrl+Shift+I",), (), "select",
        mark("选择：单击查看对象"), "tool"),
    Row("tool.pan", mark("平移"), f"{VIEW}/{TOOLS}", "views.tool_pan", (), (), "pan",
        mark("平移：也可按住空格或中键拖动"), "tool"),
    Row("tool.zoom", mark("框选放大"), f"{VIEW}/{TOOLS}", "views.tool_zoom", (), (), "zoom",
        mark("框选放大：拖出一个矩形"), "tool"),
    Row("tool.measure", mark("量测"), f"{VIEW}/{TOOLS}", "views.tool_measure", ("Ctrl+Shift+M",), (), "measure",
        mark("量测长度与面积：逐点单击，双击结束"), "tool"),
    Row("tool.draw", mark("画备选用地"), f"{VIEW}/{TOOLS}", "views.tool_draw", ("Ctrl+Shift+D",), ("city", "sites"), "draw",
        mark("画备选用地：逐点单击，双击结束"), "tool"),
    Row("scheme.system", mark("跟随系统"), f"{VIEW}/{SCHEME}", "frame.scheme_system", group="scheme", rule=True),
    Row("scheme.light", mark("浅色"), f"{VIEW}/{SCHEME}", "frame.scheme_light", group="scheme"),
    Row("scheme.dark", mark("深色"), f"{VIEW}/{SCHEME}", "frame.scheme_dark", group="scheme"),
    Row("lang.zh", "中文", f"{VIEW}/{LANGUAGE}", "frame.lang_zh", group="lang"),
    Row("lang.en", "English", f"{VIEW}/{LANGUAGE}", "frame.lang_en", group="lang"),
    Row("layers.show", mark("全部显示"), LAYERS, "views.show_layers", ("Ctrl+Shift+U",), ("city",)),
    Row("layers.hide", mark("全部隐藏"), LAYERS, "views.hide_layers", ("Ctrl+Shift+H",), ("city",)),
    Row("attributes", mark("属性表"), LAYERS, "attributes_.show", ("F6",), ("city",), rule=True),
    Row("run", mark("计算"), PLAN, "runs.run", ("F9",), ("city", "idle")),
    Row("stop", mark("停止并采用当前最优"), PLAN, "runs.stop", ("Shift+F9",), ("running",)),
    Row("cancel", mark("取消计算"), PLAN, "runs.cancel", (), ("running",)),
    Row("undraw", mark("删除所选手绘用地"), EDIT, "here.remove_drawn", ("Del",), ("drawn",), rule=True),
    Row("lock", mark("锁定 / 解锁所选"), PLAN, "plans.toggle_lock", ("L",), ("lockable",), rule=True),
    Row("site.must", mark("必选"), f"{PLAN}/{SITE_LOCKS}", "locks.lock_open", (), ("site",)),
    Row("site.must_not", mark("不选"), f"{PLAN}/{SITE_LOCKS}", "locks.lock_closed", (), ("site",)),
    Row("site.keep", mark("保持现状"), f"{PLAN}/{SITE_LOCKS}", "locks.lock_keep", (), ("site", "built")),
    Row("site.free", mark("解除锁定"), f"{PLAN}/{SITE_LOCKS}", "locks.unlock", (), ("locked",)),
    Row("why", mark("为什么这样？"), PLAN, "runs.explain", ("W",), ("plan", "idle", "selected", "explains"), "",
        mark("说明所选对象为何如此，并查找最小改动")),
    Row("why_here", mark("说明此处"), PLAN, "here.explain_here", ("Shift+W",), ("plan", "idle", "asks"), "",
        mark("说明地图上光标所指之处：为何在此或不在此")),
    Row("branch", mark("由当前方案新建"), PLAN, "plans.branch", ("Ctrl+Alt+N",), ("city",), rule=True),
    Row("rename", mark("改名"), PLAN, "plans.rename", ("F2",), ("city",)),
    Row("remove", mark("删除方案"), PLAN, "plans.remove", (), ("many",)),
    Row("results", mark("指标与达标"), RESULTS, "frame.show_results", (), ("city",)),
    Row("board", mark("达标看板"), RESULTS, "board_.show", ("Ctrl+B",), ("city",)),
    Row("routes", mark("线路表"), RESULTS, "frame.show_routes", (), ("plan",)),
    Row("unserved", mark("未作业清单"), RESULTS, "frame.show_unserved", ("Ctrl+L",), ("plan",)),
    Row("gantt", mark("班次甘特"), RESULTS, "frame.show_gantt", (), ("plan",)),
    Row("timetable", mark("时刻表"), RESULTS, "frame.show_timetable", (), ("plan",)),
    Row("stations", mark("站点负荷"), RESULTS, "frame.show_stations", (), ("plan",)),
    Row("sites", mark("选址表"), RESULTS, "frame.show_sites", (), ("plan",)),
    Row("arrange", mark("恢复默认布局"), WINDOW, "frame.restore_arrangement"),
    Row("welcome", mark("欢迎卡片"), HELP, "frame.welcome", ("F1",)),
    Row("about", mark("关于净城"), HELP, "frame.about"),
)  # fmt: skip


class Actions:
    """Hold the window's actions and keep their words and states.

    Parameters
    ----------
    window
        Owns them; its menu bar is filled.
    controllers
        By the name that stands before the point in `Row.call`.
    """

    def __init__(self, window: QMainWindow, controllers: Mapping[str, object]) -> None:
        self._window = window
        self.by_id: dict[str, QAction] = {}
        for row in ROWS:
            self.by_id[row.id] = self._make(row, controllers)
        self._menu_titles: list[tuple[object, str]] = []
        self.menus = self._fill_menus()

    def _make(self, row: Row, controllers: Mapping[str, object]) -> QAction:
        name, _, method = row.call.partition(".")
        call: Callable[[], object] = getattr(controllers[name], method)
        action = QAction(self._window)
        action.setShortcuts([QKeySequence(k) for k in row.keys])
        action.setCheckable(bool(row.group))
        action.triggered.connect(lambda _on=False: call())
        self._window.addAction(action)
        return action

    def _fill_menus(self) -> dict[str, object]:
        bar = self._window.menuBar()
        menus = {title: bar.addMenu(tr(title)) for title in MENUS}
        self._menu_titles = [(m, t) for t, m in menus.items()]
        for row in ROWS:
            top, _, sub = row.menu.partition("/")
            if not top:
                continue
            if row.rule:
                menus[top].addSeparator()
            if sub and row.menu not in menus:
                menus[row.menu] = menus[top].addMenu(tr(sub))
                self._menu_titles.append((menus[row.menu], sub))
            menus[row.menu].addAction(self.by_id[row.id])
        return dict(menus)

    def enable(self, flags: frozenset[str]) -> None:
        """Enable what can be done now."""
        for row in ROWS:
            self.by_id[row.id].setEnabled(set(row.when) <= flags)

    def check(self, group: str, chosen: str) -> None:
        """Check one action of an exclusive group."""
        for row in ROWS:
            if row.group == group:
                self.by_id[row.id].setChecked(row.id == chosen)

    def retranslate(self) -> None:
        """Say it in the present language, and draw icons in the present colours."""
        for row in ROWS:
            action = self.by_id[row.id]
            action.setText(tr(row.text))
            action.setProperty("group", tr(row.menu.partition("/")[2]) if "/" in row.menu else "")
            keys = QKeySequence(row.keys[0]).toString(QKeySequence.SequenceFormat.NativeText) if row.keys else ""
            tip = tr(row.tip or row.text)
            action.setToolTip(tr("{0}（{1}）").format(tip, keys) if keys else tip)
            if row.icon:
                action.setIcon(icons.icon(row.icon))
            action.setIconVisibleInMenu(False)
        for menu, title in self._menu_titles:
            menu.setTitle(tr(title))  # type: ignore[attr-defined]
