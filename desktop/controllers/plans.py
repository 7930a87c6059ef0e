"""The plan shown: its tables and its picture on the map are worked out in a thread and put up together."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from desktop import tasks, words
from desktop.desk import ROUTE, Result, Selection
from desktop.digest import Digest, Pass, UnservedRow, digest
from desktop.i18n import say, tr
from desktop.panels.day_card import ALL_DAYS
from desktop.panels.object import Attribute
from desktop.panels.scenarios import verdict_of
from desktop.plan_layers import PlanLayers, plan_layers, with_chosen, with_points
from desktop.point_layers import point_layers
from desktop.route_sheet import sheet, sole_mark
from desktop.site_digest import SITES, SiteDigest, site_digest
from layers.city import City
from layers.kinds.streets import Streets
from layers.text import Text
from optimizer.check import object_of
from optimizer.names import item_name, side_of
from optimizer.plan import Plan, Route
from optimizer.planner import Planner
from optimizer.scenario import Lock
from optimizer.sketch import sketch
from publish.timetables import Timetables, timetables, truck_rows

if TYPE_CHECKING:
    from desktop.main_window import MainWindow


@dataclass(frozen=True)
class Tables:
    """Hold all that is worked out of a plan off the window's thread, its picture aside."""

    digest: Digest = field(default_factory=Digest)
    timetables: Timetables = field(default_factory=Timetables)
    sites: SiteDigest = field(default_factory=SiteDigest)


def tables(result: Result, city: City, planner: Planner) -> Tables:
    """Return the tables of a plan; `city` is the one that is open, which may have been edited since."""
    made = digest(result.plan, result.scenario, planner)
    times = timetables(result.plan, city, {r.item: r.vehicle for r in made.routes})
    return Tables(made, times, site_digest(result.plan, result.scenario.city, planner.sites))


class PlanCommands:
    """Show the plan of the scenario, and edit the scenario by it."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self.layers = PlanLayers()
        self._tables = Tables()
        self._chosen, self._timed, self._is_put = "", "", True
        self._task: tasks.Task | None = None
        self._shown: Result | None = None

    @property
    def digest(self) -> Digest:
        """What the tables show of the plan."""
        return self._tables.digest

    @property
    def timetables(self) -> Timetables:
        """When who is where."""
        return self._tables.timetables

    def show_plan(self) -> None:
        """Show the plan of the scenario shown, or that there is none yet."""
        session = self._window.session
        result, scenario = session.result, session.scenario
        if self._task is not None:
            self._task.drop()
            self._task = None
        if result is None or scenario is None or session.city is None:
            self._window.area.day.show_days(())
            self._put(None, (), PlanLayers(), Tables())
            return
        planner, city = session.planners[result.scenario.planner], session.city
        routes = self._routes_of_day(result.plan)
        known = self._tables if result is self._shown else None

        def work() -> tuple[PlanLayers, Tables]:
            layers = plan_layers(city, sketch(routes, city[Streets]), result.plan.unserved)
            layers = with_points(layers, point_layers(city, routes, result.plan.unserved, layers.colours))
            return layers, tables(result, city, planner) if known is None else known

        self._task = tasks.run(work, lambda made: self._put(result, routes, *made), self._window.complain, self._window)

    def _routes_of_day(self, plan: Plan) -> tuple[Route, ...]:
        """Return the routes of the day that the user turned to; all of them where the plan has but one day."""
        card = self._window.area.day
        card.show_days(sorted({r.day for r in plan.routes}))
        self._window.area.place()
        return plan.routes if card.day == ALL_DAYS else tuple(r for r in plan.routes if r.day == card.day)

    def _put(self, result: Result | None, routes: tuple[Route, ...], layers: PlanLayers, shown_tables: Tables) -> None:
        self._task, self._shown, self._tables = None, result, shown_tables
        self._is_put = False
        made, times = shown_tables.digest, shown_tables.timetables
        w, shown = self._window, {r.id for r in routes}
        tasks.in_turn(
            w,
            lambda: w.sites.put(shown_tables.sites),
            lambda: self.show_layers(layers),
            lambda: w.routes.set_rows(tuple(r for r in made.routes if r.item in shown)),
            lambda: w.unserved.set_rows(made.unserved),
            lambda: w.gantt.show_routes(routes, layers.colours, times.vehicles),
            lambda: self._put_notice(times),
            lambda: w.stations.show_stations([s for s in times.stations if s.load.day in {r.day for r in routes}]),
            self.refresh_results,
            self._end_put,
        )

    def _put_notice(self, times: Timetables) -> None:
        self._timed = ""
        self._window.timetable.show_notice(times.notice)

    def _end_put(self) -> None:
        self._is_put = True
        self._window.refresh_titles()
        self._window.refresh_actions()
        self._window.views.selection_changed()

    @property
    def is_shown(self) -> bool:
        """Whether tables and map show the plan that the session holds, and nothing is being worked out."""
        return self._is_put and self._task is None and self._shown is self._window.session.result

    def refresh_results(self) -> None:
        """Show the figures, and whether they still answer the scenario."""
        session, result = self._window.session, self._shown
        stale = ""
        if result is not None and session.scenario is not None and result.is_stale(session.scenario):
            stale = verdict_of(result, session.scenario)[2]
        self._window.results.show_plan(result.plan if result else None, self.digest, stale)

    def show_layers(self, layers: PlanLayers) -> None:
        """Put routes on the map."""
        self.layers = layers
        self._chosen = ""
        self.draw()
        self._window.views.refresh_layers()
        self.show_chosen()

    def draw(self) -> None:
        """Put on the map what the plan shown lays over the city."""
        self._window.area.map.set_overlay([*with_chosen(self.layers, self._chosen), *self._window.sites.overlays()])

    def show_chosen(self) -> None:
        """Bring the route that is selected out from among the others."""
        chosen = self._window.session.selection
        route = chosen.item if chosen.layer == ROUTE else ""
        if route != self._chosen:
            self._chosen = route
            self.draw()

    # --- what the plan does with an object -----------------------------------------------------------------------

    def served_by(self, item: str) -> tuple[Pass, ...]:
        """Return every pass over a street, in order of time."""
        return self.digest.served.get(object_of(item), ())

    def left_of(self, item: str) -> tuple[UnservedRow, ...]:
        """Return all of a street that is not served."""
        return self.digest.left_of.get(object_of(item), ())

    def work_lines(self, item: str) -> list[str]:
        """Return what the plan does with an object: a line a pass, in a calendar a line for each kerb with its days."""
        served = self.served_by(item)
        lines = self._day_lines(served) if len(self._window.area.day.days) > 1 else [self._pass_line(p) for p in served]
        lines += self._window.sites.lines(item)
        lines += [f"✕ {say(row.reason)}" for row in self.left_of(item)]
        return list(dict.fromkeys(lines))  # both kerbs often have one reason

    def _pass_line(self, served: Pass) -> str:
        return f"{words.time_of_day(served.start_s)}  {self._vehicle(served)}  {_side(served)}".rstrip()

    def _day_lines(self, served: tuple[Pass, ...]) -> list[str]:
        days: dict[tuple[str, str], set[int]] = {}
        for one in served:
            days.setdefault((_side(one), self._vehicle(one)), set()).add(one.day + 1)
        lines = []
        for (side, vehicle), numbers in days.items():
            listed = tr("、").join(map(str, sorted(numbers)))
            lines.append(f"{tr('第 {0} 天').format(listed)}  {vehicle}  {side}".rstrip())
        return lines

    def _vehicle(self, served: Pass) -> str:
        row = self.digest.route_of.get(served.route)
        return say(row.vehicle) if row else served.route

    def route_of(self, chosen: Selection) -> Route | None:
        """Return the route that is selected, where the plan shown has it."""
        if chosen.layer != ROUTE or self._shown is None:
            return None
        return next((r for r in self._shown.plan.routes if r.id == chosen.item), None)

    def show_times(self, route: str) -> None:
        """Show the timetable of a route, where it is not shown already."""
        if route == self._timed or self._window.session.city is None or self._shown is None:
            return
        self._timed = route
        routes = [r for r in self._shown.plan.routes if r.id == route]
        rows = truck_rows(routes, self._window.session.city, self.timetables.vehicles)
        self._window.timetable.show_truck(say(rows[0].vehicle) if rows else "", rows)

    def route_lines(self, route: Route, city: City) -> tuple[str, str, list[str], list[Attribute]]:
        """Return what the object panel shows of a route: vehicle, shift, sums, and its sheet."""
        row = self.digest.route_of[route.id]
        when = f"{say(row.shift)} · {words.time_of_day(row.start_s)}–{words.time_of_day(row.end_s)}"
        if len(self._window.area.day.days) > 1:
            when = f"{tr('第 {0} 天').format(route.day + 1)} · {when}"
        sums = tr("作业 {0}，空驶 {1}").format(words.kilometres(row.served_m), words.kilometres(row.driven_m))
        stream = sole_mark(route)
        lines = [sums] if stream is None else [say(stream), sums]
        return say(row.vehicle), when, lines, sheet(route, city)

    def named(self, told: Text) -> str:
        """Return what the planner says of the object selected, its items called as people call them."""
        city, street = self._window.session.city, self._window.session.selection.item
        text = say(self._window.sites.places.named(told))
        if city is None:
            return text
        items = {p.item for p in self.served_by(street)}
        items |= {row.item for row in self.left_of(street)}
        for item in sorted(items, key=len, reverse=True):
            text = text.replace(item, say(item_name(city, item)))
        return text

    def selection_of(self, key: str, row: int) -> Selection:
        """Return what a hit on one of the plan's overlays selects: the street, the point or the site under it."""
        if key.startswith(SITES):
            return self._window.sites.selection_of(key, row)
        city = self._window.session.city
        kind, rows = self.layers.points.get(key, (Streets.KIND, self.layers.streets.get(key)))
        if city is None or rows is None or row >= len(rows) or kind not in city.layers:
            return Selection()
        ids, at = city.layers[kind].ids, int(rows[row])  # the city may have lost objects since the plan was drawn
        return Selection(kind, str(ids[at])) if at < len(ids) else Selection()

    # --- editing -------------------------------------------------------------------------------------------------

    def toggle_lock(self) -> None:
        """Lock the street selected to the vehicle that serves it, a site as the plan has it, or take its locks away."""
        session = self._window.session
        if self._window.locks.is_lockable(session.selection):
            self._window.locks.toggle_lock()
            return
        if session.scenario is None or self._shown is None:
            return
        item = session.selection.item
        locked = [k.item for k in session.scenario.locks if object_of(k.item) == object_of(item)]
        vehicles = {r.id: r.vehicle for r in self._shown.plan.routes}
        wanted = [Lock(served.item, vehicles[served.route]) for served in self.served_by(item)]
        if locked:
            session.set_locks(tuple(k for k in session.scenario.locks if k.item not in locked), tr("解锁"))
        elif wanted:
            rest = tuple(k for k in session.scenario.locks if k.item not in {w.item for w in wanted})
            session.set_locks((*rest, *wanted), tr("锁定"))

    def branch(self) -> None:
        """Make a new scenario from the one shown."""
        self._window.session.branch()

    def rename(self) -> None:
        """Let the user type another name."""
        self._window.scenarios.edit_current()

    def remove(self) -> None:
        """Remove the scenario shown, and offer undo in place."""
        entry = self._window.session.entry
        if entry is None:
            return
        self._window.session.remove()
        line = tr("已删除方案“{0}”").format(entry.scenario.name)
        self._window.area.offer_undo(line, self._window.session.undo.undo)

    def choose_unserved(self, item: str) -> None:
        """Select something that is not served, and go there."""
        self._window.views.open_item(item)


def _side(served: Pass) -> str:
    side = side_of(served.item)
    return say(side) if side else ""
