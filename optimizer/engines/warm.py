"""Compile the kernels of all engines now, so that no user waits for it: ``python -m optimizer.engines.warm``."""

from __future__ import annotations

from optimizer.engines.arc_routing.warm import warm_up as warm_up_arcs
from optimizer.engines.circulation.warm import warm_up as warm_up_circulation
from optimizer.engines.coverage.warm import warm_up as warm_up_coverage
from optimizer.engines.facility_location.warm import warm_up as warm_up_sites
from optimizer.engines.vehicle_routing.warm import warm_up as warm_up_stops


def warm_up() -> None:
    """Load all compiled kernels, or compile them where that was never done."""
    warm_up_arcs()
    warm_up_stops()
    warm_up_sites()
    warm_up_coverage()
    warm_up_circulation()


if __name__ == "__main__":
    warm_up()
