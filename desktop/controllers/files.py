"""Opening and saving: always off the window's thread, never losing what is not saved."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFileDialog, QMessageBox

from desktop import tasks
from desktop.desk import Opened, Result
from desktop.i18n import say, tr
from desktop.loading import Loading
from desktop.panels.switched import SwitchedTables
from desktop.reading import PROJECT_SUFFIX, Request
from layers.errors import JingchengError

if TYPE_CHECKING:
    from desktop.main_window import MainWindow

CITY_PATTERNS = "*.gpkg *.osm *.osm.gz *.osm.pbf *.pbf *.xml *.xml.gz *.graphml *.geojson *.json *.csv"


class FileCommands:
    """Open, save and leave."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self.loading: Loading | None = None
        self._saving = False

    def begin(self) -> None:
        """Open the sample city, with a word of welcome."""
        self._window.frame.welcome()
        self._load(Request(), tr("准备示例城市"))

    # --- opening -------------------------------------------------------------------------------------------------

    def open(self) -> None:
        """Ask for a file and open it."""
        pattern = tr("城市与项目 ({0});;所有文件 (*)").format(CITY_PATTERNS)
        name, _ = QFileDialog.getOpenFileName(self._window, tr("打开城市"), "", pattern)
        if name:
            self.open_path(Path(name))

    def open_path(self, path: Path) -> None:
        """Open a project, or a city in any format that can be read."""
        if self.may_discard():
            self._load(Request(path), tr("打开 {0}").format(path.name))

    def open_sample(self, size: str) -> None:
        """Open the sample city in one of its sizes."""
        if self.may_discard():
            self._load(Request(size=size), tr("准备示例城市"))

    def sample_small(self) -> None:
        """Open the sample of one district."""
        self.open_sample("small")

    def sample_city(self) -> None:
        """Open the sample of all districts."""
        self.open_sample("city")

    def sample_metropolis(self) -> None:
        """Open the biggest sample."""
        self.open_sample("metropolis")

    def _load(self, request: Request, title: str) -> None:
        self.stop_loading()
        area = self._window.area
        self.loading = Loading(request, self._window.folder, self._window)
        self.loading.progress.connect(lambda fraction, text: area.loading.report(fraction, say(text)))
        self.loading.done.connect(self._loaded)
        self.loading.failed.connect(self._not_loaded)
        area.loading.begin(title)
        area.place()
        self.loading.start()
        self._window.refresh_actions()

    def stop_loading(self) -> None:
        """Stop opening; what is open stays open."""
        if self.loading is not None:
            self.loading.stop()
            self.loading = None
            self._window.area.loading.hide()
            self._window.refresh_actions()

    def _loaded(self, opened: Opened) -> None:
        request = self.loading.request if self.loading else Request()
        self.loading = None
        self._window.area.loading.hide()
        self.take(opened)
        if request.path is not None:
            self._window.area.clear_sky()
            self._window.settings.add_recent(request.path)
            self._window.refresh_recent()
        for note in opened.city.notes[:200]:
            self._window.log.say(f"{note.where}: {say(note.text)} ×{note.n_items}")
        self._window.log.say(tr("已打开 {0}").format(opened.city.name))

    def take(self, opened: Opened) -> None:
        """Put what was opened in place of what is open."""
        self._window.runs.drop()
        self._window.session.open(opened)

    def _not_loaded(self, error: JingchengError) -> None:
        self.loading = None
        self._window.area.loading.hide()
        self._window.complain(error)
        self._window.refresh_actions()

    # --- saving --------------------------------------------------------------------------------------------------

    def save(self) -> None:
        """Save where the project was opened from; ask for a place where it has none."""
        path = self._window.session.path
        if path is None:
            self.save_as()
        else:
            self.save_to(path)

    def save_as(self) -> None:
        """Ask for a place and save."""
        city = self._window.session.city
        start = str(self._window.session.path or f"{city.name if city else ''}{PROJECT_SUFFIX}")
        name, _ = QFileDialog.getSaveFileName(self._window, tr("另存为"), start, tr("净城项目 (*.gpkg)"))
        if name:
            path = Path(name)
            self.save_to(path if path.suffix else path.with_suffix(PROJECT_SUFFIX))

    def save_to(self, path: Path) -> None:
        """Save into a file, off the window's thread; the old file is replaced whole or not at all."""
        session = self._window.session
        if session.city is None or self._saving:
            return
        self._saving = True
        city, content = session.city, session.to_save()
        index, results = session.undo.index(), dict(session.results)
        self._window.status(tr("正在保存 {0}").format(path.name))

        def work() -> None:
            module: Any = importlib.import_module("optimizer.project")
            module.save_project(path, module.Project(city, *content))

        tasks.run(work, lambda _answer: self._saved(path, index, results), self._not_saved, self._window)

    def _saved(self, path: Path, index: int, results: dict[str, Result]) -> None:
        self._saving = False
        session = self._window.session
        session.saved_as(path, index, results)
        self._window.settings.add_recent(path)
        self._window.refresh_recent()
        self._window.status("")
        self._window.log.say(tr("已保存 {0}").format(path))

    def _not_saved(self, error: JingchengError) -> None:
        self._saving = False
        self._window.status("")
        self._window.complain(error, tr("另存为…"), self.save_as)

    def export(self) -> None:
        """Ask for a place and write the plan shown as GeoJSON."""
        result = self._window.session.result
        if result is None:
            return
        name, _ = QFileDialog.getSaveFileName(
            self._window, tr("导出方案"), f"{result.plan.name}.geojson", "GeoJSON (*.geojson)"
        )
        if name:
            self.export_to(Path(name))

    def export_to(self, path: Path) -> None:
        """Write the plan shown as GeoJSON."""
        result = self._window.session.result
        if result is None:
            return

        def work() -> None:
            module: Any = importlib.import_module("publish.geojson")
            module.write_geojson(result.plan, result.scenario.city, path)

        tasks.run(work, lambda _answer: self.exported(path), self._window.complain, self._window)

    def export_table(self, panel: SwitchedTables) -> None:
        """Ask for a place and write the table in sight of a panel as CSV."""
        session = self._window.session
        if session.city is None:
            return
        stem = f"{session.scenario.name if session.scenario else session.city.name}-{tr(panel.sheets[panel.shown].label)}"
        name, _ = QFileDialog.getSaveFileName(self._window, tr("导出表格"), f"{stem}.csv", "CSV (*.csv)")
        if name:
            self.export_table_to(panel, Path(name))

    def export_table_to(self, panel: SwitchedTables, path: Path) -> None:
        """Write the table in sight of a panel as CSV."""
        heads, lines = panel.written()

        def work() -> None:
            module: Any = importlib.import_module("publish.rows")
            module.write_rows(heads, lines, path)

        tasks.run(work, lambda _answer: self.exported(path), self._window.complain, self._window)

    def exported(self, path: Path) -> None:
        """Tell that a file was written."""
        self._window.area.banner.tell(tr("已导出 {0}").format(path.name), good=True)
        self._window.area.place()

    # --- leaving -------------------------------------------------------------------------------------------------

    def may_discard(self) -> bool:
        """Return whether the open project may go: it is saved, or the user says so."""
        if self._window.session.is_saved:
            return True
        button = QMessageBox.StandardButton
        answer = QMessageBox.question(
            self._window,
            tr("尚未保存"),
            tr("当前项目有未保存的修改。要先保存吗？"),
            button.Save | button.Discard | button.Cancel,
            button.Save,
        )
        if answer == button.Save:
            self.save()
            return False
        return answer == button.Discard

    def quit(self) -> None:
        """Close the window."""
        self._window.close()

    @property
    def is_saving(self) -> bool:
        """Whether a file is being written now."""
        return self._saving
