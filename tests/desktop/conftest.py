"""What the tests of the window share: a window on a tiny city, and the toy planner."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.app import make_window
from desktop.controllers.files import FileCommands
from desktop.desk import Desk, Entry, Opened
from desktop.furnish import fittings, furnish
from desktop.i18n import set_language
from desktop.main_window import MainWindow
from desktop.settings import Settings
from optimizer.scenario import Scenario
from optimizer.worker import WarmWorker
from tests.optimizer import toy_sites
from tests.optimizer.toys import installed, toy_scenario


@pytest.fixture(scope="session")
def _toy_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with installed(tmp_path_factory), toy_sites.installed(tmp_path_factory):
        yield


@pytest.fixture
def toy(_toy_site: None) -> Callable[..., Scenario]:
    """Return a maker of toy scenarios."""
    return toy_scenario


@pytest.fixture
def opened(toy: Callable[..., Scenario]) -> Callable[..., Opened]:
    """Return a maker of projects with one toy scenario."""

    def make(**params: Any) -> Opened:
        scenario = toy(**params)
        return Opened(scenario.city, Desk((Entry("s0", scenario),), "s0"), {}, scenario.inventory)

    return make


@pytest.fixture
def sited(_toy_site: None) -> Opened:
    """Return a project with one scenario that chooses sites."""
    scenario = toy_sites.sites_scenario()
    return Opened(scenario.city, Desk((Entry("s0", scenario),), "s0"), {}, scenario.inventory)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Return settings of the test's own, in Chinese and light."""
    made = Settings(QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat))
    made.set_text("lang", "zh")
    made.set_text("scheme", "light")
    return made


@pytest.fixture(scope="session")
def worker(_toy_site: None) -> Iterator[WarmWorker]:
    """Return one worker for all tests; where one kills its process, the next starts another."""
    made = WarmWorker()
    yield made
    made.close()


@pytest.fixture
def empty_window(
    qapp: QApplication, qtbot: QtBot, settings: Settings, worker: WarmWorker, monkeypatch: pytest.MonkeyPatch
) -> Iterator[MainWindow]:
    """Return a window with nothing in it."""
    window = make_window(qapp, settings)
    furnish(window, fittings(worker, in_process_map=True))
    window.resize(1366, 768)
    window.show()
    yield window
    window.runs.drop()
    monkeypatch.setattr(FileCommands, "may_discard", lambda _self: True)
    monkeypatch.setattr(window.runs, "worker", None)
    window.close()
    window.deleteLater()
    set_language(qapp, "zh")  # tests of single panels have no window to choose it
    qtbot.wait(1)


@pytest.fixture
def window(empty_window: MainWindow, opened: Callable[..., Opened], qtbot: QtBot) -> MainWindow:
    """Return a window on a tiny city with one toy scenario."""
    show(empty_window, opened(n_steps=12), qtbot)
    return empty_window


def show(window: MainWindow, project: Opened, qtbot: QtBot) -> None:
    """Open a project, and wait until every panel shows it."""
    window.session.open(project)
    qtbot.waitUntil(lambda: window.params.form is not None and window.params.fleet is not None)
    for form in (window.params.form, window.params.fleet):
        assert form is not None
        form.finish()
    qtbot.waitUntil(lambda: bool(window.layers.visible_keys()))
