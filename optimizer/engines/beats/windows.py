"""Divide a window of a few beats anew, by trying, so that fewer of them are short, or fewer of them are enough."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from optimizer.engines.beats.problem import BeatProblem

# Beats tried for a window before it is left as it is.
_MOST_TRIED = 400


def beats_with(
    problem: BeatProblem, near: list[dict[int, float]], item: int, among: Collection[int]
) -> Iterator[tuple[tuple[int, ...], int]]:
    """Yield every beat of a stretch with some of others, with its berths.

    Parameters
    ----------
    near
        As `near_stretches` returns them.
    among
        The other stretches; those that are not near are left out.
    """
    n_berths, most = problem.loads, problem.most_berths

    def grow(beat: tuple[int, ...], load: int, rest: list[int]) -> Iterator[tuple[tuple[int, ...], int]]:
        yield beat, load
        for k, other in enumerate(rest):
            if load + n_berths[other] <= most:
                left = [one for one in rest[k + 1 :] if one in near[other]]
                yield from grow((*beat, other), load + n_berths[other], left)

    close = sorted((other for other in among if other != item and other in near[item]), key=lambda o: (-n_berths[o], o))
    yield from grow((item,), n_berths[item], close)


@dataclass
class Window:
    """Hold the search of one window, which is deterministic and ends after `_MOST_TRIED` beats.

    Parameters
    ----------
    near
        As `near_stretches` returns them.
    """

    problem: BeatProblem
    near: list[dict[int, float]]
    n_left: int = field(default=_MOST_TRIED)

    def divided(self, free: frozenset[int], most_short: int, most_beats: int) -> list[tuple[int, ...]] | None:
        """Return a division of stretches within the numbers, or None where none was found.

        Parameters
        ----------
        most_short, most_beats
            Beats with too few berths, and beats in all.
        """
        if not free:
            return []
        if most_beats <= 0:
            return None
        # whose neighbours have the fewest berths has the fewest ways to be in a beat that has enough
        item = min(free, key=lambda i: (sum(self.problem.loads[j] for j in self.near[i] if j in free), i))
        for beat, load in self._in_order(item, free):
            is_short = load < self.problem.least_berths
            self.n_left -= 1
            if self.n_left <= 0 or (is_short and most_short <= 0):
                return None
            rest = self.divided(free.difference(beat), most_short - is_short, most_beats - 1)
            if rest is not None:
                return [beat, *rest]
        return None

    def _in_order(self, item: int, free: frozenset[int]) -> list[tuple[tuple[int, ...], int]]:
        """Return beats of a stretch: those with enough first, of these the fewest berths, of short ones the most."""
        least = self.problem.least_berths
        found = beats_with(self.problem, self.near, item, free)
        return sorted(found, key=lambda one: (one[1] < least, one[1] if one[1] >= least else -one[1]))
