"""``jingcheng city check``: every fault of a city, and how much of its network hangs together."""

from __future__ import annotations

from argparse import Namespace
from collections import Counter
from typing import Any

import numpy as np

from jingcheng.city_common import (
    fault_lines,
    faults_json,
    note_lines,
    notes_json,
    open_city,
    open_project,
    project_path,
    save_changed,
)
from jingcheng.console import emit, figure, say
from jingcheng.parser import Parser
from layers.city import City, Note
from layers.errors import NetworkError
from layers.text import Lang, Text

EXAMPLE = "jingcheng city check city.gpkg --fix mended.gpkg"
# Below this share of its length in one strongly connected part a network counts as broken.
LEAST_CONNECTED_PCT = 50.0
N_LISTED = 10


def register(parser: Parser, lang: Lang) -> None:
    """Add the arguments."""
    parser.add_argument("city", metavar="CITY.gpkg", help=Text("城市", "the city").get(lang))
    fix = Text("修正能修正的并另存", "mend what can be mended and save it there")
    parser.add_argument("--fix", metavar="OUT.gpkg", help=fix.get(lang))


def run(args: Namespace) -> int:
    """Check, mend where asked to, and say what is left; exit code 1 where anything is."""
    from layers.validate import validate

    out = project_path(args.fix) if args.fix else None
    project = open_project(args.city) if out is not None else None
    city = open_city(args.city) if project is None else project.city
    faults = validate(city)
    mended: tuple[Note, ...] = ()
    if out is not None and project is not None:
        from layers.mend import mend

        better = mend(city)
        mended, city, found = better.notes[len(city.notes) :], better, faults
        faults = validate(city)
        save_changed(project, city, out)
        for line in note_lines(mended, args.lang):
            say(args, line)
        repaired = Text(
            f"原有错误 {len(found)} 类，剩 {len(faults)} 类，存入 {out}",
            f"faults: {len(found)} before, {len(faults)} left; saved in {out}",
        )
        say(args, repaired)
    network = _network(city)
    document = {
        "city": city.name,
        "faults": faults_json(faults, args.lang),
        "mended": notes_json(mended, args.lang),
        "network": network,
        "sound": not faults and network["sound"],
    }
    emit(args, document, [*fault_lines(faults, args.lang), *_lines(network, args.lang), _verdict(document, args.lang)])
    return 0 if document["sound"] else 1


def _network(city: City) -> dict[str, Any]:
    """Return how much of the streets a truck of no particular size can reach and come back from, as JSON."""
    from layers.kinds.streets import Streets
    from layers.network import Mover, build
    from layers.units import mps

    length_m = city[Streets].geometry.lengths_m()
    total_m = float(length_m.sum())
    if len(length_m) == 0:
        return {"sound": False, "connected_pct": None, "streets": 0, "left_out": {}, "examples": {}}
    try:
        left_out = build(city, Mover("truck", mps(60.0))).left_out
    except NetworkError:
        return {"sound": False, "connected_pct": 0.0, "streets": len(length_m), "left_out": {}, "examples": {}}
    rows = [city[Streets].row_of[x.street] for x in left_out]
    connected_pct = 100.0 * (1.0 - float(length_m[np.unique(rows).astype(int)].sum()) / total_m) if total_m else 0.0
    reasons = Counter(x.reason for x in left_out)
    examples = {reason: [x.street for x in left_out if x.reason == reason][:N_LISTED] for reason in reasons}
    return {
        "sound": connected_pct >= LEAST_CONNECTED_PCT,
        "connected_pct": connected_pct,
        "streets": len(length_m),
        "left_out": dict(reasons),
        "examples": examples,
    }


_REASONS = {
    "closed": Text("封闭", "closed"),
    "no_junction": Text("没有端点路口", "without a junction at an end"),
    "not_connected": Text("到不了或回不来", "cannot be reached or left"),
}


def _lines(network: dict[str, Any], lang: Lang) -> list[str]:
    share = figure(network["connected_pct"])
    zh, en = (
        f"路网：{network['streets']} 段，{share} % 的长度相互可达",
        f"network: {network['streets']} streets, {share} % of their length hangs together",
    )
    lines = [Text(zh, en).get(lang)]
    for reason, n in network["left_out"].items():
        label = _REASONS.get(reason, Text(reason, reason)).get(lang)
        lines.append(f"  {label}: {n}  ({', '.join(network['examples'][reason][:3])}, …)")
    return lines


def _verdict(document: dict[str, Any], lang: Lang) -> str:
    if document["sound"]:
        return Text("检查通过", "the city is sound").get(lang)
    n = len(document["faults"])
    if n:
        return Text(f"检查未通过：{n} 类错误", f"not sound: {n} kind(s) of fault").get(lang)
    zh = f"检查未通过：路网破碎，应有 {LEAST_CONNECTED_PCT:.0f} % 以上相互可达"
    return Text(zh, f"not sound: the network is broken; expected {LEAST_CONNECTED_PCT:.0f} % or more in one part").get(lang)
