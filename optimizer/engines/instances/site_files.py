"""Read files of facility location: OR-Library's cap, Holmberg's single-source files in the same figures, OR-Library's pmed.

Beasley 1990, doi 10.1057/jors.1990.166; Holmberg, Ronnqvist & Yuan 1999, doi 10.1016/S0377-2217(98)00008-3.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import shortest_path

from layers.errors import InputError
from layers.text import Text
from optimizer.engines.facility_location import FacilityLocationProblem, Options
from optimizer.engines.facility_location.problem import Floats
from optimizer.engines.instances.damage import cut_short, damaged, unreadable
from optimizer.engines.instances.figures import count, figure
from optimizer.engines.instances.lines import numbered_lines
from optimizer.engines.instances.site_instance import Form, SiteInstance

# What stands in capa, capb and capc for the capacity of every site.
LEFT_OPEN = "capacity"


class _Stream:
    """The figures of a file one after the other, wherever lines break, each with its line."""

    def __init__(self, path: Path, text: str) -> None:
        lines, self._last = numbered_lines(text)
        self.path = path
        self._words = [(line, word) for line, words in lines for word in words.split()]
        self._at = 0

    def word(self, key: str) -> tuple[int, str]:
        """Return the next word and its line."""
        if self._at == len(self._words):
            raise cut_short(self.path, self._last, key)
        self._at += 1
        return self._words[self._at - 1]

    def count(self, key: str) -> int:
        """Return a whole number of at least 1."""
        line, word = self.word(key)
        return count(self.path, line, key, word)

    def figure(self, key: str) -> float:
        """Return a figure of at least 0."""
        return self.value(*self.word(key), key)

    def value(self, line: int, word: str, key: str) -> float:
        """Return a word as a figure; these files write ``5000.`` and ``.5`` too."""
        whole = word.removesuffix(".")
        return float(figure(self.path, line, key, f"0{whole}" if whole.startswith(".") else whole))

    def end(self) -> None:
        """Refuse what stands behind the last figure."""
        if self._at < len(self._words):
            line, word = self._words[self._at]
            raise unreadable(self.path, line, word, "end of file")


def read_cap(path: Path, text: str, capacity: int | None) -> SiteInstance:
    """Read sites with capacity and cost, and customers with the cost of serving all of them; demand may be split."""
    stream = _Stream(path, text)
    m, n = stream.count("m"), stream.count("n")
    limits, fixed = np.zeros(m), np.zeros(m)
    for j in range(m):
        line, word = stream.word("capacity")
        limits[j] = _limit(stream, line, word, capacity)
        fixed[j] = stream.figure("fixed cost")
    demand, cost = np.zeros(n), np.zeros((n, m))
    for i in range(n):
        demand[i] = stream.figure("demand")
        cost[i] = [stream.figure("cost") for _ in range(m)]
    stream.end()
    problem = FacilityLocationProblem(demand, cost, Options(np.arange(m), fixed, limits), name=path.stem)
    return SiteInstance(path.stem, problem, Form.ASSIGNED)


def read_sscflp(path: Path, text: str, capacity: int | None) -> SiteInstance:
    """Read capacities, fixed costs, demands and the costs of serving each customer whole, from one site."""
    stream = _Stream(path, text)
    m, n = stream.count("m"), stream.count("n")
    limits = np.array([_limit(stream, *stream.word("capacity"), capacity) for _ in range(m)])
    fixed = np.array([stream.figure("fixed cost") for _ in range(m)])
    demand = np.array([stream.figure("demand") for _ in range(n)])
    cost = np.array([[stream.figure("cost") for _ in range(m)] for _ in range(n)])
    stream.end()
    options = Options(np.arange(m), fixed, limits)
    problem = FacilityLocationProblem(demand, cost, options, single_source=True, name=path.stem)
    return SiteInstance(path.stem, problem, Form.ASSIGNED)


def _limit(stream: _Stream, line: int, word: str, capacity: int | None) -> float:
    """Return a capacity: the one that stands in for the file's, or the file's."""
    if capacity is not None:
        return float(capacity)
    if word == LEFT_OPEN:
        zh = "容量处写的是 capacity 而非数字，请用 --capacity 给出容量"
        en = "the file leaves the capacity open, a number is expected; give it as --capacity"
        raise damaged(stream.path, line, zh, en)
    return stream.value(line, word, "capacity")


def read_pmed(path: Path, text: str, capacity: int | None) -> SiteInstance:
    """Read a graph whose vertices are customers and sites, p to be open; of an edge given twice the last counts."""
    if capacity is not None:
        raise InputError(
            Text(
                f"{path.name}：pmed 算例没有容量，请去掉 --capacity",
                f"{path.name}: a pmed instance has no capacities; leave --capacity away",
            )
        )
    stream = _Stream(path, text)
    n, n_edges = stream.count("n"), stream.count("m")
    line, word = stream.word("p")
    p = count(path, line, "p", word)
    if p > n:
        raise damaged(
            path, line, f"p 为 {p}，应不超过顶点数 {n}，请改正", f"p is {p}, at most {n} is expected; mend the line"
        )
    length: dict[tuple[int, int], float] = {}
    for _ in range(n_edges):
        u, v = _vertex(stream, n), _vertex(stream, n)
        length[min(u, v), max(u, v)] = stream.figure("cost")
    stream.end()
    every = np.ones(n)
    options = Options(np.arange(n), np.zeros(n), np.full(n, np.inf))
    problem = FacilityLocationProblem(every, _distances(n, length), options, n_open=p, name=path.stem)
    return SiteInstance(path.stem, problem, Form.OPEN)


def _vertex(stream: _Stream, n: int) -> int:
    line, word = stream.word("edge")
    vertex = count(stream.path, line, "vertex", word)
    if vertex > n:
        raise damaged(
            stream.path,
            line,
            f"顶点为 {vertex}，应不超过 {n}，请改正",
            f"vertex is {vertex}, at most {n} is expected; mend the line",
        )
    return vertex - 1


def _distances(n: int, length: dict[tuple[int, int], float]) -> Floats:
    """Return the lengths of shortest paths between all vertices; edges of length 0 are no gaps."""
    ends = np.array(list(length), dtype=np.int64)
    # scipy takes a stored 0 for no edge in a dense graph only.
    graph = csr_array((np.array(list(length.values())), (ends[:, 0], ends[:, 1])), shape=(n, n))
    return np.asarray(shortest_path(graph, method="D", directed=False), dtype=np.float64)
