"""Plan the sample city from the command line, as a user does, and tell what it comes to."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from benchmarks.kept import RESULTS, ROOT, Line, git
from benchmarks.row import Row
from benchmarks.siting import run_line
from optimizer.engines.limits import Limits


def planned_city(row: Row, seed: int, limits: Limits) -> Line:
    """Plan the sample city with the program of this commit, or of the one that the row names."""
    root = ROOT if not row.peer else _checkout(row.peer)
    # Each makes the city itself, from the same seed: an old program does not read the files of a new one.
    file = RESULTS / f"city-{seed}-{row.peer or 'ours'}.gpkg"
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        _jingcheng(root, "city", "make", str(file), "--size", "city", "--seed", str(seed))
    words = ("plan", "sweeping", str(file), *_limit(limits), "--threads", str(row.threads), *row.words, "--json")
    document = json.loads(_jingcheng(root, *words))
    wanted = ("deadhead_share", "deadhead_km", "swept_km", "mechanised_sweeping_rate")
    figures = {k["id"]: k["value"] for k in document["kpis"] if k["id"] in wanted and k["scope"] in ("", "city")}
    return {
        **figures,
        "feasible": not document["faults"],
        "outcome": document["outcome"],
        "routes": document["routes"],
        "unserved": len(document["unserved"]),
        "seconds": document["seconds"]["search"],
        "threads": document["threads"],
    }


def planned_sites(row: Row, seed: int, limits: Limits) -> Line:
    """Plan sites of the sample city with the program, as a user does; seconds are of the whole command."""
    file = RESULTS / f"sites-{seed}.gpkg"
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        _jingcheng(ROOT, "city", "make", str(file), "--size", "city", "--seed", str(seed))
    planner, *more = row.words
    words = ("plan", planner, str(file), *_limit(limits), "--threads", str(row.threads), *more, "--json")
    document = json.loads(_jingcheng(ROOT, *words))
    seconds = sum(document["seconds"].values())
    line = run_line(document["objective"], document["bound"], seconds, is_feasible=not document["faults"])
    return {**line, "outcome": document["outcome"], "works": len(document["change_list"]), "threads": document["threads"]}


def _limit(limits: Limits) -> tuple[str, str]:
    if limits.work_limit is not None:
        return "--work-limit", str(limits.work_limit)
    return "--time-limit", str(limits.time_limit_s)


def _checkout(commit: str) -> Path:
    """Return a folder with the files of a commit."""
    folder = RESULTS / f"checkout-{commit}"
    if not (folder / ".git").exists():
        git("worktree", "prune")
        git("worktree", "add", "--detach", str(folder), commit)
        # Compiled beforehand, as set-up does: the search is not to wait for a compiler.
        subprocess.run([sys.executable, "-m", "optimizer.engines.arc_routing.warm"], cwd=folder, check=True)
    return folder


def _jingcheng(root: Path, *words: str) -> str:
    """Run the command line of a checkout; a check that failed is part of the answer."""
    command = [sys.executable, "-m", "jingcheng", *words]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode not in (0, 1):
        raise RuntimeError(f"{' '.join(command)}: exit {done.returncode}: {done.stderr.strip()[-500:]}")
    return done.stdout
