"""Run the rows of the quality table and keep what each comes to: ``python -m benchmarks [NAME ...] [--list] [--again]``.

Results lie under ``.cache/bench``, a JSON line for each instance and seed: our own by commit, those of a peer by the peer's
version, so that a peer runs once a version. What is there already is not run again, so a call goes on where the last one
stopped, within a family too. With changes that are not committed, our own results belong to no commit: they are shown and
not kept; nor are those with ``--time-limit``, ``--work-limit`` or ``--first``, which show that a row runs.

``python -m benchmarks report`` writes the kept results into ``docs/benchmarks.md``.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path
from time import perf_counter

from benchmarks.kept import ROOT, Line, append, load, place, state
from benchmarks.report import PAGE, page
from benchmarks.row import Kind, Row
from benchmarks.rows import ROWS


def run_script(row: Row) -> Line | None:
    """Run a script of this folder and return what it prints; None where it failed."""
    command = [sys.executable, "-m", f"benchmarks.{row.words[0]}", *row.words[1:]]
    began_s = perf_counter()
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
    print(done.stdout, end="", flush=True)
    if done.returncode:
        print(done.stderr, end="", file=sys.stderr, flush=True)
        return None
    return {"case": row.name, "seed": 0, "printed": done.stdout, "seconds": perf_counter() - began_s}


def run_row(row: Row, kept: Path | None, options: argparse.Namespace) -> bool:
    """Run what is not done of a row, keep each line as it comes; return whether all went well."""
    if options.again and kept is not None:
        kept.unlink(missing_ok=True)
    done = load(kept)
    if done:
        print(f"-- {row.name}: {len(done)} runs done before, {kept}", flush=True)
    if row.kind is Kind.SCRIPT:
        line = None if done else run_script(row)
        if line is not None:
            append(kept, line)
        return bool(done) or line is not None
    from benchmarks.measure import lines_of, missing
    from optimizer.engines.arc_routing import Limits
    from optimizer.engines.warm import warm_up

    lacking = missing(row)
    if lacking is not None:
        print(f"-- {row.name}: skipped, there is no {lacking}; JINGCHENG_SHARED names where it is", flush=True)
        return True
    warm_up()
    time_limit_s = None if options.work_limit is not None else options.time_limit or row.time_limit_s
    limits = Limits(time_limit_s, options.work_limit)
    for line in lines_of(row, {(old["case"], old["seed"]) for old in done}, limits, options.first):
        append(kept, line)
        print(f"{row.name}: {json.dumps(line, ensure_ascii=False)}", flush=True)
    return True


def parser() -> argparse.ArgumentParser:
    """Return the command line."""
    found = argparse.ArgumentParser(prog="./dev bench", description=__doc__)
    found.add_argument("names", nargs="*", metavar="NAME", help="all of them where none is named; `report` writes the page")
    found.add_argument("--list", action="store_true", help="say which there are and how many runs are done")
    found.add_argument("--again", action="store_true", help="forget what is done")
    found.add_argument("--time-limit", type=float, metavar="S", help="in place of the row's; nothing is kept")
    found.add_argument("--work-limit", type=int, metavar="N", help="steps in place of seconds; nothing is kept")
    found.add_argument("--first", type=int, metavar="N", help="only so many instances; nothing is kept")
    return found


def main(words: list[str] | None = None) -> int:
    """Run what is asked for and not there yet; return 1 where a row failed."""
    told = parser()
    options = told.parse_args(words)
    if options.names == ["report"]:
        (ROOT / PAGE).write_text(page(), encoding="utf-8")
        return 0
    unknown = set(options.names) - {row.name for row in ROWS}
    if unknown:
        told.error(f"no benchmark is called {', '.join(sorted(unknown))}; --list names them")
    trial = any(value is not None for value in (options.time_limit, options.work_limit, options.first))
    commit, failed = state(), []
    if not commit and not trial and not options.list:
        print("-- files differ from the commit: our own results are shown and not kept", flush=True)
    for row in ROWS:
        if options.names and row.name not in options.names:
            continue
        kept = None if trial else place(row, commit)
        if options.list:
            told_of = "; ".join(text for text in (row.kind.value, row.goal or row.peer) if text)
            print(f"{len(load(kept)):4} done  {row.name:18} {told_of}")
        elif not run_row(row, kept, options):
            failed.append(row.name)
    if failed:
        print(f"-- failed: {', '.join(failed)}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
