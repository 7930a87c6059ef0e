"""How a budget is spent on one part after another."""

from __future__ import annotations

from optimizer.engines.budget import Budget, spend


class Work:
    """Take so many steps in each part, the same numbers again and again."""

    def __init__(self, *sizes: int) -> None:
        self.n_steps = 10  # taken before
        self.sizes = sizes
        self.n_parts = 0

    def search_part(self) -> None:
        self.n_steps += self.sizes[self.n_parts % len(self.sizes)]
        self.n_parts += 1


def test_parts_are_searched_until_the_steps_are_spent() -> None:
    work, told = Work(4, 0, 9), list[float]()
    spend(work, work.search_part, Budget(20, None, bool), told.append)
    assert (work.n_parts, work.n_steps) == (3, 24)  # 4, 1 for the part with nothing to search, 9
    assert told == [0.4, 0.5, 1.0]


def test_nothing_is_searched_when_stopped_or_spent() -> None:
    for budget in (Budget(100, None, lambda: True), Budget(10, None, bool), Budget(None, 0.0, bool)):
        work, told = Work(1), list[float]()
        spend(work, work.search_part, budget, told.append)
        assert (work.n_parts, told) == (0, [])
