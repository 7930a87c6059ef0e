"""What the commands about cities share: opening and saving, and how layers, notes and faults are shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jingcheng.console import figure, table
from layers.city import City, Note
from layers.errors import InputError
from layers.layer import Fault
from layers.text import Lang, Text

if TYPE_CHECKING:
    from optimizer.project import Project

# Of each kind so many notes are shown; --json has them all.
N_SHOWN = 20

KINDS_OF_NOTE = {
    "refused": Text("拒绝", "refused"),
    "repaired": Text("修正", "repaired"),
    "skipped": Text("略过", "skipped"),
    "doubtful": Text("存疑", "doubtful"),
    "assumed": Text("假定", "assumed"),
    "source": Text("来源", "source"),
}


def project_path(word: str | Path) -> Path:
    """Return where a project is to be saved, so that what cannot be is told before the work and not after.

    Raises
    ------
    InputError
        Where the name does not end in ``.gpkg``, by which QGIS knows it.
    StorageError
        Where the folder is missing or read-only, or the place is a folder itself.
    """
    from layers.io.gpkg.package import require_folder

    path = Path(word)
    if path.suffix.lower() != ".gpkg":
        zh = f"输出文件“{path}”应以 .gpkg 结尾"
        raise InputError(Text(zh, f"output {str(path)!r} should end in .gpkg"))
    require_folder(path)
    return path


def other_than(path: Path, sources: Iterable[str]) -> Path:
    """Return where to write, which is none of the files that are read.

    Raises
    ------
    InputError
        Where it is one of them: what else that file holds, plans for example, would be lost.
    """
    for source in sources:
        if path.exists() and Path(source).exists() and path.samefile(source):
            zh = f"输出文件“{path}”就是输入文件，会丢失其中其他内容；请用 --out 另取名称"
            en = f"output {str(path)!r} is the input itself, of which all else would be lost; choose another name with --out"
            raise InputError(Text(zh, en))
    return path


def open_city(word: str) -> City:
    """Return the city of a project file, or of any file that a city can be read from."""
    from layers.io.read import read_city

    return read_city([word])


def open_project(word: str) -> Project:
    """Return all that a project file holds; a city alone from any other file that a city can be read from."""
    from layers.io.sniff import Format, sniff
    from optimizer.project import Project, load_project

    path = Path(word)
    return load_project(path) if sniff(path) is Format.GEOPACKAGE else Project(open_city(word))


def save_changed(project: Project, city: City, path: Path) -> None:
    """Save a project whose city was changed, with its scenarios and plans, whose hashes tell that they are out of date."""
    from layers.io.geopackage import write_city
    from optimizer.project import save_project

    if project.scenarios or project.plans:
        save_project(path, replace(project, city=city))
    else:
        write_city(city, path)


def counts(city: City, lang: Lang) -> list[str]:
    """Return a table of the layers and how many objects each has."""
    head = (Text("图层", "layer").get(lang), Text("名称", "label").get(lang), Text("对象", "objects").get(lang))
    rows = [(layer.KIND, layer.LABEL.get(lang), figure(len(layer))) for layer in city.layers.values()]
    rows += [(r.name, Text("参考图层", "reference layer").get(lang), figure(len(r.ids))) for r in city.references]
    return table(head, rows)


def counted(city: City) -> dict[str, Any]:
    """Return the layers and references with how many objects each has, for JSON."""
    return {
        "layers": {kind: len(layer) for kind, layer in city.layers.items()},
        "references": {reference.name: len(reference.ids) for reference in city.references},
    }


def note_lines(notes: Sequence[Note], lang: Lang) -> list[str]:
    """Return what was refused, repaired, skipped and assumed, the first of each kind."""
    lines = []
    for kind, label in KINDS_OF_NOTE.items():
        of_kind = [note for note in notes if note.kind == kind]
        lines += [f"{label.get(lang)}  {note.where}  {note.text.get(lang)}" for note in of_kind[:N_SHOWN]]
        if len(of_kind) > N_SHOWN:
            rest = len(of_kind) - N_SHOWN
            more = Text(f"另有 {rest} 条（--json 列出全部）", f"{rest} more (--json lists all)")
            lines.append(f"{label.get(lang)}  {more.get(lang)}")
    return lines


def notes_json(notes: Iterable[Note], lang: Lang) -> list[dict[str, Any]]:
    """Return notes for JSON."""
    return [{"kind": n.kind, "where": n.where, "text": n.text.get(lang), "count": n.n_items} for n in notes]


def fault_lines(faults: Iterable[Fault], lang: Lang) -> list[str]:
    """Return faults, one a line."""
    marks = Text("错误", "fault").get(lang)
    return [f"{marks}  {f.where}  {f.text.get(lang)}{_times(f.n_items, lang)}" for f in faults]


def _times(n_items: int, lang: Lang) -> str:
    return "" if n_items == 1 else Text(f"（共 {n_items} 个）", f" ({n_items} in all)").get(lang)


def faults_json(faults: Iterable[Fault], lang: Lang) -> list[dict[str, Any]]:
    """Return faults for JSON."""
    return [{"code": f.code, "where": f.where, "item": f.item, "text": f.text.get(lang), "count": f.n_items} for f in faults]


def mapping(pairs: Sequence[str]) -> dict[str, str]:
    """Return ``FIELD=COLUMN`` pairs as a mapping.

    Raises
    ------
    InputError
        Where one has no equals sign.
    """
    found = {}
    for pair in pairs:
        field, equals, column = pair.partition("=")
        if not (field and equals and column):
            zh = f"--map“{pair}”应写作 字段=列名，例如 --map width_m=路宽"
            raise InputError(Text(zh, f"--map {pair!r} should read FIELD=COLUMN, such as --map width_m=路宽"))
        found[field.strip()] = column.strip()
    return found


def add_file_options(parser: Any, args_lang: Lang) -> None:
    """Add the options about a file's coordinates and letters."""
    crs = Text("文件坐标系：EPSG 编号、gcj02 或 bd09", "the file's coordinates: EPSG number, gcj02 or bd09")
    parser.add_argument("--crs", metavar="EPSG|gcj02|bd09", help=crs.get(args_lang))
    encoding = Text("文件编码，如 utf-8、gb18030、big5", "the file's encoding, such as utf-8, gb18030, big5")
    parser.add_argument("--encoding", metavar="NAME", help=encoding.get(args_lang))
