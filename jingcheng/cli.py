"""The frame of the command line: finds the command, reads its arguments, and turns what goes wrong into exit codes."""

from __future__ import annotations

import contextlib
import importlib
import os
import sys
import time
import traceback
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from jingcheng.commands import COMMANDS, GROUPS, find
from jingcheng.language import asked_language
from jingcheng.parser import Parser, UsageError
from layers.errors import JingchengError
from layers.text import Lang, Text

DONE, FAILED_CHECK, MENDABLE, BUG, STOPPED = 0, 1, 2, 70, 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code.

    Parameters
    ----------
    argv
        Without the program's name; the process's own by default.

    Returns
    -------
    int
        0 done; 1 done but a check failed; 2 the user can mend it; 70 a bug of ours; 130 stopped by the user.
    """
    words = list(sys.argv[1:] if argv is None else argv)
    lang = asked_language(words)
    try:
        return _dispatch(words, lang)
    except JingchengError as error:
        _complain(error.message(lang))
        return MENDABLE
    except KeyboardInterrupt:
        _complain(Text("已停止", "stopped").get(lang))
        return STOPPED
    except BrokenPipeError:
        return DONE  # whoever read our output has seen enough
    except SystemExit as leave:  # argparse, after --help
        return leave.code if isinstance(leave.code, int) else DONE
    except Exception:
        path = _log_bug(words)
        _complain(Text(f"程序内部错误，已停止；详情见 {path}", f"a bug of ours; the traceback is in {path}").get(lang))
        return BUG


def _dispatch(words: list[str], lang: Lang) -> int:
    rest = _without_language(words)
    if not rest:
        return _open_window()
    if len(rest) == 1 and Path(rest[0]).is_file():  # as file managers call a program
        return _open_window(Path(rest[0]))
    if rest[0] in {"-h", "--help", "help"}:
        print("\n".join(_overview(lang)))
        return DONE
    if rest[0] == "--version":
        from importlib.metadata import version

        print(version("jingcheng"))
        return DONE
    command, n_words = find(rest)
    if command is None:
        return _no_command(rest, lang)
    module = importlib.import_module(command.module)
    parser = Parser(lang, " ".join(("jingcheng", *command.words)), command.about.get(lang), module.EXAMPLE)
    module.register(parser, lang)
    args = parser.parse_args(rest[n_words:], Namespace(stdout=sys.stdout))
    args.lang = lang
    with contextlib.redirect_stdout(sys.stderr) if args.json else contextlib.nullcontext():
        return int(module.run(args))


def _open_window(path: Path | None = None) -> int:
    """Open the window, on a file where one is given.

    Raises
    ------
    UsageError
        Where there is no screen, on which Qt itself would abort without a word that helps.
    """
    screens = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    if sys.platform == "linux" and not any(os.environ.get(name) for name in screens):
        raise UsageError(
            Text(
                "没有可用的屏幕，无法打开窗口；可用 jingcheng demo，或见 jingcheng --help",
                "there is no screen to open the window on; use jingcheng demo, or see jingcheng --help",
            )
        )
    return int(importlib.import_module("desktop.app").main([], path))


def _without_language(words: list[str]) -> list[str]:
    """Return the words with ``--lang`` and its value taken out, which may stand anywhere."""
    rest, skip = [], False
    for i, word in enumerate(words):
        if skip:
            skip = False
        elif word == "--lang" and words[i + 1 : i + 2] in (["zh"], ["en"]):
            skip = True
        elif word not in {"--lang=zh", "--lang=en"}:
            rest.append(word)
    return rest


def _no_command(words: list[str], lang: Lang) -> int:
    if words[0] in GROUPS and words[1:2] in (["-h"], ["--help"]):
        print("\n".join(_overview(lang, words[0])))
        return DONE
    near = [" ".join(c.words) for c in COMMANDS if c.words[0] == words[0]] or [" ".join(c.words) for c in COMMANDS]
    typed = " ".join(words[: 2 if words[0] in GROUPS else 1])
    raise UsageError(
        Text(f"没有命令“{typed}”；现有：{'、'.join(near)}", f"no command {typed!r}; there are: {', '.join(near)}")
    )


def _overview(lang: Lang, group: str = "") -> list[str]:
    usage = Text(
        "用法：jingcheng [命令] [选项]；不带命令，或只给一个文件，则打开窗口",
        "usage: jingcheng [COMMAND] [OPTIONS]; without a command, or with a file alone, the window opens",
    )
    lines = [usage.get(lang), ""]
    shown = [c for c in COMMANDS if not group or c.words[0] == group]
    lines += [f"  {' '.join(c.words):<14}{c.about.get(lang)}" for c in shown]
    closing = Text("各命令的选项与例子：jingcheng 命令 --help", "options and an example of each: jingcheng COMMAND --help")
    return [*lines, "", closing.get(lang)]


def _complain(line: str) -> None:
    print(line, file=sys.stderr)


def _log_bug(words: list[str]) -> Path:
    """Write the traceback of the present exception to a log file and return its path."""
    import platformdirs

    folder = Path(platformdirs.user_log_dir("jingcheng", appauthor=False))
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"bug-{time.strftime('%Y%m%d-%H%M%S')}.log"
    path.write_text(f"jingcheng {' '.join(words)}\n\n{traceback.format_exc()}", encoding="utf-8")
    return path
