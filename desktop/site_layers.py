"""A plan's sites as the map draws them: changes by kind and size, the kept, the not chosen, who is served, locks."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from desktop.map import Mark, OverlayLayer, Stroke
from desktop.site_digest import SITES, SiteDigest
from layers.geometry import Geometry, Shape
from layers.kinds import KINDS as KINDS_OF_LAYERS
from layers.style import MET, MISSED, SECONDARY_TEXT
from layers.text import Text
from optimizer.changes import Change, ChangeKind
from optimizer.plan import Assignment
from optimizer.scenario import Lock
from optimizer.site_features import colour_of, sizes_of, straight
from optimizer.site_rows import KINDS, Places

KEPT, CANDIDATES, LOCKS = (f"{SITES}:{k}" for k in ("kept", "candidates", "locks"))
# About what is selected: lines to whom it serves and where these are, a place that is no object.
SERVED, ENDS, POINTED = (f"{SITES}:{k}" for k in ("served", "ends", "pointed"))
# Symbols of so many sizes; where there are many they are smaller.
_N_SIZES, _FEW = 4, 120
_SIZES_PX = {True: (17.0, 19.0, 22.0, 25.0), False: (13.0, 14.0, 16.0, 18.0)}
_FAR_PX = {True: (12.0, 14.0, 16.0, 18.0), False: (8.0, 9.0, 11.0, 12.0)}
_FAR_SCALE = 60_000.0
_SYMBOLS = {kind: str(kind) for kind in KINDS} | {ChangeKind.ONE_WAY: "triangle", ChangeKind.MARK_BERTHS: "square"}
_LOCK_MARKS = {"open": ("must", MET), "closed": ("must_not", MISSED), "keep": ("keep", SECONDARY_TEXT)}
_LOCK_LABELS = {
    "open": Text("锁定：必选", "Locked: must"),
    "closed": Text("锁定：不选", "Locked: must not"),
    "keep": Text("锁定：保持", "Locked: keep"),
}
_KEPT, _NOT_CHOSEN = Text("保持", "Kept"), Text("未选备选用地", "Candidates not chosen")
_SERVED, _ENDS = Text("服务关系", "Served by it"), Text("服务对象", "Who is served")
_POINTED = Text("所指位置", "Place pointed at")
_ORDER = 40
# What is done to these is drawn along them, by the plan's own layers.
_ALONG = frozenset(kind.KIND for kind in KINDS_OF_LAYERS if kind.SHAPE is Shape.LINE)


@dataclass(frozen=True)
class SiteLayers:
    """Hold overlays, and the item of each of their rows by the overlay's key."""

    overlays: tuple[OverlayLayer, ...] = ()
    items: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def joined(self, *others: SiteLayers) -> SiteLayers:
        """Return these overlays and others."""
        every = (self, *others)
        items = {key: value for one in every for key, value in one.items.items()}
        return SiteLayers(tuple(o for one in every for o in one.overlays), items)


def change_layers(changes: Sequence[Change]) -> SiteLayers:
    """Return an overlay for each kind of change, its symbols as large as the change is beside the others of its unit."""
    few = len(changes) <= _FEW
    steps = np.minimum((np.array(sizes_of(changes)) * _N_SIZES).astype(np.int64), _N_SIZES - 1)
    found = SiteLayers()
    for place, kind in enumerate(KINDS):
        rows = [i for i, c in enumerate(changes) if c.kind is kind and c.layer not in _ALONG]
        if rows:
            colour = colour_of(kind)
            styles = tuple(
                Mark(colour, _SYMBOLS[kind], near_px, far_px, _FAR_SCALE, far_symbol="")
                for near_px, far_px in zip(_SIZES_PX[few], _FAR_PX[few], strict=True)
            )
            title = Text(KINDS[kind].zh, KINDS[kind].en.capitalize())
            overlay = OverlayLayer(
                f"{SITES}:{kind}", Geometry.points([[changes[i].x_m, changes[i].y_m] for i in rows]), styles,
                classes=steps[rows].astype(np.int8), title=title, order=_ORDER + len(KINDS) - place,
            )  # fmt: skip
            found = found.joined(SiteLayers((overlay,), {overlay.key: tuple(changes[i].item for i in rows)}))
    return found


def other_layers(digest: SiteDigest, changes: Sequence[Change]) -> SiteLayers:
    """Return the overlays of what stays as it is, and of candidates that are not chosen by these changes."""
    changed = {c.item for c in changes}
    # what the plan changes and the alternative does not stays as it is, or is a candidate that was not chosen
    kept = dict.fromkeys((*digest.kept, *(c.item for c in digest.places.changes if c.kind is not ChangeKind.BUILD)))
    land = dict.fromkeys((*digest.candidates, *(c.item for c in digest.places.changes if c.kind is ChangeKind.BUILD)))
    stay, free = [k for k in kept if k not in changed], [k for k in land if k not in changed]
    equals = Mark(SECONDARY_TEXT, "kept", 15.0, 8.0, _FAR_SCALE, far_symbol="")
    hollow = Mark(SECONDARY_TEXT, "hollow", 13.0, 8.0, _FAR_SCALE, far_symbol="")
    return _marks(KEPT, stay, digest.places, equals, _KEPT).joined(
        _marks(CANDIDATES, free, digest.places, hollow, _NOT_CHOSEN)
    )


def _marks(key: str, items: Iterable[str], places: Places, style: Mark, title: Text) -> SiteLayers:
    there = [item for item in items if math.isfinite(places.at(item)[0])]
    if not there:
        return SiteLayers()
    overlay = OverlayLayer(key, Geometry.points(places.all_at(there)), (style,), title=title, order=_ORDER)
    return SiteLayers((overlay,), {key: tuple(there)})


def served_layers(served: Sequence[Assignment], places: Places) -> SiteLayers:
    """Return straight lines from those who are served to who serves them."""
    pairs = list(dict.fromkeys((a.item, a.server) for a in served))
    lines = straight(pairs, places) if pairs else Geometry.lines([])
    rows = np.flatnonzero(np.isfinite(lines.bounds).all(axis=1)) if pairs else np.empty(0, dtype=np.int64)
    if not len(rows):
        return SiteLayers()
    ways = lines.take(rows)
    style = Stroke("selection", 1.2 if len(rows) <= _FEW else 0.7)
    ends = Geometry.points(ways.coords[ways.offsets[0][:-1]])
    dot = Mark("selection", "dot", 5.0, 3.0, _FAR_SCALE)
    return SiteLayers(
        (
            OverlayLayer(SERVED, ways, (style,), title=_SERVED, order=_ORDER, pickable=False),
            OverlayLayer(ENDS, ends, (dot,), title=_ENDS, order=_ORDER - 1, pickable=False),
        )
    )


def lock_layers(locks: Sequence[Lock], places: Places) -> SiteLayers:
    """Return the signs of locked sites: must, must not, keep."""
    found = [(k, places.at(k.item)) for k in locks if k.state in _LOCK_MARKS]
    there = [(lock, at) for lock, at in found if math.isfinite(at[0])]
    if not there:
        return SiteLayers()
    states = list(_LOCK_MARKS)
    styles = tuple(Mark(colour, symbol, 34.0, 30.0, _FAR_SCALE, far_symbol="") for symbol, colour in _LOCK_MARKS.values())
    overlay = OverlayLayer(
        LOCKS, Geometry.points([at for _, at in there]), styles,
        classes=np.array([states.index(lock.state) for lock, _ in there], dtype=np.int8),
        title=Text("选址锁定", "Locked sites"), class_labels=tuple(_LOCK_LABELS.values()), order=_ORDER + 20, pickable=False,
    )  # fmt: skip
    return SiteLayers((overlay,))


def pointed_layer(at: tuple[float, float]) -> SiteLayers:
    """Return the mark of a place that is no object of the city."""
    style = Mark("selection", "ring", 26.0, 22.0, _FAR_SCALE, far_symbol="")
    overlay = OverlayLayer(
        POINTED, Geometry.points([at]), (style,), title=_POINTED, order=_ORDER + 21, pickable=False
    )  # fmt: skip
    return SiteLayers((overlay,))
