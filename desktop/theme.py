"""Colours, type and spacing of the window: one set of tokens a scheme, from which palette and style sheet are made."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from string import Template

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from desktop import schemes

FONTS = (*schemes.FONTS, "Segoe UI", "DejaVu Sans")
BODY_PX, SMALL_PX = 13, 12
GRID_PX, ROW_PX, BAR_PX, PAD_PX = 4, 26, 44, 12
RADIUS_PX, CARD_RADIUS_PX = 6, 8

_STYLE_SHEET = Path(__file__).parent / "assets" / "window.qss"


@dataclass(frozen=True, slots=True)
class Tokens:
    """Name every colour that the window draws with, as ``#rrggbb``.

    Parameters
    ----------
    name
        ``light`` or ``dark``.
    window, panel, second
        Grounds: behind all, of a panel, of what is set off within a panel.
    met, nearly, missed, unmeasured
        Of a verdict; never the only sign of it.
    ground
        Of the map.
    """

    name: str
    window: str
    panel: str
    second: str
    hairline: str
    text: str
    secondary: str
    accent: str
    on_accent: str
    tint: str
    selection: str
    met: str
    nearly: str
    missed: str
    unmeasured: str
    ground: str


LIGHT = Tokens(
    **schemes.LIGHT,
    window="#f4f5f6",
    second="#f8f9fa",
    on_accent="#ffffff",
    tint="#e2f1ee",
    selection="#d6ebe7",
    met="#1f7a4d",
    nearly="#b7791f",
    unmeasured="#8a959c",
)
DARK = Tokens(
    **schemes.DARK,
    window="#1b1f22",
    second="#282e32",
    on_accent="#10201d",
    tint="#1f3d39",
    selection="#24443f",
    met="#5cc48d",
    nearly="#e0aa4e",
    unmeasured="#7f8a91",
)
SCHEMES = {t.name: t for t in (LIGHT, DARK)}


def tokens_for(choice: str) -> Tokens:
    """Return the tokens of ``light``, ``dark``, or for anything else those of the system's colour scheme."""
    if choice in SCHEMES:
        return SCHEMES[choice]
    dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
    return DARK if dark else LIGHT


def body_font(px: int = BODY_PX) -> QFont:
    """Return the window's font with tabular figures, Chinese families first."""
    font = QFont()
    font.setFamilies(list(FONTS))
    font.setPixelSize(px)
    font.setFeature(QFont.Tag.fromString("tnum"), 1)
    return font


def palette(tokens: Tokens) -> QPalette:
    """Return the palette of a scheme."""
    p, role = QPalette(), QPalette.ColorRole
    roles = {
        role.Window: tokens.window,
        role.Base: tokens.panel,
        role.AlternateBase: tokens.second,
        role.Button: tokens.panel,
        role.ToolTipBase: tokens.panel,
        role.WindowText: tokens.text,
        role.Text: tokens.text,
        role.ButtonText: tokens.text,
        role.ToolTipText: tokens.text,
        role.PlaceholderText: tokens.secondary,
        role.Highlight: tokens.selection,
        role.HighlightedText: tokens.text,
        role.Link: tokens.accent,
        role.Accent: tokens.accent,
        role.Mid: tokens.hairline,
        role.Light: tokens.panel,
        role.Midlight: tokens.second,
        role.Dark: tokens.hairline,
        role.Shadow: tokens.hairline,
    }
    for key, colour in roles.items():
        p.setColor(key, QColor(colour))
    for key in (role.WindowText, role.Text, role.ButtonText):
        p.setColor(QPalette.ColorGroup.Disabled, key, QColor(tokens.unmeasured))
    return p


def style_sheet(tokens: Tokens) -> str:
    """Return the style sheet of a scheme."""
    sizes = {
        "body": BODY_PX,
        "small": SMALL_PX,
        "row": ROW_PX,
        "bar": BAR_PX,
        "pad": PAD_PX,
        "radius": RADIUS_PX,
        "card": CARD_RADIUS_PX,
        "icons": (_STYLE_SHEET.parent / "icons").as_posix(),
    }
    return Template(_STYLE_SHEET.read_text("utf-8")).substitute(asdict(tokens), **sizes)


def apply(app: QApplication, tokens: Tokens) -> None:
    """Dress the whole application in a scheme."""
    app.setProperty("tokens", tokens.name)
    app.setFont(body_font())
    app.setPalette(palette(tokens))
    app.setStyleSheet(style_sheet(tokens))


def current() -> Tokens:
    """Return the tokens that the application is dressed in; the light ones where there is no window yet."""
    app = QApplication.instance()
    return SCHEMES.get(str(app.property("tokens")) if app else "", LIGHT)
