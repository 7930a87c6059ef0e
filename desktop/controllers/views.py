"""What is seen: selection on map and tables, zoom, tools, layers."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from desktop import words
from desktop.desk import PLACE, ROUTE, SITE, Selection
from desktop.digest import RouteRow, UnservedRow
from desktop.i18n import mark, tr
from desktop.map import LegendEntry, Mark, Tool
from desktop.map.city_layers import city_layers
from desktop.panels.layers_tree import LayerLine
from desktop.panels.search import Hit
from desktop.plan_layers import CHOSEN
from desktop.site_layers import ENDS, POINTED
from layers.city import City
from layers.layer import Layer
from layers.text import Text
from optimizer.check import object_of
from optimizer.names import find

if TYPE_CHECKING:
    from desktop.main_window import MainWindow

TOOLS = {
    "tool.select": Tool.SELECT,
    "tool.pan": Tool.PAN,
    "tool.zoom": Tool.ZOOM_BOX,
    "tool.measure": Tool.MEASURE,
    "tool.draw": Tool.DRAW,
}
# Sites that were far apart on the screen are shown at this scale at the least.
_NEAR_SCALE = 20_000.0
# What is larger is shown whole.
_LARGE_M = 500.0
_PLAN, _CITY, _REFERENCE = mark("规划结果"), mark("城市"), mark("参考图层")
_GROUPS = (_PLAN, _CITY, _REFERENCE)


class ViewCommands:
    """Look at things."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._shown_at_first: dict[str, bool] = {}
        self._item = ""  # of the object selected, what the user chose in a table: one stream of a point

    # --- selection -----------------------------------------------------------------------------------------------

    def clicked(self, x_m: float, y_m: float, tolerance_m: float) -> None:
        """Select what was clicked; a second click on the same place takes the next object there."""
        window = self._window
        wanted = self._there(x_m, y_m, tolerance_m)
        if not wanted:
            window.session.select(Selection())
            return
        now = window.session.selection
        at = wanted.index(now) + 1 if now in wanted else 0
        window.session.select(wanted[at % len(wanted)])
        window.show_dock("object")

    def point_at(self, x_m: float, y_m: float, tolerance_m: float) -> None:
        """Select what lies topmost at a place, unless what is selected lies there too."""
        wanted = self._there(x_m, y_m, tolerance_m)
        if self._window.session.selection not in wanted:
            self._window.session.select(wanted[0] if wanted else Selection())

    def _there(self, x_m: float, y_m: float, tolerance_m: float) -> list[Selection]:
        hits = self._window.area.map.pick(x_m, y_m, tolerance_m)
        return list(dict.fromkeys(s for s in (self._selection_of(*hit) for hit in hits) if s.item))

    def _selection_of(self, key: str, row: int) -> Selection:
        city = self._window.session.city
        if city is not None and key in city.layers:
            return Selection(key, str(city.layers[key].ids[row]))
        return self._window.plans.selection_of(key, row)

    def selection_changed(self) -> None:
        """Show the selection on the map, in the tables and in the object panel."""
        window, chosen = self._window, self._window.session.selection
        window.area.map.set_selection(self._map_rows(chosen))
        window.plans.show_chosen()
        window.sites.selection_changed(chosen)
        passes = window.plans.served_by(chosen.item) if chosen.item else ()
        serving = [served.route for served in passes if served.item == self._item] or [served.route for served in passes]
        wanted = chosen.item if chosen.layer == ROUTE else (serving[0] if serving else "")
        window.routes.choose(lambda row: row.item == wanted)
        window.unserved.choose(lambda row: object_of(row.item) == chosen.item)
        window.gantt.choose(wanted)
        window.stations.choose(chosen.item)
        window.attributes.choose(chosen.layer, chosen.item)
        window.plans.show_times(wanted)
        exact = self._item if object_of(self._item) == chosen.item else chosen.item
        window.timetable.choose(exact, lambda item: object_of(item) == chosen.item)
        self._show_in_panel(chosen)

    def _show_in_panel(self, chosen: Selection) -> None:
        window, city = self._window, self._window.session.city
        place = find(city, chosen.item) if city is not None and chosen.item and chosen.layer != ROUTE else None
        own = window.sites.attributes(chosen.item)
        if city is not None and place is not None:
            window.object.show_object(city, place, window.plans.work_lines(chosen.item), own)
        elif city is not None and (route := window.plans.route_of(chosen)) is not None:
            window.object.show_route(*window.plans.route_lines(route, city))
        elif chosen.layer in {SITE, PLACE}:
            window.object.show_site(*window.sites.title_of(chosen), window.plans.work_lines(chosen.item), own)
        else:
            window.object.show_nothing()
        window.refresh_actions()
        flags = window.flags()
        window.object.offer(
            lockable="site" in flags,
            built="built" in flags,
            lock=window.sites.lock_of(chosen.item),
            explains={"plan", "explains", "selected"} <= flags and chosen.layer != ROUTE,
        )

    def _map_rows(self, chosen: Selection) -> list[tuple[str, int]]:
        layer = self._layer(chosen)
        return [(chosen.layer, layer.row_of[chosen.item])] if layer is not None else []

    def _layer(self, chosen: Selection) -> Layer | None:
        city = self._window.session.city
        layer = city.layers.get(chosen.layer) if city is not None else None
        return layer if layer is not None and chosen.item in layer.row_of else None

    def choose_route(self, row: RouteRow) -> None:
        """Select a route."""
        self._window.session.select(Selection(ROUTE, row.item))

    def choose_unserved(self, row: UnservedRow) -> None:
        """Select what is not served."""
        self.choose_item(row.item)

    def choose_item(self, item: str) -> None:
        """Select the street, the point or the facility that an item of the plan is of."""
        chosen = self._window.sites.selection_for(item)
        if not chosen.item:
            return
        self._item, before = item, self._window.session.selection
        self._window.session.select(chosen)
        if self._window.session.selection == before:  # another stream of the same point
            self.selection_changed()

    def open_row(self, row: RouteRow | UnservedRow) -> None:
        """Go to what a row stands for."""
        if isinstance(row, RouteRow):
            self.choose_route(row)
        else:
            self.choose_unserved(row)
        self.zoom_selection()

    def open_item(self, item: str) -> None:
        """Go to what an item of the plan is of."""
        self.choose_item(item)
        self.zoom_selection()

    def show_item(self, item: str) -> None:
        """Select what an item of the plan is of, and bring it into the middle, near enough to be told apart."""
        self.choose_item(item)
        if (box := self._box_of(self._window.session.selection)) is not None:
            map_ = self._window.area.map
            if max(box[2] - box[0], box[3] - box[1]) > _LARGE_M:
                self.zoom_box(box)
                return
            map_.centre_on((box[0] + box[2]) / 2, (box[1] + box[3]) / 2, min(map_.scale, _NEAR_SCALE))

    def found(self, hit: Hit) -> None:
        """Select what was found, and go there."""
        self._window.session.select(Selection(hit.layer, hit.item))
        self.zoom_box(hit.bounds)
        self._window.show_dock("object")

    def found_place(self, x_m: float, y_m: float) -> None:
        """Go to a place that was written as coordinates; where it lies far off the city, say so and stay."""
        city = self._window.session.city
        if city is None:
            return
        west, south, east, north = city.bounds
        off_m = max(west - x_m, x_m - east, south - y_m, y_m - north)
        if off_m > max(east - west, north - south):
            line = tr("坐标 {0}, {1} m 距本城 {2}；请检查次序与坐标系")
            figures = words.number(round(x_m)), words.number(round(y_m)), words.figure(round(off_m), "m")
            self._window.status(line.format(*figures))
            return
        self._window.area.map.centre_on(x_m, y_m, 5000.0)

    # --- the map -------------------------------------------------------------------------------------------------

    def zoom_full(self) -> None:
        """Show the whole city."""
        self._window.area.map.zoom_full()

    def zoom_in(self) -> None:
        """Come nearer."""
        self._window.area.map.zoom(1.5)

    def zoom_out(self) -> None:
        """Go further away."""
        self._window.area.map.zoom(1 / 1.5)

    def zoom_selection(self) -> None:
        """Show what is selected."""
        if (box := self._box_of(self._window.session.selection)) is not None:
            self.zoom_box(box)

    def _box_of(self, chosen: Selection) -> tuple[float, float, float, float] | None:
        if chosen.layer == ROUTE:
            return self._window.plans.layers.bounds_of(chosen.item)
        if chosen.layer in {SITE, PLACE}:
            x_m, y_m = self._window.sites.places.at(chosen.item)
            return (x_m, y_m, x_m, y_m) if math.isfinite(x_m) else None
        if (layer := self._layer(chosen)) is None:
            return None
        west, south, east, north = layer.geometry.bounds[layer.row_of[chosen.item]].tolist()
        return west, south, east, north

    def zoom_box(self, box: tuple[float, float, float, float]) -> None:
        """Show a box with some ground around it, metres."""
        margin_m = max(0.15 * max(box[2] - box[0], box[3] - box[1]), 120.0)
        self._window.area.map.zoom_to((box[0] - margin_m, box[1] - margin_m, box[2] + margin_m, box[3] + margin_m))

    def zoom_layer(self, key: str) -> None:
        """Show all of a layer."""
        scene = self._window.area.map.scene
        layer = next((a for a in (*scene.layers, *scene.overlays) if a.key == key), None)
        if layer is not None and len(layer.geometry):
            boxes = layer.geometry.bounds
            self.zoom_box((boxes[:, 0].min(), boxes[:, 1].min(), boxes[:, 2].max(), boxes[:, 3].max()))

    def tool_select(self) -> None:
        """Take the select tool."""
        self._window.area.map.set_tool(Tool.SELECT)

    def tool_pan(self) -> None:
        """Take the hand."""
        self._window.area.map.set_tool(Tool.PAN)

    def tool_zoom(self) -> None:
        """Take the zoom box."""
        self._window.area.map.set_tool(Tool.ZOOM_BOX)

    def tool_measure(self) -> None:
        """Take the measure."""
        self._window.area.map.set_tool(Tool.MEASURE)

    def tool_draw(self) -> None:
        """Take the pen for candidate sites."""
        self._window.area.map.set_tool(Tool.DRAW)
        self._window.status(tr("依次单击用地的角点；双击或回车结束，退格退回一点，Esc 取消"))

    def tool_changed(self, tool: Tool) -> None:
        """Check the tool's action."""
        if tool is not Tool.DRAW:
            self._window.status("")
        self._window.actions_.check("tool", next((k for k, t in TOOLS.items() if t is tool), ""))

    # --- layers --------------------------------------------------------------------------------------------------

    def show_city(self, city: City) -> None:
        """Put another city on the map."""
        map_ = self._window.area.map
        map_.set_overlay(())
        map_.set_city(city)
        self._shown_at_first = {layer.key: layer.visible for layer in map_.scene.layers}
        map_.set_scene([replace(layer, visible=True) for layer in map_.scene.layers])
        self.refresh_layers()

    def city_edited(self) -> None:
        """Draw the city as it was edited, from where it is looked at."""
        city = self._window.session.city
        if city is not None:
            self._window.area.map.set_scene([replace(layer, visible=True) for layer in city_layers(city)])
            self._window.sites.take_city()
            self._window.plans.draw()
            self.refresh_layers()
            self.selection_changed()

    def refresh_layers(self) -> None:
        """List the map's layers, and draw those that are checked."""
        map_, quiet = self._window.area.map, self._window.plans.layers.quiet | self._window.sites.quiet
        by_key: dict[str, list[LegendEntry]] = {}
        for entry in map_.legend():
            by_key.setdefault(entry.key, []).append(entry)
        lines = [
            self._line(key, entries, key not in quiet and self._shown_at_first.get(key, True))
            for key, entries in by_key.items()
            if key not in {CHOSEN, ENDS, POINTED}
        ]
        lines.sort(key=lambda line: _GROUPS.index(line.group))
        self._window.layers.show_lines(lines)
        for key, visible in self._window.layers.visible_keys().items():
            map_.set_visible(key, visible)

    def _line(self, key: str, entries: list[LegendEntry], visible: bool) -> LayerLine:
        tokens = self._window.area.map.scene.tokens
        group = _PLAN if key.startswith("plan:") else _REFERENCE if key.startswith("reference:") else _CITY
        colours = []
        for entry in entries:
            colour = entry.style.colour if isinstance(entry.style, Mark) else _line_colour(entry)
            colours.append(tokens.colour(colour) if colour else tokens.hairline)
        symbols = {entry.style.symbol if isinstance(entry.style, Mark) else "" for entry in entries}
        symbol = symbols.pop() if len(symbols) == 1 and len(set(colours)) == 1 else ""
        count = self._window.plans.layers.n_routes(key) or sum(e.n_rows for e in entries)
        title = entries[0].title if entries[0].title.zh else Text(key, key)
        return LayerLine(key, group, title, count, tuple(dict.fromkeys(colours))[:4], visible, symbol)

    def show_layers(self) -> None:
        """Show every layer."""
        self._window.layers.set_all(True)

    def hide_layers(self) -> None:
        """Hide every layer."""
        self._window.layers.set_all(False)


def _line_colour(entry: LegendEntry) -> Any:
    return entry.style.colour or getattr(entry.style, "outline", "")
