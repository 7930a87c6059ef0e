"""Options: how many berths to add in which places, some of which must be switched first, for the cars that want them.

A capacitated transportation problem with modular room: each place takes so many berths as it is, and more where it is
switched (a street made one-way, a lot built), at a price a berth and a price a switch. Which streets may be switched at once
is the circulation's question (`optimizer.engines.circulation`); `choose` asks both.

- `problem`, `solution`: what is asked, and what comes back. `programme`: the linear programme that bounds it.
- `scip_engine`: OR-Tools' SCIP with cuts, to be compared with.
- `choose`: the search. `rounding`: whole berths of a fractional plan, and the cars that park in them.
"""

from __future__ import annotations

from optimizer.engines.allocation.options.checker import OptionFault, option_faults
from optimizer.engines.allocation.options.choose import choose
from optimizer.engines.allocation.options.problem import NEVER, Count, OptionProblem
from optimizer.engines.allocation.options.rounding import left_out_today, parked
from optimizer.engines.allocation.options.solution import OptionPlan, OptionResult, missing_of, objective_of

__all__ = [
    "NEVER",
    "Count",
    "OptionFault",
    "OptionPlan",
    "OptionProblem",
    "OptionResult",
    "choose",
    "left_out_today",
    "missing_of",
    "objective_of",
    "option_faults",
    "parked",
]
