"""Berth layout: stalls and aisles in the outline of a lot.

State a `LayoutProblem`, call `layout_of`, check with `layout_faults`.

- `problem`, `layout`: what is asked, and what comes back. `strips`: where a level strip fits in an outline, at all heights.
- `modules`: the best pile of aisles with a row of stalls on either side. `solve`: directions, types of stall, the drive in.
- `checker`: is it right? (nothing of the search in it)
"""

from __future__ import annotations

from optimizer.engines.berth_layout.checker import LayoutFault, layout_faults
from optimizer.engines.berth_layout.layout import Layout
from optimizer.engines.berth_layout.problem import LayoutProblem, LotRules, StallType
from optimizer.engines.berth_layout.solve import layout_of

__all__ = ["Layout", "LayoutFault", "LayoutProblem", "LotRules", "StallType", "layout_faults", "layout_of"]
