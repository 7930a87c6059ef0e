"""The locks are whole, hold no address, and keep the pins that measurements asked for."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import version
from itertools import pairwise

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.architecture.tree import ROOT

LOCKS = ("requirements.txt", "requirements-dev.txt")
PEERS = "requirements-peers.txt"
PIN = re.compile(r"^([A-Za-z0-9_.-]+)(?:\[[a-z,]+\])?==([^\s;\\]+)", re.MULTILINE)


def text(lock: str) -> str:
    return (ROOT / lock).read_text(encoding="utf-8")


def pins(lock: str) -> dict[str, set[Version]]:
    found: dict[str, set[Version]] = {}
    for name, pinned in PIN.findall(text(lock)):
        found.setdefault(canonicalize_name(name), set()).add(Version(pinned))
    return found


@pytest.mark.parametrize("lock", [*LOCKS, PEERS])
def test_every_package_is_pinned_by_hashes(lock: str) -> None:
    content = text(lock)
    starts = [found.start() for found in re.finditer(r"^[^\s#]", content, re.MULTILINE)]
    assert len(starts) == len(PIN.findall(content)) > 0
    for start, end in pairwise([*starts, len(content)]):
        entry = content[start:end]
        assert re.search(r"--hash=sha256:[0-9a-f]{64}\b", entry), entry.splitlines()[0]


@pytest.mark.parametrize("lock", [*LOCKS, PEERS])
def test_no_lock_holds_an_address(lock: str) -> None:
    assert not re.findall(r"^.*(?:://| @ |--(?:extra-)?index).*$", text(lock), re.MULTILINE)


def test_development_uses_what_users_use() -> None:
    use, development = pins("requirements.txt"), pins("requirements-dev.txt")
    assert {name: development.get(name) for name in use} == use


@pytest.mark.parametrize("lock", LOCKS)
def test_every_direct_dependency_is_locked_as_declared(lock: str) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = ["build"] if lock == "requirements.txt" else ["build", "dev"]
    declared = [
        *project["dependencies"],
        *(line for extra in extras for line in project["optional-dependencies"][extra]),
    ]
    locked = pins(lock)
    for line in declared:
        requirement = Requirement(line)
        assert all(found in requirement.specifier for found in locked[canonicalize_name(requirement.name)]), line


@pytest.mark.parametrize(
    ("package", "wanted"),
    [
        ("PySide6-Essentials", "6.11.2"),  # 6.12.0 loses references to True and None on Python 3.11
        ("shiboken6", "6.11.2"),
        ("ortools", "9.15.6755"),
        ("protobuf", "6.33.6"),
    ],
)
def test_measured_pin_is_locked_and_installed(package: str, wanted: str) -> None:
    assert [pins(lock)[canonicalize_name(package)] for lock in LOCKS] == [{Version(wanted)}] * 2
    assert version(package) == wanted


@pytest.mark.parametrize("lock", LOCKS)
def test_highs_can_be_loaded_beside_ortools(lock: str) -> None:
    """highspy 1.15 and ortools 9.15 carry HiGHS builds that cannot share a process; 1.14.0 and older can."""
    assert all(found <= Version("1.14.0") for found in pins(lock).get("highspy", set()))
