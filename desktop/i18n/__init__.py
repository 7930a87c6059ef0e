"""The window's two languages: sources are Chinese, ``jingcheng_en.ts`` holds the English (``python -m desktop.i18n``).

What comes from the data (labels of parameters, columns, figures) is `layers.text.Text` and follows the same choice.
"""

from __future__ import annotations

from pathlib import Path
from typing import cast

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from layers.text import Lang, Text

CONTEXT = "window"
FOLDER = Path(__file__).parent
CATALOGUE = FOLDER / "jingcheng_en.qm"


def tr(source: str) -> str:
    """Return a fixed string of the window in the present language."""
    return QCoreApplication.translate(CONTEXT, source)


def mark(source: str) -> str:
    """Return a string as it is; it is translated where it is shown, and the catalogue's builder finds it here."""
    return source


def language() -> Lang:
    """Return the language that the window speaks now."""
    app = QCoreApplication.instance()
    return "en" if app is not None and app.property("lang") == "en" else "zh"


def say(text: Text) -> str:
    """Return a text of the data in the present language."""
    return text.get(language())


def system_language() -> Lang:
    """Return Chinese where the system speaks it, else English."""
    return "zh" if QLocale.system().language() == QLocale.Language.Chinese else "en"


def set_language(app: QCoreApplication, lang: Lang) -> None:
    """Switch the whole application; every widget hears of it by a LanguageChange event.

    Raises
    ------
    FileNotFoundError
        Where the catalogue was never built.
    """
    for old in cast(list[QTranslator], app.findChildren(QTranslator)):
        app.removeTranslator(old)
        old.deleteLater()
    app.setProperty("lang", lang)
    QLocale.setDefault(QLocale(QLocale.Language.Chinese if lang == "zh" else QLocale.Language.English))
    own = QTranslator(app)
    if lang == "zh":
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if own.load("qtbase_zh_CN", folder):
            app.installTranslator(own)
        return
    if not own.load(str(CATALOGUE)):
        raise FileNotFoundError(CATALOGUE)
    app.installTranslator(own)
