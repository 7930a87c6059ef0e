"""Styles of the project file: what QGIS finds in ``layer_styles`` and draws the tables with."""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

from layers.geometry import Shape
from layers.io.gpkg.package import Field, Package
from layers.style import Colour, Marker, Style, Symbol

_MM_PX = 0.26  # a pixel of the screen (96 a inch) in QGIS's millimetres
_KIND = {Shape.POINT: ("marker", "SimpleMarker"), Shape.LINE: ("line", "SimpleLine"), Shape.AREA: ("fill", "SimpleFill")}
_MARKER = {
    Marker.CIRCLE: "circle", Marker.SQUARE: "square", Marker.DIAMOND: "diamond",
    Marker.TRIANGLE: "triangle", Marker.CROSS: "cross2", Marker.STAR: "star",
}  # fmt: skip

_FIELDS = (
    Field("f_table_catalog", "TEXT"),
    Field("f_table_schema", "TEXT"),
    Field("f_table_name", "TEXT"),
    Field("f_geometry_column", "TEXT"),
    Field("styleName", "TEXT"),
    Field("styleQML", "TEXT"),
    Field("styleSLD", "TEXT"),
    Field("useAsDefault", "BOOLEAN"),
    Field("description", "TEXT"),
    Field("owner", "TEXT"),
    Field("ui", "TEXT"),
    Field("update_time", "DATETIME"),
)


def add_styles(package: Package, styles: list[tuple[str, Shape, Style]]) -> None:
    """Write the styles of tables, each with the table's name and shape."""
    rows = [("", "", name, "geom", name, qml(shape, style), "", True, "", "", None, None) for name, shape, style in styles]
    package.add_table("layer_styles", _FIELDS, rows)


def qml(shape: Shape, style: Style) -> str:
    """Return a style as QGIS writes it, on the light ground."""
    symbols = [("0", style.symbol), *((str(i + 1), c.symbol) for i, c in enumerate(style.categories))]
    drawn = "".join(_symbol(shape, name, symbol) for name, symbol in symbols)
    if not style.categories:
        return _document(
            f'<renderer-v2 type="singleSymbol" forceraster="0" enableorderby="0"><symbols>{drawn}</symbols></renderer-v2>'
        )
    cases = [
        f'<category symbol="{i + 1}" value={quoteattr(c.key)} label={quoteattr(c.label.zh)} render="true"/>'
        for i, c in enumerate(style.categories)
    ]
    cases.append('<category symbol="0" value="" label="其他" render="true"/>')
    return _document(
        f'<renderer-v2 type="categorizedSymbol" attr={quoteattr(style.column)} forceraster="0" enableorderby="0">'
        f"<categories>{''.join(cases)}</categories><symbols>{drawn}</symbols></renderer-v2>"
    )


def _document(renderer: str) -> str:
    head = '<!DOCTYPE qgis PUBLIC "http://mrcc.com/qgis.dtd" "SYSTEM">'
    return f'{head}<qgis version="3.22.0" styleCategories="Symbology">{renderer}</qgis>'


def _symbol(shape: Shape, name: str, symbol: Symbol) -> str:
    kind, layer = _KIND[shape]
    options = "".join(
        f'<Option name="{k}" value={quoteattr(v)} type="QString"/>' for k, v in _options(shape, symbol).items()
    )
    return (
        f'<symbol name="{name}" type="{kind}" alpha="1" clip_to_extent="1" force_rhr="0">'
        f'<layer class="{layer}" enabled="1" locked="0" pass="0"><Option type="Map">{options}</Option></layer></symbol>'
    )


def _options(shape: Shape, symbol: Symbol) -> dict[str, str]:
    width = f"{symbol.width_px * _MM_PX:.3f}"
    dash = "dash" if symbol.dashed else "solid"
    if shape is Shape.LINE:
        return {
            "line_color": _rgba(symbol.line),
            "line_width": width,
            "line_width_unit": "MM",
            "line_style": dash,
            "capstyle": "round",
        }
    body = {
        "color": _rgba(symbol.fill),
        "outline_color": _rgba(symbol.line),
        "outline_width": width,
        "outline_width_unit": "MM",
    }
    if shape is Shape.AREA:
        return body | {"style": "solid" if symbol.fill.light else "no", "outline_style": dash if symbol.line.light else "no"}
    return body | {
        "name": _MARKER[symbol.marker],
        "size": f"{symbol.size_px * _MM_PX:.3f}",
        "size_unit": "MM",
        "outline_style": "solid",
    }


def _rgba(colour: Colour) -> str:
    if not colour.light:
        return "0,0,0,0"
    red, green, blue = (int(colour.light[i : i + 2], 16) for i in (1, 3, 5))
    return f"{red},{green},{blue},255"
