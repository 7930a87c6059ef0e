"""Chinese names made by rule: a road keeps its name as long as it runs on; lanes take theirs from the road they leave."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from dataclasses import dataclass, field

from layers.kinds.streets import RoadClass
from sample_city.blocks import Land
from sample_city.skeleton import Road, Skeleton
from sample_city.terrain import Rng

_GREAT = (
    "人民",
    "中山",
    "解放",
    "建设",
    "和平",
    "胜利",
    "新华",
    "文化",
    "光明",
    "团结",
    "友谊",
    "长江",
    "黄河",
    "北京",
    "延安",
    "振兴",
    "迎宾",
    "朝阳",
    "工农",
    "青年",
    "劳动",
    "复兴",
    "富强",
    "民主",
    "前进",
    "东风",
    "红旗",
    "五一",
    "八一",
    "体育",
    "科技",
    "学府",
    "环城",
    "站前",
    "国庆",
    "育才",
)
_FIRST = "青白金玉云龙凤石清长永新安文宝南紫春秋天双古兴大桂梅兰竹松柏锦翠碧银丹海江湖溪泉鼓钟瑞福祥和康泰宁丰盛"
_LAST = "山河桥塔溪湖园林门台岭泉井亭阁寺仓渡浦州城村庄屏峰潭洲岗坡塘港湾堤苑安平兴和昌盛华明阳光荣福宁乐康"
_DIGITS = "一二三四五六七八九"
_MORE = ("东", "西", "南", "北", "中", "新", "上", "下", *_DIGITS)
_RINGS = ("内环路", "二环快速路", "三环快速路", "四环快速路")


def numeral(n: int) -> str:
    """Return a number below 100 in Chinese: 12 is 十二."""
    tens, ones = divmod(n, 10)
    head = "" if tens == 0 else ("十" if tens == 1 else _DIGITS[tens - 1] + "十")
    return head + (_DIGITS[ones - 1] if ones else "")


def bases(rng: Rng) -> Iterator[str]:
    """Return two-character names without end and without repetition, in the order of a seed."""
    pairs = [a + b for a in _FIRST for b in _LAST if a != b and a + b not in _GREAT]
    order = [pairs[i] for i in rng.permutation(len(pairs))]
    for n_more in itertools.count():
        for more in itertools.product(_MORE, repeat=n_more):
            yield from (base + "".join(more) for base in order)


@dataclass
class _Naming:
    land: Land
    pool: Iterator[str]
    rng: Rng
    named: list[str] = field(default_factory=list)
    n_lanes: dict[str, int] = field(default_factory=dict)


def name_lines(land: Land, skeleton: Skeleton, rng: Rng) -> list[str]:
    """Return the name of each line of the plan."""
    group = _groups(land)
    names: dict[int, str] = {}
    work = _Naming(land, bases(rng), rng)
    great = iter([_GREAT[i] for i in rng.permutation(len(_GREAT))])
    base_of_road = {i: _road_base(r, great, work.pool) for i, r in enumerate(skeleton.roads)}
    for line, grade in enumerate(land.plan.lines):
        root, road = group[line], int(land.road[line])
        if road >= 0:
            work.named.append(_piece(skeleton.roads[road], base_of_road[road], land, line))
            continue
        if root not in names:
            names[root] = _lane(work, line) if grade == RoadClass.BACK_STREET else _street(work, line)
        work.named.append(names[root])
    return work.named


def _groups(land: Land) -> list[int]:
    """Return for each line the first of those that run straight on into one another."""
    plan = land.plan
    parent = list(range(len(plan.lines)))

    def find(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    at_node: dict[int, list[tuple[int, float]]] = {}
    for line in range(len(plan.lines)):
        if land.road[line] >= 0:
            continue
        a, b = plan.nodes_on[line][0][1], plan.nodes_on[line][-1][1]
        way = math.atan2(plan.xy[b][1] - plan.xy[a][1], plan.xy[b][0] - plan.xy[a][0])
        at_node.setdefault(a, []).append((line, way))
        at_node.setdefault(b, []).append((line, way + math.pi))
    for ends in at_node.values():
        for i, (one, out) in enumerate(ends):
            for other, away in ends[i + 1 :]:
                same = plan.lines[one] == plan.lines[other]
                if same and math.cos(out - away) < -0.9:
                    parent[max(find(one), find(other))] = min(find(one), find(other))
    return [find(i) for i in range(len(parent))]


def _road_base(road: Road, great: Iterator[str], pool: Iterator[str]) -> str:
    if road.key == "R9":
        return "绕城高速"
    if road.key.startswith("R"):
        return _RINGS[int(road.key[1:])]
    if road.key.startswith("B"):
        return "滨江北路" if road.key == "BN" else "滨江南路"
    return next(great, "") or next(pool)


def _piece(road: Road, base: str, land: Land, line: int) -> str:
    """Return the name of a piece of a main road: long ones are called after the side of the centre they are on."""
    if road.key[0] in "RB":
        return base
    if road.key[0] == "D":
        return base + "大道"
    a, b = (land.plan.xy[land.plan.nodes_on[line][k][1]] for k in (0, -1))
    lengthwise = 1 if road.key[0] == "N" else 0
    middle = (a[lengthwise] + b[lengthwise]) / 2
    span = road.line.bounds[lengthwise + 2] - road.line.bounds[lengthwise]
    if road.key[1:] == "0":
        return base + "大道"
    side = ("东西" if lengthwise == 0 else "北南")[int(middle < 0)] if span > 4000.0 else ""
    return base + side + ("街" if lengthwise == 0 and len(base) % 2 and not side else "路")


def _street(work: _Naming, line: int) -> str:
    a, b = (work.land.plan.xy[work.land.plan.nodes_on[line][k][1]] for k in (0, -1))
    eastward = abs(a[0] - b[0]) > abs(a[1] - b[1])
    return next(work.pool) + ("街" if work.rng.random() < (0.4 if eastward else 0.12) else "路")


def _lane(work: _Naming, line: int) -> str:
    parents = [work.named[i] for i in work.land.plan.ends_on[line] if i < len(work.named)]
    mother = next((p for p in parents if p[-1] in "路街道" and len(p) <= 5 and p not in _RINGS), "")
    stem = mother.rstrip("路街道大东西南北中")
    if len(stem) >= 2 and work.rng.random() < 0.6 and work.n_lanes.get(stem, 0) < 40:
        work.n_lanes[stem] = work.n_lanes.get(stem, 0) + 1
        return f"{stem}{numeral(work.n_lanes[stem])}巷"
    ends = ("巷", "里", "弄", "坊", "街")
    return next(work.pool) + ends[int(work.rng.choice(5, p=[0.52, 0.16, 0.14, 0.08, 0.10]))]
