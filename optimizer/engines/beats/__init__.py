"""Beats: stretches with berths joined under one attendant each, compact enough to be walked.

State a `BeatProblem`, call `solve_beats`, check with `beat_faults`.

- `problem`: what is asked. `ways`: how far the farthest ends of stretches are apart on foot.
- `solve`: the search, which begins with `growing` and divides `windows` anew. `cpsat_engine`: OR-Tools, to be compared with.
- `checker`: is it right? (walks measured again, by code of its own)
"""

from __future__ import annotations

from optimizer.engines.beats.checker import BeatFault, beat_faults
from optimizer.engines.beats.problem import BeatProblem
from optimizer.engines.beats.solve import ENGINES, BeatResult, Short, solve_beats

__all__ = ["ENGINES", "BeatFault", "BeatProblem", "BeatResult", "Short", "beat_faults", "solve_beats"]
