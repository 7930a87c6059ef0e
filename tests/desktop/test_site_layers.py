from __future__ import annotations

from dataclasses import replace

import numpy as np

from desktop.map import Mark
from desktop.site_digest import SITES, SiteDigest, site_digest
from desktop.site_layers import (
    CANDIDATES,
    ENDS,
    KEPT,
    LOCKS,
    POINTED,
    SERVED,
    change_layers,
    lock_layers,
    other_layers,
    pointed_layer,
    served_layers,
)
from optimizer.changes import ChangeKind
from optimizer.plan import Assignment
from optimizer.scenario import Lock
from optimizer.site_rows import KINDS, Places
from tests.cities import X0_M, Y0_M
from tests.optimizer.toy_sites import PLANNER, planned, sited_city

CITY = sited_city()


def made(*locks: Lock) -> SiteDigest:
    return site_digest(planned(*locks)[1], CITY, PLANNER.sites)


def test_each_kind_of_change_is_a_layer_of_its_own_and_large_changes_have_large_symbols() -> None:
    changes = planned()[1].changes
    layers = change_layers((*changes, replace(changes[0], item="k9", size=8.0)))
    build, rebuild = layers.overlays
    assert (build.key, rebuild.key) == (f"{SITES}:build", f"{SITES}:rebuild")
    assert layers.items == {build.key: ("k3", "k2", "k9"), rebuild.key: ("ts1",)}
    assert build.classes is not None
    assert rebuild.classes is not None
    assert build.classes.tolist() == [2, 2, 0]  # 40 and 8 of 80 t/d
    assert rebuild.classes.tolist() == [3]
    widths = [style.size_px for style in build.styles if isinstance(style, Mark)]
    assert widths == sorted(widths)
    assert len(set(widths)) == 4


def test_no_two_kinds_of_siting_look_alike() -> None:
    change = planned()[1].changes[0]
    kinds = (ChangeKind.BUILD, ChangeKind.REBUILD, ChangeKind.EXTEND, ChangeKind.CLOSE)
    overlays = [change_layers([replace(change, kind=kind)]).overlays[0] for kind in kinds]
    digest = made(Lock("ts1", state="keep"))
    overlays += other_layers(digest, digest.alternatives[0].changes).overlays
    styles = [o.styles[0] for o in overlays if isinstance(o.styles[0], Mark)]
    assert len({style.symbol for style in styles}) == len(kinds) + 2
    assert len({style.colour for style in styles[: len(kinds)]}) == len(kinds)
    assert all(style.far_symbol == "" for style in styles)  # the form stays when seen from far
    assert {str(kind) for kind in kinds} <= {str(kind) for kind in KINDS}


def test_of_an_alternative_what_only_the_plan_builds_was_not_chosen() -> None:
    digest = made()
    own, other = (other_layers(digest, row.changes) for row in digest.alternatives)
    assert set(own.items[CANDIDATES]) == {"k1", "k4"}
    assert set(other.items[CANDIDATES]) == {"k2", "k4"}
    assert KEPT not in own.items


def test_many_changes_are_drawn_smaller() -> None:
    change = planned()[1].changes[0]
    few, many = (change_layers([replace(change, item=str(i)) for i in range(n)]).overlays[0].styles[0] for n in (9, 200))
    assert isinstance(few, Mark)
    assert isinstance(many, Mark)
    assert many.size_px < few.size_px


def test_lines_lead_to_whom_it_serves_and_what_has_no_place_is_left_out() -> None:
    served = (Assignment("w1:OTHER", "k1", 1.0, "kg/d"), Assignment("ghost", "k1", 1.0, "kg/d"))
    overlay, ends = served_layers(served, Places(CITY)).overlays
    assert (overlay.key, ends.key) == (SERVED, ENDS)
    assert ends.geometry.coords.tolist() == [[X0_M + 100, Y0_M + 8]]
    assert overlay.geometry.row(0).tolist() == [[X0_M + 100, Y0_M + 8], [X0_M + 160, Y0_M + 50]]
    assert len(overlay.geometry) == 1
    assert not served_layers((), Places(CITY)).overlays
    assert not served_layers(served[1:], Places(CITY)).overlays


def test_locks_stand_at_their_sites_with_a_sign_each() -> None:
    locks = (Lock("k1", state="open"), Lock("k2", state="closed"), Lock("ts1", state="keep"), Lock("s1", "车 1"))
    (overlay,) = lock_layers((*locks, Lock("gone", state="open")), Places(CITY)).overlays
    assert overlay.key == LOCKS
    assert overlay.classes is not None
    assert overlay.classes.tolist() == [0, 1, 2]
    assert [style.symbol for style in overlay.styles if isinstance(style, Mark)] == ["must", "must_not", "keep"]
    assert np.isfinite(overlay.geometry.coords).all()
    assert not lock_layers(locks[3:], Places(CITY)).overlays


def test_a_place_is_marked() -> None:
    (overlay,) = pointed_layer((1.0, 2.0)).overlays
    assert (overlay.key, overlay.geometry.coords.tolist(), overlay.pickable) == (POINTED, [[1.0, 2.0]], False)
