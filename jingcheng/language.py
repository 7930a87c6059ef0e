"""Which language the command line speaks."""

from __future__ import annotations

import locale
import os
from collections.abc import Callable, Sequence

from layers.text import Lang, Text


def system_language() -> Lang:
    """Return the system's language: Chinese where its locale is, English elsewhere."""
    named = next((v for k in ("LC_ALL", "LC_MESSAGES", "LANG") if (v := os.environ.get(k))), None)
    name = named or locale.getlocale()[0] or ""
    return "zh" if name.lower().startswith(("zh", "chinese")) else "en"


def asked_language(argv: Sequence[str]) -> Lang:
    """Return the language that ``--lang`` asks for anywhere in the arguments, else the system's."""
    for i, word in enumerate(argv):
        name, _, value = word.partition("=")
        if name == "--lang":
            value = value or (argv[i + 1] if i + 1 < len(argv) else "")
            if value == "zh":
                return "zh"
            if value == "en":
                return "en"
    return system_language()


def teller(lang: Lang) -> Callable[[str, str], str]:
    """Return what picks the words of a language from both, Chinese first."""
    return lambda zh, en: Text(zh, en).get(lang)
