"""Bring the catalogue up to date with the sources and compile it: ``python -m desktop.i18n [--check]``."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import PySide6

FOLDER = Path(__file__).parent
SOURCE = FOLDER / "jingcheng_en.ts"


def strings(folder: Path) -> dict[str, str]:
    """Return every literal that is passed to ``tr`` or ``mark`` under a folder, with the file that first has it."""
    found: dict[str, str] = {}
    for path in sorted(folder.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"tr", "mark"}):
                continue
            if node.args and isinstance(node.args[0], ast.Constant) and isinstance(node.args[0].value, str):
                found.setdefault(node.args[0].value, path.relative_to(folder.parent).as_posix())
    return found


def known(path: Path) -> dict[str, str]:
    """Return the translations that a catalogue holds, by source; unfinished ones are not among them."""
    if not path.exists():
        return {}
    messages = ET.parse(path).iter("message")
    pairs = [(m.findtext("source", ""), m.find("translation")) for m in messages]
    return {source: t.text for source, t in pairs if t is not None and t.text and t.get("type") != "unfinished"}


def untranslated() -> list[str]:
    """Return the window's strings that have no English."""
    have = known(SOURCE)
    return [source for source in strings(FOLDER.parent) if not have.get(source)]


def write(path: Path, sources: dict[str, str], translations: dict[str, str]) -> None:
    """Write a catalogue, its messages in order of file and text."""
    root = ET.Element("TS", version="2.1", language="en", sourcelanguage="zh_CN")
    context = ET.SubElement(root, "context")
    ET.SubElement(context, "name").text = "window"
    for source, file in sorted(sources.items(), key=lambda pair: (pair[1], pair[0])):
        message = ET.SubElement(context, "message")
        ET.SubElement(message, "location", filename=f"../../{file}")
        ET.SubElement(message, "source").text = source
        element = ET.SubElement(message, "translation")
        if translations.get(source):
            element.text = translations[source]
        else:
            element.set("type", "unfinished")
    ET.indent(root)
    head = '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n'
    path.write_text(head + ET.tostring(root, encoding="unicode") + "\n", "utf-8")


def compile_catalogue() -> int:
    """Compile the catalogue with Qt's own tool; return its exit code."""
    tool = Path(PySide6.__file__).parent / ("lrelease.exe" if sys.platform == "win32" else "lrelease")
    return subprocess.call([tool, "-silent", SOURCE, "-qm", SOURCE.with_suffix(".qm")])


def main() -> int:
    """Update and compile; with ``--check`` only say by the exit code whether every string has its English."""
    if "--check" in sys.argv[1:]:
        missing = untranslated()
        sys.stderr.write("".join(f"no English for: {source}\n" for source in missing))
        return 1 if missing else 0
    write(SOURCE, strings(FOLDER.parent), known(SOURCE))
    return compile_catalogue()


if __name__ == "__main__":
    sys.exit(main())
