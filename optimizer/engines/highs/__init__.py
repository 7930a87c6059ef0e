"""HiGHS in a process of its own, for every engine: state a `Programme`, call `solve_programme`.

Behind the interface used here HiGHS heeds no interrupter, and few of its releases can be loaded beside OR-Tools, so it never
runs in the caller's process: a search that must end is killed.

- `programme`: what is handed over, and `Rows` to build it. `process`: starts, waits and ends. `child`: what runs there.
"""

from __future__ import annotations

from optimizer.engines.highs.process import Solved, solve_programme
from optimizer.engines.highs.programme import Programme, Rows

__all__ = ["Programme", "Rows", "Solved", "solve_programme"]
