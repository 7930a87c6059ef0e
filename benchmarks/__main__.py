"""Run every benchmark in turn and keep what each prints: ``python -m benchmarks [NAME ...] [--list] [--again]``.

Results lie under ``.cache/bench``: our own by commit, those of a peer by the peer's version, so that a peer runs once a
version. What is there already is not run again, so a call goes on where the last one stopped. With changes that are not
committed, our own results belong to no commit: they are shown and not kept.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / ".cache" / "bench"


@dataclass(frozen=True, slots=True)
class Bench:
    """Name one run of a benchmark script.

    Parameters
    ----------
    words
        Module of this folder, and its arguments.
    peer
        Distribution that is measured in our place; empty where it is ourselves.
    data
        Folder of the shared data that it reads; where it is absent, the benchmark is skipped.
    """

    name: str
    words: tuple[str, ...]
    peer: str = ""
    data: str = ""


DATA = Path(os.environ.get("JINGCHENG_SHARED", ROOT.parent / "shared"))
_CARP = "benchmarks/carp"
BENCHES = (
    Bench("files-gdb", ("arc_routing", "gdb", "--time-limit", "10"), data=_CARP),
    Bench("files-egl", ("arc_routing", "egl", "--time-limit", "60"), data=_CARP),
    Bench("files-bmcv", ("arc_routing", "bmcv", "--time-limit", "10"), data=_CARP),
    Bench("files-gdb-ortools", ("arc_routing", "gdb", "--time-limit", "10", "--engine", "ortools"), "ortools", _CARP),
    Bench("files-egl-ortools", ("arc_routing", "egl", "--time-limit", "60", "--engine", "ortools"), "ortools", _CARP),
    Bench("grid-100", ("arc_routing", "--grid", "100", "--time-limit", "60")),
    Bench("matrix", ("network_matrix",)),
    Bench("matrix-turns", ("network_matrix", "--turns")),
    Bench("map-pan", ("map_pan",)),
)


def state() -> str:
    """Return the commit that is checked out, or an empty text where files differ from it."""

    def git(*words: str) -> str:
        return subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()

    return "" if git("status", "--porcelain", "--untracked-files=no") else git("rev-parse", "--short=12", "HEAD")


def place(bench: Bench, commit: str) -> Path | None:
    """Return the file that keeps a result; None where there is nothing that it could be kept by."""
    if bench.peer:
        return RESULTS / f"{bench.peer}-{version(bench.peer)}" / f"{bench.name}.txt"
    return RESULTS / commit / f"{bench.name}.txt" if commit else None


def run(bench: Bench, kept: Path | None) -> bool:
    """Run one, show what it prints, keep it if it came to its end; return whether it did."""
    began_s, lines = perf_counter(), []
    command = [sys.executable, "-m", f"benchmarks.{bench.words[0]}", *bench.words[1:]]
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, "JINGCHENG_SHARED": str(DATA)},
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            lines.append(line)
            print(line, end="", flush=True)
    print(f"-- {bench.name}: exit {process.returncode}, {perf_counter() - began_s:.0f} s", flush=True)
    if process.returncode == 0 and kept is not None:
        kept.parent.mkdir(parents=True, exist_ok=True)
        half = kept.with_suffix(".part")
        half.write_text("".join(lines), encoding="utf-8")
        half.replace(kept)
    return process.returncode == 0


def main() -> int:
    """Run what is asked for and not there yet; return 1 where one of them failed."""
    parser = argparse.ArgumentParser(prog="./dev bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="all of them where none is named")
    parser.add_argument("--list", action="store_true", help="say which there are and which are done")
    parser.add_argument("--again", action="store_true", help="run also what is done")
    options = parser.parse_args()
    unknown = set(options.names) - {b.name for b in BENCHES}
    if unknown:
        parser.error(f"no benchmark is called {', '.join(sorted(unknown))}; --list names them")
    commit, failed = state(), []
    if not commit:
        print("-- files differ from the commit: our own results are shown and not kept", flush=True)
    for bench in BENCHES:
        if options.names and bench.name not in options.names:
            continue
        kept = place(bench, commit)
        done = kept is not None and kept.exists()
        if options.list:
            print(f"{'done' if done else 'to do':6} {bench.name:20} {' '.join(bench.words)}")
        elif bench.data and not (DATA / bench.data).is_dir():
            print(
                f"-- {bench.name}: skipped, there is no {DATA / bench.data}; JINGCHENG_SHARED names where it is", flush=True
            )
        elif done and not options.again:
            assert kept is not None
            print(f"-- {bench.name}: done before, {kept.relative_to(ROOT)}")
            print(kept.read_text("utf-8"), end="", flush=True)
        elif not run(bench, kept):
            failed.append(bench.name)
    if failed:
        print(f"-- failed: {', '.join(failed)}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
