"""Which search is used, and for how long: the same words for every engine."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from layers.errors import ParameterError

# Steps where the caller limits nothing.
DEFAULT_STEPS = 100_000


class Engine(Enum):
    """Which search is used."""

    JINGCHENG = "jingcheng"
    ORTOOLS = "ortools"
    PYVRP = "pyvrp"
    HIGHS = "highs"


# What routes can be searched by, and what sites can be chosen by.
ROUTING = (Engine.JINGCHENG, Engine.ORTOOLS, Engine.PYVRP)
LOCATION = (Engine.JINGCHENG, Engine.ORTOOLS, Engine.HIGHS)


@dataclass(frozen=True)
class Limits:
    """How long a search goes on; with no limit at all, `DEFAULT_STEPS` steps.

    Parameters
    ----------
    time_limit_s
        Seconds from the call on: preparation, bound and search.
    work_limit
        Steps of search; a run that only this limits can be repeated to the letter.
    """

    time_limit_s: float | None = None
    work_limit: int | None = None

    def __post_init__(self) -> None:
        """Refuse limits that make no sense."""
        for name, value, unit in (("time limit", self.time_limit_s, " s"), ("work limit", self.work_limit, " steps")):
            if value is not None and not value >= 0:
                raise ParameterError(f"search: {name} is {value}{unit}; expected 0 or more; give another {name}")

    @property
    def n_steps(self) -> int | None:
        """Steps allowed."""
        if self.work_limit is None and self.time_limit_s is None:
            return DEFAULT_STEPS
        return self.work_limit
