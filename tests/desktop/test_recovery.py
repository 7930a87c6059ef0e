"""What is not saved is written within seconds, and comes back after a kill."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.desk import Opened
from desktop.main_window import MainWindow
from desktop.snapshot import DESK, Shot, SnapshotFolder, recover, written_at_s
from layers.errors import InputError
from layers.kinds.streets import Streets
from resources.io import default_inventory
from tests.desktop.conftest import show

LONG_MS = 30_000
# A session that sets the seed again and again and tells each number, until it is killed.
EDITS = """
import sys
from pathlib import Path
from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QApplication
from desktop.app import make_window
from desktop.desk import Desk, Entry, Opened
from desktop.furnish import Fittings, furnish
from desktop.settings import Settings
from optimizer.planner import planners
from optimizer.scenario import Scenario
from resources.io import default_inventory
from tests.optimizer.planners.parking.by_hand import city_of

if __name__ == "__main__":
    app = QApplication([])
    window = make_window(app, Settings(QSettings(sys.argv[1], QSettings.Format.IniFormat)))
    furnish(window, Fittings(planners(), worker=object(), in_process_map=True))
    window.show()
    city, known = city_of([{"line": [(0, 0), (100, 0)]}]), planners()
    scenario = Scenario("试", city, default_inventory(), "parking", known["parking"].params())
    window.session.open(Opened(city, Desk((Entry("s0", scenario),), "s0"), {}, default_inventory()))
    made = [0]

    def edit():
        made[0] += 1
        window.session.set_param("seed", made[0])
        print(made[0], flush=True)

    timer = QTimer()
    timer.timeout.connect(edit)
    timer.start(50)
    app.exec()
"""


def edited(window: MainWindow, qtbot: QtBot, seed: int) -> None:
    window.session.set_param("seed", seed)
    qtbot.waitUntil(lambda: written_at_s(window.keeper.folder) is not None, timeout=LONG_MS)


def test_an_edit_is_written_and_forgotten_once_it_is_saved(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    edited(window, qtbot, 77)
    back = recover(window.keeper.folder, default_inventory())
    assert back.desk.entries[0].scenario.params.seed == 77
    assert window.session.city is not None
    assert back.city[Streets].hash == window.session.city[Streets].hash
    window.files.save_to(tmp_path / "存.gpkg")
    qtbot.waitUntil(lambda: written_at_s(window.keeper.folder) is None, timeout=LONG_MS)


def test_a_layer_is_written_once_and_an_old_one_goes(window: MainWindow, tmp_path: Path) -> None:
    session, files = window.session, SnapshotFolder(tmp_path / "desk")
    assert session.city is not None
    files.write(Shot(session.city, session.desk, {}))
    first = {p.name: p.stat().st_mtime_ns for p in files.folder.glob("*.bin") if p.name != DESK}
    files.write(Shot(session.city, session.desk, {}))
    assert {p.name: p.stat().st_mtime_ns for p in files.folder.glob("*.bin") if p.name != DESK} == first
    streets = session.city[Streets].take(session.city[Streets].ids != "s1")
    files.write(Shot(session.city.with_layers(streets), session.desk, {}))
    now = {p.name for p in files.folder.glob("*.bin") if p.name != DESK}
    assert len(now) == len(first)
    assert len(now - first.keys()) == 1
    files.clear()
    assert not list(files.folder.glob("*.bin"))


def test_what_a_dead_window_left_is_offered_and_taken(
    window: MainWindow, opened: Callable[..., Opened], qtbot: QtBot
) -> None:
    dead = window.keeper.root / "1-1"
    other = opened(n_steps=12)
    show(window, other, qtbot)
    SnapshotFolder(dead).write(Shot(other.city, other.desk, {}, Path("/somewhere/旧.gpkg")))
    assert window.keeper.left_behind() == [dead]
    assert window.keeper.offer()
    assert not window.area.banner.isHidden()
    window.keeper.take(dead)
    qtbot.waitUntil(lambda: window.session.path == Path("/somewhere/旧.gpkg"), timeout=LONG_MS)
    assert not window.session.is_saved


def test_a_living_window_is_left_alone(window: MainWindow, qtbot: QtBot) -> None:
    edited(window, qtbot, 5)
    folder = window.keeper.folder
    window.keeper.folder = folder.with_name("another-1")
    assert window.keeper.left_behind() == []
    window.keeper.folder = folder


def test_what_is_damaged_or_of_another_version_is_told(tmp_path: Path) -> None:
    (tmp_path / DESK).write_bytes(b"no pickle")
    with pytest.raises(InputError, match="damaged"):
        recover(tmp_path, default_inventory())


@pytest.mark.skipif(sys.platform == "win32", reason="kills as POSIX does")
def test_a_killed_session_loses_no_more_than_five_seconds(tmp_path: Path) -> None:
    """Edits every 50 ms; killed with SIGKILL at a random moment; 100 edits would be five seconds."""
    script, dice = tmp_path / "edits.py", random.Random(3)
    script.write_text(EDITS, encoding="utf-8")
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": os.pathsep.join(sys.path)}
    for attempt in range(int(os.environ.get("JINGCHENG_KILLS", "2"))):
        settings = tmp_path / f"window-{attempt}" / "window.ini"
        with subprocess.Popen(
            [sys.executable, str(script), str(settings)], env=environment, stdout=subprocess.PIPE, text=True
        ) as process:
            assert process.stdout is not None
            last = int(process.stdout.readline())
            until_s = time.monotonic() + dice.uniform(0.2, 4.0)
            while time.monotonic() < until_s:
                last = int(process.stdout.readline())
            process.send_signal(signal.SIGKILL)
            last = max([last, *(int(line) for line in process.stdout if line.strip().isdecimal())])
        if not (settings.parent / "recovery").exists():  # killed before the first second was over
            assert last <= 100
            continue
        (folder,) = (settings.parent / "recovery").iterdir()
        if written_at_s(folder) is None:
            assert last <= 100
            continue
        seed = recover(folder, default_inventory()).desk.entries[0].scenario.params.seed
        assert last - 100 <= seed <= last + 1
