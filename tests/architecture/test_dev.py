"""`./dev` installs once, starts at once afterwards, and leaves no trace of an installation that was broken off.

The script runs on a copy of its own, with a make-believe Python and package manager that only write down their calls.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the stand-ins are those of Debian")

RECORD = '#!/bin/sh\necho "$(basename "$0") $*" >>"$CALLS"\n'
PYTHON = f"""{RECORD}
case "$*" in
    *"print("*) echo python3.11-venv ;;
    *"import ensurepip") false ;;
    "-m venv --clear "*) mkdir -p "$4/bin" && cp "$0" "$4/bin/python" ;;
    *"pip install"*) [ -z "$BREAK" ] ;;
esac
"""
Call = Callable[..., tuple[subprocess.CompletedProcess[str], list[str]]]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout with nothing but what `./dev` reads."""
    folder = tmp_path / "checkout"
    folder.mkdir()
    for name in ("dev", "pyproject.toml", "requirements.txt", "requirements-dev.txt", "requirements-peers.txt"):
        (folder / name).write_bytes((ROOT / name).read_bytes())
    return folder


@pytest.fixture
def dev(tmp_path: Path, checkout: Path) -> Call:
    """Call `./dev` and return its answer and the programs that it called."""
    tools = tmp_path / "tools"
    tools.mkdir()
    answers = {
        "python3.11": PYTHON,
        "apt-get": RECORD,
        "sudo": 'exec "$@"',
        "dpkg-query": RECORD + "echo not-installed",
    }
    for name, text in answers.items():
        (tools / name).write_text(text if text.startswith("#!") else f"#!/bin/sh\n{text}\n", encoding="utf-8")
        (tools / name).chmod(0o755)
    calls = tmp_path / "calls"

    def call(*arguments: str, **environment: str) -> tuple[subprocess.CompletedProcess[str], list[str]]:
        calls.write_text("", encoding="utf-8")
        path = f"{tools}:/usr/bin:/bin"
        answer = subprocess.run(
            ["bash", str(checkout / "dev"), *arguments],
            env={"PATH": path, "CALLS": str(calls), "BREAK": ""} | environment,
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=60,
        )
        return answer, calls.read_text(encoding="utf-8").splitlines()

    return call


def installed(calls: list[str]) -> list[str]:
    """Return the calls that install something."""
    return [call for call in calls if " install " in call or "-m venv" in call]


def test_help_names_every_command(dev: Call) -> None:
    answer, calls = dev("--help")
    assert answer.returncode == 0
    assert [line.split()[0] for line in answer.stdout.splitlines() if line.startswith("  ")] == [
        *("run", "demo", "test", "check", "bench", "lock"),
    ]
    assert not calls


def test_an_unknown_command_is_refused(dev: Call) -> None:
    answer, calls = dev("dance")
    assert answer.returncode == 2
    assert "Usage: ./dev COMMAND" in answer.stderr
    assert not calls


def test_first_call_installs_and_the_second_does_not(dev: Call) -> None:
    answer, calls = dev("demo")
    assert answer.returncode == 0, answer.stderr
    debian, venv, packages, project = installed(calls)
    assert debian.startswith("apt-get install")
    assert "python3.11-venv" in debian
    assert "fonts-wqy-microhei" in debian
    assert "xvfb" not in debian
    assert venv == "python3.11 -m venv --clear .venv"
    assert "--require-hashes" in packages
    assert packages.endswith("-r requirements.txt")
    assert "--no-index -e ." in project
    answer, calls = dev("demo", "--time-limit", "5")
    assert answer.returncode == 0, answer.stderr
    assert calls == ["python -V", "python -m jingcheng demo --out out --time-limit 5"]


def test_what_tests_need_serves_the_demo_too(dev: Call) -> None:
    _, calls = dev("test", "tests/layers")
    assert any(call.endswith("-r requirements-dev.txt") for call in calls)
    assert any("xvfb" in call for call in calls)
    assert calls[-1] == "python -m pytest tests/layers"
    _, calls = dev("demo")
    assert not installed(calls)


def test_what_benchmarks_run_beside_ours_has_an_environment_of_its_own(dev: Call, checkout: Path) -> None:
    answer, calls = dev("bench", "gdb")
    assert answer.returncode == 0, answer.stderr
    made, filled = (call for call in calls if "peers" in call)
    assert made == "python -m venv --clear .cache/peers"
    assert filled.endswith("--require-hashes --only-binary :all: -r requirements-peers.txt")
    assert calls[-1] == "python -m benchmarks gdb"
    _, calls = dev("bench", "gdb")
    assert not any("peers" in call for call in calls)


def test_an_installation_broken_off_is_begun_again(dev: Call, checkout: Path) -> None:
    answer, calls = dev("demo", BREAK="yes")
    assert answer.returncode != 0
    assert not any("jingcheng" in call for call in calls)
    assert not list(checkout.glob(".venv/installed-*"))
    answer, calls = dev("demo")
    assert answer.returncode == 0, answer.stderr
    assert any(call.endswith("-r requirements.txt") for call in calls)


def test_changed_requirements_are_installed(dev: Call, checkout: Path) -> None:
    dev("demo")
    with (checkout / "requirements.txt").open("a", encoding="utf-8") as lock:
        lock.write("# changed\n")
    _, calls = dev("demo")
    assert any(call.endswith("-r requirements.txt") for call in calls)
    assert not any("-m venv" in call for call in calls)


def test_without_a_screen_the_main_job_runs(dev: Call) -> None:
    answer, calls = dev("run")
    assert "no screen here" in answer.stderr
    assert calls[-1] == "python -m jingcheng demo --out out"
    answer, calls = dev("run", WAYLAND_DISPLAY="wayland-0")
    assert "no screen here" not in answer.stderr
    assert calls[-1] == "python -m jingcheng"
