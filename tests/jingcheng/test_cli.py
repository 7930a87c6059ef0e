from __future__ import annotations

import importlib
import subprocess
import sys
import time
from pathlib import Path

import pytest

from jingcheng.commands import COMMANDS
from jingcheng.language import asked_language, system_language
from layers.errors import InputError
from layers.text import Text
from tests.jingcheng.conftest import Call

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda c: "-".join(c.words))
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_command_shows_an_example(call: Call, command: object, lang: str) -> None:
    said = call(*command.words, "--help", "--lang", lang)  # type: ignore[attr-defined]
    assert said.code == 0
    assert f"{'例：' if lang == 'zh' else 'example: '}jingcheng {' '.join(command.words)}" in said.out  # type: ignore[attr-defined]
    assert "--json" in said.out
    assert ("用法：" if lang == "zh" else "usage: ") in said.out


@pytest.mark.parametrize("command", COMMANDS, ids=lambda c: "-".join(c.words))
def test_an_unknown_option_is_one_clear_line(call: Call, command: object) -> None:
    said = call(*command.words, "--no-such-option")  # type: ignore[attr-defined]
    assert said.code == 2
    assert said.out == ""
    assert len(said.err.splitlines()) == 1
    assert "--help" in said.err


def test_the_overview_lists_all(call: Call) -> None:
    said = call("--help")
    assert said.code == 0
    assert all(" ".join(c.words) in said.out for c in COMMANDS)
    assert "city make" in call("city", "--help").out


def test_an_unknown_command_names_what_there_is(call: Call) -> None:
    said = call("fly")
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith("no command 'fly'; there are: demo, city make,")
    assert call("city").err.startswith("no command 'city'; there are: city make,")
    assert call("city", "burn").err.startswith("no command 'city burn'; there are: city make,")
    assert call("fly", "--lang", "zh").err.startswith("没有命令“fly”；现有：")


def test_messages_follow_the_language(call: Call) -> None:
    assert (
        call("verify").err
        == "jingcheng verify: the following arguments are required: PLAN.gpkg; see jingcheng verify --help\n"
    )
    assert call("--lang=zh", "verify").err == "jingcheng verify：缺少参数 PLAN.gpkg；用法见 jingcheng verify --help\n"


@pytest.mark.parametrize(
    ("environment", "wanted"),
    [("zh_CN.UTF-8", "zh"), ("en_GB.UTF-8", "en"), ("C", "en"), ("Chinese (Simplified)_China", "zh")],
)
def test_the_systems_language_is_the_default(monkeypatch: pytest.MonkeyPatch, environment: str, wanted: str) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", environment)
    assert system_language() == wanted
    assert asked_language(["plan", "--lang", "zh"]) == "zh"
    assert asked_language(["plan", "--lang"]) == wanted


def test_no_argument_or_a_file_alone_opens_the_window(call: Call, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    opened = []

    class Window:
        @staticmethod
        def main(argv: list[str], path: Path | None) -> int:
            opened.append((argv, path))
            return 0

    monkeypatch.setattr(importlib, "import_module", lambda name: Window if name == "desktop.app" else None)
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert call().code == 0
    assert call("--lang", "zh").code == 0
    city = tmp_path / "城市.gpkg"
    city.write_bytes(b"")
    assert call(str(city)).code == 0
    assert opened == [([], None), ([], None), ([], city)]
    assert call(str(tmp_path / "nowhere.gpkg")).code == 2


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a screen")
def test_without_a_screen_the_window_says_so(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    said = call()
    assert (said.code, said.err) == (
        2,
        "there is no screen to open the window on; use jingcheng demo, or see jingcheng --help\n",
    )


@pytest.fixture
def raising(monkeypatch: pytest.MonkeyPatch) -> list[BaseException]:
    """Return a list whose exception the command ``verify`` raises."""
    module = importlib.import_module("jingcheng.verify")
    errors: list[BaseException] = []

    def run(args: object) -> int:
        raise errors[0]

    monkeypatch.setattr(module, "run", run)
    return errors


def test_a_users_error_is_exit_2_in_one_line(call: Call, raising: list[BaseException]) -> None:
    raising.append(InputError(Text("坏\n了", "it is\nbroken")))
    said = call("verify", "x.gpkg")
    assert (said.code, said.out, said.err) == (2, "", "it is broken\n")
    assert call("verify", "x.gpkg", "--lang", "zh").err == "坏 了\n"


def test_a_bug_is_exit_70_with_a_log(call: Call, raising: list[BaseException]) -> None:
    raising.append(ZeroDivisionError("a slip"))
    said = call("verify", "x.gpkg")
    assert said.code == 70
    assert len(said.err.splitlines()) == 1
    log = Path(said.err.rstrip().rpartition(" is in ")[2])
    assert "ZeroDivisionError: a slip" in log.read_text(encoding="utf-8")
    assert "jingcheng verify x.gpkg" in log.read_text(encoding="utf-8")


def test_ctrl_c_is_exit_130(call: Call, raising: list[BaseException]) -> None:
    raising.append(KeyboardInterrupt())
    assert call("verify", "x.gpkg").code == 130


def test_a_reader_that_has_seen_enough_is_no_error(call: Call, raising: list[BaseException]) -> None:
    raising.append(BrokenPipeError())
    assert call("verify", "x.gpkg").code == 0


def test_the_version_is_told(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.metadata.version", lambda name: "1.2.3")
    assert call("--version").out == "1.2.3\n"


def test_help_loads_neither_qt_nor_solvers_and_is_quick() -> None:
    script = (
        "import sys\nfrom jingcheng.__main__ import main\nmain(sys.argv[1:])\n"
        "heavy = ('PySide6', 'ortools', 'numba', 'scipy', 'pandas', 'osmnx', 'shapely', 'numpy')\n"
        "print('LOADED', *(m for m in heavy if m in sys.modules))"
    )
    for words in ([], ["fly"]):
        done = subprocess.run(
            [sys.executable, "-c", script, *(words or ["--help"])], capture_output=True, text=True, cwd=ROOT, check=True
        )
        assert done.stdout.splitlines()[-1] == "LOADED"
    done = subprocess.run(
        [sys.executable, "-c", script, "city", "info", "--help"], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert not set(done.stdout.splitlines()[-1].split()) & {"PySide6", "ortools", "numba", "osmnx"}


@pytest.mark.alone
def test_help_comes_within_four_tenths_of_a_second() -> None:
    times = []
    for _ in range(3):
        started_s = time.perf_counter()
        subprocess.run([sys.executable, "-m", "jingcheng", "--help"], capture_output=True, cwd=ROOT, check=True)
        times.append(time.perf_counter() - started_s)
    assert min(times) < 0.4
