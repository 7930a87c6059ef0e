"""An argparse parser that speaks both languages and says what is wrong in one line."""

from __future__ import annotations

import argparse
import re
from typing import NoReturn

from layers.errors import InputError
from layers.text import Lang, Text

_TITLES = {
    "positionals": Text("参数", "arguments"),
    "options": Text("选项", "options"),
    "usage": Text("用法：", "usage: "),
}

# argparse's own messages, and how they read in Chinese.
_CHINESE = (
    (r"unrecognized arguments: (.+)", r"不认识的参数 \1"),
    (r"the following arguments are required: (.+)", r"缺少参数 \1"),
    (r"argument (.+): expected one argument", r"参数 \1 后面应有一个值"),
    (r"argument (.+): expected at least one argument", r"参数 \1 后面至少应有一个值"),
    (r"argument (.+): invalid choice: (.+) \(choose from (.+)\)", r"参数 \1 的值 \2 不可用；可选：\3"),
    (r"argument (.+): invalid (?:int|float) value: (.+)", r"参数 \1 的值 \2 不是数字"),
    (r"argument (.+): not allowed with argument (.+)", r"参数 \1 不能与 \2 同时使用"),
    (r"argument (.+): expected (\d+) arguments", r"参数 \1 后面应有 \2 个值"),
)


class UsageError(InputError):
    """The command line itself is wrong."""


class Parser(argparse.ArgumentParser):
    """Parse the arguments of one command.

    Parameters
    ----------
    lang
        Language of help and errors.
    words
        The command's name with the program's in front, as typed.
    about, example
        Shown by ``--help``.
    """

    def __init__(self, lang: Lang, words: str, about: str, example: str) -> None:
        shown = {"zh": "例：", "en": "example: "}[lang] + example if example else ""
        super().__init__(prog=words, description=about, epilog=shown, allow_abbrev=False, add_help=False)
        self._lang = lang
        self._positionals.title = _TITLES["positionals"].get(lang)
        self._optionals.title = _TITLES["options"].get(lang)
        self.add_argument("-h", "--help", action="help", help=Text("显示帮助", "show this help").get(lang))
        self.add_argument(
            "--json", action="store_true", help=Text("标准输出只有一份 JSON", "one JSON document on stdout").get(lang)
        )
        self.add_argument("--lang", choices=("zh", "en"), default=lang, help=Text("语言", "language").get(lang))

    def format_usage(self) -> str:
        """Return the line of usage."""
        return super().format_usage().replace("usage: ", _TITLES["usage"].get(self._lang), 1)

    def format_help(self) -> str:
        """Return the whole help."""
        return super().format_help().replace("usage: ", _TITLES["usage"].get(self._lang), 1)

    def error(self, message: str) -> NoReturn:
        """Raise what is wrong as one line, with the way to the help.

        Raises
        ------
        UsageError
            Always.
        """
        chinese = next((re.sub(p, t, message, flags=re.S) for p, t in _CHINESE if re.fullmatch(p, message, re.S)), message)
        raise UsageError(
            Text(f"{self.prog}：{chinese}；用法见 {self.prog} --help", f"{self.prog}: {message}; see {self.prog} --help")
        )
