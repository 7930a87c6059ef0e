"""Which legs are a route's work on the street, and which only bring it there."""

from __future__ import annotations

from optimizer.plan import LegKind, Route

_ENDS = (LegKind.UNLOAD, LegKind.REFILL)


def on_round(route: Route) -> list[bool]:
    """Tell of each leg whether it belongs to the round.

    Where streets are served, these are the services. Where points are, their services have no length of their own: the ways
    from one point to the next are the round, and those to and from depots and stations are not.
    """
    flags = [leg.kind is LegKind.SERVE for leg in route.legs]
    if any(leg.path for leg, serves in zip(route.legs, flags, strict=True) if serves):
        return flags
    since: list[int] | None = None  # the ways since the last service, None where there is none on this trip
    for k, leg in enumerate(route.legs):
        if leg.kind is LegKind.SERVE:
            for way in since or ():
                flags[way] = True
            since = []
        elif leg.kind in _ENDS:
            since = None
        elif since is not None and leg.kind is LegKind.DRIVE:
            since.append(k)
    return flags


def charges(route: Route) -> bool:
    """Return whether the refills of a route are chargings: none of them takes water."""
    return not any(leg.water_l for leg in route.legs)
